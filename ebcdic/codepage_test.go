package ebcdic

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// IBM code page chart 00037: the bytes COBOL text is made of.
func TestCP037Chart(t *testing.T) {
	for text, want := range map[string]string{
		" ":          "40",
		"0123456789": "F0F1F2F3F4F5F6F7F8F9",
		"ABCDEFGHI":  "C1C2C3C4C5C6C7C8C9",
		"JKLMNOPQR":  "D1D2D3D4D5D6D7D8D9",
		"STUVWXYZ":   "E2E3E4E5E6E7E8E9",
		"abcxyz":     "818283A7A8A9",
		"{}+-.,()":   "C0D04E604B6B4D5D",
		"¢¬é":        "4A5F51",
	} {
		b := make([]byte, len([]rune(text)))
		require.Equal(t, OK, CP037.PutText(b, text))
		require.Equal(t, unhex(t, want), b, text)
	}
}

// CP1140 is CP037 with the euro sign at X'9F'; CP1047 has [ at X'AD' where
// CP037 has it at X'BA' (IBM code page charts 01140, 01047).
func TestPagesDiffer(t *testing.T) {
	require.Equal(t, '€', CP1140.Rune(0x9F))
	require.Equal(t, '¤', CP037.Rune(0x9F))
	require.Equal(t, '[', CP1047.Rune(0xAD))
	require.Equal(t, '[', CP037.Rune(0xBA))
}

func TestPutTextRefuses(t *testing.T) {
	b := []byte{1, 2, 3}
	require.Equal(t, TooLong, CP037.PutText(b, "ABCD"))
	require.Equal(t, NotEncodable, CP037.PutText(b, "A€"))
	require.Equal(t, NotEncodable, CP037.PutText(b, "A\xff"))
	require.Equal(t, []byte{1, 2, 3}, b)
	require.Equal(t, OK, CP037.PutText(b, "A"))
	require.Equal(t, unhex(t, "C14040"), b)
	require.Equal(t, unhex(t, "C1"), CP037.TrimRight(b))
}

// PutTextBytes takes a short cut for ASCII, which not every page has whole:
// cp803 has no small letters.
func TestPutTextBytesIsPutText(t *testing.T) {
	for _, p := range singlePages(t) {
		for _, s := range []string{"", "AB", "ABCDE", "ab", "a`{", "é", "ééééé", "€", "A\xff", "\uFFFD"} {
			dst, fault := make([]byte, 4), OK
			for i, r := range []rune(s) {
				b, ok := p.Byte(r)
				if !ok {
					fault = NotEncodable
				} else if i < len(dst) {
					dst[i] = b
				}
			}
			if n := len([]rune(s)); fault == OK && n > len(dst) {
				fault = TooLong
			} else if fault == OK {
				p.Fill(dst[n:])
			}
			if fault != OK {
				clear(dst)
			}
			got := make([]byte, 4)
			require.Equal(t, fault, p.PutTextBytes(got, []byte(s)), "%s %q", p.Name(), s)
			require.Equal(t, dst, got, "%s %q", p.Name(), s)
		}
	}
}

func TestTextDoesNotAllocate(t *testing.T) {
	dst, field := make([]byte, 0, 200), make([]byte, 40)
	for _, s := range []string{"ENTRY", "Ünder größe, Straße 4711 und noch etwas"} {
		require.Zero(t, testing.AllocsPerRun(10, func() {
			CP037.PutText(field, s)
			CP037.PutTextBytes(field, dst)
			dst, _ = CP037.AppendText(dst[:0], field)
		}))
	}
}

func TestTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom([]*CodePage{CP037, CP1047, CP1140, Latin1}).Draw(t, "page")
		src := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		text, fault := p.AppendText(nil, src)
		require.Equal(t, OK, fault)
		back := make([]byte, len(src))
		require.Equal(t, OK, p.PutText(back, string(text)))
		require.Equal(t, src, back)
	})
}
