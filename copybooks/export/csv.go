package export

import (
	"bytes"
	"fmt"
	"io"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/shape"
)

// csvTable writes one CSV file.
type csvTable struct {
	root     *csvNode
	headings []string
	out      io.Writer
}

func newCSVTable(c *copybooks.Codec, form copybooks.JSONOptions, dst io.Writer, _ *budget, _ Options) (table, error) {
	root, err := csvColumns(shape.Of(c.Layout(), form), form)
	if err != nil {
		return nil, fmt.Errorf("flattening %s: %w", c.Layout().Name, err)
	}
	headings := root.headings(form.Names)
	if name := repeated(headings); name != "" {
		return nil, fmt.Errorf("flattening %s: two columns would be called %s: use the names of the copybook", c.Layout().Name, name)
	}
	t := &csvTable{root: root, headings: headings, out: dst}
	return t, t.header()
}

func (t *csvTable) header() error {
	var row []byte
	for i, name := range t.headings {
		if i > 0 {
			row = append(row, ',')
		}
		row = appendCell(row, []byte(name))
	}
	if _, err := t.out.Write(append(row, '\r', '\n')); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

func (t *csvTable) newRows() rows {
	return &csvRows{root: t.root, cells: make([]value, t.root.width)}
}

func (t *csvTable) write(r rows) error {
	if _, err := t.out.Write(r.(*csvRows).out); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

func (t *csvTable) close() error { return nil }

// csvRows fills one row after another.
type csvRows struct {
	root  *csvNode
	cells []value // of the row; a null one has no value
	out   []byte
	text  []byte
}

func (t *csvRows) reset() { t.out = t.out[:0] }

func (t *csvRows) add(object []byte, _ int) error {
	for i := range t.cells {
		t.cells[i] = value{null: true}
	}
	cur := cursor{b: object}
	if err := t.object(&cur, t.root, 0); err != nil {
		return err
	}
	before := len(t.out)
	for i, v := range t.cells {
		if i > 0 {
			t.out = append(t.out, ',')
		}
		if err := t.cell(v); err != nil {
			t.out = t.out[:before]
			return err
		}
	}
	t.out = append(t.out, '\r', '\n')
	return nil
}

func (t *csvRows) cell(v value) (err error) {
	switch {
	case v.null:
	case !v.quoted && v.span[0] != '[':
		t.out = append(t.out, v.span...) // a number
	case !v.quoted:
		t.out = appendCell(t.out, v.span)
	case len(v.span) == 0:
		t.out = append(t.out, `""`...)
	case v.plain && v.span[0] != ' ' && v.span[len(v.span)-1] != ' ':
		t.out = append(t.out, v.span...)
	default:
		if t.text, err = v.text(t.text[:0]); err == nil {
			t.out = appendCell(t.out, t.text)
		}
	}
	return err
}

// object puts the members of an object into the cells from column on.
func (t *csvRows) object(cur *cursor, n *csvNode, column int) error {
	open, err := cur.enter('{')
	if err != nil || !open {
		return err
	}
	for at := 0; cur.next('}'); at++ {
		if at, err = seek(cur, n.members, at); err != nil {
			return err
		}
		if err := t.member(cur, n.members[at], column+n.members[at].offset); err != nil {
			return err
		}
	}
	return nil
}

func (t *csvRows) member(cur *cursor, n *csvNode, column int) error {
	if !n.table {
		return t.element(cur, n, column)
	}
	open, err := cur.enter('[')
	if err != nil || !open {
		return err
	}
	for i := 0; cur.next(']'); i++ {
		if i == n.max {
			return errForm
		}
		if err := t.element(cur, n, column+i*n.width); err != nil {
			return err
		}
	}
	return nil
}

func (t *csvRows) element(cur *cursor, n *csvNode, column int) (err error) {
	switch {
	case len(n.members) > 0:
		return t.object(cur, n, column)
	case n.verbatim:
		t.cells[column].span, err = cur.skip()
		t.cells[column].null = false
	default:
		t.cells[column], err = cur.scalar()
	}
	return err
}

// appendCell quotes a value that has a quote, a comma or a line end in it (RFC
// 4180, section 2), and one with a blank at an end, which some readers trim.
func appendCell(dst, v []byte) []byte {
	if len(v) == 0 || !bytes.ContainsAny(v, "\",\r\n") && v[0] != ' ' && v[len(v)-1] != ' ' {
		return append(dst, v...)
	}
	dst = append(dst, '"')
	for _, b := range v {
		if b == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, b)
	}
	return append(dst, '"')
}
