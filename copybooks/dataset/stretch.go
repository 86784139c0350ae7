package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Stretch is a piece of a file as it stands: bytes that belong to no record
// (descriptor words, null segments, delimiters), and how many bytes of the
// record follow them.
type Stretch struct {
	Bytes  []byte
	Record int
}

// piece is where a part of the last record stands, counted from Reader.mark.
type piece struct{ from, to int }

// KeepFraming makes Framing answer. Call it before the first Next. What Resync
// passes over is not kept: it may be as long as the file.
func (r *Reader) KeepFraming() { r.keeping, r.plain = true, 0 }

// Rest returns, after io.EOF, the bytes that follow the last record: null
// segments, empty blocks.
func (r *Reader) Rest() []byte {
	if !r.keeping || !errors.Is(r.err, io.EOF) {
		return nil
	}
	return bytes.Clone(r.buf[r.mark:r.pos])
}

// Framing returns how the last record stands in its file. It is nil where a
// Writer of the same Format would write the same bytes anyway, and valid until
// the next call of Next.
func (r *Reader) Framing() []Stretch {
	if !r.keeping {
		return nil
	}
	kept, at := r.buf[r.mark:r.pos], 0
	r.stretches = r.stretches[:0]
	for _, p := range r.pieces {
		r.stretches = append(r.stretches, Stretch{kept[at:p.from], p.to - p.from})
		at = p.to
	}
	if at < len(kept) {
		r.stretches = append(r.stretches, Stretch{Bytes: kept[at:]})
	}
	if r.usual() {
		return nil
	}
	return r.stretches
}

// usual reports whether the stretches are what the format says of itself. With
// BDW the records of a block belong together: none is usual.
func (r *Reader) usual() bool {
	s := r.stretches
	switch {
	case r.format.BDW || len(r.pieces) != 1:
		return false
	case r.format.RECFM == Text:
		return len(s) == 2 && len(s[0].Bytes) == 0 && string(s[1].Bytes) == r.format.delimiter()
	case len(s) != 1:
		return false
	case !r.format.described():
		return len(s[0].Bytes) == 0
	case r.format.spanned():
		return false // the writer's blocks are its own
	}
	var word [rdwLength]byte
	return r.format.describe(&word, s[0].Record) == nil && bytes.Equal(word[:], s[0].Bytes)
}

// startKeeping is called before each record.
func (r *Reader) startKeeping() { r.mark, r.pieces = r.pos, r.pieces[:0] }

// keep notes that the record has the bytes from..to of the buffer.
func (r *Reader) keep(from, to int) {
	if r.keeping {
		r.pieces = append(r.pieces, piece{from - r.mark, to - r.mark})
	}
}

// WriteFramed adds a record exactly as Reader.Framing said it stood. The record
// must be as long as it was; the blocks that framing begins must be filled by
// the records that stood in them.
func (w *Writer) WriteFramed(rec []byte, framing []Stretch) error {
	w.record++
	n := 0
	for _, s := range framing {
		n += s.Record
	}
	if n != len(rec) {
		return fmt.Errorf("record %d is %d bytes long, its framing has %d: leave the framing out to have it written anew", w.record, len(rec), n)
	}
	if err := w.nextBlock(); err != nil {
		return err
	}
	for _, s := range framing {
		part := rec[:s.Record]
		rec = rec[s.Record:]
		if err := w.fits(s.Bytes, len(part)); err != nil {
			return err
		}
		if _, err := w.dst.Write(s.Bytes); err != nil {
			return err
		}
		if _, err := w.dst.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// WriteRest adds bytes that stand behind the last record: Reader.Rest, or the
// trailer of a file.
func (w *Writer) WriteRest(b []byte) error {
	if err := w.nextBlock(); err != nil {
		return err
	}
	w.kept = max(0, w.kept-len(b)) // null segments may fill a block
	_, err := w.dst.Write(b)
	return err
}

// fits follows the blocks through framing that is written as it stood.
func (w *Writer) fits(b []byte, record int) error {
	if !w.format.BDW {
		return nil
	}
	for len(b) > 0 {
		if w.kept == 0 {
			if len(b) < rdwLength {
				return w.misfit()
			}
			length, ok := w.format.blockLength(b)
			if !ok {
				return w.misfit()
			}
			w.kept, b = int(length)-rdwLength, b[rdwLength:]
		}
		n := min(len(b), w.kept)
		w.kept, b = w.kept-n, b[n:]
	}
	if w.kept < record {
		return w.misfit()
	}
	w.kept -= record
	return nil
}

func (w *Writer) misfit() error {
	w.kept = 0 // one error is enough
	return fmt.Errorf("record %d does not fit the block that the framing before it began: %w", w.record, errReframed)
}

// errReframed is the way out where records were added or taken away.
var errReframed = errors.New("records were added, removed or moved; leave the framing of all of them out to have blocks made anew")

// checkKept is called where a block that framing began must be full.
func (w *Writer) checkKept() error {
	if w.kept == 0 {
		return nil
	}
	return fmt.Errorf("the block before record %d lacks %d bytes: %w", w.record+1, w.kept, errReframed)
}
