// Package gostruct writes Go source from a layout: a struct a record, with
// methods that decode and encode it.
//
// The generated code uses no reflection and allocates nothing but the strings of
// its text fields, and those only when they change from one record to the next.
// Characters, zoned, packed and binary numbers are read by tidewaiter/ebcdic. All
// other kinds of item (edited pictures, COMP-1 and COMP-2, COMP-6, COMP-9, COMP-X,
// INDEX and pointers, NATIONAL, DISPLAY-1, UTF-8, BLANK WHEN ZERO, JUSTIFIED, a code
// page of its own) are read by a copybooks.Field made from the item's entry when
// the program starts: by the codec's own code. Options.Codec chooses all that a
// codec has options for.
//
// # What is generated
//
// Each level 01 is a struct with Decode and Encode; groups are structs, fixed and
// variable tables are arrays of their largest size. Text is a string without the
// blanks that pad it, an edited field the text it prints. A number of up to 18
// digits is an int64 in units of its last decimal place, one that no int64 holds
// its digits as a string. Floating point is a float64; a hexadecimal COMP-2, whose
// 56 bits no float64 holds, is its shortest decimal text. A condition (88) of a
// field is a method that reports it, with a subscript where the field occurs;
// those of groups are left out. A group or field that
// REDEFINES another is a type of its own with DecodeAt and EncodeAt: which
// redefinition a record uses is for the caller to know. FILLER has no field.
//
// Decode reads every field and joins the errors of those that hold no value;
// such fields are zero. Encode refuses a value its PICTURE cannot hold. A number
// read as int64 has no minus zero. Where tables are stored at their largest
// (ODOMax), the elements that a counter leaves out are written blank.
//
//	source, err := gostruct.Source(book, gostruct.Options{Package: "colrec"})
//
// # Words
//
// A view is the type of a redefinition. What cannot be written, a table whose
// counter stands in another redefinition, is an error that names the item.
package gostruct
