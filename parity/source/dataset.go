package source

import (
	"errors"
	"fmt"
	"io"

	"tidewaiter/copybooks/dataset"
	"tidewaiter/parity/record"
)

// Dataset reads a mainframe dataset whose records are those of the layout.
type Dataset struct {
	file   *digestFile
	reader *dataset.Reader
	ended  bool
}

// OpenDataset opens the dataset at path.
func OpenDataset(path string, f dataset.Format) (*Dataset, error) {
	file, err := openDigest(path)
	if err != nil {
		return nil, fmt.Errorf("opening a dataset: %w", err)
	}
	reader, err := dataset.NewReader(file, f)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening dataset %s: %w", path, err), file.Close())
	}
	return &Dataset{file: file, reader: reader}, nil
}

// Next gives the next record. Where the file cannot be cut into records any
// more it gives a last Row that is Unframed, with the reason; a file that
// cannot be cut from its first byte on is an error, for then its format is
// wrong.
func (d *Dataset) Next(row *Row) error {
	if d.ended {
		return io.EOF
	}
	rec, err := d.reader.Next()
	if err == nil {
		*row = Row{Bytes: rec, Number: d.reader.Record(), Offset: d.reader.Offset()}
		return nil
	}
	if errors.Is(err, io.EOF) {
		d.ended = true
		return io.EOF
	}
	var framing *dataset.FramingError
	if !errors.As(err, &framing) || framing.Record <= 1 {
		return fmt.Errorf("reading dataset %s: %w", d.file.file.Name(), err)
	}
	d.ended = true
	*row = Row{Number: framing.Record, Offset: framing.Offset, Unframed: true,
		Problem: &record.FieldProblem{Element: -1, Reason: framing.Error()}}
	return d.file.rest()
}

// Covers is nil: a dataset has every field.
func (d *Dataset) Covers() map[int]bool { return nil }

// Digest is the digest of the file.
func (d *Dataset) Digest() string { return d.file.sum() }

// Close closes the file.
func (d *Dataset) Close() error { return d.file.Close() }

// Transcoded reads a dataset with a layout of its own and writes each record in
// another layout, field by field of the same name.
type Transcoded struct {
	*Dataset
	own     *record.Schema
	from    []int // elements of own, in the order of the encoder's fields
	encoder *record.Encoder
	values  []record.Value
	buf     []byte
}

// Transcode makes the records of d records of the target schema. Every named
// field of own must be in target.
func Transcode(d *Dataset, own, target *record.Schema) (*Transcoded, error) {
	t := &Transcoded{Dataset: d, own: own}
	var fields []string
	for i, e := range own.Elements {
		if e.Redefining || e.Field.Item().IsFiller() {
			continue
		}
		if _, err := target.One(e.Name); err != nil {
			return nil, fmt.Errorf("both sides need the same field names: %w", err)
		}
		t.from = append(t.from, i)
		fields = append(fields, e.Name)
	}
	var err error
	t.encoder, err = target.Encoder(fields)
	return t, err
}

// Next gives the next record in the target layout. A field that cannot be
// decoded is the row's Problem.
func (t *Transcoded) Next(row *Row) error {
	if err := t.Dataset.Next(row); err != nil || row.Unframed {
		return err
	}
	t.values = t.values[:0]
	var bad *record.FieldProblem
	for _, i := range t.from {
		value, err := t.value(row.Bytes, i)
		if err != nil && bad == nil {
			bad = &record.FieldProblem{Element: -1, Field: t.own.Elements[i].Name, Reason: err.Error()}
		}
		t.values = append(t.values, value)
	}
	t.buf, row.Problem = t.encoder.Append(t.buf[:0], t.values)
	row.Bytes = t.buf
	if bad != nil {
		bad.Refused = []int{}
		if row.Problem != nil {
			bad.Element, bad.Refused = row.Problem.Element, row.Problem.Refused
		}
		row.Problem = bad
	}
	return nil
}

func (t *Transcoded) value(rec []byte, element int) (record.Value, error) {
	f := t.own.Elements[element].Field
	if f.Occurs() == 1 {
		text, err := f.Append(nil, rec, 0)
		return record.Value{Text: string(text), Null: err != nil}, err
	}
	v := record.Value{Many: true}
	for i := range f.Occurs() {
		if _, err := f.Raw(rec, i); err != nil {
			break // beyond the count of this record
		}
		text, err := f.Append(nil, rec, i)
		if err != nil {
			return v, err
		}
		v.List = append(v.List, record.Value{Text: string(text)})
	}
	return v, nil
}

// Covers lists the fields that both layouts have.
func (t *Transcoded) Covers() map[int]bool { return t.encoder.Covers() }
