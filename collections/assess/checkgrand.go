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
		sums.Other += line.Filed.Other.Amount
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
	r.unequal("722", grandDuty, filed.Duty, sums.Duty)
	if duty := computed.Duty + r.taken.duty; beyond(filed.Duty, duty, dutyTolerance) {
		r.mismatch(nil, "627", grandDuty, filed.Duty, duty)
	}
	r.unequal("724", grandTax, filed.Tax, sums.Tax)
	if beyondTax(!otherTax && sums.Tax != 0, filed.Tax, computed.Tax) {
		r.mismatch(nil, "662", grandTax, filed.Tax, computed.Tax)
	}
	r.unequal("726", grandFees, filed.Fees, sums.Fees)
	r.unequal("768", grandOther, filed.Other, sums.Other)
	if beyond(filed.Other, computed.Other, feeTolerance) {
		r.mismatch(nil, "698", grandOther, filed.Other, computed.Other)
	}
	r.checkGrandDeposit(antidumping, "744", "745", grandAD, filed.AD, sums.AD)
	r.checkGrandDeposit(countervailing, "746", "747", grandCVD, filed.CVD, sums.CVD)
}

// What conditions about the 90 record are about: its fields.
const (
	grandDuty  = "90 duty"
	grandFees  = "90 user fees"
	grandTax   = "90 internal revenue tax"
	grandAD    = "90 antidumping duty"
	grandCVD   = "90 countervailing duty"
	grandOther = "90 other revenue"
)

// unequal raises a condition when a grand total is not the sum of its parts.
func (r *run) unequal(code, of string, filed, sum money.Cents) {
	if filed != sum {
		r.inconsistent(code, of, filed, sum)
	}
}

// checkGrandDeposit looks at the grand total of antidumping or countervailing
// duty, bonded and cash together.
func (r *run) checkGrandDeposit(cases bool, notAllowed, notSum, of string, filed, sum money.Cents) {
	switch {
	case !cases && filed != 0:
		r.inconsistent(notAllowed, of, filed, 0)
	case filed != sum:
		r.inconsistent(notSum, of, filed, sum)
	}
}
