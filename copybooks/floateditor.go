package copybooks

import (
	"fmt"
	"strconv"

	"tidewaiter/ebcdic"
)

// floatEditor writes numbers into the bytes of an external floating-point item
// and reads them back.
type floatEditor struct {
	*floating
	page        *ebcdic.CodePage
	plus, minus byte
	pointByte   byte
	mark        byte // E
	zero        byte
}

func newFloatEditor(f *floating, page *ebcdic.CodePage) (*floatEditor, error) {
	var missing error
	char := func(r rune) byte {
		b, ok := page.Byte(r)
		if !ok {
			missing = fmt.Errorf("the code page %s has no %q", page.Name(), r)
		}
		return b
	}
	point := '.'
	if f.comma {
		point = ','
	}
	return &floatEditor{
		floating: f, page: page, plus: char('+'), minus: char('-'), pointByte: char(point), mark: char('E'), zero: char('0'),
	}, missing
}

// signByte is how a sign shows.
func (e *floatEditor) signByte(symbol byte, minus bool) byte {
	switch {
	case minus:
		return e.minus
	case symbol == '+':
		return e.plus
	}
	return e.page.Space()
}

// append appends the number as text: -1.23E-5.
func (e *floatEditor) append(dst, b []byte) ([]byte, ebcdic.Fault) {
	out, rest, fault := e.appendMantissa(dst, b)
	if fault == ebcdic.OK && rest[0] != e.mark {
		fault = ebcdic.NotNumber
	}
	if fault == ebcdic.OK {
		out, fault = e.appendExponent(append(out, 'E'), rest[1:])
	}
	if fault != ebcdic.OK {
		return dst, ebcdic.Unfilled(b, e.page.Space(), fault)
	}
	return out, ebcdic.OK
}

// appendMantissa appends sign and mantissa, with a digit on both sides of the
// point, and returns the bytes after them.
func (e *floatEditor) appendMantissa(dst, b []byte) ([]byte, []byte, ebcdic.Fault) {
	dst, b, fault := e.appendSign(dst, b, e.sign)
	whole := e.digits - e.scale
	shown := false // a digit that counts, or the last before the point
	for i := 0; i <= e.digits && fault == ebcdic.OK; i++ {
		if i == whole {
			if e.point {
				if b[0] != e.pointByte {
					fault = ebcdic.NotNumber
				}
				b = b[1:]
			}
			if i == 0 {
				dst = append(dst, '0')
			}
			if shown = true; e.scale > 0 {
				dst = append(dst, '.')
			}
		}
		if i == e.digits {
			break
		}
		d := b[0] - e.zero
		if b = b[1:]; d > 9 {
			fault = ebcdic.InvalidDigit
		}
		if shown = shown || d != 0 || i == whole-1; shown {
			dst = append(dst, '0'+d)
		}
	}
	return dst, b, fault
}

// appendExponent appends an exponent without the zeros before it.
func (e *floatEditor) appendExponent(dst, b []byte) ([]byte, ebcdic.Fault) {
	dst, b, fault := e.appendSign(dst, b, e.exponentSign)
	n := 0
	for _, c := range b {
		d := c - e.zero
		if d > 9 {
			fault = ebcdic.InvalidDigit
		}
		n = n*10 + int(d)
	}
	return strconv.AppendInt(dst, int64(n), 10), fault
}

// appendSign reads the sign at b[0].
func (e *floatEditor) appendSign(dst, b []byte, symbol byte) ([]byte, []byte, ebcdic.Fault) {
	switch b[0] {
	case e.minus:
		return append(dst, '-'), b[1:], ebcdic.OK
	case e.signByte(symbol, false):
		return dst, b[1:], ebcdic.OK
	}
	return dst, b[1:], ebcdic.InvalidSign
}

// putNumber writes the number that s spells, with a digit other than 0 first, as
// COBOL stores it. It must fit without rounding.
func (e *floatEditor) putNumber(b, s []byte) ebcdic.Fault {
	var n floatText
	if !n.read(s) {
		return ebcdic.NotNumber
	}
	if n.count > e.digits {
		return ebcdic.Inexact
	}
	exponent := n.point - (e.digits - e.scale)
	if n.count == 0 {
		exponent = 0
	}
	var room [4]byte
	digits := strconv.AppendInt(room[:0], int64(max(exponent, -exponent)), 10)
	if len(digits) > e.exponent {
		return ebcdic.OutOfMagnitude
	}
	b[0] = e.signByte(e.sign, n.minus)
	at := 1
	for i := range e.digits {
		if e.point && i == e.digits-e.scale {
			b[at] = e.pointByte
			at++
		}
		b[at] = e.zero
		if i < n.count {
			b[at] += n.digits[i] - '0'
		}
		at++
	}
	if e.point && e.scale == 0 {
		b[at] = e.pointByte
		at++
	}
	b[at], b[at+1] = e.mark, e.signByte(e.exponentSign, exponent < 0)
	for i := range e.exponent {
		b[at+2+i] = e.zero
		if skip := e.exponent - len(digits); i >= skip {
			b[at+2+i] += digits[i-skip] - '0'
		}
	}
	return ebcdic.OK
}

// floatText is a number taken apart: 0.digits * 10^point.
type floatText struct {
	minus  bool
	digits [mostMantissa]byte
	count  int // digits without zeros at either end; more than fit are counted
	point  int
}

// farExponent is beyond any exponent a picture has.
const farExponent = 100_000

// read takes s apart: sign, digits with a point, E and an exponent.
func (n *floatText) read(s []byte) bool {
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		n.minus, s = s[0] == '-', s[1:]
	}
	point, seen, zeros := -1, 0, 0
	for len(s) > 0 && s[0] != 'E' && s[0] != 'e' {
		c := s[0]
		s = s[1:]
		switch {
		case c == '.' && point < 0:
			point = seen
			continue
		case c < '0' || c > '9':
			return false
		case c == '0':
			zeros++
		default:
			n.add(c, zeros)
			zeros = 0
		}
		seen++
		if n.count == 0 {
			n.point = -seen // the zeros before the first digit
		}
	}
	if seen == 0 || point == 0 || point == seen {
		return false
	}
	if point < 0 {
		point = seen
	}
	n.point += point
	if len(s) == 0 {
		return true
	}
	exponent, err := strconv.Atoi(string(s[1:]))
	n.point += max(-farExponent, min(exponent, farExponent))
	return err == nil
}

// add keeps a digit and the zeros between it and the digit before.
func (n *floatText) add(c byte, zeros int) {
	if n.count == 0 {
		zeros = 0
	}
	for range min(zeros, len(n.digits)) {
		n.keep('0')
	}
	n.keep(c)
}

func (n *floatText) keep(c byte) {
	if n.count < len(n.digits) {
		n.digits[n.count] = c
	}
	n.count++
}
