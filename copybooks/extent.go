package copybooks

import (
	"fmt"
	"slices"

	"tidewaiter/ebcdic"
)

// extent is a number of bytes: fixed, plus the bytes of tables whose length
// only the record knows.
type extent struct {
	fixed  int
	tables []int // indexes of Codec.tables
}

// place is the offset of an item, counted the same way. For an item inside
// tables it is that of the first occurrence, with the tables of one occurrence
// as they are in the occurrence that is looked at.
type place = extent

func (e extent) bytes(f *frame) int {
	n := e.fixed
	for _, t := range e.tables {
		n += int(f.total[t])
	}
	return n
}

func (e extent) plus(o extent) extent {
	if len(o.tables) == 0 {
		return extent{e.fixed + o.fixed, e.tables}
	}
	return extent{e.fixed + o.fixed, slices.Concat(e.tables, o.tables)}
}

// needs are the tables that must be measured to know the bytes of e.
func (e extent) needs() tableSet {
	var s tableSet
	for _, t := range e.tables {
		s |= one(t)
	}
	return s
}

// tableSet is a set of indexes of Codec.tables.
type tableSet uint64

func one(table int) tableSet { return 1 << table }

// table is a stretch of the record whose bytes only the record knows: an OCCURS,
// or the items that redefine each other where their lengths vary.
type table struct {
	item     *Item
	at       place
	counter  *field // nil for a fixed number of occurrences of variable length
	min, max int
	size     extent // of one occurrence
	least    int    // bytes of one occurrence at the smallest
	dim      *dimension
	// scope is the table of which each occurrence has its own measure of this
	// one, because the counter is inside it; nil for the record.
	scope *dimension
	depth int      // how many tables that scope is inside, itself included
	needs tableSet // what must be measured before it
	ways  []way    // of items that redefine each other, instead of the rest
}

// way is one of several items at the same place.
type way struct {
	size  extent
	field *field
}

// frame is what the counters of one record say, inside a table those of the
// occurrence that is looked at.
type frame struct {
	occurs [maxTables]int32 // occurrences
	total  [maxTables]int32 // bytes of all occurrences
	good   tableSet         // tables that have been measured
	choice Choice           // the items that the record does not have
	room   int              // bytes that the record has for its tables
	// bases are, inside so many tables, the bytes from the first occurrence to the
	// one that is looked at.
	bases [maxDimensions + 1]int
	index [maxDimensions]int // the subscripts of that one
}

// missing is how many bytes of its tables a record may lack. A counter that asks
// for more than that is damaged: it is not believed, however large the table may
// grow by the copybook.
const missing = 1 << 16

func (f *frame) knows(s tableSet) bool { return s&^f.good == 0 }

// count records that table i has n occurrences of the same length.
func (t *table) count(f *frame, i, n int) { f.set(i, n, n*t.size.bytes(f)) }

func (f *frame) set(i, occurs, total int) {
	f.occurs[i], f.total[i] = int32(occurs), int32(total)
	f.good |= one(i)
}

// settle measures several items at the same place: they are as long as the longest
// of those that the record has. It reports whether all of these could be measured.
func (t *table) settle(rec []byte, f *frame, i int) bool {
	n, ruled := t.size.fixed, f.choice.ruled
	picked := -1
	if ruled != nil && ruled[t.ways[0].field.step] != nil {
		o := ruled[t.ways[0].field.step]
		picked, _ = o.pick(rec, o.occurrence(&f.index))
	}
	for _, w := range t.ways {
		step := w.field.step
		if f.choice.hidden != nil && f.choice.hidden[step] || ruled != nil && ruled[step] != nil && step != picked {
			continue
		}
		if !f.knows(w.size.needs()) {
			return false
		}
		n = max(n, w.size.bytes(f))
	}
	f.set(i, 1, n)
	return true
}

// measure reads the counters of tables, which all have the same scope. It returns
// the first error. A table that needs one that cannot be measured is not measured
// either.
func (c *Codec) measure(rec []byte, f *frame, tables []int) (err error) {
	for _, i := range tables {
		f.good &^= one(i)
		if e := c.measureOne(rec, f, i); e != nil && err == nil {
			err = e
		}
	}
	return err
}

func (c *Codec) measureOne(rec []byte, f *frame, i int) error {
	t := &c.tables[i]
	if !f.knows(t.needs) {
		return nil // the error is that of what it needs
	}
	if t.ways != nil {
		t.settle(rec, f, i)
		return nil
	}
	n, err := t.occurrences(rec, f)
	if err != nil {
		return err
	}
	if len(t.dim.inner) == 0 {
		if size := t.size.bytes(f); n*max(size, 1) > f.room+missing {
			return t.unbelievable(rec, f, n)
		}
		t.count(f, i, n)
		return nil
	}
	if n*max(t.least, 1) > f.room+missing {
		return t.unbelievable(rec, f, n)
	}
	total := 0
	for k := range n {
		for d := t.depth; d < t.dim.depth; d++ {
			f.bases[d+1], f.index[d] = f.bases[t.depth]+total, 0
		}
		f.index[t.dim.depth-1] = k
		if err := c.measure(rec, f, t.dim.inner); err != nil && !f.knows(t.size.needs()) {
			return err
		}
		total += t.size.bytes(f)
	}
	f.set(i, n, total)
	return nil
}

// occurrences reads the counter.
func (t *table) occurrences(rec []byte, f *frame) (int, error) {
	if t.counter == nil {
		return t.max, nil
	}
	at := t.counterAt(f)
	v, err := t.counter.intAt(rec, at)
	if err != nil {
		return 0, err
	}
	if v < int64(t.min) || v > int64(t.max) {
		return 0, t.outside(rec, at, v)
	}
	return int(v), nil
}

func (t *table) counterAt(f *frame) int {
	return t.counter.at.bytes(f) + f.bases[len(t.counter.dims)]
}

func (t *table) outside(rec []byte, at int, v int64) *FieldError {
	return &FieldError{
		Field: t.counter.item.Name, Offset: at, Bytes: slices.Clone(rec[at : at+t.counter.length]), Fault: ebcdic.BadCounter,
		Reason: fmt.Sprintf("%d is outside OCCURS %s of %s", v, t.item.Occurs.bounds(), t.item.Name),
	}
}

func (t *table) unbelievable(rec []byte, f *frame, n int) *FieldError {
	e := &FieldError{Field: t.item.Name, Offset: t.at.bytes(f) + f.bases[t.depth], Fault: ebcdic.BadCounter}
	if t.counter != nil {
		at := t.counterAt(f)
		e.Field, e.Offset, e.Bytes = t.counter.item.Name, at, slices.Clone(rec[at:at+t.counter.length])
	}
	e.Reason = fmt.Sprintf("the record is too short for %d occurrences of %s", n, t.item.Name)
	return e
}

// why returns what keeps table i from being measured.
func (c *Codec) why(rec []byte, f frame, i int) error {
	t := &c.tables[i]
	for _, w := range t.ways {
		for _, j := range w.size.tables {
			if !f.knows(one(j)) {
				return c.why(rec, f, j)
			}
		}
	}
	for _, j := range t.size.tables {
		if !f.knows(one(j)) && c.tables[j].scope == t.scope {
			return c.why(rec, f, j)
		}
	}
	return c.measureOne(rec, &f, i)
}
