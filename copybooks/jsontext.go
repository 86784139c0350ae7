package copybooks

import (
	"slices"
	"unicode/utf8"

	"tidewaiter/ebcdic"
)

// text writes a quoted string. Most bytes are one plain character.
func (w *jsonWriter) text(p *field, b []byte) ebcdic.Fault {
	b = w.trim(p, b)
	start := len(w.dst) + 1
	w.dst = slices.Grow(w.dst, len(b)+2)
	out := w.dst[:start+len(b)+1]
	out[start-1] = '"'
	if !ebcdic.Translate(out[start:start+len(b)], b, &w.codec.plain) {
		return w.oddText(out[:start], b)
	}
	out[start+len(b)] = '"'
	w.dst = out
	return ebcdic.OK
}

func (w *jsonWriter) oddText(dst, b []byte) ebcdic.Fault {
	for _, c := range b {
		switch r := w.codec.page.Rune(c); {
		case r < 0:
			return ebcdic.NotEncodable
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r < ' ' || r == 0x7F:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[r>>4], hexDigits[r&0xF])
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	w.dst = append(dst, '"')
	return ebcdic.OK
}

const hexDigits = "0123456789abcdef"

func (w *jsonWriter) trim(p *field, b []byte) []byte {
	space := w.codec.page.Space()
	switch w.o.Trim {
	case TrimPadding:
		return p.trim(b)
	case TrimNone:
		return b
	}
	if w.o.Trim != TrimRight {
		for len(b) > 0 && b[0] == space {
			b = b[1:]
		}
	}
	if w.o.Trim != TrimLeft {
		b = w.codec.page.TrimRight(b)
	}
	return b
}
