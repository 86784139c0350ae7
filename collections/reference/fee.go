package reference

import (
	"errors"
	"fmt"

	"tidewaiter/collections/money"
)

// fees loads fees.csv. A row with no figure at all stands for a period whose
// figures no source prints.
func (l *loader) fees() {
	l.tables.feeRows, l.tables.fees = load(l, "fees", parseFee,
		func(r *Fee) Class { return r.Class }, func(r *Fee) string { return "class " + string(r.Class) })
	for i := range l.tables.feeRows {
		r := &l.tables.feeRows[i]
		if _, err := l.tables.Class(r.Class, r.From); err != nil {
			l.errs = append(l.errs, fmt.Errorf("fees.csv row %d: %w", r.Row, err))
		}
	}
}

func parseFee(c *cells) Fee {
	fee := Fee{
		Class:    Class(c.required("class")),
		Rate:     c.rate("rate"),
		Minimum:  c.cents("minimum"),
		Maximum:  c.cents("maximum"),
		Amount:   c.cents("amount"),
		Validity: c.validity(),
	}
	fee.Known = fee.Rate != 0 || fee.Amount != 0
	switch {
	case fee.Rate != 0 && fee.Amount != 0:
		c.fail("amount", errors.New("a fee has a rate or an amount, not both"))
	case fee.Rate == 0 && (fee.Minimum != 0 || fee.Maximum != 0):
		c.fail("rate", errors.New("a minimum or maximum needs a rate"))
	case fee.Maximum != 0 && fee.Maximum < fee.Minimum:
		c.fail("maximum", fmt.Errorf("%s is less than the minimum %s", fee.Maximum, fee.Minimum))
	case !fee.Known && fee.Verified:
		c.fail("verified", errors.New("a period without figures cannot be verified"))
	}
	return fee
}

// interest loads interest.csv, whose rates are written in percent.
func (l *loader) interest() {
	_, l.tables.interest = load(l, "interest", parseInterest,
		func(*Interest) struct{} { return struct{}{} }, func(*Interest) string { return "rates" })
}

func parseInterest(c *cells) Interest {
	r := Interest{
		Under:         c.percent("under"),
		Over:          c.percent("over"),
		CorporateOver: c.percent("corporate_over"),
		HasCorporate:  c.text("corporate_over") != "",
		Validity:      c.validity(),
	}
	if r.Under == 0 || r.Over == 0 {
		c.fail("under", errors.New("a period has both an underpayment and an overpayment rate"))
	}
	return r
}

// percent reads a rate in percent as a fraction; empty is zero.
func (c *cells) percent(column string) money.Rate {
	r := c.rate(column)
	if r%100 != 0 {
		c.fail(column, fmt.Errorf("%s percent has more than %d decimals", r, money.RateScale-2))
	}
	return r / 100
}
