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
	known := r.scratch.codes.place(r, line)
	if known != nil && known.on == r.on {
		r.origin, r.spi, r.exemption = line.Origin, line.SPI, known.exemption
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
	if known != nil {
		known.on, known.exemption = r.on, r.exemption
	}
	return nil
}

// knownCodes remembers across entries which codes were found and what exempts
// them: of the many pairs of origin and program a few occur on a day, and the
// tables answer each with four lookups. Of pairs that share a place, the last one
// stays.
type knownCodes struct {
	tables *reference.Tables
	places [256]codePair
}

// codePair is an origin and a program that the tables know on a day.
type codePair struct {
	key       uint32 // the four bytes of both
	on        reference.Date
	exemption *reference.Exemption
}

// place gives the place of a line's codes: what stands there holds when its day is
// the run's. nil for codes that are not of two letters and at most two.
func (k *knownCodes) place(r *run, line *entry.Line) *codePair {
	if len(line.Origin) != 2 || len(line.SPI) > 2 {
		return nil
	}
	if k.tables != r.tables {
		*k = knownCodes{tables: r.tables}
	}
	key := uint32(line.Origin[0])<<24 | uint32(line.Origin[1])<<16
	for i := range len(line.SPI) {
		key |= uint32(line.SPI[i]) << (8 - 8*i)
	}
	p := &k.places[key*2654435761>>24]
	if p.key != key {
		*p = codePair{key: key}
	}
	return p
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
