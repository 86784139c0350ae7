package dataset

import (
	"bytes"
	"errors"
)

const (
	// resyncRecords in a row have to be cut before a place counts as the start
	// of a record again. Four RDWs hold eight zero bytes and four lengths that
	// lead to each other: in other data that is one place in 2^64 and more.
	resyncRecords = 4
	// resyncAhead is how far those records may reach.
	resyncAhead = (resyncRecords + 1) * (maxLRECL + rdwLength)
)

// Skip is a stretch of a file that no record could be cut from.
type Skip struct {
	Record int64 // number the next record has
	Offset int64
	Bytes  int64
	Reason string // what was wrong at its start
}

// Resync makes Next pass over bytes it cannot cut to the next place where
// records follow each other again, or to the end of the file. Each stretch is
// reported. Records keep counting without a gap: how many were lost cannot be
// known. A descriptor word that is damaged but still plausible cannot be told
// from a good one: the record before a skip may be wrong.
func (r *Reader) Resync(report func(Skip)) { r.skipped = report }

func (r *Reader) nextResynced() ([]byte, error) {
	for {
		good := r.NextOffset()
		rec, err := r.next()
		var broken *FramingError
		if err == nil || !errors.As(err, &broken) {
			return rec, err
		}
		if r.NextOffset() == good && r.pos < len(r.buf) {
			r.pos++
		}
		r.mark = r.pos // what is passed over is not kept
		r.seek()
		r.err = nil
		r.blockEnd = r.NextOffset()
		r.skipped(Skip{Record: r.record + 1, Offset: good, Bytes: r.NextOffset() - good, Reason: broken.Reason})
	}
}

// seek moves pos to the next place where records can be cut, or to the end.
func (r *Reader) seek() {
	for {
		if len(r.buf)-r.pos < resyncAhead && r.srcErr == nil {
			r.fill(resyncAhead)
		}
		rest := r.buf[r.pos:]
		switch {
		case len(rest) == 0:
			return
		case r.format.RECFM == Text:
			if at := bytes.Index(rest, []byte(r.format.delimiter())); at >= 0 {
				r.pos += at + len(r.format.delimiter())
				return
			}
			r.pos = len(r.buf)
		case r.format.fixed() && !r.format.BDW:
			r.pos = len(r.buf) // only the end of the file can be wrong
		case r.format.chain(rest, r.ended(), resyncRecords) > 0:
			return
		default:
			r.pos++
		}
		r.mark = r.pos
	}
}
