package copybooks

import (
	"fmt"
	"strings"
)

// maxRecord is the largest record a layout may have: the largest data item of
// Enterprise COBOL is 999,999,999 bytes.
const maxRecord = 999_999_999

// unboundedBytes is what a table that OCCURS ... TO UNBOUNDED counts in offsets and
// lengths. In a record it may be longer.
const unboundedBytes = 1 << 20

// placing gives the items of a record their offsets.
type placing struct {
	p       *parser
	written map[*Item]*entry
	layout  *Layout
	guessed bool // errors leave the lengths of some items unknown
	tooLong bool // the rest of the record is not placed
}

// place lays the record out and reports whether all of it has a place. Offsets
// count every table at its largest.
func (p *parser) place(entries []*entry, layout *Layout) bool {
	pl := &placing{p: p, written: make(map[*Item]*entry, len(entries)), layout: layout}
	for _, e := range entries {
		pl.written[e.item] = e
		pl.guessed = pl.guessed || e.broken
	}
	least := pl.item(layout.Root, 0)
	layout.MinLength, layout.MaxLength = least, layout.Root.Length
	if pl.tooLong {
		return false
	}
	layout.named = make(map[string][]*Item, len(entries))
	layout.walk(layout.Root, func(it *Item) {
		name := strings.ToUpper(it.Name)
		layout.named[name] = append(layout.named[name], it)
	})
	for _, e := range entries {
		if o := e.item.Occurs; o != nil && o.DependingOn != "" {
			pl.counter(e)
		}
	}
	return true
}

// item places it at offset and returns the fewest bytes one occurrence takes.
func (pl *placing) item(it *Item, offset int) (least int) {
	it.Offset = offset
	if !it.IsGroup() {
		return it.Length
	}
	end, leastEnd := offset, 0
	starts := map[*Item]int{}   // the fewest bytes before an item that may be redefined
	stack := map[string]*Item{} // of the items at the place of the last one, by name
	children := it.Children
	it.Children = make([]*Item, 0, len(children))
	for _, c := range children {
		at, leastAt := end, leastEnd
		if c.Redefines != "" {
			base := pl.base(stack, c)
			if base != nil {
				at, leastAt = base.Offset, starts[base]
			}
		} else if n := align(it, c, end); n > 0 {
			at, leastAt = end+n, leastEnd+n
		}
		if c.Redefines == "" && len(stack) > 0 {
			stack = map[string]*Item{}
		}
		stack[strings.ToUpper(c.Name)] = c
		starts[c] = leastAt
		it.Children = append(it.Children, c)
		size := pl.item(c, at)
		if c.Redefines != "" && !pl.guessed {
			pl.aligned(c)
		}
		if c.Occurs != nil {
			if c.Occurs.Unbounded {
				c.Occurs.Max = max(1, c.Occurs.Min, unboundedBytes/max(1, c.Length))
			}
			size *= c.Occurs.Min
			if c.Length > 0 && c.Occurs.Max > maxRecord/c.Length {
				pl.refuseLength(c)
				return 0
			}
		}
		if at > maxRecord-c.Size() {
			pl.refuseLength(c)
			return 0
		}
		end, leastEnd = max(end, at+c.Size()), max(leastEnd, leastAt+size)
	}
	n := alignOccurrences(it, end-offset)
	it.Length = end - offset + n
	return leastEnd + n
}

func (pl *placing) refuseLength(it *Item) {
	if pl.tooLong {
		return
	}
	pl.tooLong = true
	pl.p.report(pl.written[it].at, fmt.Sprintf("%s makes the record longer than %d bytes", it.Name, maxRecord))
	it.Length = 0
}

// base finds the item that c redefines among those before it at the same place.
func (pl *placing) base(stack map[string]*Item, c *Item) *Item {
	if base := stack[strings.ToUpper(c.Redefines)]; base != nil {
		return base
	}
	if pl.p.hidden(c.Redefines) {
		return nil
	}
	pl.p.report(pl.written[c].redefines, fmt.Sprintf("expected %s to redefine the item right before it", c.Name))
	return nil
}

// counter checks that the DEPENDING ON item of a table is an integer that
// stands before the table in the record.
func (pl *placing) counter(e *entry) {
	it := e.item
	name, of := qualified(it.Occurs.DependingOn)
	counter, count := pl.layout.find(name, of)
	problem := ""
	switch {
	case count == 0 && pl.p.hidden(name), count == 1 && pl.written[counter].broken:
	case count == 0:
		problem = "is not in the record"
	case count > 1:
		problem = "is the name of several items: qualify it with OF"
	case !counter.Numeric() || counter.Scale != 0:
		problem = "is not an integer"
	case counter.Offset >= it.Offset:
		problem = "stands after the table"
	case !it.insideTablesOf(counter):
		problem = "is inside a table that it is not in itself"
	}
	if problem != "" {
		pl.p.report(e.counter, fmt.Sprintf("%s OCCURS DEPENDING ON %s, which %s", it.Name, it.Occurs.DependingOn, problem))
		return
	}
	it.Occurs.counter = counter
}

// inTable reports whether the item or a group above it occurs.
func (it *Item) inTable() bool { return it.table() != nil }

// table is the innermost item that occurs among it and the groups above it.
func (it *Item) table() *Item {
	for g := it; g != nil; g = g.parent {
		if g.Occurs != nil {
			return g
		}
	}
	return nil
}

// insideTablesOf reports whether the item is, in each occurrence of the table
// around counter, next to the counter.
func (it *Item) insideTablesOf(counter *Item) bool {
	table := counter.table()
	for g := it.parent; g != nil; g = g.parent {
		if g == table {
			return true
		}
	}
	return table == nil
}

// renamed adds the level-66 entries.
func (p *parser) renamed(layout *Layout, entries []*entry) {
	for _, e := range entries {
		first, n1 := layout.find(qualified(e.renames[0].text))
		last, n2 := layout.find(qualified(e.renames[1].text))
		if n1 == 0 && p.hidden(e.renames[0].text) || n2 == 0 && p.hidden(e.renames[1].text) {
			continue
		}
		if n1 != 1 || n2 != 1 || last.Offset+last.Size() < first.Offset {
			p.report(e.renames[0], fmt.Sprintf("expected %s to rename items of %s, the first before the last", e.item.Name, layout.Name))
			continue
		}
		if first.parent.inTable() || last.parent.inTable() {
			p.report(e.renames[0], fmt.Sprintf("expected %s to rename items that are not inside a table", e.item.Name))
			continue
		}
		e.item.Offset, e.item.first, e.item.last = first.Offset, first, last
		e.item.Length = last.Offset + last.Size() - first.Offset
		e.item.parent = layout.Root
		layout.Renames = append(layout.Renames, e.item)
	}
}
