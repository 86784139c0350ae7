package ebcdic

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func number(t testing.TB, s Spec) *Number {
	t.Helper()
	n, err := NewNumber(s)
	require.NoError(t, err)
	return n
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	require.NoError(t, err)
	return b
}

// Values published in the manuals and in domain/cobol-arithmetic.md, "Numbers
// as bytes".
func TestPublishedValues(t *testing.T) {
	zoned := Spec{Kind: Zoned, Digits: 7, Scale: 2, Signed: true}
	leading, separate, both := zoned, zoned, zoned
	leading.SignLeading = true
	separate.SignSeparate = true
	both.SignLeading, both.SignSeparate = true, true
	for _, c := range []struct {
		name string
		spec Spec
		hex  string
		text string
	}{
		{"GnuCOBOL 3.1.2: S9(5)V99 = -123.45", zoned, "F0F0F1F2F3F4D5", "-123.45"},
		{"S9(5)V99 = +123.45", zoned, "F0F0F1F2F3F4C5", "123.45"},
		{"SIGN LEADING", leading, "D0F0F1F2F3F4F5", "-123.45"},
		{"SIGN TRAILING SEPARATE", separate, "F0F0F1F2F3F4F560", "-123.45"},
		{"SIGN LEADING SEPARATE", both, "4EF0F0F1F2F3F4F5", "123.45"},
		{"Enterprise COBOL Programming Guide, PIC S9999 DISPLAY = -1234", Spec{Kind: Zoned, Digits: 4, Signed: true}, "F1F2F3D4", "-1234"},
		{"Enterprise COBOL Programming Guide, PIC S9999 COMP-3 = +1234", Spec{Kind: Packed, Digits: 4, Signed: true}, "01234C", "1234"},
		{"Enterprise COBOL Programming Guide, PIC S9999 COMP-3 = -1234", Spec{Kind: Packed, Digits: 4, Signed: true}, "01234D", "-1234"},
		{"Enterprise COBOL Programming Guide, PIC 9999 COMP-3 = 1234", Spec{Kind: Packed, Digits: 4}, "01234F", "1234"},
		{"Enterprise COBOL Programming Guide, PIC S9999 BINARY = +1234", Spec{Kind: Binary, Digits: 4, Signed: true}, "04D2", "1234"},
		{"Enterprise COBOL Programming Guide, PIC S9999 BINARY = -1234", Spec{Kind: Binary, Digits: 4, Signed: true}, "FB2E", "-1234"},
		{"negative zero, packed", Spec{Kind: Packed, Digits: 1, Signed: true}, "0D", "-0"},
		{"negative zero, zoned", Spec{Kind: Zoned, Digits: 3, Scale: 2, Signed: true}, "F0F0D0", "-0.00"},
		{"S9(2)PPP", Spec{Kind: Packed, Digits: 2, Scale: -3, Signed: true}, "012C", "12000"},
		{"SVPP9(3)", Spec{Kind: Packed, Digits: 3, Scale: 5, Signed: true}, "123D", "-0.00123"},
		{"31 digits, ARITH(EXTEND)", Spec{Kind: Packed, Digits: 31, Scale: 2, Signed: true}, "1234567890123456789012345678901D", "-12345678901234567890123456789.01"},
		{"COMP-5 9(18) with all its bits", Spec{Kind: Binary, Digits: 18, BinaryFull: true}, "FFFFFFFFFFFFFFFF", "18446744073709551615"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := number(t, c.spec)
			b := unhex(t, c.hex)
			text, fault := n.Append(nil, b)
			require.Equal(t, OK, fault)
			require.Equal(t, c.text, string(text))
			out := bytes.Repeat([]byte{0x99}, n.Length())
			require.Equal(t, OK, n.Put(out, c.text))
			require.Equal(t, b, out)
		})
	}
}

func TestFaults(t *testing.T) {
	packed := Spec{Kind: Packed, Digits: 5, Signed: true}
	even := Spec{Kind: Packed, Digits: 4, Signed: true}
	zoned := Spec{Kind: Zoned, Digits: 3, Signed: true}
	pfd := packed
	pfd.NumProc = PFD
	for _, c := range []struct {
		name string
		spec Spec
		hex  string
		want Fault
	}{
		{"S0C7: a letter nibble as a digit", packed, "12A45C", InvalidDigit},
		{"S0C7: a digit nibble as the sign", packed, "123456", InvalidSign},
		{"packed X'404040' of the GnuCOBOL table", packed, "404040", Spaces},
		{"LOW-VALUES", packed, "000000", LowValues},
		{"HIGH-VALUES", packed, "FFFFFF", HighValues},
		{"pad nibble", even, "11234C", DirtyPad},
		{"pad nibble that is no digit either", even, "F1234C", DirtyPad},
		{"pad nibble beside a bad sign", even, "112344", InvalidSign},
		{"D sign in an unsigned field", Spec{Kind: Packed, Digits: 5}, "12345D", MinusUnsigned},
		{"B sign in an unsigned field", Spec{Kind: Packed, Digits: 5}, "12345B", MinusUnsigned},
		{"C sign in an unsigned field, as COBOL for Linux writes", Spec{Kind: Packed, Digits: 5}, "12345C", OK},
		{"A, E and F signs under NUMPROC(NOPFD)", packed, "12345A", OK},
		{"A sign under NUMPROC(PFD)", pfd, "12345A", InvalidSign},
		{"F sign under NUMPROC(PFD)", pfd, "12345F", InvalidSign},
		{"X'F140F3' is not 13", zoned, "F140F3", EmbeddedSpace},
		{"zoned space before the digits", zoned, "4040F3", EmbeddedSpace},
		{"zoned space after the digits", zoned, "F1F240", EmbeddedSpace},
		{"zoned space beside damage", zoned, "F140FA", InvalidDigit},
		{"zoned space beside a letter", zoned, "40C1F3", InvalidZone},
		{"zoned space for a separate sign", Spec{Kind: Zoned, Digits: 2, Signed: true, SignSeparate: true}, "F1F240", InvalidSign},
		{"zoned letter", zoned, "F1C2F3", InvalidZone},
		{"ASCII space", Spec{Kind: Zoned, Digits: 3, CodePage: ASCII}, "312033", EmbeddedSpace},
		{"zoned spaces", zoned, "404040", Spaces},
		{"zoned LOW-VALUES", zoned, "000000", LowValues},
		{"zoned HIGH-VALUES", zoned, "FFFFFF", HighValues},
		{"zoned digit nibble", zoned, "F1FAF3", InvalidDigit},
		{"zoned sign", zoned, "F1F243", InvalidSign},
		{"zoned minus, unsigned", Spec{Kind: Zoned, Digits: 3}, "F1F2D3", MinusUnsigned},
		{"separate sign", Spec{Kind: Zoned, Digits: 2, Signed: true, SignSeparate: true}, "F1F2F3", InvalidSign},
		{"TRUNC(STD): 12345 in S9(4) COMP", Spec{Kind: Binary, Digits: 4, Signed: true}, "3039", OutOfRange},
		{"binary SPACES, 16448 in S9(4)", Spec{Kind: Binary, Digits: 4, Signed: true}, "4040", Spaces},
		{"binary HIGH-VALUES, 65535 in 9(4)", Spec{Kind: Binary, Digits: 4}, "FFFF", HighValues},
		{"binary HIGH-VALUES, -1 in S9(4)", Spec{Kind: Binary, Digits: 4, Signed: true}, "FFFF", OK},
		{"TRUNC(BIN): 12345 in S9(4) COMP", Spec{Kind: Binary, Digits: 4, Signed: true, BinaryFull: true}, "3039", OK},
		{"too short", packed, "123C", Short},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := number(t, c.spec)
			_, fault := n.Int64(unhex(t, c.hex))
			require.Equal(t, c.want, fault, fault.String())
			dst, fault := n.Append([]byte("x"), unhex(t, c.hex))
			require.Equal(t, c.want, fault)
			if fault != OK {
				require.Equal(t, "x", string(dst))
			}
		})
	}
}

func TestPutFaults(t *testing.T) {
	unsigned := Spec{Kind: Packed, Digits: 3, Scale: 1}
	for _, c := range []struct {
		text string
		spec Spec
		want Fault
	}{
		{"100", unsigned, OutOfRange},
		{"1.25", unsigned, Inexact},
		{"1.250", unsigned, Inexact},
		{"1.50", unsigned, OK},
		{"+0001.5", unsigned, OK},
		{"-1.5", unsigned, MinusUnsigned},
		{"", unsigned, NotNumber},
		{"-", unsigned, NotNumber},
		{".", unsigned, NotNumber},
		{"1.", unsigned, NotNumber},
		{".5", unsigned, NotNumber},
		{"1e2", unsigned, NotNumber},
		{"1.2.3", unsigned, NotNumber},
		{"1234", Spec{Kind: Packed, Digits: 2, Scale: -2}, Inexact},
		{"1200", Spec{Kind: Packed, Digits: 2, Scale: -2}, OK},
		{"10000", Spec{Kind: Binary, Digits: 4}, OutOfRange},
		{"65535", Spec{Kind: Binary, Digits: 4, BinaryFull: true}, OK},
		{"65536", Spec{Kind: Binary, Digits: 4, BinaryFull: true}, OutOfRange},
		{"-32768", Spec{Kind: Binary, Digits: 4, Signed: true, BinaryFull: true}, OK},
		{"32768", Spec{Kind: Binary, Digits: 4, Signed: true, BinaryFull: true}, OutOfRange},
		{"18446744073709551616", Spec{Kind: Binary, Digits: 18, BinaryFull: true}, OutOfRange},
	} {
		t.Run(fmt.Sprintf("%q", c.text), func(t *testing.T) {
			n := number(t, c.spec)
			b := bytes.Repeat([]byte{0x99}, n.Length())
			require.Equal(t, c.want, n.Put(b, c.text))
			if c.want != OK {
				require.Equal(t, bytes.Repeat([]byte{0x99}, n.Length()), b, "a refused value must not touch the field")
			}
		})
	}
}

func specs() *rapid.Generator[Spec] {
	return rapid.Custom(func(t *rapid.T) Spec {
		s := Spec{
			Kind:         Kind(rapid.IntRange(0, 2).Draw(t, "kind")),
			Digits:       rapid.IntRange(1, MaxDigits).Draw(t, "digits"),
			Scale:        rapid.IntRange(-4, 40).Draw(t, "scale"),
			Signed:       rapid.Bool().Draw(t, "signed"),
			SignLeading:  rapid.Bool().Draw(t, "leading"),
			SignSeparate: rapid.Bool().Draw(t, "separate"),
			NumProc:      NumProc(rapid.IntRange(0, 1).Draw(t, "numproc")),
			CodePage:     rapid.SampledFrom(everyPage(t)).Draw(t, "page"),
		}
		if s.Kind == Binary {
			s.Digits = min(s.Digits, int64Digits)
			s.BinaryFull = rapid.Bool().Draw(t, "full")
		}
		return s
	})
}

// Law: what is written is read back, as an integer and as text, and writing the
// text again gives the same bytes.
func TestNumberRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, err := NewNumber(specs().Draw(t, "spec"))
		require.NoError(t, err)
		v := rapid.Int64().Draw(t, "v")
		b := make([]byte, n.Length())
		if fault := n.PutInt64(b, v); fault != OK {
			require.Contains(t, []Fault{OutOfRange, MinusUnsigned}, fault)
			return
		}
		got, fault := n.Int64(b)
		require.Equal(t, OK, fault)
		require.Equal(t, v, got)
		text, fault := n.Append(nil, b)
		require.Equal(t, OK, fault)
		again := make([]byte, n.Length())
		require.Equal(t, OK, n.PutBytes(again, text))
		require.Equal(t, b, again)
	})
}

func TestNewNumberRefuses(t *testing.T) {
	for _, s := range []Spec{{}, {Digits: MaxDigits + 1}, {Kind: Binary, Digits: 19}, {Digits: 1, NumProc: 7}} {
		_, err := NewNumber(s)
		require.Error(t, err)
	}
}
