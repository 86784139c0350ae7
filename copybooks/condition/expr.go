package condition

import (
	"tidewaiter/copybooks"
)

// Scope is what the names of a condition mean.
type Scope struct {
	// Codecs have the fields. A name is looked for in each, and the first that
	// has it counts.
	Codecs []*copybooks.Codec
	// Inside is the item a condition is asked about, nil for the whole record.
	// Fields of the tables it stands in need no subscripts for those.
	Inside *copybooks.Item
}

// Expr is a condition on a record.
type Expr struct {
	text string
	root node
}

// String returns the text it was parsed from.
func (e *Expr) String() string { return e.text }

// Holds reports whether the condition is true of rec. i is the 0-based
// occurrence of Scope.Inside that is meant, counted as in copybooks.Field, 0
// when it does not occur. Where fields without value leave it undecided it does
// not hold, and the error, a *copybooks.FieldError, tells of the first of them.
func (e *Expr) Holds(rec []byte, i int) (bool, error) {
	switch e.root.eval(rec, i) {
	case yes:
		return true, nil
	case no:
		return false, nil
	}
	return false, e.root.blame(rec, i)
}

// verdict is what a condition is of a record.
type verdict uint8

const (
	no verdict = iota
	yes
	undecided
)

func decided(holds bool) verdict {
	if holds {
		return yes
	}
	return no
}

type nodeKind uint8

const (
	leaf nodeKind = iota
	allOf
	anyOf
	not
)

// node is a test of the record, or what joins others.
type node struct {
	kind nodeKind
	kids []node
	test test // of a leaf
}

// eval joins what its parts are, with three values: what is undecided only
// counts where no other part decides.
func (n *node) eval(rec []byte, i int) verdict {
	switch n.kind {
	case leaf:
		return n.test.eval(rec, i)
	case not:
		switch n.kids[0].eval(rec, i) {
		case yes:
			return no
		case no:
			return yes
		}
		return undecided
	}
	decisive, result := no, yes
	if n.kind == anyOf {
		decisive, result = yes, no
	}
	for k := range n.kids {
		switch n.kids[k].eval(rec, i) {
		case decisive:
			return decisive
		case undecided:
			result = undecided
		}
	}
	return result
}

// blame returns the error of the first test that is undecided.
func (n *node) blame(rec []byte, i int) error {
	if n.kind == leaf {
		return n.test.explain(rec, i)
	}
	for k := range n.kids {
		if n.kids[k].eval(rec, i) == undecided {
			return n.kids[k].blame(rec, i)
		}
	}
	return nil
}

// join makes one node of several.
func join(kind nodeKind, kids []node) node {
	if len(kids) == 1 {
		return kids[0]
	}
	return node{kind: kind, kids: kids}
}
