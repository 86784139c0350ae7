package ebcdic

import (
	"math/bits"
	"strconv"
)

// Append appends the number as text with exactly Scale decimal places: -0.05,
// 30.50, 1200 for a scale of -2. Minus zero keeps its sign. With a fault dst is
// returned as it was.
func (n *Number) Append(dst, b []byte) ([]byte, Fault) {
	if n.limit == 0 {
		var digits [MaxDigits]byte
		minus, fault := n.wide(b, digits[:n.spec.Digits])
		if fault != OK {
			return dst, fault
		}
		return appendDigits(dst, digits[:n.spec.Digits], minus, n.spec.Scale), OK
	}
	magnitude, minus, fault := n.value(b)
	if fault != OK {
		return dst, fault
	}
	if minus {
		dst = append(dst, '-')
	}
	switch scale := n.spec.Scale; {
	case scale == 0:
		return strconv.AppendUint(dst, magnitude, 10), OK
	case scale > 0 && scale <= int64Digits:
		return appendScaled(dst, magnitude, scale), OK
	}
	var digits [MaxDigits]byte
	spread(digits[:uint64Digits], magnitude)
	return appendDigits(dst, digits[:uint64Digits], false, n.spec.Scale), OK
}

// appendScaled appends v with scale places after the point.
func appendScaled(dst []byte, v uint64, scale int) []byte {
	unit := powers[scale]
	whole := v / unit
	dst = strconv.AppendUint(dst, whole, 10)
	dst = append(dst, '.')
	rest := v - whole*unit
	start := len(dst)
	dst = append(dst, "000000000000000000"[:scale]...)
	for i := len(dst) - 1; i >= start; i-- {
		q := rest / 10
		dst[i] = '0' + byte(rest-q*10)
		rest = q
	}
	return dst
}

func appendDigits(dst, digits []byte, minus bool, scale int) []byte {
	if minus {
		dst = append(dst, '-')
	}
	start := len(dst)
	whole := len(digits) - scale // digits left of the point, P positions included
	for i := range max(whole, len(digits)) {
		if i >= whole {
			break
		}
		d := byte(0)
		if i < len(digits) {
			d = digits[i]
		}
		if d != 0 || len(dst) > start {
			dst = append(dst, '0'+d)
		}
	}
	if len(dst) == start {
		dst = append(dst, '0')
	}
	if scale <= 0 {
		return dst
	}
	dst = append(dst, '.')
	for i := whole; i < len(digits); i++ {
		d := byte(0)
		if i >= 0 {
			d = digits[i]
		}
		dst = append(dst, '0'+d)
	}
	return dst
}

// Put writes the number that s spells: an optional sign, digits, and an
// optional point with more digits. The value must fit exactly; trailing zeros
// after the point may be there or not. With a fault b is left as it was.
func (n *Number) Put(b []byte, s string) Fault { return put(n, b, s) }

// PutBytes is Put of text in a byte slice.
func (n *Number) PutBytes(b, s []byte) Fault { return put(n, b, s) }

func put[T string | []byte](n *Number, b []byte, s T) Fault {
	minus := false
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		minus = s[0] == '-'
		s = s[1:]
	}
	point := len(s)
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
		case c == '.' && point == len(s):
			point = i
		default:
			return NotNumber
		}
	}
	if point == 0 || point == len(s)-1 {
		return NotNumber
	}
	var digits [MaxDigits]byte
	out := digits[:n.spec.Digits]
	if n.spec.Kind == Binary {
		out = digits[:uint64Digits] // TRUNC(BIN) holds more than its PICTURE says
	}
	if fault := align(out, s, point, n.spec.Scale); fault != OK {
		return fault
	}
	if n.limit == 0 {
		return n.putWide(b, out, minus)
	}
	var v uint64
	for _, d := range out {
		high, low := bits.Mul64(v, 10)
		var carry uint64
		v, carry = bits.Add64(low, uint64(d), 0)
		if high|carry != 0 {
			return OutOfRange
		}
	}
	return n.put(b, v, minus)
}

// uint64Digits is how many digits the largest uint64 has.
const uint64Digits = 20

// align copies the digits of s, whose point stands at point, to their places
// in out, whose last digit counts 10^-scale.
func align[T string | []byte](out []byte, s T, point, scale int) Fault {
	for i := range len(s) {
		if i == point || s[i] == '0' {
			continue
		}
		power := point - 1 - i // s[i] counts 10^power
		if i > point {
			power = point - i
		}
		at := len(out) - 1 - (power + scale)
		switch {
		case at < 0:
			return OutOfRange
		case at >= len(out):
			return Inexact
		}
		out[at] = s[i] - '0'
	}
	return OK
}
