package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

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
	// renderRefused is nil where only the report says what is refused.
	renderRefused func(dst []byte, n entry.Number, refusals []refusal) []byte
	name          string // of the input, for errors
	unit          string // of an item's record: "line" or "record"
	// progress is called from time to time by the goroutine that writes.
	progress func()
}

// do appends what came of an item to the batch's output, and to its report what
// is wrong with it.
func (w *entryWork) do(item *entryItem, a *assess.Assessment, b *entryBatch) {
	n := item.summary.Number
	if len(item.faults) > 0 {
		refusals := make([]refusal, len(item.faults))
		for i, fault := range item.faults {
			refusals[i] = refusalOfFault(fault)
			b.say("%s: entry %s: %s", w.name, n, refusals[i].Error)
		}
		if item.more > 0 {
			b.say("%s: entry %s: and %d more faults", w.name, n, item.more)
		}
		w.refuse(b, n, refusals)
		return
	}
	if item.action == catair.Delete {
		b.say("%s %s %d: entry %s is deleted (action D): nothing is owed", w.name, w.unit, item.record, n)
		return
	}
	if err := w.assess(item, a); err != nil {
		r := refusalOf(err, item.record)
		b.say("%s %s %d: %s", w.name, w.unit, item.record, r.Error)
		n = item.summary.Number
		var unread *entry.FieldError
		if errors.As(err, &unread) {
			n = unread.Entry // the summary still is the one before it
		}
		w.refuse(b, n, []refusal{r})
		return
	}
	b.output = w.render(b.output, &item.summary, a)
}

// say adds a line to the report. Texts of the file may stand in it.
func (b *entryBatch) say(format string, args ...any) {
	b.report = append(b.report, legible("tidewaiter: "+fmt.Sprintf(format, args...))...)
	b.report = append(b.report, '\n')
}

// legible gives a text without what a terminal would obey.
func legible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return '?'
		}
		return r
	}, text)
}

// refuse counts a bad entry, and writes why it is not assessed.
func (w *entryWork) refuse(b *entryBatch, n entry.Number, refusals []refusal) {
	b.bad++
	if w.renderRefused != nil {
		b.output = w.renderRefused(b.output, n, refusals)
	}
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

// assess computes one entry. The check digits of a message's entries were looked
// at as it was read.
func (w *entryWork) assess(item *entryItem, a *assess.Assessment) error {
	s := &item.summary
	if len(item.text) > 0 {
		s.Source = entry.Source{File: w.name, Record: item.record}
		if err := entry.Decode(item.text, s); err != nil {
			return err
		}
		on := cmp.Or(s.EntryDate, s.ReceivedDate, s.EstimatedDate)
		if err := s.Number.Check(w.tables.CheckDigitFactor(s.Number.Filer(), on)); err != nil {
			return fmt.Errorf("%w; a filer that has used up its numbers has a row in check_digit_factors.csv", err)
		}
	}
	return w.compute(a, s)
}
