package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// refusedEntry is the JSON form of an entry that is not assessed: it has no
// amounts, and its conditions say why.
type refusedEntry struct {
	Entry      string    `json:"entry"`
	Refused    bool      `json:"refused"` // true
	Conditions []refusal `json:"conditions"`
}

// refusal is one of the reasons why an entry is not assessed: a condition as an
// assessment has them, and where it was found.
type refusal struct {
	Condition string `json:"code"` // that Customs raises for it; "" where none is known
	Line      int    `json:"line"` // of the entry; 0 for the summary as a whole
	Text      string `json:"text,omitempty"`
	Record    int64  `json:"record,omitempty"` // of the file; the line of a JSON file
	Field     string `json:"field,omitempty"`
	From      int    `json:"from,omitempty"` // positions in the record
	To        int    `json:"to,omitempty"`
	Error     string `json:"error"`
}

// refusalOfFault gives what a fault of a record says.
func refusalOfFault(fault *catair.FieldError) refusal {
	r := refusal{Condition: fault.Code, Record: fault.Record, Line: fault.Line, Error: fault.Error()}
	if f := fault.Field; f != nil {
		r.Field, r.From, r.To = f.Name, f.From, f.To
	}
	return r
}

// refusalOf gives what an error of reading or assessing an entry says.
func refusalOf(err error, record int64) refusal {
	r := refusal{Record: record, Error: err.Error()}
	var bad *assess.Error
	var field *entry.FieldError
	switch {
	case errors.As(err, &bad):
		r.Condition, r.Line, r.Field = bad.Condition(), bad.Line, bad.Field
	case errors.As(err, &field):
		r.Line, r.Field = field.Line, field.Field
	case errors.Is(err, entry.ErrCheckDigit):
		r.Condition, r.Field = "B16", "entry"
	}
	if r.Condition != "" {
		r.Error += " (condition " + r.Condition + ")"
	}
	return r
}

// renderRefused writes a refused entry as a line of JSON.
func renderRefused(tables *reference.Tables) func(dst []byte, n entry.Number, refusals []refusal) []byte {
	return func(dst []byte, n entry.Number, refusals []refusal) []byte {
		for i := range refusals {
			if row := tables.Condition(refusals[i].Condition); row != nil {
				refusals[i].Text = row.Text
			}
		}
		var line strings.Builder
		encoder := json.NewEncoder(&line)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(refusedEntry{Entry: string(n), Refused: true, Conditions: refusals}); err != nil { // it holds strings and numbers only
			panic(fmt.Sprintf("writing a refused entry as JSON: %v", err))
		}
		return append(dst, line.String()...)
	}
}
