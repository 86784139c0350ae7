package compare

import (
	"bytes"
	"strings"
	"time"

	"tidewaiter/copybooks"
)

// Kind is the kind of a finding.
type Kind uint8

const (
	OtherBytes   Kind = iota // same value, other bytes, none of the kinds below
	SignNibble               // same number, other sign nibble or zone
	NegativeZero             // zero on both sides, minus on one
	Pad                      // same text, other pad
	LeftZero                 // zero on the left only
	RightZero                // zero on the right only
	SignReversed             // one is the other's negative
	TimesTen                 // right is ten or a hundred times left: the decimal point moved
	OverTen                  // left is ten or a hundred times right
	By                       // right less left is Pattern.Delta
	LessBySize               // left is less, by up to Pattern.Delta
	MoreBySize               // left is more, by up to Pattern.Delta
	DaysApart                // dates, right is Pattern.Delta days later
	LeftBlank                // blank on the left only
	RightBlank               // blank on the right only
	LetterCase               // same but for letter case
	TextPair                 // Pattern.Left stands on the left, Pattern.Right on the right
	OtherText                // other texts
	OneSideOnly              // the occurrence stands on one side only
	Undecodable              // no value on a side; Pattern.Left says why
	WholeRecord              // the record as a whole: missing, extra, duplicate
)

// Pattern is the kind of a finding with what tells it from others of its kind.
type Pattern struct {
	Kind        Kind
	Delta       int64
	Left, Right string
}

// Pattern says of what kind a finding on this pair is. Masked texts are never
// part of it.
func (c *Comparer) Pattern(f Finding, left, right []byte, masked bool) Pattern {
	if f.Element < 0 || f.Verdict == Invalid {
		return Pattern{Kind: Undecodable, Left: f.Reason}
	}
	if f.Reason != "" {
		return Pattern{Kind: OneSideOnly, Left: f.Reason}
	}
	e := c.schema.Elements[f.Element]
	if f.HasDelta {
		return c.numberPattern(e.Field, f, left, right, masked)
	}
	return c.textPattern(e.Field, f, left, right, masked)
}

func (c *Comparer) numberPattern(fd copybooks.Field, f Finding, left, right []byte, masked bool) Pattern {
	l, _ := fd.Int(left, f.Occurrence)
	r, _ := fd.Int(right, f.Occurrence)
	switch {
	case f.Delta == 0 && l == 0:
		return Pattern{Kind: NegativeZero}
	case f.Delta == 0:
		return Pattern{Kind: SignNibble}
	case masked:
		return Pattern{Kind: OtherText}
	case l == 0:
		return Pattern{Kind: LeftZero}
	case r == 0:
		return Pattern{Kind: RightZero}
	}
	if days, ok := daysApart(fd, l, r); ok {
		return Pattern{Kind: DaysApart, Delta: days}
	}
	switch {
	case f.Delta == 1 || f.Delta == -1:
		return Pattern{Kind: By, Delta: f.Delta}
	case l == -r:
		return Pattern{Kind: SignReversed}
	case r/10 == l && r%10 == 0 || r/100 == l && r%100 == 0:
		return Pattern{Kind: TimesTen}
	case l/10 == r && l%10 == 0 || l/100 == r && l%100 == 0:
		return Pattern{Kind: OverTen}
	}
	return Pattern{Kind: By, Delta: f.Delta}
}

// IsDate reports whether a field is named and shaped like a date, ccyymmdd: a
// difference of two such numbers means nothing.
func IsDate(f copybooks.Field) bool {
	it := f.Item()
	return it.Digits == 8 && f.Scale() == 0 && !it.Signed && strings.Contains(it.Name, "DATE")
}

// daysApart counts the days between two values of a date.
func daysApart(f copybooks.Field, l, r int64) (int64, bool) {
	if !IsDate(f) {
		return 0, false
	}
	from, ok := date(l)
	to, ok2 := date(r)
	if !ok || !ok2 {
		return 0, false
	}
	return int64(to.Sub(from) / (24 * time.Hour)), true
}

func date(v int64) (time.Time, bool) {
	y, m, d := int(v/10000), time.Month(v/100%100), int(v%100)
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return t, t.Year() == y && t.Month() == m && t.Day() == d
}

// longestPair bounds the texts that a pattern quotes, in bytes.
const longestPair = 24

func (c *Comparer) textPattern(fd copybooks.Field, f Finding, left, right []byte, masked bool) Pattern {
	c.l, _ = fd.Append(c.l[:0], left, f.Occurrence)
	c.r, _ = fd.Append(c.r[:0], right, f.Occurrence)
	switch {
	case bytes.Equal(c.l, c.r):
		return Pattern{Kind: Pad}
	case len(bytes.TrimSpace(c.l)) == 0:
		return Pattern{Kind: LeftBlank}
	case len(bytes.TrimSpace(c.r)) == 0:
		return Pattern{Kind: RightBlank}
	case bytes.EqualFold(c.l, c.r):
		return Pattern{Kind: LetterCase}
	case masked || len(c.l) > longestPair || len(c.r) > longestPair:
		return Pattern{Kind: OtherText}
	}
	return Pattern{Kind: TextPair, Left: string(c.l), Right: string(c.r)}
}

// Size is the upper bound of the size class of a difference: 10, 100, 1,000, …
// units of the last decimal place.
func Size(delta int64) int64 {
	if delta < 0 {
		delta = -delta
	}
	bound := int64(10)
	for bound < delta && bound < 1e18 {
		bound *= 10
	}
	return bound
}
