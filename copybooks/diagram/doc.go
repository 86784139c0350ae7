// Package diagram draws a layout as an SVG record map.
//
// It owns the picture: the record's bytes run from left to right and from row
// to row above an offset ruler, each field is a box as wide as its bytes, groups
// are bars above their fields, and items that REDEFINE others lie in bands below
// the bytes they share. Kinds of field are told apart by colour and by their
// label, so the map also reads in grey. The drawing follows the reader's light
// or dark theme; every box has its details as a tooltip. It needs no script and no
// font file.
//
//	svg, err := diagram.SVG(layout)
package diagram
