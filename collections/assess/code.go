package assess

import (
	"errors"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// codes refuses a line whose country of origin or program no table knows, or
// whose program is not in force: what it owes is not known then. That holds for
// lines that owe nothing too, such as the components of a set. Lines mostly have
// the codes of the line before, and its exemption from 499.
func (r *run) codes(line *entry.Line) error {
	if line.Origin == r.origin && line.SPI == r.spi && line.Origin != "" {
		return nil
	}
	if line.Origin == "" {
		return under("407", r.refuse(line, ReasonStructure, "origin", "", errors.New("absent"), "give the country of origin"))
	}
	if line.Origin != r.origin {
		if _, err := r.tables.Country(line.Origin, r.on); err != nil {
			return r.refuse(line, ReasonStructure, "origin", line.Origin, err, "correct the country of origin")
		}
	}
	if line.SPI != r.spi && line.SPI != "" {
		if _, err := r.tables.SPI(line.SPI, r.on); err != nil {
			return under(programCondition(err), r.refuse(line, ReasonRate, "spi", line.SPI, err, "the program is unknown or not in force"))
		}
	}
	r.origin, r.spi = line.Origin, line.SPI
	r.exemption = r.tables.Exemption(line.SPI, line.Origin, r.on)
	return nil
}

// programCondition gives the condition of a program that has no row on a day: it
// is unknown, or not in effect yet, or expired.
func programCondition(err error) string {
	var missing *reference.MissingError
	switch {
	case !errors.As(err, &missing) || missing.First == 0:
		return "416"
	case missing.Date < missing.First:
		return "605"
	}
	return "606"
}
