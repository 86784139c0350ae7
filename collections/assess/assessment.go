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
	Due      Disposition = 'D'
	Bonded   Disposition = 'B' // antidumping or countervailing duty secured by bond
	NotDue   Disposition = 'N' // not payable with this entry: warehouse, temporary import
	Deferred Disposition = 'F' // internal revenue tax whose payment is deferred
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
	case Deferred:
		return "deferred"
	}
	return "disposition " + string(rune(d))
}

// Charge is an amount of one class code on one line.
type Charge struct {
	// Line is the line's number; 0 for what is charged once per entry: the
	// informal fee, the mail fee, the manual surcharge, and the difference that
	// the minimum or maximum of the merchandise processing fee makes to the sum
	// of its lines.
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
// collection detail: lines ascending, class codes ascending in each; then the
// charges of line 0, ascending too. One Assessment may be used again and again; its memory is
// kept.
type Assessment struct {
	Entry   entry.Number
	Charges []Charge
	Totals  Totals
	// Conditions are what Customs answers about the filer's figures, lines
	// ascending, then the summary as a whole; empty when no figures were filed.
	Conditions []Condition
	// Entered is the summary with the values and quantities that its invoices
	// make; nil when it has no invoices. Invoices and Quantities say how they were
	// rounded; empty after Assess.
	Entered    *entry.Summary
	Invoices   []InvoiceRounding
	Quantities []QuantityRounding
	// Exclusions say why classes are not charged; empty after Assess.
	Exclusions []Exclusion

	scratch scratch
}
