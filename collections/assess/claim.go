package assess

import (
	"errors"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// checkExport looks at the country of export, on which no amount depends.
func (r *run) checkExport(line *entry.Line) {
	if line.ExportCountry == "" || line.ExportCountry == r.exporter {
		return
	}
	if _, err := r.tables.Country(line.ExportCountry, r.on); err != nil {
		r.raise(line, "411", line.ExportCountry) // Country of Export Unknown
		return
	}
	r.exporter = line.ExportCountry
}

// covered says of a missing row that its key is known on other days.
func covered(err error) bool {
	var missing *reference.MissingError
	return errors.As(err, &missing) && missing.First != 0
}

// tariffCondition gives the condition of a number that has no row in a column: it
// is not active on the day, not eligible for the program, or unknown.
func (r *run) tariffCondition(hts string, column reference.Column, on reference.Date, err error) string {
	switch {
	case covered(err):
		return "434" // HTS Number Not Active
	case column != reference.General && column != reference.ColumnTwo:
		if _, err := r.tables.Tariff(hts, reference.General, on); err == nil {
			return "614" // HTS Not Eligible for SP Claim
		}
	}
	return "433" // HTS Nbr Unknown
}
