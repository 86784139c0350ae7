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

func TestEveryByteRoundTrips(t *testing.T) {
	for _, p := range codePages {
		t.Run(p.Name(), func(t *testing.T) {
			for i := range 256 {
				src := []byte{byte(i), p.Space(), byte(i)}
				text, fault := p.AppendText([]byte("x"), src)
				if p == ASCII && i >= 0x80 {
					require.Equal(t, NotEncodable, fault)
					require.Equal(t, "x", string(text))
					continue
				}
				require.Equal(t, OK, fault)
				back := make([]byte, 3)
				require.Equal(t, OK, p.PutText(back, string(text[1:])))
				require.Equal(t, src, back)
			}
		})
	}
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

func TestLookupCodePage(t *testing.T) {
	for name, want := range map[string]*CodePage{"": CP037, "037": CP037, "CP037": CP037, "ibm-37": CP037, "IBM1140": CP1140, "ascii": ASCII, "latin-1": Latin1, "iso-8859-1": Latin1} {
		p, err := LookupCodePage(name)
		require.NoError(t, err)
		require.Same(t, want, p)
	}
	_, err := LookupCodePage("cp9")
	require.ErrorContains(t, err, "cp1047")
}

// PutTextBytes takes a short cut for ASCII: every page must have all of it.
func TestPutTextBytesIsPutText(t *testing.T) {
	for _, p := range codePages {
		for _, s := range []string{"", "AB", "ABCDE", "é", "ééééé", "€", "A\xff"} {
			a, b := make([]byte, 4), make([]byte, 4)
			require.Equal(t, p.PutText(a, s), p.PutTextBytes(b, []byte(s)), "%s %q", p.Name(), s)
			require.Equal(t, a, b)
		}
		for r := rune(0); r < 0x80; r++ {
			_, ok := p.Byte(r)
			require.True(t, ok, "%s has no U+%04X", p.Name(), r)
		}
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
