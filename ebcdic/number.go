package ebcdic

import "fmt"

// MaxDigits is the most digits a number may have. Enterprise COBOL allows 18
// under ARITH(COMPAT) and 31 under ARITH(EXTEND); other compilers allow 38.
const MaxDigits = 38

// int64Digits is how many digits always fit an int64.
const int64Digits = 18

// Kind is the way the digits of a number are stored.
type Kind uint8

// The kinds.
const (
	Zoned  Kind = iota // DISPLAY: a digit a byte
	Packed             // COMP-3: two digits a byte, the sign in the last nibble
	Binary             // COMP: big-endian two's complement
)

// NumProc says which sign codes count as signs (Enterprise COBOL Programming
// Guide, NUMPROC compiler option).
type NumProc uint8

// NOPFD, the compiler's default, takes A, C, E and F as plus and B and D as
// minus. PFD takes only the preferred signs: C and D in a signed field, F in an
// unsigned one.
const (
	NOPFD NumProc = iota
	PFD
	numProcs
)

// Spec describes a number as its PICTURE and USAGE do.
type Spec struct {
	Kind   Kind
	Digits int // digits stored, 1 to MaxDigits
	// Scale is the number of decimal places: 2 for 9(5)V99. It is negative for
	// digits that stand left of the decimal point by a P: -3 for 9(2)PPP.
	Scale        int
	Signed       bool
	SignLeading  bool // the sign is at the first digit, not at the last
	SignSeparate bool // the sign is a byte of its own, + or -

	CodePage *CodePage // of a Zoned number; nil is CP037
	NumProc  NumProc
	// BinaryFull allows a binary number to use all of its bits, as COMP-5 and
	// TRUNC(BIN) do. Else it has no more digits than its PICTURE, as TRUNC(STD)
	// keeps it.
	BinaryFull bool
}

// Number reads and writes numbers of one Spec. It never changes and is safe for
// concurrent use. Its methods do not allocate.
type Number struct {
	spec   Spec
	length int
	limit  uint64 // 10^Digits, 0 above int64Digits
	signs  uint32 // packed: two bits a nibble, a signCode each
	zones  *zoneSet
	place  []byte // zoned: what a byte at the sign's place means
}

// NewNumber checks the spec and prepares it.
func NewNumber(s Spec) (*Number, error) {
	if s.Digits < 1 || s.Digits > MaxDigits {
		return nil, fmt.Errorf("%d digits are outside 1 to %d", s.Digits, MaxDigits)
	}
	if s.Kind == Binary && s.Digits > int64Digits {
		return nil, fmt.Errorf("a binary number of %d digits is not supported, the most is %d", s.Digits, int64Digits)
	}
	if s.NumProc >= numProcs {
		return nil, fmt.Errorf("NUMPROC %d is unknown", s.NumProc)
	}
	if s.CodePage == nil {
		s.CodePage = CP037
	}
	if s.Kind != Zoned || !s.Signed {
		s.SignLeading, s.SignSeparate = false, false
	}
	n := &Number{spec: s, length: byteLength(s), signs: packedSigns(s.Signed, s.NumProc)}
	n.zones = &s.CodePage.zones[s.NumProc]
	switch {
	case s.SignSeparate:
		n.place = n.zones.separate[:]
	case s.Signed:
		n.place = n.zones.signed[:]
	default:
		n.place = n.zones.unsigned[:]
	}
	if s.Digits <= int64Digits {
		n.limit = powers[s.Digits]
	}
	return n, nil
}

// byteLength gives the bytes: halfword, fullword and doubleword for binary
// (Enterprise COBOL Programming Guide, storage of COMP items).
func byteLength(s Spec) int {
	switch s.Kind {
	case Packed:
		return s.Digits/2 + 1
	case Binary:
		switch {
		case s.Digits <= 4:
			return 2
		case s.Digits <= 9:
			return 4
		}
		return 8
	}
	if s.SignSeparate {
		return s.Digits + 1
	}
	return s.Digits
}

// powers[i] is 10^i.
var powers = func() (p [int64Digits + 1]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

// Spec returns what the number was made from.
func (n *Number) Spec() Spec { return n.spec }

// Length returns how many bytes the number takes.
func (n *Number) Length() int { return n.length }

// Int64 returns the unscaled value of b, which must be Length bytes long:
// -12345 for -123.45. Minus zero reads as 0; Append keeps it.
func (n *Number) Int64(b []byte) (int64, Fault) {
	if n.limit == 0 {
		return n.wideInt64(b)
	}
	if len(b) != n.length {
		return 0, Short
	}
	var magnitude uint64
	var minus bool
	var fault Fault
	switch n.spec.Kind {
	case Packed:
		magnitude, minus, fault = n.packedValue(b)
	case Binary:
		magnitude, minus, fault = n.binaryValue(b)
	default:
		magnitude, minus, fault = n.zonedValue(b)
	}
	if fault != OK {
		return 0, fault
	}
	if minus {
		return -int64(magnitude), OK
	}
	if magnitude > 1<<63-1 {
		return 0, OutOfRange
	}
	return int64(magnitude), OK
}

// PutInt64 writes the unscaled value v into b, which must be Length bytes long.
// A value that does not fit leaves b as it was.
func (n *Number) PutInt64(b []byte, v int64) Fault {
	magnitude := uint64(v)
	if v < 0 {
		magnitude = -magnitude
	}
	if n.limit == 0 {
		var digits [MaxDigits]byte
		spread(digits[:n.spec.Digits], magnitude)
		return n.putWide(b, digits[:n.spec.Digits], v < 0)
	}
	return n.put(b, magnitude, v < 0)
}

// value reads a number of at most int64Digits digits.
func (n *Number) value(b []byte) (magnitude uint64, minus bool, fault Fault) {
	if len(b) != n.length {
		return 0, false, Short
	}
	switch n.spec.Kind {
	case Packed:
		return n.packedValue(b)
	case Binary:
		return n.binaryValue(b)
	}
	return n.zonedValue(b)
}

// put writes a number of at most int64Digits digits.
func (n *Number) put(b []byte, magnitude uint64, minus bool) Fault {
	switch {
	case len(b) != n.length:
		return Short
	case minus && !n.spec.Signed:
		return MinusUnsigned
	case n.spec.Kind == Binary:
		return n.putBinary(b, magnitude, minus)
	case magnitude >= n.limit:
		return OutOfRange
	case n.spec.Kind == Packed:
		n.putPacked(b, magnitude, minus)
	default:
		n.putZoned(b, magnitude, minus)
	}
	return OK
}

// Unfilled tells the three states of a field nobody filled from the damage found
// in b, which cannot be read as it stands: Spaces, LowValues and HighValues.
func Unfilled(b []byte, space byte, found Fault) Fault {
	var state Fault
	switch b[0] {
	case space:
		state = Spaces
	case 0x00:
		state = LowValues
	case 0xFF:
		state = HighValues
	default:
		return found
	}
	for _, c := range b[1:] {
		if c != b[0] {
			return found
		}
	}
	return state
}
