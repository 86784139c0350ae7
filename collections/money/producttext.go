package money

import "math/bits"

// maxDigits is the number of digits of the largest magnitude, 2^127.
const maxDigits = 39

// Append appends a product that has the given number of decimals, without zeros at
// its end, as Decimal(scale).String() writes it: "11.545512", "700", "-0.05".
func (p Product) Append(dst []byte, scale int) []byte {
	var digits [maxDigits]byte
	hi, lo, negative := p.magnitude()
	n := len(digits)
	for hi != 0 || lo != 0 {
		var rest uint64
		hi, rest = hi/1e19, hi%1e19
		lo, rest = bits.Div64(rest, lo, 1e19)
		for range 19 {
			if n == 0 || hi == 0 && lo == 0 && rest == 0 {
				break
			}
			n--
			digits[n] = byte('0' + rest%10)
			rest /= 10
		}
	}
	text := digits[n:]
	for scale > 0 && len(text) > 0 && text[len(text)-1] == '0' {
		text, scale = text[:len(text)-1], scale-1
	}
	if len(text) == 0 {
		return append(dst, '0')
	}
	if negative {
		dst = append(dst, '-')
	}
	if scale == 0 {
		return append(dst, text...)
	}
	if len(text) <= scale {
		dst = append(dst, '0')
	} else {
		dst = append(dst, text[:len(text)-scale]...)
		text = text[len(text)-scale:]
	}
	dst = append(dst, '.')
	for range scale - len(text) {
		dst = append(dst, '0')
	}
	return append(dst, text...)
}
