package catair

import (
	"fmt"
	"io"
	"slices"

	"tidewaiter/collections/entry"
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
			c.note(rec.blame(f, number, ErrNotNumeric))
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

// contents checks what lies between fields and records.
func (c *Checker) contents(rec *Record) {
	switch rec.Layout.role {
	case roleSummary:
		c.entryNumber(rec, summaryFiler, summaryNumber)
	case roleLine:
		c.lineNumber(rec)
	case roleTotals:
		c.classTwice(rec)
	case roleClaim:
		c.entryNumber(rec, claimFiler, claimNumber)
	}
}

// role says of a record that it is more to the checker than its fields.
type role byte

const (
	roleSummary role = iota + 1 // 10 of an entry summary
	roleLine                    // 40
	roleTotals                  // 89
	roleClaim                   // 10 of a drawback claim
)

// roleOf gives the role of a layout's records, 0 for none.
func roleOf(l *Layout) role {
	switch (layoutKey{l.Chapter, l.Direction, l.Record}) {
	case layoutKey{EntrySummary, Input, "10"}:
		return roleSummary
	case layoutKey{EntrySummary, Input, "40"}:
		return roleLine
	case layoutKey{EntrySummary, Input, "89"}:
		return roleTotals
	case layoutKey{Drawback, Input, "10"}:
		return roleClaim
	}
	return 0
}

var (
	claimFiler  = field(Drawback, Input, "10", "Entry Filer Code")
	claimNumber = field(Drawback, Input, "10", "Entry Number Or Drawback Claim Number")
)

// entryNumber checks form and check digit.
func (c *Checker) entryNumber(rec *Record, filerField, numberField *Field) {
	if isAllBlank(rec.Bytes(filerField)) || isAllBlank(rec.Bytes(numberField)) {
		return // missing, and said so
	}
	if !numeric(rec.Bytes(numberField), false) {
		c.note(rec.blame(numberField, number, ErrEntryNumber))
		return
	}
	text := c.numbers.keep(rec.Bytes(filerField), rec.Bytes(numberField))
	filer, serial, digit := text[:3], text[3:10], text[10]
	factor := 0
	if c.factors != nil {
		on := c.envelope.sent
		if on == 0 && rec.Layout.role == roleSummary { // without a header that says when: about then
			on, _ = rec.ReadDate(summaryPrint)
		}
		factor = c.factors(filer, on)
	}
	want, err := entry.CheckDigitFactor(filer, serial, factor)
	if err != nil {
		c.note(rec.blame(filerField, value, err))
		return
	}
	if digit != want {
		c.note(rec.blame(numberField, check, entry.ErrCheckDigit))
	}
}

// lineNumber checks that a line identifier occurs once.
func (c *Checker) lineNumber(rec *Record) {
	b := rec.Bytes(lineNumber)
	if !numeric(b, false) || b[0] == ' ' {
		return
	}
	n := int(b[0]-'0')*100 + int(b[1]-'0')*10 + int(b[2]-'0')
	if c.lines[n/64]>>(n%64)&1 != 0 {
		c.note(rec.blame(lineNumber, duplicate, ErrTwice))
	}
	c.lines[n/64] |= 1 << (n % 64)
}

// classTwice checks that a class occurs once in the totals: condition 254.
func (c *Checker) classTwice(rec *Record) {
	for _, f := range feeTotals {
		class := rec.Bytes(f.class)
		if isAllBlank(class) {
			continue
		}
		if slices.Contains(c.classes, [3]byte(class)) {
			c.note(rec.blame(f.class, duplicate, ErrTwice))
		}
		c.classes = append(c.classes, [3]byte(class))
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
