package dataset

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Writer writes records in a record format. Call Flush at the end.
type Writer struct {
	dst    *bufio.Writer
	format Format
	record int64
	block  []byte // the block being filled, when blocks matter
	full   int    // bytes a block may have without its BDW
	short  bool   // a block of U was shorter than LRECL
	filled int    // bytes of the block that spanned records have taken
	kept   int    // bytes that a block begun by WriteFramed still lacks
}

// NewWriter returns a writer of records to dst.
func NewWriter(dst io.Writer, f Format) (*Writer, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	w := &Writer{dst: bufio.NewWriterSize(dst, 1<<18), format: f, full: f.BLKSIZE}
	if w.full == 0 {
		w.full = maxBLKSIZE
	}
	if f.RECFM == D {
		w.full = min(w.full, maxDecimal)
	}
	w.full -= rdwLength
	if f.BDW && f.fixed() && f.LRECL > w.full {
		return nil, fmt.Errorf("LRECL %d has no room in a block of %d bytes with its BDW", f.LRECL, w.full+rdwLength)
	}
	return w, nil
}

// Write adds one record. A fixed record must be exactly LRECL bytes long: it
// is never padded or cut.
func (w *Writer) Write(rec []byte) error {
	if err := w.checkKept(); err != nil {
		return err
	}
	w.record++
	switch {
	case w.format.fixed() && len(rec) != w.format.LRECL:
		return fmt.Errorf("record %d is %d bytes long, LRECL is %d", w.record, len(rec), w.format.LRECL)
	case w.format.fixed():
		return w.put(nil, rec)
	case w.format.RECFM == Text:
		return w.writeLine(rec)
	case w.format.Length != nil:
		return w.writeRuled(rec)
	case w.format.RECFM == U:
		return w.writeUndefined(rec)
	case w.format.spanned():
		return w.writeSegments(rec)
	}
	var word [rdwLength]byte
	if err := w.describe(&word, len(rec)); err != nil {
		return err
	}
	return w.put(word[:], rec)
}

// describe writes the descriptor word of a record of n bytes.
func (w *Writer) describe(word *[rdwLength]byte, n int) error {
	if err := w.format.describe(word, n); err != nil {
		return fmt.Errorf("record %d %w", w.record, err)
	}
	return nil
}

func (f *Format) describe(word *[rdwLength]byte, n int) error {
	stated := n - f.RDW.Adjust
	if !f.RDW.ExcludesSelf {
		stated += rdwLength
	}
	if stated < 0 || stated > 0xFFFF || f.RECFM == D && stated > maxDecimal {
		return fmt.Errorf("is %d bytes long, its RDW would read %d", n, stated)
	}
	if f.RECFM == D {
		decimal(word[:], stated)
	} else {
		f.RDW.write(word[:], uint16(stated))
	}
	if length, ok := f.descriptor(word[:]); !ok || length != n {
		return fmt.Errorf("is %d bytes long, more than the largest record of the dataset", n)
	}
	return nil
}

// decimal writes n in ASCII digits, as ISO/ANSI tapes have them.
func decimal(word []byte, n int) {
	for i := len(word) - 1; i >= 0; i-- {
		word[i], n = byte('0'+n%10), n/10
	}
}

func (w *Writer) writeLine(rec []byte) error {
	delimiter := w.format.delimiter()
	if bytes.Contains(rec, []byte(delimiter)) {
		return fmt.Errorf("record %d holds the delimiter X'%X' of its lines", w.record, delimiter)
	}
	if len(rec) > w.format.longest() {
		return fmt.Errorf("record %d is %d bytes long, more than %d", w.record, len(rec), w.format.longest())
	}
	if _, err := w.dst.Write(rec); err != nil {
		return err
	}
	_, err := w.dst.WriteString(delimiter)
	return err
}

// writeUndefined writes one block. Without a BDW a reader cuts blocks of LRECL
// bytes: a shorter one can only be the last.
func (w *Writer) writeUndefined(rec []byte) error {
	if len(rec) == 0 || w.format.LRECL > 0 && len(rec) > w.format.LRECL {
		return fmt.Errorf("record %d is %d bytes long, a block has 1 to %d", w.record, len(rec), w.format.longest())
	}
	if w.format.BDW {
		return w.put(nil, rec)
	}
	if w.short {
		return fmt.Errorf("record %d follows one of fewer than %d bytes: no reader could tell them apart", w.record, w.format.LRECL)
	}
	w.short = len(rec) < w.format.LRECL
	_, err := w.dst.Write(rec)
	return err
}

// Flush writes what is buffered, and so ends a block.
func (w *Writer) Flush() error {
	if err := w.checkKept(); err != nil {
		return errors.Join(err, w.dst.Flush())
	}
	if err := w.endBlock(); err != nil {
		return err
	}
	return w.dst.Flush()
}
