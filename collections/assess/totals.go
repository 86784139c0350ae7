package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// slot numbers the class codes that an entry can owe, ascending by code, so
// that sums are kept in an array.
type slot int

const (
	slotDuty slot = iota
	slotAD
	slotCVD
	slotInformal
	slotMPF
	slotHMF
	slots
)

var classOf = [slots]reference.Class{
	slotDuty:     reference.ClassDuty,
	slotAD:       reference.ClassAntidumping,
	slotCVD:      reference.ClassCountervailing,
	slotInformal: reference.ClassInformalFee,
	slotMPF:      reference.ClassMPF,
	slotHMF:      reference.ClassHMF,
}

// slotTotal is the sum of one class.
type slotTotal struct {
	due, bonded, notDue money.Cents
	present             bool // some charge of the class is due
}

func (t *slotTotal) add(amount money.Cents, d Disposition) {
	switch d {
	case Due:
		t.due += amount
		t.present = true
	case Bonded:
		t.bonded += amount
	case NotDue:
		t.notDue += amount
	}
}

// disposition gives what the entry type makes of a class (PF Q1): a warehouse
// entry or a temporary importation pays its harbor maintenance fee only, a
// re-warehouse entry nothing.
func (r *run) disposition(s slot) Disposition {
	switch r.kind.Payable {
	case reference.PayableAll:
		return Due
	case reference.PayableHMF:
		if s == slotHMF {
			return Due
		}
	}
	return NotDue
}

// reset empties the assessment and keeps its memory.
func (a *Assessment) reset(number entry.Number) {
	a.Entry = number
	a.Charges = a.Charges[:0]
	a.Exclusions = a.Exclusions[:0]
	a.Totals = Totals{Classes: a.Totals.Classes[:0]}
	a.scratch.reset()
}

// sumTotals fills the totals from the sums of the classes.
func (r *run) sumTotals() {
	t := &r.dst.Totals
	for s := range slots {
		sum := &r.totals[s]
		t.Bonded += sum.bonded
		t.NotDue += sum.notDue
		if !sum.present {
			continue
		}
		t.Classes = append(t.Classes, ClassAmount{Class: classOf[s], Amount: sum.due})
		t.Due += sum.due
		switch s {
		case slotDuty:
			t.Duty += sum.due
		case slotAD:
			t.AD += sum.due
		case slotCVD:
			t.CVD += sum.due
		default:
			t.Fees += sum.due
		}
	}
}

// feeClasses are the classes that totals show as fees.
var feeClasses = [...]reference.Class{reference.ClassInformalFee, reference.ClassMPF, reference.ClassHMF}
