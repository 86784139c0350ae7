package catair

import (
	"errors"
	"io"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// Actions of a 10 record.
const (
	Add     byte = 'A'
	Replace byte = 'R'
	Delete  byte = 'D'
)

// maxFaults is how many faults of one entry are kept; they are all counted.
const maxFaults = 100

// Summaries reads the entry summaries of a file, one after the other, and checks
// every record on the way.
type Summaries struct {
	c        *Checker
	file     string
	pending  *Record // the 10 record that the next entry begins with
	early    []*FieldError
	sent     reference.Date
	port     string // processing port of the block
	action   byte
	faults   []*FieldError
	lost     int // faults beyond maxFaults
	envelope []*FieldError
	beyond   int   // faults of the envelope beyond maxFaults
	stray    int64 // the first record behind the entry that is not its own; 0 for none
	texts    texts
	// around is the envelope being read, headers the one that the entry is in.
	around, headers headers
	s               *entry.Summary
}

// NewSummaries reads from src; file is what errors and sources call it.
func NewSummaries(src io.Reader, file string) *Summaries {
	return &Summaries{c: NewChecker(NewReader(src)), file: file, texts: texts{all: map[string]string{}}}
}

// UseFactors sets what filers add to their check digits; see Checker.UseFactors.
func (x *Summaries) UseFactors(factors func(filer string, on reference.Date) int) {
	x.c.UseFactors(factors)
}

// Action gives what the last entry's 10 record asks for: Add, Replace or Delete.
func (x *Summaries) Action() byte { return x.action }

// Faults gives what is wrong with the last entry, at most a hundred faults, and
// how many more there were. Such an entry must not be assessed.
func (x *Summaries) Faults() (faults []*FieldError, more int) { return x.faults, x.lost }

// EnvelopeFaults gives what is wrong with the records around the entries read so
// far, at most a hundred faults, and how many more there were. They say nothing
// about an entry; a file that has only them holds no entry.
func (x *Summaries) EnvelopeFaults() (faults []*FieldError, more int) { return x.envelope, x.beyond }

// Next reads the next entry summary into s, and what is wrong with it into
// Faults. At the end it returns io.EOF; any other error ends the file.
func (x *Summaries) Next(s *entry.Summary) error {
	x.faults, x.lost, x.action, x.stray = append(x.faults[:0], x.early...), 0, ' ', 0
	x.early = x.early[:0]
	s.Reset()
	x.s = s
	for x.pending == nil { // pass over the envelope
		rec, err := x.c.Next()
		x.sort(rec, true)
		if err != nil {
			return err
		}
		if x.ends(rec) && x.pending != nil {
			x.faults = append(x.faults, x.early...)
			x.early = x.early[:0]
		}
	}
	x.headers = x.around
	x.begin(x.pending)
	x.pending = nil
	for {
		rec, err := x.c.Next()
		if x.stray == 0 && x.strays(rec) {
			x.stray = rec.Number
		}
		x.sort(rec, false)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if x.ends(rec) {
			return nil
		}
		if x.stray == 0 {
			x.record(rec)
		}
	}
}

// strays says whether the record, behind the 90 record of an entry, is of another
// one whose 10 record is damaged or missing. The entry is none the worse for it.
func (x *Summaries) strays(rec *Record) bool {
	if rec == nil || rec.ID == "" || !x.s.Filed.HasGrand {
		return false
	}
	for _, e := range x.c.Faults() {
		if e.Record == rec.Number && (e.Code == codeUnknownRecord || e.Code == codeOutOfOrder && rec.ID == "11") {
			return true
		}
	}
	return false
}

// sort gives each fault of the last record to the entry, the next entry or the
// envelope. A record that ends the entry may find out what the entry lacks; what
// is wrong with the envelope is no fault of the entries in it.
func (x *Summaries) sort(rec *Record, outside bool) {
	for _, e := range x.c.Faults() {
		switch {
		case around(e.ID) || errors.Is(e.Err, ErrEnvelope):
			x.noteAround(e)
		case begins(rec) && e.Record == rec.Number:
			x.early = append(x.early, e)
		case outside || e.Record == 0 || x.stray > 0 && e.Record >= x.stray:
			x.noteAround(e)
		default:
			x.noteIn(rec, e)
		}
	}
}

// lineOf gives the identifier of the line that a record is in, 0 for none.
func (x *Summaries) lineOf(rec *Record) int {
	switch {
	case rec.Layout != nil && rec.Layout.role == roleLine:
		n, _, _ := rec.ReadNumber(lineNumber)
		return int(n)
	case x.c.Depth() > lineDepth && len(x.s.Lines) > 0:
		return x.s.Lines[len(x.s.Lines)-1].Number
	}
	return 0
}

// lineDepth is the depth of 40 records.
const lineDepth = 3

// noteAround keeps a fault of the envelope, or of records between entries.
func (x *Summaries) noteAround(e *FieldError) {
	if len(x.envelope) == maxFaults {
		x.beyond++
		return
	}
	x.envelope = append(x.envelope, e)
}

// begins says whether the record begins an entry summary. The 10 record of a
// drawback claim does not.
func begins(rec *Record) bool {
	return rec != nil && rec.Layout != nil && rec.Layout.role == roleSummary
}

// around says whether a record is of the envelope.
func around(id string) bool {
	switch id {
	case "A", "B", "Y", "Z", "X0", "X1":
		return true
	}
	return false
}

// ends says whether the record belongs to what follows the entry: the next
// entry, or the envelope, which it looks into.
func (x *Summaries) ends(rec *Record) bool {
	switch rec.ID {
	case "10":
		if !begins(rec) {
			return false
		}
		x.pending = rec
	case "A":
		x.sent, _ = rec.ReadDate(batchDate)
		x.around.follow(rec)
	case "B":
		x.port = x.text(rec, blockPort)
		x.around.follow(rec)
	case "Y", "Z":
		x.around.follow(rec)
	default:
		return false
	}
	return true
}

// noteIn keeps a fault of the entry, found at that record.
func (x *Summaries) noteIn(rec *Record, e *FieldError) {
	if rec != nil && e.Record == rec.Number {
		e.Line = x.lineOf(rec)
	}
	if len(x.faults) == maxFaults {
		x.lost++
		return
	}
	x.faults = append(x.faults, e)
}
