package dataset

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
)

// Writer writes records in a record format. Call Flush at the end.
type Writer struct {
	dst    *bufio.Writer
	format Format
	record int64
	word   [rdwLength]byte
}

// NewWriter returns a writer of records to dst. It writes no block descriptor
// words: a transferred VB file has none.
func NewWriter(dst io.Writer, f Format) (*Writer, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	if f.BDW {
		return nil, fmt.Errorf("writing block descriptor words is not supported")
	}
	return &Writer{dst: bufio.NewWriterSize(dst, 1<<18), format: f}, nil
}

// Write adds one record. A fixed record must be exactly LRECL bytes long: it
// is never padded or cut.
func (w *Writer) Write(rec []byte) error {
	w.record++
	if !w.format.variable() {
		if len(rec) != w.format.LRECL {
			return fmt.Errorf("record %d is %d bytes long, LRECL is %d", w.record, len(rec), w.format.LRECL)
		}
		_, err := w.dst.Write(rec)
		return err
	}
	n := len(rec) - w.format.RDW.Adjust
	if !w.format.RDW.ExcludesSelf {
		n += rdwLength
	}
	if n < 0 || n > 0xFFFF {
		return fmt.Errorf("record %d is %d bytes long, its RDW would read %d", w.record, len(rec), n)
	}
	w.put(uint16(n))
	if length, ok := w.format.recordLength(w.word[:]); !ok || length != len(rec) {
		return fmt.Errorf("record %d is %d bytes long, more than the largest record of the dataset", w.record, len(rec))
	}
	if _, err := w.dst.Write(w.word[:]); err != nil {
		return err
	}
	_, err := w.dst.Write(rec)
	return err
}

func (w *Writer) put(n uint16) {
	w.word = [rdwLength]byte{}
	if w.format.RDW.LittleEndian {
		binary.LittleEndian.PutUint16(w.word[:], n)
		return
	}
	binary.BigEndian.PutUint16(w.word[:], n)
}

// Flush writes what is buffered.
func (w *Writer) Flush() error { return w.dst.Flush() }
