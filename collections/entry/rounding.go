package entry

import (
	"cmp"
	"slices"
	"strings"

	"tidewaiter/collections/money"
)

// RateClass is the merchandise of one invoice that is subject to one rate of
// duty. Rounding treats it as a unit (19 CFR 159.3(a)).
type RateClass struct {
	Value money.Cents // not negative
	// Rate is its duty rate, ad valorem or the equivalent of a specific one. It
	// decides between equal fractions.
	Rate money.Rate
}

// RoundValues rounds the values of an invoice to whole dollars and appends them
// to dst, in the order of the classes (19 CFR 159.3(a)). Each value is rounded
// half up; but all together are not changed by more than the rounding of the
// total is. Where that needs it, fractions of 50 cents and more are dropped, the
// lower ones first, or fractions below 50 cents are taken up, the larger ones
// first; of equal fractions, that of the lower rate. 100.40, 200.40 and 300.40
// are 601.20 together, that is 601: the 0.40 of the lowest rate becomes a dollar.
func RoundValues(dst []int64, classes []RateClass) []int64 {
	var total money.Cents
	for _, c := range classes {
		total += c.Value
	}
	return RoundValuesTo(dst, classes, wholeDollars(total))
}

// RoundValuesTo is RoundValues to a given total, which must be the sum of the
// values with its cents dropped or taken up: the items of a rate class have to
// make what the class was rounded to.
func RoundValuesTo(dst []int64, classes []RateClass, total int64) []int64 {
	start := len(dst)
	var sum int64
	for _, c := range classes {
		dst = append(dst, wholeDollars(c.Value))
		sum += dst[len(dst)-1]
	}
	values := dst[start:]
	if sum == total {
		return dst
	}
	change := int64(1)
	if sum > total {
		change = -1
	}
	for _, i := range candidates(classes, values, change)[:(total-sum)*change] {
		values[i] += change
	}
	return dst
}

// candidates gives the classes whose fractions can be taken up (change 1) or
// dropped (-1), in the order of the rule. There always are enough: with every
// fraction dropped the sum is no more than the total, with every one taken up no
// less.
func candidates(classes []RateClass, values []int64, change int64) []int {
	rest := func(i int) int64 { return int64(classes[i].Value) - values[i]*100 } // negative when it was taken up
	var list []int
	for i := range classes {
		if rest(i)*change > 0 {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(i, j int) int {
		// The larger fractions are taken up first, the lower ones dropped first.
		return cmp.Or(cmp.Compare(rest(j), rest(i))*int(change), cmp.Compare(classes[i].Rate, classes[j].Rate))
	})
	return list
}

// wholeDollars rounds half up.
func wholeDollars(c money.Cents) int64 { return int64((c + 50) / 100) }

// RoundQuantity rounds a quantity, in hundredths of its unit, for a specific rate
// of duty (19 CFR 159.3(b)): at a dollar a unit or less a fraction below one half
// is dropped and any other is a whole unit; above, two decimals stay. Alcoholic
// beverages (headings 2203 to 2208) have rules of their own in 19 CFR 159.4 and
// stay as they are.
func RoundQuantity(hundredths int64, rate money.Rate, hts string) int64 {
	const dollar = money.Rate(100_000_000)
	if rate > dollar || strings.HasPrefix(hts, "220") && hts[3:] >= "3" && hts[3:] < "9" {
		return hundredths
	}
	return (hundredths + 50) / 100 * 100
}

// RoundExactQuantity is RoundQuantity of a quantity as an invoice states it, in
// units of 10^-8, and gives hundredths. It is rounded once: 12.4999 units at a
// dollar or less are 12, though two decimals of it would be 12.50.
func RoundExactQuantity(exact int64, rate money.Rate, hts string) int64 {
	const unit = 100_000_000
	if RoundQuantity(1, rate, hts) == 0 { // a fraction is dropped
		return (exact + unit/2) / unit * 100
	}
	return RoundTwoDecimals(exact)
}

// RoundTwoDecimals rounds a quantity, in units of 10^-8, half up to the hundredths
// that the 50 record holds (ACE CATAIR AE note hh).
func RoundTwoDecimals(exact int64) int64 {
	const hundredth = 1_000_000
	return (exact + hundredth/2) / hundredth
}
