package ebcdic

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/hex"
	"io"
	"sync"
	"unicode/utf8"
)

// The double-byte parts of the mixed pages: see pagegen.
//
//go:embed doublebyte/*.gz
var doubleFiles embed.FS

// doubleSet is a set of characters of two bytes, each from firstDouble to
// lastDouble; X'4040' is the blank of all of them, U+3000.
type doubleSet struct {
	runes []rune // by pair, utf8.RuneError where there is none
	pairs map[rune]uint16
}

const (
	shiftOut    = 0x0E
	shiftIn     = 0x0F
	firstDouble = 0x41
	lastDouble  = 0xFE
	doubleWidth = lastDouble - firstDouble + 1
	doubleBlank = 0x40
	wideBlank   = '\u3000'
)

var doubleSets sync.Map

// loadDouble unpacks a file of pagegen, some milliseconds of work, once.
func loadDouble(name string) *doubleSet {
	if d, ok := doubleSets.Load(name); ok {
		return d.(*doubleSet)
	}
	packed, err := doubleFiles.ReadFile("doublebyte/" + name + ".txt.gz")
	if err != nil {
		panic(err) // a file that is part of the program is missing
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		panic(err)
	}
	lines := bytes.Split(text, []byte("\n"))
	alternates, err := hex.DecodeString(string(lines[1]))
	if err != nil {
		panic(err)
	}
	d, _ := doubleSets.LoadOrStore(name, newDoubleSet(lines[0], alternates))
	return d.(*doubleSet)
}

func newDoubleSet(chars, alternates []byte) *doubleSet {
	d := &doubleSet{runes: bytes.Runes(chars), pairs: map[rune]uint16{wideBlank: doubleBlank<<8 | doubleBlank}}
	for i, r := range d.runes {
		pair := [2]byte{byte(i/doubleWidth) + firstDouble, byte(i%doubleWidth) + firstDouble}
		if len(alternates) > 1 && pair == [2]byte(alternates) {
			alternates = alternates[2:]
			continue
		}
		if r != utf8.RuneError {
			d.pairs[r] = uint16(pair[0])<<8 | uint16(pair[1])
		}
	}
	return d
}

// rune returns the character of a pair, utf8.RuneError when there is none.
func (d *doubleSet) rune(a, b byte) rune {
	switch {
	case a == doubleBlank && b == doubleBlank:
		return wideBlank
	case a < firstDouble || a > lastDouble || b < firstDouble || b > lastDouble:
		return utf8.RuneError
	}
	return d.runes[int(a-firstDouble)*doubleWidth+int(b-firstDouble)]
}

// IsMixed tells a page with shift-out and shift-in from a single-byte one.
func (p *CodePage) IsMixed() bool { return p.double != nil }

// appendMixed is AppendText of a mixed page.
func (p *CodePage) appendMixed(dst, src []byte) ([]byte, Fault) {
	start := len(dst)
	for len(src) > 0 {
		b := src[0]
		src = src[1:]
		switch {
		case b == shiftOut:
			end := bytes.IndexByte(src, shiftIn)
			if end < 0 {
				return dst[:start], BrokenShift
			}
			var fault Fault
			if dst, fault = p.AppendDouble(dst, src[:end]); fault != OK {
				return dst[:start], fault
			}
			src = src[end+1:]
		case b == shiftIn:
			return dst[:start], BrokenShift
		case p.runes[b] < 0:
			return dst[:start], NotEncodable
		default:
			dst = append(dst, p.chars[b]...)
		}
	}
	return dst, OK
}

// AppendDouble appends in UTF-8 a field of pairs without shifts (PIC G, USAGE
// DISPLAY-1), blanks too. An odd number of bytes gives BrokenShift, a pair
// without a character NotEncodable, any pair in a page that is not mixed SingleByte.
func (p *CodePage) AppendDouble(dst, src []byte) ([]byte, Fault) {
	start := len(dst)
	if len(src)%2 != 0 {
		return dst, BrokenShift
	}
	for i := 0; i < len(src); i += 2 {
		if p.double == nil {
			return dst[:start], SingleByte
		}
		r := p.double.rune(src[i], src[i+1])
		if r == utf8.RuneError {
			return dst[:start], NotEncodable
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst, OK
}

// PutDouble writes s as pairs without shifts and fills the rest with the blank
// X'4040'. With a fault dst is left as it was.
func (p *CodePage) PutDouble(dst, s []byte) Fault {
	if len(dst)%2 != 0 {
		return BrokenShift
	}
	n, fault := p.DoubleLength(s)
	switch {
	case fault != OK:
		return fault
	case n > len(dst):
		return TooLong
	}
	at := dst[:0]
	for len(s) > 0 {
		r, size := utf8.DecodeRune(s)
		pair := p.double.pairs[r]
		at = append(at, byte(pair>>8), byte(pair))
		s = s[size:]
	}
	for len(at) < len(dst) {
		at = append(at, doubleBlank)
	}
	return OK
}

// DoubleLength counts the bytes that s takes as pairs without shifts.
func (p *CodePage) DoubleLength(s []byte) (int, Fault) {
	n := 0
	for ; len(s) > 0; n += 2 {
		r, size := utf8.DecodeRune(s)
		switch {
		case p.double == nil:
			return 0, SingleByte
		case !p.hasPair(r):
			return 0, NotEncodable
		}
		s = s[size:]
	}
	return n, OK
}

func (p *CodePage) hasPair(r rune) bool {
	if p.double == nil {
		return false
	}
	_, ok := p.double.pairs[r]
	return ok
}

// mixedLength is TextLength of a mixed page.
func (p *CodePage) mixedLength(s []byte) (int, Fault) {
	n, shifted := 0, false
	for len(s) > 0 {
		r, size := utf8.DecodeRune(s)
		_, single := p.Byte(r)
		switch {
		case single:
			n++
		case p.hasPair(r):
			n += 2
			if !shifted {
				n += 2 // both shifts
			}
		default:
			return 0, NotEncodable
		}
		shifted = !single
		s = s[size:]
	}
	return n, OK
}

// putMixed is PutTextBytes of a mixed page: characters of two bytes that follow
// each other share their shifts.
func (p *CodePage) putMixed(dst, s []byte) Fault {
	n, fault := p.mixedLength(s)
	switch {
	case fault != OK:
		return fault
	case n > len(dst):
		return TooLong
	}
	at := dst[:0]
	shifted := false
	for len(s) > 0 {
		r, size := utf8.DecodeRune(s)
		b, single := p.Byte(r)
		if single && shifted {
			at = append(at, shiftIn)
		} else if !single && !shifted {
			at = append(at, shiftOut)
		}
		if shifted = !single; single {
			at = append(at, b)
		} else {
			pair := p.double.pairs[r]
			at = append(at, byte(pair>>8), byte(pair))
		}
		s = s[size:]
	}
	if shifted {
		at = append(at, shiftIn)
	}
	p.Fill(dst[len(at):])
	return OK
}
