package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// Disposition says whether a charge is due on the entry's statement.
type Disposition byte

// Dispositions of a charge.
const (
	Due    Disposition = 'D'
	Bonded Disposition = 'B' // antidumping or countervailing duty secured by bond
	NotDue Disposition = 'N' // not payable with this entry: warehouse, temporary import
)

// String gives the word for the disposition.
func (d Disposition) String() string {
	switch d {
	case Due:
		return "due"
	case Bonded:
		return "bonded"
	case NotDue:
		return "not due"
	}
	return "disposition " + string(rune(d))
}

// Charge is an amount of one class code on one line.
type Charge struct {
	// Line is the line's number; 0 for what is charged once per entry: the
	// informal fee, and the difference that the minimum or maximum of the
	// merchandise processing fee makes to the sum of its lines.
	Line        int
	Class       reference.Class
	Amount      money.Cents
	Base        int64          // whole dollars that the charge is computed on
	RateDate    reference.Date // the date that selected the rate
	Disposition Disposition
	// Working says how the amount came about; nil after Assess.
	Working *Working
}

// Assessment is what an entry owes. Charges stand in the order of the
// collection detail: lines ascending, in each 001 012 013 499 501; then the
// charges of line 0. One Assessment may be used again and again; its memory is
// kept.
type Assessment struct {
	Entry   entry.Number
	Charges []Charge
	Totals  Totals
	// Exclusions say why classes are not charged; empty after Assess.
	Exclusions []Exclusion

	scratch scratch
}

// Totals are the sums of an entry. All but Bonded and NotDue count due charges
// only.
type Totals struct {
	Duty           money.Cents // class 001
	Tax            money.Cents // internal revenue taxes
	AD, CVD        money.Cents // cash deposits
	Fees           money.Cents
	Other          money.Cents
	Due            money.Cents // the sum of the above
	Bonded, NotDue money.Cents
	Classes        []ClassAmount // due charges by class code, ascending
}

// ClassAmount is an amount of one class code.
type ClassAmount = reference.ClassAmount
