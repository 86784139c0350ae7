package catair

import (
	"slices"

	"tidewaiter/collections/entry"
)

// contents checks what lies between fields and records.
func (c *Checker) contents(rec *Record) {
	switch rec.Layout.role {
	case roleSummary:
		c.entryNumber(rec, summaryFiler, summaryNumber)
	case roleLine:
		c.lineNumber(rec)
		c.setOrder(rec)
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

// setOrder checks that a component of an article set follows its header or another
// component: without a header nobody would owe its duty (AE note k, condition 404).
func (c *Checker) setOrder(rec *Record) {
	set := rec.Letter(lineSet)
	if set == entry.SetComponent && c.set != entry.SetHeader && c.set != entry.SetComponent {
		c.note(rec.blame(lineSet, order, ErrNoSetHeader))
	}
	c.set = set
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
