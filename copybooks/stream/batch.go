package stream

import "tidewaiter/copybooks"

const (
	batchBytes   = 1 << 18
	batchRecords = 1 << 13
)

// batch is a run of records, and after a worker had it, their JSON lines.
type batch struct {
	data    []byte
	records []record
	out     []byte
	bad     []Bad
	faults  map[string]int64
	badIn   int64 // records with bad fields
	written int64
	cut     int // bytes of out before the first bad record
	done    chan struct{}
}

// record is one record of a batch.
type record struct {
	end    int // in data; it starts where the one before ends
	offset int64
}

// Bad is a record with fields that hold no value.
type Bad struct {
	Record int64 // 1-based number in the dataset
	Offset int64 // byte offset in the dataset
	Fields []copybooks.FieldError
}

// keptBad is how many bad records a batch keeps whole; it counts them all.
const keptBad = 20

func newBatch() *batch {
	return &batch{data: make([]byte, 0, batchBytes+1<<15), done: make(chan struct{}, 1), faults: map[string]int64{}}
}

func (b *batch) reset() {
	b.data, b.records, b.out, b.bad = b.data[:0], b.records[:0], b.out[:0], b.bad[:0]
	b.badIn, b.written, b.cut = 0, 0, -1
	clear(b.faults)
}

func (b *batch) add(rec []byte, offset int64) {
	b.data = append(b.data, rec...)
	b.records = append(b.records, record{len(b.data), offset})
}

func (b *batch) full() bool { return len(b.data) >= batchBytes || len(b.records) >= batchRecords }

// decode writes the records of the batch; first is the number of the first.
func (b *batch) decode(o *Options, first int64, scratch *[]byte) {
	start := 0
	for i, r := range b.records {
		rec := b.data[start:r.end]
		start = r.end
		if !o.Router.let(rec, scratch) {
			continue
		}
		before := len(b.out)
		if errs := b.line(o.Router, rec, scratch); len(errs) > 0 {
			b.addBad(Bad{first + int64(i), r.offset, errs}, before)
			if o.Strict {
				return
			}
		}
		b.written++
	}
}

// line writes one record. A record of an unknown type becomes an object that
// has nothing but its bytes and what is wrong.
func (b *batch) line(r *Router, rec []byte, scratch *[]byte) (errs []copybooks.FieldError) {
	target, unknown := r.route(rec, scratch)
	if unknown != nil {
		errs = []copybooks.FieldError{*unknown}
		b.out = append(copybooks.AppendErrors(append(b.out, '{'), errs), '}')
	} else {
		b.out, errs = target.Codec.AppendJSON(b.out, rec, target.JSON)
	}
	b.out = append(b.out, '\n')
	return errs
}

func (b *batch) addBad(bad Bad, before int) {
	if b.badIn == 0 {
		b.cut = before
	}
	b.badIn++
	for i := range bad.Fields {
		b.faults[bad.Fields[i].Field]++
	}
	if len(b.bad) < keptBad {
		b.bad = append(b.bad, bad)
	}
}
