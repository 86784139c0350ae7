package ebcdic

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// CodePage is a single-byte character set. It never changes and is safe for
// concurrent use.
type CodePage struct {
	name  string
	runes [256]rune          // -1 where the page has no character
	ascii [256]byte          // the character when it is ASCII, else notASCII
	bytes [256]byte          // the byte of each character below U+0100 ...
	known [256]bool          // ... where the page has it
	other map[rune]byte      // the byte of each character from U+0100 on
	utf8  [256][]byte        // the character in UTF-8
	zones *[numProcs]zoneSet // how the digits of a DISPLAY number look
	space byte
}

const notASCII = 0xFF

// The code pages. CP037 is the United States', CP1047 that of Unix System
// Services, CP1140 is CP037 with the euro sign. Tables: golang.org/x/text
// charmap, generated from the Unicode consortium's and IBM's mapping files.
var (
	CP037  = newCodePage("cp037", charmap.CodePage037.DecodeByte, &ebcdicZones)
	CP1047 = newCodePage("cp1047", charmap.CodePage1047.DecodeByte, &ebcdicZones)
	CP1140 = newCodePage("cp1140", charmap.CodePage1140.DecodeByte, &ebcdicZones)
	ASCII  = newCodePage("ascii", decodeASCII, &asciiZones)
	Latin1 = newCodePage("latin1", decodeLatin1, &asciiZones)
)

var codePages = []*CodePage{CP037, CP1047, CP1140, ASCII, Latin1}

// LookupCodePage finds a page by name: cp037, 037, IBM037 and ibm-37 are all
// the same; "" is cp037.
func LookupCodePage(name string) (*CodePage, error) {
	if name == "" {
		return CP037, nil
	}
	plain := plainName(name)
	names := make([]string, len(codePages))
	for i, p := range codePages {
		if plainName(p.name) == plain {
			return p, nil
		}
		names[i] = p.name
	}
	if plain == "iso88591" {
		return Latin1, nil
	}
	return nil, fmt.Errorf("code page %q is not one of %s", name, strings.Join(names, ", "))
}

func plainName(name string) string {
	s := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "ibm"), "cp")
	return strings.TrimLeft(s, "0")
}

func decodeASCII(b byte) rune {
	if b < 0x80 {
		return rune(b)
	}
	return utf8.RuneError
}

func decodeLatin1(b byte) rune { return rune(b) }

func newCodePage(name string, decode func(byte) rune, zones *[numProcs]zoneSet) *CodePage {
	p := &CodePage{name: name, other: map[rune]byte{}, zones: zones}
	for i := range 256 {
		r := decode(byte(i))
		p.ascii[i] = notASCII
		if r == utf8.RuneError {
			p.runes[i] = -1
			p.utf8[i] = []byte(string(utf8.RuneError))
			continue
		}
		p.runes[i] = r
		p.utf8[i] = []byte(string(r))
		if r < utf8.RuneSelf {
			p.ascii[i] = byte(r)
		}
		if r < 256 {
			p.bytes[r], p.known[r] = byte(i), true
		} else {
			p.other[r] = byte(i)
		}
	}
	p.space = p.bytes[' ']
	return p
}

// Name returns the page's name, for instance "cp037".
func (p *CodePage) Name() string { return p.name }

// Space returns the byte of a blank: X'40' in EBCDIC.
func (p *CodePage) Space() byte { return p.space }

// Rune returns the character of b, or -1 when the page has none there.
func (p *CodePage) Rune(b byte) rune { return p.runes[b] }

// Byte returns the byte of r and whether the page has it.
func (p *CodePage) Byte(r rune) (byte, bool) {
	if r >= 0 && r < 256 {
		return p.bytes[r], p.known[r]
	}
	b, ok := p.other[r]
	return b, ok
}

// AppendText appends src in UTF-8. A byte without a character makes it return
// NotEncodable, with dst as it was.
func (p *CodePage) AppendText(dst, src []byte) ([]byte, Fault) {
	start := len(dst)
	dst = slices.Grow(dst, len(src))
	if !Translate(dst[start:start+len(src)], src, &p.ascii) {
		return p.appendSlowly(dst[:start], src, start)
	}
	return dst[:start+len(src)], OK
}

// Translate writes table[b] for each byte b of src into dst, which must be as
// long. It reports whether every byte written is below 0x80: a table marks bytes
// that need more care with a value from 0x80 on.
func Translate(dst, src []byte, table *[256]byte) bool {
	dst = dst[:len(src)]
	var all byte
	for len(src) >= 8 && len(dst) >= 8 {
		s, d := (*[8]byte)(src), (*[8]byte)(dst)
		a, b, c, e := table[s[0]], table[s[1]], table[s[2]], table[s[3]]
		d[0], d[1], d[2], d[3] = a, b, c, e
		f, g, h, i := table[s[4]], table[s[5]], table[s[6]], table[s[7]]
		d[4], d[5], d[6], d[7] = f, g, h, i
		all |= a | b | c | e | f | g | h | i
		src, dst = src[8:], dst[8:]
	}
	for i, b := range src {
		c := table[b]
		dst[i] = c
		all |= c
	}
	return all < 0x80
}

func (p *CodePage) appendSlowly(dst, src []byte, start int) ([]byte, Fault) {
	for _, b := range src {
		if p.runes[b] < 0 {
			return dst[:start], NotEncodable
		}
		dst = append(dst, p.utf8[b]...)
	}
	return dst, OK
}

// PutText writes s into dst and fills the rest with blanks. The text must fit
// and each of its characters be in the page; else dst is left as it was.
func (p *CodePage) PutText(dst []byte, s string) Fault {
	if n, fault := p.length(s); fault != OK {
		return fault
	} else if n > len(dst) {
		return TooLong
	}
	i := 0
	for _, r := range s {
		dst[i], _ = p.Byte(r)
		i++
	}
	p.Fill(dst[i:])
	return OK
}

// PutTextBytes is PutText of UTF-8 in a byte slice. Plain ASCII, which every
// page has, is translated without looking at characters.
func (p *CodePage) PutTextBytes(dst, s []byte) Fault {
	if len(s) > len(dst) {
		return p.PutText(dst, string(s)) // characters may be fewer than bytes
	}
	for _, c := range s {
		if c >= utf8.RuneSelf {
			return p.PutText(dst, string(s))
		}
	}
	for i, c := range s {
		dst[i] = p.bytes[c]
	}
	p.Fill(dst[len(s):])
	return OK
}

// length counts the bytes of s in the page.
func (p *CodePage) length(s string) (int, Fault) {
	n := 0
	for i, r := range s {
		_, ok := p.Byte(r)
		if !ok || r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			return 0, NotEncodable
		}
		n++
	}
	return n, OK
}

// Fill sets every byte of dst to a blank.
func (p *CodePage) Fill(dst []byte) {
	for i := range dst {
		dst[i] = p.space
	}
}

// TrimRight returns src without trailing blanks.
func (p *CodePage) TrimRight(src []byte) []byte {
	n := len(src)
	blanks := uint64(p.space) * 0x0101010101010101
	for n >= 8 && binary.LittleEndian.Uint64(src[n-8:]) == blanks {
		n -= 8
	}
	for n > 0 && src[n-1] == p.space {
		n--
	}
	return src[:n]
}
