package assess

import (
	"errors"

	"tidewaiter/collections/reference"
)

// byMail is the mode of transport that 496 is for and 311 is not.
const byMail = "50"

// entryCharges computes what is charged once an entry, class codes ascending:
// the informal fee 311, the mail fee 496, the difference that the limits of 499
// make, and the manual surcharge 500.
func (r *run) entryCharges() error {
	if r.kind.Processing == reference.ClassInformalFee {
		if err := r.informal(); err != nil {
			return err
		}
	}
	if r.s.Mode == byMail && r.owesDuty() {
		if err := r.fixed(slotMail); err != nil {
			return err
		}
	}
	if r.kind.Processing == "" {
		r.exclude(nil, Exclusion{Class: reference.ClassMPF, Reason: TypeOwesNone, Of: r.s.Type, Table: "entry_types", Row: &r.kind.Validity})
	}
	if r.kind.Processing != reference.ClassMPF {
		return nil
	}
	if err := r.limits(); err != nil {
		return err
	}
	if r.s.Manual && r.mpfLines > 0 {
		return r.fixed(slotSurcharge)
	}
	return nil
}

// informal charges class 311 once (ACE CATAIR AE note p; 19 CFR 24.23(b)(2)),
// unless the goods come by mail, the port is a courier hub, user-fee airport or
// express facility, or every line is exempt. The table holds the
// fee of automated entries; that of a manual one, 19 CFR 24.23(b)(2)(ii) and
// (iii), is another amount.
func (r *run) informal() error {
	if !r.mode.Informal {
		r.exclude(nil, Exclusion{Class: reference.ClassInformalFee, Reason: ModeOwesNone, Of: r.s.Mode, Table: "transport_modes", Row: &r.mode.Validity})
		return nil
	}
	if !r.port.Informal {
		r.exclude(nil, Exclusion{Class: reference.ClassInformalFee, Reason: PortOwesNone, Of: r.s.Port, Table: "ports", Row: &r.port.Validity})
		return nil
	}
	if !r.anyLiable {
		r.exclude(nil, Exclusion{Class: reference.ClassInformalFee, Reason: EveryLineExempt})
		return nil
	}
	if r.s.Manual {
		return r.refuse(nil, ReasonFee, "manual", "Y",
			errors.New("a manual informal entry owes a fee of its own (19 CFR 24.23(b)(2)(ii) and (iii)), which fees.csv does not hold"), "assess it by hand")
	}
	return r.fixed(slotInformal)
}

// owesDuty says whether the entry owes duty, antidumping and countervailing duty
// included, however it is paid.
func (r *run) owesDuty() bool {
	for s := slotDuty; s <= slotCVD; s++ {
		if r.totals.sums[s].reported() != 0 {
			return true
		}
	}
	return false
}

// fixed charges the amount of a fee row once: 311; 496 on dutiable mail (ACE
// CATAIR AE note r; 19 CFR 24.22(f)); 500 on a manual entry that owes 499 (note q;
// 19 USC 58c(b)(8)(A)(ii): added after the limits).
func (r *run) fixed(s slot) error {
	fee, err := r.processingFee(classOf[s])
	if err != nil {
		return err
	}
	firstStep := len(r.scratch.steps)
	if r.explain {
		r.scratch.step(Step{Operation: Fixed, Formula: "amount", Amount: fee.Amount, Table: "fees", Row: &fee.Validity, Result: fee.Amount}, len(r.scratch.terms))
	}
	return r.charge(nil, s, fee.Amount, 0, r.mpfDate, r.disposition(s), firstStep)
}

// limits applies minimum and maximum of 499 once to the sum of the lines (ACE
// CATAIR AE notes w, x; 19 CFR 24.23(b)(1)). Pipelines have no limits, and a
// summary that consolidates several releases, each of which could owe the
// maximum, has none above.
func (r *run) limits() error {
	if r.mpfLines == 0 {
		return nil
	}
	maximum := r.mpf.Maximum
	if r.s.Consolidated {
		maximum = 0
	}
	stays := Exclusion{Class: reference.ClassMPF, Reason: WithinLimits, Amount: r.mpfSum,
		Minimum: r.mpf.Minimum, Maximum: maximum, Table: "fees", Row: &r.mpf.Validity}
	switch {
	case !r.mode.Limits:
		stays.Reason, stays.Of, stays.Table, stays.Row = ModeHasNoLimits, r.s.Mode, "transport_modes", &r.mode.Validity
		r.exclude(nil, stays)
		return nil
	case r.method.IgnoreLimits:
		stays.Reason = LimitsLeftOutMethod
		r.exclude(nil, stays)
		return nil
	case r.s.Consolidated && r.mpf.Maximum != 0 && r.mpfSum > r.mpf.Maximum:
		stays.Reason = ConsolidatedHasNoMaximum
	}
	difference := limited(r.mpfSum, r.mpf.Minimum, maximum) - r.mpfSum
	if difference == 0 {
		r.exclude(nil, stays)
		return nil
	}
	firstStep := len(r.scratch.steps)
	if r.explain {
		r.scratch.step(Step{Operation: Limit, Formula: "between(sum of lines, minimum, maximum) - sum of lines", Amount: r.mpfSum,
			Minimum: r.mpf.Minimum, Maximum: maximum, Table: "fees", Row: &r.mpf.Validity, Result: difference}, len(r.scratch.terms))
	}
	return r.charge(nil, slotMPF, difference, r.mpfValue, r.mpfDate, r.disposition(slotMPF), firstStep)
}
