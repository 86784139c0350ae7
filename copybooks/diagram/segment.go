package diagram

import (
	"fmt"
	"strings"

	"tidewaiter/copybooks"
)

// segment is a stretch of the record that one item holds.
type segment struct {
	item       *copybooks.Item
	start, end int // bytes of the record
	label      string
	class      string // of the style sheet
}

// band is a run of segments side by side: a level of groups, the fields, or a
// redefinition.
type band struct {
	segments []segment
	note     string
}

// Limits of the picture: a table is drawn with its first elements, and the rest
// as one box. Groups look alike after a few.
const (
	drawnElements = 12
	drawnGroups   = 4
)

// map of a record: groups above, outermost first, then the fields, then what
// redefines them.
type plan struct {
	groups       []band
	fields       band
	redefinition []band
	end          int
}

func planOf(l *copybooks.Layout) *plan {
	p := &plan{end: l.MaxLength}
	root := l.Root
	if !root.IsGroup() {
		p.field(root, root.Offset, "")
		return p
	}
	for _, c := range root.Children {
		p.add(c, c.Offset, 0, "")
	}
	return p
}

// add places an item and what is inside it. A redefinition gets bands of its
// own.
func (p *plan) add(it *copybooks.Item, at, depth int, subscript string) {
	if it.Redefines != "" {
		p.overlay(it, at, subscript)
		return
	}
	n := 1
	if it.Occurs != nil {
		n = it.Occurs.Max
	}
	most := drawnElements
	if it.IsGroup() {
		most = drawnGroups
	}
	if it.Occurs != nil && n > most {
		n = most - 1
	}
	for i := range n {
		inner := subscript
		if it.Occurs != nil {
			inner = strings.TrimPrefix(fmt.Sprintf("%s,%d", subscript, i+1), ",")
		}
		start := at + i*it.Length
		if !it.IsGroup() {
			p.field(it, start, inner)
			continue
		}
		p.group(it, start, depth, inner)
		for _, c := range it.Children {
			p.add(c, start+c.Offset-it.Offset, depth+1, inner)
		}
	}
	if it.Occurs != nil && n < it.Occurs.Max {
		label := fmt.Sprintf("%s (%d to %d)", it.Name, n+1, it.Occurs.Max)
		p.fields.segments = append(p.fields.segments, segment{it, at + n*it.Length, at + it.Size(), label, "more"})
	}
}

func (p *plan) group(it *copybooks.Item, at, depth int, subscript string) {
	for len(p.groups) <= depth {
		p.groups = append(p.groups, band{})
	}
	s := segment{it, at, at + it.Length, named(it, subscript), "group"}
	if it.Occurs != nil && at == it.Offset {
		s.label += ", " + occurs(it.Occurs)
	}
	p.groups[depth].segments = append(p.groups[depth].segments, s)
}

func (p *plan) field(it *copybooks.Item, at int, subscript string) {
	p.fields.segments = append(p.fields.segments, segment{it, at, at + it.Length, named(it, subscript), classOf(it)})
}

// overlay puts a redefinition with all in it into bands below the fields, the
// same bands for all elements of a table.
func (p *plan) overlay(it *copybooks.Item, at int, subscript string) {
	inner := &plan{}
	one := *it
	one.Redefines = ""
	inner.add(&one, at, 0, subscript)
	note := it.Name + " REDEFINES " + it.Redefines
	for _, b := range append(append(inner.groups, inner.fields), inner.redefinition...) {
		if len(b.segments) == 0 {
			continue
		}
		if b.note == "" {
			b.note = note
		}
		p.merge(b)
	}
}

// merge adds a band, to one of the same redefinition that has room.
func (p *plan) merge(b band) {
	for i := range p.redefinition {
		old := &p.redefinition[i]
		if old.note == b.note && old.segments[len(old.segments)-1].end <= b.segments[0].start {
			old.segments = append(old.segments, b.segments...)
			return
		}
	}
	p.redefinition = append(p.redefinition, b)
}

func named(it *copybooks.Item, subscript string) string {
	if subscript == "" {
		return it.Name
	}
	return it.Name + "(" + subscript + ")"
}

// classOf is the kind of the field as the style sheet names it.
func classOf(it *copybooks.Item) string {
	switch {
	case it.IsFiller(): // slack bytes too
		return "filler"
	case it.Usage == copybooks.Packed, it.Usage == copybooks.UnsignedPacked:
		return "packed"
	case it.Numeric() && (it.Usage == copybooks.Display || it.Usage == copybooks.National):
		return "zoned"
	case it.Usage == copybooks.Display, it.Usage >= copybooks.National:
		return "text"
	case it.Numeric():
		return "binary"
	}
	return "other"
}
