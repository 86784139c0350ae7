package ebcdic

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzPacked and FuzzZoned compare arbitrary bytes with the plain reading of
// reference_test.go. Nothing was found so far.
func FuzzPacked(f *testing.F) {
	for _, seed := range []string{"\x12\x3C", "\x01\x23\x4D", "\x40\x40\x40", "\x00\x0D", "\xFF\xFF", "\x12\x34\x56\x78\x90\x12\x34\x56\x78\x9F"} {
		f.Add([]byte(seed), true, false)
		f.Add([]byte(seed), false, true)
	}
	f.Fuzz(func(t *testing.T, b []byte, signed, even bool) {
		digits := 2*len(b) - 1
		if even {
			digits--
		}
		fuzzNumber(t, b, Spec{Kind: Packed, Digits: digits, Signed: signed})
	})
}

func FuzzZoned(f *testing.F) {
	for _, seed := range []string{"\xF1\xF2\xD3", "\xF1\x40\xF3", "\x4E\xF1", "\xF1\x60", "\xC0", "\x00\x00", "\xF1\xFA"} {
		f.Add([]byte(seed), true, false, false)
		f.Add([]byte(seed), true, true, true)
	}
	f.Fuzz(func(t *testing.T, b []byte, signed, leading, separate bool) {
		s := Spec{Kind: Zoned, Digits: len(b), Signed: signed, SignLeading: leading, SignSeparate: separate && signed}
		if s.SignSeparate {
			s.Digits--
		}
		fuzzNumber(t, b, s)
	})
}

func fuzzNumber(t *testing.T, b []byte, s Spec) {
	n, err := NewNumber(s)
	if err != nil {
		return
	}
	compare(t, n, b)
	text, fault := n.Append(nil, b)
	if fault != OK {
		return
	}
	again := make([]byte, len(b))
	require.Equal(t, OK, n.PutBytes(again, text))
	back, fault := n.Append(nil, again)
	require.Equal(t, OK, fault)
	require.Equal(t, string(text), string(back))
}
