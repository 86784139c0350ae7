package ebcdic

// signCode is what a sign nibble means in a given field.
type signCode uint32

const (
	plus signCode = iota
	minus
	minusUnsigned
	invalid
)

// signOf reads a sign nibble (z/Architecture Principles of Operation, decimal
// sign codes; NUMPROC narrows them to the preferred ones).
func signOf(nibble byte, signed bool, proc NumProc) signCode {
	negative := nibble == 0xB || nibble == 0xD
	switch {
	case nibble < 0xA:
		return invalid
	case negative && !signed:
		return minusUnsigned
	case proc == PFD && signed && nibble != 0xC && nibble != 0xD:
		return invalid
	case proc == PFD && !signed && nibble != 0xF:
		return invalid
	case negative:
		return minus
	}
	return plus
}

// packedSigns packs signOf of all sixteen nibbles into one word.
func packedSigns(signed bool, proc NumProc) (codes uint32) {
	for nibble := byte(0); nibble < 16; nibble++ {
		codes |= uint32(signOf(nibble, signed, proc)) << (2 * nibble)
	}
	return codes
}

func (n *Number) packedValue(b []byte) (uint64, bool, Fault) {
	last := b[len(b)-1]
	sign := signCode(n.signs >> (2 * (last & 0xF)) & 3)
	var high uint64
	low := b
	if len(b) > 8 {
		// 16 to 18 digits: nine or ten bytes, the first one or two apart.
		high = load(b[:len(b)-8])
		low = b[len(b)-8:]
	}
	x := load(low)
	digits := x >> 4
	if sign > minus || badNibbles(digits)|badNibbles(high) != 0 || n.dirtyPad(b) {
		return 0, false, n.packedFault(b)
	}
	v := sixteenDigits(digits)
	if len(b) > 8 {
		v += sixteenDigits(high) * 1_000_000_000_000_000
	}
	return v, sign == minus, OK
}

// badNibbles is not 0 when a nibble of x is above 9: bit 3 with bit 2 or bit 1.
func badNibbles(x uint64) uint64 {
	return x & 0x8888888888888888 & (x<<1 | x<<2)
}

// sixteenDigits turns sixteen nibbles of 0 to 9 into a number, joining
// neighbours: nibbles to bytes, bytes to halfwords and so on.
func sixteenDigits(x uint64) uint64 {
	x -= (16 - 10) * (x >> 4 & 0x0F0F0F0F0F0F0F0F)
	x -= (256 - 100) * (x >> 8 & 0x00FF00FF00FF00FF)
	x -= (65536 - 10000) * (x >> 16 & 0x0000FFFF0000FFFF)
	x -= (1<<32 - 1_0000_0000) * (x >> 32)
	return x
}

// dirtyPad reports whether the first nibble of an even number of digits, which
// no digit uses, is not 0.
func (n *Number) dirtyPad(b []byte) bool {
	return n.spec.Digits&1 == 0 && b[0] > 0x0F
}

// packedFault says why reading a packed number failed.
func (n *Number) packedFault(b []byte) Fault {
	last := b[len(b)-1]
	sign := signCode(n.signs >> (2 * (last & 0xF)) & 3)
	fault := OK
	for i, c := range b {
		low := c & 0xF
		if i == len(b)-1 {
			low = 0
		}
		high := c >> 4
		if i == 0 && n.spec.Digits&1 == 0 {
			high = 0 // the pad is no digit
		}
		if high > 9 || low > 9 {
			fault = InvalidDigit
		}
	}
	switch {
	case fault != OK:
	case sign == invalid:
		fault = InvalidSign
	case n.dirtyPad(b):
		fault = DirtyPad
	default:
		fault = MinusUnsigned
	}
	return Unfilled(b, n.spec.CodePage.space, fault)
}

// pairs[i] is the byte whose two nibbles are the digits of i.
var pairs = func() (p [100]byte) {
	for i := range p {
		p[i] = byte(i/10<<4 | i%10)
	}
	return p
}()

func (n *Number) putPacked(b []byte, v uint64, minus bool) {
	q := v / 10
	b[len(b)-1] = byte(v-q*10)<<4 | n.signNibble(minus)
	for i := len(b) - 2; i >= 0; i-- {
		v = q
		q = v / 100
		b[i] = pairs[v-q*100]
	}
}

// signNibble is the preferred sign: C or D in a signed field, F in an unsigned.
func (n *Number) signNibble(minus bool) byte {
	switch {
	case !n.spec.Signed:
		return 0xF
	case minus:
		return 0xD
	}
	return 0xC
}
