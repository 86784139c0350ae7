package money

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/shopspring/decimal"
)

// powersOfTen holds every power of ten that fits 64 bits without a sign.
var powersOfTen = [...]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
	1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
}

// MaxPlaces is the largest number of decimal places Round can cut off.
const MaxPlaces = len(powersOfTen) - 1

// Product is an exact signed 128-bit integer: a product of two 64-bit integers
// or more, or a sum of such products that have one scale. The zero value
// is zero.
type Product struct {
	hi int64
	lo uint64
}

// Multiply gives the exact product of a and b.
func Multiply(a, b int64) Product {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	// Mul64 read negative operands as a + 2^64; take that surplus off again.
	signed := int64(hi)
	if a < 0 {
		signed -= b
	}
	if b < 0 {
		signed -= a
	}
	return Product{hi: signed, lo: lo}
}

// Add gives the exact sum of two products of the same scale.
func (p Product) Add(q Product) (Product, error) {
	lo, carry := bits.Add64(p.lo, q.lo, 0)
	hi, _ := bits.Add64(uint64(p.hi), uint64(q.hi), carry)
	sum := Product{hi: int64(hi), lo: lo}
	if (p.hi < 0) == (q.hi < 0) && (sum.hi < 0) != (p.hi < 0) {
		return Product{}, ErrOverflow
	}
	return sum, nil
}

// Times gives the exact product of p and n, whose scale is the sum of both.
func (p Product) Times(n int64) (Product, error) {
	hi, lo, negative := p.magnitude()
	factor := uint64(n)
	if n < 0 {
		factor, negative = -factor, !negative
	}
	carried, low := bits.Mul64(lo, factor)
	beyond, high := bits.Mul64(hi, factor)
	high, carry := bits.Add64(high, carried, 0)
	if beyond != 0 || carry != 0 || high > math.MaxInt64 {
		return Product{}, ErrOverflow
	}
	if negative {
		return Product{hi: int64(high), lo: low}.negated(), nil
	}
	return Product{hi: int64(high), lo: low}, nil
}

// Less says whether p is less than q, which has the same scale.
func (p Product) Less(q Product) bool {
	return p.hi < q.hi || p.hi == q.hi && p.lo < q.lo
}

// negated gives -p of a product greater than the least.
func (p Product) negated() Product {
	lo, borrow := bits.Sub64(0, p.lo, 0)
	hi, _ := bits.Sub64(0, uint64(p.hi), borrow)
	return Product{hi: int64(hi), lo: lo}
}

// Decimal gives the exact value of a product that has the given number of
// decimals.
func (p Product) Decimal(scale int) decimal.Decimal {
	return decimal.NewFromBigInt(bigOf(p.hi, p.lo), int32(-scale))
}

// Round divides by 10^places, rounding once by m: a product with 8 decimals
// rounded to cents loses 6 places.
func (p Product) Round(places int, m Mode) (int64, error) {
	if places < 0 || places > MaxPlaces {
		return 0, fmt.Errorf("cutting %d decimal places: between 0 and %d are possible", places, MaxPlaces)
	}
	hi, lo, negative := p.magnitude()
	unit := powersOfTen[places]
	if hi >= unit {
		return 0, ErrOverflow
	}
	quotient, rest := bits.Div64(hi, lo, unit)
	if quotient > math.MaxInt64 {
		return 0, ErrOverflow
	}
	if rest != 0 {
		up, err := m.awayFromZero(quotient, rest, unit, negative)
		if err != nil {
			return 0, err
		}
		if up && quotient == math.MaxInt64 {
			return 0, ErrOverflow
		}
		if up {
			quotient++
		}
	}
	if negative {
		return -int64(quotient), nil
	}
	return int64(quotient), nil
}

// magnitude gives the absolute value and whether the sign was minus.
func (p Product) magnitude() (hi, lo uint64, negative bool) {
	if p.hi >= 0 {
		return uint64(p.hi), p.lo, false
	}
	lo, borrow := bits.Sub64(0, p.lo, 0)
	hi, _ = bits.Sub64(0, uint64(p.hi), borrow)
	return hi, lo, true
}

// awayFromZero says whether a quotient with a non-zero remainder goes up in
// magnitude.
func (m Mode) awayFromZero(quotient, rest, unit uint64, negative bool) (bool, error) {
	// rest < unit, so unit-rest cannot wrap where 2*rest could.
	above, tie := rest > unit-rest, rest == unit-rest
	switch m {
	case NearestAwayFromZero:
		return above || tie, nil
	case AwayFromZero:
		return true, nil
	case NearestEven:
		return above || (tie && quotient&1 == 1), nil
	case NearestTowardZero:
		return above, nil
	case TowardGreater:
		return !negative, nil
	case TowardLesser:
		return negative, nil
	case Truncation:
		return false, nil
	case Prohibited:
		return false, ErrInexact
	}
	return false, fmt.Errorf("rounding mode %d is not one of the eight", int(m))
}
