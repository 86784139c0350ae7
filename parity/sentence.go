package parity

import (
	"fmt"
	"strings"

	"tidewaiter/parity/classify"
	"tidewaiter/parity/compare"
	"tidewaiter/parity/record"
	"tidewaiter/parity/report"
)

// pattern says what is the matter with the items of a bucket, in words.
func (r *running) pattern(b *classify.Bucket) string {
	l, n := r.left.name, r.right.name
	p := b.Pattern
	switch p.Kind {
	case compare.SignNibble:
		return "same number, other sign nibble or zone"
	case compare.NegativeZero:
		return "zero on both sides, negative on one"
	case compare.Pad:
		return "same text, other pad bytes"
	case compare.LeftZero:
		return fmt.Sprintf("%s is zero, %s is not", l, n)
	case compare.RightZero:
		return fmt.Sprintf("%s is zero, %s is not", n, l)
	case compare.SignReversed:
		return "the sign is reversed"
	case compare.TimesTen:
		return fmt.Sprintf("%s is ten or a hundred times %s", n, l)
	case compare.OverTen:
		return fmt.Sprintf("%s is ten or a hundred times %s", l, n)
	case compare.By:
		return r.lessOrMore(b, "")
	case compare.LessBySize, compare.MoreBySize:
		return r.lessOrMore(b, "up to ")
	case compare.DaysApart:
		return days(l, n, p.Delta)
	case compare.LeftBlank:
		return fmt.Sprintf("%s is blank, %s is not", l, n)
	case compare.RightBlank:
		return fmt.Sprintf("%s is blank, %s is not", n, l)
	case compare.LetterCase:
		return "same text but for letter case"
	case compare.TextPair:
		return fmt.Sprintf("%s has %q, %s has %q", l, p.Left, n, p.Right)
	case compare.OtherText:
		return "the values differ"
	case compare.OneSideOnly:
		return p.Left
	case compare.Undecodable:
		if p.Left == "" || r.masked[b.Element] {
			return "the value cannot be used"
		}
		return p.Left
	case compare.WholeRecord:
		return r.wholeRecord(b.Verdict)
	}
	return "same value, other bytes"
}

func (r *running) wholeRecord(v compare.Verdict) string {
	switch v {
	case compare.Missing:
		return fmt.Sprintf("in %s, not in %s", r.left.name, r.right.name)
	case compare.Extra:
		return fmt.Sprintf("in %s, not in %s", r.right.name, r.left.name)
	}
	return "the key occurs more than once on a side"
}

// lessOrMore says by how much the left side is less or more.
func (r *running) lessOrMore(b *classify.Bucket, upTo string) string {
	delta, word := b.Pattern.Delta, "less"
	if b.Pattern.Kind == compare.MoreBySize || delta < 0 {
		word = "more"
	}
	if delta < 0 {
		delta = -delta
	}
	scale := r.schema.Elements[b.Element].Field.Scale()
	amount := record.Decimal(delta, scale)
	if delta == 1 && scale == 2 {
		amount = "one cent"
	}
	return fmt.Sprintf("%s is %s%s %s than %s", r.left.name, upTo, amount, word, r.right.name)
}

func days(l, r string, delta int64) string {
	word := "earlier"
	if delta < 0 {
		delta, word = -delta, "later"
	}
	unit := "days"
	if delta == 1 {
		unit = "day"
	}
	return fmt.Sprintf("%s is %d %s %s than %s", l, delta, unit, word, r)
}

// sentence reads a bucket out: how many, of which group, what, how much money.
func (r *running) sentence(b *classify.Bucket, pattern string) string {
	var s strings.Builder
	unit := "records"
	if b.Lines == 1 {
		unit = "record"
	}
	fmt.Fprintf(&s, "%s %s", report.Grouped(b.Lines), unit)
	word := " of "
	for i, d := range r.by {
		label := strings.ReplaceAll(d.Label, "_", " ")
		switch {
		case !d.Test:
			s.WriteString(word + label + " " + blankWord(b.By[i]))
		case b.By[i] == "yes":
			s.WriteString(word + label)
		default:
			continue
		}
		word = ", "
	}
	s.WriteString(": ")
	if b.Element >= 0 {
		s.WriteString(r.schema.Elements[b.Element].Name + ", ")
	}
	s.WriteString(pattern)
	if money, ok := r.money(b); ok && b.Money != 0 {
		fmt.Fprintf(&s, "; %s in all, %s less %s", money, r.right.name, r.left.name)
	}
	return s.String()
}

func blankWord(v string) string {
	if strings.TrimSpace(v) == "" {
		return "blank"
	}
	return v
}

// money is what the bucket moves, where its measure counts cents.
func (r *running) money(b *classify.Bucket) (string, bool) {
	if b.Measure < 0 {
		return "0.00", false
	}
	scale := r.schema.Elements[r.measures[b.Measure].Element].Field.Scale()
	if scale != centsScale {
		return "0.00", false
	}
	return record.Decimal(b.Money, scale), true
}

// centsScale is how many decimal places a field of dollars and cents has.
const centsScale = 2
