package ebcdic

import "math/bits"

// hexNumber is a HexFloat taken apart: fraction * 16^(exponent-64-digits).
type hexNumber struct {
	digits   int // of the fraction: 6 or 14
	minus    bool
	exponent int // 0 to 127
	fraction uint64
}

const (
	hexExcess   = 64
	hexExponent = 127 // the largest
)

func (f *Float) hexDigits() int { return 2 * (f.Length() - 1) }

func (f *Float) unpack(word uint64) hexNumber {
	h := hexNumber{digits: f.hexDigits(), minus: word>>63 != 0, exponent: int(word >> 56 & 0x7F)}
	h.fraction = word << 8 >> (64 - 4*h.digits)
	return h
}

func (f *Float) pack(h hexNumber) uint64 {
	word := uint64(h.exponent)<<56 | h.fraction<<(56-4*h.digits)
	if h.minus {
		word |= 1 << 63
	}
	return word
}

// power returns p of the value fraction * 2^p.
func (h hexNumber) power() int { return 4 * (h.exponent - hexExcess - h.digits) }

// normal shifts zero digits out of the front of the fraction. The value stays;
// arithmetic leaves numbers in this form (Principles of Operation,
// "Normalization").
func (h hexNumber) normal() hexNumber {
	if h.fraction == 0 {
		return h
	}
	by := min((bits.LeadingZeros64(h.fraction)-(64-4*h.digits))/4, h.exponent)
	h.fraction <<= 4 * by
	h.exponent -= by
	return h
}

// shortestDigits is more than a 56-bit fraction needs: 18 decimal digits.
const shortestDigits = 20

// shortest fills digits with the fewest decimal digits that are nearer to h than
// to its neighbours, the nearest of those, and returns their number and how many
// of them stand left of the decimal point (negative for 0.00123).
//
// It is the digit generation of Steele and White (PLDI 1990) on exact integers:
// the value is rest/unit, and below and above are the distances to the middles
// between h and its neighbours.
func (h hexNumber) shortest(digits *[shortestDigits]byte) (n, point int) {
	h = h.normal()
	if h.fraction == 0 {
		return 0, 0
	}
	var rest, unit, below, above natural
	wide := 2 // the gap to the neighbour below is 16 times narrower under a power of 16
	if h.fraction == 1<<(4*(h.digits-1)) && h.exponent > 0 {
		wide = 32
	}
	rest.set(h.fraction)
	rest.mulAdd(uint64(wide), 0)
	unit.set(uint64(wide))
	below.set(1)
	above.set(uint64(wide / 2))
	if p := h.power(); p >= 0 {
		rest.shift(p)
		below.shift(p)
		above.shift(p)
	} else {
		unit.shift(-p)
	}
	point = scaleToOne(&rest, &unit, &below, &above, h.power()+bits.Len64(h.fraction))
	n, up := generate(digits, &rest, &unit, &below, &above, h.fraction&1 == 0)
	if up {
		return carry(digits, n, point)
	}
	return n, point
}

// scaleToOne multiplies by powers of ten until 1/10 <= rest/unit < 1, and
// returns the power taken out. The value is below 2^bound.
func scaleToOne(rest, unit, below, above *natural, bound int) int {
	point := (bound*30103 + 99_999) / 100_000 // log10(2) = 0.30103, at most one too large
	if bound < 0 {
		point = bound * 30103 / 100_000
	}
	if point >= 0 {
		unit.mulPower(point)
	} else {
		rest.mulPower(-point)
		below.mulPower(-point)
		above.mulPower(-point)
	}
	for { // one step, rarely two
		tenfold := *rest
		tenfold.mulAdd(10, 0)
		if tenfold.compare(unit) >= 0 {
			return point
		}
		*rest = tenfold
		below.mulAdd(10, 0)
		above.mulAdd(10, 0)
		point--
	}
}

// generate writes digits until what is left is nearer than a neighbour. up says
// that the last digit has to be one higher.
func generate(digits *[shortestDigits]byte, rest, unit, below, above *natural, even bool) (n int, up bool) {
	within := 0 // a middle itself is rounded to the even number
	if even {
		within = 1
	}
	for {
		rest.mulAdd(10, 0)
		below.mulAdd(10, 0)
		above.mulAdd(10, 0)
		digit := byte(0)
		for rest.compare(unit) >= 0 {
			rest.sub(unit)
			digit++
		}
		digits[n] = digit
		n++
		reach := *rest
		reach.add(above)
		low := rest.compare(below) < within
		high := reach.compare(unit) > -within
		if !low && !high {
			continue
		}
		if !low || !high {
			return n, high
		}
		double := *rest
		double.shift(1)
		return n, double.compare(unit) >= 0
	}
}

// carry adds one to the last of n digits.
func carry(digits *[shortestDigits]byte, n, point int) (int, int) {
	for n > 0 && digits[n-1] == 9 {
		n--
	}
	if n == 0 {
		digits[0] = 1
		return 1, point + 1
	}
	digits[n-1]++
	return n, point
}

// nearest sets exponent and fraction to the number nearest to d.
func (h *hexNumber) nearest(d *decimalText) Fault {
	if d.n == 0 {
		return OK
	}
	// 16^63 is below 10^76, and half of 16^-78 above 10^-95.
	if d.point > 77 || d.point < -94 {
		return OutOfMagnitude
	}
	var rest, unit natural
	d.value(&rest)
	unit.set(1)
	if scale := d.n - d.point; scale >= 0 {
		unit.mulPower(scale)
	} else {
		rest.mulPower(-scale)
	}
	h.exponent = max(hexExcess+hexMagnitude(&rest, &unit), 0)
	if h.exponent > hexExponent {
		return OutOfMagnitude
	}
	if p := h.power(); p >= 0 {
		unit.shift(p)
	} else {
		rest.shift(-p)
	}
	h.fraction = divide(&rest, &unit, 4*h.digits)
	if h.fraction == 1<<(4*h.digits) {
		h.fraction >>= 4
		h.exponent++
	}
	if h.fraction == 0 || h.exponent > hexExponent {
		return OutOfMagnitude
	}
	return OK
}

// hexMagnitude returns the e of 16^(e-1) <= rest/unit < 16^e.
func hexMagnitude(rest, unit *natural) int {
	log := rest.bitLen() - unit.bitLen() // of two: this or one less
	a, b := *rest, *unit
	if log >= 0 {
		b.shift(log)
	} else {
		a.shift(-log)
	}
	if a.compare(&b) < 0 {
		log--
	}
	return log>>2 + 1
}

// divide returns rest/unit, which is below 2^bits, rounded to the nearest whole
// number, half to even.
func divide(rest, unit *natural, bits int) (quotient uint64) {
	unit.shift(bits)
	for range bits + 1 {
		quotient <<= 1
		if rest.compare(unit) >= 0 {
			rest.sub(unit)
			quotient |= 1
		}
		rest.shift(1)
	}
	if half := rest.compare(unit); half > 0 || half == 0 && quotient&1 == 1 {
		quotient++
	}
	return quotient
}
