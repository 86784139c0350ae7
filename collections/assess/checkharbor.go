package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// borderWater is the mode of transport that requires 501 on every line; the
// other vessel modes allow it (ACE CATAIR AE note o).
const borderWater = "12"

// checkHarbor looks at the harbor maintenance fee of every line. It has no
// tolerance (601); what is not collected must not be filed (602).
func (r *run) checkHarbor(fees *filedFees) {
	if fees.has(slotHMF) && r.harborDropped {
		r.mismatch(nil, "602", string(reference.ClassHMF), fees.sums[slotHMF], 0)
	}
	charges := r.dst.Charges
	for i := range r.s.Lines {
		line := &r.s.Lines[i]
		n := 0
		for n < len(charges) && charges[n].Line == line.Number {
			n++
		}
		r.checkLineHarbor(line, charges[:n])
		charges = charges[n:]
	}
}

func (r *run) checkLineHarbor(line *entry.Line, charges []Charge) {
	const class = reference.ClassHMF
	filed, there := amountOf(line.Filed.Fees, class)
	computed, owed := chargeOf(charges, class)
	switch {
	case !there && owed && r.s.Mode == borderWater:
		r.mismatch(line, "600", string(class), 0, computed)
	case !there || r.harborDropped:
	case line.Set == entry.SetComponent:
		r.mismatch(line, "480", string(class), filed, 0)
	case !r.kind.Harbor:
		r.mismatch(line, "481", string(class), filed, 0)
	case !r.mode.Harbor:
		r.mismatch(line, "482", string(class), filed, 0)
	case filed != computed:
		r.mismatch(line, "601", string(class), filed, computed)
	}
}
