package assess

import (
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// checkHeaderFees compares the 34 records with what is charged once per summary
// (250, 635 to 638; ACE CATAIR AE notes p, q, r). The error dictionary has no
// condition for a 496 or 500 that is left out, or of another amount.
func (r *run) checkHeaderFees() {
	list := r.s.Filed.HeaderFees
	for i, fee := range list {
		if r.twice(nil, list, i) || r.unknown(nil, "249", fee.Class) {
			continue
		}
		switch s, _ := slotOf(fee.Class); {
		case s == slotInformal: // below
		case s != slotMail && s != slotSurcharge:
			r.raise(nil, "250", string(fee.Class))
		case r.totals.marked>>s&1 == 0: // 496 of what is free or not by mail, 500 of what a filer makes
			r.mismatch(nil, "250", string(fee.Class), fee.Amount, 0)
		}
	}
	filed, there := amountOf(list, reference.ClassInformalFee)
	computed, owed := r.computed(slotInformal), r.totals.marked>>slotInformal&1 != 0
	class := string(reference.ClassInformalFee)
	switch {
	case there && r.kind.Processing != reference.ClassInformalFee:
		r.mismatch(nil, "637", class, filed, 0)
	case there && !owed:
		r.mismatch(nil, "635", class, filed, 0)
	case !there && owed:
		r.mismatch(nil, "636", class, 0, computed)
	case !owed || !r.mode.Limits || r.s.Consolidated && filed > computed:
		// A pipeline pays any amount; a consolidated summary may pay more.
	case filed != computed:
		r.mismatch(nil, "638", class, filed, computed)
	}
}

// checkFeeTotals compares the 89 records with the lines and the header they sum
// up, and with what is computed.
func (r *run) checkFeeTotals(fees *filedFees) {
	totals, header := r.s.Filed.Totals, r.s.Filed.HeaderFees
	var total uint64 // classes that stand in the totals
	for i, fee := range totals {
		if r.twice(nil, totals, i) || r.unknown(nil, "734", fee.Class) {
			continue
		}
		s, ok := slotOf(fee.Class)
		once, there := amountOf(header, fee.Class)
		if !ok || !there && !fees.has(s) {
			r.raise(nil, "717", string(fee.Class))
			continue
		}
		total |= 1 << s
		r.checkFeeTotal(s, fee.Amount, fees.sums[s], once)
	}
	for s := range slots {
		if fees.has(s) && total>>s&1 == 0 {
			r.raise(nil, "716", string(classOf[s]))
		}
	}
	for _, fee := range header {
		if s, ok := slotOf(fee.Class); ok && total>>s&1 == 0 {
			r.raise(nil, "715", string(fee.Class))
		}
	}
}

// checkFeeTotal compares the total of a class with the sum of the lines, and with
// what stands in the header.
func (r *run) checkFeeTotal(s slot, filed, lines, header money.Cents) {
	class := string(classOf[s])
	switch {
	case s == slotInformal:
		r.unequal("731", class, filed, header)
	case s == slotMail:
		r.unequal("730", class, filed, header)
	case s == slotSurcharge:
		r.unequal("732", class, filed, header)
	case s == slotHMF:
		r.unequal("719", class, filed, lines)
	case s == slotMPF:
		r.checkLimits(filed)
	case s.agricultural():
		r.unequal("720", class, filed, lines)
		if computed := r.computed(s); beyond(filed, computed, feeTolerance) {
			r.mismatch(nil, "663", class, filed, computed)
		}
	}
}

// checkLimits compares the total of 499: exactly the minimum when the lines come
// to no more (639), exactly the maximum when they come to no less (640), what is
// computed in between (641). A consolidated summary may exceed the maximum, a
// pipeline has neither (ACE CATAIR AE notes w, x).
func (r *run) checkLimits(filed money.Cents) {
	if r.mpf == nil || r.mpfLines == 0 {
		return // 629 to 632 say why
	}
	class, sum := string(reference.ClassMPF), r.mpfSum+r.taken.processing
	minimum, maximum := r.mpf.Minimum, r.mpf.Maximum
	limited := r.mode.Limits && !r.method.IgnoreLimits
	switch {
	case limited && minimum != 0 && sum <= minimum:
		if filed != minimum {
			r.mismatch(nil, "639", class, filed, minimum)
		}
	case limited && maximum != 0 && sum >= maximum:
		if filed != maximum && !(r.s.Consolidated && filed > maximum) {
			r.mismatch(nil, "640", class, filed, maximum)
		}
	case beyond(filed, sum, processingTolerance):
		r.mismatch(nil, "641", class, filed, sum)
	}
}
