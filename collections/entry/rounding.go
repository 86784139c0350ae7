package entry

import (
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
	for ; sum < total; sum++ {
		values[next(classes, values, false)]++
	}
	for ; sum > total; sum-- {
		values[next(classes, values, true)]--
	}
	return dst
}

// next gives the class whose fraction is dropped or taken up next. There always
// is one: with every fraction dropped the sum is no more than the total, with
// every one taken up no less.
func next(classes []RateClass, values []int64, drop bool) int {
	at := -1
	for i, c := range classes {
		rest := int64(c.Value) - values[i]*100 // negative when it was taken up
		if (drop && rest >= 0) || (!drop && rest <= 0) {
			continue
		}
		if at < 0 {
			at = i
			continue
		}
		best := int64(classes[at].Value) - values[at]*100
		if rest == best && c.Rate < classes[at].Rate || drop && rest < best || !drop && rest > best {
			at = i
		}
	}
	return at
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
