package workflows

import (
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
