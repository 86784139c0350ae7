package reference

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tidewaiter/collections/money"
)

// validityColumns are what every table has, beside its own columns.
var validityColumns = []string{"effective_from", "effective_to", "citation", "verified"}

// fault is an error in a row of a table.
type fault struct {
	table string
	row   int
	err   error
}

// inOrder gives the faults as errors that name file and row, in row order.
func inOrder(faults []fault) []error {
	slices.SortStableFunc(faults, func(a, b fault) int { return cmp.Compare(a.row, b.row) })
	errs := make([]error, len(faults))
	for i, f := range faults {
		errs[i] = fmt.Errorf("%s.csv row %d, %w", f.table, f.row, f.err)
	}
	return errs
}

// cells reads the columns of one row and keeps the first error.
type cells struct {
	header  header
	record  []string
	row     int
	err     error
	interns map[string]string
	recent  [256]string // of interns
	before  []string    // the text last read of each column
	numbers []number    // the number last read of each column
}

// number is what a date, a rate or an amount stands for. It mostly repeats from
// row to row, and is then not read again.
type number struct {
	text  string
	value int64
}

// newCells gives the cells of a table with that header.
func newCells(h header) *cells {
	return &cells{header: h, interns: make(map[string]string), before: make([]string, len(h.names)), numbers: make([]number, len(h.names))}
}

// cell gives a column of the record, which lasts until the next row.
func (c *cells) cell(column string) string { return c.record[c.header.position(column)] }

// text gives a column as written. Values repeat from row to row, so one copy
// of each is kept.
func (c *cells) text(column string) string {
	at := c.header.position(column)
	s := c.record[at]
	if s == c.before[at] {
		return c.before[at]
	}
	recent := &c.recent[recentText(s)]
	if s != *recent {
		kept, ok := c.interns[s]
		if !ok {
			kept = strings.Clone(s)
			c.interns[kept] = kept
		}
		*recent = kept
	}
	c.before[at] = *recent
	return *recent
}

// recentText gives the place of a text among the recent ones.
func recentText(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]*31 + s[len(s)-1] + byte(len(s))
}

// fail keeps the first error of the row.
func (c *cells) fail(column string, err error) {
	if c.err == nil {
		c.err = fmt.Errorf("column %s: %w", column, err)
	}
}

// parsed reads a column that holds a number or a day, none when it is empty.
func (c *cells) parsed(column string, parse func(string) (int64, error)) int64 {
	at := c.header.position(column)
	s := c.record[at]
	last := &c.numbers[at]
	if s == last.text { // at first the empty text, which is 0
		return last.value
	}
	var v int64
	if s != "" {
		var err error
		if v, err = parse(s); err == nil && v < 0 {
			err = fmt.Errorf("%s is negative", s)
		}
		if err != nil {
			c.fail(column, err)
			return v
		}
	}
	*last = number{s, v}
	return v
}

// date reads a column that must hold a day.
func (c *cells) date(column string) Date {
	d := Date(c.parsed(column, func(s string) (int64, error) {
		d, err := ParseDate(s)
		return int64(d), err
	}))
	if d == 0 && c.err == nil {
		_, err := ParseDate("")
		c.fail(column, err)
	}
	return d
}

// flag reads a column that holds yes or no.
func (c *cells) flag(column string) bool {
	s := c.cell(column)
	if s != "yes" && s != "no" {
		c.fail(column, fmt.Errorf("%q is neither yes nor no", s))
	}
	return s == "yes"
}

// rate reads an exact decimal that is not negative; empty is zero.
func (c *cells) rate(column string) money.Rate {
	return money.Rate(c.parsed(column, func(s string) (int64, error) {
		r, err := money.ParseRate(s)
		return int64(r), err
	}))
}

// cents reads an exact amount that is not negative; empty is zero.
func (c *cells) cents(column string) money.Cents {
	return money.Cents(c.parsed(column, func(s string) (int64, error) {
		v, err := money.ParseCents(s)
		return int64(v), err
	}))
}

// oneOf reads a column that must hold one of the given words.
func (c *cells) oneOf(column string, words ...string) string {
	s := c.text(column)
	if !slices.Contains(words, s) {
		c.fail(column, fmt.Errorf("%q is not one of %s", s, strings.Join(words, ", ")))
	}
	return s
}

// required reads a column that must not be empty.
func (c *cells) required(column string) string {
	s := c.text(column)
	if s == "" {
		c.fail(column, errors.New("is empty"))
	}
	return s
}

// validity reads the columns that every table has.
func (c *cells) validity() Validity {
	v := Validity{
		From:     c.date("effective_from"),
		To:       c.date("effective_to"),
		Citation: c.required("citation"),
		Verified: c.flag("verified"),
		Row:      c.row,
	}
	if c.err == nil && v.To < v.From {
		c.fail("effective_to", fmt.Errorf("%s lies before effective_from %s", v.To, v.From))
	}
	return v
}
