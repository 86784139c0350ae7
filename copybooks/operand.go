package copybooks

import (
	"slices"
	"strings"

	"tidewaiter/ebcdic"
)

// A test that runs for every record must not make an error for each record it
// does not fit. What follows is Field as such tests need it: a failure is a
// fault and nothing else, and Explain makes the error for the one that counts.

// Peek returns the bytes of occurrence i inside rec, as Raw does. Where the
// record ends early, or has no such occurrence, or a counter is out of its range,
// it gives only the fault.
func (f Field) Peek(rec []byte, i int) ([]byte, ebcdic.Fault) {
	p := f.p
	at, length := p.at.fixed, p.size.fixed
	if !p.steady || i != 0 {
		var err error
		if at, length, err = p.locate(rec, i); err != nil {
			return nil, ebcdic.BadCounter
		}
	}
	if at+length > len(rec) {
		return nil, ebcdic.Short
	}
	return rec[at : at+length : at+length], ebcdic.OK
}

// IntOf returns the unscaled value that b, the bytes of one occurrence, holds.
func (f Field) IntOf(b []byte) (int64, ebcdic.Fault) { return f.p.readInt(b) }

// AppendNumberOf appends the number that b holds as AppendNumber does.
func (f Field) AppendNumberOf(dst, b []byte) ([]byte, ebcdic.Fault) {
	return f.p.appendNumber(dst, b)
}

// Explain returns the error of a fault that Peek, IntOf or AppendNumberOf gave.
func (f Field) Explain(rec []byte, i int, fault ebcdic.Fault) *FieldError {
	b, at, err := f.p.find(rec, i)
	if bad, ok := err.(*FieldError); ok {
		return bad
	}
	return &FieldError{Field: f.p.subscripted(i), Offset: at, Bytes: slices.Clone(b), Reason: fault.String(), Fault: fault}
}

// TextBytes returns the bytes of an occurrence that holds s, padded.
func (f Field) TextBytes(s string) ([]byte, ebcdic.Fault) {
	b := make([]byte, f.p.length)
	fault := f.p.putText(b, []byte(s))
	return b, fault
}

// FieldOf returns the field of an item of the layout.
func (c *Codec) FieldOf(it *Item) (Field, bool) {
	for _, f := range c.byName[strings.ToUpper(it.Name)] {
		if f.item == it {
			return Field{f}, true
		}
	}
	return Field{}, false
}

// Conditions returns the level-88 entries called name, "DOMESTIC" or "DOMESTIC
// OF STATUS", each with the field it is a condition of.
func (c *Codec) Conditions(name string) (fields []Field, conditions []Condition) {
	base, groups := qualified(name)
	for _, f := range c.all {
		for _, cond := range f.p.item.Conditions {
			if strings.EqualFold(cond.Name, base) && f.p.item.hasCondition(groups) {
				fields, conditions = append(fields, f), append(conditions, cond)
			}
		}
	}
	return fields, conditions
}

// hasCondition reports whether a condition name of the item may be qualified by
// the groups: the item itself counts as one.
func (it *Item) hasCondition(groups []string) bool {
	if len(groups) > 0 && strings.EqualFold(groups[0], it.Name) {
		groups = groups[1:]
	}
	return it.within(groups)
}
