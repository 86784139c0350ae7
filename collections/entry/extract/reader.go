package extract

import (
	"errors"
	"fmt"
	"io"

	"tidewaiter/collections/entry"
	"tidewaiter/copybooks/dataset"
)

// Reader reads the entries of an extract.
type Reader struct {
	file   string
	data   *dataset.Reader
	schema *schema

	rec      []byte // the record read last
	isHeader bool   // rec is a header that no entry has used yet
	end      error  // why reading ended; sticky

	factors factors
	codes   *codes
	arena   arena
	scratch []byte
	parse   parse
}

// NewReader returns a reader of the extract r. The name of its file stands in
// errors and in each Summary's Source.
func NewReader(r io.Reader, file string) (*Reader, error) {
	s, err := compiled()
	if err != nil {
		return nil, err
	}
	format, err := Format()
	if err != nil {
		return nil, err
	}
	data, err := dataset.NewReader(r, format)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	return &Reader{file: file, data: data, schema: s, codes: new(codes)}, nil
}

// StartAt tells the reader that its source begins inside the file: at byte
// offset, where the header with the 1-based number record stands (see Index).
// Call it before the first Next.
func (r *Reader) StartAt(offset, record int64) { r.data.SetStart(offset, record) }

// NextOffset returns where the next record that Next looks at begins, behind
// the last entry read or refused, and its number.
func (r *Reader) NextOffset() (offset, record int64) {
	if r.isHeader {
		return r.data.Offset(), r.data.Record()
	}
	return r.data.NextOffset(), r.data.Record() + 1
}

// Next reads the next entry into s and reuses its memory. It returns io.EOF at
// the end, an *EntryError for an entry it refuses (the next call goes on with
// the entry after it), and a *dataset.FramingError, wrapped with the file's
// name, where the file cannot be cut into records: then reading has ended.
func (r *Reader) Next(s *entry.Summary) error {
	if !r.isHeader && !r.advance() {
		return r.end
	}
	if bad := r.entry(s); bad != nil {
		r.skip()
		return bad
	}
	return nil
}

// advance reads a record. It reports false at the end of reading, with the
// cause in r.end.
func (r *Reader) advance() bool {
	r.isHeader = false
	if r.end != nil {
		return false
	}
	rec, err := r.data.Next()
	if err != nil {
		r.rec, r.end = nil, err
		if err != io.EOF {
			r.end = fmt.Errorf("reading %s: %w", r.file, err)
		}
		return false
	}
	r.rec = rec
	return true
}

// skip reads on to the next header, so that one bad entry costs no other.
func (r *Reader) skip() {
	for !r.isHeader && r.advance() {
		r.isHeader = kindOf(r.rec) == headerKind
	}
}

// kind is the record type as it stands in the file.
type kind uint16

const (
	headerKind  kind = 0xF1F0
	lineKind    kind = 0xF4F0
	tariffKind  kind = 0xF5F0
	trailerKind kind = 0xF9F0
	noKind      kind = 0

	headerExtensionKind kind = 0xF1F1
	lineExtensionKind   kind = 0xF4F1
)

func kindOf(rec []byte) kind {
	if len(rec) < 2 {
		return noKind
	}
	return kind(rec[0])<<8 | kind(rec[1])
}

// entry reads one entry, whose first record has been read.
func (r *Reader) entry(s *entry.Summary) *EntryError {
	r.isHeader = false
	p := &r.parse
	p.begin(r, s)
	if kindOf(r.rec) != headerKind {
		return r.outOfPlace("an entry begins with a header")
	}
	if !p.header() {
		return p.bad
	}
	for {
		if !r.advance() {
			return r.cutOff()
		}
		good := true
		at := kindOf(r.rec)
		if p.missing != nil && at != headerExtensionKind {
			r.isHeader = at == headerKind
			p.bad = p.missing
			return p.bad
		}
		switch at {
		case lineKind:
			good = p.line()
		case tariffKind:
			good = p.tariff()
		case trailerKind:
			if p.trailer() {
				return nil
			}
			return p.bad
		case headerExtensionKind:
			good = p.headerExtension()
		case lineExtensionKind:
			good = p.lineExtension()
		case headerKind:
			r.isHeader = true
			return p.refuse("", nil, "the entry has no trailer before the next header",
				"the record of type 90 is missing or damaged; the next entry is read")
		default:
			return r.outOfPlace("records of an entry are 10, 11, 40, 41, 50 and 90")
		}
		if !good {
			return p.bad
		}
	}
}

// outOfPlace refuses a record whose type does not belong where it stands.
func (r *Reader) outOfPlace(rule string) *EntryError {
	raw := r.rec[:min(2, len(r.rec))]
	reason := "unknown record type"
	switch kindOf(r.rec) {
	case noKind:
		reason = fmt.Sprintf("a record of %d bytes has no record type", len(r.rec))
	case lineKind, tariffKind, trailerKind, headerExtensionKind, lineExtensionKind:
		reason = "a record outside an entry"
	}
	return r.parse.refuse("record type", raw, reason, rule)
}

// cutOff refuses an entry that the end of the file cut.
func (r *Reader) cutOff() *EntryError {
	e := r.parse.refuse("", nil, "the file ends inside the entry", "the file may be truncated: compare its size with the sender's")
	var framing *dataset.FramingError
	if errors.As(r.end, &framing) {
		e.Record, e.Offset = framing.Record, framing.Offset
		e.Reason = "reading ends inside the entry: " + framing.Reason
	}
	return e
}
