package assess

import (
	"errors"
	"fmt"
	"slices"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// military is the entry type of goods for the armed forces, which is exempt from
// the reporting of remedies (ACE CATAIR AE note ii).
const military = "51"

// Why a chapter 99 number owes nothing.
const (
	militaryExempt = "0, no remedy on an entry of type 51"
	quotaOnly      = "0, reported for its quota"
	exclusionOnly  = "0, excludes another number"
	excluded       = "0, excluded by another number of the line"
)

// remedies finds how the remedies of a line change its duty, and checks that
// each one is for goods of its origin and numbers.
func (r *run) remedies(d *lineDuty) error {
	for i := range d.line.Tariffs {
		row := r.rows[i]
		if row.Remedy == reference.NoRemedy {
			d.derives = d.derives || row.DutyCode == '9' && special(row.HTS)
			continue
		}
		if err := r.inScope(d, i); err != nil {
			return err
		}
		if r.waiver(d, i) != "" {
			continue
		}
		d.replaced = d.replaced || row.Remedy == reference.Replacement
		d.derives = d.derives || row.DutyCode == '9' || row.Remedy == reference.Capped || row.RemedyRow.Base == reference.NormalDuty
	}
	return nil
}

// inScope refuses a remedy on goods that it is not for: another origin, or none
// of the line's numbers. The number, and so its duty, would be of no meaning. One
// number that it is for is enough: the remedy is owed on that one (remedyBase).
func (r *run) inScope(d *lineDuty, i int) error {
	remedy := r.rows[i].RemedyRow
	for j := range d.line.Tariffs {
		if r.covers(d, i, j) {
			return nil
		}
	}
	if !hasGoods(d.line) && remedy.For(d.line.Origin, "") {
		return nil
	}
	return r.refuse(d.line, ReasonRate, "hts", d.line.Tariffs[i].HTS,
		fmt.Errorf("row %d of chapter99.csv is not for goods of %s under the numbers of the line", remedy.Row, d.line.Origin), "take the number off, or correct origin or numbers")
}

// covers says whether number j is of chapters 1 to 97, and one that remedy i is
// for.
func (r *run) covers(d *lineDuty, i, j int) bool {
	hts := d.line.Tariffs[j].HTS
	return !special(hts) && r.rows[i].RemedyRow.For(d.line.Origin, hts)
}

// waiver says why a remedy owes nothing; "" when it does. A number that one of
// kind exclusion names is not owed beside it.
func (r *run) waiver(d *lineDuty, i int) string {
	switch {
	case r.s.Type == military:
		return militaryExempt
	case r.rows[i].Remedy == reference.Quota:
		return quotaOnly
	case r.rows[i].Remedy == reference.Exclusion:
		return exclusionOnly
	}
	if r.excluder(d, i) >= 0 {
		return excluded
	}
	return ""
}

// excluder gives the number of kind exclusion that takes remedy i off the line, -1
// when none does.
func (r *run) excluder(d *lineDuty, i int) int {
	for j := range d.line.Tariffs {
		if r.rows[j].Remedy == reference.Exclusion && r.rows[j].RemedyRow.ExcludesNumber(r.rows[i].HTS) {
			return j
		}
	}
	return -1
}

// laterDuty computes what depends on the normal duty of the line: the duty that
// code 9 derives from it, and the remedies of chapter 99 (ACE CATAIR AE note
// ii). A claim of a special program has no part in it: it waives the normal duty,
// never a remedy.
func (r *run) laterDuty(d *lineDuty) error {
	if err := r.derivedDuties(d); err != nil {
		return err
	}
	for i := range d.line.Tariffs {
		if r.rows[i].Remedy == reference.NoRemedy {
			continue
		}
		if err := r.remedy(d, i); err != nil {
			return err
		}
	}
	return nil
}

// derivedDuties computes the numbers of code 9 that are no remedies. Appendix F
// derives them from the duty of "the other tariff number"; where a line has
// several, we read it as the duty of all its chapter 1 to 97 numbers that are
// not derived themselves: a remedy is owed besides the duty of the goods, and is
// no part of it. Derived duties of chapters 1 to 97 are normal duty themselves.
func (r *run) derivedDuties(d *lineDuty) error {
	for i := range d.line.Tariffs {
		row := r.rows[i]
		if row.Remedy != reference.NoRemedy || row.DutyCode != '9' {
			continue
		}
		if d.free != nil && !special(row.HTS) {
			r.freed(d, i)
			continue
		}
		if d.replaced && !d.derives && !special(row.HTS) {
			r.nothing(d, i, Replaced, replacedFormula)
			continue
		}
		n, err := r.onDuty(d, i, d.normal)
		if err != nil {
			return err
		}
		if special(row.HTS) {
			_, err = r.owed(d, &n)
		} else {
			r.duties[i], err = r.owedOrReplaced(d, i, &n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// onDuty gives number i with a normal duty for its value.
func (r *run) onDuty(d *lineDuty, i int, duty money.Cents) (priced, error) {
	if !d.normalDone {
		return priced{}, r.refuse(d.line, ReasonRate, "hts", d.line.Tariffs[i].HTS,
			errors.New("its duty is derived from that of another tariff number, and the line has none"), "add the number")
	}
	n := r.priced(d, i, int64(duty))
	n.derived = true
	return n, nil
}

// remedy computes the duty of a chapter 99 number on the base of its kind.
func (r *run) remedy(d *lineDuty, i int) error {
	if why := r.waiver(d, i); why != "" {
		if why == excluded && r.explain {
			why += " (" + d.line.Tariffs[r.excluder(d, i)].HTS + ")"
		}
		r.nothing(d, i, Excluded, why)
		return nil
	}
	row := r.rows[i]
	if row.DutyCode == '9' || row.RemedyRow.Base == reference.NormalDuty {
		n, err := r.onDuty(d, i, r.remedyDuty(d, i))
		if err != nil {
			return err
		}
		_, err = r.owed(d, &n)
		return err
	}
	base := r.remedyBase(d, i)
	if base == 0 && row.DutyCode != '0' && !hasGoods(d.line) {
		return r.refuse(d.line, ReasonRate, "hts", d.line.Tariffs[i].HTS,
			errors.New("its duty is on the value of numbers of chapters 1 to 97, and the line has none"), "add the number, with its value")
	}
	n := r.priced(d, i, base*one)
	if row.Remedy == reference.Capped {
		return r.capped(d, &n, row.RemedyRow, r.remedyDuty(d, i))
	}
	_, err := r.owed(d, &n)
	return err
}

// hasGoods says whether a line has a number of chapters 1 to 97.
func hasGoods(line *entry.Line) bool {
	return slices.ContainsFunc(line.Tariffs, func(t entry.Tariff) bool { return !special(t.HTS) })
}

// remedyBase gives the value that a remedy's rate applies to, in whole dollars:
// that of the chapter 1 to 97 numbers that it is for, or of a content that stands
// on the chapter 99 number itself. A number of the line outside the remedy's scope
// has no part in it. Where no value stands there, the line has been split, and all
// of it is the content (CSMS 64348411: non-steel on one line, steel on another).
func (r *run) remedyBase(d *lineDuty, i int) int64 {
	if v := d.line.Tariffs[i].Value; v != 0 && r.rows[i].RemedyRow.Base == reference.ContentValue {
		return v
	}
	var sum int64
	for j := range d.line.Tariffs {
		if r.covers(d, i, j) {
			sum += d.line.Tariffs[j].Value
		}
	}
	return sum
}

// remedyDuty gives the normal duty that a remedy goes by: that of the numbers that
// it is for, as for the value.
func (r *run) remedyDuty(d *lineDuty, i int) money.Cents {
	var sum money.Cents
	for j := range d.line.Tariffs {
		if r.covers(d, i, j) {
			sum += r.duties[j]
		}
	}
	return sum
}

// capped computes a remedy that is owed until normal duty and remedy together
// reach a fraction of the base: on 1,000 dollars a remedy of 10 percent, capped
// at 15, is 80.00 beside a normal duty of 70.00, and nothing beside 150.00. Base
// and normal duty are those of the numbers that the remedy is for.
func (r *run) capped(d *lineDuty, n *priced, remedy *reference.RemedyRow, normal money.Cents) error {
	f, err := r.formula(n)
	if err != nil {
		return err
	}
	firstTerm := len(r.scratch.terms)
	exact, err := r.product(n, f)
	if err != nil {
		return err
	}
	own, err := r.round(n.line, exact, f.cut(), r.method.Duty.Mode)
	if err != nil {
		return err
	}
	limit, err := r.round(n.line, money.Multiply(int64(remedy.Cap), n.value), narrowCut, r.method.Duty.Mode)
	if err != nil {
		return err
	}
	cents := min(own, max(0, limit-normal))
	d.amount += cents
	if r.explain {
		if f.greatest { // keep the sum that counts: the other place is the cap's
			r.scratch.keepGreater(firstTerm)
		}
		r.scratch.terms = append(r.scratch.terms,
			Term{RateName: "cap", Rate: remedy.Cap, QuantityName: "V", Quantity: n.value / one, Second: true})
		r.scratch.step(Step{Operation: Capped, Of: n.t.HTS, Formula: "min(" + f.text + ", cap*V - normal duty)", Amount: normal, Table: "chapter99",
			Row: &remedy.Validity, Rounding: r.method.Duty, Result: cents}, firstTerm)
	}
	return nil
}

const replacedFormula = "0, replaced by the remedy"

// nothing puts into the working that number i owes nothing, and why.
func (r *run) nothing(d *lineDuty, i int, o Operation, why string) {
	if r.explain {
		r.scratch.step(Step{Operation: o, Of: d.line.Tariffs[i].HTS, Formula: why, Table: "hts",
			Row: &r.rows[i].Validity, Rounding: r.method.Duty}, len(r.scratch.terms))
	}
}
