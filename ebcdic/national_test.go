package ebcdic

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The Unicode Standard, table 3-5: U+10302 in UTF-16 is D800 DF02.
func TestNational(t *testing.T) {
	for _, c := range []struct {
		hex, text string
		fault     Fault
	}{
		{"", "", OK},
		{"0041002000E920AC", "A é€", OK},
		{"004D0430D800DF02", "Mа\U00010302", OK},
		{"FFFD0000", "\uFFFD\x00", OK},
		{"004100", "", Short},
		{"0041D800", "", NotEncodable},
		{"D8000041", "", NotEncodable},
		{"DF02D800", "", NotEncodable},
	} {
		src := unhex(t, c.hex)
		text, fault := AppendNational([]byte("x"), src)
		require.Equal(t, c.fault, fault, c.hex)
		require.Equal(t, "x"+c.text, string(text), c.hex)
		if fault == OK {
			back := make([]byte, len(src)+4)
			require.Equal(t, OK, PutNational(back, []byte(c.text)))
			require.Equal(t, append(slices.Clone(src), 0, ' ', 0, ' '), back)
			require.Equal(t, src, TrimNational(back))
		}
	}
	b := []byte{1, 2, 3, 4}
	require.Equal(t, TooLong, PutNational(b, []byte("ABC")))
	require.Equal(t, TooLong, PutNational(b, []byte("A\U00010302")))
	require.Equal(t, NotEncodable, PutNational(b, []byte("\xff")))
	require.Equal(t, Short, PutNational(b[:3], []byte("A")))
	require.Equal(t, []byte{1, 2, 3, 4}, b)
}

// Law: any text that fits is read back, and takes no allocation.
func TestNationalRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := []byte(rapid.String().Draw(t, "text"))
		b := make([]byte, 2*len(s))
		if fault := PutNational(b, s); fault != OK {
			return
		}
		text, fault := AppendNational(nil, b)
		require.Equal(t, OK, fault)
		require.Equal(t, string(s), string(text[:len(s)]))
		require.Zero(t, testing.AllocsPerRun(1, func() { PutNational(b, s); text, _ = AppendNational(text[:0], b) }))
	})
}
