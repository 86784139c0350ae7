package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// checkCases compares the 53 records of a line with classes 012 and 013, to the
// penny (576), and looks at what a rate of its kind must leave out.
func (r *run) checkCases(line *entry.Line, charges []Charge) {
	if line.Set == entry.SetHeader && len(line.Cases) > 0 {
		r.raise(line, "507", line.Cases[0].Number) // the components have the cases (ACE CATAIR AE note k)
	}
	for i := range line.Cases {
		c := &line.Cases[i]
		switch {
		case c.Rate == 0 && c.RateType == entry.Specific:
			r.raise(line, "572", c.Number)
		case c.Rate == 0 && c.Quantity != 0:
			r.raise(line, "571", c.Number)
		case c.RateType == entry.AdValorem && c.Quantity != 0:
			r.raise(line, "541", c.Number)
		case c.RateType == entry.Specific && c.Value != 0:
			r.raise(line, "542", c.Number)
		case c.RateType == entry.Specific && c.Quantity == 0:
			r.raise(line, "575", c.Number)
		}
		class := reference.ClassAntidumping
		if c.Number[0] == 'C' {
			class = reference.ClassCountervailing
		}
		computed, _ := chargeOf(charges, class)
		switch {
		case c.Rate == 0 && c.FiledDuty != 0:
			r.mismatch(line, "570", c.Number, c.FiledDuty, 0)
		case c.FiledDuty != computed:
			r.mismatch(line, "576", c.Number, c.FiledDuty, computed)
		}
	}
}

// checkDeposits compares the 88 record with the cases of the lines (727, 735,
// 737 to 743).
func (r *run) checkDeposits() {
	var sums entry.FiledDeposits
	cases := 0
	for i := range r.s.Lines {
		for j := range r.s.Lines[i].Cases {
			c := &r.s.Lines[i].Cases[j]
			*depositOf(&sums, c) += c.FiledDuty
			cases++
		}
	}
	filed := &r.s.Filed
	switch {
	case cases == 0 && filed.HasDeposits:
		r.raise(nil, "727", "")
		return
	case cases > 0 && !filed.HasDeposits:
		r.raise(nil, "735", "")
		return
	}
	for _, total := range [...]struct {
		code, of   string
		filed, sum money.Cents
	}{
		{"737", "88 antidumping duty, bonded", filed.Deposits.BondedAD, sums.BondedAD},
		{"739", "88 antidumping duty, cash deposit", filed.Deposits.CashAD, sums.CashAD},
		{"741", "88 countervailing duty, bonded", filed.Deposits.BondedCVD, sums.BondedCVD},
		{"743", "88 countervailing duty, cash deposit", filed.Deposits.CashCVD, sums.CashCVD},
	} {
		r.unequal(total.code, total.of, total.filed, total.sum)
	}
}

// depositOf gives the field of the 88 record that a case counts in.
func depositOf(d *entry.FiledDeposits, c *entry.Case) *money.Cents {
	antidumping, bonded := c.Number[0] == 'A', c.Claim == entry.Bonded
	switch {
	case antidumping && bonded:
		return &d.BondedAD
	case antidumping:
		return &d.CashAD
	case bonded:
		return &d.BondedCVD
	}
	return &d.CashCVD
}
