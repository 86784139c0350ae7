// Package gostruct writes Go source from a layout: a struct a record, with
// methods that decode and encode it.
//
// The generated code imports only the standard library and tidewaiter/ebcdic,
// uses no reflection and allocates nothing but the strings of its text fields, and
// those only when they change from one record to the next.
//
// # What is generated
//
// Each level 01 is a struct with Decode and Encode; groups are structs, fixed and
// variable tables are arrays of their largest size. Text is a string without the
// blanks that pad it. A number of up to 18 digits is an int64 in units of its last
// decimal place, a longer one its digits as a string. A group or field that
// REDEFINES another is a type of its own with DecodeAt and EncodeAt: which
// redefinition a record uses is for the caller to know. FILLER has no field.
//
// Decode reads every field and joins the errors of those that hold no value;
// such fields are zero. Encode refuses a value its PICTURE cannot hold. A number
// read as int64 has no minus zero.
//
//	source, err := gostruct.Source(book, gostruct.Options{Package: "colrec"})
//
// # Words
//
// A view is the type of a redefinition. What this version cannot write, for
// instance a table of elements whose length varies, is an error that names the item.
package gostruct
