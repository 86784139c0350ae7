package stream

import (
	"errors"
	"fmt"

	"tidewaiter/copybooks"
)

const (
	batchBytes   = 1 << 18
	batchRecords = 1 << 13
)

// batch is a run of records, and after a worker had it, what became of them.
type batch struct {
	data    []byte
	framing []byte // JSON members that say how records stand in the file
	records []record
	part    Part
	bad     []Bad
	faults  map[string]int64
	badIn   int64 // records with bad fields
	written int64
	// undecided are the records left out because a test could not be decided.
	undecided int64
	lengths   Disagreements
	end       bool  // the dataset ends with the batch
	failed    error // why the last record of the batch, and the run, ends here
	done      chan struct{}
}

// record is one record of a batch.
type record struct {
	end    int // in data; it starts where the one before ends
	framed int // the same in framing
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

func newBatch(p Part) *batch {
	return &batch{data: make([]byte, 0, batchBytes+1<<15), part: p, done: make(chan struct{}, 1), faults: map[string]int64{}}
}

func (b *batch) reset() {
	b.part.Reset()
	b.data, b.framing, b.records, b.bad = b.data[:0], b.framing[:0], b.records[:0], b.bad[:0]
	b.lengths = b.lengths[:0]
	b.badIn, b.written, b.undecided, b.end, b.failed = 0, 0, 0, false, nil
	clear(b.faults)
}

func (b *batch) add(rec []byte, offset int64) {
	b.data = append(b.data, rec...)
	b.records = append(b.records, record{len(b.data), len(b.framing), offset})
}

func (b *batch) full(bound int) bool {
	return len(b.data) >= batchBytes || len(b.records) >= batchRecords || bound > 0 && len(b.data) >= bound
}

// decode adds the records of the batch to its part; first is the number of the
// first.
func (b *batch) decode(o *Options, first int64, scratch *[]byte) {
	start, framed := 0, 0
	for i, r := range b.records {
		rec := b.data[start:r.end]
		framing := b.framing[framed:r.framed]
		start, framed = r.end, r.framed
		number := first + int64(i)
		passes, undecided := o.Router.let(rec)
		if undecided != nil {
			b.leaveOut(o, number, r.offset, undecided)
		}
		if b.failed != nil {
			return
		}
		if !passes {
			continue
		}
		if p, ok := b.part.(placedPart); ok {
			p.place(number, r.offset)
		}
		errs, err := b.one(o, rec, standing{number, r.offset, b.end && i == len(b.records)-1}, scratch)
		if p, ok := b.part.(framedPart); ok && len(framing) > 0 && !(o.Strict && len(errs) > 0) {
			p.frame(framing)
		}
		if len(errs) > 0 {
			b.addBad(Bad{number, r.offset, errs})
			if o.Strict {
				err = &errs[0]
			}
		}
		if err != nil {
			b.failed = &RecordError{number, r.offset, err}
			return
		}
		b.written++
	}
}

// leaveOut notes a record that may or may not be asked for.
func (b *batch) leaveOut(o *Options, number, offset int64, undecided error) {
	err := fmt.Errorf("whether it is asked for cannot be decided: %w", undecided)
	if o.Strict {
		b.failed = &RecordError{number, offset, err}
		return
	}
	b.undecided++
	if bad := (&copybooks.FieldError{}); errors.As(undecided, &bad) && len(b.bad) < keptBad {
		b.bad = append(b.bad, Bad{number, offset, []copybooks.FieldError{*bad}})
	}
}

// one adds a record. One of an unknown type is bad as a whole.
func (b *batch) one(o *Options, rec []byte, at standing, scratch *[]byte) ([]copybooks.FieldError, error) {
	target, unknown := o.Router.route(rec, at, scratch)
	if unknown == nil {
		errs, err := b.part.Add(rec, target, o.Strict)
		b.lengths.Note(target.Codec.Layout(), at.number, at.offset, len(rec), errs)
		return errs, err
	}
	if !o.Strict {
		b.part.AddUnknown(unknown)
	}
	return []copybooks.FieldError{*unknown}, nil
}

func (b *batch) addBad(bad Bad) {
	b.badIn++
	for i := range bad.Fields {
		b.faults[bad.Fields[i].Field]++
	}
	if len(b.bad) < keptBad {
		b.bad = append(b.bad, bad)
	}
}
