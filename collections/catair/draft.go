package catair

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// Errors of a value that is to be written; see FieldError.
var (
	ErrTooWide  = errors.New("does not fit")
	ErrNegative = errors.New("is negative, which the field cannot hold")
	ErrBadClass = errors.New("has a character that the field's class does not allow")
	ErrNoField  = errors.New("the record has no such field")
)

// Draft is a record made from its fields: texts stand at the left, numbers at
// the right with zeros before them, dates as MMDDYY. What was not set is blank.
// The first error is kept and given by Text.
type Draft struct {
	layout *Layout
	text   [Length]byte
	err    error
}

// NewDraft begins a record of that layout; only its control identifier is set.
func NewDraft(l *Layout) *Draft {
	d := &Draft{}
	d.reset(l)
	return d
}

// reset begins another record.
func (d *Draft) reset(l *Layout) {
	d.layout, d.err = l, nil
	for i := range d.text {
		d.text[i] = ' '
	}
	copy(d.text[:], l.Record)
}

// Layout gives the layout of the record.
func (d *Draft) Layout() *Layout { return d.layout }

// Text gives the 80 characters, or the first error: a value that did not fit, or
// a mandatory field that is blank.
func (d *Draft) Text() ([]byte, error) {
	if d.err != nil {
		return nil, d.err
	}
	for i := range d.layout.Fields {
		f := &d.layout.Fields[i]
		if f.required() && isAllBlank(d.text[f.From-1:f.To]) {
			d.fail(f, "", ErrMissing)
			return nil, d.err
		}
	}
	return d.text[:], nil
}

// Set fills a field, named as in the layout, with what a person writes: digits
// with a decimal point where the field has decimals ("12.50"), a date as
// 2006-01-02, other values as they stand.
func (d *Draft) Set(name, value string) *Draft {
	f := d.layout.Field(name)
	switch {
	case f == nil:
		d.fail(&Field{Name: name}, value, ErrNoField)
	case value == "":
	case f.Class == Date && strings.Contains(value, "-"):
		date, err := reference.ParseDate(value)
		if err != nil {
			d.fail(f, value, err)
			return d
		}
		d.putDate(f, date)
	case f.Decimals != Unscaled || f.number():
		v, err := money.ParseScaled(value, max(f.Decimals, 0))
		if err != nil {
			d.fail(f, value, err)
			return d
		}
		d.putNumber(f, v)
	default:
		d.put(f, value)
	}
	return d
}

// put fills a field with text.
func (d *Draft) put(f *Field, text string) {
	if len(text) > f.length() {
		d.fail(f, text, fmt.Errorf("%w: %d characters in %d", ErrTooWide, len(text), f.length()))
		return
	}
	forbidden := f.forbidden(d.layout.Direction)
	for i := 0; i < len(text); i++ {
		if kinds[text[i]]&forbidden != 0 {
			d.fail(f, text, ErrBadClass)
			return
		}
	}
	copy(d.text[f.From-1:f.To], text)
}

// putLegible fills a field with as much of a text as fits, and a question mark for
// each character that the field may not have; a field that cannot have that either
// stays blank.
func (d *Draft) putLegible(name, text string) {
	f := d.layout.Field(name)
	b := []byte(text[:min(len(text), f.length())])
	for i := range b {
		if !f.allows(d.layout.Direction, b[i:i+1]) {
			b[i] = '?'
		}
	}
	if f.allows(d.layout.Direction, b) {
		d.put(f, string(b))
	}
}

// putLetter fills a one-letter field; 0 and a blank are none.
func (d *Draft) putLetter(f *Field, c byte) {
	if c != 0 && c != ' ' {
		d.put(f, string(rune(c)))
	}
}

// putFlag fills a field with Y or leaves it blank.
func (d *Draft) putFlag(f *Field, set bool) {
	if set {
		d.put(f, "Y")
	}
}

// putNumber fills a field with a number in units of its last implied decimal. A
// negative number fits only into a signed field (ESQ's JE record: class AN).
func (d *Draft) putNumber(f *Field, v int64) {
	signed := f.Class == AlphaNumeric && f.Decimals != Unscaled
	if v < 0 && !signed {
		d.fail(f, strconv.FormatInt(v, 10), ErrNegative)
		return
	}
	digits := strconv.FormatInt(v, 10)
	room := d.text[f.From-1 : f.To]
	if len(digits) > len(room) {
		d.fail(f, digits, fmt.Errorf("%w: %d digits in %d", ErrTooWide, len(digits), len(room)))
		return
	}
	for i := range room {
		room[i] = '0'
	}
	if v < 0 {
		room[0], digits = '-', digits[1:]
	}
	copy(room[len(room)-len(digits):], digits)
}

// putCents fills an amount field.
func (d *Draft) putCents(f *Field, c money.Cents) { d.putNumber(f, int64(c)) }

// putDate fills a date field; no date leaves it blank.
func (d *Draft) putDate(f *Field, date reference.Date) {
	if date == 0 {
		return
	}
	year := int(date) / 10_000
	if !date.Valid() || year < 1900+century || year >= 2000+century {
		d.fail(f, date.String(), fmt.Errorf("%w: the year has two digits, of 1970 to 2069", ErrNotADate))
		return
	}
	d.putNumber(f, int64(int(date)%10_000*100+year%100))
}

// fail keeps the first error.
func (d *Draft) fail(f *Field, value string, err error) {
	if d.err != nil {
		return
	}
	e := &FieldError{ID: d.layout.Record, Field: f, Err: err}
	if !f.personal() {
		e.Value = value
	}
	d.err = e
}

// isAllBlank says whether b is all blanks.
func isAllBlank(b []byte) bool {
	for _, c := range b {
		if c != ' ' {
			return false
		}
	}
	return true
}
