package copybooks

import "tidewaiter/ebcdic"

// A field holds a number in one of five ways: as its digits (number), edited for
// print (edit), as digits that are blank for zero (number and blankZero), as
// floating point (float) or as a floating-point text (exponent). The last two are
// no exact numbers and have no unscaled value.

// readInt returns the unscaled value of b.
func (p *field) readInt(b []byte) (int64, ebcdic.Fault) {
	if p.storage == nationalDigits {
		var room narrowed
		v, fault := p.readPlainInt(p.narrow(b, &room))
		return v, p.narrowFault(b, fault)
	}
	if p.storage != plainStorage {
		if p.dirty(b) {
			return 0, ebcdic.DirtyPad
		}
		return p.readPlainInt(p.plain(b, &stored{}))
	}
	return p.readPlainInt(b)
}

func (p *field) readPlainInt(b []byte) (int64, ebcdic.Fault) {
	if p.edit != nil {
		return p.edit.int64(b)
	}
	if p.number == nil {
		return 0, ebcdic.NotNumber
	}
	v, fault := p.number.Int64(b)
	if fault == ebcdic.Spaces && p.blankZero {
		return 0, ebcdic.OK
	}
	return v, fault
}

// writeInt writes an unscaled value.
func (p *field) writeInt(b []byte, v int64) ebcdic.Fault {
	switch p.storage {
	case plainStorage:
		return p.writePlainInt(b, v)
	case nationalDigits:
		var room narrowed
		out := room[:len(b)/bytesPerWide]
		return widen(b, out, p.writePlainInt(out, v))
	}
	var room stored
	out := room[:p.number.Length()]
	if fault := p.writePlainInt(out, v); fault != ebcdic.OK {
		return fault
	}
	return p.store(b, out)
}

func (p *field) writePlainInt(b []byte, v int64) ebcdic.Fault {
	switch {
	case p.edit != nil:
		return p.edit.putInt64(b, v)
	case p.number == nil:
		return ebcdic.NotNumber
	case v == 0 && p.blankZero:
		p.digits.Fill(b)
		return ebcdic.OK
	}
	return p.number.PutInt64(b, v)
}

// appendNumber appends the number as text with the copybook's decimal places.
func (p *field) appendNumber(dst, b []byte) ([]byte, ebcdic.Fault) {
	if p.storage == nationalDigits {
		var room narrowed
		out, fault := p.appendPlain(dst, p.narrow(b, &room))
		return out, p.narrowFault(b, fault)
	}
	if p.storage != plainStorage {
		if p.dirty(b) {
			return dst, ebcdic.DirtyPad
		}
		return p.appendPlain(dst, p.plain(b, &stored{}))
	}
	return p.appendPlain(dst, b)
}

func (p *field) appendPlain(dst, b []byte) ([]byte, ebcdic.Fault) {
	switch {
	case p.number != nil:
		out, fault := p.number.Append(dst, b)
		if fault == ebcdic.Spaces && p.blankZero {
			return append(dst, p.zero...), ebcdic.OK
		}
		return out, fault
	case p.edit != nil:
		return p.edit.append(dst, b)
	case p.float != nil:
		return p.float.Append(dst, b)
	case p.exponent != nil:
		return p.exponent.append(dst, b)
	}
	return dst, ebcdic.NotNumber
}

// appendLenient appends what a program may have read from bytes that appendNumber
// refuses.
func (p *field) appendLenient(dst, b []byte) ([]byte, bool) {
	if p.number == nil || p.storage == nationalDigits {
		return dst, false // no instruction takes national characters for digits
	}
	if p.storage != plainStorage {
		b = p.plain(b, &stored{})
	}
	return p.number.AppendLenient(dst, b)
}

// putNumber writes the number that s spells.
func (p *field) putNumber(b, s []byte) ebcdic.Fault {
	switch p.storage {
	case plainStorage:
		return p.putPlain(b, s)
	case nationalDigits:
		var room narrowed
		out := room[:len(b)/bytesPerWide]
		return widen(b, out, p.putPlain(out, s))
	}
	var room stored
	out := room[:p.number.Length()]
	if fault := p.putPlain(out, s); fault != ebcdic.OK {
		return fault
	}
	return p.store(b, out)
}

func (p *field) putPlain(b, s []byte) ebcdic.Fault {
	switch {
	case p.edit != nil:
		return p.edit.putNumber(b, s)
	case p.float != nil:
		return p.float.PutBytes(b, s)
	case p.exponent != nil:
		return p.exponent.putNumber(b, s)
	case p.number == nil:
		return ebcdic.NotNumber
	}
	fault := p.number.PutBytes(b, s)
	if fault == ebcdic.OK && p.blankZero {
		if v, _ := p.number.Int64(b); v == 0 {
			p.digits.Fill(b)
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
