package copybooks

import (
	"fmt"
	"strings"
	"sync"

	"tidewaiter/ebcdic"
)

// ODO says how long a table with OCCURS DEPENDING ON is in the data.
type ODO uint8

// ODOShift is what COBOL writes: a table takes as many occurrences as its
// counter says and what follows moves up. ODOMax is a table stored at its
// largest, of which the counter says how much is used.
const (
	ODOShift ODO = iota
	ODOMax
)

// CodecOptions choose how bytes are read. The zero value is z/OS: cp037,
// NUMPROC(NOPFD), TRUNC(STD), tables as long as their counter says.
type CodecOptions struct {
	CodePage string // of text and zoned numbers; "" is cp037
	// Pages are the code pages of fields that have their own, by name, qualified
	// where it is not unique: {"CUSTOMER-NAME": "cp930"}. That of a group is
	// that of all the fields in it that have no other.
	Pages   map[string]string
	ODO     ODO
	NumProc ebcdic.NumProc
	// Lenient gives a damaged number in JSON as a program may have read it, where
	// there is such a reading (ebcdic.Number.AppendLenient). The field's error is
	// returned and listed under "_errors" all the same, and says so.
	Lenient bool
	// BinaryFull takes a COMP item to use all its bits, as programs compiled
	// with TRUNC(BIN) do. Else more digits than its PICTURE has are a fault.
	BinaryFull bool
	// Float is how COMP-1 and COMP-2 are stored: hexadecimal as on z/OS, or IEEE,
	// big-endian.
	Float ebcdic.FloatFormat
}

// Codec reads and writes the records of one layout. It never changes after
// Layout.Codec made it and is safe for concurrent use.
type Codec struct {
	layout *Layout
	texts  *charsets
	opts   CodecOptions
	fields []Field // elementary
	all    []Field // and groups, and level 66
	byName map[string][]*field
	tables []table
	// measured are the tables that have one measure in the whole record.
	measured []int
	length   extent
	// overlaid says that some item redefines another.
	overlaid bool
	blank    func() []byte // made when it is first asked for: it may be long
	plan     []op
}

// Codec compiles the layout: the place of each field is worked out once, as far
// as it does not depend on counters.
func (l *Layout) Codec(o CodecOptions) (*Codec, error) {
	texts, err := newCharsets(l, o)
	if err != nil {
		return nil, err
	}
	c := &Codec{layout: l, texts: texts, opts: o, byName: map[string][]*field{}}
	b := &compiler{codec: c}
	c.length = b.item(l.Root, place{}, nil, alone)
	for _, r := range l.Renames {
		b.rename(r)
	}
	if b.err != nil {
		return nil, fmt.Errorf("compiling %s: %w", l.Name, b.err)
	}
	c.settle()
	c.blank = sync.OnceValue(c.makeBlank)
	c.makePlan()
	return c, nil
}

// Layout returns the layout the codec was compiled from.
func (c *Codec) Layout() *Layout { return c.layout }

// CodePage returns the code page of text and zoned numbers, those of the fields
// in CodecOptions.Pages apart: see Field.CodePage.
func (c *Codec) CodePage() *ebcdic.CodePage { return c.texts.main.page }

// Fields returns the elementary fields in copybook order, FILLER among them.
func (c *Codec) Fields() []Field { return c.fields }

// Field finds a field by name, "CD-AMOUNT", or by qualified name, "N OF H". A
// group is a field too: its bytes are text.
func (c *Codec) Field(name string) (Field, error) {
	base, groups := qualified(name)
	var found []*field
	for _, f := range c.byName[strings.ToUpper(base)] {
		if f.item.within(groups) {
			found = append(found, f)
		}
	}
	switch len(found) {
	case 1:
		return Field{found[0]}, nil
	case 0:
		return Field{}, fmt.Errorf("%s has no field %s", c.layout.Name, name)
	}
	paths := make([]string, len(found))
	for i, f := range found {
		paths[i] = f.item.Name
		if f.item.parent != nil {
			paths[i] += " OF " + f.item.parent.Name
		}
	}
	return Field{}, fmt.Errorf("%s has %d fields %s: name one of %s", c.layout.Name, len(found), name, strings.Join(paths, ", "))
}

// Length returns how long rec really is, given its counters. It may be more
// than there is in rec.
func (c *Codec) Length(rec []byte) (int, error) {
	if len(c.tables) == 0 {
		return c.length.fixed, nil
	}
	f := frame{room: len(rec)}
	if err := c.measure(rec, &f, c.measured); err != nil && !f.knows(c.length.needs()) {
		return 0, err
	}
	return c.length.bytes(&f), nil
}

// Blank appends a record of maximum length to dst: blanks in text, zeros in
// numbers, the smallest allowed count in counters. Setting a counter moves the
// fields after its table: set the counters first, then every field after them.
func (c *Codec) Blank(dst []byte) []byte { return append(dst, c.blank()...) }

// makeBlank fills the record with every table at its largest, then once more
// as the smallest counts place the fields, since that is what the counters say.
func (c *Codec) makeBlank() []byte {
	blank := make([]byte, c.layout.MaxLength)
	c.texts.main.fill(blank)
	var largest, least frame
	for i := range c.tables {
		t := &c.tables[i]
		t.suppose(&largest, i, t.item.most())
		t.suppose(&least, i, t.min)
	}
	c.fill(blank, &largest)
	if len(c.tables) == 0 {
		return blank
	}
	c.fill(blank, &least)
	for i := range c.tables {
		if t := &c.tables[i]; t.counter != nil {
			t.counter.eachPlace(&least, t.counter.at.bytes(&least), 0, func(at int) {
				t.counter.writeInt(blank[at:at+t.counter.length], int64(t.min))
			})
		}
	}
	return blank
}

// suppose counts n occurrences without looking at a record.
func (t *table) suppose(f *frame, i, n int) {
	if t.ways != nil {
		t.settle(nil, f, i)
		return
	}
	t.count(f, i, n)
}

// fill writes zeros into the numbers and blanks into the text of a record whose
// tables are as long as f says. It goes backwards, so that of several
// redefinitions the first entry is the one that counts.
func (c *Codec) fill(rec []byte, f *frame) {
	for i := len(c.fields) - 1; i >= 0; i-- {
		p := c.fields[i].p
		p.eachPlace(f, p.at.bytes(f), 0, func(at int) {
			p.blank(rec[at : at+p.length])
		})
	}
}

func (c *Codec) shifts() bool { return c.opts.ODO == ODOShift }
