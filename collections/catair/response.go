package catair

import (
	"fmt"

	"tidewaiter/collections/entry"
)

// Severity is how grave a condition is. The letters are not confirmed by a
// source: tables/dispositions.csv.
type Severity byte

// Severities.
const (
	Fatal         Severity = 'F' // the entry is rejected
	Warning       Severity = 'W'
	CensusWarning Severity = 'C'
	Informational Severity = 'I'
)

// Disposition is what became of an entry, in the last E1 record about it. The
// letters are not confirmed by a source: tables/dispositions.csv.
type Disposition byte

// Dispositions.
const (
	Undecided Disposition = ' ' // of an E1 record that reports a condition
	Accepted  Disposition = 'A'
	Rejected  Disposition = 'R'
)

// Finding is one condition of a response.
type Finding struct {
	Code      string // condition code, "624"
	Severity  Severity
	Reason    string // up to three characters
	Line      int    // line number; 0 for the summary as a whole
	Reference string // what of it, up to 55 characters: "50 8708290010"; blank for none
	Narrative string // up to 40 characters; more are cut off
}

// Response is what Customs answers to one entry summary (AX) or drawback claim
// (DX).
type Response struct {
	Number          entry.Number
	Version         string // MMMmm: major and minor version, five digits; blank before the first
	BrokerReference string
	Disposition     Disposition
	Code, Narrative string // of the last E1 record: the disposition as a condition
	Findings        []Finding
}

// Kinds of reference data in an E0 record; see tables/dispositions.csv.
const (
	referenceHeader   = "HEADER"
	referenceLine     = "LINE"
	referenceConstant = "REF ID:"
)

// WriteResponse writes the E0 and E1 records of one entry: an E0 record before
// the conditions of each line, an E1 record for each condition, and a last E1
// record with what became of the entry. It is written inside a block of AX or DX.
func (w *Writer) WriteResponse(r *Response) error {
	if w.block == nil {
		return errNoBlock
	}
	chapter := applications[w.block.Application].chapter
	if w.direction != Output || chapter != EntrySummary && chapter != Drawback {
		return fmt.Errorf("catair: a response is written in a block of AX or DX, not %s", w.block.Application)
	}
	said := Finding{Line: -1}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Line != said.Line || f.Reference != said.Reference {
			if err := w.writeReference(w.begin(chapter, "E0"), f); err != nil {
				return err
			}
			said = *f
		}
		if err := w.writeCondition(chapter, r, f, Undecided); err != nil {
			return err
		}
	}
	last := Finding{Code: r.Code, Narrative: r.Narrative, Severity: Informational}
	if r.Disposition == Rejected {
		last.Severity = Fatal
	}
	if last.Narrative == "" {
		last.Narrative = narratives[r.Disposition]
	}
	return w.writeCondition(chapter, r, &last, r.Disposition)
}

// narratives are the texts of the last record where the caller gives none. They
// are ours: the guide's are not known.
var narratives = map[Disposition]string{
	Accepted: "ENTRY SUMMARY ACCEPTED", Rejected: "ENTRY SUMMARY REJECTED", Undecided: "ENTRY SUMMARY NOT DECIDED",
}

// WriteCondition writes a condition of the batch or block that is open: an X1
// record, behind an X0 record where the finding has a reference.
func (w *Writer) WriteCondition(f *Finding) error {
	if w.batch == nil {
		return errNoBatch
	}
	if w.direction != Output {
		return fmt.Errorf("catair: a condition is written in a batch from Customs, not of %s", w.batch.Application)
	}
	if f.Reference != "" {
		if err := w.writeReference(w.envelope("X0"), f); err != nil {
			return err
		}
	}
	d := w.envelope("X1")
	d.putLetter(d.layout.Field("Severity Code"), byte(f.Severity))
	d.Set("Condition Code", f.Code)
	d.putLegible("Narrative Text", f.Narrative)
	return w.WriteDraft(d)
}

// writeReference writes the E0 or X0 record of a finding.
func (w *Writer) writeReference(d *Draft, f *Finding) error {
	kind, position := referenceHeader, 1
	if f.Line > 0 {
		kind, position = referenceLine, f.Line
	}
	d.Set("Reference Data Type Code", kind).Set("Reference ID Constant", referenceConstant)
	d.putNumber(d.layout.Field("Occurrence Position"), int64(position))
	text := f.Reference
	if text == "" && f.Line > 0 {
		text = fmt.Sprintf("LINE %03d", f.Line)
	} else if text == "" {
		text = "ENTRY SUMMARY"
	}
	d.putLegible("Reference Data Text", text)
	return w.WriteDraft(d)
}

// writeCondition writes an E1 record.
func (w *Writer) writeCondition(chapter Chapter, r *Response, f *Finding, disposition Disposition) error {
	d := w.begin(chapter, "E1")
	d.putLetter(d.layout.Field("Disposition Type Code"), byte(disposition))
	d.putLetter(d.layout.Field("Severity Code"), byte(f.Severity))
	d.Set("Condition Code", f.Code).Set("Reason Code", f.Reason)
	d.putLegible("Narrative Text", f.Narrative)
	if n := r.Number; len(n) > 3 {
		d.putLegible("Entry Filer Code", n.Filer())
		d.putLegible("Entry Number", string(n[3:]))
	}
	d.putLegible("Broker Reference Number", r.BrokerReference)
	if r.Version != "" {
		d.put(d.layout.Field("Version Number"), r.Version)
	}
	return w.WriteDraft(d)
}
