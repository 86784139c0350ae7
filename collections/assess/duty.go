package assess

import (
	"fmt"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// dutyDate gives the date that selects the tariff rates of a line (ACE CATAIR AE
// note j): the privileged filing date of zone goods, else the entry's.
func (r *run) dutyDate(line *entry.Line) reference.Date {
	if r.kind.Zone && line.FTZStatus == entry.Privileged && line.PrivilegedDate != 0 && !r.method.IgnorePrivilegedDate {
		return line.PrivilegedDate
	}
	return r.entryDutyDate
}

// lineDuty is the duty of a line as it comes together.
type lineDuty struct {
	line *entry.Line
	on   reference.Date
	// What the rows of the line's numbers have to do with each other.
	replaced bool // a remedy is owed in place of the normal duty
	later    bool // some number is a remedy, or derived from the others' duty
	derives  bool // some of those needs the normal duty, even where it is replaced
	// free is the row of a chapter 98 number that frees the goods from the normal
	// duty; nil when none does.
	free *reference.Chapter98

	// normal is the duty of the chapter 1 to 97 numbers that derive from no other,
	// owed or replaced. What each number adds to the normal duty, derived ones
	// included, is in run.duties.
	normal     money.Cents
	normalDone bool // there is such a number that derives from no other
	amount     money.Cents
	exact      money.Product // of the line, with the decimals of wideCut and the cent, when the line is what is rounded
}

// duty computes class 001 of a line: each tariff number's duty, rounded, and
// their sum; the normal duty first, then what depends on it.
func (r *run) duty(line *entry.Line, values values) error {
	d := lineDuty{line: line, on: r.dutyDate(line), free: r.special98.free}
	if err := r.rates(&d); err != nil {
		return err
	}
	firstStep := len(r.scratch.steps)
	for i := range line.Tariffs {
		if r.rows[i].Remedy == reference.NoRemedy && r.rows[i].DutyCode != '9' {
			if err := r.normalDuty(&d, i); err != nil {
				return err
			}
		}
	}
	if d.later {
		if err := r.laterDuty(&d); err != nil {
			return err
		}
	}
	if r.method.Duty.Place == PerLine {
		if err := r.roundLine(&d); err != nil {
			return err
		}
	}
	return r.charge(line, slotDuty, d.amount, values.all, d.on, r.disposition(slotDuty), firstStep)
}

// rates looks up the tariff rows of a line and finds how they depend on each
// other. The rows stay in the run until the next line.
func (r *run) rates(d *lineDuty) error {
	line := d.line
	column := r.column(line, d.on)
	for i := range line.Tariffs {
		hts := line.Tariffs[i].HTS
		row, err := r.row(hts, column, d.on)
		if err != nil {
			return under(r.tariffCondition(hts, column, d.on, err),
				r.refuse(line, ReasonRate, "hts", hts, err, "add the row to hts.csv, or correct number, origin, program or date"))
		}
		if !known(row.DutyCode) {
			return r.refuse(line, ReasonRate, "hts", hts, fmt.Errorf("duty computation code %c of hts.csv row %d is not one of appendix F", row.DutyCode, row.Row), "")
		}
		r.rows[i], r.duties[i] = row, 0
		if len(line.Tariffs[i].Quantities) != 0 {
			n := r.priced(d, i, 0)
			if err := r.checkUnits(&n); err != nil {
				return err
			}
		}
		d.later = d.later || row.Remedy != reference.NoRemedy || row.DutyCode == '9'
	}
	if d.later {
		return r.remedies(d)
	}
	return nil
}

// normalDuty computes the duty of a number that is no remedy and derives from no
// other. Where a remedy is owed in place of it, it is computed only for what
// depends on it.
func (r *run) normalDuty(d *lineDuty, i int) error {
	t := &d.line.Tariffs[i]
	n := r.priced(d, i, t.Value*one)
	if special(t.HTS) {
		_, err := r.owed(d, &n)
		return err
	}
	d.normalDone = true
	cents, err := r.owedOrReplaced(d, i, &n)
	d.normal += cents
	r.duties[i] = cents
	return err
}

// owedOrReplaced computes the duty of a chapter 1 to 97 number. There is none
// where a chapter 98 number makes the goods free. It is not owed where a remedy
// replaces it, and is then computed only for what depends on it.
func (r *run) owedOrReplaced(d *lineDuty, i int, n *priced) (money.Cents, error) {
	if d.free != nil {
		r.freed(d, i)
		return 0, nil
	}
	if !d.replaced {
		return r.owed(d, n)
	}
	var cents money.Cents
	var err error
	if d.derives {
		cents, err = r.quietly(d, n)
	}
	r.nothing(d, i, Replaced, replacedFormula)
	return cents, err
}

// priced gives number i of the line with its row and a value.
func (r *run) priced(d *lineDuty, i int, value int64) priced {
	row := r.rows[i]
	return priced{line: d.line, t: &d.line.Tariffs[i], code: row.DutyCode, rates: [...]money.Rate{0, row.Rate1, row.Rate2, row.Rate3},
		units: &row.Units, row: &row.Validity, table: "hts", value: value}
}

// quietly computes a duty that is not owed itself: rounded, but neither added up
// nor in the working.
func (r *run) quietly(d *lineDuty, n *priced) (money.Cents, error) {
	explain, amount, exact := r.explain, d.amount, d.exact
	r.explain = false
	cents, err := r.owed(d, n)
	r.explain, d.amount, d.exact = explain, amount, exact
	return cents, err
}

// owed computes the duty of a number and adds it to the line's. It gives the
// duty rounded, also when the method rounds the line.
func (r *run) owed(d *lineDuty, n *priced) (money.Cents, error) {
	if n.code == 'X' {
		cents, err := r.filed(n)
		d.amount += cents
		if r.explain {
			r.scratch.step(Step{Operation: Accepted, Of: n.t.HTS, Formula: formulas['X'].text, Amount: cents, Table: n.table, Row: n.row,
				Rounding: r.method.Duty, Result: cents}, len(r.scratch.terms))
		}
		return cents, err
	}
	f, err := r.formula(n)
	if err != nil {
		return 0, err
	}
	firstTerm := len(r.scratch.terms)
	exact, err := r.product(n, f)
	if err != nil {
		return 0, err
	}
	cents, err := r.round(n.line, exact, f.cut(), r.method.Duty.Mode)
	if err != nil {
		return 0, err
	}
	if r.method.Duty.Place == PerLine {
		return cents, r.join(d, f, exact, firstTerm)
	}
	d.amount += cents
	if r.explain {
		step := Step{Of: n.t.HTS, Formula: f.text, Table: n.table, Row: n.row, Rounding: r.method.Duty, Result: cents}
		if f.greatest {
			step.Operation = Greatest
		}
		r.scratch.step(step, firstTerm)
	}
	return cents, nil
}
