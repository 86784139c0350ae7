package stream

import (
	"fmt"
	"strings"

	"tidewaiter/copybooks"
)

// Nesting puts records into the JSON of the record before them that they belong
// to: a line for each root, in which the children of one kind are an array with
// the name of the kind.
//
//	{"_record":"ORDER","NO":1,"LINE":[{"_record":"LINE","QTY":2,"NOTE":[{"_record":"NOTE","TEXT":"late"}]}]}
//
// The children of a record are in the order of the file. Where kinds alternate
// the arrays alone do not tell it, and "_order" has the kinds in their order.
//
// A record of no known type between children is one of "_unknown".
//
// A child stands in the nearest open record of its parent's kind. Without one it
// is no child of what stands before it: it is a line of its own, or stands in the
// nearest open ancestor, and "_errors" says so.
type Nesting struct {
	names  copybooks.Names
	parent map[string]string // by kind, in upper case
	kinds  map[string]bool   // of children, as the JSON has them
}

// unknownKind is the array of the records of no known type.
const unknownKind = "_unknown"

// MaxRootBytes is the most JSON a root with all its children may have: encode
// takes lines as long.
const MaxRootBytes = 64 << 20

// NewNesting makes a nesting of pairs of a kind and its children. The kinds are
// the names of targets, in any case; names is the form they have in JSON.
func NewNesting(pairs map[string][]string, names copybooks.Names) (*Nesting, error) {
	n := &Nesting{names: names, parent: map[string]string{}, kinds: map[string]bool{}}
	for parent, children := range pairs {
		for _, child := range children {
			kind := strings.ToUpper(child)
			if other, twice := n.parent[kind]; twice {
				return nil, fmt.Errorf("%s is a child of both %s and %s: it can have one parent", kind, min(other, strings.ToUpper(parent)), max(other, strings.ToUpper(parent)))
			}
			n.parent[kind] = strings.ToUpper(parent)
			n.kinds[names.Form(kind)] = true
		}
	}
	for kind := range n.parent {
		seen := map[string]bool{}
		for at := kind; at != ""; at = n.parent[at] {
			if seen[at] {
				return nil, fmt.Errorf("%s is a child of itself", at)
			}
			seen[at] = true
		}
	}
	return n, nil
}

// Check compares the nesting with what a router can send: each kind must be one of
// its targets, and no record may have a field where an array of children stands.
func (n *Nesting) Check(r *Router) error {
	byKind := map[string]*Target{}
	var codecs []*copybooks.Codec
	for _, t := range r.Targets() {
		byKind[strings.ToUpper(t.name())] = t
		codecs = append(codecs, t.Codec)
	}
	for child, parent := range n.parent {
		if byKind[child] == nil {
			return fmt.Errorf("%s is none of the kinds of record that are told apart", child)
		}
		for ; parent != ""; parent = n.parent[parent] {
			t := byKind[parent]
			if t == nil {
				return fmt.Errorf("%s is none of the kinds of record that are told apart", parent)
			}
			for _, it := range t.Codec.Layout().Root.Children {
				if strings.EqualFold(it.Name, child) && !t.JSON.Choice.Hides(it) {
					return fmt.Errorf("%s has a field %s, where the array of its children would stand", parent, child)
				}
			}
		}
	}
	return n.CheckCodecs(codecs)
}

// CheckCodecs refuses records in which a table has the name of a kind of children:
// the array in the JSON could be either.
func (n *Nesting) CheckCodecs(codecs []*copybooks.Codec) error {
	for _, c := range codecs {
		for _, it := range c.Layout().Root.Children {
			if _, child := n.parent[strings.ToUpper(it.Name)]; child && it.Occurs != nil {
				return fmt.Errorf("%s has a table %s, and children of this kind would be an array too", c.Layout().Name, it.Name)
			}
		}
	}
	return nil
}

// isParent reports whether records of the kind can have children.
func (n *Nesting) isParent(kind string) bool {
	for _, p := range n.parent {
		if p == kind {
			return true
		}
	}
	return false
}

// member is the name of the array of a kind.
func (n *Nesting) member(kind string) string {
	if kind == unknownKind {
		return kind
	}
	return n.names.Form(kind)
}
