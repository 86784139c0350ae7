package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// special98 is what the chapter 98 numbers of a line change for its other
// numbers; its zero value is a line that has none.
type special98 struct {
	// free frees the chapter 1 to 97 numbers from duty: goods returned (9801), or
	// assembled of U.S. fabric (9802.00.90). nil when none does.
	free *reference.Chapter98
	// exempt frees the line from class 499; nil when none does. It is the row of
	// number exemptAt of the line.
	exempt   *reference.Chapter98
	exemptAt int
	// outside has a bit for each number whose value is not in the base of 499,
	// and outsideValue is their sum: what was exported to be processed
	// (9802.00.60), the U.S. components (9802.00.80); 19 USC 58c(b)(8)(D).
	outside      uint32
	outsideValue int64
}

// chapter98 looks up what number i of a line, one of chapter 98, changes: for the
// duty on the date of the line's duty, for 499 on the date of that fee.
func (r *run) chapter98(line *entry.Line, i int) error {
	t, s := &line.Tariffs[i], &r.special98
	fee, err := r.tables.Chapter98(t.HTS, r.on)
	if err != nil {
		return r.refuse(line, ReasonRate, "hts", t.HTS, err, "add the row to chapter98.csv, or correct number or date")
	}
	duty, err := r.tables.Chapter98(t.HTS, r.dutyDate(line))
	if err != nil {
		return r.refuse(line, ReasonRate, "hts", t.HTS, err, "add the row to chapter98.csv, or correct number or date")
	}
	if duty.Duty == reference.BaseNone {
		s.free = duty
	}
	switch fee.Fee {
	case reference.BaseNone:
		if s.exempt == nil {
			s.exempt, s.exemptAt = fee, i
		}
	case reference.BaseProcessing, reference.BaseLessComponents:
		s.outside |= 1 << i
		s.outsideValue += t.Value
	}
	return nil
}

// freed puts into the working that number i owes no duty, by the row of
// chapter98.csv that frees it.
func (r *run) freed(d *lineDuty, i int) {
	if r.explain {
		r.scratch.step(Step{Operation: Excluded, Of: d.line.Tariffs[i].HTS, Formula: "0, free under chapter 98", Table: "chapter98",
			Row: &d.free.Validity, Rounding: r.method.Duty}, len(r.scratch.terms))
	}
}
