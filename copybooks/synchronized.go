package copybooks

import (
	"fmt"
	"strconv"
)

// boundary is the number of bytes that the offset of an elementary item must be
// a multiple of (Enterprise COBOL Language Reference, "SYNCHRONIZED clause"):
// binary numbers of up to four digits stand on a halfword, longer ones, also
// those of eight bytes, on a fullword; COMP-2 on a doubleword. For all other
// items SYNCHRONIZED says nothing.
func (it *Item) boundary() int {
	if !it.Synchronized || it.IsGroup() {
		return 1
	}
	switch it.Usage {
	case Binary, NativeInt:
		return min(it.Length, 4)
	case FloatShort, Index, Pointer, FunctionPointer, ProcedurePointer:
		return 4
	case FloatLong:
		return 8
	}
	return 1
}

// leading is the first elementary item of it.
func leading(it *Item) *Item {
	for it.IsGroup() {
		it = it.Children[0]
	}
	return it
}

// widestBoundary is the largest boundary of all items inside it.
func (it *Item) widestBoundary() int {
	widest := it.boundary()
	for _, c := range it.Children {
		widest = max(widest, c.widestBoundary())
	}
	return widest
}

// padding is how many bytes are missing from n to the next boundary.
func padding(n, boundary int) int { return (boundary - n%boundary) % boundary }

// slack is the item the compiler inserts so that the next one stands on its
// boundary.
func slack(group *Item, level, offset, length int) *Item {
	return &Item{
		Level: level, Name: fillerName, Picture: "X(" + strconv.Itoa(length) + ")", Slack: true,
		Offset: offset, Length: length, File: group.File, Line: group.Line, parent: group,
	}
}

// align inserts the slack that c needs when it stands at end of group, and
// returns its bytes. Slack belongs to the group of the elementary item right
// before it, as if written after that item ("Slack bytes within records");
// after a table or a redefinition it follows the whole.
func align(group, c *Item, end int) int {
	n := padding(end, leading(c).boundary())
	if n == 0 {
		return 0
	}
	into, level := group, c.Level
	for last := lastOf(into); last != nil && last.IsGroup() && last.Occurs == nil && last.Redefines == ""; last = lastOf(into) {
		if end := lastOf(last); end.Redefines != "" {
			break
		}
		into, level = last, lastOf(last).Level
	}
	into.Children = append(into.Children, slack(into, level, end, n))
	for g := into; g != group; g = g.parent {
		g.Length += n
	}
	return n
}

func lastOf(group *Item) *Item {
	if len(group.Children) == 0 {
		return nil
	}
	return group.Children[len(group.Children)-1]
}

// alignOccurrences adds the slack at the end of each occurrence that puts the
// next one on the same boundaries, and returns its bytes.
func alignOccurrences(it *Item, length int) int {
	if it.Occurs == nil {
		return 0
	}
	n := padding(length, it.widestBoundary())
	if n > 0 {
		it.Children = append(it.Children, slack(it, lastOf(it).Level, it.Offset+length, n))
	}
	return n
}

// aligned checks that a redefinition begins on its boundary: slack cannot move
// it away from what it redefines.
func (pl *placing) aligned(c *Item) {
	if first := leading(c); padding(c.Offset, first.boundary()) > 0 {
		pl.p.report(pl.written[c].redefines, fmt.Sprintf("%s is SYNCHRONIZED on %d bytes, but %s stands at offset %d", first.Name, first.boundary(), c.Redefines, c.Offset))
	}
}
