package condition

import (
	"bytes"
	"cmp"
	"strconv"
)

// decimal is a number spelled out: its digits, and where the point stands.
type decimal struct {
	minus  bool
	digits []byte // from the first that is not zero; a point may stand among them
	scale  int    // digits before the point, counted from the first of digits
}

// spelled reads a number as package copybooks writes it: "-12.30", "1.5E-7".
func spelled(s []byte) (d decimal) {
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		d.minus = s[0] == '-'
		s = s[1:]
	}
	exponent := 0
	if e := bytes.IndexAny(s, "Ee"); e >= 0 {
		exponent, _ = strconv.Atoi(string(s[e+1:])) // it was written as a number
		s = s[:e]
	}
	point := bytes.IndexByte(s, '.')
	whole := len(s)
	if point >= 0 {
		whole = point
	}
	first := 0
	for first < len(s) && (s[first] == '0' || s[first] == '.') {
		first++
	}
	d.digits = s[first:]
	if d.scale = whole - first + exponent; point >= 0 && first > point {
		d.scale++ // the point is not among the digits
	}
	return d
}

// compareNumbers compares by value. Minus zero is zero.
func compareNumbers(a, b []byte) int {
	x, y := spelled(a), spelled(b)
	switch {
	case len(x.digits) == 0 && len(y.digits) == 0:
		return 0
	case len(x.digits) == 0:
		return sign(y.minus)
	case len(y.digits) == 0:
		return -sign(x.minus)
	case x.minus != y.minus:
		return -sign(x.minus)
	}
	c := cmp.Compare(x.scale, y.scale)
	if c == 0 {
		c = compareDigits(x.digits, y.digits)
	}
	return c * sign(!x.minus)
}

// sign is 1 or -1.
func sign(up bool) int {
	if up {
		return 1
	}
	return -1
}

// compareDigits compares digits that start at the same place, passing points.
func compareDigits(a, b []byte) int {
	for len(a) > 0 || len(b) > 0 {
		var x, y byte
		a, x = digit(a)
		b, y = digit(b)
		if x != y {
			return cmp.Compare(x, y)
		}
	}
	return 0
}

// digit takes the next digit, 0 after the last.
func digit(s []byte) ([]byte, byte) {
	if len(s) > 0 && s[0] == '.' {
		s = s[1:]
	}
	if len(s) == 0 {
		return nil, '0'
	}
	return s[1:], s[0]
}

// isNumber reports whether s is a number without an exponent.
func isNumber(s string) bool {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	digits, points := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.':
			points++
		case c >= '0' && c <= '9':
			digits++
		default:
			return false
		}
	}
	return digits > 0 && points <= 1
}

// scaled returns the number times ten to the power scale, if that is a whole
// number an int64 holds.
func scaled(s string, scale int) (int64, bool) {
	d := spelled([]byte(s))
	if len(d.digits) == 0 {
		return 0, true
	}
	var v int64
	rest := d.digits
	for range d.scale + scale {
		var c byte
		rest, c = digit(rest)
		if v > (1<<63-1-9)/10 {
			return 0, false
		}
		v = v*10 + int64(c-'0')
	}
	if d.scale+scale < 0 || compareDigits(rest, nil) != 0 {
		return 0, false
	}
	return v * int64(sign(!d.minus)), true
}
