package catair

import (
	"fmt"
	"io"

	"tidewaiter/collections/reference"
)

// Checker reads records and checks each: the class of every character, mandatory
// fields, numbers and dates, its place in the structure map of its chapter, the
// nesting of the envelope, the check digit of an entry number.
type Checker struct {
	r        *Reader
	faults   []*FieldError
	factors  func(filer string, on reference.Date) int
	frames   []frame
	grammar  *grammar
	envelope envelope
	// deletion says that the transaction at hand deletes an entry, extraneous that
	// it was found to have more than its 10 record.
	deletion, extraneous bool
	lines                [16]uint64 // a bit for each line identifier of the entry
	set                  byte       // X or V of the line before, in the entry
	classes              [][3]byte  // of the transaction's 89 records
	numbers              page       // of entries
	ended                bool
	depth                int
}

// frame is a group that is open.
type frame struct {
	group  *group
	start  int64 // number of its first record
	id     string
	rank   int
	counts [maxSlots]int32
}

// NewChecker reads from r.
func NewChecker(r *Reader) *Checker { return &Checker{r: r, frames: make([]frame, 0, maxDepth)} }

// UseFactors sets what filers add to their check digits (condition B16), on the
// day of the transmission or, where no header tells it, of the statement; without it
// nobody adds anything.
func (c *Checker) UseFactors(factors func(filer string, on reference.Date) int) { c.factors = factors }

// Faults gives what the last call of Next found wrong, in the record and in the
// groups that it ended; with io.EOF, in what the end of the file leaves open.
func (c *Checker) Faults() []*FieldError { return c.faults }

// Depth says how deep the last record stands: 0 for A and Z, 1 for B and Y, 2 for
// what begins a transaction, 3 for what is under it, and so on.
func (c *Checker) Depth() int { return c.depth }

// Next gives the next record, io.EOF at the end, and what is wrong into Faults.
func (c *Checker) Next() (*Record, error) {
	c.faults = c.faults[:0]
	rec, err := c.r.Next()
	if err == io.EOF && !c.ended {
		c.ended = true
		c.end()
	}
	if err != nil || rec.ID == "" {
		return rec, err
	}
	if rec.Fault != nil {
		c.note(rec.Fault)
	}
	switch rec.ID {
	case "A", "Z":
		c.depth = 0
		c.enclose(rec)
	case "B", "Y", "X0", "X1":
		c.depth = 1
		c.enclose(rec)
	default:
		c.depth = c.place(rec)
	}
	if rec.Layout != nil {
		c.fields(rec)
		c.contents(rec)
	}
	return rec, nil
}

func (c *Checker) note(e *FieldError) { c.faults = append(c.faults, e) }

// fields checks the characters of each field.
func (c *Checker) fields(rec *Record) {
	l := rec.Layout
	if !l.program.sound((*[Length]byte)(rec.Text)) {
		c.unsound(rec)
	}
	for _, f := range l.dates {
		if _, ok := readDate(rec.Bytes(f)); !ok {
			c.note(rec.blame(f, date, ErrNotADate))
		}
	}
}

// unsound looks at each field of a record whose characters are not sound.
func (c *Checker) unsound(rec *Record) {
	l := rec.Layout
	var bad kind
	for i, character := range rec.Text {
		bad |= kinds[character] & l.forbid[i]
	}
	if bad != 0 {
		c.badClasses(rec)
	}
	for _, f := range l.required {
		if isAllBlank(rec.Bytes(f)) {
			c.note(rec.blame(f, missing, ErrMissing))
		}
	}
	for _, f := range l.numbers {
		if !numeric(rec.Bytes(f), f.Class == SpacedNumber) {
			c.note(rec.blame(f, number, notNumeric(rec.Bytes(f))))
		}
	}
}

// numeric says whether b is blank or digits, with blanks before them where the
// class allows it.
func numeric(b []byte, spaced bool) bool {
	i := 0
	for i < len(b) && b[i] == ' ' {
		i++
	}
	if i > 0 && i < len(b) && !spaced {
		return false
	}
	for ; i < len(b); i++ {
		if b[i]-'0' > 9 {
			return false
		}
	}
	return true
}

// badClasses finds the fields with characters that may not stand there. Numbers
// and dates are left to their own checks.
func (c *Checker) badClasses(rec *Record) {
	for i := range rec.Layout.Fields {
		f := &rec.Layout.Fields[i]
		if f.number() || f.Class == Date {
			continue
		}
		for at := f.From - 1; at < f.To; at++ {
			if kinds[rec.Text[at]]&rec.Layout.forbid[at] == 0 {
				continue
			}
			e := rec.fault(f, ErrClass)
			e.Code = codeNonStandard
			if f.Class == Spaces && f.filler() {
				e.Code, e.Err = codeFiller, ErrFiller
			}
			c.note(e)
			break
		}
	}
}

// end checks what the end of the file leaves open.
func (c *Checker) end() {
	c.closeTo(0)
	at := &Record{Number: c.r.number, ID: c.envelope.last}
	if c.envelope.inBlock {
		c.note(at.blameWhole("X05", fmt.Errorf("%w: the file ends without a Y record", ErrEnvelope)))
	}
	if c.envelope.inBatch {
		c.note(at.blameWhole("X06", fmt.Errorf("%w: the file ends without a Z record", ErrEnvelope)))
	}
}
