package dataset

import (
	"encoding/binary"
	"fmt"
)

// put writes a record, or a segment, with its descriptor word, in the block
// that has room for it.
func (w *Writer) put(word, data []byte) error {
	if !w.format.BDW {
		if _, err := w.dst.Write(word); err != nil {
			return err
		}
		_, err := w.dst.Write(data)
		return err
	}
	size := len(word) + len(data)
	if size > w.full {
		return fmt.Errorf("record %d takes %d bytes, a block has room for %d: give a larger BLKSIZE", w.record, size, w.full)
	}
	if len(w.block) > 0 && (len(w.block)+size > w.full || !w.format.blocked()) {
		if err := w.endBlock(); err != nil {
			return err
		}
	}
	w.block = append(append(w.block, word...), data...)
	return nil
}

// blocked reports whether a block may hold several records.
func (f *Format) blocked() bool {
	switch f.RECFM {
	case FB, VB, VBS, D:
		return true
	}
	return false
}

// endBlock writes the block that is being filled after its descriptor word. A
// BLKSIZE above 32,760 calls for extended words: a set bit and 31 bits of
// length (z/OS DFSMS Using Data Sets, block descriptor word).
func (w *Writer) endBlock() error {
	if len(w.block) == 0 || !w.format.BDW {
		return nil
	}
	var word [rdwLength]byte
	n := len(w.block) + rdwLength
	switch {
	case w.format.RECFM == D:
		decimal(word[:], n)
	case w.full+rdwLength > maxBLKSIZE && !w.format.RDW.LittleEndian && !w.format.RDW.Last:
		binary.BigEndian.PutUint32(word[:], 1<<31|uint32(n))
	case n > 0xFFFF:
		return fmt.Errorf("a block of %d bytes does not fit a BDW that is little-endian or has its length last", n)
	default:
		w.format.RDW.write(word[:], uint16(n))
	}
	if _, err := w.dst.Write(word[:]); err != nil {
		return err
	}
	_, err := w.dst.Write(w.block)
	w.block = w.block[:0]
	return err
}

// writeSegments writes a record of VS or VBS. One that does not fit the rest of
// its block goes on in the next, cut into segments; VS starts each record in a
// block of its own. Without BDW the same segments are written, only the block
// descriptor words are left out.
func (w *Writer) writeSegments(rec []byte) error {
	if len(rec) > w.format.longest() {
		return fmt.Errorf("record %d is %d bytes long, more than %d", w.record, len(rec), w.format.longest())
	}
	if !w.format.blocked() || w.full-w.filled <= rdwLength {
		if err := w.nextBlock(); err != nil {
			return err
		}
	}
	code := byte(segmentFirst)
	for {
		room := min(w.full-w.filled, maxBLKSIZE-rdwLength) - rdwLength
		part := rec[:min(len(rec), room)]
		if rec = rec[len(part):]; len(rec) == 0 {
			code = lastSegment(code)
		}
		if err := w.writeSegment(code, part); err != nil || len(rec) == 0 {
			return err
		}
		if err := w.nextBlock(); err != nil {
			return err
		}
		code = segmentMiddle
	}
}

// lastSegment is the code of a segment that also ends its record.
func lastSegment(code byte) byte {
	if code == segmentFirst {
		return segmentWhole
	}
	return segmentLast
}

func (w *Writer) writeSegment(code byte, part []byte) error {
	var word [rdwLength]byte
	if err := w.describe(&word, len(part)); err != nil {
		return err
	}
	word[2] = code
	if w.filled += rdwLength + len(part); w.filled > w.full {
		return fmt.Errorf("record %d: a segment of %d bytes does not fit a block of %d", w.record, len(part), w.full)
	}
	return w.put(word[:], part)
}

// nextBlock ends the block of a spanned format.
func (w *Writer) nextBlock() error {
	w.filled = 0
	return w.endBlock()
}
