package workflows

import (
	"fmt"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
	"tidewaiter/collections/ledger"
	"tidewaiter/copybooks/dataset"
)

// rejectUnreadable records an entry whose records could not be decoded.
func rejectUnreadable(e *extract.EntryError) ledger.Rejection {
	return ledger.Rejection{
		Entry:   e.Entry,
		Source:  entry.Source{File: e.File, Record: e.Record, Offset: e.Offset},
		Reason:  string(assess.ReasonStructure),
		Field:   e.Field,
		Value:   e.Hex,
		Message: e.Error(),
	}
}

// rejectBreak records where the extract can no longer be cut into records.
func rejectBreak(file string, e *dataset.FramingError) ledger.Rejection {
	return ledger.Rejection{
		Source:  entry.Source{File: file, Record: e.Record, Offset: e.Offset},
		Reason:  string(assess.ReasonStructure),
		Message: file + ": " + e.Error(),
	}
}

// rejectRepeat records an entry whose number stood in the extract before. The
// first one is posted, whichever chunk is posted first.
func rejectRepeat(s *entry.Summary, r extract.Repeat) ledger.Rejection {
	return ledger.Rejection{
		Entry:  s.Number,
		Source: s.Source,
		Reason: ledger.ReasonDuplicate,
		Field:  "EH-ENTRY-NUMBER",
		Value:  string(s.Number),
		Message: fmt.Sprintf("%s: record %d at byte %d: entry %s: field EH-ENTRY-NUMBER: the number stands in record %d already; an entry is collected once, remove one of the two",
			s.Source.File, s.Source.Record, s.Source.Offset, s.Number, r.First),
	}
}

// rejectUnassessable records an entry that the rules give no amount for.
func rejectUnassessable(s *entry.Summary, e *assess.Error) ledger.Rejection {
	return ledger.Rejection{
		Entry:   s.Number,
		Line:    e.Line,
		Source:  s.Source,
		Reason:  string(e.Reason),
		Field:   e.Field,
		Value:   e.Value,
		Message: e.Error(),
	}
}
