package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"tidewaiter/parity/record"
)

// longestLine bounds a line of JSON, in bytes.
const longestLine = 16 << 20

// JSONL reads one JSON object a line. Numbers keep their digits: nothing is
// read as floating point.
type JSONL struct {
	file    *digestFile
	lines   *bufio.Scanner
	schema  *record.Schema
	mapping Mapping

	encoder *record.Encoder
	index   map[string]int // column to place, of the first object
	values  []record.Value
	buf     []byte
	number  int64
	begin   int64 // byte offset of the line at hand
	end     int64 // and of the one after it
	held    *Row  // the first row, read when the file was opened
}

// OpenJSONL opens the file at path. The first object's names are the columns.
func OpenJSONL(path string, s *record.Schema, m Mapping) (*JSONL, error) {
	file, err := openDigest(path)
	if err != nil {
		return nil, fmt.Errorf("opening JSON lines: %w", err)
	}
	j := &JSONL{file: file, schema: s, mapping: m, lines: bufio.NewScanner(file)}
	j.lines.Buffer(make([]byte, 0, 1<<16), longestLine)
	j.lines.Split(j.split)
	var first Row
	switch err := j.read(&first); {
	case errors.Is(err, io.EOF):
	case err != nil:
		return nil, errors.Join(err, file.Close())
	default:
		j.held = &first
	}
	return j, nil
}

// split is bufio.ScanLines that keeps count of the bytes, those of the line's
// end too: a line may end in CR LF.
func (j *JSONL) split(data []byte, atEOF bool) (advance int, line []byte, err error) {
	advance, line, err = bufio.ScanLines(data, atEOF)
	if advance > 0 {
		j.begin, j.end = j.end, j.end+int64(advance)
	}
	return advance, line, err
}

// Next gives the next object. A name that the first object has and this one has
// not is an absent value.
func (j *JSONL) Next(row *Row) error {
	if j.held != nil {
		*row, j.held = *j.held, nil
		return nil
	}
	return j.read(row)
}

func (j *JSONL) read(row *Row) error {
	for j.lines.Scan() {
		line, offset := j.lines.Bytes(), j.begin
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		j.number++
		*row = Row{Number: j.number, Offset: offset}
		if err := j.object(line, row); err != nil {
			return fmt.Errorf("reading %s, object %d at byte %d: %w", j.file.file.Name(), j.number, offset, err)
		}
		return nil
	}
	if err := j.lines.Err(); err != nil {
		return fmt.Errorf("reading %s after object %d: %w", j.file.file.Name(), j.number, err)
	}
	return io.EOF
}

func (j *JSONL) object(line []byte, row *Row) error {
	names, values, err := parseObject(line)
	if err != nil {
		return err
	}
	if j.encoder == nil {
		if j.encoder, err = j.mapping.encoder(j.schema, names); err != nil {
			return err
		}
		j.index = map[string]int{}
		for i, name := range names {
			j.index[name] = i
		}
	}
	j.values = j.values[:0]
	for range j.index {
		j.values = append(j.values, record.Value{Null: true})
	}
	for i, name := range names {
		at, ok := j.index[name]
		if !ok {
			return fmt.Errorf("the first object has no %q", name)
		}
		j.values[at] = values[i]
	}
	j.buf, row.Problem = j.encoder.Append(j.buf[:0], j.values)
	row.Bytes = j.buf
	return nil
}

// parseObject reads an object's names and values in order and refuses a name
// that stands twice, which encoding/json would silently overwrite.
func parseObject(line []byte) (names []string, values []record.Value, err error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return nil, nil, errors.New("a line is not a JSON object")
	}
	seen := map[string]bool{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, nil, err
		}
		name, _ := token.(string)
		if seen[name] {
			return nil, nil, fmt.Errorf("the name %q stands twice", name)
		}
		seen[name] = true
		var raw any
		if err := decoder.Decode(&raw); err != nil {
			return nil, nil, err
		}
		value, err := jsonValue(raw)
		if err != nil {
			return nil, nil, fmt.Errorf("%q: %w", name, err)
		}
		names, values = append(names, name), append(values, value)
	}
	if _, err := decoder.Token(); err != nil {
		return nil, nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, nil, errors.New("something follows the object")
	}
	return names, values, nil
}

func jsonValue(raw any) (record.Value, error) {
	switch v := raw.(type) {
	case nil:
		return record.Value{Null: true}, nil
	case string:
		return record.Value{Text: v}, nil
	case json.Number:
		return record.Value{Text: v.String()}, nil
	case []any:
		list := record.Value{Many: true}
		for _, one := range v {
			value, err := jsonValue(one)
			if err != nil {
				return list, err
			}
			list.List = append(list.List, value)
		}
		return list, nil
	}
	return record.Value{}, fmt.Errorf("a value is neither text, number, null nor a list of them")
}

// Covers lists the fields that the first object names; all of an empty file.
func (j *JSONL) Covers() map[int]bool {
	if j.encoder == nil {
		return nil
	}
	return j.encoder.Covers()
}

// Digest is the digest of the file.
func (j *JSONL) Digest() string { return j.file.sum() }

// Close closes the file.
func (j *JSONL) Close() error { return j.file.Close() }
