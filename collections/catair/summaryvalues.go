package catair

import (
	"fmt"

	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// text gives a field's text, a code that repeats.
func (x *Summaries) text(rec *Record, f *Field) string { return x.texts.code(rec.Trimmed(f)) }

// date and number give a field that the checker has looked at: what cannot be
// read is among the faults already.
func (x *Summaries) date(rec *Record, f *Field) reference.Date {
	d, _ := rec.ReadDate(f)
	return d
}

func (x *Summaries) number(rec *Record, f *Field) int64 {
	v, _, err := rec.ReadNumber(f)
	if err != nil && !f.number() { // the class of the field is that of a code
		x.noteIn(rec, rec.blame(f, number, notNumeric(rec.Bytes(f))))
	}
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
		x.noteIn(rec, rec.blame(f, value, fmt.Errorf("%w: %q", ErrValue, letters)))
	}
	return ' '
}

// flag is Y or blank.
func (x *Summaries) flag(rec *Record, f *Field) bool { return x.oneOf(rec, f, "Y") == 'Y' }

// classAmount is an amount and its class; a blank class is none.
func (x *Summaries) classAmount(rec *Record, f classAmountFields) (reference.ClassAmount, bool) {
	a := reference.ClassAmount{Class: reference.Class(x.text(rec, f.class)), Amount: x.cents(rec, f.amount)}
	if a.Class == "" && a.Amount != 0 {
		x.noteIn(rec, rec.blame(f.class, missing, fmt.Errorf("%w: an amount of %s has no class code", ErrMissing, a.Amount)))
	}
	return a, a.Class != ""
}
