package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// harbor computes class 501 of a line: all its entered values added first, then
// times the rate, then rounded (ACE CATAIR AE note o; 19 CFR 24.24(a)): 1,001
// and 1,003 dollars are 2.505, that is 2.51.
func (r *run) harbor(line *entry.Line, values values) error {
	if r.hmf == nil {
		r.hmfDate = r.method.HarborDate.of(r.s)
		var err error
		if r.hmf, err = r.tables.Fee(reference.ClassHMF, r.hmfDate); err != nil {
			return r.refuse(nil, ReasonFee, "import_date", r.hmfDate.String(), err, "add the period's row to fees.csv")
		}
	}
	firstStep := len(r.scratch.steps)
	amount, err := r.adValorem(line, r.hmf, r.method.HMF, values.all, 0)
	if err != nil {
		return err
	}
	return r.charge(line, slotHMF, amount, values.all, r.hmfDate, r.disposition(slotHMF), firstStep)
}

// dropHarborDeMinimis takes the harbor maintenance fee off an entry that owes at
// most 3.00 of it and nothing else (ACE CATAIR AE note o; 26 USC 4462). A deferred
// tax is revenue too, though it is paid later; bonded deposits and charges of a
// warehouse entry are not.
func (r *run) dropHarborDeMinimis() {
	hmf := &r.totals.sums[slotHMF]
	if !hmf.present || hmf.due > r.method.HarborDeMinimis {
		return
	}
	for s := r.totals.next(0); s < slots; s = r.totals.next(s + 1) {
		if sum := &r.totals.sums[s]; s != slotHMF && (sum.due != 0 || sum.deferred != 0) {
			return
		}
	}
	kept := r.dst.Charges[:0]
	for _, c := range r.dst.Charges {
		if c.Class != reference.ClassHMF {
			kept = append(kept, c)
		}
	}
	r.dst.Charges = kept
	r.exclude(nil, Exclusion{Class: reference.ClassHMF, Reason: HarborNotCollected, Amount: hmf.due})
	r.totals.drop(slotHMF)
	r.harborDropped = true
}
