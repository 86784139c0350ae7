package ebcdic

// Numbers of more than int64Digits digits are handled digit by digit: a
// digits slice holds values 0 to 9, the most significant first.

// wide reads the digits of a zoned or packed number into out, which must be
// Digits long.
func (n *Number) wide(b, out []byte) (minus bool, fault Fault) {
	if len(b) != n.length {
		return false, Short
	}
	if n.spec.Kind == Packed {
		return n.widePacked(b, out)
	}
	return n.wideZoned(b, out)
}

func (n *Number) widePacked(b, out []byte) (bool, Fault) {
	sign := signCode(n.signs >> (2 * (b[len(b)-1] & 0xF)) & 3)
	bad := sign > minus || n.dirtyPad(b)
	at := 2*len(b) - 1 - len(out) // nibble of the first digit: 0, or 1 after a pad
	for i := range out {
		c := b[at/2] >> 4
		if at&1 == 1 {
			c = b[at/2] & 0xF
		}
		bad = bad || c > 9
		out[i] = c
		at++
	}
	if bad {
		return false, n.packedFault(b)
	}
	return sign == minus, OK
}

func (n *Number) wideZoned(b, out []byte) (bool, Fault) {
	body, sign := n.split(b)
	s := n.place[sign]
	bad := s == badDigit || s&minusDigit != 0 && !n.spec.Signed
	digits := out
	switch {
	case n.spec.SignSeparate:
	case n.spec.SignLeading:
		out[0], digits = s&0xF, out[1:]
	default:
		out[len(out)-1], digits = s&0xF, out[:len(out)-1]
	}
	for i, c := range body {
		digits[i] = n.zones.digit[c]
		bad = bad || digits[i] == badDigit
	}
	if bad {
		return false, n.zonedFault(b)
	}
	return s&minusDigit != 0, OK
}

func (n *Number) wideInt64(b []byte) (int64, Fault) {
	var digits [MaxDigits]byte
	minus, fault := n.wide(b, digits[:n.spec.Digits])
	if fault != OK {
		return 0, fault
	}
	var v uint64
	for _, d := range digits[:n.spec.Digits] {
		if v > (1<<63-1)/10 {
			return 0, OutOfRange
		}
		if v = v*10 + uint64(d); v > 1<<63 || v == 1<<63 && !minus {
			return 0, OutOfRange
		}
	}
	if minus {
		return -int64(v), OK
	}
	return int64(v), OK
}

// putWide writes Digits digits.
func (n *Number) putWide(b, digits []byte, minus bool) Fault {
	if len(b) != n.length {
		return Short
	}
	if minus && !n.spec.Signed {
		return MinusUnsigned
	}
	if n.spec.Kind == Packed {
		at := 2*len(b) - 1 - len(digits)
		clear(b)
		for i, d := range digits {
			b[(at+i)/2] |= d << (4 * uint(1-(at+i)&1))
		}
		b[len(b)-1] |= n.signNibble(minus)
		return OK
	}
	body := b
	if n.spec.SignSeparate {
		n.putZoned(b, 0, minus)
		body, _ = n.split(b)
	}
	for i, d := range digits {
		body[i] = n.zones.plain[d]
	}
	n.overpunch(b, minus)
	return OK
}

// spread writes v into digits, right-aligned with leading zeros.
func spread(digits []byte, v uint64) {
	for i := len(digits) - 1; i >= 0; i-- {
		digits[i] = byte(v % 10)
		v /= 10
	}
}
