package copybooks

import (
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"tidewaiter/ebcdic"
)

// AppendErrors appends the member "_errors" of a JSON record: what AppendJSON
// writes for bad fields, and what stands for a record no layout is known for.
func AppendErrors(dst []byte, errs []FieldError) []byte {
	dst = append(dst, `"_errors":[`...)
	for i := range errs {
		e := &errs[i]
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, `{"field":`...)
		dst = strconv.AppendQuote(dst, e.Field)
		dst = append(dst, `,"offset":`...)
		dst = strconv.AppendInt(dst, int64(e.Offset), 10)
		dst = append(dst, `,"hex":"`...)
		dst = hex.AppendEncode(dst, e.Bytes)
		dst = append(dst, `","reason":`...)
		dst = strconv.AppendQuote(dst, e.Reason)
		dst = append(dst, '}')
	}
	return append(dst, ']')
}

// unmeasured writes null for a table whose counter is no good. It is reported with
// all bytes from its start to the end of the record, since what follows it has no
// known place; or with its own bytes, where tables are stored at their largest. A
// table that has no known place itself is among those bytes.
func (w *jsonWriter) unmeasured(s *op) {
	w.null(s)
	if !w.frame.knows(s.at.needs()) {
		return
	}
	i := s.dim.table
	var bad *FieldError
	if err := w.codec.why(w.rec, w.frame, i); !errors.As(err, &bad) {
		return
	}
	reason := bad.Reason
	if bad.Fault != ebcdic.BadCounter {
		reason = fmt.Sprintf("its counter %s has no value", bad.Field)
	}
	at := min(s.at.bytes(&w.frame)+w.base, len(w.rec))
	b := w.rec[at:]
	if !w.codec.shifts() {
		b = b[:min(len(b), s.field.item.Size())]
	}
	var subscripts [maxDimensions]int
	for d := range w.depth {
		subscripts[d] = w.loops[d].index
	}
	w.errs = append(w.errs, FieldError{Field: s.field.named(subscripts[:w.depth]), Offset: at, Bytes: slices.Clone(b), Reason: reason, Fault: ebcdic.BadCounter})
}

// rest reports a record that is longer than its layout, or shorter by bytes that
// no reported field has.
func (w *jsonWriter) rest() {
	c := w.codec
	if !w.frame.knows(c.length.needs()) {
		return
	}
	n := c.length.bytes(&w.frame)
	switch {
	case n < len(w.rec):
		w.errs = append(w.errs, FieldError{
			Field: c.layout.Name, Offset: n, Bytes: slices.Clone(w.rec[n:]), Fault: ebcdic.TooLong,
			Reason: fmt.Sprintf("the record goes on %d bytes after its layout ends", len(w.rec)-n),
		})
	case n > len(w.rec) && !slices.ContainsFunc(w.errs, func(e FieldError) bool { return e.Fault == ebcdic.Short }):
		w.errs = append(w.errs, FieldError{Field: c.layout.Name, Offset: len(w.rec), Reason: ebcdic.Short.String(), Fault: ebcdic.Short})
	}
}
