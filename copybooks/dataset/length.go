package dataset

import "fmt"

// LengthRule tells the length of a record from its first bytes, in files that
// have neither one record length nor descriptor words.
type LengthRule interface {
	// Least is how many bytes of a record RecordLength has to see.
	Least() int
	// RecordLength returns the whole length of the record that starts with head.
	RecordLength(head []byte) (int, error)
}

// ruled returns the length of the record at the start of b, which has at least
// Least bytes.
func (f *Format) ruled(b []byte) (int, error) {
	n, err := f.Length.RecordLength(b)
	switch {
	case err != nil:
		return 0, err
	case n < max(1, f.Length.Least()):
		return 0, fmt.Errorf("the record's length would be %d, its length field alone ends at byte %d", n, f.Length.Least())
	case n > f.longest():
		return 0, fmt.Errorf("the record's length would be %d, more than %d", n, f.longest())
	}
	return n, nil
}

// nextRuled cuts a record whose own bytes say how long it is.
func (r *Reader) nextRuled() ([]byte, error) {
	least := max(1, r.format.Length.Least())
	if len(r.buf)-r.pos < least && !r.fill(least) {
		return nil, r.end("a record up to its length field", least)
	}
	n, err := r.format.ruled(r.buf[r.pos:])
	if err != nil {
		return nil, r.fail(err.Error(), "")
	}
	return r.take("a record", 0, n)
}

// writeRuled writes a record that says how long it is, if it says the truth.
func (w *Writer) writeRuled(rec []byte) error {
	if len(rec) < w.format.Length.Least() {
		return fmt.Errorf("record %d is %d bytes long, its length field ends at byte %d", w.record, len(rec), w.format.Length.Least())
	}
	n, err := w.format.ruled(rec)
	if err != nil {
		return fmt.Errorf("record %d: %w", w.record, err)
	}
	if n != len(rec) {
		return fmt.Errorf("record %d is %d bytes long, its length field says %d", w.record, len(rec), n)
	}
	return w.put(nil, rec)
}
