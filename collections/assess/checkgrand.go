package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// checkGrand compares the 90 record with what it sums up, to the cent, and with
// what is computed.
func (r *run) checkGrand() {
	if !r.s.Filed.HasGrand {
		r.raise(nil, "701", "")
		return
	}
	filed, computed := &r.s.Filed.Grand, &r.dst.Totals.Reported.Grand
	var sums entry.FiledGrand
	var antidumping, countervailing, otherTax bool
	for i := range r.s.Lines {
		line := &r.s.Lines[i]
		sums.Duty += filedDuty(line)
		sums.Tax += line.Filed.Tax.Amount
		otherTax = otherTax || line.Filed.Tax.Class != "" && line.Filed.Tax.Class != reference.ClassSpiritsTax
		for j := range line.Cases {
			if c := &line.Cases[j]; c.Number[0] == 'A' {
				sums.AD += c.FiledDuty
				antidumping = true
			} else {
				sums.CVD += c.FiledDuty
				countervailing = true
			}
		}
	}
	for i := range r.s.Filed.Totals {
		sums.Fees += r.s.Filed.Totals[i].Amount
	}
	r.unequal("722", filed.Duty, sums.Duty)
	if beyond(filed.Duty, computed.Duty, dutyTolerance) {
		r.mismatch(nil, "627", string(reference.ClassDuty), filed.Duty, computed.Duty)
	}
	r.unequal("724", filed.Tax, sums.Tax)
	if beyondTax(!otherTax && sums.Tax != 0, filed.Tax, computed.Tax) {
		r.mismatch(nil, "662", "", filed.Tax, computed.Tax)
	}
	r.unequal("726", filed.Fees, sums.Fees)
	if beyond(filed.Other, computed.Other, feeTolerance) {
		r.mismatch(nil, "698", "", filed.Other, computed.Other)
	}
	r.checkGrandDeposit(antidumping, "744", "745", filed.AD, sums.AD)
	r.checkGrandDeposit(countervailing, "746", "747", filed.CVD, sums.CVD)
}

// unequal raises a condition when a grand total is not the sum of its parts.
func (r *run) unequal(code string, filed, sum money.Cents) {
	if filed != sum {
		r.mismatch(nil, code, "", filed, sum)
	}
}

// checkGrandDeposit looks at the grand total of antidumping or countervailing
// duty, bonded and cash together.
func (r *run) checkGrandDeposit(cases bool, notAllowed, notSum string, filed, sum money.Cents) {
	switch {
	case !cases && filed != 0:
		r.mismatch(nil, notAllowed, "", filed, 0)
	case filed != sum:
		r.mismatch(nil, notSum, "", filed, sum)
	}
}
