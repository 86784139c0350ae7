package assess

import (
	"errors"

	"tidewaiter/collections/reference"
)

// laterDuty computes what depends on the normal duty of the line: the duty that
// code 9 derives from it, and the remedies of chapter 99 (ACE CATAIR AE note
// ii). A claim of a special program has no part in it: it waives the normal duty,
// never a remedy.
func (r *run) laterDuty(d *lineDuty) error {
	for i := range d.line.Tariffs {
		row := r.rows[i]
		var n priced
		switch {
		case row.Remedy == reference.NoRemedy && row.DutyCode != '9':
			continue
		case d.replaced && !special(d.line.Tariffs[i].HTS):
			r.replacedDuty(d, i)
			continue
		case row.DutyCode == '9':
			if !d.normalDone {
				return r.refuse(d.line, ReasonRate, "hts", d.line.Tariffs[i].HTS,
					errors.New("its duty is derived from that of another tariff number, and the line has none"), "add the number")
			}
			n = r.priced(d, i, int64(d.normal))
			n.derived = true
		default:
			// A remedy's rate applies to the value of what it is a remedy for.
			n = r.priced(d, i, d.values.normal*one)
		}
		if _, err := r.owed(d, &n); err != nil {
			return err
		}
	}
	return nil
}

// replacedDuty puts into the working that number i owes nothing, since a remedy
// is owed in place of it.
func (r *run) replacedDuty(d *lineDuty, i int) {
	if r.explain {
		r.scratch.step(Step{Operation: Replaced, Of: d.line.Tariffs[i].HTS, Formula: "0, replaced by the remedy", Table: "hts",
			Row: &r.rows[i].Validity, Rounding: r.method.Duty}, len(r.scratch.terms))
	}
}
