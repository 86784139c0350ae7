package ebcdic

// zoneSet says what each byte of a DISPLAY number means, in one character set
// and under one NUMPROC. A table entry is a digit, with minusDigit added when
// the byte also carries a minus sign, or badDigit.
type zoneSet struct {
	zone     uint64    // the zone of a digit, in each of eight bytes
	digit    [256]byte // a byte that carries no sign
	signed   [256]byte // the byte of the sign in a signed field
	unsigned [256]byte // the last byte of an unsigned field
	separate [256]byte // a separate sign: plus reads 0, minus minusDigit
	plain    [10]byte  // the byte of a digit without sign, for writing
	plus     [10]byte  // with a plus
	minus    [10]byte  // with a minus
	plusSign byte
	minSign  byte
}

const (
	minusDigit = 0x10
	badDigit   = 0xFF
)

// ebcdicZones has the overpunch of z/Architecture: the zone of the sign byte is
// a sign code. Enterprise COBOL Programming Guide, "Sign representation of
// zoned and packed-decimal data".
var ebcdicZones = func() (sets [numProcs]zoneSet) {
	for proc := range sets {
		z := newZoneSet(0xF0)
		codes := []byte{0xA, 0xB, 0xC, 0xD, 0xE, 0xF}
		for _, code := range codes {
			for d := byte(0); d < 10; d++ {
				b := code<<4 | d
				z.signed[b] = zonedEntry(d, signOf(code, true, NumProc(proc)))
				z.unsigned[b] = zonedEntry(d, signOf(code, false, NumProc(proc)))
			}
		}
		for d := byte(0); d < 10; d++ {
			z.plus[d], z.minus[d] = 0xC0|d, 0xD0|d
		}
		z.setSeparate(0x4E, 0x60)
		sets[proc] = z
	}
	return sets
}()

// asciiZones has what is left of the overpunch after EBCDIC was translated to
// ASCII as text: {ABCDEFGHI for +0 to +9, }JKLMNOPQR for -0 to -9.
var asciiZones = func() (sets [numProcs]zoneSet) {
	for proc := range sets {
		z := newZoneSet(0x30)
		for d, c := range []byte("{ABCDEFGHI") {
			z.signed[c], z.plus[d] = byte(d), c
			if NumProc(proc) == NOPFD {
				z.unsigned[c] = byte(d)
			}
		}
		for d, c := range []byte("}JKLMNOPQR") {
			z.signed[c], z.minus[d] = byte(d)|minusDigit, c
			z.unsigned[c] = byte(d) | minusDigit
		}
		for d := byte(0); d < 10; d++ {
			z.unsigned['0'+d] = d
			if NumProc(proc) == NOPFD {
				z.signed['0'+d] = d
			}
		}
		z.setSeparate('+', '-')
		sets[proc] = z
	}
	return sets
}()

func newZoneSet(zone byte) zoneSet {
	z := zoneSet{zone: uint64(zone) * 0x0101010101010101}
	for i := range 256 {
		z.digit[i], z.signed[i], z.unsigned[i], z.separate[i] = badDigit, badDigit, badDigit, badDigit
	}
	for d := byte(0); d < 10; d++ {
		z.plain[d] = zone | d
		z.digit[zone|d] = d
	}
	return z
}

func (z *zoneSet) setSeparate(plus, minus byte) {
	z.plusSign, z.minSign = plus, minus
	z.separate[plus], z.separate[minus] = 0, minusDigit
}

func zonedEntry(digit byte, code signCode) byte {
	switch code {
	case plus:
		return digit
	case minus, minusUnsigned:
		return digit | minusDigit
	}
	return badDigit
}

// split parts b into the digits without sign and the byte of the sign.
func (n *Number) split(b []byte) (body []byte, sign byte) {
	if n.spec.SignLeading {
		return b[1:], b[0]
	}
	return b[:len(b)-1], b[len(b)-1]
}

func (n *Number) zonedValue(b []byte) (uint64, bool, Fault) {
	body, sign := n.split(b)
	s := n.place[sign]
	var v, bad uint64
	digits := len(body)
	for ; len(body) > 8; body = body[8:] {
		part, wrong := eightDigits(load(body[:8]) ^ n.zones.zone)
		v, bad = v*1_0000_0000+part, bad|wrong
	}
	if len(body) > 0 {
		// Bytes load does not fill stay zero once the zone is taken off them.
		shift := uint(64 - 8*len(body))
		part, wrong := eightDigits(load(body) ^ n.zones.zone<<shift>>shift)
		v, bad = v*powers[len(body)]+part, bad|wrong
	}
	if bad != 0 || s == badDigit || s&minusDigit != 0 && !n.spec.Signed {
		return 0, false, n.zonedFault(b)
	}
	switch {
	case n.spec.SignSeparate:
	case n.spec.SignLeading:
		v += uint64(s&0xF) * powers[digits]
	default:
		v = v*10 + uint64(s&0xF)
	}
	return v, s&minusDigit != 0, OK
}

// eightDigits turns eight bytes of 0 to 9, the first in the highest byte, into
// a number. wrong is not 0 when a byte is none.
func eightDigits(d uint64) (v, wrong uint64) {
	wrong = (d | (d + 0x0606060606060606)) & 0xF0F0F0F0F0F0F0F0
	d -= (256 - 10) * (d >> 8 & 0x00FF00FF00FF00FF)
	d -= (65536 - 100) * (d >> 16 & 0x0000FFFF0000FFFF)
	d -= (1<<32 - 10000) * (d >> 32)
	return d, wrong
}

// load reads up to eight bytes as a big-endian number.
func load(b []byte) uint64 {
	n := uint(len(b))
	switch {
	case n == 8:
		_ = b[7]
		return uint64(b[7]) | uint64(b[6])<<8 | uint64(b[5])<<16 | uint64(b[4])<<24 |
			uint64(b[3])<<32 | uint64(b[2])<<40 | uint64(b[1])<<48 | uint64(b[0])<<56
	case n >= 4:
		// Two overlapping words; what both hold is the same and survives the or.
		return word(b)<<(8*(n-4)) | word(b[n-4:])
	}
	return uint64(b[0])<<(8*(n-1)) | uint64(b[n>>1])<<(8*(n-1-n>>1)) | uint64(b[n-1])
}

func word(b []byte) uint64 {
	_ = b[3]
	return uint64(b[3]) | uint64(b[2])<<8 | uint64(b[1])<<16 | uint64(b[0])<<24
}

// zonedFault says why zonedValue failed. Spaces count only where nothing worse is
// found.
func (n *Number) zonedFault(b []byte) Fault {
	body, sign := n.split(b)
	fault := OK
	for _, c := range body {
		if one := n.digitFault(c); fault == OK || fault == EmbeddedSpace && one != OK {
			fault = one
		}
	}
	one := n.signFault(sign)
	if fault == OK || fault == EmbeddedSpace && one != OK && one != MinusUnsigned {
		fault = one
	}
	return Unfilled(b, n.spec.CodePage.space, fault)
}

// digitFault says what is wrong with a byte that carries no sign.
func (n *Number) digitFault(c byte) Fault {
	switch {
	case n.zones.digit[c] != badDigit:
		return OK
	case c == n.spec.CodePage.space:
		return EmbeddedSpace
	case uint64(c)&0xF0 == n.zones.zone&0xF0:
		return InvalidDigit
	}
	return InvalidZone
}

// signFault says what is wrong with the byte of the sign.
func (n *Number) signFault(c byte) Fault {
	s := n.place[c]
	switch {
	case s != badDigit && s&minusDigit != 0 && !n.spec.Signed:
		return MinusUnsigned
	case s != badDigit:
		return OK
	case n.spec.SignSeparate:
		return InvalidSign
	case c == n.spec.CodePage.space:
		return EmbeddedSpace
	case c&0xF > 9 && c >= 0xA0:
		return InvalidDigit
	}
	return InvalidSign
}

func (n *Number) putZoned(b []byte, v uint64, minus bool) {
	z := n.zones
	first, last := 0, len(b)-1
	if n.spec.SignSeparate {
		sign := z.plusSign
		if minus {
			sign = z.minSign
		}
		if n.spec.SignLeading {
			b[0], first = sign, 1
		} else {
			b[last], last = sign, last-1
		}
	}
	for i := last; i >= first; i-- {
		q := v / 10
		b[i] = z.plain[v-q*10]
		v = q
	}
	n.overpunch(b, minus)
}

// overpunch puts the sign on the digit that carries it.
func (n *Number) overpunch(b []byte, minus bool) {
	if !n.spec.Signed || n.spec.SignSeparate {
		return
	}
	at := len(b) - 1
	if n.spec.SignLeading {
		at = 0
	}
	digit := n.zones.digit[b[at]]
	b[at] = n.zones.plus[digit]
	if minus {
		b[at] = n.zones.minus[digit]
	}
}
