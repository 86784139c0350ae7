package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// valueCut is the number of decimals of rate times whole dollars beyond the
// cent.
const valueCut = money.RateScale - 2

// processingExempt says whether a line is free of merchandise processing fees
// (ACE CATAIR AE note m; 19 CFR 24.23(c)): set components, domestic goods of a
// zone, most of chapter 98, and programs and origins that exempt. A consolidated express
// summary is exempt as a whole, since the carrier pays by waybill (note jj).
func (r *run) processingExempt(line *entry.Line) bool {
	class := r.kind.Processing
	switch {
	case line.Set == entry.SetComponent:
		r.exclude(line, Exclusion{Class: class, Reason: SetComponentExempt})
		return true
	case r.s.Express:
		r.exclude(line, Exclusion{Class: class, Reason: ExpressExempt})
		return true
	}
	if row := r.exemption; row != nil {
		e := Exclusion{Class: class, Reason: OriginExempt, Of: line.Origin, Table: "mpf_exemptions", Row: &row.Validity}
		if row.SPI != "" {
			e.Reason, e.Of = ProgramExempt, line.SPI
		}
		r.exclude(line, e)
		return true
	}
	if r.kind.Zone && line.FTZStatus == entry.Domestic {
		r.exclude(line, Exclusion{Class: class, Reason: DomesticExempt})
		return true
	}
	if row := r.special98.exempt; row != nil {
		r.exclude(line, Exclusion{Class: class, Reason: Chapter98Exempt, Of: line.Tariffs[r.special98.exemptAt].HTS, Table: "chapter98", Row: &row.Validity})
		return true
	}
	return false
}

// processingFee finds the fee row of 499, 311, 496 or 500 (ACE CATAIR AE notes n,
// p, q, r).
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
	amount, err := r.adValorem(line, r.mpf, rounding, values.processing, r.special98.outside)
	if err != nil {
		return err
	}
	r.mpfSum += amount
	r.mpfValue += values.processing
	r.mpfLines++
	return r.charge(line, slotMPF, amount, values.processing, r.mpfDate, r.disposition(slotMPF), firstStep)
}

// adValorem computes a fee on the line's values, rounded at the place the
// method names. The numbers whose bit is set in outside are not in its base.
func (r *run) adValorem(line *entry.Line, fee *reference.Fee, rounding Rounding, value int64, outside uint32) (money.Cents, error) {
	if rounding.Place == PerLine {
		return r.feeStep(line, fee, rounding, "", value)
	}
	var sum money.Cents
	for i := range line.Tariffs {
		if outside>>i&1 != 0 {
			continue
		}
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
