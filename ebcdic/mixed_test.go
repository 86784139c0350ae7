package ebcdic

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func mixedPages(t require.TestingT) (pages []*CodePage) {
	for _, p := range everyPage(t) {
		if p.IsMixed() {
			pages = append(pages, p)
		}
	}
	return pages
}

// eachPair calls f with each pair that has a character.
func eachPair(p *CodePage, f func(pair []byte, r rune)) {
	for a := range 256 {
		for b := range 256 {
			if r := p.double.rune(byte(a), byte(b)); r != utf8.RuneError {
				f([]byte{byte(a), byte(b)}, r)
			}
		}
	}
}

// pairCounts is how many pairs of a page have a character, and for how many of
// them other bytes are written.
var pairCounts = map[string][2]int{
	"cp930": {11635, 0}, "cp933": {10757, 0}, "cp935": {9356, 0}, "cp937": {20264, 189}, "cp939": {11635, 0},
	"cp1364": {19551, 0}, "cp1388": {32405, 0}, "cp1390": {22077, 1}, "cp1399": {22077, 1},
}

// Every pair is read, and written back unless another pair, or a single byte,
// is written for its character.
func TestEveryPairRoundTrips(t *testing.T) {
	for _, p := range mixedPages(t) {
		all, other := 0, 0
		eachPair(p, func(pair []byte, r rune) {
			all++
			src := []byte{shiftOut, pair[0], pair[1], shiftIn}
			text, fault := p.AppendText([]byte("x"), src)
			if fault != OK || string(text) != "x"+string(r) {
				require.Fail(t, "wrong", "%s X'%X' reads %q: %s", p.Name(), pair, text, fault)
			}
			back := make([]byte, 4)
			fault = p.PutTextBytes(back, text[1:])
			if fault == OK && bytes.Equal(back, src) {
				return
			}
			other++
			again, _ := p.AppendText(nil, p.TrimRight(back))
			if fault != OK || string(again) != string(r) {
				require.Fail(t, "wrong", "%s X'%X' is written X'%X', which reads %q", p.Name(), pair, back, again)
			}
		})
		require.Equal(t, pairCounts[p.Name()], [2]int{all, other}, p.Name())
	}
}

// The bytes of the first row are those of glibc's IBM930.
func TestMixedText(t *testing.T) {
	for _, c := range []struct {
		page, hex, text string
		fault           Fault
	}{
		{"cp930", "0E4562456648E70FC1", "日本語A", OK},
		{"cp939", "C10E40400FC2", "A\u3000B", OK},
		{"cp939", "C10EC2", "", BrokenShift},
		{"cp939", "C10F", "", BrokenShift},
		{"cp939", "0E4040410F", "", BrokenShift},
		{"cp939", "0E00410F", "", NotEncodable},
	} {
		p, src := page(t, c.page), unhex(t, c.hex)
		text, fault := p.AppendText([]byte("x"), src)
		require.Equal(t, c.fault, fault, c.hex)
		require.Equal(t, "x"+c.text, string(text), c.hex)
		if fault == OK {
			back := make([]byte, len(src)+1)
			require.Equal(t, OK, p.PutText(back, c.text))
			require.Equal(t, append(src, 0x40), back)
			require.Equal(t, TooLong, p.PutText(back[:len(src)-1], c.text))
		}
	}
	require.Equal(t, NotEncodable, page(t, "939").PutText(make([]byte, 20), "日\U0001F600"))
}

func TestDouble(t *testing.T) {
	p, b := page(t, "930"), make([]byte, 6)
	require.Equal(t, OK, p.PutDouble(b, []byte("日本")))
	require.Equal(t, unhex(t, "456245664040"), b)
	text, fault := p.AppendDouble(nil, b)
	require.Equal(t, OK, fault)
	require.Equal(t, "日本\u3000", string(text))
	require.Equal(t, TooLong, p.PutDouble(b, []byte("日本語日")))
	require.Equal(t, NotEncodable, p.PutDouble(b, []byte("A")))
	require.Equal(t, SingleByte, CP037.PutDouble(b, []byte("日")))
	require.Equal(t, BrokenShift, p.PutDouble(b[:3], nil))
	_, fault = CP037.AppendDouble(nil, b)
	require.Equal(t, SingleByte, fault)
	_, fault = p.AppendDouble(nil, b[:3])
	require.Equal(t, BrokenShift, fault)
}

// The mixed pages of the GNU C library are a second witness.
func TestMixedPagesAgreeWithGlibc(t *testing.T) {
	command, err := exec.LookPath("iconv")
	if err != nil {
		t.Skip("no iconv on this machine")
	}
	for _, p := range mixedPages(t) {
		var src []byte
		var want []string
		eachPair(p, func(pair []byte, r rune) {
			src = append(src, shiftOut, pair[0], pair[1], shiftIn, lineFeed)
			want = append(want, string(r))
		})
		c := exec.Command(command, "-c", "-f", "IBM"+strings.TrimPrefix(p.Name(), "cp"), "-t", "UTF-8")
		c.Stdin = bytes.NewReader(src)
		text, _ := c.Output() // -c leaves out what glibc does not have, and then fails
		if len(text) == 0 {
			continue // glibc has no such page
		}
		got := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		require.Equal(t, len(want), len(got), p.Name())
		for i := range want {
			if want[i] != got[i] {
				require.Fail(t, "wrong", "%s X'%X': %q, glibc %q", p.Name(), src[5*i+1:5*i+3], want[i], got[i])
			}
		}
	}
}

// Law: whatever is read is written and read again the same.
func TestMixedRoundTrip(t *testing.T) {
	all := mixedPages(t)
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(all).Draw(t, "page")
		src := rapid.SliceOf(rapid.OneOf(rapid.Just(byte(shiftOut)), rapid.Just(byte(shiftIn)), rapid.ByteRange(0x40, 0x60), rapid.Byte())).Draw(t, "bytes")
		text, fault := p.AppendText(nil, src)
		if fault != OK {
			require.Empty(t, text)
			return
		}
		back := make([]byte, 4*len(src))
		require.Equal(t, OK, p.PutTextBytes(back, text))
		again, fault := p.AppendText(nil, back)
		require.Equal(t, OK, fault)
		require.Equal(t, strings.TrimRight(string(text), " "), strings.TrimRight(string(again), " "))
	})
}
