package assess

import (
	"strings"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// column gives the rate column of a line's chapter 1 to 97 numbers. Goods of a
// country without normal trade relations have column 2, whatever program is
// claimed for them; else a claim names its column; else it is general.
func (r *run) column(line *entry.Line, on reference.Date) reference.Column {
	if r.tables.ColumnTwo(line.Origin, on) != nil {
		return reference.ColumnTwo
	}
	if line.SPI != "" {
		return reference.Column(line.SPI)
	}
	return reference.General
}

// row finds the tariff row of a number in a column. A claim whose indicator ends
// in # is the preference of the indicator without it, and exempts from the
// merchandise processing fee besides (ACE CATAIR AE table 8): where the tariff
// has no column of its own for it, that of the preference counts. A claim that
// has no row at all is an error, never the general rate.
func (r *run) row(hts string, column reference.Column, on reference.Date) (*reference.Tariff, error) {
	if special(hts) {
		column = reference.General
	}
	row, err := r.tables.Tariff(hts, column, on)
	if stem, found := strings.CutSuffix(string(column), "#"); err != nil && found {
		if row, stemErr := r.tables.Tariff(hts, reference.Column(stem), on); stemErr == nil {
			return row, nil
		}
	}
	return row, err
}

// special says whether a number is of chapter 98 or 99, which have a general
// column only.
func special(hts string) bool {
	return len(hts) > 1 && hts[0] == '9' && (hts[1] == '8' || hts[1] == '9')
}
