package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
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
	r.checkDuty(line, charges)
}

// checkSummary compares what is known only at the end.
func (r *run) checkSummary() {
	r.checkGrandDuty()
	sortConditions(r.dst.Conditions)
}
