package reference

import (
	"cmp"
	"iter"
	"maps"
	"slices"
)

// ArticleChargeRows gives the rows of article_charges.csv, by number, class,
// claim and date.
func (t *Tables) ArticleChargeRows() []ArticleCharge {
	return inOrderOf(func(yield func([]ArticleCharge) bool) {
		for _, list := range t.articles.lists {
			for i := range list {
				if !yield(list[i].rows) {
					return
				}
			}
		}
	}, func(a, b ArticleCharge) int {
		return cmp.Or(cmp.Compare(a.HTS, b.HTS), cmp.Compare(a.Class, b.Class), cmp.Compare(a.Claim, b.Claim), cmp.Compare(a.From, b.From))
	})
}

// Chapter98Rows gives the rows of chapter98.csv, by number and date.
func (t *Tables) Chapter98Rows() []Chapter98 {
	return inOrderOf(func(yield func([]Chapter98) bool) {
		for i := range t.special {
			if !yield(t.special[i].rows) {
				return
			}
		}
	}, func(a, b Chapter98) int { return cmp.Or(cmp.Compare(a.HTS, b.HTS), cmp.Compare(a.From, b.From)) })
}

// Exemptions gives the rows of mpf_exemptions.csv, by indicator, origin and date.
func (t *Tables) Exemptions() []Exemption {
	return inOrderOf(maps.Values(t.exempt.byKey), func(a, b Exemption) int {
		return cmp.Or(cmp.Compare(a.SPI, b.SPI), cmp.Compare(a.Group, b.Group), cmp.Compare(a.From, b.From))
	})
}

// Origins gives the rows of origins.csv, by country, group and date.
func (t *Tables) Origins() []Origin {
	return inOrderOf(maps.Values(t.origins), func(a, b Origin) int {
		return cmp.Or(cmp.Compare(a.Country, b.Country), cmp.Compare(a.Group, b.Group), cmp.Compare(a.From, b.From))
	})
}

// Ports gives the rows of ports.csv, by code and date.
func (t *Tables) Ports() []Port {
	return inOrderOf(maps.Values(t.ports.byKey), func(a, b Port) int { return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.From, b.From)) })
}

// Districts gives the rows of districts.csv, by code and date.
func (t *Tables) Districts() []District {
	return inOrderOf(maps.Values(t.districts.byKey), func(a, b District) int { return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.From, b.From)) })
}

// Classes gives the rows of class_codes.csv, by code and date.
func (t *Tables) Classes() []ClassCode {
	return inOrderOf(maps.Values(t.classes.byKey), func(a, b ClassCode) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.From, b.From))
	})
}

// inOrderOf gives all rows of the lists that a table is kept in, in one order.
func inOrderOf[R any](lists iter.Seq[[]R], compare func(a, b R) int) []R {
	var rows []R
	for list := range lists {
		rows = append(rows, list...)
	}
	slices.SortFunc(rows, compare)
	return rows
}
