package export

import (
	"fmt"
	"io"
	"sync/atomic"

	"github.com/parquet-go/parquet-go"
	"golang.org/x/sync/errgroup"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/shape"
)

// DefaultRowGroupBytes is how many bytes of records a row group holds unless
// the options say otherwise: the writer keeps its compressed pages in memory.
const DefaultRowGroupBytes = 64 << 20

// budget is the bytes of records that the open row groups of all files hold.
type budget struct {
	limit int
	files []*parquetTable
}

// settle commits the largest row groups until the others keep to the limit.
func (b *budget) settle() error {
	for {
		held, largest := 0, b.files[0]
		for _, t := range b.files {
			if held += t.held; t.held > largest.held {
				largest = t
			}
		}
		if held < b.limit {
			return nil
		}
		if err := largest.commit(); err != nil {
			return err
		}
	}
}

// parquetTable writes one Parquet file.
type parquetTable struct {
	root  *parquetNode
	out   *parquet.GenericWriter[any]
	group *parquet.ConcurrentRowGroupWriter
	open  *budget
	held  int // bytes of records in the open row group
	jobs  int
}

func newParquetTable(c *copybooks.Codec, form copybooks.JSONOptions, dst io.Writer, open *budget, o Options) (table, error) {
	root, schema := parquetRecord(shape.Of(c.Layout(), form), form, o)
	t := &parquetTable{root: root, open: open, jobs: max(o.Jobs, 1),
		out: parquet.NewGenericWriter[any](dst, schema, parquet.Compression(&parquet.Snappy))}
	t.group = t.out.BeginRowGroup()
	open.files = append(open.files, t)
	return t, nil
}

func (t *parquetTable) newRows() rows {
	return &parquetRows{root: t.root, columns: make([][]parquet.Value, t.root.leaves)}
}

// write adds the rows of a batch column by column, the columns shared out among
// the workers: their pages are encoded and compressed on the way.
func (t *parquetTable) write(r rows) error {
	from := r.(*parquetRows)
	if from.rows == 0 {
		return nil
	}
	columns := t.group.ColumnWriters()
	err := t.shareOut(len(columns), func(i int) error {
		_, err := columns[i].WriteRowValues(from.columns[i])
		return err
	})
	if err != nil {
		return fmt.Errorf("writing rows: %w", err)
	}
	t.held += from.size
	return t.open.settle()
}

// commit ends the row group.
func (t *parquetTable) commit() error {
	columns := t.group.ColumnWriters()
	err := t.shareOut(len(columns), func(i int) error { return columns[i].Flush() })
	if err == nil {
		_, err = t.group.Commit()
	}
	if err != nil {
		return fmt.Errorf("writing a row group: %w", err)
	}
	t.held = 0
	return nil
}

// shareOut does n tasks with all the workers.
func (t *parquetTable) shareOut(n int, task func(i int) error) error {
	var group errgroup.Group
	var next atomic.Int64
	for range min(t.jobs, n) {
		group.Go(func() error {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := task(i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

func (t *parquetTable) close() error {
	if t.held > 0 {
		if err := t.commit(); err != nil {
			return err
		}
	}
	if err := t.out.Close(); err != nil {
		return fmt.Errorf("writing Parquet: %w", err)
	}
	return nil
}

// parquetRows are the values of a batch by column.
type parquetRows struct {
	root    *parquetNode
	columns [][]parquet.Value
	text    []byte // what text and wide numbers point to
	rows    int
	size    int // bytes of the records
}

func (w *parquetRows) reset() {
	for i := range w.columns {
		w.columns[i] = w.columns[i][:0]
	}
	w.text, w.rows, w.size = w.text[:0], 0, 0
}

func (w *parquetRows) add(object []byte, size int) error {
	cur := cursor{b: object}
	if err := w.object(&cur, w.root, 0, levels{}); err != nil {
		w.undo()
		return err
	}
	w.rows++
	w.size += max(size, 1)
	return nil
}

// undo takes away what a record that failed has in the columns: a row starts
// with the repetition level 0.
func (w *parquetRows) undo() {
	for i, column := range w.columns {
		starts, last := 0, 0
		for j, v := range column {
			if v.RepetitionLevel() == 0 {
				starts++
				last = j
			}
		}
		if starts > w.rows {
			w.columns[i] = column[:last]
		}
	}
}

// levels are Dremel's: the repetition level of the next value, and how many
// optional or repeated steps above it are there (Parquet, "Nested Encoding").
type levels struct{ repetition, definition int }

// object puts the members of an object into the columns. depth is how many
// tables stand around it.
func (w *parquetRows) object(cur *cursor, n *parquetNode, depth int, l levels) error {
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

func (w *parquetRows) member(cur *cursor, n *parquetNode, depth int, l levels) error {
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

func (w *parquetRows) element(cur *cursor, n *parquetNode, depth int, l levels) error {
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
func (w *parquetRows) null(n *parquetNode, l levels) {
	for i := n.first; i < n.first+n.leaves; i++ {
		w.columns[i] = append(w.columns[i], parquet.NullValue().Level(l.repetition, l.definition, i))
	}
}
