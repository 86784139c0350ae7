package ebcdic

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// z/Architecture Principles of Operation, "PACK" and "Sign codes": what the decimal
// instructions take from damaged numbers.
func TestLenient(t *testing.T) {
	packed, zoned := Spec{Kind: Packed, Digits: 5, Signed: true}, Spec{Kind: Zoned, Digits: 3, Scale: 1, Signed: true}
	leading, separate := zoned, zoned
	leading.SignLeading, separate.SignSeparate = true, true
	ascii := zoned
	ascii.CodePage = ASCII
	for _, c := range []struct {
		name, hex, want string
		spec            Spec
	}{
		{"embedded blank", "F140F3", "10.3", zoned},
		{"zones of letters", "C1C2D3", "-12.3", zoned},
		{"a digit as the sign", "F1F233", "12.3", zoned},
		{"sign leading", "B1F2F3", "-12.3", leading},
		{"separate sign is a blank", "F1F2F340", "12.3", separate},
		{"separate minus", "F140F360", "-10.3", separate},
		{"a letter nibble in a digit is a data exception", "F1FAF3", "", zoned},
		{"blanks", "404040", "", zoned},
		{"LOW-VALUES", "000000", "", zoned},
		{"HIGH-VALUES", "FFFFFF", "", zoned},
		{"ASCII", "31203B", "", ascii},
		{"packed, a digit as the sign", "123456", "12345", packed},
		{"packed, a letter nibble", "12A45C", "", packed},
		{"packed blanks", "404040", "", packed},
		{"packed LOW-VALUES", "000000", "", packed},
		{"dirty pad", "91234C", "1234", Spec{Kind: Packed, Digits: 4}},
		{"minus in an unsigned field", "12345D", "-12345", Spec{Kind: Packed, Digits: 5}},
		{"minus in an unsigned zoned field", "F1F2D3", "-123", Spec{Kind: Zoned, Digits: 3}},
		{"TRUNC(STD): 12345 in S9(4) COMP", "3039", "12345", Spec{Kind: Binary, Digits: 4, Signed: true}},
		{"P to the right", "01235F", "123500", Spec{Kind: Packed, Digits: 4, Scale: -2, Signed: true}},
		{"31 digits", "12345678901234567890123456789012", "1234567890123456789012345678901", Spec{Kind: Packed, Digits: 31}},
		{"wrong length", "123C", "", packed},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, b := number(t, c.spec), unhex(t, c.hex)
			text, read := n.AppendLenient([]byte("x"), b)
			require.Equal(t, c.want != "", read)
			require.Equal(t, "x"+c.want, string(text))
			require.Zero(t, testing.AllocsPerRun(5, func() { n.AppendLenient(text[:0], b) }))
		})
	}
}

// plainLenient reads nibble by nibble, by the rules as they are printed.
func plainLenient(b []byte, s Spec) (value string, read bool) {
	last := len(b) - 1
	if s.SignLeading {
		last = 0
	}
	var digits []byte
	sign := b[last] / 16
	for i, c := range b {
		switch {
		case s.Kind == Packed && i == last:
			digits, sign = append(digits, c/16), c%16
		case s.Kind == Packed:
			digits = append(digits, c/16, c%16)
		case s.SignSeparate && i == last:
			sign = 0xC
			if c == 0x60 {
				sign = 0xD
			}
		default:
			digits = append(digits, c%16)
		}
	}
	total := new(big.Int)
	for _, d := range digits[len(digits)-s.Digits:] {
		if d > 9 {
			return "", false
		}
		total.Add(total.Mul(total, big.NewInt(10)), big.NewInt(int64(d)))
	}
	if sign == 0xB || sign == 0xD {
		return "-" + total.String(), true
	}
	return total.String(), true
}

// Every byte value in every position of every length: a good number reads as
// Append has it, a damaged one as the plain implementation says, and a field
// nobody filled has no reading.
func TestLenientEveryByteInEveryPosition(t *testing.T) {
	for _, s := range everySpec() {
		n := number(t, s)
		b := make([]byte, n.Length())
		if s.Kind == Binary || n.Put(b, "7") != OK {
			continue
		}
		for at := range b {
			good := b[at]
			for c := range 256 {
				b[at] = byte(c)
				want, can := plainLenient(b, s)
				text, fault := n.Append(nil, b)
				if fault == Spaces || fault == LowValues || fault == HighValues {
					want, can = "", false
				}
				got, read := n.AppendLenient(nil, b)
				if read != can || want != string(got) || fault == OK && string(text) != want {
					require.FailNow(t, "wrong", "%+v X'%X' reads %q, %q leniently, expected %q", s, b, text, got, want)
				}
			}
			b[at] = good
		}
	}
}
