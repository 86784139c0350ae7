package dataset

import (
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

	buf      []byte // bytes read and not yet handed out start at pos
	pos      int
	srcErr   error // what src answered last, io.EOF at the end
	base     int64 // file offset of buf[0]
	blockEnd int64 // file offset where the block ends, with BDW

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
	if !f.variable() {
		r.fixed = f.LRECL
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

// Next returns the next record without its RDW. The slice is valid until the
// next call. At the end it returns io.EOF; where the bytes cannot be cut it
// returns a *FramingError, and the same error from then on.
func (r *Reader) Next() ([]byte, error) {
	if r.err != nil {
		return nil, r.err
	}
	if r.fixed > 0 {
		if len(r.buf)-r.pos < r.fixed && !r.fill(r.fixed) {
			return nil, r.end("a record", r.fixed)
		}
		rec := r.buf[r.pos : r.pos+r.fixed : r.pos+r.fixed]
		r.advance(r.fixed)
		return rec, nil
	}
	return r.nextVariable()
}

func (r *Reader) nextVariable() ([]byte, error) {
	if r.format.BDW && r.NextOffset() == r.blockEnd {
		if err := r.startBlock(); err != nil {
			return nil, err
		}
	}
	if len(r.buf)-r.pos < rdwLength && !r.fill(rdwLength) {
		return nil, r.end("an RDW", rdwLength)
	}
	word := r.buf[r.pos : r.pos+rdwLength]
	length, ok := r.format.recordLength(word)
	if !ok {
		return nil, r.fail(r.format.badRDW(word), r.diagnose())
	}
	if len(r.buf)-r.pos < rdwLength+length && !r.fill(rdwLength+length) {
		return nil, r.end("an RDW and its record", rdwLength+length)
	}
	rec := r.buf[r.pos+rdwLength : r.pos+rdwLength+length : r.pos+rdwLength+length]
	r.advance(rdwLength + length)
	if r.format.BDW && r.NextOffset() > r.blockEnd {
		return nil, r.fail(fmt.Sprintf("record of %d bytes runs past the end of its block at byte %d", length, r.blockEnd), "")
	}
	return rec, nil
}

// startBlock reads the block descriptor word: two bytes of length counting
// itself and two zero bytes, or 31 bits when the first bit is set (extended).
func (r *Reader) startBlock() error {
	if len(r.buf)-r.pos < rdwLength && !r.fill(rdwLength) {
		return r.end("a BDW", rdwLength)
	}
	word := r.buf[r.pos : r.pos+rdwLength]
	length := int64(binary.BigEndian.Uint16(word))
	if r.format.RDW.LittleEndian {
		length = int64(binary.LittleEndian.Uint16(word))
	} else if word[0]&0x80 != 0 {
		length = int64(binary.BigEndian.Uint32(word) & 0x7FFFFFFF)
	}
	if length < 2*rdwLength {
		return r.fail(fmt.Sprintf("BDW X'%X' reads a block of %d bytes", word, length), "the file may have no BDW")
	}
	r.blockEnd = r.NextOffset() + length
	r.pos += rdwLength
	return nil
}

// recordLength returns the record's bytes after the RDW word.
func (f Format) recordLength(word []byte) (int, bool) {
	n := int(binary.BigEndian.Uint16(word))
	rest := word[2] | word[3]
	if f.RDW.LittleEndian {
		n = int(binary.LittleEndian.Uint16(word))
	}
	n += f.RDW.Adjust
	if !f.RDW.ExcludesSelf {
		n -= rdwLength
	}
	limit := f.LRECL
	if limit == 0 {
		limit = maxLRECL
	}
	return n, rest == 0 && n >= 0 && n+rdwLength <= limit
}

func (r *Reader) advance(n int) {
	r.offset = r.base + int64(r.pos)
	r.pos += n
	r.record++
}

// fill reads until n bytes are there from pos on and reports whether they are.
func (r *Reader) fill(n int) bool {
	rest := copy(r.buf[:cap(r.buf)], r.buf[r.pos:])
	r.base += int64(r.pos)
	r.buf, r.pos = r.buf[:rest], 0
	for len(r.buf) < n && r.srcErr == nil {
		var got int
		got, r.srcErr = r.src.Read(r.buf[len(r.buf):cap(r.buf)])
		r.buf = r.buf[:len(r.buf)+got]
	}
	return len(r.buf) >= n
}

// end is called when want bytes are not there: at a clean end of file it
// answers io.EOF, else it says what is cut off.
func (r *Reader) end(what string, want int) error {
	rest := len(r.buf) - r.pos
	switch {
	case !errors.Is(r.srcErr, io.EOF):
		r.err = fmt.Errorf("reading record %d at byte %d: %w", r.record+1, r.NextOffset(), r.srcErr)
	case rest == 0 && (what != "an RDW" || !r.format.BDW || r.NextOffset() == r.blockEnd):
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

func (r *Reader) fail(reason, hint string) error {
	r.err = &FramingError{Record: r.record + 1, Offset: r.NextOffset(), Reason: reason, Hint: hint}
	return r.err
}
