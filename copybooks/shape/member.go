package shape

import (
	"strconv"
	"strings"

	"tidewaiter/copybooks"
)

// Kind says what the value of a member is.
type Kind uint8

// The kinds. A table has the kind of its elements.
const (
	Group  Kind = iota
	Text        // a string
	Number      // an exact decimal
	Real        // COMP-1, COMP-2: floating point in the data already
)

var kindNames = [...]string{"group", "text", "number", "real"}

// String returns the kind in lower case.
func (k Kind) String() string { return kindNames[k] }

// Member is one member of the record's JSON object. The record itself is a
// Member of kind Group.
type Member struct {
	Name     string
	Kind     Kind
	Item     *copybooks.Item
	Table    bool // an array
	Min, Max int  // of its elements, 1 and 1 when it is no table
	Members  []*Member
}

// Of returns the shape of a layout's records. Of the options it heeds Names,
// Fillers and Choice.
func Of(l *copybooks.Layout, o copybooks.JSONOptions) *Member {
	root := &Member{Name: o.Names.Form(l.Name), Item: l.Root, Min: 1, Max: 1}
	if l.Root.IsGroup() {
		root.Members = membersOf(l.Root, o)
		return root
	}
	// A level 01 or 77 with a PICTURE is an object with that one member.
	root.Members = []*Member{memberOf(l.Root, l.Root.Name, o)}
	return root
}

// membersOf names the items of a group. FILLER, and a name that stands twice in
// the group, get a number as they do in JSON.
func membersOf(group *copybooks.Item, o copybooks.JSONOptions) (members []*Member) {
	used := map[string]bool{}
	numbers := map[string]int{}
	for _, it := range group.Children {
		name, base := it.Name, strings.ToUpper(it.Name)
		for it.IsFiller() && name == it.Name || used[strings.ToUpper(name)] {
			numbers[base]++
			name = it.Name + "-" + strconv.Itoa(numbers[base])
		}
		used[strings.ToUpper(name)] = true
		if (o.Fillers || !nameless(it)) && !o.Choice.Hides(it) {
			members = append(members, memberOf(it, name, o))
		}
	}
	return members
}

func memberOf(it *copybooks.Item, name string, o copybooks.JSONOptions) *Member {
	m := &Member{Name: o.Names.Form(name), Item: it, Kind: kindOf(it), Min: 1, Max: 1}
	if it.Occurs != nil {
		m.Table, m.Min, m.Max = true, it.Occurs.Min, it.Occurs.Max
	}
	if it.IsGroup() {
		m.Members = membersOf(it, o)
	}
	return m
}

func kindOf(it *copybooks.Item) Kind {
	switch {
	case it.IsGroup():
		return Group
	case it.Usage == copybooks.FloatShort, it.Usage == copybooks.FloatLong:
		return Real
	case it.Numeric():
		return Number
	}
	return Text
}

// nameless reports whether neither the item nor anything in it has a name.
func nameless(it *copybooks.Item) bool {
	if !it.IsFiller() {
		return false
	}
	for _, c := range it.Children {
		if !nameless(c) {
			return false
		}
	}
	return true
}
