package source

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"tidewaiter/parity/record"
)

// Mapping says where the columns of rows go.
type Mapping struct {
	Columns     map[string]string // column to field
	Ignore      []string
	NullIsBlank bool
}

func (m Mapping) encoder(s *record.Schema, names []string) (*record.Encoder, error) {
	fields, err := s.Columns(names, m.Columns, m.Ignore)
	if err != nil {
		return nil, err
	}
	encoder, err := s.Encoder(fields)
	if err != nil {
		return nil, err
	}
	encoder.NullIsBlank = m.NullIsBlank
	return encoder, nil
}

// CSV reads comma-separated values with a header line, RFC 4180.
type CSV struct {
	file    *digestFile
	reader  *csv.Reader
	encoder *record.Encoder
	values  []record.Value
	buf     []byte
	number  int64
}

// OpenCSV opens the file at path and reads its header.
func OpenCSV(path string, s *record.Schema, m Mapping) (*CSV, error) {
	file, err := openDigest(path)
	if err != nil {
		return nil, fmt.Errorf("opening CSV: %w", err)
	}
	c := &CSV{file: file, reader: csv.NewReader(file)}
	c.reader.ReuseRecord = true
	header, err := c.reader.Read()
	if errors.Is(err, io.EOF) {
		err = errors.New("the file has no header line")
	}
	if err == nil {
		c.encoder, err = m.encoder(s, append([]string(nil), header...))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening CSV %s: %w", path, err), file.Close())
	}
	return c, nil
}

// Next gives the next line. An empty value is an empty text, never absent.
func (c *CSV) Next(row *Row) error {
	offset := c.reader.InputOffset()
	fields, err := c.reader.Read()
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	if err != nil {
		return fmt.Errorf("reading CSV %s, row %d at byte %d: %w", c.file.file.Name(), c.number+1, offset, err)
	}
	c.number++
	c.values = c.values[:0]
	for _, text := range fields {
		c.values = append(c.values, record.Value{Text: text})
	}
	*row = Row{Number: c.number, Offset: offset}
	c.buf, row.Problem = c.encoder.Append(c.buf[:0], c.values)
	row.Bytes = c.buf
	return nil
}

// Covers lists the fields that have a column.
func (c *CSV) Covers() map[int]bool { return c.encoder.Covers() }

// Digest is the digest of the file.
func (c *CSV) Digest() string { return c.file.sum() }

// Close closes the file.
func (c *CSV) Close() error { return c.file.Close() }
