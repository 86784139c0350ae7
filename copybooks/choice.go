package copybooks

import (
	"fmt"
	"slices"
	"strings"
)

// Test is a condition on a record. i is the 0-based occurrence it is asked
// about, counted as in Field. Where it cannot be decided it does not hold, and
// the error says why. Package condition reads tests from text.
type Test interface {
	Holds(rec []byte, i int) (bool, error)
}

// Choice says which of several groups of a record are the ones in use, for
// instance which redefinition a record-type field stands for. The zero Choice
// hides nothing.
type Choice struct {
	hidden []bool
	items  []*Item // the hidden groups
	ruled  []*ruledOverlay
}

// Hides reports whether the group or field is always left out.
func (c Choice) Hides(it *Item) bool { return slices.Contains(c.items, it) }

// Choose returns the choice of one among the named groups: the others are left
// out of the JSON. With an empty active name all of them are.
func (c *Codec) Choose(groups []string, active string) (Choice, error) {
	return Choice{}.Choose(c, groups, active)
}

// Choose returns c with the choice of one among the named groups of the codec.
func (c Choice) Choose(codec *Codec, groups []string, active string) (Choice, error) {
	choice := Choice{hidden: make([]bool, len(codec.plan)), items: slices.Clone(c.items), ruled: c.ruled}
	copy(choice.hidden, c.hidden)
	for _, name := range groups {
		if strings.EqualFold(name, active) || strings.EqualFold(name, codec.layout.Name) {
			continue
		}
		f, err := codec.Field(name)
		if err != nil {
			return Choice{}, fmt.Errorf("choosing a segment: %w", err)
		}
		choice.hide(codec, f.p)
	}
	return choice, nil
}

func (c *Choice) hide(codec *Codec, p *field) {
	c.items = append(c.items, p.item)
	for i := range codec.plan {
		if codec.plan[i].field == p && codec.plan[i].next > 0 {
			c.hidden[i] = true
		}
	}
}

// ChoiceRule says when one of the items that share their bytes is in use.
type ChoiceRule struct {
	Item string // one that redefines another or is redefined
	When Test   // of the occurrence the item is in; nil: where no rule before it holds
}

// ruledOverlay is a stack of redefinitions of which rules choose one.
type ruledOverlay struct {
	first int // step of the item that the others redefine
	base  *field
	size  int
	depth int // tables around the stack
	rules []overlayRule
}

type overlayRule struct {
	step int
	when Test
}

// ChooseBy returns c with rules for redefinitions. Of the items that share bytes,
// the first rule that holds says which is in the JSON; those without a rule never
// are. A table is chosen as a whole, an item inside a table for each occurrence.
// Where no rule holds none is in the JSON, and an error has the bytes.
func (c Choice) ChooseBy(codec *Codec, rules []ChoiceRule) (Choice, error) {
	next := Choice{hidden: make([]bool, len(codec.plan)), items: slices.Clone(c.items), ruled: make([]*ruledOverlay, len(codec.plan))}
	copy(next.hidden, c.hidden)
	copy(next.ruled, c.ruled)
	byBase := map[*Item]*ruledOverlay{}
	for _, r := range rules {
		f, err := codec.Field(r.Item)
		if err != nil {
			return c, fmt.Errorf("choosing a redefinition: %w", err)
		}
		stack := stackOf(f.p.item)
		if len(stack) < 2 {
			return c, fmt.Errorf("choosing a redefinition: %s neither redefines an item nor is redefined", f.Name())
		}
		o := byBase[stack[0]]
		if o == nil {
			o = codec.overlayOf(stack)
			byBase[stack[0]] = o
		}
		o.rules = append(o.rules, overlayRule{codec.stepOf(f.p.item), r.When})
	}
	for base, o := range byBase {
		next.mark(codec, stackOf(base), o)
	}
	return next, nil
}

// mark hides the items of a stack that have no rule.
func (c *Choice) mark(codec *Codec, stack []*Item, o *ruledOverlay) {
	c.ruled[o.first] = o
	for _, it := range stack {
		step := codec.stepOf(it)
		c.ruled[step] = o
		ruled := slices.ContainsFunc(o.rules, func(r overlayRule) bool { return r.step == step })
		if !ruled && !slices.Contains(c.items, it) {
			c.items = append(c.items, it)
		}
	}
}

// stackOf returns the items that share the bytes of it, itself among them, in
// copybook order: one that is redefined, and those that redefine it.
func stackOf(it *Item) (stack []*Item) {
	if it.parent == nil {
		return nil
	}
	for _, s := range it.parent.Children {
		if s.Redefines == "" {
			if slices.Contains(stack, it) {
				return stack
			}
			stack = stack[:0]
		}
		stack = append(stack, s)
	}
	return stack
}

func (c *Codec) overlayOf(stack []*Item) *ruledOverlay {
	o := &ruledOverlay{first: c.stepOf(stack[0])}
	o.base = c.plan[o.first].field
	if o.depth = len(o.base.dims); stack[0].Occurs != nil {
		o.depth--
	}
	for _, it := range stack {
		o.size = max(o.size, it.Size())
	}
	return o
}

// stepOf returns the first step of an item.
func (c *Codec) stepOf(it *Item) int {
	return slices.IndexFunc(c.plan, func(s op) bool { return s.field.item == it })
}

// pick returns the step of the item in use, -1 where no rule holds, and then
// why one could not be decided.
func (o *ruledOverlay) pick(rec []byte, i int) (step int, err error) {
	for _, r := range o.rules {
		if r.when == nil {
			return r.step, nil
		}
		holds, failed := r.when.Holds(rec, i)
		if holds {
			return r.step, nil
		}
		if err == nil {
			err = failed
		}
	}
	return -1, err
}

// occurrence counts the occurrence of the stack that has these subscripts.
func (o *ruledOverlay) occurrence(index *[maxDimensions]int) (i int) {
	for d := range o.depth {
		i = i*o.base.dims[d].max + index[d]
	}
	return i
}

// inUse reports whether the item of the step is the one in use, and where none
// is writes what is known: at the first step of the stack, null and an error.
func (w *jsonWriter) inUse(o *ruledOverlay, pc int) bool {
	if pc != o.first && w.picked.of == o {
		return pc == w.picked.at
	}
	i := o.occurrence(&w.frame.index)
	step, err := o.pick(w.rec, i)
	w.picked.of, w.picked.at = o, step
	if step < 0 && pc == o.first {
		w.unchosen(o, i, err)
	}
	return pc == step
}

// unchosen reports the bytes of a stack of which no item is in use.
func (w *jsonWriter) unchosen(o *ruledOverlay, i int, err error) {
	s := &w.codec.plan[o.first]
	w.null(s)
	if !w.frame.knows(s.at.needs()) {
		return // reported with the table before it
	}
	at := min(s.at.bytes(&w.frame)+w.base, len(w.rec))
	names := make([]string, len(o.rules))
	for r := range o.rules {
		names[r] = w.codec.plan[o.rules[r].step].field.item.Name
	}
	reason := "no rule chooses among " + strings.Join(slices.Compact(names), ", ")
	if err != nil {
		reason += ": " + err.Error()
	}
	w.errs = append(w.errs, FieldError{
		Field: w.enclosed(o.base, i), Offset: at, Bytes: slices.Clone(w.rec[at:min(at+o.size, len(w.rec))]),
		Reason: reason,
	})
}

// enclosed is the name of an item with the subscripts of the tables around it.
func (w *jsonWriter) enclosed(p *field, i int) string {
	around := *p
	around.dims = p.dims[:w.depth]
	return around.subscripted(i)
}
