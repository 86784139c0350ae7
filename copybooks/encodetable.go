package copybooks

import "fmt"

// array writes a table: as many occurrences as its counter says, which stands
// before it and so has been written.
func (e *Encoder) array(pc, child int, lacks lack) error {
	s := &e.codec.plan[pc]
	if e.skips(s, child) {
		return nil
	}
	count := s.dim.max
	if s.dim.table >= 0 || !e.frame.knows(s.needs) {
		if done, err := e.unwritten(s, child, lacks); done {
			return err
		}
	}
	if s.dim.table >= 0 {
		var err error
		if count, err = e.occurrences(s, lacks); err != nil {
			return err
		}
	}
	if child >= 0 && (e.scan.nodes[child].kind != '[' || e.scan.nodes[child].count != count) {
		return fmt.Errorf("%s occurs %d times, expected an array of so many", s.field.item.Name, count)
	}
	base := e.base
	if err := e.elements(pc, child, count, lacks); err != nil {
		return err
	}
	if s.dim.table >= 0 {
		e.frame.set(s.dim.table, count, e.base-base)
	}
	e.base = base
	return nil
}

// unwritten reports whether nothing is to be written for a table, because
// "_errors" or "_raw" has its bytes.
func (e *Encoder) unwritten(s *op, child int, lacks lack) (done bool, err error) {
	i := s.dim.table
	switch {
	case child >= 0 && !e.frame.knows(s.at.needs()):
		return true, fmt.Errorf("%s has a value, but a table before it has none", s.field.item.Name)
	case child >= 0:
		return false, nil
	case !e.frame.knows(s.at.needs()):
	case e.raw:
		if i >= 0 && e.reach(i) {
			return true, nil
		}
	case lacks == dropped || !e.covered(e.place(s.at), 0):
		return false, nil
	}
	if i >= 0 {
		e.bad |= one(i)
	}
	return true, nil
}

// reach measures a table in the bytes of "_raw".
func (e *Encoder) reach(i int) bool {
	tables := e.codec.measured
	if scope := e.codec.tables[i].scope; scope != nil {
		tables = scope.inner
	}
	for n, t := range tables {
		if t == i {
			tables = tables[:n+1]
			break
		}
	}
	e.frame.room = len(e.rec())
	_ = e.codec.measure(e.rec(), &e.frame, tables) // what has no measure stays as it is
	return e.frame.knows(one(i))
}

// occurrences reads the counter. A table of a group that the JSON leaves out is
// as short as it may be.
func (e *Encoder) occurrences(s *op, lacks lack) (int, error) {
	t := &e.codec.tables[s.dim.table]
	if t.counter == nil {
		return t.max, nil
	}
	if lacks == absent && !e.raw {
		if at := t.counterAt(&e.frame); !e.check && at+t.counter.length <= len(e.rec()) {
			t.counter.writeInt(e.rec()[at:at+t.counter.length], int64(t.min))
		}
		return t.min, nil
	}
	return t.occurrences(e.rec(), &e.frame)
}

func (e *Encoder) elements(pc, child, count int, lacks lack) error {
	s := &e.codec.plan[pc]
	var inner tableSet
	for _, i := range s.dim.inner {
		inner |= one(i)
	}
	element := child + 1
	for i := range count {
		at := -1
		if child >= 0 {
			at = element
			element = e.scan.nodes[element].next
		}
		e.forget(inner)
		e.loops[e.depth] = i
		e.depth++
		e.frame.bases[e.depth] = e.base
		err := e.step(pc+1, at, lacks)
		e.depth--
		if err != nil {
			return err
		}
		if !e.frame.knows(s.dim.stride.needs()) {
			return fmt.Errorf("occurrence %d of %s has a table without a value", i+1, s.field.item.Name)
		}
		e.base += s.dim.stride.bytes(&e.frame)
	}
	return nil
}
