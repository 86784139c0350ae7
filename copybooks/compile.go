package copybooks

import (
	"fmt"
	"slices"
	"strings"

	"tidewaiter/ebcdic"
)

// maxTables is how many stretches of variable length a record may have: tables,
// and redefinitions of which one has such a table.
const maxTables = 64

// maxDimensions is how deep tables may be nested: COBOL's limit of subscripts.
const maxDimensions = 7

// dimension is one OCCURS around a field.
type dimension struct {
	max    int
	table  int // index of Codec.tables when its bytes vary, else -1
	depth  int // 1 for an outermost table
	stride extent
	inner  []int // tables that each of its occurrences has its own measure of
}

// overlay says whether a field shares its bytes with others.
type overlay uint8

const (
	alone      overlay = iota
	redefined          // it, or a group it is in, is redefined
	redefining         // it, or a group it is in, redefines
)

// inside is the overlay of an item c in a group of overlay o.
func (o overlay) inside(c *Item, names map[string]bool) overlay {
	switch {
	case o == redefining || c.Redefines != "":
		return redefining
	case o == redefined || names[strings.ToUpper(c.Name)]:
		return redefined
	}
	return alone
}

// compiler walks the tree and makes fields and tables.
type compiler struct {
	codec *Codec
	err   error
}

func (b *compiler) fail(it *Item, format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf("%s:%d: %s: %s", it.File, it.Line, it.Name, fmt.Sprintf(format, args...))
	}
}

// item compiles it at its place inside the tables of dims and returns the bytes
// of all its occurrences.
func (b *compiler) item(it *Item, at place, dims []*dimension, over overlay) extent {
	c := b.codec
	if it.Occurs != nil {
		dims = append(slices.Clip(dims), &dimension{max: it.Occurs.Max, table: -1, depth: len(dims) + 1})
		if len(dims) > maxDimensions {
			b.fail(it, "tables are nested deeper than %d", maxDimensions)
			return extent{}
		}
	}
	c.overlaid = c.overlaid || over != alone
	f := &field{codec: c, item: it, text: c.texts.of(it), over: over, at: at, dims: dims, length: it.Length, scale: it.Scale}
	b.add(f)
	size := extent{fixed: it.Length}
	if it.IsGroup() {
		size = b.group(it, at, dims, over)
	} else {
		b.elementary(f)
	}
	f.size = size
	f.whole = size
	if it.Occurs != nil {
		dims[len(dims)-1].stride = size
		f.whole = b.table(it, at, dims, size)
	}
	return f.whole
}

// table adds a table to the codec. Under ODOMax it takes its largest size, but
// its counter still says how many occurrences count.
func (b *compiler) table(it *Item, at place, dims []*dimension, size extent) extent {
	o, d := it.Occurs, dims[len(dims)-1]
	if o.DependingOn == "" && len(size.tables) == 0 {
		return extent{fixed: size.fixed * o.Max}
	}
	t := table{item: it, at: at, min: o.Max, max: o.Max, size: size, least: b.least(size), dim: d}
	depth := 0 // of the tables that it is measured in
	if o.DependingOn != "" {
		t.min = o.Min
		if o.Unbounded {
			t.max = maxRecord / max(1, t.least)
		}
		if t.counter = b.counter(it); t.counter == nil {
			return extent{}
		}
		t.needs |= t.counter.at.needs()
		depth = len(t.counter.dims)
	}
	depth = max(depth, b.depth(size, dims[:len(dims)-1]))
	for _, i := range size.tables {
		if b.codec.tables[i].scope == d {
			depth = len(dims) - 1 // what is around it has its own counters too
		} else {
			t.needs |= one(i)
		}
	}
	d.table = b.measured(t, dims, depth)
	if !b.codec.shifts() {
		return extent{fixed: size.fixed * o.Max}
	}
	return extent{tables: []int{d.table}}
}

// measured adds a table that each occurrence of the first depth tables of dims
// has its own measure of, and returns its index.
func (b *compiler) measured(t table, dims []*dimension, depth int) int {
	c := b.codec
	i := len(c.tables)
	if i == maxTables {
		b.fail(t.item, "more than %d tables of variable length", maxTables)
		return -1
	}
	t.depth = depth
	into := &c.measured
	if depth > 0 {
		t.scope = dims[depth-1]
		into = &t.scope.inner
	}
	*into = append(*into, i)
	c.tables = append(c.tables, t)
	return i
}

// depth is how many of dims have, in each occurrence, their own measure of the
// tables in e.
func (b *compiler) depth(e extent, dims []*dimension) int {
	for n := len(dims); n > 0; n-- {
		for _, i := range e.tables {
			if b.codec.tables[i].scope == dims[n-1] {
				return n
			}
		}
	}
	return 0
}

// least is the smallest that e may be.
func (b *compiler) least(e extent) int {
	n := e.fixed
	for _, i := range e.tables {
		t := &b.codec.tables[i]
		n += t.min * t.least
	}
	return n
}

func (b *compiler) counter(it *Item) *field {
	for _, f := range b.codec.byName[strings.ToUpper(it.Occurs.counter.Name)] {
		if f.item == it.Occurs.counter {
			return f
		}
	}
	b.fail(it, "its counter %s does not stand before it", it.Occurs.DependingOn)
	return nil
}

// group compiles the items of a group one after the other. Redefinitions start
// where the item they redefine does.
func (b *compiler) group(it *Item, at place, dims []*dimension, over overlay) extent {
	var end extent
	names := map[string]bool{} // of the items that are redefined
	for _, c := range it.Children {
		if c.Redefines != "" {
			names[strings.ToUpper(c.Redefines)] = true
		}
	}
	var ways []way
	for i, c := range it.Children {
		start := at.plus(end)
		first := len(b.codec.all)
		size := b.item(c, start, dims, over.inside(c, names))
		if b.err != nil {
			return extent{}
		}
		ways = append(ways, way{size, b.codec.all[first].p})
		if i+1 < len(it.Children) && it.Children[i+1].Redefines != "" {
			continue
		}
		end = end.plus(b.longest(ways, start, dims))
		ways = nil
	}
	return end
}

// longest is the extent of items that redefine each other. IBM allows no OCCURS
// DEPENDING ON in them (message IGYDS1169-S); other compilers do, and then what
// follows stands after the longest.
func (b *compiler) longest(ways []way, at place, dims []*dimension) extent {
	fixed := 0
	for _, w := range ways {
		if len(w.size.tables) == 0 {
			fixed = max(fixed, w.size.fixed)
		}
	}
	var longer []way
	for _, w := range ways {
		if len(w.size.tables) > 0 && (len(ways) == 1 || w.field.item.Size() > fixed || unbounded(w.field.item)) {
			longer = append(longer, w)
		}
	}
	switch {
	case len(longer) == 0:
		return extent{fixed: fixed}
	case len(ways) == 1:
		return ways[0].size
	}
	t := table{item: ways[0].field.item, at: at, size: extent{fixed: fixed}, min: 1, max: 1, least: fixed, ways: longer}
	depth := 0
	for _, w := range longer {
		t.least = max(t.least, b.least(w.size))
		depth = max(depth, b.depth(w.size, dims))
	}
	i := b.measured(t, dims, depth)
	for _, w := range ways {
		w.field.stack = i
	}
	return extent{tables: []int{i}}
}

func (b *compiler) add(f *field) {
	c := b.codec
	f.occurs, f.stack, f.step = 1, -1, -1
	for _, d := range f.dims {
		f.occurs *= d.max
	}
	name := strings.ToUpper(f.item.Name)
	c.byName[name] = append(c.byName[name], f)
	c.all = append(c.all, Field{f})
}

func (b *compiler) elementary(f *field) {
	it := f.item
	if it.Dynamic {
		b.fail(it, "DYNAMIC LENGTH: a program keeps the bytes of the item outside the record, so no file has them; give its record without the item")
	}
	if it.Usage == FloatShort || it.Usage == FloatLong {
		float, err := ebcdic.NewFloat(ebcdic.FloatSpec{Long: it.Usage == FloatLong, Format: b.codec.opts.Float})
		if err != nil {
			b.fail(it, "%s", err)
		}
		f.float = float
	}
	b.codec.fields = append(b.codec.fields, Field{f})
	f.storage, f.digits = storageOf(it.Usage), f.text.page
	if it.Usage == National {
		f.digits = narrowPage
	}
	var err error
	switch {
	case it.edit != nil:
		f.edit, err = newEditor(it.edit, f.digits)
	case it.floating != nil:
		f.exponent, err = newFloatEditor(it.floating, f.digits)
	case it.Numeric():
		err = b.number(f)
	default:
		f.storage = plainStorage // text of its charset
	}
	if err != nil {
		b.fail(it, "%s", err)
	}
}

// number makes the field one of digits.
func (b *compiler) number(f *field) error {
	it := f.item
	spec := it.spec()
	spec.CodePage, spec.NumProc = f.digits, b.codec.opts.NumProc
	spec.BinaryFull = spec.BinaryFull || b.codec.opts.BinaryFull
	n, err := ebcdic.NewNumber(spec)
	if err != nil {
		return err
	}
	if f.number, f.blankZero = n, it.BlankZero; f.blankZero {
		zero := make([]byte, n.Length())
		n.PutInt64(zero, 0)
		f.zero, _ = n.Append(nil, zero)
	}
	return nil
}

// unbounded reports whether a table in it may be longer than Item.Size says.
func unbounded(it *Item) bool {
	return it.Occurs != nil && it.Occurs.Unbounded || slices.ContainsFunc(it.Children, unbounded)
}

// rename makes a level 66 a field. It begins where the first item does that it
// renames, and ends where the last one does.
func (b *compiler) rename(it *Item) {
	from, _ := b.codec.FieldOf(it.first)
	to, _ := b.codec.FieldOf(it.last)
	first, last := from.p, to.p
	f := &field{codec: b.codec, item: it, text: b.codec.texts.of(it), at: first.at, length: it.Length}
	end := last.at.plus(last.whole)
	f.size.fixed = end.fixed - first.at.fixed
	f.until = &end
	b.add(f)
}

// settle works out which tables the fields of the record depend on, once all
// tables are known.
func (c *Codec) settle() {
	for _, f := range c.all {
		p := f.p
		p.needs = p.at.needs() | p.size.needs()
		if p.until != nil {
			p.needs |= p.until.needs()
		}
		p.reach = p.occurs
		for i, d := range p.dims {
			p.needs |= d.stride.needs()
			p.uneven = p.uneven || len(d.inner) > 0
			if d.table >= 0 {
				p.needs |= one(d.table)
				if i == 0 {
					p.reach = p.occurs / d.max * c.tables[d.table].max
				}
			}
		}
		for p.measures < len(c.measured) && one(c.measured[p.measures]) <= p.needs {
			p.measures++
		}
		p.steady, p.end = p.needs == 0 && len(p.dims) == 0, p.at.fixed+p.size.fixed
		p.straight = p.number != nil && p.storage == plainStorage && !p.blankZero
		p.direct = p.steady && p.number != nil && p.storage == plainStorage
		p.paged = p.text.form == pageForm && !p.item.Justified
	}
}
