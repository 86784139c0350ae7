package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// checkTax compares a line's 60 record with its internal revenue tax.
func (r *run) checkTax(line *entry.Line, charges []Charge) {
	filed := line.Filed.Tax
	computed, owed := money.Cents(0), false
	if filed.Class != "" {
		computed, owed = chargeOf(charges, filed.Class)
		row := r.articleRow(line, filed.Class)
		s, known := slotOf(filed.Class)
		switch {
		case r.unknown(line, "532", filed.Class):
		case !known || s.kind() != reference.KindTax:
			r.raise(line, "533", string(filed.Class))
		case line.Set == entry.SetHeader:
			r.mismatch(line, "476", string(filed.Class), filed.Amount, 0)
		case row == nil:
			r.mismatch(line, "654", string(filed.Class), filed.Amount, 0)
		case row.DutyCode == 'X':
			r.raise(line, "658", string(filed.Class))
		case owed && beyondTax(filed.Class == reference.ClassSpiritsTax, filed.Amount, computed):
			r.mismatch(line, "660", string(filed.Class), filed.Amount, computed)
		}
	}
	for i := range charges {
		class := charges[i].Class
		if s, ok := slotOf(class); ok && s.kind() == reference.KindTax && class != filed.Class && r.articleMust(line, class) {
			r.mismatch(line, "656", string(class), 0, charges[i].Amount)
		}
	}
}

// beyondTax says whether a tax differs by more than its tolerance. For spirits
// the dictionary says "minus only": up to 3.00 less passes, nothing more does.
func beyondTax(spirits bool, filed, computed money.Cents) bool {
	if spirits {
		return filed > computed || computed-filed > taxTolerance
	}
	return beyond(filed, computed, taxTolerance)
}

// checkOther compares a line's 61 record with its other revenue: coffee into
// Puerto Rico (672).
func (r *run) checkOther(line *entry.Line, charges []Charge) {
	filed := line.Filed.Other
	computed, owed := chargeOf(charges, classOf[slotCoffee])
	if filed.Class == "" {
		if owed && r.articleMust(line, classOf[slotCoffee]) {
			r.mismatch(line, "666", string(classOf[slotCoffee]), 0, computed)
		}
		return
	}
	row := r.articleRow(line, filed.Class)
	switch {
	case r.unknown(line, "764", filed.Class):
	case filed.Class != classOf[slotCoffee]:
		r.raise(line, "765", string(filed.Class))
	case line.Set == entry.SetComponent:
		r.mismatch(line, "762", string(filed.Class), filed.Amount, 0)
	case !r.district().Coffee:
		r.mismatch(line, "665", string(filed.Class), filed.Amount, 0)
	case row == nil:
		r.mismatch(line, "667", string(filed.Class), filed.Amount, 0)
	case row.DutyCode == 'X':
		r.raise(line, "668", string(filed.Class))
	case owed && beyond(filed.Amount, computed, feeTolerance):
		r.mismatch(line, "669", string(filed.Class), filed.Amount, computed)
	}
}
