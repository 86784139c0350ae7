package copybooks

import (
	"strconv"
	"strings"
)

// Names is the form of the names in JSON.
type Names uint8

// CobolNames keeps the copybook's names: CD-AMOUNT. SnakeNames gives cd_amount,
// UpperSnakeNames CD_AMOUNT.
const (
	CobolNames Names = iota
	SnakeNames
	UpperSnakeNames
	nameForms
)

// Form is the name as the JSON has it.
func (n Names) Form(name string) string {
	switch n {
	case SnakeNames:
		return strings.ToLower(strings.ReplaceAll(name, "-", "_"))
	case UpperSnakeNames:
		return strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	}
	return name
}

type opKind uint8

const (
	valueOp    opKind = iota // an elementary field
	groupOp                  // the start of a group
	groupEnd                 // its end
	arrayOp                  // the start of a table
	arrayEnd                 // its end
	elementOp                // the start of a group inside a table
	elementEnd               // its end
)

// op is one step of the flat plan that a record is decoded by. Steps stand in
// copybook order; a table's steps stand once and are run for each occurrence.
type op struct {
	kind   opKind
	field  *field
	keys   [nameForms]string // `,"NAME":`, "" inside a table
	names  [nameForms]string
	next   int  // the step after this one and everything inside it
	filler bool // an elementary FILLER, or a group of nothing else
	at     place
	dim    *dimension // of a table
	// needs is what must be measured before the place of the field, or the
	// number of its occurrences, is known.
	needs tableSet
	// opens and closes are the table of items that redefine each other, where
	// this step is the first of the first item or the last of the last; else -1.
	opens, closes int
}

// makePlan lays out the steps of the record's inside, without the root itself.
func (c *Codec) makePlan() {
	fields := make(map[*Item]*field, len(c.all))
	for _, f := range c.all {
		fields[f.p.item] = f.p
	}
	root := c.layout.Root
	if !root.IsGroup() {
		c.planItem(root, fields, keysOf(root.Name))
		return
	}
	c.planChildren(root, fields)
}

// planChildren lays out the items of a group. FILLER, and names that stand
// twice in the group, get a number: FILLER-1, FILLER-2.
func (c *Codec) planChildren(group *Item, fields map[*Item]*field) {
	used := map[string]bool{}
	numbers := map[string]int{}
	for i, it := range group.Children {
		name, base := it.Name, strings.ToUpper(it.Name)
		for it.IsFiller() && name == it.Name || used[strings.ToUpper(name)] {
			numbers[base]++
			name = it.Name + "-" + strconv.Itoa(numbers[base])
		}
		used[strings.ToUpper(name)] = true
		start, stack := len(c.plan), fields[it].stack
		c.planItem(it, fields, keysOf(name))
		if stack >= 0 && it.Redefines == "" {
			c.plan[start].opens = stack
		}
		if stack >= 0 && (i+1 == len(group.Children) || group.Children[i+1].Redefines == "") {
			c.plan[len(c.plan)-1].closes = stack
		}
	}
}

func keysOf(name string) (names [nameForms]string) {
	for n := range names {
		names[n] = Names(n).Form(name)
	}
	return names
}

// planItem adds the steps of one item with the names it has in JSON.
func (c *Codec) planItem(it *Item, fields map[*Item]*field, names [nameForms]string) {
	f := fields[it]
	start := len(c.plan)
	f.step = start
	step := op{field: f, at: f.at, filler: onlyFiller(it), names: names, needs: f.at.needs(), opens: -1, closes: -1}
	for n := range names {
		step.keys[n] = "," + strconv.Quote(names[n]) + ":"
	}
	inTable := it.Occurs != nil
	if inTable {
		array := step
		array.kind, array.dim = arrayOp, f.dims[len(f.dims)-1]
		if array.dim.table >= 0 {
			array.needs |= one(array.dim.table)
		}
		c.plan = append(c.plan, array)
		step.keys = [nameForms]string{}
	}
	switch {
	case !it.IsGroup():
		step.kind, step.next = valueOp, len(c.plan)+1
		c.plan = append(c.plan, step)
	default:
		step.kind = groupOp
		end := op{kind: groupEnd, field: f, opens: -1, closes: -1}
		if inTable {
			step.kind, end.kind = elementOp, elementEnd
		}
		at := len(c.plan)
		c.plan = append(c.plan, step)
		c.planChildren(it, fields)
		c.plan = append(c.plan, end)
		c.plan[at].next = len(c.plan)
	}
	if inTable {
		c.plan = append(c.plan, op{kind: arrayEnd, field: f, opens: -1, closes: -1})
		c.plan[start].next = len(c.plan)
	}
}

// onlyFiller reports whether neither the item nor anything in it has a name.
func onlyFiller(it *Item) bool {
	if !it.IsFiller() {
		return false
	}
	for _, c := range it.Children {
		if !onlyFiller(c) {
			return false
		}
	}
	return true
}
