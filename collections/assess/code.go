package assess

import (
	"errors"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// codes refuses a line whose country of origin or program no table knows, or
// whose program is not in force: what it owes is not known then. That holds for
// lines that owe nothing too, such as the components of a set.
func (r *run) codes(line *entry.Line) error {
	if line.Origin == "" {
		return under("407", r.refuse(line, ReasonStructure, "origin", "", errors.New("absent"), "give the country of origin"))
	}
	if line.Origin != r.origin {
		if _, err := r.tables.Country(line.Origin, r.on); err != nil {
			return r.refuse(line, ReasonStructure, "origin", line.Origin, err, "correct the country of origin")
		}
		r.origin = line.Origin
	}
	if line.SPI != r.spi && line.SPI != "" {
		if _, err := r.tables.SPI(line.SPI, r.on); err != nil {
			return under(programCondition(r.tables.SPIPeriods(line.SPI), r.on),
				r.refuse(line, ReasonRate, "spi", line.SPI, err, "the program is unknown or not in force"))
		}
		r.spi = line.SPI
	}
	return nil
}

// programCondition gives the condition of a program that does not apply on a day.
func programCondition(rows []reference.SPI, on reference.Date) string {
	switch {
	case len(rows) == 0:
		return "416"
	case on < rows[0].From:
		return "605"
	}
	return "606"
}
