package reference

import (
	"cmp"
	"slices"
)

// ArticleChargeRows gives the rows of article_charges.csv, by number, class,
// claim and date.
func (t *Tables) ArticleChargeRows() []ArticleCharge {
	var rows []ArticleCharge
	for _, list := range t.articles.lists {
		for i := range list {
			rows = append(rows, list[i].rows...)
		}
	}
	slices.SortFunc(rows, func(a, b ArticleCharge) int {
		return cmp.Or(cmp.Compare(a.HTS, b.HTS), cmp.Compare(a.Class, b.Class), cmp.Compare(a.Claim, b.Claim), cmp.Compare(a.From, b.From))
	})
	return rows
}

// Chapter98Rows gives the rows of chapter98.csv, by number and date.
func (t *Tables) Chapter98Rows() []Chapter98 {
	var rows []Chapter98
	for i := range t.special {
		rows = append(rows, t.special[i].rows...)
	}
	slices.SortFunc(rows, func(a, b Chapter98) int { return cmp.Or(cmp.Compare(a.HTS, b.HTS), cmp.Compare(a.From, b.From)) })
	return rows
}

// Exemptions gives the rows of mpf_exemptions.csv, by indicator, origin and date.
func (t *Tables) Exemptions() []Exemption {
	var rows []Exemption
	for _, list := range t.exempt.byKey {
		rows = append(rows, list...)
	}
	slices.SortFunc(rows, func(a, b Exemption) int {
		return cmp.Or(cmp.Compare(a.SPI, b.SPI), cmp.Compare(a.Group, b.Group), cmp.Compare(a.From, b.From))
	})
	return rows
}

// Origins gives the rows of origins.csv, by country, group and date.
func (t *Tables) Origins() []Origin {
	var rows []Origin
	for _, list := range t.origins {
		rows = append(rows, list...)
	}
	slices.SortFunc(rows, func(a, b Origin) int {
		return cmp.Or(cmp.Compare(a.Country, b.Country), cmp.Compare(a.Group, b.Group), cmp.Compare(a.From, b.From))
	})
	return rows
}

// Ports gives the rows of ports.csv, by code and date.
func (t *Tables) Ports() []Port {
	var rows []Port
	for _, list := range t.ports.byKey {
		rows = append(rows, list...)
	}
	slices.SortFunc(rows, func(a, b Port) int { return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.From, b.From)) })
	return rows
}

// Districts gives the rows of districts.csv, by code and date.
func (t *Tables) Districts() []District {
	var rows []District
	for _, list := range t.districts.byKey {
		rows = append(rows, list...)
	}
	slices.SortFunc(rows, func(a, b District) int { return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.From, b.From)) })
	return rows
}

// Classes gives the rows of class_codes.csv, by code and date.
func (t *Tables) Classes() []ClassCode {
	var rows []ClassCode
	for _, list := range t.classes.byKey {
		rows = append(rows, list...)
	}
	slices.SortFunc(rows, func(a, b ClassCode) int { return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.From, b.From)) })
	return rows
}
