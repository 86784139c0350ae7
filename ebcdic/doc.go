// Package ebcdic turns mainframe bytes into text and exact numbers, and back.
//
// It owns code pages (CodePage: the EBCDIC pages that CodePages lists, ASCII and
// Latin-1) and the number formats of COBOL: Number for zoned, packed and binary
// ones of up to 38 digits, scaled; Float for COMP-1 and COMP-2, hexadecimal or
// IEEE. National data (UTF-16) has functions of its own. It knows nothing of
// copybooks.
//
// Promises:
//
//   - Nothing is guessed. Bytes that do not hold a value give a Fault that says
//     why; a field nobody filled (Spaces, LowValues, HighValues) is told from a
//     damaged one (InvalidDigit, InvalidZone, InvalidSign, EmbeddedSpace,
//     DirtyPad, MinusUnsigned).
//   - What a program may have read from damaged bytes is given by AppendLenient
//     only, which is asked after the Fault is known.
//   - A Number is exact: integers and digit strings, never floating point. A Float
//     is as exact as its bytes are: its text is the shortest decimal that is
//     written back as the same value, and no money goes through it.
//   - A value that does not fit is refused and the field keeps its bytes; no
//     digit is cut on either side.
//   - Text of a mixed page is written with the fewest shifts.
//   - What was written is read back, and the text of a field in its preferred
//     form writes the same bytes again. Minus zero keeps its sign.
//   - No method allocates unless its destination has to grow.
//
// Words: a zone is the high nibble of a digit in a DISPLAY number; overpunch is
// the sign code that replaces the zone of the first or last digit; the pad is
// the unused first nibble of a packed number with an even number of digits.
//
//	n, err := ebcdic.NewNumber(ebcdic.Spec{Kind: ebcdic.Packed, Digits: 11, Scale: 2, Signed: true})
//	text, fault := n.Append(nil, record[61:67]) // "-12.30"
package ebcdic
