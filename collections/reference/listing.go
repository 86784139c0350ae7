package reference

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Listing holds rows of a table as they are written, for people to read.
type Listing struct {
	Definition
	Header []string // Columns and those of Validity
	Rows   []ListedRow
}

// ListedRow is a row as it is written: a cell for each column of the header.
type ListedRow struct {
	Cells []string
	Validity
}

// Listed gives the rows of a table that apply on a day, of all days when it is
// zero. Keys choose among them, in the order of the table's key columns: rows
// whose column has exactly that text or, for tariff numbers, is the beginning of
// it or begins with it. That no row is left is a *MissingError.
func Listed(fsys fs.FS, table string, on Date, keys ...string) (Listing, error) {
	at := slices.IndexFunc(definitions, func(d Definition) bool { return d.Name == table })
	if at < 0 {
		return Listing{}, fmt.Errorf("%q is not a table; tables are %s", table, strings.Join(tableNames(), ", "))
	}
	l := Listing{Definition: definitions[at]}
	if len(keys) > l.Key {
		return l, fmt.Errorf("table %s is asked with %d keys at most (%s), not with %d: %s",
			table, l.Key, strings.Join(l.Columns[:l.Key], ", "), len(keys), strings.Join(keys, " "))
	}
	l.Header = append(slices.Clone(l.Columns), validityColumns...)
	rows, errs := readTable(fsys, table, func(c *cells) ListedRow {
		row := ListedRow{Cells: make([]string, len(l.Header)), Validity: c.validity()}
		for i, column := range l.Header {
			row.Cells[i] = c.text(column)
		}
		return row
	})
	if len(errs) > 0 {
		return l, errs[0]
	}
	l.Rows = slices.DeleteFunc(rows, func(r ListedRow) bool {
		return on != 0 && !r.Covers(on) || !l.matches(r.Cells, keys)
	})
	if len(l.Rows) == 0 && (on != 0 || len(keys) > 0) {
		return l, &MissingError{Table: table, Key: cmp.Or(strings.Join(keys, " "), "any key"), Date: on}
	}
	return l, nil
}

// matches says whether the key columns of a row answer the keys asked for.
func (l *Listing) matches(row, keys []string) bool {
	for i, key := range keys {
		number := l.Columns[i] == "hts" && key != "" && (strings.HasPrefix(row[i], key) || strings.HasPrefix(key, row[i]))
		if row[i] != key && !number {
			return false
		}
	}
	return true
}

// Verified counts the rows that are verified.
func (l *Listing) Verified() int {
	n := 0
	for i := range l.Rows {
		if l.Rows[i].Verified {
			n++
		}
	}
	return n
}

// Span gives the first day of the earliest row and the last day of the latest,
// zero for a table without rows.
func (l *Listing) Span() (from, to Date) {
	for i := range l.Rows {
		r := &l.Rows[i]
		if from == 0 || r.From < from {
			from = r.From
		}
		to = max(to, r.To)
	}
	return from, to
}
