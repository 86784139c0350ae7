package reference

import (
	"errors"
	"fmt"
	"strings"
)

// Column is a column of the tariff: General, ColumnTwo or an SPI code.
type Column string

// Columns that are not an SPI code.
const (
	General   Column = "general"
	ColumnTwo Column = "2"
)

// Tariff is a row of hts.csv, with what chapter99.csv says about its number.
type Tariff struct {
	HTS    string // ten digits; a number without statistical suffix has 00
	Column Column
	Formula
	// Remedy is NoRemedy outside chapter 99.
	Remedy Remedy
	// RemedyRow is nil outside chapter 99.
	RemedyRow *RemedyRow
	Validity
}

// tariffs loads chapter99.csv and hts.csv and joins them: a chapter 99 row
// gets its remedy, and has to have one on all of its days.
func (l *loader) tariffs() {
	t := l.tables
	t.remedyRows, t.remedies = load(l, "chapter99", l.parseRemedy,
		func(r *RemedyRow) string { return r.HTS }, func(r *RemedyRow) string { return r.HTS })
	rows, errs := readTable(l.fsys, "hts", parseTariff)
	l.keep(errs)
	var faults []fault
	for i := range rows {
		r := &rows[i]
		if err := l.checkTariff(r); err != nil {
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
func (l *loader) checkTariff(r *Tariff) error {
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
	first, last := l.tables.remedies.find(r.HTS, r.From), l.tables.remedies.find(r.HTS, r.To)
	if first == nil || first != last {
		return fmt.Errorf("chapter99.csv has no one row for all of %s to %s", r.From, r.To)
	}
	if owesNothing := first.Kind == Exclusion || first.Kind == Quota; owesNothing && r.DutyCode != '0' {
		return fmt.Errorf("duty code %c, but row %d of chapter99.csv says that the number owes nothing itself; it needs code 0", r.DutyCode, first.Row)
	}
	if first.Base == NormalDuty && r.DutyCode != '0' && r.DutyCode != '7' && r.DutyCode != '9' {
		return fmt.Errorf("duty code %c, but row %d of chapter99.csv says that the remedy is a fraction of the duty; it needs code 0, 7 or 9", r.DutyCode, first.Row)
	}
	if first.Kind == Capped && r.DutyCode == '9' {
		return fmt.Errorf("duty code 9, but the cap of row %d of chapter99.csv is a fraction of a value", first.Row)
	}
	r.Remedy, r.RemedyRow = first.Kind, first
	return nil
}

func parseTariff(c *cells) Tariff {
	r := Tariff{
		HTS:      tenDigits(c.required("hts")),
		Column:   Column(c.required("column")),
		Formula:  c.formula(),
		Validity: c.validity(),
	}
	if keyOf(r.HTS, r.Column) == 0 {
		c.fail("hts", fmt.Errorf("%q column %q is not ten digits (eight of chapter 98 or 99) and a column", r.HTS, r.Column))
	}
	return r
}
