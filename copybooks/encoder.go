package copybooks

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
)

// Encoder turns JSON records back into bytes: the inverse of Codec.AppendJSON.
// It keeps buffers, so one goroutine uses it at a time.
type Encoder struct {
	codec *Codec
	o     JSONOptions
	scan  scanner
	start int // where the record starts in dst
	dst   []byte
	frame frame
	bad   tableSet // tables that "_errors" gives the bytes of
	base  int
	loops [maxDimensions]int
	depth int
	raw   bool // the record started from "_raw"
	// rawRead is the length that the counters of "_raw" give it, or -1.
	rawRead int
	// restored are the stretches of the record that "_errors" gives.
	restored []restored
	length   int       // of the record as "_errors" says, -1 when it does not
	check    bool      // the second pass: only compare redefinitions
	texts    [2][]byte // scratch
	inOrder  inOrder
	// recordMember is "_record" as AppendJSON writes it.
	recordMember string
}

type span struct{ from, to int }

// NewEncoder returns an encoder of JSON in the form that o describes.
func (c *Codec) NewEncoder(o JSONOptions) *Encoder {
	return &Encoder{codec: c, o: o, recordMember: `"_record":` + strconv.Quote(c.layout.Name)}
}

// Append appends the record that line describes. Members may stand in any
// order; each field must have one, unless "_errors" has its bytes. FILLER that
// is not there is blank. Where a record was decoded with Raw, every byte that
// no member changes is kept.
func (e *Encoder) Append(dst, line []byte) ([]byte, error) {
	if rec, ok := e.ordered(dst, line); ok {
		return rec, nil
	}
	e.start, e.dst, e.base, e.depth = len(dst), dst, 0, 0
	e.frame.good, e.bad = 0, 0
	e.raw, e.restored, e.length, e.check = false, e.restored[:0], -1, false
	if err := e.record(line); err != nil {
		return dst, err
	}
	return e.dst, nil
}

func (e *Encoder) record(line []byte) error {
	if err := e.scan.scan(line); err != nil {
		return err
	}
	if e.scan.nodes[0].kind != '{' {
		return fmt.Errorf("expected a JSON object")
	}
	object, extra := 0, 0
	for _, name := range []string{"_record", "_raw", "_errors"} {
		if e.scan.member(0, 0, name) >= 0 {
			extra++
		}
	}
	if err := e.startFrom(e.scan.member(0, 0, "_raw")); err != nil {
		return err
	}
	faults := e.scan.member(0, 0, "_errors")
	if err := e.readErrors(faults); err != nil {
		return err
	}
	if e.scan.nodes[0].count == extra && faults >= 0 && !e.raw {
		return e.unread(faults)
	}
	if e.o.Root {
		name := e.o.Names.Form(e.codec.layout.Name)
		if object = e.scan.member(0, 0, name); object < 0 {
			return fmt.Errorf("expected a member %q with the record", name)
		}
		extra = 0
	}
	if err := e.members(0, len(e.codec.plan), object, extra, given); err != nil {
		return err
	}
	return e.finish(object, extra, faults)
}

// unread restores a record that no layout was known for: it has nothing but
// its bytes.
func (e *Encoder) unread(faults int) error {
	n := 0
	for _, s := range e.restored {
		n = max(n, s.to)
	}
	e.grow(n)
	return e.restore(faults)
}

// startFrom begins with the bytes of "_raw".
func (e *Encoder) startFrom(raw int) error {
	if raw < 0 {
		return nil
	}
	n := &e.scan.nodes[raw]
	var err error
	e.dst, err = hex.AppendDecode(e.dst, e.scan.text[n.from:n.to])
	if n.kind != '"' || err != nil {
		return fmt.Errorf("_raw is not hexadecimal")
	}
	e.raw, e.rawRead = true, -1
	if read, err := e.codec.Length(e.rec()); err == nil {
		e.rawRead = read
	}
	e.length = len(e.rec())
	return nil
}

// grow makes the record at least n bytes long.
func (e *Encoder) grow(n int) {
	have := len(e.dst) - e.start
	if n <= have {
		return
	}
	e.dst = slices.Grow(e.dst, n-have)[:e.start+n]
	e.codec.texts.main.fill(e.dst[e.start+have:])
}

func (e *Encoder) rec() []byte { return e.dst[e.start:] }

// lack says why the JSON has no members for some items.
type lack uint8

const (
	given   lack = iota
	dropped      // FILLER that the JSON leaves out
	absent       // the inside of a redefined group that the JSON leaves out
)

// members writes the steps from..to from the members of object, -1 when it is
// not there. extra members of it are not fields.
func (e *Encoder) members(from, to, object, extra int, lacks lack) error {
	found, hint := 0, object+1
	for pc := from; pc < to; pc = e.codec.plan[pc].next {
		s := &e.codec.plan[pc]
		e.open(s.opens)
		child, missing := -1, lacks
		if missing != dropped && s.filler && !e.o.Fillers {
			missing = dropped
		}
		if missing != dropped {
			child = e.scan.member(object, hint, s.names[e.o.Names])
		}
		if child >= 0 {
			found++
			hint = e.scan.nodes[child].next
		}
		if err := e.step(pc, child, missing); err != nil {
			return err
		}
		e.close(e.codec.plan[s.next-1].closes)
	}
	if object >= 0 && e.scan.nodes[object].kind == '{' && e.scan.nodes[object].count != found+extra {
		return e.unknownMember(from, to, object)
	}
	return nil
}

func (e *Encoder) step(pc, child int, lacks lack) error {
	s := &e.codec.plan[pc]
	if child >= 0 && e.scan.nodes[child].kind == 'n' {
		child = -1
	}
	switch s.kind {
	case valueOp:
		return e.value(s, child, lacks)
	case arrayOp:
		return e.array(pc, child, lacks)
	}
	if child >= 0 && e.scan.nodes[child].kind != '{' {
		return fmt.Errorf("%s is a group, expected an object", s.field.item.Name)
	}
	if e.skips(s, child) {
		return nil
	}
	if child < 0 && lacks == given {
		lacks = absent
	}
	return e.members(pc+1, s.next-1, child, 0, lacks)
}

// skips reports whether the step is a redefinition that the JSON leaves out:
// another one gives the bytes.
func (e *Encoder) skips(s *op, child int) bool {
	return child < 0 && s.field.item.Redefines != ""
}

// open and close stand around items that redefine each other and vary in length.
// What follows them stands after the longest of those the JSON has.
func (e *Encoder) open(i int) {
	if i < 0 {
		return
	}
	for _, w := range e.codec.tables[i].ways {
		e.forget(w.size.needs())
	}
}

func (e *Encoder) close(i int) {
	if i < 0 {
		return
	}
	f, t := &e.frame, &e.codec.tables[i]
	n := t.size.fixed
	for _, w := range t.ways {
		if w.size.needs()&e.bad != 0 {
			e.bad |= one(i)
			return
		}
		if f.knows(w.size.needs()) {
			n = max(n, w.size.bytes(f))
		}
	}
	f.set(i, 1, n)
}

func (e *Encoder) forget(s tableSet) {
	e.frame.good &^= s
	e.bad &^= s
}

func (e *Encoder) place(at place) int { return at.bytes(&e.frame) + e.base }

// finish gives the record its length, restores the bytes of "_errors" and makes
// sure that redefinitions agree.
func (e *Encoder) finish(object, extra, faults int) error {
	n, err := e.finalLength()
	if err != nil {
		return err
	}
	e.grow(n)
	e.dst = e.dst[:e.start+n]
	if !e.raw {
		if err := e.restore(faults); err != nil {
			return err
		}
	}
	if !e.codec.overlaid {
		return nil
	}
	e.check, e.frame.good, e.bad = true, 0, 0
	return e.members(0, len(e.codec.plan), object, extra, given)
}

// finalLength is what the counters say, unless the record was decoded from one
// that was longer or shorter.
func (e *Encoder) finalLength() (int, error) {
	if e.length >= 0 && !e.raw {
		return e.length, nil
	}
	n, length := len(e.rec()), e.codec.length
	switch {
	case e.frame.knows(length.needs()):
		n = length.bytes(&e.frame)
		if e.raw && n == e.rawRead {
			n = e.length // the counters are what they were
		}
	case !e.raw && len(e.restored) == 0:
		return 0, fmt.Errorf("a table has no value and _errors does not give its bytes")
	}
	for _, s := range e.restored {
		if !e.raw {
			n = max(n, s.to)
		}
	}
	return n, nil
}

func (e *Encoder) unknownMember(from, to, object int) error {
	nodes := e.scan.nodes
	for i := object + 1; i < nodes[object].next; i = nodes[i].next {
		name := string(e.scan.text[nodes[i].keyFrom:nodes[i].keyTo])
		known := name == "_record" || name == "_raw" || name == "_errors"
		for pc := from; pc < to; pc = e.codec.plan[pc].next {
			s := &e.codec.plan[pc]
			known = known || (!s.filler || e.o.Fillers) && s.names[e.o.Names] == name
		}
		if !known {
			return fmt.Errorf("the copybook has no field for the member %q", name)
		}
	}
	return fmt.Errorf("a member stands twice in one object")
}
