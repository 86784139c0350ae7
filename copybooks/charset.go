package copybooks

import (
	"fmt"
	"strings"

	"tidewaiter/ebcdic"
)

// charset is how the text of a field stands in its bytes.
type charset struct {
	page  *ebcdic.CodePage
	plain [256]byte   // bytes that are one JSON character as they stand, else oddByte
	chars [256]uint16 // characters that are one byte as they stand, else oddChar
}

// oddByte marks a text byte that JSON cannot hold as one plain character.
const oddByte = 0xFF

// oddChar marks a character that is not one byte of text as it stands.
const oddChar = 0x100

func newCharset(page *ebcdic.CodePage) *charset {
	t := &charset{page: page}
	for i := range 256 {
		t.plain[i], t.chars[i] = oddByte, oddChar
		if r := page.Rune(byte(i)); plainInJSON(r) {
			t.plain[i] = byte(r)
		}
		if b, ok := page.Byte(rune(i)); ok && plainInJSON(rune(i)) {
			t.chars[i] = uint16(b)
		}
	}
	return t
}

func plainInJSON(r rune) bool { return r >= ' ' && r < 0x7F && r != '"' && r != '\\' }

// append appends b in UTF-8.
func (t *charset) append(dst, b []byte) ([]byte, ebcdic.Fault) { return t.page.AppendText(dst, b) }

// put writes UTF-8 at the start of b and blanks after it, or, in a JUSTIFIED
// field, at its end. With a fault b stays as it was.
func (t *charset) put(b, s []byte, justified bool) ebcdic.Fault {
	if !justified {
		return t.page.PutTextBytes(b, s)
	}
	n, fault := t.page.TextLength(s)
	switch {
	case fault != ebcdic.OK:
		return fault
	case n > len(b):
		return ebcdic.TooLong
	}
	t.fill(b[:len(b)-n])
	return t.page.PutTextBytes(b[len(b)-n:], s)
}

// fill writes blanks.
func (t *charset) fill(b []byte) { t.page.Fill(b) }

// trimRight returns b without the blanks at its end.
func (t *charset) trimRight(b []byte) []byte { return t.page.TrimRight(b) }

// trimLeft returns b without the blanks at its start.
func (t *charset) trimLeft(b []byte) []byte {
	space := t.page.Space()
	for len(b) > 0 && b[0] == space {
		b = b[1:]
	}
	return b
}

// charsets are those of a codec's fields: one for each code page in use.
type charsets struct {
	main  *charset
	pages map[string]*charset // by the name of the page
	items map[*Item]*charset  // of the items that CodecOptions.Pages names
}

// newCharsets finds the items that have pages of their own.
func newCharsets(l *Layout, o CodecOptions) (*charsets, error) {
	s := &charsets{pages: map[string]*charset{}, items: map[*Item]*charset{}}
	var err error
	if s.main, err = s.page(o.CodePage); err != nil {
		return nil, err
	}
	for field, name := range o.Pages {
		it, count := l.find(qualified(field))
		switch {
		case count == 0:
			return nil, fmt.Errorf("choosing code page %s: %s has no field %s", name, l.Name, field)
		case count > 1:
			return nil, fmt.Errorf("choosing code page %s: %s has %d fields %s, qualify the name with OF", name, l.Name, count, field)
		}
		if s.items[it], err = s.page(name); err != nil {
			return nil, fmt.Errorf("field %s: %w", strings.ToUpper(field), err)
		}
	}
	return s, nil
}

func (s *charsets) page(name string) (*charset, error) {
	page, err := ebcdic.LookupCodePage(name)
	if err != nil {
		return nil, err
	}
	if s.pages[page.Name()] == nil {
		s.pages[page.Name()] = newCharset(page)
	}
	return s.pages[page.Name()], nil
}

// of is the charset of an item: that of the nearest group, or itself, that has
// one of its own.
func (s *charsets) of(it *Item) *charset {
	for g := it; g != nil && len(s.items) > 0; g = g.parent {
		if t := s.items[g]; t != nil {
			return t
		}
	}
	return s.main
}
