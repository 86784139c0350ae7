package copybooks

import (
	"fmt"
	"slices"
	"strings"

	"tidewaiter/ebcdic"
)

// maxTables is how many tables of variable length a record may have.
const maxTables = 32

// maxDimensions is how deep tables may be nested: COBOL's limit of subscripts.
const maxDimensions = 7

// dimension is one OCCURS around a field.
type dimension struct {
	max    int
	table  int // index of Codec.tables when the count varies, else -1
	stride extent
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
		dims = append(slices.Clip(dims), &dimension{max: it.Occurs.Max, table: -1})
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
	if it.Occurs == nil {
		return size
	}
	d := dims[len(dims)-1]
	d.stride = size
	varies := it.Occurs.DependingOn != ""
	if !varies && len(size.tables) == 0 {
		return extent{fixed: size.fixed * it.Occurs.Max}
	}
	return b.table(it, d, size, varies)
}

// settle works out which tables the fields of the record depend on, once all
// tables are known.
func (c *Codec) settle() {
	for _, f := range c.all {
		p := f.p
		p.depends = max(dependsOn(p.at), dependsOn(p.size))
		for _, d := range p.dims {
			p.depends = max(p.depends, d.table+1, dependsOn(d.stride))
		}
		p.direct = p.depends == 0 && len(p.dims) == 0 && p.number != nil && p.storage == plainStorage
		p.steady, p.end = p.depends == 0 && len(p.dims) == 0, p.at.fixed+p.size.fixed
	}
}

// dependsOn is how many tables must be measured to know the bytes of e.
func dependsOn(e extent) int {
	n := 0
	for _, t := range e.tables {
		n = max(n, t+1)
	}
	return n
}

// table adds a table to the codec. Under ODOMax it takes its largest size, but
// its counter still says how many occurrences count.
func (b *compiler) table(it *Item, d *dimension, size extent, varies bool) extent {
	c := b.codec
	if len(c.tables) == maxTables {
		b.fail(it, "more than %d tables of variable length", maxTables)
		return extent{}
	}
	t := table{item: it, min: it.Occurs.Max, max: it.Occurs.Max, size: size}
	if varies {
		t.min = it.Occurs.Min
		t.counter = b.counter(it)
	}
	d.table = len(c.tables)
	c.tables = append(c.tables, t)
	if !c.shifts() {
		return extent{fixed: size.fixed * it.Occurs.Max}
	}
	return extent{tables: []int{d.table}}
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

// group compiles the items of a group one after the other. A redefinition
// starts again where the item it redefines does.
func (b *compiler) group(it *Item, at place, dims []*dimension, over overlay) extent {
	var end extent
	names := map[string]bool{} // of the items that are redefined
	for _, c := range it.Children {
		if c.Redefines != "" {
			names[strings.ToUpper(c.Redefines)] = true
		}
	}
	starts := map[string]extent{}
	var base extent // where the current stack of redefinitions starts
	for _, c := range it.Children {
		start := end
		if c.Redefines != "" {
			start = starts[strings.ToUpper(c.Redefines)]
			base = start
		}
		starts[strings.ToUpper(c.Name)] = start
		size := b.item(c, at.plus(start), dims, over.inside(c, names))
		if c.Redefines == "" {
			end = start.plus(size)
			continue
		}
		if len(size.tables) > 0 || len(end.tables) > len(base.tables) {
			b.fail(c, "OCCURS DEPENDING ON inside a REDEFINES is not supported yet")
			return extent{}
		}
		end.fixed = max(end.fixed, start.fixed+size.fixed)
	}
	return end
}

func (b *compiler) add(f *field) {
	c := b.codec
	f.occurs = 1
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

// rename makes a level 66 a field, where no table before it can move it.
func (b *compiler) rename(it *Item) {
	if len(b.codec.tables) > 0 && b.codec.shifts() {
		b.fail(it, "RENAMES in a record with OCCURS DEPENDING ON is not supported yet")
		return
	}
	f := &field{codec: b.codec, item: it, text: b.codec.texts.of(it), at: place{fixed: it.Offset}, size: extent{fixed: it.Length}, length: it.Length}
	b.add(f)
}
