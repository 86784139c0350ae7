package assess

import (
	"fmt"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// factor is one product of a duty formula: rate P1 to P3 times quantity Q1 to
// Q3, or times the value when quantity is 0.
type factor struct{ rate, quantity uint8 }

// formula is a duty computation code of CATAIR appendix F.
type formula struct {
	text    string
	factors []factor
}

// formulas are the codes 0 to 7, by the character of the code.
var formulas = [...]formula{
	'0': {"0", nil},
	'1': {"P1*Q1", []factor{{1, 1}}},
	'2': {"P1*Q2", []factor{{1, 2}}},
	'3': {"P1*Q1 + P3*Q2", []factor{{1, 1}, {3, 2}}},
	'4': {"P1*Q1 + P2*V", []factor{{1, 1}, {2, 0}}},
	'5': {"P1*Q2 + P2*V", []factor{{1, 2}, {2, 0}}},
	'6': {"P1*Q1 + P3*Q2 + P2*V", []factor{{1, 1}, {3, 2}, {2, 0}}},
	'7': {"P2*V", []factor{{2, 0}}},
}

var (
	rateNames     = [...]string{"", "P1", "P2", "P3"}
	quantityNames = [...]string{"V", "Q1", "Q2", "Q3"}
)

// quantityPlaces is the number of decimals of tariff quantities; values are
// aligned to it, so that the products of a formula add up in one scale.
const quantityPlaces = 2

// dutyCut is the number of decimals of such a product beyond the cent.
const dutyCut = money.RateScale + quantityPlaces - 2

// dutyDate gives the date that selects the tariff rates of a line (ACE CATAIR AE
// note j): the privileged filing date of zone goods, else the entry's.
func (r *run) dutyDate(line *entry.Line) reference.Date {
	if r.kind.Zone && line.FTZStatus == entry.Privileged && line.PrivilegedDate != 0 && !r.method.IgnorePrivilegedDate {
		return line.PrivilegedDate
	}
	return r.entryDutyDate
}

// rates looks up the tariff rows of a line and says whether one of them
// replaces the normal duty. The rows stay in the run until the next line.
func (r *run) rates(line *entry.Line, on reference.Date) (replaced bool, err error) {
	column := r.column(line, on)
	for i := range line.Tariffs {
		hts := line.Tariffs[i].HTS
		row, err := r.row(hts, column, on)
		if err != nil {
			return false, r.refuse(line, ReasonRate, "hts", hts, err, "add the row to hts.csv, or correct number, origin, program or date")
		}
		if int(row.DutyCode) >= len(formulas) || formulas[row.DutyCode].text == "" {
			return false, r.refuse(line, ReasonRate, "hts", hts,
				fmt.Errorf("duty computation code %c of hts.csv row %d is not supported; 0 to 7 are", row.DutyCode, row.Row), "")
		}
		r.rows[i] = row
		replaced = replaced || row.Remedy == reference.Replacement
	}
	return replaced, nil
}

// duty computes class 001 of a line: each tariff number's duty, rounded, and
// their sum.
func (r *run) duty(line *entry.Line, values values) error {
	on := r.dutyDate(line)
	replaced, err := r.rates(line, on)
	if err != nil {
		return err
	}
	firstStep, firstTerm := len(r.scratch.steps), len(r.scratch.terms)
	var amount money.Cents
	var exact money.Product // of the line, when the line is what is rounded
	for i := range line.Tariffs {
		t, row := &line.Tariffs[i], r.rows[i]
		if replaced && !special(t.HTS) {
			if r.explain {
				r.scratch.step(Step{Operation: Replaced, Of: t.HTS, Formula: "0, replaced by the remedy", Table: "hts", Row: &row.Validity, Rounding: r.method.Duty}, len(r.scratch.terms))
				firstTerm = len(r.scratch.terms)
			}
			continue
		}
		value := t.Value
		if row.Remedy != reference.NoRemedy {
			value = values.normal // a remedy's rate applies to what it is a remedy for
		}
		product, err := r.product(line, t, row, value)
		if err != nil {
			return err
		}
		if r.method.Duty.Place == PerLine {
			if exact, err = exact.Add(product); err != nil {
				return r.overflow(line, "value", err)
			}
			continue
		}
		cents, err := r.round(line, product, dutyCut, r.method.Duty.Mode)
		if err != nil {
			return err
		}
		amount += cents
		if r.explain {
			r.scratch.step(Step{Of: t.HTS, Formula: formulas[row.DutyCode].text, Table: "hts", Row: &row.Validity,
				Rounding: r.method.Duty, Result: cents}, firstTerm)
			firstTerm = len(r.scratch.terms)
		}
	}
	if r.method.Duty.Place == PerLine {
		if amount, err = r.round(line, exact, dutyCut, r.method.Duty.Mode); err != nil {
			return err
		}
		if r.explain {
			step := Step{Formula: "sum of the tariff numbers", Table: "hts", Rounding: r.method.Duty, Result: amount}
			if len(line.Tariffs) == 1 {
				step.Of, step.Row = line.Tariffs[0].HTS, &r.rows[0].Validity
			}
			r.scratch.step(step, firstTerm)
		}
	}
	return r.charge(line, slotDuty, amount, values.all, on, r.disposition(slotDuty), firstStep)
}

// product gives the exact duty of a tariff number, in decimals of rate and
// quantity together.
func (r *run) product(line *entry.Line, t *entry.Tariff, row *reference.Tariff, value int64) (money.Product, error) {
	var sum money.Product
	rates := [...]money.Rate{0, row.Rate1, row.Rate2, row.Rate3}
	for _, f := range formulas[row.DutyCode].factors {
		quantity, places := value*100, 0
		if f.quantity > 0 {
			if len(t.Quantities) < int(f.quantity) {
				return sum, r.refuse(line, ReasonQuantity, quantityNames[f.quantity], t.HTS,
					fmt.Errorf("the formula %s of hts.csv row %d needs quantity %d (%s), which is absent",
						formulas[row.DutyCode].text, row.Row, f.quantity, row.Units[f.quantity-1]), "report the quantity")
			}
			quantity, places = t.Quantities[f.quantity-1].Amount, quantityPlaces
		}
		var err error
		if sum, err = sum.Add(money.Multiply(int64(rates[f.rate]), quantity)); err != nil {
			return sum, r.overflow(line, "value", err)
		}
		if r.explain {
			term := Term{RateName: rateNames[f.rate], Rate: rates[f.rate], QuantityName: quantityNames[f.quantity], Quantity: quantity, Places: places}
			if f.quantity == 0 {
				term.Quantity = value
			}
			r.scratch.terms = append(r.scratch.terms, term)
		}
	}
	return sum, nil
}
