package copybooks

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"tidewaiter/ebcdic"
)

// charset is how the text of a field stands in its bytes.
type charset struct {
	form form
	page *ebcdic.CodePage
	most int // characters of UTF-8, 0 when only the bytes count
	// Of pageForm: bytes that are one JSON character as they stand, else oddByte,
	// and characters that are one byte as they stand, else oddChar.
	plain [256]byte
	chars [256]uint16
}

// form is the kind of a charset.
type form uint8

const (
	pageForm     form = iota // single bytes, with shifts in a mixed page
	nationalForm             // UTF-16, big-endian
	doubleForm               // the double-byte characters of the page, without shifts
	utf8Form                 // UTF-8
)

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
func (t *charset) append(dst, b []byte) ([]byte, ebcdic.Fault) {
	switch t.form {
	case nationalForm:
		return ebcdic.AppendNational(dst, b)
	case doubleForm:
		return t.page.AppendDouble(dst, b)
	case utf8Form:
		return t.appendUTF8(dst, b)
	}
	return t.page.AppendText(dst, b)
}

// appendUTF8 appends the characters of the item; what follows them is padding.
func (t *charset) appendUTF8(dst, b []byte) ([]byte, ebcdic.Fault) {
	if !utf8.Valid(b) {
		return dst, ebcdic.NotEncodable
	}
	if t.most > 0 && len(b) > t.most {
		n := 0
		for range t.most {
			_, size := utf8.DecodeRune(b[n:])
			n += size
		}
		if len(bytes.TrimRight(b[n:], " ")) > 0 {
			return dst, ebcdic.TooLong
		}
		b = b[:n]
	}
	return append(dst, b...), ebcdic.OK
}

// put writes UTF-8 at the start of b and blanks after it, or, in a JUSTIFIED
// field, at its end. With a fault b stays as it was.
func (t *charset) put(b, s []byte, justified bool) ebcdic.Fault {
	if justified {
		n, fault := t.length(s)
		switch {
		case fault != ebcdic.OK:
			return fault
		case n > len(b):
			return ebcdic.TooLong
		}
		t.fill(b[:len(b)-n])
		b = b[len(b)-n:]
	}
	switch t.form {
	case nationalForm:
		return ebcdic.PutNational(b, s)
	case doubleForm:
		return t.page.PutDouble(b, s)
	case utf8Form:
		return t.putUTF8(b, s)
	}
	return t.page.PutTextBytes(b, s)
}

func (t *charset) putUTF8(b, s []byte) ebcdic.Fault {
	if n, fault := t.length(s); fault != ebcdic.OK {
		return fault
	} else if n > len(b) || t.most > 0 && utf8.RuneCount(s) > t.most {
		return ebcdic.TooLong
	}
	t.fill(b[copy(b, s):])
	return ebcdic.OK
}

// length counts the bytes that s takes.
func (t *charset) length(s []byte) (int, ebcdic.Fault) {
	switch t.form {
	case nationalForm:
		return ebcdic.NationalLength(s)
	case doubleForm:
		return t.page.DoubleLength(s)
	case utf8Form:
		if !utf8.Valid(s) {
			return 0, ebcdic.NotEncodable
		}
		return len(s), ebcdic.OK
	}
	return t.page.TextLength(s)
}

// blank is the bytes of a blank, of which the first size count.
func (t *charset) blank() (b [2]byte, size int) {
	switch t.form {
	case nationalForm:
		return [2]byte{0, ' '}, 2
	case doubleForm:
		return [2]byte{0x40, 0x40}, 2
	case utf8Form:
		return [2]byte{' '}, 1
	}
	return [2]byte{t.page.Space()}, 1
}

// fill writes blanks.
func (t *charset) fill(b []byte) {
	if t.form == pageForm {
		t.page.Fill(b)
		return
	}
	blank, size := t.blank()
	for i := range b {
		b[i] = blank[i%size]
	}
}

// trimRight returns b without the blanks at its end.
func (t *charset) trimRight(b []byte) []byte {
	if t.form == pageForm {
		return t.page.TrimRight(b)
	}
	blank, size := t.blank()
	for len(b) >= size && string(b[len(b)-size:]) == string(blank[:size]) {
		b = b[:len(b)-size]
	}
	return b
}

// trimLeft returns b without the blanks at its start.
func (t *charset) trimLeft(b []byte) []byte {
	blank, size := t.blank()
	for len(b) >= size && string(b[:size]) == string(blank[:size]) {
		b = b[size:]
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

// of is the charset of an item: by its usage, and for a code page that of the
// nearest group, or itself, that has one of its own.
func (s *charsets) of(it *Item) *charset {
	t := s.main
	for g := it; g != nil && len(s.items) > 0; g = g.parent {
		if own := s.items[g]; own != nil {
			t = own
			break
		}
	}
	switch {
	case it.IsGroup() && !it.GroupUsage:
	case it.Usage == National:
		return &charset{form: nationalForm, page: t.page}
	case it.Usage == DoubleByte:
		return &charset{form: doubleForm, page: t.page}
	case it.Usage == UTF8:
		return &charset{form: utf8Form, page: t.page, most: it.Characters}
	}
	return t
}
