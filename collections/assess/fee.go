package assess

import (
	"strings"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// valueCut is the number of decimals of rate times whole dollars beyond the
// cent.
const valueCut = money.RateScale - 2

// processingExempt says whether a line is free of merchandise processing fees
// (ACE CATAIR AE note m; 19 CFR 24.23(c)): set components, domestic goods of a
// zone, most of chapter 98, and programs that exempt.
func (r *run) processingExempt(line *entry.Line) (bool, error) {
	class := r.kind.Processing
	if line.Set == entry.SetComponent {
		r.exclude(line, Exclusion{Class: class, Reason: SetComponentExempt})
		return true, nil
	}
	if line.SPI != "" {
		spi, err := r.tables.SPI(line.SPI, r.on)
		if err != nil {
			return false, r.refuse(line, ReasonRate, "spi", line.SPI, err, "the program is unknown or not in force")
		}
		if spi.MPFExempt {
			r.exclude(line, Exclusion{Class: class, Reason: ProgramExempt, Of: line.SPI, Table: "spi", Row: &spi.Validity})
			return true, nil
		}
	}
	if r.kind.Zone && line.FTZStatus == entry.Domestic {
		r.exclude(line, Exclusion{Class: class, Reason: DomesticExempt})
		return true, nil
	}
	for i := range line.Tariffs {
		if hts := line.Tariffs[i].HTS; exemptChapter98(hts) {
			r.exclude(line, Exclusion{Class: class, Reason: Chapter98Exempt, Of: hts})
			return true, nil
		}
	}
	return false, nil
}

// exemptChapter98 says whether a number is of chapter 98, other than metal
// processed and articles assembled abroad (9802.00.60 and 9802.00.80). Those pay
// on a base of their own (19 USC 58c(b)(8)(D)): it is not computed yet, and the
// line's whole entered value is taken.
func exemptChapter98(hts string) bool {
	return strings.HasPrefix(hts, "98") && !processedAbroad(hts)
}

// processingFee finds the fee row of 499 or 311 (ACE CATAIR AE note n).
func (r *run) processingFee(class reference.Class) (*reference.Fee, error) {
	r.mpfDate = r.method.ProcessingDate.of(r.s)
	on := r.mpfDate
	if r.method.FeeRowDelay != 0 {
		on = on.AddDays(-r.method.FeeRowDelay)
	}
	fee, err := r.tables.Fee(class, on)
	if err != nil {
		return nil, r.refuse(nil, ReasonFee, "entry_date", r.mpfDate.String(), err, "add the period's row to fees.csv")
	}
	return fee, nil
}

// processing computes class 499 of a line: its entered values times the rate,
// rounded; 3,333 dollars in fiscal year 2026 are 11.545512, that is 11.55.
func (r *run) processing(line *entry.Line, values values) error {
	if r.mpf == nil {
		var err error
		if r.mpf, err = r.processingFee(reference.ClassMPF); err != nil {
			return err
		}
	}
	rounding := r.method.MPF
	if r.kind.Zone {
		rounding = r.method.MPFZone
	}
	firstStep := len(r.scratch.steps)
	amount, err := r.adValorem(line, r.mpf, rounding, values.all)
	if err != nil {
		return err
	}
	r.mpfSum += amount
	r.mpfValue += values.all
	r.mpfLines++
	return r.charge(line, slotMPF, amount, values.all, r.mpfDate, r.disposition(slotMPF), firstStep)
}

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
	amount, err := r.adValorem(line, r.hmf, r.method.HMF, values.all)
	if err != nil {
		return err
	}
	return r.charge(line, slotHMF, amount, values.all, r.hmfDate, r.disposition(slotHMF), firstStep)
}

// adValorem computes a fee on the line's values, rounded at the place the
// method names.
func (r *run) adValorem(line *entry.Line, fee *reference.Fee, rounding Rounding, value int64) (money.Cents, error) {
	if rounding.Place == PerLine {
		return r.feeStep(line, fee, rounding, "", value)
	}
	var sum money.Cents
	for i := range line.Tariffs {
		amount, err := r.feeStep(line, fee, rounding, line.Tariffs[i].HTS, line.Tariffs[i].Value)
		if err != nil {
			return 0, err
		}
		sum += amount
	}
	return sum, nil
}

// feeStep computes and rounds one product of fee rate and value.
func (r *run) feeStep(line *entry.Line, fee *reference.Fee, rounding Rounding, of string, value int64) (money.Cents, error) {
	amount, err := r.round(line, money.Multiply(int64(fee.Rate), value), valueCut, rounding.Mode)
	if err != nil {
		return 0, err
	}
	if r.explain {
		firstTerm := len(r.scratch.terms)
		r.scratch.terms = append(r.scratch.terms, Term{RateName: "rate", Rate: fee.Rate, QuantityName: "V", Quantity: value})
		r.scratch.step(Step{Of: of, Formula: "rate*V", Table: "fees", Row: &fee.Validity, Rounding: rounding, Result: amount}, firstTerm)
	}
	return amount, nil
}

// entryCharges computes what is charged once an entry: the informal fee, or the
// difference that the limits of 499 make.
func (r *run) entryCharges() error {
	switch r.kind.Processing {
	case reference.ClassInformalFee:
		return r.informal()
	case reference.ClassMPF:
		return r.limits()
	}
	r.exclude(nil, Exclusion{Class: reference.ClassMPF, Reason: TypeOwesNone, Of: r.s.Type, Table: "entry_types", Row: &r.kind.Validity})
	return nil
}

// informal charges class 311 once (ACE CATAIR AE note p; 19 CFR 24.23(b)(2)),
// unless the goods come by mail or every line is exempt.
func (r *run) informal() error {
	if !r.mode.Informal {
		r.exclude(nil, Exclusion{Class: reference.ClassInformalFee, Reason: ModeOwesNone, Of: r.s.Mode, Table: "transport_modes", Row: &r.mode.Validity})
		return nil
	}
	if !r.anyLiable {
		r.exclude(nil, Exclusion{Class: reference.ClassInformalFee, Reason: EveryLineExempt})
		return nil
	}
	fee, err := r.processingFee(reference.ClassInformalFee)
	if err != nil {
		return err
	}
	firstStep := len(r.scratch.steps)
	if r.explain {
		r.scratch.step(Step{Operation: Fixed, Formula: "amount", Amount: fee.Amount, Table: "fees", Row: &fee.Validity, Result: fee.Amount}, len(r.scratch.terms))
	}
	return r.charge(nil, slotInformal, fee.Amount, 0, r.mpfDate, r.disposition(slotInformal), firstStep)
}

// limits applies minimum and maximum of 499 once to the sum of the lines (ACE
// CATAIR AE notes w, x; 19 CFR 24.23(b)(1)); pipelines have no limits.
func (r *run) limits() error {
	if r.mpfLines == 0 {
		return nil
	}
	stays := Exclusion{Class: reference.ClassMPF, Reason: WithinLimits, Amount: r.mpfSum,
		Minimum: r.mpf.Minimum, Maximum: r.mpf.Maximum, Table: "fees", Row: &r.mpf.Validity}
	switch {
	case !r.mode.Limits:
		stays.Reason, stays.Of, stays.Table, stays.Row = ModeHasNoLimits, r.s.Mode, "transport_modes", &r.mode.Validity
		r.exclude(nil, stays)
		return nil
	case r.method.IgnoreLimits:
		stays.Reason = LimitsLeftOutMethod
		r.exclude(nil, stays)
		return nil
	}
	difference := limited(r.mpfSum, r.mpf.Minimum, r.mpf.Maximum) - r.mpfSum
	if difference == 0 {
		r.exclude(nil, stays)
		return nil
	}
	firstStep := len(r.scratch.steps)
	if r.explain {
		r.scratch.step(Step{Operation: Limit, Formula: "between(sum of lines, minimum, maximum) - sum of lines", Amount: r.mpfSum,
			Minimum: r.mpf.Minimum, Maximum: r.mpf.Maximum, Table: "fees", Row: &r.mpf.Validity, Result: difference}, len(r.scratch.terms))
	}
	return r.charge(nil, slotMPF, difference, r.mpfValue, r.mpfDate, r.disposition(slotMPF), firstStep)
}

// dropHarborDeMinimis takes the harbor maintenance fee off an entry that owes at
// most 3.00 of it and nothing else (ACE CATAIR AE note o; 26 USC 4462).
func (r *run) dropHarborDeMinimis() {
	hmf := &r.totals[slotHMF]
	if !hmf.present || hmf.due > r.method.HarborDeMinimis {
		return
	}
	for slot := range r.totals {
		if slot != int(slotHMF) && r.totals[slot].due != 0 {
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
	*hmf = slotTotal{}
}
