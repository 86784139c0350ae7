package copybooks

import (
	"bytes"
	"strings"

	"tidewaiter/ebcdic"
)

// A line that AppendJSON wrote has its members in copybook order and its numbers
// with the copybook's decimal places. Such a line is encoded while it is read,
// without looking for members. Whatever else a line has is left to the general
// way, which also finds the words for what is wrong.

// inOrder is the state of encoding one line in its order.
type inOrder struct {
	codec   *Codec
	line    []byte
	rec     []byte
	names   Names
	fillers bool
	at      int // in line
	base    int
	loops   [maxDimensions]loop
	depth   int
	// frame, claimed and scratch are for records whose fields move or overlap.
	frame   frame
	claimed []bool // bytes that a value has been written to
	scratch []byte
}

// ordered appends the record of line if line is in order.
func (e *Encoder) ordered(dst, line []byte) ([]byte, bool) {
	c := e.codec
	moves := c.overlaid || len(c.tables) > 0
	if moves && !c.shifts() || e.o.Root || len(line) == 0 || line[0] != '{' {
		return dst, false
	}
	start := len(dst)
	w := &e.inOrder
	w.codec, w.line, w.names, w.fillers = c, line, e.o.Names, e.o.Fillers
	w.at, w.base, w.depth = 1, 0, 0
	if e.o.Record && !w.accept(e.recordMember) {
		return dst, false
	}
	if moves {
		w.rec = dst
		if !w.runMoving(start) || !w.char('}') || w.at != len(line) {
			return dst, false
		}
		return w.rec, true
	}
	dst = append(dst, c.blank()...)
	w.rec = dst[start:]
	if !w.run() || !w.char('}') || w.at != len(line) {
		return dst[:start], false
	}
	return dst, true
}

func (w *inOrder) run() bool {
	plan := w.codec.plan
	for pc := 0; pc < len(plan); {
		s := &plan[pc]
		if s.filler && !w.fillers {
			pc = s.next
			continue
		}
		good := true
		switch s.kind {
		case valueOp:
			good = w.key(s) && w.value(s)
		case groupOp, elementOp:
			good = w.key(s) && w.char('{')
		case groupEnd, elementEnd:
			good = w.char('}')
		case arrayOp:
			good = w.key(s) && w.char('[')
			w.loops[w.depth] = loop{count: s.dim.max, base: w.base, start: pc + 1, dim: s.dim}
			w.depth++
		case arrayEnd:
			l := &w.loops[w.depth-1]
			if l.index++; l.index < l.count {
				w.base += l.dim.stride.fixed
				pc = l.start
				continue
			}
			w.base = l.base
			w.depth--
			good = w.char(']')
		}
		if !good {
			return false
		}
		pc++
	}
	return true
}

func (w *inOrder) char(c byte) bool {
	if w.at >= len(w.line) || w.line[w.at] != c {
		return false
	}
	w.at++
	return true
}

func (w *inOrder) accept(text string) bool {
	if end := w.at + len(text); end <= len(w.line) && string(w.line[w.at:end]) == text {
		w.at = end
		return true
	}
	return false
}

// key passes the name of a member, and the comma before it.
func (w *inOrder) key(s *op) bool {
	key := s.keys[w.names]
	switch last := w.line[w.at-1]; {
	case key == "":
		return last == '[' || w.char(',')
	case last == '{':
		key = key[1:]
	}
	return w.accept(key)
}

func (w *inOrder) value(s *op) bool {
	p := s.field
	at := s.at.fixed + w.base
	return w.put(p, w.rec[at:at+p.length])
}

// put writes one value into b, which holds blanks.
func (w *inOrder) put(p *field, b []byte) bool {
	if w.at >= len(w.line) {
		return false
	}
	if w.line[w.at] == '"' {
		return !p.prints() && w.text(p, b)
	}
	if p.float != nil {
		return w.float(p, b)
	}
	return w.number(p, b)
}

// text writes a string over the blanks that b holds.
func (w *inOrder) text(p *field, b []byte) bool {
	if p.text.form != pageForm || p.item.Justified {
		return w.otherText(p, b)
	}
	table := &p.text.chars
	from := w.line[w.at+1:]
	n := min(len(b), len(from))
	from, into := from[:n], b[:n]
	for i, c := range from {
		v := table[c]
		if v == oddChar {
			n = i
			break
		}
		into[i] = byte(v)
	}
	if 1+n < len(w.line)-w.at && w.line[w.at+1+n] != '"' {
		return w.otherText(p, b)
	}
	w.at += 1 + n
	return w.char('"')
}

// otherText writes a string with characters that are not one byte, or that
// stand at the end of the field. What is escaped is left to the general way.
func (w *inOrder) otherText(p *field, b []byte) bool {
	from := w.line[w.at+1:]
	n := bytes.IndexByte(from, '"')
	if n < 0 {
		return false
	}
	for _, c := range from[:n] {
		if c < ' ' || c == '\\' {
			return false
		}
	}
	w.at += n + 2
	return p.putText(b, from[:n]) == ebcdic.OK
}

// float writes a floating-point number.
func (w *inOrder) float(p *field, b []byte) bool {
	end := w.at
	for end < len(w.line) && strings.IndexByte(",]}", w.line[end]) < 0 {
		end++
	}
	text := w.line[w.at:end]
	w.at = end
	return p.float.PutBytes(b, text) == ebcdic.OK
}

// number writes a number of at most 18 digits with exactly the field's decimal
// places.
func (w *inOrder) number(p *field, b []byte) bool {
	text := w.line[w.at:]
	i := 0
	minus := text[0] == '-'
	if minus {
		i = 1
	}
	var v int64
	first, point := i, -1
	for ; i < len(text); i++ {
		c := text[i]
		if d := c - '0'; d <= 9 {
			v = v*10 + int64(d)
			continue
		}
		if c != '.' || point >= 0 {
			break
		}
		point = i
	}
	digits, decimals := i-first, 0
	if point >= 0 {
		digits, decimals = digits-1, i-point-1
		if point == first || decimals == 0 {
			return false
		}
	}
	if digits == 0 || digits > 18 || decimals != p.scale || minus && v == 0 {
		return false
	}
	if minus {
		v = -v
	}
	w.at += i
	if p.straight {
		return p.number.PutInt64(b, v) == ebcdic.OK
	}
	return p.writeInt(b, v) == ebcdic.OK
}
