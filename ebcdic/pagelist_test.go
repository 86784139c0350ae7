package ebcdic

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
)

func page(t require.TestingT, name string) *CodePage {
	p, err := LookupCodePage(name)
	require.NoError(t, err)
	return p
}

func everyPage(t require.TestingT) (pages []*CodePage) {
	for _, info := range CodePages() {
		pages = append(pages, page(t, info.Name))
	}
	return pages
}

func singlePages(t require.TestingT) []*CodePage {
	return slices.DeleteFunc(everyPage(t), (*CodePage).IsMixed)
}

// holes is how many of the 256 bytes have no character, by page: in the old
// pages and in those of scripts that do not fill them. The others have none.
var holes = map[string]int{
	"cp274": 96, "cp275": 96, "cp420": 9, "cp424": 38, "cp803": 102, "cp875": 6, "cp880": 10, "cp905": 9, "ascii": 128,
}

func TestEveryByteRoundTrips(t *testing.T) {
	for i, p := range everyPage(t) {
		table, missing := pageTables[i], 0
		for b := range 256 {
			if p.IsMixed() && (b == shiftOut || b == shiftIn) {
				continue
			}
			src := []byte{byte(b), p.Space(), byte(b)}
			text, fault := p.AppendText([]byte("x"), src)
			if p.Rune(byte(b)) < 0 {
				require.Equal(t, NotEncodable, fault)
				require.Equal(t, "x", string(text))
				missing++
				continue
			}
			require.Equal(t, OK, fault)
			back := make([]byte, 3)
			require.Equal(t, OK, p.PutText(back, string(text[1:])))
			if strings.IndexByte(table.alternates, byte(b)) < 0 {
				require.Equal(t, src, back, p.Name())
				continue
			}
			again, fault := p.AppendText([]byte("x"), back) // another byte, the same text
			require.Equal(t, OK, fault)
			require.Equal(t, text, again, p.Name())
		}
		if !p.IsMixed() {
			require.Equal(t, holes[p.Name()], missing, p.Name())
		}
	}
}

// What COBOL relies on is at the same bytes in every EBCDIC page (IBM Character
// Data Representation Architecture, syntactic character set 00640, less the
// small letters of cp803 and the ampersand, which gives way there).
func TestInvariantCharacters(t *testing.T) {
	for i, p := range everyPage(t) {
		if pageTables[i].isPlain() {
			continue
		}
		for text, first := range map[string]byte{
			"0123456789": 0xF0, "ABCDEFGHI": 0xC1, "JKLMNOPQR": 0xD1, "STUVWXYZ": 0xE2,
			" ": 0x40, ".<(+": 0x4B, "*);": 0x5C, "-/": 0x60, ",%_>?": 0x6B, "'=": 0x7D, ":": 0x7A,
			"\x00": 0x00, "\u0085": newLine, "\n": lineFeed, "\x0E\x0F": 0x0E, "\x1A": 0x3F,
		} {
			for at, r := range text {
				if p.IsMixed() && first == shiftOut {
					continue
				}
				require.Equal(t, r, p.Rune(first+byte(at)), "%s X'%02X'", p.Name(), first+byte(at))
			}
		}
	}
}

// The x/text tables were made from the mapping files of the Unicode consortium,
// the GNU C library's by its own authors: two witnesses beside ICU.
func TestPagesAgreeWithCharmap(t *testing.T) {
	for p, witness := range map[*CodePage]*charmap.Charmap{CP037: charmap.CodePage037, CP1047: charmap.CodePage1047, CP1140: charmap.CodePage1140} {
		for b := range 256 {
			require.Equal(t, witness.DecodeByte(byte(b)), p.Rune(byte(b)), "%s X'%02X'", p.Name(), b)
		}
	}
}

// glibcDiffers has the bytes for which the GNU C library has another character
// or none, by page. In all of them Java has what ICU has, save for X'9A' of
// cp1026, where it has what glibc has. Its 918 is made of other letter forms.
var glibcDiffers = map[string]string{
	"cp278": "\x71\xE0", "cp285": "\xA1", "cp420": "\x45", "cp424": "\x78\x8F\xB3\xBC", "cp870": "\xB0",
	"cp871": "\x4A\xC0", "cp875": "\x6A\x74\xDD", "cp1026": "\x9D\xBC",
}

func TestPagesAgreeWithGlibc(t *testing.T) {
	command, err := exec.LookPath("iconv")
	if err != nil {
		t.Skip("no iconv on this machine")
	}
	compared := 0
	for _, p := range singlePages(t) {
		charset := "IBM" + strings.TrimPrefix(p.Name(), "cp")
		var src []byte
		var want []rune
		for b := range 256 {
			if p.Rune(byte(b)) >= 0 && strings.IndexByte(glibcDiffers[p.Name()], byte(b)) < 0 {
				src, want = append(src, byte(b)), append(want, p.Rune(byte(b)))
			}
		}
		c := exec.Command(command, "-f", charset, "-t", "UTF-8")
		c.Stdin = bytes.NewReader(src)
		text, err := c.Output()
		if p.Name() == "cp918" || err != nil && len(text) == 0 {
			continue // glibc has no such page
		}
		require.NoError(t, err, p.Name())
		require.Equal(t, string(want), string(text), p.Name())
		compared++
	}
	t.Logf("%d pages compared", compared)
}

func TestLookupCodePage(t *testing.T) {
	for name, want := range map[string]string{
		"": "cp037", "037": "cp037", "CP037": "cp037", "ibm-37": "cp037", "IBM1140": "cp1140", "ccsid 00273": "cp273", "ascii": "ascii",
		"latin-1": "latin1", "iso-8859-1": "latin1", "cp1047, SWAPLFNL": "cp1047,swaplfnl", "500,controls=keep": "cp500",
		"037,controls=blank,swaplfnl": "cp037,swaplfnl,controls=blank",
	} {
		p := page(t, name)
		require.Equal(t, want, p.Name())
		require.Same(t, p, page(t, p.Name()))
	}
	require.Same(t, CP037, page(t, "37"))
	for name, want := range map[string]string{
		"cp9": "cp1047", "cp": "is not one of", "0": "is not one of", "cp037,swap": "controls=refuse", "ascii,swaplfnl": "EBCDIC pages only",
	} {
		_, err := LookupCodePage(name)
		require.ErrorContains(t, err, want)
	}
}

func TestControlOptions(t *testing.T) {
	src := unhex(t, "C1150525C200")
	for name, want := range map[string]string{
		"cp037":                         "A\u0085\t\nB\x00",
		"cp037,swaplfnl":                "A\n\t\u0085B\x00",
		"cp037,controls=blank":          "A   B ",
		"cp037,controls=blank,swaplfnl": "A   B ",
	} {
		text, fault := page(t, name).AppendText(nil, src)
		require.Equal(t, OK, fault)
		require.Equal(t, want, string(text), name)
	}
	for _, info := range CodePages() {
		refuse, blank := page(t, info.Name+",controls=refuse"), page(t, info.Name+",controls=blank")
		for b, r := range page(t, info.Name).runes {
			if !unicode.IsControl(r) {
				require.Equal(t, r, refuse.Rune(byte(b)))
				require.Equal(t, r, blank.Rune(byte(b)))
				continue
			}
			require.Equal(t, rune(-1), refuse.Rune(byte(b)))
			require.Equal(t, ' ', blank.Rune(byte(b)))
			for _, p := range []*CodePage{refuse, blank} {
				require.Equal(t, NotEncodable, p.PutText(make([]byte, 1), string(r)))
			}
		}
		require.Equal(t, page(t, info.Name).Space(), blank.Space())
	}
}

// A page is made when it is first asked for.
func BenchmarkNewCodePage(b *testing.B) {
	table := findTable("cp1025")
	b.ReportAllocs()
	for b.Loop() {
		newCodePage("cp1025", table, pageOptions{})
	}
}
