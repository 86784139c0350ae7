package reference

import (
	"fmt"
	"strings"
)

// Country is a row of countries.csv.
type Country struct {
	Code string // ISO 3166 alpha-2
	Name string
	Validity
}

// ColumnTwoCountry is a row of countries_column2.csv.
type ColumnTwoCountry struct {
	Country string // ISO 3166 alpha-2
	Name    string
	Validity
}

// District is a row of districts.csv.
type District struct {
	Code string // two digits, with which its ports begin
	Name string
	// Agricultural says that agricultural fees are owed; they are not in Puerto
	// Rico and the U.S. Virgin Islands (ACE CATAIR AE, conditions 652 and 679).
	Agricultural bool
	// Coffee says that class 672 is owed on coffee; it is in Puerto Rico only.
	Coffee bool
	Validity
}

// Port is a row of ports.csv.
type Port struct {
	Code string // four digits
	Name string
	// Informal says that class 311 is owed; it is not at courier hubs, user-fee
	// airports and express consignment facilities (ACE CATAIR AE note p).
	Informal bool
	// Harbor says that the harbor maintenance fee is owed on what is unloaded
	// there (19 CFR 24.24(b)).
	Harbor bool
	Validity
}

// District gives the code of the port's district.
func (p *Port) District() string { return p.Code[:2] }

// places loads districts, ports and the groups of countries.
func (l *loader) places() {
	t := l.tables
	_, t.districts = load(l, "districts", parseDistrict,
		func(r *District) string { return r.Code }, func(r *District) string { return "district " + r.Code })
	var ports []Port
	ports, t.ports = load(l, "ports", parsePort,
		func(r *Port) string { return r.Code }, func(r *Port) string { return "port " + r.Code })
	for i := range ports {
		if _, known := t.districts.byKey[ports[i].District()]; !known {
			l.errs = append(l.errs, fmt.Errorf("ports.csv row %d: district %s of port %s is not in districts.csv", ports[i].Row, ports[i].District(), ports[i].Code))
		}
	}
	rows, _ := load(l, "origins", l.parseOrigin,
		func(r *Origin) Origin { return Origin{Group: r.Group, Country: r.Country} },
		func(r *Origin) string { return "group " + r.Group + " country " + r.Country })
	t.origins = make(map[string][]Origin)
	for _, r := range rows {
		t.origins[r.Country] = append(t.origins[r.Country], r)
	}
}

func parseCountry(c *cells) Country {
	return Country{Code: c.country("country"), Name: c.required("name"), Validity: c.validity()}
}

func parseColumnTwo(c *cells) ColumnTwoCountry {
	return ColumnTwoCountry{Country: c.country("country"), Name: c.required("name"), Validity: c.validity()}
}

// country reads a code of two letters.
func (c *cells) country(column string) string {
	code := c.required(column)
	if len(code) != 2 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		c.fail(column, fmt.Errorf("%q is not an ISO 3166 alpha-2 code", code))
	}
	return code
}

func (l *loader) parseOrigin(c *cells) Origin {
	r := Origin{Group: c.required("group"), Country: c.country("country"), Validity: c.validity()}
	if _, known := l.tables.countries.byKey[r.Country]; !known {
		c.fail("country", fmt.Errorf("%q is not a country of countries.csv", r.Country))
	}
	return r
}

func parseDistrict(c *cells) District {
	return District{Code: c.digits("district", 2), Name: c.required("name"),
		Agricultural: c.flag("agricultural_fees"), Coffee: c.flag("coffee"), Validity: c.validity()}
}

func parsePort(c *cells) Port {
	return Port{Code: c.digits("port", 4), Name: c.required("name"),
		Informal: c.flag("informal_fee"), Harbor: c.flag("harbor_fee"), Validity: c.validity()}
}

// digits reads a code of so many digits.
func (c *cells) digits(column string, count int) string {
	code := c.required(column)
	if len(code) != count || strings.Trim(code, "0123456789") != "" {
		c.fail(column, fmt.Errorf("%q is not %d digits", code, count))
	}
	return code
}

// Country gives a country's row on a day.
func (t *Tables) Country(code string, on Date) (*Country, error) {
	if row := t.countries.find(code, on); row != nil {
		return row, nil
	}
	return nil, t.countries.missing("countries", "country "+code, code, on)
}

// ColumnTwo gives the row that puts a country's goods in column 2 on a day, or
// nil for the countries that have normal trade relations.
func (t *Tables) ColumnTwo(country string, on Date) *ColumnTwoCountry {
	return t.columnTwo.find(country, on)
}

// Port gives a port's row on a day.
func (t *Tables) Port(code string, on Date) (*Port, error) {
	if row := t.ports.find(code, on); row != nil {
		return row, nil
	}
	return nil, t.ports.missing("ports", "port "+code, code, on)
}

// District gives the row of a district, the first two digits of a port, on a day.
func (t *Tables) District(code string, on Date) (*District, error) {
	if row := t.districts.find(code, on); row != nil {
		return row, nil
	}
	return nil, t.districts.missing("districts", "district "+code, code, on)
}
