package copybooks

import (
	"fmt"
	"slices"
	"strings"

	"tidewaiter/ebcdic"
)

// assemble makes the entries a tree of items for each level 01 or 77, and lays
// each out.
func (p *parser) assemble(book *Copybook) {
	for i := 0; i < len(p.entries) && !p.full(); {
		end := i + 1
		for end < len(p.entries) && !startsRecord(p.entries[end].item) {
			end++
		}
		if layout := p.record(book, p.entries[i:end]); layout != nil {
			book.Records = append(book.Records, layout)
			p.records[strings.ToUpper(layout.Name)] = true
		}
		i = end
	}
}

func startsRecord(it *Item) bool { return it.Level == 1 || it.Level == 77 }

// record makes one layout. Entries that do not start with a 01 are the inside
// of a record: they get a root named after the copybook.
func (p *parser) record(book *Copybook, entries []*entry) *Layout {
	before := len(p.errs)
	if p.full() {
		return nil
	}
	root := entries[0]
	if !startsRecord(root.item) {
		root = &entry{at: root.at, item: &Item{Level: 1, Name: book.Name, File: root.item.File, Line: root.item.Line}}
		entries = append([]*entry{root}, entries...)
	}
	layout := &Layout{Name: root.item.Name, Root: root.item}
	if root.item.Occurs != nil {
		p.report(root.at, fmt.Sprintf("OCCURS is not allowed at level %02d", root.item.Level))
	}
	p.rootRedefines(root)
	renames := p.nest(entries)
	p.inherit(entries)
	if p.full() {
		return nil
	}
	if p.place(entries, layout) {
		p.renamed(layout, renames)
	}
	if len(p.errs) > before || slices.ContainsFunc(entries, (*entry).isBroken) {
		p.lose(layout.Name)
		return nil
	}
	return layout
}

// rootRedefines checks 01 B REDEFINES A: each record starts at 0 anyway.
func (p *parser) rootRedefines(root *entry) {
	name := root.item.Redefines
	if name == "" {
		return
	}
	if !p.records[strings.ToUpper(name)] && !p.hidden(name) {
		p.report(root.redefines, fmt.Sprintf("no record %s stands before %s", name, root.item.Name))
	}
}

// nest hangs each item under the nearest one before it with a smaller level
// number, and returns the level-66 entries.
func (p *parser) nest(entries []*entry) (renames []*entry) {
	open := []*entry{entries[0]}
	for _, e := range entries[1:] {
		if e.item.Level == 66 {
			renames = append(renames, e)
			continue
		}
		for len(open) > 1 && open[len(open)-1].item.Level >= e.item.Level {
			open = open[:len(open)-1]
		}
		group := open[len(open)-1]
		if group.picture != nil {
			if !group.broken {
				p.report(e.at, fmt.Sprintf("%s has a PICTURE and so no items below it", group.item.Name))
			}
			group.broken = true
			p.lose(e.item.Name)
			continue
		}
		e.item.parent = group.item
		group.item.Children = append(group.item.Children, e.item)
		open = append(open, e)
	}
	return renames
}

// inherit gives the items of a group its USAGE and SIGN, then works out what
// each elementary item is.
func (p *parser) inherit(entries []*entry) {
	written := make(map[*Item]*entry, len(entries))
	for _, e := range entries {
		written[e.item] = e
		if e.item.Level == 66 {
			continue
		}
		if group := written[e.item.parent]; group != nil {
			switch {
			case group.usage && e.usage && group.item.Usage != e.item.Usage:
				p.report(e.at, fmt.Sprintf("%s is %s but its group %s is %s", e.item.Name, e.item.Usage, group.item.Name, group.item.Usage))
			case group.usage:
				e.usage, e.item.Usage = true, group.item.Usage
			}
			e.item.GroupUsage = e.item.GroupUsage || group.item.GroupUsage && e.item.IsGroup()
			e.item.Synchronized = e.item.Synchronized || group.item.Synchronized
			if group.sign && !e.sign {
				e.sign, e.item.SignLeading, e.item.SignSeparate = true, group.item.SignLeading, group.item.SignSeparate
			}
		}
		if e.item.IsGroup() {
			continue
		}
		before := len(p.errs)
		if !e.broken {
			p.elementary(e)
		}
		if e.broken = e.broken || len(p.errs) > before; e.broken {
			e.item.Usage, e.item.Length = Display, 1 // something to go on with
		}
	}
}

// elementary works out digits, scale and length of an item without items below
// it.
func (p *parser) elementary(e *entry) {
	it := e.item
	if it.Usage == FloatShort || it.Usage == FloatLong {
		if it.Length = 4; it.Usage == FloatLong {
			it.Length = 8
		}
		if e.picture != nil {
			p.report(e.pictureTok, fmt.Sprintf("%s has no PICTURE", it.Usage))
		}
		return
	}
	pic := e.picture
	if it.Usage.address() {
		it.setAddress()
		if pic != nil {
			p.report(e.pictureTok, fmt.Sprintf("%s has no PICTURE", it.Usage))
		}
		return
	}
	if it.Dynamic {
		p.dynamicItem(e)
		return
	}
	if pic == nil && p.feed.incomplete {
		e.broken = true // its items may be in the member that is missing
		return
	}
	if pic == nil {
		p.report(e.at, fmt.Sprintf("expected a PICTURE for %s, or items below it", it.Name))
		return
	}
	if it.BlankZero && !pic.mayBeBlank(it.Usage) {
		p.report(e.blankAt, "BLANK WHEN ZERO belongs to a DISPLAY number without S and *")
	}
	p.checkDate(e)
	if pic.wide != 0 {
		p.wideItem(e)
		return
	}
	if pic.edit != nil {
		it.setEdited(pic.edit)
	}
	it.floating, it.Floating = pic.floating, pic.floating != nil
	if !pic.numeric {
		it.Length = pic.chars
		switch {
		case it.Usage == National && (it.Edited || it.Floating):
			p.nationalItem(e)
		case it.Usage == CompX && pic.edit == nil && !it.Floating && it.Length <= 8:
			// PIC X(n) COMP-X is a binary number of n bytes.
			it.Digits = min(compXDigits[it.Length], mostBinaryDigits)
		case it.Usage == National:
			p.report(e.pictureTok, "NATIONAL needs a picture of N, of digits or a numeric-edited one")
		case it.Usage != Display:
			p.report(e.pictureTok, fmt.Sprintf("%s needs a picture of 9, S, V and P", it.Usage))
		case e.sign && e.item.parent == nil:
			p.report(e.at, "SIGN belongs to a signed number")
		}
		return
	}
	it.Digits, it.Scale, it.Signed = pic.chars, pic.scale, pic.signed
	if it.Usage != Display && it.Usage != National || !it.Signed {
		it.SignLeading, it.SignSeparate = false, false
	}
	n, err := ebcdic.NewNumber(it.spec())
	switch {
	case err != nil:
		p.report(e.pictureTok, err.Error())
		return
	case it.Usage == UnsignedPacked && it.Signed:
		p.report(e.pictureTok, "COMP-6 has no sign: expected a picture without S")
	}
	switch it.Length = n.Length(); it.Usage {
	case CompX:
		it.Length = compXLength(it.Digits, it.Signed)
	case UnsignedPacked:
		it.Length = (it.Digits + 1) / 2
	case National:
		p.nationalItem(e)
	case DoubleByte, UTF8:
		p.report(e.pictureTok, fmt.Sprintf("%s does not go with a picture of digits", it.Usage))
	}
}

// compXDigits are the digits of the largest number in so many bytes.
var compXDigits = [...]int{0, 3, 5, 8, 10, 13, 15, 17, 20}

// mostBinaryDigits are those of a doubleword that COBOL counts.
const mostBinaryDigits = 18

// address reports whether the usage is an address or an occurrence number,
// which has no PICTURE.
func (u Usage) address() bool { return u >= Index && u <= ProcedurePointer }

// setAddress gives an address the bytes it has in 31-bit z/OS programs
// (Enterprise COBOL Language Reference, "USAGE clause").
func (it *Item) setAddress() {
	it.Digits, it.Length, it.Signed = 9, 4, it.Usage == Index
	if it.Usage == ProcedurePointer {
		it.Digits, it.Length = mostBinaryDigits, 8
	}
}

// mayBeBlank reports whether BLANK WHEN ZERO goes with the picture (Enterprise
// COBOL Language Reference, "BLANK WHEN ZERO clause").
func (p *picture) mayBeBlank(u Usage) bool {
	if p.edit != nil {
		return p.edit.fill != '*'
	}
	return p.numeric && !p.signed && (u == Display || u == National)
}

func (it *Item) setEdited(e *editing) {
	e.blankZero = it.BlankZero
	it.edit, it.Edited = e, true
	it.Digits, it.Scale, it.Signed = e.digits, e.scale, e.signed
}

// spec is the item as ebcdic describes numbers.
func (it *Item) spec() ebcdic.Spec {
	s := ebcdic.Spec{
		Digits: it.Digits, Scale: it.Scale, Signed: it.Signed,
		SignLeading: it.SignLeading, SignSeparate: it.SignSeparate,
	}
	switch it.Usage {
	case Packed:
		s.Kind = ebcdic.Packed
	case Binary:
		s.Kind = ebcdic.Binary
	case Comp9:
		s.Kind = ebcdic.Binary
	case NativeInt, Index, Pointer, FunctionPointer, ProcedurePointer:
		s.Kind, s.BinaryFull = ebcdic.Binary, true
	case CompX:
		s.Kind, s.BinaryFull, s.Digits = ebcdic.Binary, true, mostBinaryDigits
		if it.Digits > mostBinaryDigits {
			s.Digits = it.Digits // refused
		}
	case UnsignedPacked:
		s.Kind = ebcdic.Packed
	}
	return s
}

// find returns the item with the name, qualified by the groups in of, nearest
// first, and how many items have it.
func (l *Layout) find(name string, of []string) (found *Item, count int) {
	for _, it := range l.named[strings.ToUpper(name)] {
		if it.within(of) {
			found = it
			count++
		}
	}
	return found, count
}

// Has reports whether the record has an item of the name, "N" or "N OF H".
func (l *Layout) Has(name string) bool {
	_, count := l.find(qualified(name))
	return count > 0
}

// within reports whether the groups stand above the item in this order.
func (it *Item) within(groups []string) bool {
	g := it.parent
	for _, name := range groups {
		for g != nil && !strings.EqualFold(g.Name, name) {
			g = g.parent
		}
		if g == nil {
			return false
		}
		g = g.parent
	}
	return true
}

// walk calls visit for it and all items below it in copybook order.
func (l *Layout) walk(it *Item, visit func(*Item)) {
	visit(it)
	for _, c := range it.Children {
		l.walk(c, visit)
	}
}

// qualified splits "N OF H IN G" into the name and its groups.
func qualified(s string) (name string, groups []string) {
	words := strings.Fields(s)
	if len(words) == 0 {
		return "", nil
	}
	name = words[0]
	for i := 2; i < len(words); i += 2 {
		groups = append(groups, words[i])
	}
	return name, groups
}
