package record

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tidewaiter/copybooks"
)

// Schema is a layout with its elements in copybook order.
type Schema struct {
	Layout   *copybooks.Layout
	Codec    *copybooks.Codec
	Elements []Element
}

// Element is one elementary field of the layout.
type Element struct {
	Name       string // as a plan writes it: qualified with OF where the bare name is not unique
	Field      copybooks.Field
	Redefining bool // it stands on bytes that another item describes first
}

// At is the 0-based offset of an occurrence in a record whose tables are all at
// their largest. In nested tables occurrences are counted through all of them.
func (e Element) At(occurrence int) int {
	at := e.Field.Offset()
	for it := e.Field.Item(); it != nil; it = it.Parent() {
		if it.Occurs != nil {
			at += occurrence % it.Occurs.Max * it.Length
			occurrence /= it.Occurs.Max
		}
	}
	return at
}

// New compiles the layout.
func New(layout *copybooks.Layout, o copybooks.CodecOptions) (*Schema, error) {
	codec, err := layout.Codec(o)
	if err != nil {
		return nil, fmt.Errorf("compiling record %s: %w", layout.Name, err)
	}
	s := &Schema{Layout: layout, Codec: codec}
	for _, f := range codec.Fields() {
		s.Elements = append(s.Elements, Element{Name: f.Name(), Field: f, Redefining: redefines(f.Item())})
	}
	s.qualify()
	return s, nil
}

func redefines(it *copybooks.Item) bool {
	for ; it != nil; it = it.Parent() {
		if it.Redefines != "" {
			return true
		}
	}
	return false
}

// qualify adds OF GROUP to names that occur more than once.
func (s *Schema) qualify() {
	count := map[string]int{}
	for _, e := range s.Elements {
		count[e.Name]++
	}
	for i := range s.Elements {
		e := &s.Elements[i]
		if it := e.Field.Item(); count[e.Name] > 1 && !it.IsFiller() && it.Parent() != nil {
			e.Name += " OF " + it.Parent().Name
		}
	}
}

// Fixed reports whether every record of the layout has the same length.
func (s *Schema) Fixed() bool { return s.Layout.MinLength == s.Layout.MaxLength }

// Find returns the indexes of the elements that name means: one, or those of a
// group, or every FILLER.
func (s *Schema) Find(name string) ([]int, error) {
	name = strings.ToUpper(strings.Join(strings.Fields(name), " "))
	var found []int
	for i, e := range s.Elements {
		if e.Name == name && (!e.Field.Item().IsFiller() || !e.Redefining) {
			found = append(found, i)
		}
	}
	if len(found) > 0 {
		return found, nil
	}
	group, err := s.group(name)
	if err != nil {
		return nil, err
	}
	return s.under(group), nil
}

// One is Find for a name that must mean a single element.
func (s *Schema) One(name string) (int, error) {
	found, err := s.Find(name)
	if err != nil {
		return 0, err
	}
	if len(found) != 1 {
		return 0, fmt.Errorf("%s is a group of %d fields, name one of them", name, len(found))
	}
	return found[0], nil
}

func (s *Schema) group(name string) (*copybooks.Item, error) {
	bare, of, _ := strings.Cut(name, " OF ")
	var found []*copybooks.Item
	walk(s.Layout.Root, func(it *copybooks.Item) {
		if it.IsGroup() && strings.EqualFold(it.Name, bare) && (of == "" || it.Parent() != nil && it.Parent().Name == of) {
			found = append(found, it)
		}
	})
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1 || s.ambiguous(name):
		return nil, fmt.Errorf("record %s has more than one %s, write %s OF GROUP", s.Layout.Name, name, name)
	}
	return nil, fmt.Errorf("record %s has no field %s%s", s.Layout.Name, name, s.nearest(name))
}

func (s *Schema) ambiguous(name string) bool {
	return slices.ContainsFunc(s.Elements, func(e Element) bool { return strings.HasPrefix(e.Name, name+" OF ") })
}

// nearest suggests the field of the same record whose name is most alike.
func (s *Schema) nearest(name string) string {
	best, least := "", 4
	for _, e := range s.Elements {
		if d := distance(e.Name, name); d < least {
			best, least = e.Name, d
		}
	}
	if best == "" {
		return ""
	}
	return ", did you mean " + best
}

// distance is the number of single-character edits between two names.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// under lists the elements of a group, without those that redefine others
// unless the group itself does.
func (s *Schema) under(group *copybooks.Item) []int {
	inside := map[*copybooks.Item]bool{}
	walk(group, func(it *copybooks.Item) { inside[it] = true })
	var found []int
	for i, e := range s.Elements {
		if inside[e.Field.Item()] && (!e.Redefining || redefines(group)) {
			found = append(found, i)
		}
	}
	return found
}

func walk(it *copybooks.Item, visit func(*copybooks.Item)) {
	visit(it)
	for _, child := range it.Children {
		walk(child, visit)
	}
}

// Prefix is what all names of the record start with, "CD-" in COLREC, or "".
func (s *Schema) Prefix() string {
	prefix := ""
	for _, e := range s.Elements {
		if e.Field.Item().IsFiller() {
			continue
		}
		head, _, ok := strings.Cut(e.Field.Name(), "-")
		switch {
		case !ok || prefix != "" && prefix != head+"-":
			return ""
		case prefix == "":
			prefix = head + "-"
		}
	}
	return prefix
}

// ByColumn returns the field or group that a column is named after: the name
// in lower case, underscores for hyphens, with or without the prefix. A number
// at its end is the subscript of a field that occurs: fee_class_2.
func (s *Schema) ByColumn(column string) (string, bool) {
	want := strings.ToUpper(strings.ReplaceAll(column, "_", "-"))
	for _, name := range []string{s.Prefix() + want, want} {
		if found, err := s.Find(name); err == nil && len(found) > 0 {
			return name, true
		}
		cut := strings.LastIndexByte(name, '-')
		if cut < 0 {
			continue
		}
		if n, err := strconv.Atoi(name[cut+1:]); err == nil {
			if i, err := s.One(name[:cut]); err == nil && n >= 1 && n <= s.Elements[i].Field.Occurs() {
				return fmt.Sprintf("%s(%d)", name[:cut], n), true
			}
		}
	}
	return "", false
}

// Columns finds the field of each column: what the mapping says, nothing for an
// ignored one, else the field of the column's name. A column that goes nowhere
// is an error, and so is a mapping of a column that is not there.
func (s *Schema) Columns(names []string, mapping map[string]string, ignore []string) ([]string, error) {
	fields := make([]string, len(names))
	for i, name := range names {
		if slices.Contains(ignore, name) {
			continue
		}
		if mapped, ok := mapping[name]; ok {
			fields[i] = mapped
			continue
		}
		found, ok := s.ByColumn(name)
		if !ok {
			return nil, fmt.Errorf("column %q is no field of record %s: map it under columns or list it under ignore", name, s.Layout.Name)
		}
		fields[i] = found
	}
	for _, name := range slices.Sorted(maps.Keys(mapping)) {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("columns maps %q, which is not among the columns %s", name, strings.Join(names, ", "))
		}
	}
	return fields, nil
}
