package catair

import (
	"errors"
	"fmt"
	"io"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
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

// Summaries reads the entry summaries of a file, one after the other.
type Summaries struct {
	r       *Reader
	file    string
	pending *Record // the 10 record that the next entry begins with
	sent    reference.Date
	port    string // processing port of the block
	action  byte
	faults  []*FieldError
	lost    int // faults beyond maxFaults
	texts   map[string]string
	s       *entry.Summary
}

// NewSummaries reads from src; file is what errors and sources call it.
func NewSummaries(src io.Reader, file string) *Summaries {
	return &Summaries{r: NewReader(src), file: file, texts: map[string]string{}}
}

// Action gives what the last entry's 10 record asks for: Add, Replace or Delete.
func (x *Summaries) Action() byte { return x.action }

// Faults gives what could not be read of the last entry, at most a hundred
// faults, and how many more there were. Such an entry is incomplete: it must
// not be assessed.
func (x *Summaries) Faults() (faults []*FieldError, more int) { return x.faults, x.lost }

// Next reads the next entry summary into s, and what is wrong with it into
// Faults. At the end it returns io.EOF; any other error ends the file.
func (x *Summaries) Next(s *entry.Summary) error {
	x.faults, x.lost, x.action = x.faults[:0], 0, ' '
	s.Reset()
	x.s = s
	if x.pending == nil {
		if err := x.seek(); err != nil {
			return err
		}
	}
	x.begin(x.pending)
	for {
		rec, err := x.r.Next()
		if err == io.EOF {
			x.pending = nil
			return nil
		}
		if err != nil {
			if !x.check(err) {
				return err
			}
			continue
		}
		if rec.Fault != nil {
			x.note(rec.Fault)
		}
		if x.ends(rec) {
			return nil
		}
		x.record(rec)
	}
}

// seek passes over the envelope to the first 10 record.
func (x *Summaries) seek() error {
	for {
		rec, err := x.r.Next()
		if err != nil {
			if !x.check(err) {
				return err
			}
			continue
		}
		if x.ends(rec) && x.pending != nil {
			return nil
		}
	}
}

// ends says whether the record belongs to what follows the entry: the next
// entry, or the envelope, which it looks into.
func (x *Summaries) ends(rec *Record) bool {
	x.pending = nil
	switch rec.ID {
	case "10":
		x.pending = rec
	case "A":
		sent, err := rec.ReadDate(transmitted)
		x.check(err)
		x.sent = sent
	case "B":
		x.port = x.text(rec, processingPort)
	case "Y", "Z":
	default:
		return false
	}
	return true
}

var (
	transmitted    = field(Envelope, Input, "A", "Transmission Date")
	processingPort = field(Envelope, Input, "B", "Processing District/Port Code")
)

// note keeps a fault.
func (x *Summaries) note(e *FieldError) {
	if len(x.faults) == maxFaults {
		x.lost++
		return
	}
	x.faults = append(x.faults, e)
}

// check keeps an error of a field or record, and says whether it was one.
func (x *Summaries) check(err error) bool {
	if err == nil {
		return false
	}
	var bad *FieldError
	if !errors.As(err, &bad) {
		return false
	}
	x.note(bad)
	return true
}

// text gives a field's text; codes repeat, and each is kept once.
func (x *Summaries) text(rec *Record, f *Field) string {
	b := rec.Trimmed(f)
	if len(b) == 0 {
		return ""
	}
	if s, ok := x.texts[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(x.texts) < maxTexts {
		x.texts[s] = s
	}
	return s
}

// maxTexts bounds the codes that are kept.
const maxTexts = 1 << 16

func (x *Summaries) date(rec *Record, f *Field) reference.Date {
	d, err := rec.ReadDate(f)
	x.check(err)
	return d
}

func (x *Summaries) number(rec *Record, f *Field) int64 {
	v, _, err := rec.ReadNumber(f)
	x.check(err)
	return v
}

func (x *Summaries) cents(rec *Record, f *Field) money.Cents {
	return money.Cents(x.number(rec, f))
}

// oneOf is a letter of the given ones, or a blank.
func (x *Summaries) oneOf(rec *Record, f *Field, letters string) byte {
	c := rec.Letter(f)
	for i := range len(letters) {
		if c == letters[i] {
			return c
		}
	}
	if c != ' ' {
		x.note(rec.fault(f, fmt.Errorf("not one of %q", letters)))
	}
	return ' '
}

// flag is Y or blank.
func (x *Summaries) flag(rec *Record, f *Field) bool { return x.oneOf(rec, f, "Y") == 'Y' }

// classAmount is an amount and its class; a blank class is none.
func (x *Summaries) classAmount(rec *Record, f classAmountFields) (reference.ClassAmount, bool) {
	a := reference.ClassAmount{Class: reference.Class(x.text(rec, f.class)), Amount: x.cents(rec, f.amount)}
	if a.Class == "" && a.Amount != 0 {
		x.note(rec.fault(f.class, fmt.Errorf("an amount of %s has no class code", a.Amount)))
	}
	return a, a.Class != ""
}
