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

// place is the offset of an item, counted the same way.
type place = extent

func (e extent) bytes(f *frame) int {
	n := e.fixed
	for _, t := range e.tables {
		n += f.total[t]
	}
	return n
}

func (e extent) plus(o extent) extent {
	if len(o.tables) == 0 {
		return extent{e.fixed + o.fixed, e.tables}
	}
	return extent{e.fixed + o.fixed, slices.Concat(e.tables, o.tables)}
}

// table is an OCCURS whose bytes only the record knows.
type table struct {
	item     *Item
	counter  *field // nil for a fixed number of occurrences of variable length
	min, max int
	size     extent // of one occurrence
}

// frame is what the counters of one record say.
type frame struct {
	occurs [maxTables]int // occurrences
	total  [maxTables]int // bytes of all occurrences
	good   int            // tables that could be measured
}

// count records that table i has n occurrences. Tables inside it come first in
// Codec.tables, so their bytes are known.
func (t *table) count(f *frame, i, n int) {
	f.occurs[i] = n
	f.total[i] = n * t.size.bytes(f)
	f.good = i + 1
}

// measure reads the counters of the first n tables from rec.
func (c *Codec) measure(rec []byte, f *frame, n int) error {
	for i := f.good; i < n; i++ {
		t := &c.tables[i]
		occurs := t.max
		if t.counter != nil {
			at := t.counter.at.bytes(f)
			v, err := t.counter.intAt(rec, at)
			if err != nil {
				return err
			}
			if v < int64(t.min) || v > int64(t.max) {
				return t.outside(rec, at, v)
			}
			occurs = int(v)
		}
		t.count(f, i, occurs)
	}
	return nil
}

func (t *table) outside(rec []byte, at int, v int64) *FieldError {
	return &FieldError{
		Field: t.counter.item.Name, Offset: at, Bytes: slices.Clone(rec[at : at+t.counter.length]), Fault: ebcdic.BadCounter,
		Reason: fmt.Sprintf("%d is outside OCCURS %d TO %d of %s", v, t.min, t.max, t.item.Name),
	}
}
