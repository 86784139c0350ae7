package ebcdic

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// The reference below reads a number one nibble at a time, with nothing shared
// with the package, and says only whether there is a value and which.

func plainPacked(b []byte, s Spec) (value string, valid bool) {
	var nibbles []byte
	for _, c := range b {
		nibbles = append(nibbles, c/16, c%16)
	}
	sign := nibbles[len(nibbles)-1]
	nibbles = nibbles[:len(nibbles)-1]
	if len(nibbles) > s.Digits {
		if nibbles[0] != 0 {
			return "", false
		}
		nibbles = nibbles[1:]
	}
	for _, d := range nibbles {
		if d > 9 {
			return "", false
		}
		value += string('0' + rune(d))
	}
	return plainSign(value, sign, s)
}

func plainZoned(b []byte, s Spec) (value string, valid bool) {
	at := len(b) - 1
	if s.SignLeading {
		at = 0
	}
	sign := byte(0xF)
	for i, c := range b {
		if i == at && s.SignSeparate {
			switch c {
			case 0x4E:
				sign = 0xC
			case 0x60:
				sign = 0xD
			default:
				return "", false
			}
			continue
		}
		if c%16 > 9 || i != at && c/16 != 0xF || s.SignSeparate && c/16 != 0xF {
			return "", false
		}
		if i == at {
			sign = c / 16
		}
		value += string('0' + rune(c%16))
	}
	return plainSign(value, sign, s)
}

func plainSign(value string, sign byte, s Spec) (string, bool) {
	negative := false
	switch sign {
	case 0xB, 0xD:
		negative = true
	case 0xA, 0xC, 0xE, 0xF:
	default:
		return "", false
	}
	if negative && !s.Signed {
		return "", false
	}
	if s.NumProc == PFD && !s.SignSeparate {
		if s.Signed && sign != 0xC && sign != 0xD || !s.Signed && sign != 0xF {
			return "", false
		}
	}
	n, _ := new(big.Int).SetString(value, 10)
	if negative {
		return "-" + n.String(), true
	}
	return n.String(), true
}

func plainBinary(b []byte, s Spec) (string, bool) {
	v := new(big.Int).SetBytes(b)
	if s.Signed && b[0] >= 0x80 {
		v.Sub(v, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(s.Digits)), nil)
	return v.String(), s.BinaryFull || v.CmpAbs(limit) < 0
}

func plain(b []byte, s Spec) (string, bool) {
	switch s.Kind {
	case Packed:
		return plainPacked(b, s)
	case Binary:
		return plainBinary(b, s)
	}
	return plainZoned(b, s)
}

func compare(t *testing.T, n *Number, b []byte) {
	want, valid := plain(b, n.Spec())
	got, fault := n.Append(nil, b)
	if valid != (fault == OK) || valid && want != string(got) {
		require.FailNow(t, "wrong", "X'%X' is %q (%v), read %q: %s", b, want, valid, got, fault)
	}
	v, fault := n.Int64(b)
	if fault == OutOfRange && valid {
		return // more than an int64
	}
	if valid != (fault == OK) || valid && want != fmt.Sprint(v) && want != "-"+fmt.Sprint(v) {
		require.FailNow(t, "wrong", "X'%X' is %q (%v), read %d: %s", b, want, valid, v, fault)
	}
}

func everySpec() (out []Spec) {
	for digits := 1; digits <= MaxDigits; digits++ {
		for flags := range 4 {
			signed, proc := flags&1 == 1, NumProc(flags>>1)
			out = append(out, Spec{Kind: Packed, Digits: digits, Signed: signed, NumProc: proc})
			out = append(out, Spec{Kind: Zoned, Digits: digits, Signed: signed, NumProc: proc})
			if signed {
				out = append(out,
					Spec{Kind: Zoned, Digits: digits, Signed: true, NumProc: proc, SignLeading: true},
					Spec{Kind: Zoned, Digits: digits, Signed: true, NumProc: proc, SignSeparate: true},
					Spec{Kind: Zoned, Digits: digits, Signed: true, NumProc: proc, SignLeading: true, SignSeparate: true})
			}
			if digits <= 18 {
				out = append(out, Spec{Kind: Binary, Digits: digits, Signed: signed, BinaryFull: proc == PFD})
			}
		}
	}
	return out
}

// Every byte value in every position of every length up to 38 digits, the
// other positions holding a good number.
func TestEveryByteInEveryPosition(t *testing.T) {
	for _, s := range everySpec() {
		n := number(t, s)
		b := make([]byte, n.Length())
		for _, start := range []string{"0", "7"} {
			if fault := n.Put(b, start); fault != OK {
				continue
			}
			for at := range b {
				good := b[at]
				for c := range 256 {
					b[at] = byte(c)
					compare(t, n, b)
				}
				b[at] = good
			}
		}
	}
}

// All 65,536 values of two bytes.
func TestEveryTwoBytes(t *testing.T) {
	for _, s := range everySpec() {
		n := number(t, s)
		if n.Length() != 2 {
			continue
		}
		for c := range 1 << 16 {
			compare(t, n, []byte{byte(c >> 8), byte(c)})
		}
	}
}
