package ebcdic

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// CodePage is a character set: single bytes and, in a mixed page, pairs of bytes
// between shift-out and shift-in. It never changes and is safe for concurrent use.
type CodePage struct {
	name   string
	runes  [256]rune   // -1 where the page has no character
	ascii  [256]byte   // the character when it is ASCII, else notASCII
	chars  [256]string // the character in UTF-8
	bytes  [256]byte   // the byte of each character below U+0100 ...
	known  [256]bool   // ... where the page has it
	others []other     // the bytes of the characters from U+0100 on, by character
	whole  bool        // the page has all of ASCII
	zones  *[numProcs]zoneSet
	double *doubleSet // of a mixed page
	space  byte
}

type other struct {
	r rune
	b byte
}

const notASCII = 0xFF

// newCodePage makes the page of t as o changes it. The characters stay in t's
// string.
func newCodePage(name string, t *pageTable, o pageOptions) *CodePage {
	p := &CodePage{name: name, zones: &ebcdicZones}
	if t.isPlain() {
		p.zones = &asciiZones
	}
	for i, at := 0, 0; i < 256; i++ {
		r, size := utf8.DecodeRuneInString(t.chars[at:])
		p.runes[i], p.chars[i] = r, t.chars[at:at+size]
		at += size
	}
	if t.double != "" {
		p.double = loadDouble(t.double)
	}
	readOnly := t.readOnly()
	o.apply(p, &readOnly)
	for i, r := range p.runes {
		p.ascii[i] = notASCII
		switch {
		case r == utf8.RuneError:
			p.runes[i] = -1
			continue
		case r < utf8.RuneSelf:
			p.ascii[i] = byte(r)
		}
		switch {
		case readOnly[i]:
		case r < 256:
			p.bytes[r], p.known[r] = byte(i), true
		default:
			p.others = append(p.others, other{r, byte(i)})
		}
	}
	slices.SortFunc(p.others, func(a, b other) int { return int(a.r - b.r) })
	p.whole = !slices.Contains(p.known[:utf8.RuneSelf], false)
	p.space = p.bytes[' ']
	return p
}

// Name returns the page's name, for instance "cp037".
func (p *CodePage) Name() string { return p.name }

// Space returns the byte of a blank: X'40' in EBCDIC.
func (p *CodePage) Space() byte { return p.space }

// Rune returns the character of b, or -1 when the page has none there. In a mixed
// page the shifts have none: AppendText reads what is between them.
func (p *CodePage) Rune(b byte) rune { return p.runes[b] }

// Byte returns the byte of r and whether the page has it.
func (p *CodePage) Byte(r rune) (byte, bool) {
	if r >= 0 && r < 256 {
		return p.bytes[r], p.known[r]
	}
	i, ok := slices.BinarySearchFunc(p.others, r, func(o other, r rune) int { return int(o.r - r) })
	if !ok {
		return 0, false
	}
	return p.others[i].b, true
}

// AppendText appends src in UTF-8. A byte without a character makes it return
// NotEncodable, with dst as it was.
func (p *CodePage) AppendText(dst, src []byte) ([]byte, Fault) {
	start := len(dst)
	dst = slices.Grow(dst, len(src))
	if !Translate(dst[start:start+len(src)], src, &p.ascii) {
		if p.double != nil {
			return p.appendMixed(dst[:start], src)
		}
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
		dst = append(dst, p.chars[b]...)
	}
	return dst, OK
}

// PutText writes s into dst and fills the rest with blanks. The text must fit
// and each of its characters be in the page; else dst is left as it was.
func (p *CodePage) PutText(dst []byte, s string) Fault {
	return p.PutTextBytes(dst, []byte(s))
}

// PutTextBytes is PutText of UTF-8 in a byte slice. Plain ASCII is translated
// without looking at characters.
func (p *CodePage) PutTextBytes(dst, s []byte) Fault {
	if !p.whole || len(s) > len(dst) || !isASCII(s) {
		return p.putSlowly(dst, s)
	}
	for i, c := range s {
		dst[i] = p.bytes[c]
	}
	p.Fill(dst[len(s):])
	return OK
}

func isASCII(s []byte) bool {
	for _, c := range s {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (p *CodePage) putSlowly(dst, s []byte) Fault {
	if p.double != nil {
		return p.putMixed(dst, s)
	}
	if n, fault := p.TextLength(s); fault != OK {
		return fault
	} else if n > len(dst) {
		return TooLong
	}
	i := 0
	for len(s) > 0 {
		r, size := utf8.DecodeRune(s)
		dst[i], _ = p.Byte(r)
		i++
		s = s[size:]
	}
	p.Fill(dst[i:])
	return OK
}

// TextLength counts the bytes that s, which is UTF-8, takes in the page, with
// the shifts of a mixed page.
func (p *CodePage) TextLength(s []byte) (int, Fault) {
	if p.double != nil {
		return p.mixedLength(s)
	}
	n := 0
	for len(s) > 0 {
		r, size := utf8.DecodeRune(s) // U+FFFD for bytes that are not UTF-8: in no page
		if _, ok := p.Byte(r); !ok {
			return 0, NotEncodable
		}
		n++
		s = s[size:]
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
