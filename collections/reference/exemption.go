package reference

import (
	"errors"
	"fmt"
)

// Origin is a row of origins.csv: a country is in a group, such as "LDBDC", the
// least developed beneficiary developing countries.
type Origin struct {
	Group   string
	Country string // ISO 3166 alpha-2
	Validity
}

// Exemption is a row of mpf_exemptions.csv: goods that owe no merchandise
// processing fee (19 USC 58c(b)(8); ACE CATAIR AE note m).
type Exemption struct {
	SPI   string // the program claimed; empty for any, and for none
	Group string // of origins.csv; empty for any origin
	Validity
}

type exemptionKey struct{ spi, group string }

// exemptions loads mpf_exemptions.csv.
func (l *loader) exemptions() {
	t := l.tables
	rows, exempt := load(l, "mpf_exemptions", parseExemption,
		func(r *Exemption) exemptionKey { return exemptionKey{r.SPI, r.Group} },
		func(r *Exemption) string { return fmt.Sprintf("indicator %q, origin %q", r.SPI, r.Group) })
	t.exempt = exempt
	groups := map[string]bool{"": true}
	for _, list := range t.origins {
		for i := range list {
			groups[list[i].Group] = true
		}
	}
	for i := range rows {
		r := &rows[i]
		if _, known := t.spis.byKey[r.SPI]; r.SPI != "" && !known {
			l.errs = append(l.errs, fmt.Errorf("mpf_exemptions.csv row %d, column spi: %q is not an indicator of spi.csv", r.Row, r.SPI))
		}
		if !groups[r.Group] {
			l.errs = append(l.errs, fmt.Errorf("mpf_exemptions.csv row %d, column origin: %q is not a group of origins.csv", r.Row, r.Group))
		}
	}
}

func parseExemption(c *cells) Exemption {
	r := Exemption{SPI: c.text("spi"), Group: c.text("origin"), Validity: c.validity()}
	if r.SPI == "" && r.Group == "" {
		c.fail("spi", errors.New("an indicator, an origin or both must be given"))
	}
	return r
}

// Exemption gives the row that frees goods of an origin, entered under a program
// ("" for none), from the merchandise processing fee on a day; nil when none
// does.
func (t *Tables) Exemption(spi, origin string, on Date) *Exemption {
	if spi != "" {
		if r := t.exempt.find(exemptionKey{spi, ""}, on); r != nil {
			return r
		}
	}
	list := t.origins[origin]
	for i := range list {
		if !list[i].Covers(on) {
			continue
		}
		if r := t.exempt.find(exemptionKey{"", list[i].Group}, on); r != nil {
			return r
		}
		if r := t.exempt.find(exemptionKey{spi, list[i].Group}, on); spi != "" && r != nil {
			return r
		}
	}
	return nil
}

// InGroup says whether a country is in a group of origins.csv on a day.
func (t *Tables) InGroup(group, country string, on Date) bool {
	list := t.origins[country]
	for i := range list {
		if list[i].Group == group && list[i].Covers(on) {
			return true
		}
	}
	return false
}
