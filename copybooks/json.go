package copybooks

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"tidewaiter/ebcdic"
)

// Trim says which blanks of a text field are padding.
type Trim uint8

// TrimPadding takes away the blanks that pad the field: trailing ones, or
// leading ones of a JUSTIFIED field. Encoding puts them back.
const (
	TrimPadding Trim = iota
	TrimNone
	TrimLeft
	TrimRight
	TrimBoth
)

// JSONOptions choose the form of the JSON. The zero value keeps copybook names,
// drops FILLER and trims padding.
type JSONOptions struct {
	Names    Names
	Trim     Trim
	Fillers  bool // keep FILLER, as FILLER-1, FILLER-2 ... within its group
	OmitNull bool // leave a field without value out instead of writing null
	Raw      bool // add "_raw", the whole record in hexadecimal
	Root     bool // put the record into a member with the record's name
	// Record adds "_record" with the record's name in front, so that records
	// of several layouts can stand in one file.
	Record bool
	Choice Choice
}

// AppendJSON appends rec as one JSON object, without a line end, and returns
// the fields that hold no value. They are null in the object and listed under
// "_errors" with offset, bytes and reason. Nothing else allocates.
func (c *Codec) AppendJSON(dst, rec []byte, o JSONOptions) ([]byte, []FieldError) {
	w := jsonWriter{codec: c, rec: rec, o: o, dst: append(dst, '{')}
	if o.Record {
		w.dst = append(w.dst, `"_record":`...)
		w.dst = strconv.AppendQuote(w.dst, c.layout.Name)
	}
	if o.Root {
		w.comma()
		w.dst = strconv.AppendQuote(w.dst, o.Names.Form(c.layout.Name))
		w.dst = append(w.dst, ':', '{')
	}
	w.measure()
	w.run()
	w.rest()
	if o.Root {
		w.dst = append(w.dst, '}')
	}
	if len(w.errs) > 0 {
		w.comma()
		w.dst = AppendErrors(w.dst, w.errs)
	}
	if o.Raw {
		w.comma()
		w.dst = append(w.dst, `"_raw":"`...)
		w.dst = append(hex.AppendEncode(w.dst, rec), '"')
	}
	return append(w.dst, '}'), w.errs
}

// jsonWriter runs the plan over one record.
type jsonWriter struct {
	codec *Codec
	rec   []byte
	dst   []byte
	o     JSONOptions
	frame frame
	base  int // bytes of the occurrences before the current ones
	loops [maxDimensions]loop
	depth int
	errs  []FieldError
	// picked is the redefinition in use of the overlay that was asked last.
	picked struct {
		of *ruledOverlay
		at int
	}
}

// loop is a table being written.
type loop struct {
	index, count int
	base         int
	start        int // the step its occurrences start with
	dim          *dimension
}

// measure reads the counters. Tables after a bad one have no known place.
func (w *jsonWriter) measure() {
	if len(w.codec.tables) > 0 {
		w.frame.room, w.frame.choice = len(w.rec), w.o.Choice
		w.measureTables(w.codec.measured)
	}
}

// measureTables measures the tables of the record, or those of one occurrence.
func (w *jsonWriter) measureTables(tables []int) {
	// The error is reported where the table stands in the record.
	_ = w.codec.measure(w.rec, &w.frame, tables)
}

func (w *jsonWriter) comma() {
	if last := w.dst[len(w.dst)-1]; last != '{' && last != '[' {
		w.dst = append(w.dst, ',')
	}
}

func (w *jsonWriter) key(s *op) {
	key := s.keys[w.o.Names]
	if key == "" {
		w.comma()
		return
	}
	if w.dst[len(w.dst)-1] == '{' {
		key = key[1:]
	}
	w.dst = append(w.dst, key...)
}

func (w *jsonWriter) run() {
	plan := w.codec.plan
	hidden, ruled := w.o.Choice.hidden, w.o.Choice.ruled
	for pc := 0; pc < len(plan); {
		s := &plan[pc]
		if s.filler && !w.o.Fillers || hidden != nil && hidden[pc] {
			pc = s.next
			continue
		}
		if ruled != nil && ruled[pc] != nil && !w.inUse(ruled[pc], pc) {
			pc = s.next
			continue
		}
		switch s.kind {
		case valueOp:
			w.value(s)
			pc++
		case groupOp, elementOp:
			if !w.frame.knows(s.needs) {
				w.null(s)
				pc = s.next
				continue
			}
			w.key(s)
			w.dst = append(w.dst, '{')
			pc++
		case groupEnd, elementEnd:
			w.dst = append(w.dst, '}')
			pc++
		case arrayOp:
			pc = w.startArray(s, pc)
		case arrayEnd:
			pc = w.endArray(pc)
		}
	}
}

func (w *jsonWriter) startArray(s *op, pc int) int {
	if !w.frame.knows(s.needs) {
		w.unmeasured(s)
		return s.next
	}
	count := s.dim.max
	if s.dim.table >= 0 {
		count = int(w.frame.occurs[s.dim.table])
	}
	w.key(s)
	if count == 0 {
		w.dst = append(w.dst, '[', ']')
		return s.next
	}
	w.dst = append(w.dst, '[')
	w.loops[w.depth] = loop{count: count, base: w.base, start: pc + 1, dim: s.dim}
	w.depth++
	w.frame.bases[w.depth], w.frame.index[w.depth-1] = w.base, 0
	if len(s.dim.inner) > 0 {
		w.measureTables(s.dim.inner)
	}
	return pc + 1
}

func (w *jsonWriter) endArray(pc int) int {
	l := &w.loops[w.depth-1]
	if l.index++; l.index < l.count {
		w.base += l.dim.stride.bytes(&w.frame)
		w.frame.bases[w.depth], w.frame.index[w.depth-1] = w.base, l.index
		if len(l.dim.inner) > 0 {
			w.measureTables(l.dim.inner)
		}
		return l.start
	}
	w.base = l.base
	w.depth--
	w.dst = append(w.dst, ']')
	return pc + 1
}

// null writes a member whose value is not known.
func (w *jsonWriter) null(s *op) {
	if w.o.OmitNull && s.keys[0] != "" {
		return
	}
	w.key(s)
	w.dst = append(w.dst, "null"...)
}

// value writes one elementary field.
func (w *jsonWriter) value(s *op) {
	p := s.field
	if !w.frame.knows(s.needs) {
		w.null(s)
		return
	}
	at := s.at.fixed + w.base
	for _, t := range s.at.tables {
		at += int(w.frame.total[t])
	}
	if at+p.length > len(w.rec) {
		w.failed(s, at, w.rec[min(at, len(w.rec)):], ebcdic.Short)
		return
	}
	before := len(w.dst)
	w.key(s)
	b := w.rec[at : at+p.length]
	var fault ebcdic.Fault
	switch {
	case p.straight:
		w.dst, fault = p.number.Append(w.dst, b)
	case p.prints():
		w.dst, fault = p.appendNumber(w.dst, b)
	default:
		fault = w.text(p, b)
	}
	if fault != ebcdic.OK {
		w.dst = w.dst[:before]
		if !w.codec.opts.Lenient || !w.leniently(s, at, b, fault) {
			w.failed(s, at, b, fault)
		}
	}
}

// leniently writes a damaged number as a program may have read it, and keeps the
// error. It reports whether there is such a reading.
func (w *jsonWriter) leniently(s *op, at int, b []byte, fault ebcdic.Fault) bool {
	before := len(w.dst)
	w.key(s)
	key := len(w.dst)
	var read bool
	if w.dst, read = s.field.appendLenient(w.dst, b); !read {
		w.dst = w.dst[:before]
		return false
	}
	reason := fmt.Sprintf("%s, read as %s", fault, w.dst[key:])
	w.errs = append(w.errs, FieldError{Field: w.subscripted(s.field), Offset: at, Bytes: slices.Clone(b), Reason: reason, Fault: fault})
	return true
}

// failed writes null and keeps the error.
func (w *jsonWriter) failed(s *op, at int, b []byte, fault ebcdic.Fault) {
	w.null(s)
	w.errs = append(w.errs, FieldError{Field: w.subscripted(s.field), Offset: at, Bytes: slices.Clone(b), Reason: fault.String(), Fault: fault})
}

// subscripted names the occurrence of p being written.
func (w *jsonWriter) subscripted(p *field) string {
	var subscripts [maxDimensions]int
	for d := range p.dims {
		subscripts[d] = w.loops[d].index
	}
	return p.named(subscripts[:len(p.dims)])
}
