package stream

import (
	"context"
	"errors"
	"fmt"
	"io"

	"golang.org/x/sync/errgroup"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
)

// Output takes the records of a dataset, batch by batch.
type Output interface {
	// Part returns a new part. Several are filled at the same time, each by one
	// worker, and used again once they are written.
	Part() Part
	// Write writes a part. One goroutine calls it, in the order of the records.
	Write(Part) error
}

// Part is what becomes of a batch of records.
type Part interface {
	Reset()
	// Add takes a record that the router sent to the target and returns its bad
	// fields. A strict part does not keep a record that has some. The error says
	// why the record cannot be written at all.
	Add(rec []byte, to *Target, strict bool) ([]copybooks.FieldError, error)
	// AddUnknown takes a record of no known type.
	AddUnknown(*copybooks.FieldError)
}

// framedPart is a part that keeps how a record stands in the file.
type framedPart interface{ frame(members []byte) }

// placedPart is a part that is told which record is added next.
type placedPart interface{ place(number, offset int64) }

// Options of Run and ToJSON.
type Options struct {
	Router *Router
	Jobs   int   // workers, at least one
	Limit  int64 // stop after so many records, 0 for all
	Strict bool  // stop before the first record with a bad field
	// Prefix and Suffix are bytes to leave out at the ends of each record.
	Prefix, Suffix int
	// Framing adds to JSON lines what encode needs to write the same file again:
	// the bytes of Prefix and Suffix as "_prefix" and "_suffix", and what the
	// reader was told to keep as "_framing".
	Framing bool
	// Nesting puts the JSON lines of children into those of their parents.
	Nesting *Nesting
	// BatchBytes bounds the bytes of the records of a batch below its usual size,
	// 0 does not.
	BatchBytes int
	// Report, when set, is called for bad records in their order, for a bounded
	// number of each batch.
	Report func(Bad)
}

// Summary counts what Run did.
type Summary struct {
	Read, Written, Bad int64
	// Undecided are the records left out because a test of Router.Where could not
	// be decided for them.
	Undecided int64
	Bytes     int64            // of the records, without RDWs
	Faults    map[string]int64 // bad values by field
	Lengths   Disagreements    // records that are longer or shorter than their layout
}

// RecordError is a record that ended the run.
type RecordError struct {
	Record, Offset int64
	Err            error
}

// Error names record and offset.
func (e *RecordError) Error() string {
	return fmt.Sprintf("record %d at byte %d: %s", e.Record, e.Offset, e.Err)
}

// Unwrap returns the cause.
func (e *RecordError) Unwrap() error { return e.Err }

// Run reads the records of src into out.
func Run(ctx context.Context, src *dataset.Reader, out Output, o Options) (Summary, error) {
	jobs := max(o.Jobs, 1)
	free := make(chan *batch, 2*jobs+1)
	for range cap(free) {
		free <- newBatch(out.Part())
	}
	work := make(chan job, cap(free))
	ordered := make(chan *batch, cap(free))
	sum := Summary{Faults: map[string]int64{}}
	group, ctx := errgroup.WithContext(ctx)
	var framing error
	group.Go(func() error {
		defer close(work)
		defer close(ordered)
		framing = split(ctx, src, o, &sum, free, work, ordered)
		return nil
	})
	for range jobs {
		group.Go(func() error {
			var scratch []byte
			for j := range work {
				j.batch.decode(&o, j.first, &scratch)
				j.batch.done <- struct{}{}
			}
			return nil
		})
	}
	group.Go(func() error { return merge(ctx, out, o, &sum, free, ordered) })
	err := group.Wait()
	if err == nil {
		err = framing
	}
	return sum, err
}

// job is a batch with the number of its first record.
type job struct {
	batch *batch
	first int64
}

// split cuts the dataset into batches and hands each to the workers and, in
// order, to merge. Where a rule is about the last record, a batch is held until
// it is known whether another follows.
func split(ctx context.Context, src *dataset.Reader, o Options, sum *Summary, free <-chan *batch, work chan<- job, ordered chan<- *batch) error {
	hold := o.Router.asksForLast()
	var held *job
	hand := func(j job) {
		work <- j
		ordered <- j.batch
	}
	for {
		if err := ctx.Err(); err != nil {
			return err // select below takes a free batch as well
		}
		var b *batch
		select {
		case b = <-free:
		case <-ctx.Done():
			return ctx.Err()
		}
		b.reset()
		next := job{b, src.Record() + 1}
		err := collect(b, src, o, sum)
		last := errors.Is(err, io.EOF)
		if held != nil && (len(b.records) > 0 || err != nil) {
			held.batch.end = last && len(b.records) == 0
			hand(*held)
			held = nil
		}
		switch {
		case len(b.records) > 0 && hold && err == nil:
			held = &next
		case len(b.records) > 0:
			b.end = last
			hand(next)
		}
		if last || errors.Is(err, errLimit) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// errLimit ends a run at Options.Limit, not at the end of the dataset.
var errLimit = errors.New("limit reached")

// collect fills one batch.
func collect(b *batch, src *dataset.Reader, o Options, sum *Summary) error {
	for !b.full(o.BatchBytes) {
		if o.Limit > 0 && sum.Read == o.Limit {
			return errLimit
		}
		rec, err := src.Next()
		if err != nil {
			return err
		}
		if len(rec) < o.Prefix+o.Suffix {
			return &RecordError{src.Record(), src.Offset(), fmt.Errorf("%d bytes are fewer than its prefix of %d and suffix of %d", len(rec), o.Prefix, o.Suffix)}
		}
		sum.Read++
		sum.Bytes += int64(len(rec))
		if o.Framing {
			b.framing = appendFraming(b.framing, rec[:o.Prefix], rec[len(rec)-o.Suffix:], src.Framing())
		}
		b.add(rec[o.Prefix:len(rec)-o.Suffix], src.Offset())
	}
	return nil
}

// merge writes the batches in order.
func merge(ctx context.Context, out Output, o Options, sum *Summary, free chan<- *batch, ordered <-chan *batch) error {
	for b := range ordered {
		select {
		case <-b.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := out.Write(b.part); err != nil {
			return err
		}
		if err := b.account(o, sum); err != nil {
			return err
		}
		free <- b
	}
	return nil
}

// account adds a written batch to the summary and returns the error that ends
// the run.
func (b *batch) account(o Options, sum *Summary) error {
	sum.Written += b.written
	sum.Bad += b.badIn
	sum.Undecided += b.undecided
	for _, d := range b.lengths {
		sum.Lengths.add(d)
	}
	for name, n := range b.faults {
		sum.Faults[name] += n
	}
	if o.Report != nil {
		for _, bad := range b.bad {
			o.Report(bad)
		}
	}
	return b.failed
}
