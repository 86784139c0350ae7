package reference

import (
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
)

// maxRows bounds a table: the U.S. tariff with all columns and dates stays far
// below it.
const maxRows = 1_000_000

// readTable reads one CSV file: a header row with exactly the table's columns and
// those of Validity, in any order, and rows that parse reads. Faulty rows are
// reported, all of them. A large table's halves are parsed at the same time, so
// parse may change nothing but its cells.
func readTable[R any](fsys fs.FS, table string, parse func(*cells) R) ([]R, []error) {
	text, err := readText(fsys, table)
	if err != nil {
		return nil, []error{err}
	}
	source := records{text: text, line: 1}
	var h header
	if err := h.read(&source, define(table).Columns); err != nil {
		return nil, []error{fmt.Errorf("%s.csv row 1: %w", table, err)}
	}
	if len(source.text) > halvedText {
		if rows, ok := readHalves(table, source, h, parse); ok {
			return rows, nil
		}
	}
	return readRows(table, &source, newCells(h), parse, make([]R, 0, min(strings.Count(source.text, "\n")+1, maxRows)))
}

// readText reads a table's file.
func readText(fsys fs.FS, table string) (string, error) {
	file, err := fsys.Open(table + ".csv")
	if err != nil {
		return "", fmt.Errorf("opening table %s: %w", table, err)
	}
	defer file.Close()
	var text strings.Builder
	if info, err := file.Stat(); err == nil {
		text.Grow(int(info.Size()))
	}
	if _, err := io.Copy(&text, file); err != nil {
		return "", fmt.Errorf("reading %s.csv: %w", table, err)
	}
	return text.String(), nil
}

// readRows reads the rows of a text and appends them.
func readRows[R any](table string, source *records, c *cells, parse func(*cells) R, rows []R) ([]R, []error) {
	var faults []fault
	for {
		var err error
		c.record, c.row, err = source.next()
		if err == io.EOF {
			return rows, inOrder(faults)
		}
		if err != nil { // names the line
			return nil, append(inOrder(faults), fmt.Errorf("reading %s.csv: %w", table, err))
		}
		if len(rows) == maxRows {
			return nil, []error{fmt.Errorf("%s.csv has more than %d rows", table, maxRows)}
		}
		c.err = nil
		r := parse(c)
		if c.err != nil {
			faults = append(faults, fault{table, c.row, c.err})
			continue
		}
		rows = append(rows, r)
	}
}

// halvedText is the size from which the halves of a table are parsed at the same
// time.
const halvedText = 1 << 20

// readHalves reads the two halves of a text, each by a goroutine of its own. It is
// false when a row has a fault, or the middle lies inside a field of several lines:
// reading from the start to the end then says what there is.
func readHalves[R any](table string, source records, h header, parse func(*cells) R) ([]R, bool) {
	middle := strings.LastIndexByte(source.text[:len(source.text)/2], '\n') + 1 // 0, and an empty half, when there is none
	first, second := source, source
	first.text, second.text = source.text[:middle], source.text[middle:]
	first.fields, second.fields = nil, nil
	lines := strings.Count(first.text, "\n")
	second.line += lines
	rows := make([]R, lines+strings.Count(second.text, "\n")+1)
	var before, behind []R
	var errsBefore, errsBehind []error
	var both sync.WaitGroup
	both.Go(func() { before, errsBefore = readRows(table, &first, newCells(h), parse, rows[:0:lines]) })
	both.Go(func() { behind, errsBehind = readRows(table, &second, newCells(h), parse, rows[lines:lines]) })
	both.Wait()
	if len(errsBefore) > 0 || len(errsBehind) > 0 || len(before)+len(behind) > maxRows {
		return nil, false
	}
	return append(rows[:len(before)], behind...), true // in place, mostly
}
