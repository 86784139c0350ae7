package ebcdic

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every sign and exponent of COMP-1 and COMP-2 with fractions from zero over
// unnormalized ones to the largest: the text is written back as the same value, and
// as the same bytes when the number is normalized (z/Architecture Principles of
// Operation, "Hexadecimal-floating-point": a fraction whose first digit is not 0).
func TestHexFloatEveryExponent(t *testing.T) {
	fractions := []uint64{
		0, 1, 0xF, 0x10, 0xFFFFF, 0x100000, 0x100001, 0x142EFC, 0x7FFFFF, 0x800000, 0xFFFFFE, 0xFFFFFF,
		0x0FFFFFFFFFFFFF, 0x10000000000000, 0x10000000000001, 0x7FFFFFFFFFFFFF, 0xFFFFFFFFFFFFFE, 0xFFFFFFFFFFFFFF,
	}
	for _, long := range []bool{false, true} {
		f := float(t, FloatSpec{Long: long})
		fractionBits := 8 * (f.Length() - 1)
		for first := range 256 {
			for _, fraction := range fractions {
				if fraction>>fractionBits != 0 {
					continue
				}
				b := binary.BigEndian.AppendUint64(nil, (uint64(first)<<fractionBits|fraction)<<(56-fractionBits))[:f.Length()]
				text, fault := f.Append(nil, b)
				require.Equal(t, OK, fault)
				back := make([]byte, f.Length())
				if fault := f.Put(back, string(text)); fault != OK {
					require.Fail(t, "refused", "X'%X' is %s: %s", b, text, fault)
				}
				if hexValue(b).Cmp(hexValue(back)) != 0 {
					require.Fail(t, "another value", "X'%X' is %s, written X'%X'", b, text, back)
				}
				if normal := fraction>>(fractionBits-4) != 0; normal {
					require.Equal(t, b, back, string(text))
				}
			}
		}
	}
}
