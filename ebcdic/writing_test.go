package ebcdic

import (
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// plainBytes writes digits as the rules are printed, in hexadecimal: a packed
// number is its digits and a sign nibble, a zoned one an F before each digit, with
// the sign in the zone or as a character.
func plainBytes(digits string, minus bool, s Spec) string {
	sign := map[bool]string{false: "C", true: "D"}[minus]
	if !s.Signed {
		sign = "F"
	}
	if s.Kind == Packed {
		packed := digits + sign
		return strings.Repeat("0", len(packed)%2) + packed
	}
	var zoned []string
	for _, d := range digits {
		zoned = append(zoned, "F"+string(d))
	}
	separate := map[bool]string{false: "4E", true: "60"}[minus]
	switch last := len(zoned) - 1; {
	case s.SignSeparate && s.SignLeading:
		zoned = append([]string{separate}, zoned...)
	case s.SignSeparate:
		zoned = append(zoned, separate)
	case s.SignLeading:
		zoned[0] = sign + zoned[0][1:]
	default:
		zoned[last] = sign + zoned[last][1:]
	}
	return strings.Join(zoned, "")
}

// plainText is the decimal text of digits * 10**-scale, by rational arithmetic.
func plainText(digits string, minus bool, scale int) string {
	v, _ := new(big.Int).SetString(digits, 10)
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(scale, -scale))), nil)
	r := new(big.Rat).SetInt(v)
	if scale < 0 {
		r.Mul(r, new(big.Rat).SetInt(unit))
	} else {
		r.Quo(r, new(big.Rat).SetInt(unit))
	}
	text := r.FloatString(max(scale, 0))
	if minus {
		return "-" + text
	}
	return text
}

// Law: every number of up to 38 digits, with decimal places, P on either side and
// both zeros, is written as the plain implementation writes it, and read back.
func TestWritingAgreesWithThePlainReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Spec{
			Kind:         Kind(rapid.IntRange(0, 1).Draw(t, "kind")),
			Digits:       rapid.IntRange(1, MaxDigits).Draw(t, "digits"),
			Signed:       rapid.Bool().Draw(t, "signed"),
			SignLeading:  rapid.Bool().Draw(t, "leading"),
			SignSeparate: rapid.Bool().Draw(t, "separate"),
			NumProc:      NumProc(rapid.IntRange(0, 1).Draw(t, "numproc")),
		}
		s.Scale = rapid.IntRange(-6, s.Digits+6).Draw(t, "scale")
		n, err := NewNumber(s)
		require.NoError(t, err)
		s = n.Spec()
		digits := rapid.StringMatching(fmt.Sprintf("0{0,%d}[0-9]{0,%d}", s.Digits, s.Digits)).Draw(t, "number")
		digits = (digits + strings.Repeat("0", s.Digits))[:s.Digits]
		minus := s.Signed && rapid.Bool().Draw(t, "minus")

		text, want := plainText(digits, minus, s.Scale), plainBytes(digits, minus, s)
		b := make([]byte, n.Length())
		require.Equal(t, OK, n.Put(b, text), text)
		require.Equal(t, want, strings.ToUpper(hex.EncodeToString(b)), "%s in %+v", text, s)
		got, fault := n.Append(nil, b)
		require.Equal(t, OK, fault)
		require.Equal(t, text, string(got))
	})
}

// Law: binary numbers are two's complement of 2, 4 or 8 bytes, under TRUNC(STD)
// up to the digits of the PICTURE, under TRUNC(BIN) up to the bits.
func TestBinaryAgreesWithTwosComplement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Spec{
			Kind: Binary, Digits: rapid.IntRange(1, int64Digits).Draw(t, "digits"),
			Signed: rapid.Bool().Draw(t, "signed"), BinaryFull: rapid.Bool().Draw(t, "full"),
		}
		n, err := NewNumber(s)
		require.NoError(t, err)
		length := map[bool]int{true: 2}[s.Digits <= 4]
		if length == 0 {
			length = map[bool]int{true: 4, false: 8}[s.Digits <= 9]
		}
		require.Equal(t, length, n.Length())
		b := rapid.SliceOfN(rapid.Byte(), length, length).Draw(t, "bytes")
		v := new(big.Int).SetBytes(b)
		if s.Signed && b[0]&0x80 != 0 {
			v.Sub(v, new(big.Int).Lsh(big.NewInt(1), uint(8*length)))
		}
		back := make([]byte, length)
		fault := n.Put(back, v.String())
		digits := len(strings.TrimPrefix(v.String(), "-"))
		if !s.BinaryFull && digits > s.Digits {
			require.Equal(t, OutOfRange, fault)
			return
		}
		require.Equal(t, OK, fault)
		require.Equal(t, b, back)
	})
}
