package assess

import (
	"strings"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// checkFees compares the 62 records of a line with its charges, but for the
// harbor maintenance fee.
func (r *run) checkFees(line *entry.Line, charges []Charge) {
	processing := false
	for i, fee := range line.Filed.Fees {
		if r.twice(line, line.Filed.Fees, i) || r.unknown(line, "249", fee.Class) {
			continue
		}
		s, known := slotOf(fee.Class)
		switch {
		case s == slotMPF && known:
			processing = true
			r.checkProcessing(line, fee.Amount, charges)
		case s == slotHMF && known:
		case known && s.agricultural():
			r.checkAgricultural(line, s, fee.Amount, charges)
		default:
			r.raise(line, "250", string(fee.Class)) // a class, but not one of a line's fees
		}
	}
	for i := range charges {
		class := charges[i].Class
		if class == reference.ClassMPF && !processing {
			r.mismatch(line, "633", string(class), 0, charges[i].Amount)
		}
		if s, _ := slotOf(class); s.agricultural() {
			if _, there := amountOf(line.Filed.Fees, class); !there && r.articleMust(line, class) {
				r.mismatch(line, "657", string(class), 0, charges[i].Amount)
			}
		}
	}
}

// checkProcessing looks at a line's 499 (ACE CATAIR AE notes m, n).
func (r *run) checkProcessing(line *entry.Line, filed money.Cents, charges []Charge) {
	const class = reference.ClassMPF
	computed, owed := chargeOf(charges, class)
	switch {
	case line.Set == entry.SetComponent:
		r.mismatch(line, "629", string(class), filed, 0)
	case r.kind.Processing == reference.ClassInformalFee:
		r.mismatch(line, "630", string(class), filed, 0)
	case !owed && joinsChapter98(line):
		r.taken.processing += filed
		r.mismatch(line, "631", string(class), filed, 0)
	case !owed:
		r.mismatch(line, "632", string(class), filed, 0)
	case beyond(filed, computed, processingTolerance):
		r.mismatch(line, "634", string(class), filed, computed)
	}
}

// joinsChapter98 says whether a line has a number of chapter 98 and an ordinary
// one. Whether such a line owes 499 depends on which of them the goods are, and
// Customs takes what is filed (631). Which lines it does not evaluate, the error
// dictionary does not say: these are our reading.
func joinsChapter98(line *entry.Line) bool {
	var chapter98, ordinary bool
	for i := range line.Tariffs {
		hts := line.Tariffs[i].HTS
		chapter98 = chapter98 || strings.HasPrefix(hts, "98")
		ordinary = ordinary || !special(hts)
	}
	return chapter98 && ordinary
}

// checkAgricultural looks at an agricultural fee of a line.
func (r *run) checkAgricultural(line *entry.Line, s slot, filed money.Cents, charges []Charge) {
	class := classOf[s]
	computed, owed := chargeOf(charges, class)
	row := r.articleRow(line, class)
	switch {
	case line.Set == entry.SetHeader:
		r.mismatch(line, "478", string(class), filed, 0)
	case r.exemptType(s):
		r.mismatch(line, "679", string(class), filed, 0)
	case !r.district().Agricultural:
		r.mismatch(line, "652", string(class), filed, 0)
	case row == nil, s == slotCotton && besideCottonFree(line):
		r.mismatch(line, "655", string(class), filed, 0)
	case !owed: // place, type and goods owe it: what is left is the line's claim
		r.mismatch(line, "653", string(class), filed, 0)
	case row.DutyCode == 'X':
		r.raise(line, "659", string(class))
	case beyond(filed, computed, feeTolerance):
		r.mismatch(line, "661", string(class), filed, computed)
	}
}

// articleRow gives the row by which the goods of a line owe, or may owe, a class;
// nil when none does, or another line of the article set has it (note k).
func (r *run) articleRow(line *entry.Line, class reference.Class) *reference.ArticleCharge {
	if s, known := slotOf(class); !known || elsewhereInSet(line, s) {
		return nil
	}
	on := r.dutyDate(line)
	for i := range line.Tariffs {
		for row := range r.tables.ArticleCharges(line.Tariffs[i].HTS, on) {
			if row.Class == class {
				return row
			}
		}
	}
	return nil
}

// articleMust says whether the goods of a line owe a class always.
func (r *run) articleMust(line *entry.Line, class reference.Class) bool {
	row := r.articleRow(line, class)
	return row != nil && row.Must
}

// district gives the district of the port of entry; of an unknown one, a
// district where all fees but coffee's are owed.
func (r *run) district() reference.District {
	if len(r.s.Port) >= 2 {
		if row, err := r.tables.District(r.s.Port[:2], r.on); err == nil {
			return *row
		}
	}
	return reference.District{Agricultural: true}
}
