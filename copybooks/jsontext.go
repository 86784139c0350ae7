package copybooks

import (
	"slices"

	"tidewaiter/ebcdic"
)

// text writes a quoted string. Most bytes are one plain character.
func (w *jsonWriter) text(p *field, b []byte) ebcdic.Fault {
	if p.paged && w.o.Trim == TrimPadding {
		b = p.text.page.TrimRight(b)
	} else {
		b = w.o.trim(p, b)
	}
	start := len(w.dst) + 1
	w.dst = slices.Grow(w.dst, len(b)+2)
	out := w.dst[:start+len(b)+1]
	out[start-1] = '"'
	if p.text.form != pageForm || !ebcdic.Translate(out[start:start+len(b)], b, &p.text.plain) {
		return w.oddText(p, out[:start], b)
	}
	out[start+len(b)] = '"'
	w.dst = out
	return ebcdic.OK
}

// oddText is text with characters that JSON escapes, or that take more than a byte.
func (w *jsonWriter) oddText(p *field, dst, b []byte) ebcdic.Fault {
	start := len(dst)
	dst, fault := p.text.append(dst, b)
	if fault != ebcdic.OK {
		return fault
	}
	w.dst = append(escapeFrom(dst, start), '"')
	return ebcdic.OK
}

// escapeFrom escapes the text dst[start:] as JSON strings are, in place: from its
// end, since it only gets longer.
func escapeFrom(dst []byte, start int) []byte {
	more := 0
	for _, c := range dst[start:] {
		more += len(escapes[c])
	}
	if more == 0 {
		return dst
	}
	from := len(dst)
	dst = slices.Grow(dst, more)[:from+more]
	for to := len(dst); from > start; {
		from--
		c := dst[from]
		if to--; escapes[c] == "" {
			dst[to] = c
			continue
		}
		to -= len(escapes[c])
		copy(dst[to:], escapes[c])
		dst[to+len(escapes[c])] = escaped(c)
	}
	return dst
}

// escapes has what stands before the last character of an escaped byte.
var escapes = func() (table [256]string) {
	for c := range byte(' ') {
		table[c] = `\u00` + hexDigits[c>>4:c>>4+1]
	}
	table[0x7F] = `\u007`
	table['"'], table['\\'] = `\`, `\`
	return table
}()

// escaped is the last character of an escaped byte.
func escaped(c byte) byte {
	if c == '"' || c == '\\' {
		return c
	}
	return hexDigits[c&0xF]
}

const hexDigits = "0123456789abcdef"

// trim takes away the blanks that the JSON does not have.
func (o *JSONOptions) trim(p *field, b []byte) []byte {
	switch o.Trim {
	case TrimPadding:
		return p.trim(b)
	case TrimNone:
		return b
	}
	if o.Trim != TrimRight {
		b = p.text.trimLeft(b)
	}
	if o.Trim != TrimLeft {
		b = p.text.trimRight(b)
	}
	return b
}
