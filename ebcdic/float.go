package ebcdic

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// FloatFormat is the way a floating-point number is stored.
type FloatFormat uint8

// HexFloat is what COMP-1 and COMP-2 are on z/OS: a sign bit, an exponent of 16
// in excess 64, and a fraction of 6 or 14 hexadecimal digits (z/Architecture
// Principles of Operation, "Hexadecimal-floating-point instructions"). IEEEFloat
// is what they are elsewhere, and on z/OS after a conversion.
const (
	HexFloat FloatFormat = iota
	IEEEFloat
	floatFormats
)

// FloatSpec describes a floating-point item.
type FloatSpec struct {
	Long         bool // COMP-2, eight bytes; else COMP-1, four
	Format       FloatFormat
	LittleEndian bool // as x86 stores it; z/OS is big-endian
}

// Float reads and writes numbers of one FloatSpec. It never changes and is safe
// for concurrent use. Its methods do not allocate.
//
// The text of a number is the shortest that is nearer to it than to any other
// number of the format, so that Put writes the same value again. Floating point
// is not for money: no amount of this module is held in a Float.
type Float struct{ spec FloatSpec }

// NewFloat checks the spec.
func NewFloat(s FloatSpec) (*Float, error) {
	if s.Format >= floatFormats {
		return nil, fmt.Errorf("floating-point format %d is unknown", s.Format)
	}
	return &Float{spec: s}, nil
}

// Spec returns what the number was made from.
func (f *Float) Spec() FloatSpec { return f.spec }

// Length returns how many bytes the number takes.
func (f *Float) Length() int {
	if f.spec.Long {
		return 8
	}
	return 4
}

// Append appends the shortest decimal text: 322.93652, -0.5, 7.2370056e+75. It
// is a JSON number. Every pattern of a HexFloat is a number, blanks and
// LOW-VALUES too, and minus zero is -0; an IEEE infinity or not-a-number gives
// NotFinite and leaves dst as it was.
func (f *Float) Append(dst, b []byte) ([]byte, Fault) {
	if len(b) != f.Length() {
		return dst, Short
	}
	word := f.load(b)
	if f.spec.Format == IEEEFloat {
		v, size := f.ieee(word)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return dst, NotFinite
		}
		return appendIEEE(dst, v, size), OK
	}
	h := f.unpack(word)
	if h.minus {
		dst = append(dst, '-')
	}
	var digits [shortestDigits]byte
	n, point := h.shortest(&digits)
	return appendFloat(dst, digits[:n], point), OK
}

// Put writes the number of the format that is nearest to the decimal s, which
// may have a sign, a point and an exponent; of two as near the even one. A
// number beyond the format's largest, or not zero and nearest to zero, gives
// OutOfMagnitude. With a fault b is left as it was.
func (f *Float) Put(b []byte, s string) Fault { return putFloat(f, b, s) }

// PutBytes is Put of text in a byte slice.
func (f *Float) PutBytes(b, s []byte) Fault { return putFloat(f, b, s) }

func putFloat[T string | []byte](f *Float, b []byte, s T) Fault {
	if len(b) != f.Length() {
		return Short
	}
	var d decimalText
	if fault := scanDecimal(&d, s); fault != OK {
		return fault
	}
	if f.spec.Format == IEEEFloat {
		return f.putIEEE(b, string(s), d.n == 0)
	}
	h := hexNumber{digits: f.hexDigits(), minus: d.minus}
	if fault := h.nearest(&d); fault != OK {
		return fault
	}
	f.store(b, f.pack(h))
	return OK
}

func (f *Float) putIEEE(b []byte, s string, zero bool) Fault {
	v, err := strconv.ParseFloat(s, 8*f.Length())
	if err != nil || v == 0 && !zero {
		return OutOfMagnitude
	}
	f.storeIEEE(b, v)
	return OK
}

// Float64 returns the nearest float64, which is the number itself but for a
// HexFloat of COMP-2: it may have 56 bits.
func (f *Float) Float64(b []byte) (float64, Fault) {
	if len(b) != f.Length() {
		return 0, Short
	}
	word := f.load(b)
	if f.spec.Format == IEEEFloat {
		v, _ := f.ieee(word)
		return v, OK
	}
	h := f.unpack(word)
	v := math.Ldexp(float64(h.fraction), h.power())
	if h.minus {
		v = -v
	}
	return v, OK
}

// load reads the bits of b, in the upper half for COMP-1.
func (f *Float) load(b []byte) uint64 {
	var bytes [8]byte
	copy(bytes[:], b)
	if f.spec.LittleEndian {
		slices.Reverse(bytes[:len(b)])
	}
	return binary.BigEndian.Uint64(bytes[:])
}

func (f *Float) store(b []byte, word uint64) {
	var bytes [8]byte
	binary.BigEndian.PutUint64(bytes[:], word)
	if f.spec.LittleEndian {
		slices.Reverse(bytes[:len(b)])
	}
	copy(b, bytes[:])
}

func (f *Float) ieee(word uint64) (v float64, bits int) {
	if f.spec.Long {
		return math.Float64frombits(word), 64
	}
	return float64(math.Float32frombits(uint32(word >> 32))), 32
}

func (f *Float) storeIEEE(b []byte, v float64) {
	if f.spec.Long {
		f.store(b, math.Float64bits(v))
		return
	}
	f.store(b, uint64(math.Float32bits(float32(v)))<<32)
}
