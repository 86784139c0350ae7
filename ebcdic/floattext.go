package ebcdic

import "strconv"

// maxTextDigits is how many digits of a text are read exactly; a digit after
// them only says that there is more. The longest number half way between two of
// COMP-2 has fewer.
const maxTextDigits = 400

// decimalText is a decimal taken apart: 0.d1d2d3... * 10^point.
type decimalText struct {
	minus  bool
	n      int // digits, without zeros at either end
	point  int
	digits [maxTextDigits + 1]byte
}

// maxExponent keeps sums of exponents in an int; no format reaches it.
const maxExponent = 1_000_000

func scanDecimal[T string | []byte](d *decimalText, s T) Fault {
	i := 0
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		d.minus = s[0] == '-'
		i++
	}
	start, last, point := i, 0, -1 // last: digits up to the last that is not 0
	for ; i < len(s) && s[i] != 'e' && s[i] != 'E'; i++ {
		switch c := s[i]; {
		case c == '.' && point < 0:
			point = i
		case c < '0' || c > '9':
			return NotNumber
		case c == '0' && d.n == 0:
			if point >= 0 {
				d.point--
			}
		default:
			d.addDigit(c)
			if c != '0' {
				last = d.n
			}
			if point < 0 {
				d.point++
			}
		}
	}
	if i == start || point == start || point == i-1 {
		return NotNumber
	}
	d.n = last
	exponent, ok := scanExponent(s[i:])
	if !ok {
		return NotNumber
	}
	d.point += exponent
	return OK
}

// addDigit keeps c, or what there is no room for as a last digit of 1.
func (d *decimalText) addDigit(c byte) {
	switch {
	case d.n < maxTextDigits:
		d.digits[d.n] = c - '0'
		d.n++
	case c != '0':
		d.digits[maxTextDigits] = 1
		d.n = maxTextDigits + 1
	}
}

// scanExponent reads e, a sign that may be missing, and digits; or nothing.
func scanExponent[T string | []byte](s T) (exponent int, ok bool) {
	if len(s) == 0 {
		return 0, true
	}
	i, minus := 1, false
	if len(s) > 1 && (s[1] == '-' || s[1] == '+') {
		minus = s[1] == '-'
		i++
	}
	if i == len(s) {
		return 0, false
	}
	for ; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		exponent = min(exponent*10+int(s[i]-'0'), maxExponent)
	}
	if minus {
		exponent = -exponent
	}
	return exponent, true
}

// value sets x to the digits as a whole number.
func (d *decimalText) value(x *natural) {
	var group, power uint64 = 0, 1
	for _, digit := range d.digits[:d.n] {
		group, power = group*10+uint64(digit), power*10
		if power == powers[int64Digits] {
			x.mulAdd(power, group)
			group, power = 0, 1
		}
	}
	x.mulAdd(power, group)
}

// Numbers from 10^-6 to below 10^21 are written without an exponent, as
// JavaScript and encoding/json have it.
const (
	plainAbove = -6
	plainUpTo  = 21
)

// appendFloat appends 0.d1d2d3... * 10^point.
func appendFloat(dst, digits []byte, point int) []byte {
	if len(digits) == 0 {
		return append(dst, '0')
	}
	if point <= plainAbove || point > plainUpTo {
		dst = append(dst, '0'+digits[0])
		if len(digits) > 1 {
			dst = appendPlain(append(dst, '.'), digits[1:])
		}
		dst = append(dst, 'e')
		if point > 0 {
			dst = append(dst, '+')
		}
		return strconv.AppendInt(dst, int64(point-1), 10)
	}
	if point <= 0 {
		dst = append(dst, "0.000000"[:2-point]...)
		return appendPlain(dst, digits)
	}
	for i := range max(point, len(digits)) {
		if i == point {
			dst = append(dst, '.')
		}
		if i < len(digits) {
			dst = append(dst, '0'+digits[i])
		} else {
			dst = append(dst, '0')
		}
	}
	return dst
}

func appendPlain(dst, digits []byte) []byte {
	for _, d := range digits {
		dst = append(dst, '0'+d)
	}
	return dst
}

// appendIEEE appends a finite number of so many bits.
func appendIEEE(dst []byte, v float64, bits int) []byte {
	var buffer [32]byte
	s := strconv.AppendFloat(buffer[:0], v, 'e', -1, bits)
	if s[0] == '-' {
		dst = append(dst, '-')
	}
	var d decimalText
	if fault := scanDecimal(&d, s); fault != OK {
		return dst // strconv writes numbers only
	}
	return appendFloat(dst, d.digits[:d.n], d.point)
}
