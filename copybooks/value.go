package copybooks

import "tidewaiter/ebcdic"

// A field holds a number in one of four ways: as its digits (number), edited for
// print (edit), as digits that are blank for zero (number and blankZero), or as
// floating point (float), which is no exact number and has no unscaled value.

// readInt returns the unscaled value of b.
func (p *field) readInt(b []byte) (int64, ebcdic.Fault) {
	if p.edit != nil {
		return p.edit.int64(b)
	}
	if p.number == nil {
		return 0, ebcdic.NotNumber
	}
	if p.storage != plainStorage {
		if p.dirty(b) {
			return 0, ebcdic.DirtyPad
		}
		b = p.plain(b, &stored{})
	}
	v, fault := p.number.Int64(b)
	if fault == ebcdic.Spaces && p.blankZero {
		return 0, ebcdic.OK
	}
	return v, fault
}

// writeInt writes an unscaled value.
func (p *field) writeInt(b []byte, v int64) ebcdic.Fault {
	switch {
	case p.edit != nil:
		return p.edit.putInt64(b, v)
	case p.number == nil:
		return ebcdic.NotNumber
	case v == 0 && p.blankZero:
		p.text.fill(b)
		return ebcdic.OK
	case p.storage != plainStorage:
		var room stored
		out := room[:p.number.Length()]
		if fault := p.number.PutInt64(out, v); fault != ebcdic.OK {
			return fault
		}
		return p.store(b, out)
	}
	return p.number.PutInt64(b, v)
}

// appendNumber appends the number as text with the copybook's decimal places.
func (p *field) appendNumber(dst, b []byte) ([]byte, ebcdic.Fault) {
	switch {
	case p.edit != nil:
		return p.edit.append(dst, b)
	case p.float != nil:
		return p.float.Append(dst, b)
	}
	if p.number == nil {
		return dst, ebcdic.NotNumber
	}
	if p.storage != plainStorage {
		if p.dirty(b) {
			return dst, ebcdic.DirtyPad
		}
		b = p.plain(b, &stored{})
	}
	out, fault := p.number.Append(dst, b)
	if fault == ebcdic.Spaces && p.blankZero {
		return append(dst, p.zero...), ebcdic.OK
	}
	return out, fault
}

// putNumber writes the number that s spells.
func (p *field) putNumber(b, s []byte) ebcdic.Fault {
	switch {
	case p.edit != nil:
		return p.edit.putNumber(b, s)
	case p.float != nil:
		return p.float.PutBytes(b, s)
	}
	if p.number == nil {
		return ebcdic.NotNumber
	}
	if p.storage != plainStorage {
		var room stored
		out := room[:p.number.Length()]
		if fault := p.number.PutBytes(out, s); fault != ebcdic.OK {
			return fault
		}
		return p.store(b, out)
	}
	fault := p.number.PutBytes(b, s)
	if fault == ebcdic.OK && p.blankZero {
		if v, _ := p.number.Int64(b); v == 0 {
			p.text.fill(b)
		}
	}
	return fault
}

// prints reports whether Append and JSON have a number and not text.
func (p *field) prints() bool { return p.number != nil || p.float != nil }

// blank writes what a new record has there: zero in a number, blanks in text.
func (p *field) blank(b []byte) {
	switch {
	case p.number != nil:
		p.writeInt(b, 0)
		return
	case p.float != nil:
		clear(b) // zero in either format
		return
	}
	p.text.fill(b)
}
