package export

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/shape"
	"tidewaiter/copybooks/stream"
)

// ToCSV writes the records of src as CSV: a header, then a row a record.
func ToCSV(ctx context.Context, c *copybooks.Codec, src *dataset.Reader, dst io.Writer, o Options) (stream.Summary, error) {
	table, err := newTable(c, o)
	if err != nil {
		return stream.Summary{}, err
	}
	out := bufio.NewWriterSize(dst, 1<<18)
	if err := table.header(out); err != nil {
		return stream.Summary{}, fmt.Errorf("writing CSV: %w", err)
	}
	sum, err := each(ctx, c, src, o, func(object []byte, _ int) error { return table.write(out, object) })
	// The rows before a failure are good and stay.
	if flushErr := out.Flush(); flushErr != nil && err == nil {
		err = fmt.Errorf("writing CSV: %w", flushErr)
	}
	return sum, err
}

// csvTable fills one row after another.
type csvTable struct {
	root     *csvNode
	headings []string
	cells    []value // of the row; a null one has no value
	row      []byte
	text     []byte
}

func newTable(c *copybooks.Codec, o Options) (*csvTable, error) {
	root, err := csvColumns(shape.Of(c.Layout(), o.JSON), o.JSON)
	if err != nil {
		return nil, fmt.Errorf("flattening %s: %w", c.Layout().Name, err)
	}
	headings := root.headings(o.JSON.Names)
	if name := repeated(headings); name != "" {
		return nil, fmt.Errorf("flattening %s: two columns would be called %s: use the names of the copybook", c.Layout().Name, name)
	}
	return &csvTable{root: root, headings: headings, cells: make([]value, root.width)}, nil
}

func (t *csvTable) header(out *bufio.Writer) error {
	t.row = t.row[:0]
	for i, name := range t.headings {
		if i > 0 {
			t.row = append(t.row, ',')
		}
		t.row = appendCell(t.row, []byte(name))
	}
	_, err := out.Write(append(t.row, '\r', '\n'))
	return err
}

func (t *csvTable) write(out *bufio.Writer, object []byte) error {
	for i := range t.cells {
		t.cells[i] = value{null: true}
	}
	cur := cursor{b: object}
	if err := t.object(&cur, t.root, 0); err != nil {
		return err
	}
	t.row = t.row[:0]
	for i, v := range t.cells {
		if i > 0 {
			t.row = append(t.row, ',')
		}
		if err := t.cell(v); err != nil {
			return err
		}
	}
	if _, err := out.Write(append(t.row, '\r', '\n')); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

func (t *csvTable) cell(v value) (err error) {
	switch {
	case v.null:
	case !v.quoted && v.span[0] != '[':
		t.row = append(t.row, v.span...) // a number
	case !v.quoted:
		t.row = appendCell(t.row, v.span)
	case len(v.span) == 0:
		t.row = append(t.row, `""`...)
	case v.plain && v.span[0] != ' ' && v.span[len(v.span)-1] != ' ':
		t.row = append(t.row, v.span...)
	default:
		if t.text, err = v.text(t.text[:0]); err == nil {
			t.row = appendCell(t.row, t.text)
		}
	}
	return err
}

// object puts the members of an object into the cells from column on.
func (t *csvTable) object(cur *cursor, n *csvNode, column int) error {
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

func (t *csvTable) member(cur *cursor, n *csvNode, column int) error {
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

func (t *csvTable) element(cur *cursor, n *csvNode, column int) (err error) {
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
