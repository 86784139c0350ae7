package gostruct

import (
	"fmt"
	"go/format"
	"go/token"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// Options say how the records are read. The zero value is that of
// copybooks.CodecOptions: cp037, NUMPROC(NOPFD), TRUNC(STD), tables as long as
// their counter says.
type Options struct {
	Package string // "" is the copybook's name in lower case
	Codec   copybooks.CodecOptions
	// Pages are the Codec.Pages of each record, for records with different
	// fields.
	Pages map[*copybooks.Layout]map[string]string
}

// Source returns a formatted Go file with the records of the copybook.
func Source(book *copybooks.Copybook, o Options) ([]byte, error) {
	page, err := ebcdic.LookupCodePage(o.Codec.CodePage)
	if err != nil {
		return nil, err
	}
	if o.Package == "" {
		o.Package = packageName(book.Name)
	}
	if !token.IsIdentifier(o.Package) {
		return nil, fmt.Errorf("naming the Go package: %q is not a Go name", o.Package)
	}
	g := &generator{o: o, page: page, types: map[string]bool{}, numbers: map[ebcdic.Spec]string{}}
	for _, name := range []string{"page", "reader", "writer", "number", "field", "faultOf", "collate", "compareDigits"} {
		g.types[name] = true
	}
	for _, l := range book.Records {
		if err := g.record(l); err != nil {
			return nil, fmt.Errorf("writing Go for %s: %w", l.Name, err)
		}
	}
	var out strings.Builder
	g.head(&out, book)
	out.WriteString(g.body.String())
	g.numberVars(&out)
	g.fieldVars(&out)
	g.runtime(&out)
	source, err := format.Source([]byte(out.String()))
	if err != nil {
		return nil, fmt.Errorf("formatting the Go source: %w", err)
	}
	return source, nil
}

// generator collects the declarations of a file.
type generator struct {
	o       Options
	page    *ebcdic.CodePage
	fields  map[*copybooks.Item]copybooks.Field // of the record
	scalars []scalar                            // in the order they were met
	body    strings.Builder
	types   map[string]bool // names taken at package level
	numbers map[ebcdic.Spec]string
	specs   []ebcdic.Spec                       // in the order they were met
	tables  []*copybooks.Item                   // of the record, that DEPEND ON a counter
	counter map[*copybooks.Item]*copybooks.Item // of each of them
	views   []view
	longest int // text field
	codec   *copybooks.Codec
	root    *copybooks.Item // of the record or the view being written
	most    int             // tables with a counter in one record
}

// view is a redefinition to be written after the record.
type view struct {
	item *copybooks.Item
	name string
}

func (g *generator) printf(format string, args ...any) { fmt.Fprintf(&g.body, format, args...) }

// record writes a level 01 and the redefinitions in it.
func (g *generator) record(l *copybooks.Layout) error {
	name := g.typeName(l.Name, "")
	length := fmt.Sprintf("%d bytes", l.MaxLength)
	if l.MinLength != l.MaxLength {
		length = fmt.Sprintf("%d to %d bytes", l.MinLength, l.MaxLength)
	}
	g.printf("\n// %sLength is the length of the longest %s in bytes.\nconst %sLength = %d\n", name, l.Name, name, l.MaxLength)
	options := g.o.Codec
	if g.o.Pages != nil {
		options.Pages = g.o.Pages[l]
	}
	codec, err := l.Codec(options)
	if err != nil {
		return err
	}
	g.fields = map[*copybooks.Item]copybooks.Field{}
	for _, f := range codec.Fields() {
		g.fields[f.Item()] = f
	}
	root := l.Root
	if !root.IsGroup() {
		// A level 01 or 77 with a PICTURE is a struct with one field.
		root = &copybooks.Item{Level: 1, Name: l.Name, Length: l.MaxLength, Children: []*copybooks.Item{l.Root}}
	}
	g.codec, g.root, g.views = codec, l.Root, nil
	if err := g.countTables(root); err != nil {
		return err
	}
	if err := g.group(root, name, fmt.Sprintf("is the record %s, %s", l.Name, length)); err != nil {
		return err
	}
	g.printf(recordMethods, name, l.Name)
	for len(g.views) > 0 {
		v := g.views[0]
		g.views = g.views[1:]
		if err := g.view(v); err != nil {
			return err
		}
	}
	return nil
}

// view writes a redefinition as a type that is read at an offset.
func (g *generator) view(v view) error {
	it := v.item
	g.root = it
	group := it
	if !it.IsGroup() || it.Occurs != nil {
		one := *it
		one.Redefines = ""
		g.fields[&one] = g.fields[it]
		group = &copybooks.Item{Level: it.Level, Name: it.Name, Offset: it.Offset, Length: it.Size(), Children: []*copybooks.Item{&one}}
	}
	if err := g.countTables(group); err != nil {
		return err
	}
	heading := fmt.Sprintf("is %s, which REDEFINES %s: %d bytes at offset %d", it.Name, it.Redefines, it.Size(), it.Offset)
	if err := g.group(group, v.name, heading); err != nil {
		return err
	}
	g.printf(viewMethods, v.name, it.Name, it.Size())
	return nil
}

// countTables finds the tables of a record or a view that DEPEND ON a counter.
func (g *generator) countTables(root *copybooks.Item) error {
	g.tables, g.counter = nil, map[*copybooks.Item]*copybooks.Item{}
	counters(root, &g.tables)
	g.most = max(g.most, len(g.tables))
	for _, t := range g.tables {
		f, err := g.codec.Field(t.Occurs.DependingOn)
		if err != nil {
			return err
		}
		g.counter[t] = f.Item()
	}
	return nil
}

// counters lists the tables that DEPEND ON a counter, in their order.
func counters(it *copybooks.Item, tables *[]*copybooks.Item) {
	for _, c := range it.Children {
		if c.Redefines != "" {
			continue
		}
		if c.Occurs != nil && c.Occurs.DependingOn != "" {
			*tables = append(*tables, c)
		}
		counters(c, tables)
	}
}

const recordMethods = `
// Decode reads a record. Fields that hold no value are zero, and their errors
// are joined.
func (g *%[1]s) Decode(rec []byte) error {
	r := reader{rec: rec}
	switch end := g.decode(&r, 0); {
	case end < len(rec):
		r.fail("%[2]s", end, ebcdic.TooLong)
	case end > len(rec) && r.err == nil:
		r.fail("%[2]s", len(rec), ebcdic.Short)
	}
	return r.err
}

// Encode appends the record to dst. With an error dst is returned as it was.
func (g *%[1]s) Encode(dst []byte) ([]byte, error) {
	start := len(dst)
	out := slices.Grow(dst, %[1]sLength)[:start+%[1]sLength]
	w := writer{rec: out[start:]}
	page.Fill(w.rec)
	end := g.encode(&w, 0)
	if w.err != nil {
		return dst, w.err
	}
	return out[:start+end], nil
}
`

const viewMethods = `
// DecodeAt reads %[2]s where it stands in a record.
func (g *%[1]s) DecodeAt(rec []byte, at int) error {
	r := reader{rec: rec}
	g.decode(&r, at)
	return r.err
}

// EncodeAt writes %[2]s over the bytes of a record. With an error some
// of its fields may have been written.
func (g *%[1]s) EncodeAt(rec []byte, at int) error {
	if at < 0 || at+%[3]d > len(rec) {
		return fmt.Errorf("%[2]s takes %[3]d bytes at offset %%d, the record has %%d: %%w", at, len(rec), ebcdic.Short)
	}
	w := writer{rec: rec}
	g.encode(&w, at)
	return w.err
}
`
