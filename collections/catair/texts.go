package catair

import (
	"encoding/binary"
	"strings"
)

// maxTexts bounds the codes that are kept.
const maxTexts = 1 << 16

// recentTexts is a power of two: a line's codes and those of its neighbours.
const recentTexts = 1 << 10

// texts gives the texts of a file's fields. Codes repeat, and each is kept once.
type texts struct {
	recent [recentTexts]string // by hash
	all    map[string]string
	page   page
}

// code gives a text that repeats in a file.
func (t *texts) code(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	at := &t.recent[hashed(b)%recentTexts]
	if *at == string(b) {
		return *at
	}
	s, ok := t.all[string(b)]
	if !ok {
		s = t.page.keep(b)
		if len(t.all) < maxTexts {
			t.all[s] = s
		}
	}
	*at = s
	return s
}

// hashed mixes the first and the last bytes of a text, of a code of up to sixteen
// characters all of them.
func hashed(b []byte) uint64 {
	const factor = 0x9E3779B97F4A7C15
	n := len(b)
	var first, last uint64
	switch {
	case n >= 8:
		first, last = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[n-8:])
	case n >= 4:
		first, last = uint64(binary.LittleEndian.Uint32(b)), uint64(binary.LittleEndian.Uint32(b[n-4:]))
	case n > 0:
		first, last = uint64(b[0]), uint64(b[n/2])<<8|uint64(b[n-1])
	}
	return (first*factor ^ last) * factor >> 40
}

// pageSize is how many bytes of texts are allocated at once.
const pageSize = 1 << 12

// page keeps texts that do not repeat, many of them in one allocation. A text is
// valid as long as it is used, whatever the page holds by then.
type page struct{ b strings.Builder }

// keep gives a copy of the parts as one text.
func (p *page) keep(parts ...[]byte) string {
	size := 0
	for _, part := range parts {
		size += len(part)
	}
	if p.b.Cap()-p.b.Len() < size {
		p.b.Reset() // the texts keep their memory
		p.b.Grow(max(pageSize, size))
	}
	from := p.b.Len()
	for _, part := range parts {
		p.b.Write(part)
	}
	return p.b.String()[from:]
}
