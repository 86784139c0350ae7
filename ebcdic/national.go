package ebcdic

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// National data (PIC N, USAGE NATIONAL) is UTF-16, big-endian, CCSID 1200:
// two bytes a character, four for those from U+10000 on, whatever the code page
// of the rest (Enterprise COBOL Programming Guide, "Processing data in an
// international environment"). Its blank is X'0020'.

const nationalBlank = ' '

// AppendNational appends national data in UTF-8. Half a surrogate pair gives
// NotEncodable, an odd number of bytes Short, both with dst as it was.
func AppendNational(dst, src []byte) ([]byte, Fault) {
	if len(src)%2 != 0 {
		return dst, Short
	}
	start := len(dst)
	for i := 0; i < len(src); i += 2 {
		r := rune(binary.BigEndian.Uint16(src[i:]))
		if utf16.IsSurrogate(r) {
			if i += 2; i == len(src) {
				return dst[:start], NotEncodable
			}
			r = utf16.DecodeRune(r, rune(binary.BigEndian.Uint16(src[i:])))
			if r == utf8.RuneError {
				return dst[:start], NotEncodable
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst, OK
}

// PutNational writes UTF-8 as national data and fills the rest with blanks. The
// text must fit and be valid; else dst is left as it was.
func PutNational(dst, s []byte) Fault {
	if len(dst)%2 != 0 {
		return Short
	}
	length, fault := NationalLength(s)
	switch {
	case fault != OK:
		return fault
	case length > len(dst):
		return TooLong
	}
	at := dst[:0]
	for len(s) > 0 {
		r, size := utf8.DecodeRune(s)
		if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
			at = binary.BigEndian.AppendUint16(at, uint16(high))
			r = low
		}
		at = binary.BigEndian.AppendUint16(at, uint16(r))
		s = s[size:]
	}
	for len(at) < len(dst) {
		at = binary.BigEndian.AppendUint16(at, nationalBlank)
	}
	return OK
}

// NationalLength counts the bytes that UTF-8 takes as national data.
func NationalLength(s []byte) (int, Fault) {
	if !utf8.Valid(s) {
		return 0, NotEncodable
	}
	n := 0
	for len(s) > 0 {
		r, size := utf8.DecodeRune(s)
		n += 2 * utf16.RuneLen(r)
		s = s[size:]
	}
	return n, OK
}

// TrimNational returns src without trailing national blanks.
func TrimNational(src []byte) []byte {
	for n := len(src); n >= 2 && binary.BigEndian.Uint16(src[n-2:]) == nationalBlank; n = len(src) {
		src = src[:n-2]
	}
	return src
}
