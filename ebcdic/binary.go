package ebcdic

func (n *Number) binaryValue(b []byte) (uint64, bool, Fault) {
	v := load(b)
	negative := n.spec.Signed && b[0]&0x80 != 0
	if negative {
		v = -(v | ^uint64(0)<<(8*len(b)-1))
	}
	if v >= n.limit && !n.spec.BinaryFull {
		return 0, false, Unfilled(b, n.spec.CodePage.space, OutOfRange)
	}
	return v, negative, OK
}

// putBinary writes two's complement. Minus zero is zero: binary has no other.
func (n *Number) putBinary(b []byte, v uint64, minus bool) Fault {
	if !n.spec.BinaryFull && v >= n.limit {
		return OutOfRange
	}
	bits := uint(8 * len(b))
	room := ^uint64(0) >> (64 - bits)
	if n.spec.Signed {
		room >>= 1
		if minus {
			room++
		}
	}
	if v > room {
		return OutOfRange
	}
	if minus {
		v = -v
	}
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte(v)
		v >>= 8
	}
	return OK
}
