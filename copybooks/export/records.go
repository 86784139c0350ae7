package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/stream"
)

// Options of ToCSV and ToParquet. The zero value writes every record with the
// copybook's names.
type Options struct {
	// JSON chooses names, trimming, FILLER and redefinitions as for JSON lines,
	// and with Raw adds the column "_raw". Root, Record and OmitNull say how
	// objects are written and mean nothing here.
	JSON   copybooks.JSONOptions
	Where  []copybooks.Test // only records that all of them let through
	Jobs   int              // workers, at least one; the bytes are the same for any number
	Limit  int64            // stop after so many records, 0 for all
	Strict bool             // stop before the first record with a bad field
	// Prefix and Suffix are bytes to leave out at the ends of each record.
	Prefix, Suffix int
	// BinaryFull says that the codec takes COMP items to use all their bits, so
	// that a Parquet column must hold more digits than the PICTURE has.
	BinaryFull bool
	// RowGroupBytes is how many bytes of records a Parquet row group holds;
	// 0 is DefaultRowGroupBytes. The open row groups of all files together hold
	// no more.
	RowGroupBytes int
	// Report, when set, is called for bad records in their order, for a bounded
	// number of each batch.
	Report func(stream.Bad)
}

// Unknown is the name of the file with the records of no known type. They have
// no columns, so it holds JSON lines as stream.ToJSON writes them.
const Unknown = "_unknown"

// Create makes the file of one kind of record: its name is that of the record or
// of the redefinition, in the form of the names, or Unknown. Its kind is "csv",
// "parquet" or "jsonl".
type Create func(name, kind string) (io.Writer, error)

// ToCSV writes the records of src as CSV: a header, then a row a record.
func ToCSV(ctx context.Context, c *copybooks.Codec, src *dataset.Reader, dst io.Writer, o Options) (stream.Summary, error) {
	return CSVFiles(ctx, o.single(c), src, only(dst), o)
}

// ToParquet writes the records of src as one Parquet file. When it fails after
// the first record the file is still closed properly and holds the records
// before the failure.
func ToParquet(ctx context.Context, c *copybooks.Codec, src *dataset.Reader, dst io.Writer, o Options) (stream.Summary, error) {
	return ParquetFiles(ctx, o.single(c), src, only(dst), o)
}

// CSVFiles writes a CSV file for each target of the router. It takes JSON and
// Where from the router, not from the options.
func CSVFiles(ctx context.Context, r *stream.Router, src *dataset.Reader, create Create, o Options) (stream.Summary, error) {
	return files(ctx, r, src, "csv", create, o, newCSVTable)
}

// ParquetFiles writes a Parquet file for each target of the router. It takes
// JSON and Where from the router, not from the options.
func ParquetFiles(ctx context.Context, r *stream.Router, src *dataset.Reader, create Create, o Options) (stream.Summary, error) {
	return files(ctx, r, src, "parquet", create, o, newParquetTable)
}

// single routes every record that the filters let through to one codec.
func (o *Options) single(c *copybooks.Codec) *stream.Router {
	r := stream.Single(c, o.JSON)
	for _, f := range o.Where {
		r = r.Where(f)
	}
	return r
}

// only is the one file of a router with one target.
func only(dst io.Writer) Create {
	return func(string, string) (io.Writer, error) { return dst, nil }
}

// table is the output of one kind of record.
type table interface {
	newRows() rows
	write(rows) error
	close() error
}

// rows are what a batch adds to a table.
type rows interface {
	reset()
	add(object []byte, size int) error
}

func files(ctx context.Context, r *stream.Router, src *dataset.Reader, kind string, create Create, o Options,
	newTable func(*copybooks.Codec, copybooks.JSONOptions, io.Writer, *budget, Options) (table, error),
) (stream.Summary, error) {
	if o.RowGroupBytes <= 0 {
		o.RowGroupBytes = DefaultRowGroupBytes
	}
	out := &output{create: create, at: map[*stream.Target]int{}, open: &budget{limit: o.RowGroupBytes}}
	byName := map[string]int{}
	for _, t := range r.Targets() {
		form := t.JSON
		form.Root, form.Record, form.OmitNull = false, false, false
		name := t.Name
		if name == "" {
			name = t.Codec.Layout().Name
		}
		at, known := byName[strings.ToUpper(name)]
		if !known {
			dst, err := create(form.Names.Form(name), kind)
			if err != nil {
				return stream.Summary{}, err
			}
			one, err := newTable(t.Codec, form, dst, out.open, o)
			if err != nil {
				return stream.Summary{}, err
			}
			at = len(out.tables)
			out.tables, out.forms = append(out.tables, one), append(out.forms, form)
			byName[strings.ToUpper(name)] = at
		}
		out.at[t] = at
	}
	sum, err := stream.Run(ctx, src, out, stream.Options{
		Router: r, Jobs: o.Jobs, Limit: o.Limit, Strict: o.Strict, Prefix: o.Prefix, Suffix: o.Suffix, Report: o.Report,
		BatchBytes: o.RowGroupBytes,
	})
	for _, t := range out.tables {
		// The rows before a failure are good and stay.
		err = errors.Join(err, t.close())
	}
	return sum, err
}

// output writes the records of a dataset into their tables.
type output struct {
	tables  []table
	forms   []copybooks.JSONOptions // of their targets
	at      map[*stream.Target]int
	open    *budget
	create  Create
	unknown io.Writer
}

func (out *output) Part() stream.Part {
	p := &part{out: out, rows: make([]rows, len(out.tables))}
	for i, t := range out.tables {
		p.rows[i] = t.newRows()
	}
	return p
}

func (out *output) Write(sp stream.Part) error {
	p := sp.(*part)
	for i, t := range out.tables {
		if err := t.write(p.rows[i]); err != nil {
			return err
		}
	}
	if len(p.unknown) == 0 {
		return nil
	}
	if out.unknown == nil {
		var err error
		if out.unknown, err = out.create(Unknown, "jsonl"); err != nil {
			return err
		}
	}
	if _, err := out.unknown.Write(p.unknown); err != nil {
		return fmt.Errorf("writing the records of no known type: %w", err)
	}
	return nil
}

// part is what a batch adds to all the tables.
type part struct {
	out     *output
	rows    []rows
	object  []byte
	unknown []byte
}

func (p *part) Reset() {
	p.unknown = p.unknown[:0]
	for _, r := range p.rows {
		r.reset()
	}
}

func (p *part) Add(rec []byte, to *stream.Target, strict bool) (errs []copybooks.FieldError, err error) {
	at := p.out.at[to]
	p.object, errs = to.Codec.AppendJSON(p.object[:0], rec, p.out.forms[at])
	if strict && len(errs) > 0 {
		return errs, nil
	}
	return errs, p.rows[at].add(p.object, len(rec))
}

func (p *part) AddUnknown(bad *copybooks.FieldError) {
	p.unknown = stream.AppendUnknown(p.unknown, bad)
}
