package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// Tolerances of Customs' comparisons. Within them a filer's figure passes.
const (
	// dutyTolerance holds for the duty of a line and of the summary (ACE Error
	// Dictionary 624, 627: 2.99 or less).
	dutyTolerance money.Cents = 299
	// feeTolerance holds for agricultural fees and for other revenue, for a line
	// and for a class in total (661, 663, 669, 698: 3.00 either way).
	feeTolerance money.Cents = 300
	// taxTolerance holds for internal revenue tax (660, 662: 3.00; of distilled
	// spirits, 016, downwards only).
	taxTolerance money.Cents = 300
	// processingTolerance holds for 499, line and total (634, 641). The guide
	// says that there is a tolerance and not how much; this is the duty's.
	processingTolerance money.Cents = 299
)

// checkLine compares a line's own figures with its charges, while its tariff
// rows are at hand. The harbor maintenance fee waits for the end: only then is
// it known whether it is collected.
func (r *run) checkLine(line *entry.Line, charges []Charge) {
	r.checkExport(line)
	r.checkDuty(line, charges)
	r.checkCases(line, charges)
	r.checkTax(line, charges)
	r.checkOther(line, charges)
	r.checkFees(line, charges)
}

// checkSummary compares what is known only at the end.
func (r *run) checkSummary() {
	var fees filedFees
	for i := range r.s.Lines {
		fees.add(&r.s.Lines[i])
	}
	r.checkHarbor(&fees)
	r.checkStanding()
	r.checkStatement()
	r.checkInformalValue()
	r.checkHeaderFees()
	r.checkDeposits()
	r.checkFeeTotals(&fees)
	r.checkGrand()
	sortConditions(r.dst.Conditions)
}

// filedFees are the fees of the 62 records of all lines, by class.
type filedFees struct {
	sums   [slots]money.Cents
	marked uint64 // bit of each class that some line has
}

func (f *filedFees) add(line *entry.Line) {
	for _, fee := range line.Filed.Fees {
		if s, ok := slotOf(fee.Class); ok {
			f.sums[s] += fee.Amount
			f.marked |= 1 << s
		}
	}
}

func (f *filedFees) has(s slot) bool { return f.marked>>s&1 != 0 }

// twice raises 254 for each class that stands more than once in a list, and
// says whether element i is such a one.
func (r *run) twice(line *entry.Line, list []reference.ClassAmount, i int) bool {
	for j := range i {
		if list[j].Class == list[i].Class {
			r.raise(line, "254", string(list[i].Class))
			return true
		}
	}
	return false
}

// unknown raises a condition for a class that is in no table.
func (r *run) unknown(line *entry.Line, code string, class reference.Class) bool {
	known := r.tables.HasClass(class, r.on)
	if !known {
		r.raise(line, code, string(class))
	}
	return !known
}
