package ebcdic

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// FuzzMixed reads arbitrary bytes as text of every mixed page: what is read is
// written, no longer than it was, and read again the same. Nothing was found so far.
func FuzzMixed(f *testing.F) {
	for _, seed := range []string{"\x0E\x45\x62\x45\x66\x0F\xC1", "\xC1\x0E\x40\x40\x0F\xC2", "\x0E\x0F", "\x0E\x45\x0F", "\x0F", "\x0E\x45\x62", "\x0E\x43\xA1\x0F\x0E\x42\x6A\x0F\x40", "\x0E\xEC\xB5\xEC\xB6\x0F"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, p := range mixedPages(t) {
			text, fault := p.AppendText([]byte("x"), b)
			if fault != OK {
				require.Equal(t, "x", string(text))
				continue
			}
			require.True(t, utf8.Valid(text))
			back := make([]byte, len(b))
			require.Equal(t, OK, p.PutTextBytes(back, text[1:]), "%s %X", p.Name(), b)
			again, fault := p.AppendText([]byte("x"), back)
			require.Equal(t, OK, fault)
			require.Equal(t, string(bytes.TrimRight(text, " ")), string(bytes.TrimRight(again, " ")), p.Name())
		}
	})
}

// FuzzText writes arbitrary text in every page: what a page takes is read back,
// and a refusal leaves the field as it was. Nothing was found so far.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"", "ENTRY 4711", "é€ß", "日本語A", "A日B本C", "漢 字", "\xFF", "\uFFFD", "Ελ", "ישראל", "ไทย", "\x0E\x0F", "か゚"} {
		f.Add(seed, uint8(20))
	}
	f.Fuzz(func(t *testing.T, s string, room uint8) {
		for _, p := range everyPage(t) {
			field := bytes.Repeat([]byte{0xEE}, int(room))
			if fault := p.PutText(field, s); fault != OK {
				require.Contains(t, []Fault{NotEncodable, TooLong}, fault)
				require.Equal(t, bytes.Repeat([]byte{0xEE}, int(room)), field)
				continue
			}
			text, fault := p.AppendText(nil, field)
			require.Equal(t, OK, fault, "%s %q", p.Name(), s)
			require.Equal(t, string(bytes.TrimRight([]byte(s), " ")), string(bytes.TrimRight(text, " ")), p.Name())
		}
	})
}

// FuzzNational reads arbitrary bytes as UTF-16: what is read is written as the same
// bytes. Nothing was found so far.
func FuzzNational(f *testing.F) {
	for _, seed := range []string{"\x00A\x00 \x00\xE9\x20\xAC", "\xD8\x00\xDF\x02", "\xD8\x00", "\xDF\x02\xD8\x00", "\x00", "\xFF\xFD\xFF\xFF\x00\x00", "\xFE\xFF\x00A"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, fault := AppendNational([]byte("x"), b)
		if fault != OK {
			require.Equal(t, "x", string(text))
			return
		}
		back := make([]byte, len(b))
		require.Equal(t, OK, PutNational(back, text[1:]))
		require.Equal(t, b, back)
	})
}
