package worksheet

import (
	"fmt"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// whole prints what is charged once per entry, and the sums of the fees.
func (p *page) whole(charges []assess.Charge) {
	p.printf("\nENTRY")
	sums := map[reference.Class]money.Cents{}
	for i := range p.a.Charges {
		if c := &p.a.Charges[i]; c.Line != 0 {
			sums[c.Class] += c.Amount
		}
	}
	for _, total := range p.a.Totals.Classes {
		if sum, ok := sums[total.Class]; ok {
			p.amount(fmt.Sprintf("  %s sum of the lines", total.Class), sum)
		}
	}
	for i := range charges {
		p.charge(&charges[i])
	}
	p.exclusions(0)
}

// totals prints the records 88, 89 and 90 and what is due.
func (p *page) totals() {
	t := &p.a.Totals
	p.printf("\nTOTALS")
	var bonded, cash [2]money.Cents // antidumping, countervailing
	deposits := false
	for i := range p.a.Charges {
		c := &p.a.Charges[i]
		which := 0
		switch c.Class {
		case reference.ClassCountervailing:
			which = 1
		case reference.ClassAntidumping:
		default:
			continue
		}
		deposits = true
		if c.Disposition == assess.Bonded {
			bonded[which] += c.Amount
		} else {
			cash[which] += c.Amount
		}
	}
	if deposits {
		p.amount("  88 antidumping duty, bonded", bonded[0])
		p.amount("  88 antidumping duty, cash deposit", cash[0])
		p.amount("  88 countervailing duty, bonded", bonded[1])
		p.amount("  88 countervailing duty, cash deposit", cash[1])
	}
	for _, c := range t.Classes {
		if row, err := p.tables.Class(c.Class, p.on); err == nil && row.Kind == reference.KindFee {
			p.amount("  89 "+p.class(c.Class), c.Amount)
		}
	}
	for _, g := range p.grand() {
		p.amount("  90 "+g.name, g.computed)
	}
	p.amount("  due with the entry", t.Due)
	if t.Bonded != 0 {
		p.amount("  secured by bond, not in the above", t.Bonded)
	}
	if t.NotDue != 0 {
		p.amount("  not due with this type of entry, not in the above", t.NotDue)
	}
}

// grandTotal is an amount of the 90 record, ours and the filer's.
type grandTotal struct {
	name            string
	computed, filed money.Cents
}

// grand gives the six amounts of the 90 record.
func (p *page) grand() []grandTotal {
	t, f := &p.a.Totals, &p.s.Filed.Grand
	return []grandTotal{
		{"duty", t.Duty, f.Duty}, {"user fees", t.Fees, f.Fees}, {"internal revenue tax", t.Tax, f.Tax},
		{"antidumping duty", t.AD, f.AD}, {"countervailing duty", t.CVD, f.CVD}, {"other revenue", t.Other, f.Other},
	}
}

// filed prints the filer's grand totals beside ours.
func (p *page) filed() {
	if !p.s.Filed.HasGrand {
		return
	}
	p.printf("\n%-52s%16s%16s%16s", "FILED AGAINST COMPUTED", "filed", "computed", "difference")
	for _, g := range p.grand() {
		p.printf("  90 %-47s%16s%16s%16s", g.name, separated(g.filed.String()), separated(g.computed.String()), separated((g.filed - g.computed).String()))
	}
}
