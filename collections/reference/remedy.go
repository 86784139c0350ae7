package reference

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tidewaiter/collections/money"
)

// Remedy is the kind of a chapter 99 number.
type Remedy byte

// Remedies of chapter99.csv.
const (
	NoRemedy    Remedy = ' '
	Additional  Remedy = 'A' // owed besides the normal duty
	Replacement Remedy = 'R' // owed in place of the normal duty
	Capped      Remedy = 'C' // owed besides, until both together reach Cap of the base
	Exclusion   Remedy = 'E' // owes nothing; the remedies it names owe nothing either
	Quota       Remedy = 'Q' // owes nothing; the number has to be reported
)

// remedyKinds are the words of column kind.
var remedyKinds = map[string]Remedy{
	"additional": Additional, "replacement": Replacement, "cap": Capped, "exclusion": Exclusion, "quota": Quota,
}

// RemedyBase says what a remedy's rate applies to.
type RemedyBase string

// Values of RemedyBase.
const (
	// FullValue is the entered value of the line's chapter 1 to 97 numbers that the
	// remedy is for.
	FullValue RemedyBase = "full"
	// ContentValue is the value reported on the chapter 99 number itself, that of
	// the steel in an article for example.
	ContentValue RemedyBase = "content"
	// NormalDuty is the duty of those numbers.
	NormalDuty RemedyBase = "duty"
)

// RemedyRow is a row of chapter99.csv.
type RemedyRow struct {
	HTS  string // ten digits; a number without statistical suffix has 00
	Kind Remedy
	Base RemedyBase
	// Cap is the fraction of the base that normal duty and remedy reach together
	// at most; zero but for Capped.
	Cap money.Rate
	// Countries are the origins the remedy is for, all when it is empty;
	// ExceptCountries are those it is not for.
	Countries, ExceptCountries []string
	// Numbers are the prefixes of the tariff numbers the remedy is for, all when
	// it is empty; ExceptNumbers are those it is not for.
	Numbers, ExceptNumbers []string
	// Excludes are prefixes of the chapter 99 numbers that owe nothing on a line
	// that has this one.
	Excludes []string
	Validity
}

// For says whether the remedy is for goods of an origin (ISO alpha-2) and a
// tariff number.
func (r *RemedyRow) For(origin, hts string) bool {
	switch {
	case len(r.Countries) > 0 && !slices.Contains(r.Countries, origin), slices.Contains(r.ExceptCountries, origin):
		return false
	case len(r.Numbers) > 0 && !hasPrefix(hts, r.Numbers):
		return false
	}
	return !hasPrefix(hts, r.ExceptNumbers)
}

// ExcludesNumber says whether a chapter 99 number owes nothing beside this one.
func (r *RemedyRow) ExcludesNumber(hts string) bool { return hasPrefix(hts, r.Excludes) }

func hasPrefix(hts string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(hts, prefix) {
			return true
		}
	}
	return false
}

func (l *loader) parseRemedy(c *cells) RemedyRow {
	r := RemedyRow{
		HTS:             tenDigits(c.required("hts")),
		Base:            RemedyBase(c.oneOf("base", string(FullValue), string(ContentValue), string(NormalDuty))),
		Cap:             c.rate("cap"),
		Countries:       l.countryList(c, "countries"),
		ExceptCountries: l.countryList(c, "except_countries"),
		Numbers:         c.prefixes("numbers"),
		ExceptNumbers:   c.prefixes("except_numbers"),
		Excludes:        c.prefixes("excludes"),
		Validity:        c.validity(),
	}
	if keyOf(r.HTS, General) == 0 || !strings.HasPrefix(r.HTS, "99") {
		c.fail("hts", fmt.Errorf("%q is not a number of chapter 99 of ten digits, or of eight", r.HTS))
	}
	kind := c.oneOf("kind", "additional", "replacement", "cap", "exclusion", "quota")
	r.Kind = remedyKinds[kind]
	if (r.Kind == Capped) != (r.Cap != 0) {
		c.fail("cap", errors.New("a rate stands here for kind cap, and for no other"))
	}
	if r.Kind == Capped && r.Base == NormalDuty {
		c.fail("base", errors.New("a cap is a fraction of a value, not of the duty"))
	}
	if (r.Kind == Exclusion) != (len(r.Excludes) > 0) {
		c.fail("excludes", errors.New("numbers stand here for kind exclusion, and for no other"))
	}
	return r
}

// countryList reads a list of countries, separated by spaces.
func (l *loader) countryList(c *cells, column string) []string {
	list := strings.Fields(c.cell(column))
	for i, country := range list {
		if _, known := l.tables.countries.byKey[country]; !known {
			c.fail(column, fmt.Errorf("%q is not a country of countries.csv", country))
		}
		list[i] = strings.Clone(country)
	}
	return list
}

// prefixes reads a list of beginnings of tariff numbers, separated by spaces.
func (c *cells) prefixes(column string) []string {
	list := strings.Fields(c.cell(column))
	for i, prefix := range list {
		if !isPrefix(prefix, 2) {
			c.fail(column, fmt.Errorf("%q is not 2 to 10 digits", prefix))
		}
		list[i] = strings.Clone(prefix)
	}
	return list
}

// isPrefix says whether s is the beginning of a tariff number: from least to ten
// digits.
func isPrefix(s string, least int) bool {
	return len(s) >= least && len(s) <= 10 && strings.Trim(s, "0123456789") == ""
}
