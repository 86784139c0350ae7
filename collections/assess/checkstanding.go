package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// checkStanding looks at the summary on file that this one replaces or corrects.
// A correction is for what is paid and not yet closed (B47, B50, B52), and for no
// informal entry (B49; ACE CATAIR AE note gg); any other change ends when Customs
// works on the summary (B29), its statement is being debited (B72) or it is
// liquidated (B30).
func (r *run) checkStanding() {
	if !r.s.Correction {
		r.obstacle("B29", entry.UnderControl)
		r.obstacle("B30", entry.Liquidated)
		r.obstacle("B72", entry.StatementLocked)
		return
	}
	r.obstacle("B47", entry.Unpaid)
	if r.kind.Processing == reference.ClassInformalFee {
		r.raise(nil, "B49", r.s.Type)
	}
	r.obstacle("B50", entry.Liquidated)
	r.obstacle("B52", entry.Reconciled)
}

// obstacle raises a condition when something on file stands in the way.
func (r *run) obstacle(code string, what entry.Standing) {
	if r.s.Standing.Has(what) {
		r.raise(nil, code, "")
	}
}
