package money

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"

	"github.com/shopspring/decimal"
)

// Cents is an amount in whole U.S. cents; a negative amount is owed back.
type Cents int64

var (
	// ErrOverflow says that an exact result does not fit 64 bits.
	ErrOverflow = errors.New("amount does not fit 64 bits")
	// ErrInexact says that a result has more decimals than its place while
	// rounding is prohibited.
	ErrInexact = errors.New("amount is not exact at its place and rounding is prohibited")
)

// String gives the amount in dollars with two decimals: "-12.30".
func (c Cents) String() string {
	return string(c.Append(make([]byte, 0, 24)))
}

// Append appends the amount in dollars with two decimals to dst.
func (c Cents) Append(dst []byte) []byte {
	magnitude := uint64(c)
	if c < 0 {
		dst = append(dst, '-')
		magnitude = -magnitude
	}
	dst = strconv.AppendUint(dst, magnitude/100, 10)
	rest := magnitude % 100
	return append(dst, '.', byte('0'+rest/10), byte('0'+rest%10))
}

// Decimal gives the amount in dollars.
func (c Cents) Decimal() decimal.Decimal {
	return decimal.New(int64(c), -2)
}

// FromDecimal gives an amount in dollars as cents, rounded to the cent by m.
// With Prohibited, an amount that has a fraction of a cent is ErrInexact.
func FromDecimal(d decimal.Decimal, m Mode) (Cents, error) {
	cents, err := roundDecimal(d.Shift(2), m)
	if err != nil {
		return 0, fmt.Errorf("rounding %s to cents: %w", d, err)
	}
	if !cents.BigInt().IsInt64() {
		return 0, fmt.Errorf("storing %s: %w", d, ErrOverflow)
	}
	return Cents(cents.BigInt().Int64()), nil
}

// ParseCents reads dollars with at most two decimals: "12", "12.3", "-12.30".
// A sign other than a leading minus, an exponent, blanks, separators and a
// third decimal are errors.
func ParseCents(s string) (Cents, error) {
	units, err := parseScaled(s, 2)
	if err != nil {
		return 0, fmt.Errorf("reading amount %q: %w", s, err)
	}
	return Cents(units), nil
}

// MarshalJSON writes the amount as a string with two decimals, since a JSON
// number would pass through a float in many readers.
func (c Cents) MarshalJSON() ([]byte, error) {
	dst := append(make([]byte, 0, 26), '"')
	return append(c.Append(dst), '"'), nil
}

// UnmarshalJSON reads the string that MarshalJSON writes; a JSON number is an
// error.
func (c *Cents) UnmarshalJSON(b []byte) error {
	s, err := strconv.Unquote(string(b))
	if err != nil {
		return fmt.Errorf("reading amount %s: an amount is a JSON string such as \"12.30\"", b)
	}
	v, err := ParseCents(s)
	if err != nil {
		return err
	}
	*c = v
	return nil
}

// ParseScaled reads an exact decimal with at most places decimals and gives it
// in units of 10^-places: ParseScaled("678.9", 2) is 67890.
func ParseScaled(s string, places int) (int64, error) {
	units, err := parseScaled(s, places)
	if err != nil {
		return 0, fmt.Errorf("reading %q: %w", s, err)
	}
	return units, nil
}

// AppendScaled appends v units of 10^-places as a decimal with all its places:
// AppendScaled(dst, 67890, 2) appends "678.90".
func AppendScaled(dst []byte, v int64, places int) []byte {
	magnitude := uint64(v)
	if v < 0 {
		dst = append(dst, '-')
		magnitude = -magnitude
	}
	if places == 0 {
		return strconv.AppendUint(dst, magnitude, 10)
	}
	unit := powersOfTen[places]
	dst = strconv.AppendUint(dst, magnitude/unit, 10)
	dst = append(dst, '.')
	for rest, digit := magnitude%unit, unit/10; digit > 0; digit /= 10 {
		dst = append(dst, byte('0'+rest/digit%10))
	}
	return dst
}

// parseScaled reads digits, at most one point and at most places decimals.
func parseScaled(s string, places int) (int64, error) {
	digits := s
	negative := len(digits) > 0 && digits[0] == '-'
	if negative {
		digits = digits[1:]
	}
	var v uint64
	seen, decimals := 0, -1
	for i := 0; i < len(digits); i++ {
		c := digits[i]
		if c == '.' && decimals < 0 && seen > 0 {
			decimals = 0
			continue
		}
		if c < '0' || c > '9' {
			return 0, fmt.Errorf("unexpected %q at position %d", c, i+1)
		}
		seen++
		if decimals >= 0 {
			decimals++
		}
		if decimals > places {
			return 0, fmt.Errorf("more than %d decimals", places)
		}
		if v > math.MaxInt64/10 {
			return 0, ErrOverflow
		}
		if v = v*10 + uint64(c-'0'); v > math.MaxInt64 {
			return 0, ErrOverflow
		}
	}
	if seen == 0 || decimals == 0 {
		return 0, errors.New("no digits where digits are expected")
	}
	for decimals = max(decimals, 0); decimals < places; decimals++ {
		if v > math.MaxInt64/10 {
			return 0, ErrOverflow
		}
		v *= 10
	}
	if negative {
		return -int64(v), nil
	}
	return int64(v), nil
}

// roundDecimal rounds d to a whole number by m: the slow path, at the edges and
// in tests beside Product.Round.
func roundDecimal(d decimal.Decimal, m Mode) (decimal.Decimal, error) {
	switch m {
	case NearestAwayFromZero:
		return d.Round(0), nil
	case AwayFromZero:
		return d.RoundUp(0), nil
	case NearestEven:
		return d.RoundBank(0), nil
	case NearestTowardZero:
		whole := d.Abs().Truncate(0)
		if d.Abs().Sub(whole).GreaterThan(decimal.New(5, -1)) {
			whole = whole.Add(decimal.New(1, 0))
		}
		return whole.Mul(decimal.New(int64(d.Sign()), 0)), nil
	case Prohibited:
		if !d.Equal(d.Truncate(0)) {
			return decimal.Decimal{}, ErrInexact
		}
		return d, nil
	case TowardGreater:
		return d.RoundCeil(0), nil
	case TowardLesser:
		return d.RoundFloor(0), nil
	case Truncation:
		return d.Truncate(0), nil
	}
	return decimal.Decimal{}, fmt.Errorf("rounding mode %d is not one of the eight", int(m))
}

// bigOf gives the signed 128-bit number as a big integer.
func bigOf(hi int64, lo uint64) *big.Int {
	n := new(big.Int).Lsh(big.NewInt(hi), 64)
	return n.Add(n, new(big.Int).SetUint64(lo))
}
