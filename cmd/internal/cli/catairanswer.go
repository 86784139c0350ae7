package cli

import (
	"errors"
	"fmt"
	"strings"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// answer assesses an entry and gives its response. An entry that cannot be read
// or assessed is rejected, with the condition of the fault where there is one.
func (r *responder) answer(s *entry.Summary) *catair.Response {
	out := &catair.Response{Number: s.Number, BrokerReference: s.BrokerReference}
	faults, more := r.source.Faults()
	for _, fault := range faults {
		r.report(fmt.Sprintf("entry %s: %v", s.Number, fault))
		out.Findings = append(out.Findings, finding(r.tables, fault.Code, fault.Line, placeOf(fault)))
	}
	if more > 0 {
		r.report(fmt.Sprintf("entry %s: and %d more faults", s.Number, more))
	}
	if len(faults) == 0 && r.source.Action() != catair.Delete {
		out.Findings = r.assess(s)
	}
	out.Disposition, out.Narrative = catair.Accepted, accepted[r.source.Action()]
	for i := range out.Findings {
		if out.Findings[i].Severity == catair.Fatal {
			out.Disposition, out.Narrative = catair.Rejected, ""
		}
	}
	return out
}

// accepted are the narratives of the last E1 record, by action. They are ours.
var accepted = map[byte]string{
	catair.Replace: "ENTRY SUMMARY ACCEPTED, REPLACED", catair.Delete: "ENTRY SUMMARY DELETED",
}

// assess gives the conditions of an entry.
func (r *responder) assess(s *entry.Summary) []catair.Finding {
	if err := r.assessor.Assess(&r.a, s); err != nil {
		r.report(fmt.Sprintf("record %d: %v", s.Source.Record, err))
		f := finding(r.tables, "", 0, "")
		var refused *assess.Error
		if errors.As(err, &refused) {
			f = finding(r.tables, refused.Condition(), refused.Line, strings.ToUpper(strings.TrimSpace(refused.Field+" "+refused.Value)))
		}
		return []catair.Finding{f}
	}
	var all []catair.Finding
	for _, c := range r.a.Conditions {
		all = append(all, finding(r.tables, c.Code, c.Line, strings.ToUpper(c.Of)))
	}
	return all
}

// placeOf says where a fault is, in the words of an E0 record.
func placeOf(fault *catair.FieldError) string {
	place := fmt.Sprintf("RECORD %d (%s)", fault.Record, fault.ID)
	if f := fault.Field; f != nil {
		place += fmt.Sprintf(" %d-%d %s", f.From, f.To, strings.ToUpper(f.Name))
	}
	return place
}

// severities give the letters of the E1 record.
var severities = map[reference.Severity]catair.Severity{
	reference.Fatal: catair.Fatal, reference.Warning: catair.Warning, reference.Informational: catair.Informational,
}

// unnamed is the narrative of a fault that the error dictionary has no code for.
const unnamed = "NO CONDITION CODE IS KNOWN FOR IT"

// finding gives a condition with its text and severity; one whose severity no
// source says is fatal.
func finding(tables *reference.Tables, code string, line int, of string) catair.Finding {
	f := catair.Finding{Code: code, Line: line, Reference: of, Severity: catair.Fatal, Narrative: unnamed}
	if row := tables.Condition(code); row != nil {
		f.Narrative = row.Text
		if letter, known := severities[row.Severity]; known {
			f.Severity = letter
		}
	}
	return f
}
