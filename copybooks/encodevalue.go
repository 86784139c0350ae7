package copybooks

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strconv"

	"tidewaiter/ebcdic"
)

// value writes one elementary field. child is its JSON value, -1 for none.
func (e *Encoder) value(s *op, child int, lacks lack) error {
	p := s.field
	if !e.frame.knows(s.needs) {
		if child >= 0 {
			return fmt.Errorf("%s has a value, but a table before it has none", e.name(p))
		}
		return nil // its bytes are those of the table
	}
	at := e.place(s.at)
	switch {
	case child >= 0:
	case e.check:
		return nil
	case e.skips(s, child) || e.raw || e.covered(at, p.length):
		return nil
	case p.over == redefining:
		return nil // its bytes are those of what it redefines
	case lacks == dropped || p.over == redefined:
		e.grow(at + p.length)
		p.blank(e.rec()[at : at+p.length])
		return nil
	default:
		return fmt.Errorf("%s has no value and _errors does not give its bytes", e.name(p))
	}
	if e.check && p.over == alone {
		return nil
	}
	if e.readLeniently(p, at, child) {
		e.grow(at + p.length)
		return nil // restore puts its bytes back
	}
	if !e.raw && p.over == alone && e.covered(at, p.length) {
		return fmt.Errorf("%s has a value, but _errors gives its bytes too", e.name(p))
	}
	e.grow(at + p.length)
	b := e.rec()[at : at+p.length]
	if !e.raw && p.over == alone {
		return e.put(p, b, at, child)
	}
	return e.merge(p, b, at, child)
}

// merge writes a field whose bytes may already be there, from "_raw" or from a
// redefinition. Bytes that already read as the value stay as they are.
func (e *Encoder) merge(p *field, b []byte, at, child int) error {
	scratch := append(e.texts[0][:0], b...)
	e.texts[0] = scratch
	if err := e.put(p, scratch, at, child); err != nil {
		return err
	}
	if bytes.Equal(scratch, b) {
		return nil
	}
	if e.same(p, b, scratch, child) {
		return nil
	}
	if e.check {
		return fmt.Errorf("%s does not agree with what is redefined at offset %d", e.name(p), at)
	}
	copy(b, scratch)
	return nil
}

// same reports whether b already reads as given does, or as the JSON value. A
// number may have another sign or be written in another form, text of a mixed page
// other shifts, and text other blanks where the JSON has none.
func (e *Encoder) same(p *field, b, given []byte, child int) bool {
	read := p.appendNumber
	if !p.prints() {
		read = p.text.append
		b = e.o.trim(p, b)
	}
	now, fault := read(e.texts[1][:0], b)
	e.texts[1] = now
	if fault != ebcdic.OK {
		return false
	}
	if n := &e.scan.nodes[child]; !p.prints() && n.kind == '"' {
		text, err := e.scan.string(n)
		return err == nil && string(now) == text
	}
	n := len(now)
	both, fault := read(now, given)
	e.texts[1] = both
	return fault == ebcdic.OK && bytes.Equal(both[:n], both[n:])
}

// put writes the JSON value child into b.
func (e *Encoder) put(p *field, b []byte, at, child int) error {
	n := &e.scan.nodes[child]
	fault := ebcdic.NotNumber
	switch {
	case p.prints() && (n.kind == '0' || n.kind == '"' && !n.escaped):
		fault = p.putNumber(b, e.scan.text[n.from:n.to])
	case (p.edit != nil || p.exponent != nil) && n.kind == '0':
		fault = p.putNumber(b, e.scan.text[n.from:n.to])
	case !p.prints() && n.kind == '"' && !n.escaped:
		fault = p.putText(b, e.scan.text[n.from:n.to])
	case !p.prints() && n.kind == '"':
		text, err := e.scan.string(n)
		if err != nil {
			return fmt.Errorf("%s: %w", e.name(p), err)
		}
		fault = p.putText(b, []byte(text))
	case !p.prints():
		return fmt.Errorf("%s is text, expected a string", e.name(p))
	}
	if fault != ebcdic.OK {
		return p.refuse(at, e.name(p), string(e.scan.text[n.from:n.to]), fault)
	}
	return nil
}

func (e *Encoder) name(p *field) string { return p.named(e.loops[:len(p.dims)]) }

// restored is a stretch of the record that "_errors" gives.
type restored struct {
	span
	bytes []byte
}

// readLeniently reports whether the value child of a damaged number is what
// CodecOptions.Lenient reads from the bytes that "_errors" gives for it.
func (e *Encoder) readLeniently(p *field, at, child int) bool {
	for _, r := range e.restored {
		if r.from != at || len(r.bytes) != p.length || e.raw {
			continue
		}
		n := &e.scan.nodes[child]
		text, read := p.appendLenient(e.texts[0][:0], r.bytes)
		e.texts[0] = text
		return read && bytes.Equal(text, e.scan.text[n.from:n.to])
	}
	return false
}

// readErrors notes which bytes "_errors" gives, and how long a record is that
// ended early.
func (e *Encoder) readErrors(faults int) error {
	return e.eachError(faults, func(offset int, b []byte, reason string) {
		e.restored = append(e.restored, restored{span{offset, offset + len(b)}, b})
		if reason == ebcdic.Short.String() && !e.raw {
			if end := offset + len(b); e.length < 0 || end < e.length {
				e.length = end
			}
		}
	})
}

// restore puts the bytes of "_errors" back.
func (e *Encoder) restore(faults int) error {
	return e.eachError(faults, func(offset int, b []byte, _ string) {
		if offset <= len(e.rec()) {
			copy(e.rec()[offset:], b)
		}
	})
}

// covered reports whether "_errors" gives bytes of the field, or the record
// ended before it.
func (e *Encoder) covered(at, length int) bool {
	if e.length >= 0 && !e.raw && at+length > e.length {
		return true
	}
	for _, s := range e.restored {
		if s.from <= at && at < s.to || s.from == at && length == 0 {
			return true
		}
	}
	return false
}

func (e *Encoder) eachError(faults int, visit func(offset int, b []byte, reason string)) error {
	if faults < 0 {
		return nil
	}
	s := &e.scan
	if s.nodes[faults].kind != '[' {
		return fmt.Errorf("_errors is not an array")
	}
	for i := faults + 1; i < s.nodes[faults].next; i = s.nodes[i].next {
		offset, text, reason := s.member(i, 0, "offset"), s.member(i, 0, "hex"), s.member(i, 0, "reason")
		if offset < 0 || text < 0 {
			return fmt.Errorf("an entry of _errors needs offset and hex")
		}
		at, err := strconv.Atoi(string(s.text[s.nodes[offset].from:s.nodes[offset].to]))
		if err != nil || at < 0 || at > maxRecord {
			return fmt.Errorf("an entry of _errors has a bad offset")
		}
		b, err := hex.DecodeString(string(s.text[s.nodes[text].from:s.nodes[text].to]))
		if err != nil {
			return fmt.Errorf("an entry of _errors is not hexadecimal at offset %d", at)
		}
		why := ""
		if reason >= 0 {
			why, _ = s.string(&s.nodes[reason]) // only compared
		}
		visit(at, b, why)
	}
	return nil
}
