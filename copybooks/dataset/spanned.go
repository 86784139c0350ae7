package dataset

import (
	"errors"
	"fmt"
	"io"
)

// The segment control code, the third byte of an SDW (z/OS DFSMS Using Data
// Sets, spanned variable-length records).
const (
	segmentWhole  = 0
	segmentFirst  = 1
	segmentLast   = 2
	segmentMiddle = 3
)

// segmentLength reads a segment descriptor word: the length with the word, the
// segment control code, a zero byte.
func (f *Format) segmentLength(word []byte) (int, bool) {
	n := f.statedLength(word)
	return n, n >= 0 && word[2] <= segmentMiddle && word[3] == 0
}

// nullSegment reports whether word is that of a null segment: the rest of its
// block holds nothing.
func (f *Format) nullSegment(word []byte) bool {
	return f.BDW && !f.RDW.LittleEndian && word[0]&0x80 != 0 && word[3] == 0
}

// nextSpanned puts the segments of a record together. A record of one segment
// is handed out where it stands.
func (r *Reader) nextSpanned() ([]byte, error) {
	rec, code, err := r.segment()
	if err != nil || code == segmentWhole {
		if err == nil {
			r.record++
		}
		return rec, err
	}
	start := r.offset
	if code != segmentFirst {
		r.pos -= rdwLength + len(rec)
		return nil, r.failAt(start, fmt.Sprintf("a segment with code %d, but no record has begun", code), "")
	}
	r.joined = append(r.joined[:0], rec...)
	for code != segmentLast {
		if rec, code, err = r.segment(); errors.Is(err, io.EOF) {
			return nil, r.fail(fmt.Sprintf("the file ends inside the record that begins at byte %d", start), "the file may be cut off")
		} else if err != nil {
			return nil, err
		}
		if code == segmentWhole || code == segmentFirst {
			r.pos -= rdwLength + len(rec) // a record may begin with it
			return nil, r.failAt(r.offset, fmt.Sprintf("a segment with code %d inside the record that begins at byte %d", code, start), "")
		}
		if len(r.joined)+len(rec) > r.format.longest() {
			return nil, r.failAt(r.offset, fmt.Sprintf("the record that begins at byte %d is longer than %d bytes", start, r.format.longest()), "")
		}
		r.joined = append(r.joined, rec...)
	}
	r.record, r.offset = r.record+1, start
	return r.joined[:len(r.joined):len(r.joined)], nil
}

// segment returns the next segment and its code, and sets offset to its place.
func (r *Reader) segment() (data []byte, code byte, err error) {
	for {
		if r.format.BDW && r.NextOffset() == r.blockEnd {
			if err := r.startBlock(); err != nil {
				return nil, 0, err
			}
		}
		if len(r.buf)-r.pos < rdwLength && !r.fill(rdwLength) {
			return nil, 0, r.end("a segment descriptor word", rdwLength)
		}
		word := r.buf[r.pos : r.pos+rdwLength]
		if !r.format.nullSegment(word) {
			break
		}
		rest := int(r.blockEnd - r.NextOffset())
		if rest > maxLargeBlock {
			return nil, 0, r.fail(fmt.Sprintf("a null segment fills the %d bytes that are left of its block", rest), "")
		}
		if !r.fill(rest) {
			return nil, 0, r.end("a null segment", rest)
		}
		r.pos += rest
	}
	word := r.buf[r.pos : r.pos+rdwLength]
	length, ok := r.format.segmentLength(word)
	if !ok {
		return nil, 0, r.fail(r.format.badRDW(word), r.diagnose())
	}
	code = word[2]
	before := r.record
	data, err = r.take("a segment", rdwLength, length)
	r.record = before // a record counts once all of its segments are there
	return data, code, err
}
