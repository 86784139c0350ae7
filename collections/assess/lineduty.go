package assess

import (
	"tidewaiter/collections/money"
)

// join keeps the exact duty of a number for the rounding of the line, and its
// terms for the one step of the line's working. Of a formula with two sums the
// greater one is kept.
func (r *run) join(d *lineDuty, f *formula, exact money.Product, firstTerm int) error {
	var err error
	if !f.wide {
		if exact, err = exact.Times(one); err != nil {
			return r.overflow(d.line, "value", err)
		}
	}
	if d.exact, err = d.exact.Add(exact); err != nil {
		return r.overflow(d.line, "value", err)
	}
	if r.explain {
		if f.greatest {
			r.scratch.keepGreater(firstTerm)
		}
		r.scratch.joined = append(r.scratch.joined, r.scratch.terms[firstTerm:]...)
		r.scratch.terms = r.scratch.terms[:firstTerm]
	}
	return nil
}

// roundLine rounds the exact duty of the line's numbers as one amount.
func (r *run) roundLine(d *lineDuty) error {
	amount, err := r.round(d.line, d.exact, wideCut, r.method.Duty.Mode)
	if err != nil {
		return err
	}
	d.amount += amount
	if r.explain {
		firstTerm := len(r.scratch.terms)
		r.scratch.terms = append(r.scratch.terms, r.scratch.joined...)
		r.scratch.joined = r.scratch.joined[:0]
		step := Step{Formula: "sum of the tariff numbers", Table: "hts", Rounding: r.method.Duty, Result: amount}
		if len(d.line.Tariffs) == 1 {
			step.Of, step.Row = d.line.Tariffs[0].HTS, &r.rows[0].Validity
		}
		r.scratch.step(step, firstTerm)
	}
	return nil
}
