package money

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// RateScale is the number of decimals of a Rate.
const RateScale = 8

// Rate is a factor in units of 10^-8. An ad valorem rate is a fraction (0.07
// for 7 percent), a specific rate is dollars a unit. Eight decimals hold every
// rate of the tariff and of the fee table exactly (HTSREC, FEEREC).
type Rate int64

// ParseRate reads an exact decimal with at most eight decimals: "0.003464".
func ParseRate(s string) (Rate, error) {
	units, err := parseScaled(s, RateScale)
	if err != nil {
		return 0, fmt.Errorf("reading rate %q: %w", s, err)
	}
	return Rate(units), nil
}

// String gives the rate without trailing zeros: "0.003464", "25".
func (r Rate) String() string {
	return string(r.Append(make([]byte, 0, 24)))
}

// Append appends the rate without trailing zeros to dst.
func (r Rate) Append(dst []byte) []byte {
	dst = AppendScaled(dst, int64(r), RateScale)
	for dst[len(dst)-1] == '0' {
		dst = dst[:len(dst)-1]
	}
	if dst[len(dst)-1] == '.' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// Decimal gives the rate as a decimal.
func (r Rate) Decimal() decimal.Decimal {
	return decimal.New(int64(r), -RateScale)
}
