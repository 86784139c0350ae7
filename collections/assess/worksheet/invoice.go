package worksheet

import (
	"fmt"
	"strings"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
)

// invoices prints how values and quantities of invoices became those of the lines:
// each invoice with its rates of duty, and the goods of each rate.
func (p *page) invoices() {
	for i := range p.a.Invoices {
		v := &p.a.Invoices[i]
		p.printf("\n%-52s%16s%16s", "INVOICE "+v.Invoice, "invoiced", "entered")
		p.share("  total, in whole dollars (19 CFR 159.3(a))", v.Total, v.Rounded, "half up")
		for k := range v.Classes {
			c := &v.Classes[k]
			p.share(fmt.Sprintf("  rate %s, duty by %s", c.Rate, c.Duty), c.Value, c.Rounded, allocation(c.Allocated(), "invoice"))
			for n := range c.Numbers {
				number := &c.Numbers[n]
				p.share(fmt.Sprintf("      line %d  %s", number.Line, number.HTS), number.Value, number.Rounded, allocation(number.Allocated(), "rate"))
			}
		}
	}
	p.quantities()
}

// share prints a value, what it was rounded to, and how.
func (p *page) share(text string, value money.Cents, rounded int64, how string) {
	p.printf("%-52s%16s%16s  %s", text, separated(value.String()), separated(fmt.Sprint(rounded)), how)
}

// allocation says how a value was rounded.
func allocation(allocated int64, of string) string {
	switch {
	case allocated > 0:
		return "taken up, for the total of the " + of
	case allocated < 0:
		return "dropped, for the total of the " + of
	}
	return "half up"
}

// quantities prints how the quantities of invoices were rounded.
func (p *page) quantities() {
	if len(p.a.Quantities) == 0 {
		return
	}
	p.printf("\nQUANTITIES of the invoices")
	for i := range p.a.Quantities {
		q := &p.a.Quantities[i]
		p.printf("  line %d  %s  %s %s is entered as %s: %s", q.Line, q.HTS, trimmed(q.Exact), q.Unit, money.AppendScaled(nil, q.Rounded, 2), p.quantityRule(q))
	}
}

// quantityRule says by which rule a quantity was rounded.
func (p *page) quantityRule(q *assess.QuantityRounding) string {
	const dollar = money.Rate(100_000_000)
	switch {
	case q.Rate == 0:
		return "two decimals, half up, since no specific rate applies to it (ACE CATAIR AE note hh)"
	case p.method.PartUnits:
		return "two decimals, half up, by the method"
	case q.Rate > dollar:
		return fmt.Sprintf("two decimals, half up, at a specific rate of %s, above a dollar (19 CFR 159.3(b))", q.Rate)
	case entry.RoundQuantity(1, q.Rate, q.HTS) != 0:
		return "two decimals, half up, since 19 CFR 159.3(b) leaves alcoholic beverages to 159.4"
	}
	return fmt.Sprintf("a whole unit, half up, at a specific rate of %s (19 CFR 159.3(b))", q.Rate)
}

// trimmed writes a quantity of an invoice without zeros at its end.
func trimmed(exact int64) string {
	return strings.TrimRight(strings.TrimRight(string(money.AppendScaled(nil, exact, entry.InvoicePlaces)), "0"), ".")
}
