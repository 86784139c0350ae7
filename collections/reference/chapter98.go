package reference

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Base98 says what an amount is computed on under a chapter 98 number.
type Base98 string

// Values of Base98.
const (
	// BaseNone: nothing is owed. As a fee base it is the exemption of chapter 98
	// (ACE CATAIR AE note m).
	BaseNone Base98 = "none"
	// BaseFull is the entered value.
	BaseFull Base98 = "full"
	// BaseProcessing is the value of the repairs, alterations or processing
	// abroad (9802.00.40, .50, .60).
	BaseProcessing Base98 = "processing"
	// BaseLessComponents is the full value less that of the U.S. components
	// (9802.00.80).
	BaseLessComponents Base98 = "less_components"
)

// Chapter98 is a row of chapter98.csv: what duty and merchandise processing fee
// of a line with a chapter 98 number are computed on.
type Chapter98 struct {
	HTS string // the beginning of the numbers it is for, 2 to 10 digits
	// Duty is the base of the duty of the line's chapter 1 to 97 numbers.
	Duty Base98
	// Fee is the base of class 499 (19 USC 58c(b)(8)(D)).
	Fee Base98
	Validity
}

// Exempt says that the line owes no merchandise processing fee.
func (r *Chapter98) Exempt() bool { return r.Fee == BaseNone }

// series98 are the rows of a prefix, in date order.
type series98 struct {
	prefix string
	rows   []Chapter98
}

// chapter98 loads chapter98.csv, the longest prefixes first.
func (l *loader) chapter98() {
	_, byPrefix := load(l, "chapter98", parseChapter98,
		func(r *Chapter98) string { return r.HTS }, func(r *Chapter98) string { return r.HTS })
	for prefix, rows := range byPrefix.byKey {
		l.tables.special = append(l.tables.special, series98{prefix, rows})
	}
	slices.SortFunc(l.tables.special, func(a, b series98) int {
		return cmp.Or(cmp.Compare(len(b.prefix), len(a.prefix)), cmp.Compare(a.prefix, b.prefix))
	})
}

func parseChapter98(c *cells) Chapter98 {
	bases := []string{string(BaseNone), string(BaseFull), string(BaseProcessing), string(BaseLessComponents)}
	r := Chapter98{HTS: c.required("hts"), Duty: Base98(c.oneOf("duty_base", bases...)),
		Fee: Base98(c.oneOf("fee_base", bases...)), Validity: c.validity()}
	if !isPrefix(r.HTS, 2) || !strings.HasPrefix(r.HTS, "98") {
		c.fail("hts", fmt.Errorf("%q is not the beginning of a number of chapter 98", r.HTS))
	}
	return r
}

// Chapter98 gives the row for the most digits of a chapter 98 number on a day.
func (t *Tables) Chapter98(hts string, on Date) (*Chapter98, error) {
	for i := range t.special {
		if !strings.HasPrefix(hts, t.special[i].prefix) {
			continue
		}
		rows := t.special[i].rows
		for j := range rows {
			if rows[j].Covers(on) {
				return &rows[j], nil
			}
		}
	}
	return nil, &MissingError{Table: "chapter98", Key: hts, Date: on}
}
