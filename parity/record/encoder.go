package record

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"tidewaiter/copybooks"
)

// Value is one named value of a row: absent, a text, or a list of texts for a
// field that occurs.
type Value struct {
	Null bool
	Text string
	List []Value
	Many bool // List counts, Text does not
}

// Encoder turns rows of values into records.
type Encoder struct {
	schema *Schema
	blank  []byte
	into   []column
	// NullIsBlank lets an absent value stand for blanks or zero. Without it an
	// absent value is an error.
	NullIsBlank bool
}

type column struct {
	name       string
	elements   []int
	occurrence int // 0-based
}

// Encoder compiles the fields that the values of a row go to, in row order. A
// group takes its whole text, NAME(2) the second occurrence of a field; "" drops
// a value. No two values may go to the same place.
func (s *Schema) Encoder(fields []string) (*Encoder, error) {
	e := &Encoder{schema: s, blank: s.Codec.Blank(nil)}
	taken := map[[2]int]string{}
	for _, name := range fields {
		c := column{name: name}
		if name == "" {
			e.into = append(e.into, c)
			continue
		}
		if err := c.resolve(s); err != nil {
			return nil, err
		}
		for _, i := range c.elements {
			at := [2]int{i, c.occurrence}
			if other, ok := taken[at]; ok {
				return nil, fmt.Errorf("%s and %s are the same field", other, name)
			}
			taken[at] = name
		}
		e.into = append(e.into, c)
	}
	return e, nil
}

func (c *column) resolve(s *Schema) error {
	bare, subscript := splitSubscript(c.name)
	found, err := s.Find(bare)
	if err != nil {
		return err
	}
	if err := s.checkGroup(bare, found); err != nil {
		return err
	}
	c.elements = found
	if subscript > 0 {
		c.occurrence = subscript - 1
		if f := s.Elements[found[0]].Field; len(found) > 1 || subscript > f.Occurs() {
			return fmt.Errorf("%s: %s occurs %d times", c.name, bare, f.Occurs())
		}
	}
	return nil
}

// splitSubscript splits NAME(2); the subscript is 0 when there is none.
func splitSubscript(name string) (bare string, subscript int) {
	open := strings.IndexByte(name, '(')
	if open < 0 || !strings.HasSuffix(name, ")") {
		return name, 0
	}
	n, err := strconv.Atoi(name[open+1 : len(name)-1])
	if err != nil || n < 1 {
		return name, 0
	}
	return name[:open], n
}

// checkGroup refuses a group that has no text of its own.
func (s *Schema) checkGroup(name string, elements []int) error {
	if len(elements) == 1 {
		return nil
	}
	for _, i := range elements {
		el := s.Elements[i]
		if el.Field.Item().Usage != copybooks.Display || el.Field.Occurs() > 1 {
			return fmt.Errorf("group %s cannot be given as text: %s is %s", name, el.Name, el.Field.Item().Usage)
		}
	}
	return nil
}

// Covers returns the elements that a row gives values for.
func (e *Encoder) Covers() map[int]bool {
	covered := map[int]bool{}
	for _, c := range e.into {
		for _, i := range c.elements {
			covered[i] = true
		}
	}
	return covered
}

// FieldProblem is a value that does not fit its field.
type FieldProblem struct {
	Element int // -1 when it is not about one element
	Field   string
	Value   string
	Reason  string
	// Refused lists every element of the row that a value did not fit.
	Refused []int
}

// Error names the field, the value and why it does not fit.
func (p *FieldProblem) Error() string {
	return fmt.Sprintf("field %s cannot hold %q: %s", p.Field, p.Value, p.Reason)
}

// Append appends the record of a row. A value that does not fit leaves its
// field blank and is the *FieldProblem returned; the rest of the record is
// written all the same, so that its key can still be read.
func (e *Encoder) Append(dst []byte, row []Value) ([]byte, *FieldProblem) {
	start := len(dst)
	dst = append(dst, e.blank...)
	rec := dst[start:]
	var first *FieldProblem
	for i := range row {
		if i >= len(e.into) || e.into[i].name == "" {
			continue
		}
		p := e.put(rec, &e.into[i], &row[i])
		switch {
		case p == nil:
		case first == nil:
			first = p
			fallthrough
		default:
			first.Refused = append(first.Refused, e.into[i].elements...)
		}
	}
	return dst, first
}

func (e *Encoder) put(rec []byte, c *column, v *Value) *FieldProblem {
	var err error
	switch {
	case v.Many:
		err = e.putList(rec, c, v.List)
	case v.Null && e.NullIsBlank:
	case v.Null:
		err = errAbsent
	case len(c.elements) > 1:
		err = e.putGroup(rec, c, v.Text)
	default:
		err = e.schema.Elements[c.elements[0]].Field.Put(rec, c.occurrence, v.Text)
	}
	if err == nil {
		return nil
	}
	p := &FieldProblem{Element: -1, Field: c.name, Value: v.Text, Reason: reason(err)}
	if len(c.elements) == 1 {
		p.Element = c.elements[0]
	}
	return p
}

// putList writes one value an occurrence. Fewer values than the field has room
// for leave the rest blank; more are an error.
func (e *Encoder) putList(rec []byte, c *column, list []Value) error {
	if len(c.elements) != 1 {
		return fmt.Errorf("a group cannot take a list")
	}
	f := e.schema.Elements[c.elements[0]].Field
	if len(list) > f.Occurs() {
		return fmt.Errorf("%d values for a field that occurs %d times", len(list), f.Occurs())
	}
	for i, v := range list {
		switch {
		case v.Null && e.NullIsBlank:
		case v.Null:
			return fmt.Errorf("value %d: %w", i+1, errAbsent)
		default:
			if err := f.Put(rec, i, v.Text); err != nil {
				return fmt.Errorf("value %d: %w", i+1, err)
			}
		}
	}
	return nil
}

// putGroup cuts a group's text by the lengths of its fields. Only trailing
// blanks may be missing.
func (e *Encoder) putGroup(rec []byte, c *column, text string) error {
	for _, i := range c.elements {
		f := e.schema.Elements[i].Field
		part, rest := cut(text, f.Length())
		if part == "" && f.Numeric() {
			return fmt.Errorf("nothing is left for %s", f.Name())
		}
		if f.Numeric() && len(part) != f.Length() {
			return fmt.Errorf("%s needs %d digits, %q has %d", f.Name(), f.Length(), part, len(part))
		}
		if err := f.Put(rec, 0, part); err != nil {
			return err
		}
		text = rest
	}
	if text != "" {
		return fmt.Errorf("%q is left over", text)
	}
	return nil
}

// cut splits off the first n characters.
func cut(text string, n int) (part, rest string) {
	at := 0
	for range n {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return text[:at], text[at:]
}

// reason keeps why a field refused a value; where is known already.
func reason(err error) string {
	var refused *copybooks.FieldError
	if errors.As(err, &refused) {
		return refused.Reason
	}
	return err.Error()
}
