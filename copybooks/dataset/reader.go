package dataset

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	rdwLength  = 4
	readerSize = 1 << 20
)

// Reader cuts a file into records. It reads ahead, so only the Reader knows the
// position in the file.
type Reader struct {
	src    io.Reader
	format Format
	fixed  int // record length of F and FB, 0 for variable formats
	plain  int // longest RDW of V and VB as z/OS writes them, 0 for other formats

	buf      []byte // bytes read and not yet handed out start at pos
	pos      int
	srcErr   error      // what src answered last, io.EOF at the end
	base     int64      // file offset of buf[0]
	blockEnd int64      // file offset where the block ends, with BDW
	skipped  func(Skip) // set by Resync
	head     []byte     // the start of a file of fixed records, for a diagnosis
	joined   []byte     // the segments of a spanned record

	keeping   bool // set by KeepFraming
	mark      int  // where in buf the bytes start that Framing tells of
	pieces    []piece
	stretches []Stretch

	record int64
	offset int64
	err    error // sticky: after an error Next answers it for ever
}

// NewReader returns a reader of the records of src.
func NewReader(src io.Reader, f Format) (*Reader, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	r := &Reader{src: src, format: f}
	if f.fixed() {
		r.fixed = f.LRECL
	}
	if f.variable() && f.RDW == (RDW{}) && !f.BDW {
		r.plain = f.longest() + rdwLength
	}
	r.buf = make([]byte, 0, max(readerSize, 2*r.fixed))
	return r, nil
}

// SetStart tells the reader that its source begins inside a file: at byte
// offset, where the record with the 1-based number record starts. Call it
// before the first Next.
func (r *Reader) SetStart(offset, record int64) {
	r.base, r.offset, r.record = offset, offset, record-1
	r.blockEnd = offset
}

// Record returns the 1-based number of the last record, 0 before the first.
func (r *Reader) Record() int64 { return r.record }

// Offset returns the byte offset in the file of the last record, of its RDW
// when it has one.
func (r *Reader) Offset() int64 { return r.offset }

// NextOffset returns the byte offset where the next record starts.
func (r *Reader) NextOffset() int64 { return r.base + int64(r.pos) }

// Next returns the next record without its descriptor word or delimiter. The
// slice is valid until the next call. At the end it returns io.EOF; where the
// bytes cannot be cut it returns a *FramingError, and the same error from then
// on.
func (r *Reader) Next() ([]byte, error) {
	if rest := r.buf[r.pos:]; r.plain > 0 && len(rest) >= rdwLength {
		// The usual record, all of it in the buffer: nothing else is to be looked at.
		word := binary.BigEndian.Uint32(rest)
		if n := int(word >> 16); word&0xFFFF == 0 && n >= rdwLength && n <= r.plain && n <= len(rest) {
			r.offset = r.base + int64(r.pos)
			r.pos += n
			r.record++
			return rest[rdwLength:n:n], nil
		}
	}
	if r.err != nil {
		return nil, r.err
	}
	if r.skipped != nil {
		return r.nextResynced()
	}
	return r.next()
}

func (r *Reader) next() ([]byte, error) {
	if r.keeping {
		r.startKeeping()
	}
	if r.format.BDW && r.NextOffset() == r.blockEnd {
		if err := r.startBlock(); err != nil {
			return nil, err
		}
	}
	return r.cut()
}

// cut returns the record that starts at pos.
func (r *Reader) cut() ([]byte, error) {
	switch r.format.RECFM {
	case V, VB, D:
		return r.nextDescribed()
	case F, FB:
		return r.take("a record", 0, r.fixed)
	case U:
		if r.format.Length != nil {
			return r.nextRuled()
		}
		return r.nextBlock()
	case Text:
		return r.nextLine()
	}
	return r.nextSpanned()
}

// take hands out the record of length bytes after head bytes; what names it
// where the file ends before it does.
func (r *Reader) take(what string, head, length int) ([]byte, error) {
	if size := head + length; len(r.buf)-r.pos < size && !r.fill(size) {
		return nil, r.end(what, size)
	}
	start, end := r.pos+head, r.pos+head+length
	if r.format.BDW && r.base+int64(end) > r.blockEnd {
		return nil, r.fail(fmt.Sprintf("a record of %d bytes runs past the end of its block at byte %d", length, r.blockEnd), "")
	}
	if r.keeping {
		r.keep(start, end)
	}
	r.advance(head + length)
	return r.buf[start:end:end], nil
}

func (r *Reader) advance(n int) {
	r.offset = r.base + int64(r.pos)
	r.pos += n
	r.record++
}

// fill reads until n bytes are there from pos on and reports whether they are.
func (r *Reader) fill(n int) bool {
	from := r.pos
	if r.keeping {
		from = r.mark
	}
	rest := r.buf[from:]
	r.base += int64(from)
	r.pos -= from
	r.mark = 0
	if n += r.pos; n > cap(r.buf) {
		r.buf = make([]byte, 0, max(n, 2*cap(r.buf)))
	}
	r.buf = r.buf[:copy(r.buf[:cap(r.buf)], rest)]
	for len(r.buf) < n && r.srcErr == nil {
		var got int
		got, r.srcErr = r.src.Read(r.buf[len(r.buf):cap(r.buf)])
		r.buf = r.buf[:len(r.buf)+got]
	}
	if r.fixed > 0 && r.head == nil {
		r.head = bytes.Clone(r.buf[:min(len(r.buf), readerSize/16)])
	}
	return len(r.buf) >= n
}

// end is called when want bytes are not there: at a clean end of file it
// answers io.EOF, else it says what is cut off.
func (r *Reader) end(what string, want int) error {
	rest := len(r.buf) - r.pos
	switch {
	case !r.ended():
		r.err = fmt.Errorf("reading record %d at byte %d: %w", r.record+1, r.NextOffset(), r.srcErr)
	case rest == 0 && (!r.format.BDW || r.NextOffset() == r.blockEnd):
		r.err = io.EOF
	default:
		hint := r.diagnose()
		if hint == "" {
			hint = "the file may be cut off"
		}
		return r.fail(fmt.Sprintf("file ends after %d bytes of %s of %d bytes", rest, what, want), hint)
	}
	return r.err
}

// ended reports whether the source is at its end.
func (r *Reader) ended() bool { return errors.Is(r.srcErr, io.EOF) }

func (r *Reader) fail(reason, hint string) error {
	return r.failAt(r.NextOffset(), reason, hint)
}

func (r *Reader) failAt(offset int64, reason, hint string) error {
	r.err = &FramingError{Record: r.record + 1, Offset: offset, Reason: reason, Hint: hint}
	return r.err
}
