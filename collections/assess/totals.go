package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// Totals are the sums of an entry. Those up to Due count due charges only: what
// is payable on the entry's statement.
type Totals struct {
	Duty    money.Cents // class 001
	Tax     money.Cents // internal revenue taxes
	AD, CVD money.Cents // cash deposits
	Fees    money.Cents
	Other   money.Cents // coffee into Puerto Rico
	Due     money.Cents // the sum of the above
	// Bonded, NotDue and Deferred are the sums of the other dispositions.
	Bonded, NotDue, Deferred money.Cents
	Classes                  []ClassAmount // due charges by class code, ascending
	// Reported is what the summary reports, whether it is due or not.
	Reported Reported
}

// Reported are the totals as the entry summary carries them: all charges,
// bonded, deferred and not due ones too, with the limits of 499 and the de
// minimis of 501 applied (ACE CATAIR AE notes o, w, x).
type Reported struct {
	Deposits Deposits      // 88 record
	Fees     []ClassAmount // 89 records: user fees by class code, ascending
	Grand    Grand         // 90 record
}

// Deposits are the fields of the 88 record.
type Deposits struct {
	BondedAD, CashAD, BondedCVD, CashCVD money.Cents
}

// Grand are the six fields of the 90 record. AD and CVD count cash deposits and
// bonded ones.
type Grand struct {
	Duty, Fees, Tax, AD, CVD, Other money.Cents
}

// Total is the sum of the six fields.
func (g Grand) Total() money.Cents { return g.Duty + g.Fees + g.Tax + g.AD + g.CVD + g.Other }

// ClassAmount is an amount of one class code.
type ClassAmount = reference.ClassAmount

// disposition gives what the entry makes of a class. By its type (PF Q1), a
// warehouse entry or a temporary importation pays its harbor maintenance fee
// only, a re-warehouse entry nothing. An internal revenue tax whose payment is
// deferred (10 record, position 45) is not due with the entry but billed later.
func (r *run) disposition(s slot) Disposition {
	switch r.kind.Payable {
	case reference.PayableAll:
		if s.kind() == reference.KindTax && (r.s.DeferredTax == '1' || r.s.DeferredTax == '2') {
			return Deferred
		}
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
	a.Conditions = a.Conditions[:0]
	a.Entered, a.Invoices, a.Quantities = nil, nil, nil
	a.Totals = Totals{Classes: a.Totals.Classes[:0], Reported: Reported{Fees: a.Totals.Reported.Fees[:0]}}
	a.scratch.reset()
}

// sumTotals fills the totals from the sums of the classes.
func (r *run) sumTotals() {
	t := &r.dst.Totals
	for s := r.totals.next(0); s < slots; s = r.totals.next(s + 1) {
		sum := &r.totals.sums[s]
		t.Bonded += sum.bonded
		t.NotDue += sum.notDue
		t.Deferred += sum.deferred
		t.Due += sum.due
		if sum.present {
			t.Classes = append(t.Classes, ClassAmount{Class: classOf[s], Amount: sum.due})
		}
		reported, grand := sum.reported(), &t.Reported.Grand
		switch s.kind() {
		case reference.KindDuty:
			t.Duty += sum.due
			grand.Duty += reported
		case reference.KindAntidumping:
			t.AD += sum.due
			grand.AD += reported
			t.Reported.Deposits.BondedAD, t.Reported.Deposits.CashAD = sum.bonded, reported-sum.bonded
		case reference.KindCountervailing:
			t.CVD += sum.due
			grand.CVD += reported
			t.Reported.Deposits.BondedCVD, t.Reported.Deposits.CashCVD = sum.bonded, reported-sum.bonded
		case reference.KindTax:
			t.Tax += sum.due
			grand.Tax += reported
		case reference.KindFee:
			t.Fees += sum.due
			grand.Fees += reported
			t.Reported.Fees = append(t.Reported.Fees, ClassAmount{Class: classOf[s], Amount: reported})
		case reference.KindOther:
			t.Other += sum.due
			grand.Other += reported
		}
	}
}
