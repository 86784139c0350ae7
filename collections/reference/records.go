package reference

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// records reads the records of a CSV text by the rules of encoding/csv. Nearly
// all of them have no quotes, or quotes around whole fields, and are cut at their
// commas; any other, and what is wrong with one, is left to encoding/csv.
type records struct {
	text   string   // that is still to be read
	line   int      // its first, counted from 1
	count  int      // fields of each record; 0 before the first
	fields []string // parts of the text; the next record overwrites them
}

// next gives the fields of the next record and the line on which it begins, io.EOF
// at the end. Each record has as many fields as the first.
func (r *records) next() (fields []string, line int, err error) {
	for len(r.text) > 0 {
		record, rest, _ := strings.Cut(r.text, "\n")
		record = strings.TrimSuffix(record, "\r")
		if record != "" && !r.cut(record) {
			return r.careful()
		}
		r.text = rest
		r.line++
		if record != "" {
			r.count = len(r.fields)
			return r.fields, r.line - 1, nil
		}
	}
	return nil, 0, io.EOF
}

// cut cuts a line at its commas. It is false when the line needs more care.
func (r *records) cut(line string) bool {
	r.fields = r.fields[:0]
	quotes := strings.IndexByte(line, '"') >= 0
	for more := true; more; {
		var field string
		if quotes && line != "" && line[0] == '"' {
			end := strings.IndexByte(line[1:], '"') + 1
			if end == 0 || end+1 < len(line) && line[end+1] != ',' {
				return false // a quote in the field, or a field of several lines
			}
			field = line[1:end]
			if more = end+1 < len(line); more {
				line = line[end+2:]
			}
		} else {
			end := strings.IndexByte(line, ',')
			if more = end >= 0; more {
				field, line = line[:end], line[end+1:]
			} else {
				field = line
			}
			if quotes && strings.IndexByte(field, '"') >= 0 {
				return false
			}
		}
		r.fields = append(r.fields, field)
	}
	return r.count == 0 || len(r.fields) == r.count
}

// careful reads a record with encoding/csv, whose errors then have the lines of
// the whole text.
func (r *records) careful() (fields []string, line int, err error) {
	reader := csv.NewReader(strings.NewReader(r.text))
	reader.FieldsPerRecord = r.count
	fields, err = reader.Read()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		bad.StartLine += r.line - 1
		bad.Line += r.line - 1
	}
	if err != nil {
		return nil, 0, err
	}
	line, _ = reader.FieldPos(0)
	line += r.line - 1
	read := int(reader.InputOffset())
	r.line += strings.Count(r.text[:read], "\n")
	r.text = r.text[read:]
	r.count = len(fields)
	return fields, line, nil
}
