package assess

import (
	"cmp"
	"slices"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// Condition is what Customs answers about an entry summary whose figures or
// data are not as it computes or expects them, by the code of its error
// dictionary. Conditions say something about the filer's figures; they never
// change an amount of the assessment.
type Condition struct {
	Code     string             // "624"
	Text     string             // of the error dictionary, "" when conditions.csv lacks the code
	Severity reference.Severity // "" where no source says what the code does
	Line     int                // 0 for the summary as a whole
	Of       string             // what of the line or summary: a tariff number, a class code, a case; or ""
	// Against says what Filed was compared with, and what Expected so is; some
	// conditions compare no amounts.
	Against         Against
	Filed, Expected money.Cents
}

// Against is what a filer's figure is compared with.
type Against uint8

// Values of Against.
const (
	NoAmount Against = iota
	// Computed is what is computed by the rules.
	Computed
	// OwnFigures are the filer's own other figures that this one must repeat or
	// add up: a grand total is wrong when it is not the sum of its parts, whatever
	// those parts should be.
	OwnFigures
)

// Rejected says whether some condition rejects the entry summary.
func (a *Assessment) Rejected() bool {
	for i := range a.Conditions {
		if a.Conditions[i].Severity == reference.Fatal {
			return true
		}
	}
	return false
}

// raise adds a condition that compares no amounts. line is nil for the summary.
func (r *run) raise(line *entry.Line, code, of string) {
	r.add(line, Condition{Code: code, Of: of})
}

// mismatch adds a condition about an amount that is not what is computed.
func (r *run) mismatch(line *entry.Line, code, of string, filed, computed money.Cents) {
	r.add(line, Condition{Code: code, Of: of, Against: Computed, Filed: filed, Expected: computed})
}

// inconsistent adds a condition about a total that is not what the filer's own
// figures come to. Of names the total: a class code, or a field of the records 88
// and 90.
func (r *run) inconsistent(code, of string, filed, sum money.Cents) {
	r.add(nil, Condition{Code: code, Of: of, Against: OwnFigures, Filed: filed, Expected: sum})
}

func (r *run) add(line *entry.Line, c Condition) {
	if line != nil {
		c.Line = line.Number
	}
	if row := r.tables.Condition(c.Code); row != nil {
		c.Text, c.Severity = row.Text, row.Severity
	}
	r.dst.Conditions = append(r.dst.Conditions, c)
}

// sortConditions puts the lines in order and the summary behind them, as the
// charges stand. Within a line the checks' own order stays.
func sortConditions(conditions []Condition) {
	slices.SortStableFunc(conditions, func(a, b Condition) int {
		if (a.Line == 0) != (b.Line == 0) {
			return cmp.Compare(b.Line, a.Line)
		}
		return cmp.Compare(a.Line, b.Line)
	})
}

// amountOf gives the amount of a class in a list, and whether it stands there.
func amountOf(list []reference.ClassAmount, class reference.Class) (money.Cents, bool) {
	for i := range list {
		if list[i].Class == class {
			return list[i].Amount, true
		}
	}
	return 0, false
}

// chargeOf gives the charge of a class among those of a line, and whether there
// is one.
func chargeOf(charges []Charge, class reference.Class) (money.Cents, bool) {
	for i := range charges {
		if charges[i].Class == class {
			return charges[i].Amount, true
		}
	}
	return 0, false
}

// computed gives what is computed of a class over the entry, whatever becomes of
// it: a warehouse entry reports the duty that it does not yet pay.
func (r *run) computed(s slot) money.Cents { return r.totals.sums[s].reported() }

// beyond says whether two amounts differ by more than a tolerance.
func beyond(filed, computed, tolerance money.Cents) bool {
	return filed-computed > tolerance || computed-filed > tolerance
}
