package ebcdic

// Fault is what is wrong with the bytes of a field, or with a value that
// should become bytes. OK is the zero value.
type Fault uint8

// The faults. LowValues, HighValues and Spaces are kept apart from other bad
// bytes because on a mainframe they mean "never filled", not "damaged".
const (
	OK             Fault = iota
	InvalidDigit         // a digit nibble above 9
	InvalidZone          // a zone nibble that is not a digit's
	InvalidSign          // a sign nibble or sign character that is none
	DirtyPad             // the unused high nibble of an even-digit packed field is not 0
	MinusUnsigned        // a minus sign in a field whose PICTURE has no S
	Spaces               // every byte is a space
	LowValues            // every byte is X'00'
	HighValues           // every byte is X'FF'
	OutOfRange           // more digits than the field or an int64 holds
	Inexact              // more decimal places than the field holds
	NotNumber            // text that is not a number
	NotEncodable         // a character the code page does not have
	TooLong              // text longer than the field
	Short                // the record ends before the field does
	BadCounter           // an OCCURS DEPENDING ON counter outside its range
	NotFinite            // an IEEE infinity or not-a-number
	BrokenShift          // shift-out without shift-in, or half of a double-byte character
	OutOfMagnitude       // too large or too small for the floating-point format
	SingleByte           // double-byte text under a code page that has none
	EmbeddedSpace        // a space where a digit belongs, beside digits
)

var faultText = [...]string{
	OK:            "no fault",
	InvalidDigit:  "invalid digit nibble",
	InvalidZone:   "invalid zone nibble",
	InvalidSign:   "invalid sign",
	DirtyPad:      "pad nibble is not zero",
	MinusUnsigned: "minus sign in an unsigned field",
	Spaces:        "spaces in a numeric field",
	LowValues:     "LOW-VALUES in a numeric field",
	HighValues:    "HIGH-VALUES in a numeric field",
	OutOfRange:    "value has more digits than the field",
	Inexact:       "value has more decimal places than the field",
	NotNumber:     "not a number",
	NotEncodable:  "character is not in the code page",
	TooLong:       "text is longer than the field",
	Short:         "record ends before the field does",
	BadCounter:    "counter is outside the range of its OCCURS",
	NotFinite:     "infinity or not-a-number in a floating-point field",

	BrokenShift: "shift-out without shift-in, or half of a double-byte character",

	OutOfMagnitude: "value is too large or too small for the floating-point format",

	EmbeddedSpace: "space in place of a digit",

	SingleByte: "the code page has no double-byte characters: choose a mixed one for this field",
}

// String says what is wrong in words.
func (f Fault) String() string { return faultText[f] }

// Error makes a Fault usable as an error value.
func (f Fault) Error() string { return f.String() }
