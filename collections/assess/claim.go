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

// checkZone looks at the status of goods from a zone. Privileged goods without
// their filing date, and goods without a status, are assessed by the dates of the
// entry, which the filer is told.
func (r *run) checkZone(line *entry.Line) {
	switch line.FTZStatus {
	case entry.None, 0:
		r.raise(line, "670", "") // FTZ Status Code Missing
	case entry.Privileged:
		if line.PrivilegedDate == 0 {
			r.raise(line, "674", "") // FTZ Filing Date Missing
		}
	}
}

// covered says of a missing row that its key is known on other days.
func covered(err error) bool {
	var missing *reference.MissingError
	return errors.As(err, &missing) && missing.First != 0
}

// tariffCondition gives the condition of a number that has no row in a column: it
// is not active on the day, not eligible for the program, or unknown. That a number
// of the tariff lacks its rate of column 2 is no fault of the filer's: "".
func (r *run) tariffCondition(hts string, column reference.Column, on reference.Date, err error) string {
	switch {
	case covered(err):
		return "434" // HTS Number Not Active
	case column != reference.General:
		if _, err := r.tables.Tariff(hts, reference.General, on); err != nil {
			break
		}
		if column == reference.ColumnTwo {
			return ""
		}
		return "614" // HTS Not Eligible for SP Claim
	}
	return "433" // HTS Nbr Unknown
}
