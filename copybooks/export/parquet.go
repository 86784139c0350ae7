package export

import (
	"context"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/shape"
	"tidewaiter/copybooks/stream"
)

// DefaultRowGroupBytes is how many bytes of records a row group holds unless
// the options say otherwise: the writer keeps one row group in memory.
const DefaultRowGroupBytes = 64 << 20

// rowsAtOnce is how many rows go to the library in one call.
const rowsAtOnce = 256

// ToParquet writes the records of src as one Parquet file. When it fails after
// the first record the file is still closed properly and holds the records
// before the failure.
func ToParquet(ctx context.Context, c *copybooks.Codec, src *dataset.Reader, dst io.Writer, o Options) (stream.Summary, error) {
	if o.RowGroupBytes <= 0 {
		o.RowGroupBytes = DefaultRowGroupBytes
	}
	root, schema := parquetRecord(shape.Of(c.Layout(), o.JSON), o)
	w := &parquetWriter{
		root: root, out: parquet.NewGenericWriter[any](dst, schema, parquet.Compression(&parquet.Snappy)),
		columns: make([][]parquet.Value, root.leaves), groupBytes: o.RowGroupBytes,
	}
	sum, err := each(ctx, c, src, o, w.write)
	if flushErr := w.close(); flushErr != nil && err == nil {
		err = fmt.Errorf("writing Parquet: %w", flushErr)
	}
	return sum, err
}

// parquetWriter collects rows and hands them to the library.
type parquetWriter struct {
	root       *parquetNode
	out        *parquet.GenericWriter[any]
	columns    [][]parquet.Value // of the record being read
	rows       []parquet.Row
	used       int
	text       []byte // what the rows' text and wide numbers point to
	groupBytes int
	inGroup    int // bytes of records in the open row group
}

func (w *parquetWriter) write(object []byte, size int) error {
	for i := range w.columns {
		w.columns[i] = w.columns[i][:0]
	}
	cur := cursor{b: object}
	if err := w.object(&cur, w.root, 0, levels{}); err != nil {
		return err
	}
	if w.used == len(w.rows) {
		w.rows = append(w.rows, nil)
	}
	w.rows[w.used] = parquet.AppendRow(w.rows[w.used][:0], w.columns...)
	w.used++
	if w.used == rowsAtOnce {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if w.inGroup += size; w.inGroup < w.groupBytes {
		return nil
	}
	w.inGroup = 0
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("writing a row group: %w", err)
	}
	return nil
}

func (w *parquetWriter) flush() error {
	_, err := w.out.WriteRows(w.rows[:w.used])
	w.used, w.text = 0, w.text[:0]
	if err != nil {
		return fmt.Errorf("writing rows: %w", err)
	}
	return nil
}

func (w *parquetWriter) close() error {
	if err := w.flush(); err != nil {
		return err
	}
	return w.out.Close()
}

// levels are Dremel's: the repetition level of the next value, and how many
// optional or repeated steps above it are there (Parquet, "Nested Encoding").
type levels struct{ repetition, definition int }

// object puts the members of an object into the columns. depth is how many
// tables stand around it.
func (w *parquetWriter) object(cur *cursor, n *parquetNode, depth int, l levels) error {
	open, err := cur.enter('{')
	if err != nil {
		return err
	}
	done := 0 // members that have their values
	for open && cur.next('}') {
		at, err := seek(cur, n.members, done)
		if err != nil {
			return err
		}
		for ; done < at; done++ {
			w.null(n.members[done], l) // passed over
		}
		if err := w.member(cur, n.members[at], depth, l); err != nil {
			return fmt.Errorf("%s: %w", n.members[at].name, err)
		}
		done++
	}
	for ; done < len(n.members); done++ {
		w.null(n.members[done], l)
	}
	return nil
}

func (w *parquetWriter) member(cur *cursor, n *parquetNode, depth int, l levels) error {
	if !n.table {
		return w.element(cur, n, depth, l)
	}
	open, err := cur.enter('[')
	if err != nil {
		return err
	}
	if !open {
		w.null(n, l)
		return nil
	}
	// The list is there: one step. Its elements are one step further.
	l.definition++
	empty := true
	for cur.next(']') {
		if err := w.element(cur, n, depth+1, levels{l.repetition, l.definition + 1}); err != nil {
			return err
		}
		l.repetition, empty = depth+1, false
	}
	if empty {
		w.null(n, l)
	}
	return nil
}

func (w *parquetWriter) element(cur *cursor, n *parquetNode, depth int, l levels) error {
	if len(n.members) > 0 {
		return w.object(cur, n, depth, l)
	}
	v, err := cur.scalar()
	if err != nil {
		return err
	}
	if v.null {
		w.null(n, l)
		return nil
	}
	out, err := w.value(n, v)
	if err != nil {
		return err
	}
	w.columns[n.first] = append(w.columns[n.first], out.Level(l.repetition, l.definition+1, n.first))
	return nil
}

// null says in every column of n that nothing is there.
func (w *parquetWriter) null(n *parquetNode, l levels) {
	for i := n.first; i < n.first+n.leaves; i++ {
		w.columns[i] = append(w.columns[i], parquet.NullValue().Level(l.repetition, l.definition, i))
	}
}
