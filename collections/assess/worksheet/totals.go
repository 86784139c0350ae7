package worksheet

import (
	"fmt"
	"slices"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// whole prints the sums of the lines and what is charged once per entry.
func (p *page) whole(charges []assess.Charge) {
	p.printf("\nENTRY")
	sums := map[reference.Class]money.Cents{}
	var classes []reference.Class
	for i := range p.a.Charges {
		c := &p.a.Charges[i]
		if _, seen := sums[c.Class]; !seen && c.Line != 0 {
			classes = append(classes, c.Class)
		}
		if c.Line != 0 {
			sums[c.Class] += c.Amount
		}
	}
	slices.Sort(classes)
	for _, class := range classes {
		p.amount(fmt.Sprintf("  %s sum of the lines", class), sums[class])
	}
	for i := range charges {
		p.charge(nil, &charges[i])
	}
	p.exclusions(0)
}

// totals prints the records 88, 89 and 90 as reported, and what of them is due.
func (p *page) totals() {
	p.printf("\nREPORTED")
	for _, t := range p.records() {
		p.amount("  "+t.name, t.computed)
	}
	t := &p.a.Totals
	p.printf("\nDUE")
	for _, sum := range []struct {
		name   string
		amount money.Cents
		always bool
	}{
		{"reported in all", t.Reported.Grand.Total(), true},
		{"less secured by bond", -t.Bonded, false},
		{"less deferred, billed later", -t.Deferred, false},
		{"less not due with this type of entry", -t.NotDue, false},
		{"due with the entry", t.Due, true},
	} {
		if sum.always || sum.amount != 0 {
			p.amount("  "+sum.name, sum.amount)
		}
	}
}

// total is an amount of the 88, 89 or 90 records, ours and the filer's.
type total struct {
	name            string
	computed, filed money.Cents
}

// records gives the amounts of the 88, 89 and 90 records. The 88 record is left
// out of entries that have no case.
func (p *page) records() []total {
	r, f := &p.a.Totals.Reported, &p.s.Filed
	var out []total
	if d := r.Deposits; d != (assess.Deposits{}) || f.Deposits != (entry.FiledDeposits{}) {
		out = append(out,
			total{"88 antidumping duty, bonded", d.BondedAD, f.Deposits.BondedAD},
			total{"88 antidumping duty, cash deposit", d.CashAD, f.Deposits.CashAD},
			total{"88 countervailing duty, bonded", d.BondedCVD, f.Deposits.BondedCVD},
			total{"88 countervailing duty, cash deposit", d.CashCVD, f.Deposits.CashCVD})
	}
	out = append(out, p.fees()...)
	g := &r.Grand
	return append(out,
		total{"90 duty", g.Duty, f.Grand.Duty}, total{"90 user fees", g.Fees, f.Grand.Fees},
		total{"90 internal revenue tax", g.Tax, f.Grand.Tax}, total{"90 antidumping duty", g.AD, f.Grand.AD},
		total{"90 countervailing duty", g.CVD, f.Grand.CVD}, total{"90 other revenue", g.Other, f.Grand.Other})
}

// fees gives the amounts of the 89 records: those we computed, then those that
// only the filer has.
func (p *page) fees() []total {
	var out []total
	filed := map[reference.Class]money.Cents{}
	for _, c := range p.s.Filed.Totals {
		filed[c.Class] += c.Amount
	}
	for _, c := range p.a.Totals.Reported.Fees {
		out = append(out, total{"89 " + p.class(c.Class), c.Amount, filed[c.Class]})
		delete(filed, c.Class)
	}
	for _, c := range p.s.Filed.Totals {
		if amount, left := filed[c.Class]; left {
			out = append(out, total{"89 " + p.class(c.Class), 0, amount})
			delete(filed, c.Class)
		}
	}
	return out
}

// filed prints the filer's totals beside ours.
func (p *page) filed() {
	if !p.s.Filed.Given {
		return
	}
	p.printf("\n%-52s%16s%16s%16s", "FILED AGAINST COMPUTED", "filed", "computed", "difference")
	for _, t := range p.records() {
		p.printf("  %-50s%16s%16s%16s", t.name, separated(t.filed.String()), separated(t.computed.String()), separated((t.filed - t.computed).String()))
	}
}
