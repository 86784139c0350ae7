package assess

import (
	"fmt"
	"math"
	"strings"

	"github.com/shopspring/decimal"

	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// dutyRate is the rate of duty of a tariff number, as the rounding of invoice
// values needs it: to know what is subject to the same rate, and which of two
// rates is the lower.
type dutyRate struct {
	text string     // equal for merchandise that is subject to the same rate
	rate money.Rate // the duty as a fraction of the value, cut to eight decimals
}

// dutyRate gives the rate of number i on a line whose rows are looked up. A
// specific rate counts as what it makes of the value, and that, like every rate
// that depends on value, is found by the unrounded one (19 CFR 159.3(a)). The
// remedies of the line are part of the rate of the ordinary numbers that they are
// for; antidumping and countervailing duty are not.
func (r *run) dutyRate(d *lineDuty, i int, value money.Cents) (dutyRate, error) {
	var own money.Rate
	var err error
	goods := !special(d.line.Tariffs[i].HTS)
	if !goods || d.free == nil && (!d.replaced || d.derives) { // else nothing is computed by it
		own, err = r.numberRate(d, i, value)
	}
	if err != nil || !goods {
		return dutyRate{rateText(r.rows[i]), own}, err
	}
	total, text := own, rateText(r.rows[i])
	switch {
	case d.free != nil:
		text = "free under chapter 98"
	case d.replaced:
		total, text = 0, "replaced"
	}
	for j := range d.line.Tariffs {
		row := r.rows[j]
		if row.Remedy == reference.NoRemedy || r.waiver(d, j) != "" || !r.covers(d, j, i) || row.RemedyRow.Base == reference.ContentValue && d.line.Tariffs[j].Value != 0 {
			continue
		}
		rate, err := r.numberRate(d, j, value)
		if err != nil {
			return dutyRate{}, err
		}
		if row.DutyCode == '9' || row.RemedyRow.Base == reference.NormalDuty {
			rate = rateOf(row.Rate2.Decimal().Mul(own.Decimal()))
		}
		if row.Remedy == reference.Capped {
			rate = min(rate, max(0, row.RemedyRow.Cap-own))
		}
		total += rate
		text += " and " + rateText(row)
	}
	return dutyRate{text, total}, nil
}

// numberRate gives the duty of one number as a fraction of a value: an ad valorem
// rate as it is, any other duty divided by the value.
func (r *run) numberRate(d *lineDuty, i int, value money.Cents) (money.Rate, error) {
	row := r.rows[i]
	switch {
	case row.DutyCode == '0':
		return 0, nil
	case row.DutyCode == '7' || row.DutyCode == '9':
		return row.Rate2, nil
	case value == 0:
		return 0, nil // there is no fraction to decide about
	}
	n := r.priced(d, i, int64(value))
	if n.code == 'X' {
		cents, err := r.filed(&n)
		return rateOf(cents.Decimal().DivRound(value.Decimal(), money.RateScale)), err
	}
	f, err := r.formula(&n)
	if err != nil {
		return 0, err
	}
	exact, err := r.product(&n, f)
	return rateOf(exact.Decimal(f.cut()+2).DivRound(value.Decimal(), money.RateScale)), err
}

// rateOf cuts a fraction to the decimals of a rate.
func rateOf(d decimal.Decimal) money.Rate {
	units := d.Shift(money.RateScale).Truncate(0)
	if !units.BigInt().IsInt64() {
		return math.MaxInt64 / entryRates // far above every rate, and the sum of a line's stays one
	}
	return min(money.Rate(units.IntPart()), math.MaxInt64/entryRates)
}

// entryRates bounds how many rates are added up: those of a line's numbers.
const entryRates = 64

// rateText writes what a duty is computed by: code and rates, units of specific
// ones.
func rateText(row *reference.Tariff) string {
	var b strings.Builder
	if row.DutyCode == '0' {
		return "free"
	}
	fmt.Fprintf(&b, "code %c", row.DutyCode)
	for i, rate := range [...]money.Rate{row.Rate1, row.Rate2, row.Rate3} {
		if rate != 0 {
			fmt.Fprintf(&b, " P%d %s", i+1, rate)
		}
	}
	if row.DutyCode != '7' && row.DutyCode != '9' {
		for _, unit := range row.Units {
			if unit != "" {
				b.WriteString(" " + unit)
			}
		}
	}
	if row.Remedy == reference.Capped {
		b.WriteString(" cap " + row.RemedyRow.Cap.String())
	}
	return b.String()
}

// specificRate gives the highest rate in dollars a unit that applies to quantity n
// of number i; 0 when none does.
func (r *run) specificRate(i, n int) money.Rate {
	row := r.rows[i]
	rates := [...]money.Rate{0, row.Rate1, row.Rate2, row.Rate3}
	if row.DutyCode == 'C' && n == 0 {
		return max(row.Rate1, row.Rate2)
	}
	var highest money.Rate
	for _, x := range formulas[row.DutyCode].factors {
		if x.by == none && x.input == inQ1+input(n) {
			highest = max(highest, rates[x.rate])
		}
	}
	return highest
}
