package catair

import "fmt"

// place finds the record's place in the structure map: first in the innermost
// group that is open, then in those around it, which ends the inner ones. A record
// that may not stand here leaves the groups as they are. It gives the record's
// depth.
func (c *Checker) place(rec *Record) int {
	if !c.follow(rec) {
		return 2
	}
	n := c.grammar.ordinal(rec)
	c.begin(rec, n)
	for depth := len(c.frames) - 1; depth >= 0; depth-- {
		f := &c.frames[depth]
		at := f.group.any
		if n != noOrdinal && f.group.slotOf[n] >= 0 {
			at = f.group.slotOf[n]
		}
		if at < 0 {
			continue
		}
		s := &f.group.slots[at]
		if s.rank == 0 && s.group == nil { // anywhere in the group, inside the groups in it too
			c.enter(rec, f, int(at))
			return depth + 2
		}
		if s.rank > 0 && s.rank < f.rank {
			f.counts[at]++ // it is there, if not in its place
			c.note(rec.blameWhole(codeOutOfOrder, fmt.Errorf("%w: it belongs before the records that stand before it", ErrOutOfOrder)))
			return depth + 2
		}
		c.closeTo(depth + 1)
		c.enter(rec, &c.frames[depth], int(at))
		return depth + 2
	}
	switch {
	case n == noOrdinal:
		c.note(rec.blameWhole(codeUnknownRecord, ErrUnknownRecord))
	default:
		c.note(rec.blameWhole(codeOutOfOrder, fmt.Errorf("%w: the record that begins its group is not before it", ErrOutOfOrder)))
	}
	return len(c.frames) + 1
}

// follow says whether the record is checked against a map, and opens the map of
// its chapter. Records outside a block are faults of the envelope.
func (c *Checker) follow(rec *Record) bool {
	e := &c.envelope
	if e.last == "" && rec.ID == "10" { // an entry summary without its envelope
		e.bare = true
	}
	if e.last == "" && !e.bare {
		c.note(rec.blameWhole("X01", fmt.Errorf("%w: the file does not begin with an A record", ErrEnvelope)))
	}
	if !e.bare && !e.inBlock {
		if !e.outside {
			c.note(rec.blameWhole("X03", fmt.Errorf("%w: no B record before it", ErrEnvelope)))
		}
		e.outside = true
	}
	e.last = rec.ID
	g := c.r.known.grammar
	if g == nil {
		return false
	}
	if c.grammar != g || len(c.frames) == 0 {
		c.closeTo(0)
		c.grammar = g
		c.frames = append(c.frames[:0], frame{group: g.root, start: rec.Number, id: rec.ID})
	}
	return true
}

// begin sets up what is counted by transaction.
func (c *Checker) begin(rec *Record, n int) {
	if rec.ID == "10" && rec.Layout != nil && rec.Layout.Direction == Input {
		c.closeTo(1)
		c.deletion, c.extraneous = rec.Letter(summaryAction) == Delete, false
		c.lines, c.classes, c.set = [len(c.lines)]uint64{}, c.classes[:0], 0
		return
	}
	if c.deletion && !c.extraneous && len(c.frames) > 1 && n != noOrdinal && c.grammar.chapter == EntrySummary {
		c.extraneous = true
		c.note(rec.blameWhole(codeExtraneous, ErrNothingToDelete))
	}
}

// enter counts the record, and opens the group that it begins.
func (c *Checker) enter(rec *Record, f *frame, at int) {
	s := &f.group.slots[at]
	if s.rank > 0 {
		f.rank = s.rank
	}
	f.counts[at]++
	if int(f.counts[at]) > s.most {
		code := s.exceeded
		if code == "" {
			code = codeTooMany
		}
		c.note(rec.blameWhole(code, fmt.Errorf("%w: %s %s has at most %d", ErrTooMany, f.group.name, s.member, s.most)))
	}
	if s.group == nil {
		return
	}
	c.frames = c.frames[:len(c.frames)+1]
	inner := &c.frames[len(c.frames)-1]
	*inner = frame{group: s.group, start: rec.Number, id: rec.ID, rank: s.group.slots[0].rank}
	inner.counts[0] = 1
}

// closeTo ends the groups deeper than depth and says what they lack.
func (c *Checker) closeTo(depth int) {
	for len(c.frames) > depth {
		f := &c.frames[len(c.frames)-1]
		c.frames = c.frames[:len(c.frames)-1]
		if c.deletion && len(c.frames) > 0 {
			continue
		}
		for i := range f.group.slots {
			if s := &f.group.slots[i]; int(f.counts[i]) < s.least {
				c.note(&FieldError{Record: f.start, ID: f.id, Code: s.missing,
					Err: fmt.Errorf("%w: the %s that begins here has no %s", ErrRecordMissing, f.group.name, s.member)})
			}
		}
	}
}
