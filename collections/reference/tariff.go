package reference

import (
	"errors"
	"fmt"
	"strings"
)

// tariffs loads chapter99.csv and hts.csv and joins them: a chapter 99 row
// gets its remedy kind, and has to have one on all of its days.
func (l *loader) tariffs() {
	t := l.tables
	var remedies series[string, RemedyRow, *RemedyRow]
	t.remedyRows, remedies = load(l, "chapter99", []string{"hts", "kind", "base"}, parseRemedy,
		func(r *RemedyRow) string { return r.HTS }, func(r *RemedyRow) string { return r.HTS })
	rows, errs := readTable(l.fsys, "hts",
		[]string{"hts", "column", "duty_code", "rate1", "rate2", "rate3", "uom1", "uom2", "uom3"}, parseTariff)
	l.keep(errs)
	var faults []fault
	for i := range rows {
		r := &rows[i]
		if err := l.checkTariff(r, remedies); err != nil {
			faults = append(faults, fault{"hts", r.Row, fmt.Errorf("%s column %s: %w", r.HTS, r.Column, err)})
		}
	}
	l.keep(inOrder(faults))
	t.tariffRows = rows
	t.tariffs, errs = newSeries("hts", rows,
		func(r *Tariff) tariffKey { return keyOf(r.HTS, r.Column) },
		func(r *Tariff) string { return r.HTS + " column " + string(r.Column) })
	l.keep(errs)
}

// checkTariff checks a row against the other tables and fills in its remedy.
func (l *loader) checkTariff(r *Tariff, remedies series[string, RemedyRow, *RemedyRow]) error {
	r.Remedy = NoRemedy
	if r.Column != General && r.Column != ColumnTwo {
		if _, known := l.tables.spis.byKey[string(r.Column)]; !known {
			return errors.New("the column is neither general, 2 nor an indicator of spi.csv")
		}
	}
	if !strings.HasPrefix(r.HTS, "99") {
		return nil
	}
	if r.Column != General {
		return errors.New("chapter 99 numbers have a general column only")
	}
	first, last := remedies.find(r.HTS, r.From), remedies.find(r.HTS, r.To)
	if first == nil || first != last {
		return fmt.Errorf("chapter99.csv has no one row for all of %s to %s", r.From, r.To)
	}
	r.Remedy = first.Kind
	return nil
}

func parseRemedy(c *cells) RemedyRow {
	r := RemedyRow{HTS: c.required("hts"), Base: c.oneOf("base", "full"), Validity: c.validity()}
	if keyOf(r.HTS, General) == 0 || !strings.HasPrefix(r.HTS, "99") {
		c.fail("hts", fmt.Errorf("%q is not a ten-digit number of chapter 99", r.HTS))
	}
	r.Kind = Additional
	if c.oneOf("kind", "additional", "replacement") == "replacement" {
		r.Kind = Replacement
	}
	return r
}

// formulaNeeds lists, for the duty computation codes of CATAIR appendix F that
// have a formula over rates and quantities, the rates (1 to 3) and the units
// (1 to 3) that must be given.
var formulaNeeds = map[byte]struct{ rates, units string }{
	'0': {"", ""}, '1': {"1", "1"}, '2': {"1", "2"}, '3': {"13", "12"}, '4': {"12", "1"},
	'5': {"12", "2"}, '6': {"123", "12"}, '7': {"2", ""},
	'9': {"2", ""}, 'A': {"23", "3"}, 'B': {"123", "23"}, 'C': {"12", "1"}, 'D': {"12", "3"},
	'E': {"123", "23"}, 'F': {"13", "12"}, 'J': {"123", "23"}, 'K': {"123", "12"}, 'X': {"", ""},
}

func parseTariff(c *cells) Tariff {
	r := Tariff{
		HTS:      c.required("hts"),
		Column:   Column(c.required("column")),
		Rate1:    c.rate("rate1"),
		Rate2:    c.rate("rate2"),
		Rate3:    c.rate("rate3"),
		Units:    [3]string{c.text("uom1"), c.text("uom2"), c.text("uom3")},
		Validity: c.validity(),
	}
	if keyOf(r.HTS, r.Column) == 0 {
		c.fail("hts", fmt.Errorf("%q column %q is not ten digits and a column", r.HTS, r.Column))
		return r
	}
	code := c.required("duty_code")
	if len(code) != 1 {
		c.fail("duty_code", fmt.Errorf("%q is not one character", code))
		return r
	}
	r.DutyCode = code[0]
	needs, known := formulaNeeds[r.DutyCode]
	if !known {
		c.fail("duty_code", fmt.Errorf("%q is not a duty computation code", code))
		return r
	}
	for i, rate := range []int64{int64(r.Rate1), int64(r.Rate2), int64(r.Rate3)} {
		needed := strings.Contains(needs.rates, string(rune('1'+i)))
		if needed != (rate != 0) && r.DutyCode != 'X' {
			c.fail(fmt.Sprintf("rate%d", i+1), fmt.Errorf("duty code %s uses exactly the rates %q", code, needs.rates))
		}
		if strings.Contains(needs.units, string(rune('1'+i))) && r.Units[i] == "" {
			c.fail(fmt.Sprintf("uom%d", i+1), fmt.Errorf("duty code %s needs this unit", code))
		}
	}
	return r
}
