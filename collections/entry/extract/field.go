package extract

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
	"tidewaiter/copybooks"
)

// fail refuses the entry for what a field's bytes hold.
func (p *parse) fail(err error) {
	if p.bad != nil {
		return
	}
	var field *copybooks.FieldError
	if !errors.As(err, &field) {
		p.refuse("", nil, err.Error(), "")
		return
	}
	p.refuse(field.Field, field.Bytes, field.Reason, "")
	// A record that ends before the field is wrong where it ends.
	p.bad.Offset += int64(rdwLength + min(field.Offset, len(p.r.rec)))
}

// refuseField refuses the entry for the value of a field.
func (p *parse) refuseField(f copybooks.Field, i int, reason, hint string) {
	if p.bad != nil {
		return
	}
	raw, err := f.Raw(p.r.rec, i)
	if err != nil {
		p.fail(err)
		return
	}
	name := f.Name()
	if f.Occurs() > 1 {
		name = fmt.Sprintf("%s(%d)", name, i+1)
	}
	p.refuse(name, raw, reason, hint)
	p.bad.Offset += int64(rdwLength + f.Offset() + i*f.Stride())
}

// refuse refuses the entry for the record read last; the first refusal stands.
func (p *parse) refuse(field string, raw []byte, reason, hint string) *EntryError {
	if p.bad == nil {
		if field == p.r.schema.header.importer.Name() {
			raw = nil // may be a person's number: an error goes into logs and tables
		}
		p.bad = &EntryError{File: p.r.file, Entry: p.s.Number, Record: p.r.data.Record(), Offset: p.r.data.Offset(),
			Field: field, Hex: fmt.Sprintf("%X", raw), Reason: reason, Hint: hint}
	}
	return p.bad
}

// entryNumber decodes the header's entry number.
func (p *parse) entryNumber(n *number) entry.Number {
	b := p.appendText(p.r.scratch[:0], n.filer, 0)
	serial, check := p.count(n.serial), p.count(n.check)
	if p.bad != nil {
		return ""
	}
	if len(b) != 3 {
		p.refuseField(n.filer, 0, "a filer code has three characters", "")
		return ""
	}
	b = append(b, "00000000"...)
	for i := len(b) - 2; serial > 0; i-- {
		b[i] = byte('0' + serial%10)
		serial /= 10
	}
	b[len(b)-1] = byte('0' + check)
	p.r.scratch = b
	return entry.Number(p.r.arena.hold(b))
}

// checkDigit refuses an entry number whose check digit is not its own, with the
// factor that its filer has on the entry date, or on the print date when there
// is no entry date.
func (p *parse) checkDigit(n *number) {
	if p.bad != nil {
		return
	}
	on := p.s.EntryDate
	if on == 0 {
		on = p.s.PrintDate
	}
	if !p.r.factors.check(p.s.Number, on) {
		p.refuseField(n.check, 0, "the check digit does not belong to the entry number", "CATAIR appendix E computes it from filer code and number")
	}
}

// count decodes a number that cannot be below zero.
func (p *parse) count(f copybooks.Field) int64 { return p.countAt(f, 0) }

func (p *parse) countAt(f copybooks.Field, i int) int64 {
	if p.bad != nil {
		return 0
	}
	n, err := f.Int(p.r.rec, i)
	if err != nil {
		p.fail(err)
		return 0
	}
	if n < 0 {
		p.refuseField(f, i, fmt.Sprintf("%d is below zero", n), "entry summaries carry no negative numbers")
		return 0
	}
	return n
}

// date decodes ccyymmdd; zero is absent.
func (p *parse) date(f copybooks.Field) reference.Date {
	d := reference.Date(p.count(f))
	if p.bad == nil && d != 0 && !d.Valid() {
		p.refuseField(f, 0, "not a day of the calendar", "a date is ccyymmdd, zero when absent")
	}
	return d
}

// oneOf decodes a one-character code.
func (p *parse) oneOf(f copybooks.Field, i int, allowed string) byte {
	if p.bad != nil {
		return 0
	}
	text := p.code(f, i)
	c := byte(' ')
	if len(text) == 1 {
		c = text[0]
	}
	if p.bad == nil && strings.IndexByte(allowed, c) < 0 {
		p.refuseField(f, i, fmt.Sprintf("%q is none of %q", text, allowed), "")
	}
	return c
}

// code decodes a short text that many records share.
func (p *parse) code(f copybooks.Field, i int) string {
	if p.bad != nil {
		return ""
	}
	raw, err := f.Raw(p.r.rec, i)
	if err != nil {
		p.fail(err)
		return ""
	}
	slot := p.r.codes.slot(raw)
	if slot.holds(raw) {
		return slot.text
	}
	p.r.scratch = p.appendText(p.r.scratch[:0], f, i)
	if p.bad != nil {
		return ""
	}
	slot.keep(raw, string(p.r.scratch))
	return slot.text
}

// text decodes a text that differs from entry to entry.
func (p *parse) text(f copybooks.Field, i int) string {
	p.r.scratch = p.appendText(p.r.scratch[:0], f, i)
	return p.r.arena.hold(p.r.scratch)
}

// appendText decodes a text and refuses control characters, which no code of
// an entry summary holds: LOW-VALUES, for instance, mean a field never filled.
func (p *parse) appendText(dst []byte, f copybooks.Field, i int) []byte {
	if p.bad != nil {
		return dst
	}
	start := len(dst)
	dst, err := f.AppendText(dst, p.r.rec, i)
	if err != nil {
		p.fail(err)
		return dst
	}
	for _, c := range string(dst[start:]) {
		if unicode.IsControl(c) {
			p.refuseField(f, i, "a control character in text", "X'00' in text means that the field was never filled")
			return dst
		}
	}
	return dst
}
