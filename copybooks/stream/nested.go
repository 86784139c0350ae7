package stream

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
)

// nested is the output of ToJSON with a nesting.
type nested struct {
	*Nesting
	dst     io.Writer
	o       *Options
	open    []node // from the root to the record that was added last
	bytes   int    // of the open records
	out     []byte
	orphans int64
	faults  map[string]int64
	failed  error
}

// node is an open record.
type node struct {
	kind     string
	number   int64
	offset   int64
	json     []byte // its object without the closing brace
	children []children
	order    []int // which of children each child is one of
}

// children are those of one kind, as an array without its closing bracket.
type children struct {
	kind string
	json []byte
}

// nestedPart is a batch of lines with what is needed to put them together.
type nestedPart struct {
	linesPart
	placed []placed
	next   placed
}

type placed struct {
	number, offset int64
	start          int
	kind           string
}

func (n *nested) Part() Part { return &nestedPart{} }

func (p *nestedPart) Reset() {
	p.linesPart.Reset()
	p.placed = p.placed[:0]
}

func (p *nestedPart) place(number, offset int64) { p.next = placed{number: number, offset: offset} }

func (p *nestedPart) Add(rec []byte, to *Target, strict bool) ([]copybooks.FieldError, error) {
	errs, err := p.linesPart.Add(rec, to, strict)
	if err == nil && len(p.out) > p.last {
		p.keep(strings.ToUpper(to.name()))
	}
	return errs, err
}

func (p *nestedPart) AddUnknown(bad *copybooks.FieldError) {
	p.linesPart.AddUnknown(bad)
	p.keep(unknownKind)
}

func (p *nestedPart) keep(kind string) {
	p.next.start, p.next.kind = p.last, kind
	p.placed = append(p.placed, p.next)
}

// Write puts the lines of a part together and writes the roots that are whole.
func (n *nested) Write(sp Part) error {
	p := sp.(*nestedPart)
	for i, one := range p.placed {
		end := len(p.out)
		if i+1 < len(p.placed) {
			end = p.placed[i+1].start
		}
		if err := n.add(one, p.out[one.start:end-1]); err != nil {
			return err
		}
	}
	return n.flush()
}

func (n *nested) flush() error {
	_, err := n.dst.Write(n.out)
	n.out = n.out[:0]
	if err != nil {
		n.failed = fmt.Errorf("writing JSON lines: %w", err)
	}
	return n.failed
}

// add puts an object where it belongs.
func (n *nested) add(p placed, object []byte) error {
	depth, orphan := n.depth(p.kind)
	n.closeTo(depth)
	if orphan {
		bad := copybooks.FieldError{Field: "_record", Reason: fmt.Sprintf("no %s stands before this %s", n.parent[p.kind], p.kind)}
		if n.o.Strict {
			return &RecordError{p.number, p.offset, &bad}
		}
		object = withError(object, bad)
		n.orphans++
		n.faults[bad.Field]++
		if n.o.Report != nil {
			n.o.Report(Bad{p.number, p.offset, []copybooks.FieldError{bad}})
		}
	}
	if n.bytes += len(object); n.bytes > MaxRootBytes {
		root := p
		if len(n.open) > 0 {
			root.kind, root.number, root.offset = n.open[0].kind, n.open[0].number, n.open[0].offset
		}
		return &RecordError{root.number, root.offset, fmt.Errorf("%s with the children to record %d is more than %d bytes of JSON: decode without --segment-children", root.kind, p.number, MaxRootBytes)}
	}
	if len(n.open) == cap(n.open) {
		n.open = append(slices.Grow(n.open, 1), node{})[:len(n.open)]
	}
	n.open = n.open[:len(n.open)+1] // its buffers are used again
	top := &n.open[len(n.open)-1]
	top.kind, top.number, top.offset = p.kind, p.number, p.offset
	top.json = append(top.json[:0], object[:len(object)-1]...)
	top.children, top.order = top.children[:0], top.order[:0]
	return nil
}

// depth returns how many open records are above one of the kind, and whether its
// parent is not among them.
func (n *nested) depth(kind string) (depth int, orphan bool) {
	if kind == unknownKind {
		for depth = len(n.open); depth > 0 && !n.isParent(n.open[depth-1].kind); depth-- {
			continue
		}
		return depth, false
	}
	parent, child := n.parent[kind]
	if !child {
		return 0, false
	}
	for ; parent != ""; parent = n.parent[parent] {
		for d := len(n.open); d > 0; d-- {
			if n.open[d-1].kind == parent {
				return d, orphan
			}
		}
		orphan = true
	}
	return 0, true
}

// closeTo closes the open records below the first depth of them. A root that is
// closed is whole.
func (n *nested) closeTo(depth int) {
	for len(n.open) > depth {
		last := len(n.open) - 1
		done := &n.open[last]
		n.open = n.open[:last]
		if last > 0 {
			parent := &n.open[last-1]
			array := parent.array(n.member(done.kind))
			*array = done.append(*array)
			continue
		}
		n.out = append(done.append(n.out), '\n')
		n.bytes = 0
	}
}

// array returns the array of a kind with room for one more child.
func (o *node) array(kind string) *[]byte {
	at := slices.IndexFunc(o.children, func(c children) bool { return c.kind == kind })
	if at < 0 {
		at = len(o.children)
		if at == cap(o.children) {
			o.children = append(slices.Grow(o.children, 1), children{})[:at]
		}
		o.children = o.children[:at+1]
		c := &o.children[at]
		c.kind, c.json = kind, append(c.json[:0], '[')
	} else {
		o.children[at].json = append(o.children[at].json, ',')
	}
	o.order = append(o.order, at)
	return &o.children[at].json
}

// append appends the object with its children.
func (o *node) append(dst []byte) []byte {
	dst = append(dst, o.json...)
	for i := range o.children {
		c := &o.children[i]
		dst = appendQuoted(appendComma(dst), c.kind)
		dst = append(append(append(dst, ':'), c.json...), ']')
	}
	if !slices.IsSorted(o.order) {
		dst = append(appendComma(dst), `"_order":[`...)
		for i, at := range o.order {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendQuoted(dst, o.children[at].kind)
		}
		dst = append(dst, ']')
	}
	return append(dst, '}')
}

func appendComma(dst []byte) []byte {
	if dst[len(dst)-1] == '{' {
		return dst
	}
	return append(dst, ',')
}

// withError adds an error to an object, before those it has.
func withError(object []byte, bad copybooks.FieldError) []byte {
	const member = `"_errors":[`
	entry := copybooks.AppendErrors(nil, []copybooks.FieldError{bad})
	// No string of the JSON has a quote in it that is not escaped.
	if at := bytes.LastIndex(object, []byte(member)); at >= 0 {
		at += len(member)
		return slices.Concat(object[:at], entry[len(member):len(entry)-1], []byte{','}, object[at:])
	}
	return append(append(appendComma(slices.Clone(object[:len(object)-1])), entry...), '}')
}

// toNested is ToJSON with a nesting.
func toNested(ctx context.Context, src *dataset.Reader, dst io.Writer, o Options) (Summary, error) {
	if err := o.Nesting.Check(o.Router); err != nil {
		return Summary{}, err
	}
	n := &nested{Nesting: o.Nesting, dst: dst, o: &o, faults: map[string]int64{}}
	sum, err := Run(ctx, src, n, o)
	sum.Bad += n.orphans
	for name, count := range n.faults {
		sum.Faults[name] += count
	}
	if n.failed == nil {
		n.closeTo(0)
		err = errors.Join(err, n.flush())
	}
	return sum, err
}
