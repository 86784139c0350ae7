package record

import (
	"fmt"
	"strconv"
	"strings"
)

// Decimal writes v units of the last of places decimal places: Decimal(-5, 2)
// is -0.05.
func Decimal(v int64, places int) string {
	if places <= 0 {
		return strconv.FormatInt(v, 10) + strings.Repeat("0", -places)
	}
	sign, u := "", uint64(v)
	if v < 0 {
		sign, u = "-", -u
	}
	digits := fmt.Sprintf("%0*d", places+1, u)
	return sign + digits[:len(digits)-places] + "." + digits[len(digits)-places:]
}

// ParseDecimal reads a decimal as units of its last of places decimal places.
// More decimals than that are an error, for they would have to be rounded.
func ParseDecimal(text string, places int) (int64, error) {
	whole, fraction, _ := strings.Cut(text, ".")
	if len(fraction) > max(places, 0) {
		return 0, fmt.Errorf("%q has more than %d decimal places", text, places)
	}
	digits := whole + fraction + strings.Repeat("0", max(places, 0)-len(fraction))
	v, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || whole == "" || strings.HasPrefix(text, "+") {
		return 0, fmt.Errorf("%q is not a decimal number", text)
	}
	return v, nil
}
