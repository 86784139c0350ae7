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
	members, err := g.members(it, name)
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
	return nil
}

func (g *generator) members(it *copybooks.Item, parent string) ([]member, error) {
	taken := map[string]bool{"Decode": true, "Encode": true, "DecodeAt": true, "EncodeAt": true}
	var members []member
	for i, c := range it.Children {
		if i+1 < len(it.Children) && it.Children[i+1].Redefines != "" && c.Redefines == "" && (variable(c) || c.Occurs != nil && c.Occurs.DependingOn != "") {
			return nil, fmt.Errorf("%s varies in length and is redefined by %s, which is not supported in Go source yet", c.Name, it.Children[i+1].Name)
		}
		if c.Redefines != "" {
			g.views = append(g.views, view{c, g.typeName(c.Name, parent)})
			continue
		}
		class, err := classOf(c)
		if err != nil {
			return nil, err
		}
		m := member{item: c, class: class}
		if class == classGroup {
			if c.Occurs != nil && variable(c) {
				return nil, fmt.Errorf("%s is a table whose elements vary in length, which is not supported in Go source yet", c.Name)
			}
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
// stands in a redefinition, or has more digits.
func (g *generator) counterKnown(it *copybooks.Item) error {
	for _, c := range it.Children {
		if c.Occurs == nil || c.Occurs.DependingOn == "" || c.Redefines != "" {
			continue
		}
		if g.counter[c].Digits > integerDigits {
			return fmt.Errorf("%s OCCURS DEPENDING ON %s, which has more than %d digits: not supported in Go source yet", c.Name, c.Occurs.DependingOn, integerDigits)
		}
		for p := g.counter[c]; p != nil; p = p.Parent() {
			if p.Redefines != "" {
				return fmt.Errorf("%s OCCURS DEPENDING ON %s, which stands in a redefinition: not supported in Go source yet", c.Name, c.Occurs.DependingOn)
			}
		}
	}
	return nil
}

// variable reports whether the group's length depends on a counter.
func variable(it *copybooks.Item) bool {
	var tables []*copybooks.Item
	counters(it, &tables)
	return len(tables) > 0
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
		picture := "PIC " + it.Picture
		if it.Usage != copybooks.Display {
			picture += " " + it.Usage.String()
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
		if it.Occurs != nil {
			g.after("r", it)
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
	g.elements("r", m, target, fmt.Sprintf("at+%d+i*%d", offset, it.Length), g.decodeOne)
	if it.Occurs.DependingOn != "" {
		g.printf("clear(%s[r.occurs[%d]:])\n", target, slices.Index(g.tables, it))
	}
	g.after("r", it)
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
	if m.name != "" || m.class != classText {
		g.elements("w", m, "g."+m.name, fmt.Sprintf("at+%d+i*%d", offset, it.Length), g.encodeOne)
	}
	g.after("w", it)
}

// elements writes the loop over a table.
func (g *generator) elements(side string, m member, target, at string, one func(m member, target, at string)) {
	if t := slices.Index(g.tables, m.item); t >= 0 {
		if side == "r" {
			g.printf("r.table(%d)\n", t)
		}
		g.printf("for i := range %s.occurs[%d] {\n", side, t)
	} else {
		g.printf("for i := range %d {\n", m.item.Occurs.Max)
	}
	one(m, target+"[i]", at)
	g.printf("}\n")
}

// after moves what follows a table with a counter, unless such tables are
// stored at their largest.
func (g *generator) after(side string, it *copybooks.Item) {
	if it.Occurs.DependingOn != "" && g.o.Codec.ODO == copybooks.ODOShift {
		g.printf("at -= (%d - %s.occurs[%d]) * %d\n", it.Occurs.Max, side, slices.Index(g.tables, it), it.Length)
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
