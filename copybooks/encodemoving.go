package copybooks

import "slices"

// Records whose tables vary, or whose items share their bytes, are encoded in
// their order too: the record grows as it is written, and a byte that a second
// field writes must be what the first wrote. Else the general way decides.

// runMoving appends the record to w.rec, where it starts at start.
func (w *inOrder) runMoving(start int) bool {
	plan := w.codec.plan
	w.frame.good, w.claimed = 0, w.claimed[:0]
	for pc := 0; pc < len(plan); {
		s := &plan[pc]
		if s.opens >= 0 {
			for _, way := range w.codec.tables[s.opens].ways {
				w.frame.good &^= way.size.needs()
			}
		}
		next, good := pc+1, true
		switch {
		case s.kind == arrayEnd:
			next, good = w.endTable(pc)
		case s.kind == groupEnd || s.kind == elementEnd:
			good = w.char('}')
		case s.filler && !w.fillers:
			next, good = s.next, w.blankFiller(s, start)
		case !w.key(s):
			// A redefinition that is not in the line leaves the bytes to another.
			next, good = s.next, s.field.item.Redefines != "" && s.keys[0] != ""
		case s.kind == valueOp:
			good = w.movingValue(s, start)
		case s.kind == arrayOp:
			next, good = w.startTable(pc, start)
		default:
			good = w.char('{')
		}
		if !good {
			return false
		}
		if i := plan[next-1].closes; i >= 0 && next > pc {
			w.close(i)
		}
		pc = next
	}
	length := w.codec.length
	if !w.frame.knows(length.needs()) {
		return false
	}
	end := start + length.bytes(&w.frame)
	w.grow(end)
	return len(w.rec) == end
}

// grow makes the record that ends at end.
func (w *inOrder) grow(end int) {
	if n := len(w.rec); n < end {
		w.rec = slices.Grow(w.rec, end-n)[:end]
		w.codec.texts.main.fill(w.rec[n:])
	}
}

// movingValue writes one field. Fields that share bytes must agree.
func (w *inOrder) movingValue(s *op, start int) bool {
	p := s.field
	if !w.frame.knows(s.needs) {
		return false
	}
	at := s.at.bytes(&w.frame) + w.base
	w.grow(start + at + p.length)
	b := w.rec[start+at : start+at+p.length]
	if p.over == alone {
		if !p.prints() {
			p.text.fill(b)
		}
		return w.put(p, b)
	}
	w.scratch = slices.Grow(w.scratch[:0], p.length)[:p.length]
	if !p.prints() {
		p.text.fill(w.scratch)
	}
	return w.put(p, w.scratch) && w.claim(b, at)
}

// claim writes scratch into b, the bytes of the record from at on.
func (w *inOrder) claim(b []byte, at int) bool {
	if n := at + len(b) - len(w.claimed); n > 0 {
		have := len(w.claimed)
		w.claimed = slices.Grow(w.claimed, n)[:have+n]
		clear(w.claimed[have:])
	}
	claimed := w.claimed[at : at+len(b)]
	for i, c := range w.scratch {
		if claimed[i] && b[i] != c {
			return false
		}
		b[i], claimed[i] = c, true
	}
	return true
}

// blankFiller writes FILLER that the line leaves out, where it is a single field.
func (w *inOrder) blankFiller(s *op, start int) bool {
	p := s.field
	if s.kind != valueOp || !w.frame.knows(s.needs) {
		return false
	}
	if p.over == redefining {
		return true // its bytes are those of what it redefines
	}
	at := start + s.at.bytes(&w.frame) + w.base
	w.grow(at + p.length)
	p.blank(w.rec[at : at+p.length])
	return true
}

// startTable reads the counter, which has been written, and goes into the table.
func (w *inOrder) startTable(pc, start int) (next int, good bool) {
	s := &w.codec.plan[pc]
	if !w.char('[') || !w.frame.knows(s.at.needs()) {
		return pc, false
	}
	count := s.dim.max
	if i := s.dim.table; i >= 0 {
		n, err := w.codec.tables[i].occurrences(w.rec[start:], &w.frame)
		if err != nil {
			return pc, false
		}
		count = n
	}
	if count == 0 {
		w.frame.set(s.dim.table, 0, 0)
		return s.next, w.char(']')
	}
	w.loops[w.depth] = loop{count: count, base: w.base, start: pc + 1, dim: s.dim}
	w.depth++
	w.frame.bases[w.depth] = w.base
	return pc + 1, true
}

func (w *inOrder) endTable(pc int) (next int, good bool) {
	l := &w.loops[w.depth-1]
	if !w.frame.knows(l.dim.stride.needs()) {
		return pc, false
	}
	w.base += l.dim.stride.bytes(&w.frame)
	if l.index++; l.index < l.count {
		w.frame.bases[w.depth] = w.base
		for _, i := range l.dim.inner {
			w.frame.good &^= one(i)
		}
		return l.start, true
	}
	if l.dim.table >= 0 {
		w.frame.set(l.dim.table, l.count, w.base-l.base)
	}
	w.base = l.base
	w.depth--
	return pc + 1, w.char(']')
}

// close measures items that redefine each other: those that the line has.
func (w *inOrder) close(i int) {
	t := &w.codec.tables[i]
	n := t.size.fixed
	for _, way := range t.ways {
		if w.frame.knows(way.size.needs()) {
			n = max(n, way.size.bytes(&w.frame))
		}
	}
	w.frame.set(i, 1, n)
}
