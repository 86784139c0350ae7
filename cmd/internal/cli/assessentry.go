package cli

import (
	"fmt"
	"io"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// entryWork is what is done with each entry. It is shared by the workers and
// does not change.
type entryWork struct {
	tables  *reference.Tables
	compute func(*assess.Assessment, *entry.Summary) error
	render  func(dst []byte, s *entry.Summary, a *assess.Assessment) []byte
	name    string // of the input, for errors
	unit    string // of an item's record: "line" or "record"
	// progress is called from time to time by the goroutine that writes.
	progress func()
}

// do appends what came of an item to the batch's output, or to its report what
// is wrong with it.
func (w *entryWork) do(item *entryItem, a *assess.Assessment, b *entryBatch) {
	if len(item.faults) > 0 {
		b.bad++
		for _, fault := range item.faults {
			b.report = fmt.Appendf(b.report, "tidewaiter: %s: entry %s: %v\n", w.name, item.summary.Number, fault)
		}
		if item.more > 0 {
			b.report = fmt.Appendf(b.report, "tidewaiter: %s: entry %s: and %d more faults\n", w.name, item.summary.Number, item.more)
		}
		return
	}
	if item.action == catair.Delete {
		b.report = fmt.Appendf(b.report, "tidewaiter: %s %s %d: entry %s is deleted (action D): nothing is owed\n", w.name, w.unit, item.record, item.summary.Number)
		return
	}
	if err := w.assess(item, a); err != nil {
		b.bad++
		b.report = fmt.Appendf(b.report, "tidewaiter: %s %s %d: %v\n", w.name, w.unit, item.record, err)
		return
	}
	b.output = w.render(b.output, &item.summary, a)
}

// reportAround reports what is wrong with the records that belong to no entry,
// and counts it.
func (w *entryWork) reportAround(src summarySource, stderr io.Writer) int {
	faults, more := src.around()
	for _, fault := range faults {
		_, _ = fmt.Fprintf(stderr, "tidewaiter: %s: %v\n", w.name, fault)
	}
	if more > 0 {
		_, _ = fmt.Fprintf(stderr, "tidewaiter: %s: and %d more faults outside the entries\n", w.name, more)
	}
	return len(faults) + more
}

// assess computes one entry.
func (w *entryWork) assess(item *entryItem, a *assess.Assessment) error {
	s := &item.summary
	if len(item.text) > 0 {
		s.Source = entry.Source{File: w.name, Record: item.record}
		if err := entry.Decode(item.text, s); err != nil {
			return err
		}
	}
	if err := s.Number.Check(w.tables.CheckDigitFactor(s.Number.Filer(), s.EntryDate)); err != nil {
		return fmt.Errorf("%w; a filer that has used up its numbers has a row in check_digit_factors.csv", err)
	}
	return w.compute(a, s)
}
