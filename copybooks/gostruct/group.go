package gostruct

import (
	"fmt"
	"slices"
	"strings"

	"tidewaiter/copybooks"
)

// member is one field of a generated struct.
type member struct {
	item  *copybooks.Item
	name  string // of the field, "" for FILLER
	class class
	typ   string // of one element
}

// group writes a struct with its decode and encode methods, and before it the
// structs of the groups inside.
func (g *generator) group(it *copybooks.Item, name, heading string) error {
	taken := map[string]bool{"Decode": true, "Encode": true, "DecodeAt": true, "EncodeAt": true}
	members, err := g.members(it, name, taken)
	if err != nil {
		return err
	}
	g.printf("\n// %s %s.\ntype %s struct {\n", name, heading, name)
	for _, m := range members {
		if m.name != "" {
			g.printf("%s %s%s // %s\n", m.name, dimension(m.item), m.typ, remark(m))
		}
	}
	g.printf("}\n\nfunc (g *%s) decode(r *reader, at int) int {\n", name)
	for _, m := range members {
		g.decode(it, m)
	}
	g.printf("return at + %d\n}\n\nfunc (g *%s) encode(w *writer, at int) int {\n", it.Length, name)
	for _, m := range members {
		g.encode(it, m)
	}
	g.printf("return at + %d\n}\n", it.Length)
	return g.conditions(name, members, taken)
}

func (g *generator) members(it *copybooks.Item, parent string, taken map[string]bool) ([]member, error) {
	var members []member
	for i, c := range it.Children {
		if i+1 < len(it.Children) && it.Children[i+1].Redefines != "" && c.Redefines == "" && (g.shifts(c) || c.Occurs != nil && c.Occurs.DependingOn != "") {
			return nil, fmt.Errorf("%s varies in length and is redefined by %s, which is not supported in Go source", c.Name, it.Children[i+1].Name)
		}
		if c.Redefines != "" {
			g.views = append(g.views, view{c, g.typeName(c.Name, parent)})
			continue
		}
		class := g.classOf(c)
		m := member{item: c, class: class}
		if class == classGroup {
			m.typ = g.typeName(c.Name, parent)
			if err := g.group(c, m.typ, "is the group "+c.Name); err != nil {
				return nil, err
			}
		} else {
			m.typ = class.goType()
		}
		if !c.IsFiller() || class == classGroup {
			m.name = fieldName(c.Name, taken)
		}
		if class == classText {
			g.longest = max(g.longest, c.Length)
		}
		members = append(members, m)
	}
	return members, g.counterKnown(it)
}

// counterKnown refuses a table whose counter has no int64 in the struct: it
// stands in another redefinition, or has more digits.
func (g *generator) counterKnown(it *copybooks.Item) error {
	for _, c := range it.Children {
		if c.Occurs == nil || c.Occurs.DependingOn == "" || c.Redefines != "" {
			continue
		}
		counter := g.counter[c]
		why := ""
		switch {
		case counter.Digits > integerDigits:
			why = fmt.Sprintf("has more than %d digits", integerDigits)
		case !g.reads(counter):
			why = "stands in another redefinition"
		}
		if why != "" {
			return fmt.Errorf("%s OCCURS DEPENDING ON %s, which %s: not supported in Go source", c.Name, c.Occurs.DependingOn, why)
		}
	}
	return nil
}

// reads reports whether the record or view being written has the item as a
// field.
func (g *generator) reads(it *copybooks.Item) bool {
	for p := it; p != nil; p = p.Parent() {
		if p == g.root {
			return true
		}
		if p.Redefines != "" {
			return false
		}
	}
	return true
}

// shifts reports whether the item is a group whose length depends on a counter,
// in a record whose tables are as long as their counters say.
func (g *generator) shifts(it *copybooks.Item) bool {
	var tables []*copybooks.Item
	counters(it, &tables)
	return len(tables) > 0 && g.o.Codec.ODO == copybooks.ODOShift
}

func dimension(it *copybooks.Item) string {
	if it.Occurs == nil {
		return ""
	}
	return fmt.Sprintf("[%d]", it.Occurs.Max)
}

// remark is what the reader of the struct wants to know of the field.
func remark(m member) string {
	it := m.item
	words := []string{fmt.Sprintf("offset %d", it.Offset)}
	if m.class != classGroup {
		picture := it.Usage.String()
		switch {
		case it.Picture != "" && it.Usage == copybooks.Display:
			picture = "PIC " + it.Picture
		case it.Picture != "":
			picture = "PIC " + it.Picture + " " + picture
		}
		words = append(words, picture)
	}
	if m.class == classInteger && it.Scale != 0 {
		words = append(words, fmt.Sprintf("%d decimal places", it.Scale))
	}
	if it.Occurs != nil && it.Occurs.DependingOn != "" {
		words = append(words, "DEPENDING ON "+it.Occurs.DependingOn)
	}
	return strings.Join(words, ", ")
}

// decode writes the statements that read a member. Offsets count tables at
// their largest; after a shorter one at goes back by what is missing.
func (g *generator) decode(group *copybooks.Item, m member) {
	it, offset := m.item, m.item.Offset-group.Offset
	if m.name == "" {
		if t := slices.Index(g.tables, it); t >= 0 && g.o.Codec.ODO == copybooks.ODOShift {
			g.printf("r.table(%d)\nat -= (%d - r.occurs[%d]) * %d\n", t, it.Occurs.Max, t, it.Length)
		}
		return
	}
	target := "g." + m.name
	if it.Occurs == nil {
		tables := g.countedBy(it)
		if len(tables) > 0 {
			g.printf("{\nbefore := r.err\n")
		}
		g.decodeOne(m, target, fmt.Sprintf("at+%d", offset))
		for _, t := range tables {
			o := g.tables[t].Occurs
			g.printf("r.occurs[%d] = r.count(before, %s, %d, %d, at+%d, %q)\n", t, target, o.Min, o.Max, offset, it.Name)
		}
		if len(tables) > 0 {
			g.printf("}\n")
		}
		return
	}
	g.elements("r", m, target, offset)
	if it.Occurs.DependingOn != "" {
		g.printf("clear(%s[r.occurs[%d]:])\n", target, slices.Index(g.tables, it))
	}
}

func (g *generator) encode(group *copybooks.Item, m member) {
	it, offset := m.item, m.item.Offset-group.Offset
	if it.Occurs == nil {
		g.encodeOne(m, "g."+m.name, fmt.Sprintf("at+%d", offset))
		for _, t := range g.countedBy(it) {
			o := g.tables[t].Occurs
			g.printf("w.occurs[%d] = w.count(g.%s, %d, %d, at+%d, %q)\n", t, m.name, o.Min, o.Max, offset, it.Name)
		}
		return
	}
	if m.name == "" && m.class == classText && g.plain(it) {
		// Blank already; only what is missing moves the fields after it.
		if t := slices.Index(g.tables, it); t >= 0 && g.o.Codec.ODO == copybooks.ODOShift {
			g.printf("at -= (%d - w.occurs[%d]) * %d\n", it.Occurs.Max, t, it.Length)
		}
		return
	}
	g.elements("w", m, "g."+m.name, offset)
}

// elements writes the loop over a table whose first element stands at offset.
func (g *generator) elements(side string, m member, target string, offset int) {
	it, count := m.item, fmt.Sprint(m.item.Occurs.Max)
	if t := slices.Index(g.tables, it); t >= 0 {
		if side == "r" {
			g.printf("r.table(%d)\n", t)
		}
		count = fmt.Sprintf("%s.occurs[%d]", side, t)
	}
	if g.shifts(it) {
		// One element ends where the next starts. What is missing to the
		// largest table moves the fields after it.
		method := map[string]string{"r": "decode", "w": "encode"}[side]
		g.printf("{\nend := at+%d\nfor i := range %s {\nend = %s[i].%s(%s, end)\n}\nat = end - %d\n}\n", offset, count, target, method, side, offset+it.Size())
		return
	}
	one := g.decodeOne
	if side == "w" {
		one = g.encodeOne
	}
	g.printf("for i := range %s {\n", count)
	one(m, target+"[i]", fmt.Sprintf("at+%d+i*%d", offset, it.Length))
	g.printf("}\n")
	if it.Occurs.DependingOn != "" && g.o.Codec.ODO == copybooks.ODOShift {
		g.printf("at -= (%d - %s) * %d\n", it.Occurs.Max, count, it.Length)
	}
}

// countedBy lists the tables whose counter it is.
func (g *generator) countedBy(it *copybooks.Item) (tables []int) {
	for i, t := range g.tables {
		if g.counter[t] == it {
			tables = append(tables, i)
		}
	}
	return tables
}
