package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"tidewaiter/collections/assess"
)

// A batch is handed to a worker when it has so many entries or so many bytes of
// JSON, whichever comes first: enough that handing over costs nothing beside the
// work, and few enough that memory stays bounded.
const (
	batchEntries = 64
	batchBytes   = 1 << 20
)

// keptLines is the largest summary, in lines, whose memory a batch keeps for the
// next ones.
const keptLines = 10_000

// entryBatch is some entries in file order, and what came of them.
type entryBatch struct {
	items  []entryItem // memory of batchEntries; n are in use
	n      int
	end    error // why the source gives no more after these; io.EOF at its end
	output []byte
	report []byte // lines for standard error
	bad    int
	done   chan struct{} // a worker has done all items
}

// fill reads the next entries.
func (b *entryBatch) fill(src summarySource) {
	b.n, b.bad, b.end = 0, 0, nil
	b.output, b.report = b.output[:0], b.report[:0]
	for bytes := 0; b.n < batchEntries && bytes < batchBytes; b.n++ {
		item := &b.items[b.n]
		if cap(item.text) > batchBytes || len(item.summary.Lines) > keptLines {
			*item = entryItem{}
		}
		if b.end = src.next(item); b.end != nil {
			return
		}
		bytes += len(item.text)
	}
}

// assessInOrder does the work of each entry on so many workers, and writes what
// comes of it in the order of the file, whatever their number. It gives the
// number of bad entries and of faults around them. When ctx ends it does not wait for a read that blocks.
func assessInOrder(ctx context.Context, src summarySource, work entryWork, jobs int, out, stderr io.Writer) (bad int, err error) {
	ctx, cancel := context.WithCancel(ctx)
	inFlight := 2*jobs + 1
	spare := make(chan *entryBatch, inFlight)
	for range inFlight {
		spare <- &entryBatch{items: make([]entryItem, batchEntries), done: make(chan struct{}, 1)}
	}
	ordered, todo := make(chan *entryBatch, inFlight), make(chan *entryBatch, inFlight)
	go readBatches(ctx, src, spare, ordered, todo)
	var workers sync.WaitGroup
	for range jobs {
		workers.Go(func() { workBatches(ctx, work, todo) })
	}
	defer workers.Wait()
	defer cancel()
	for {
		var b *entryBatch
		select {
		case b = <-ordered:
		case <-ctx.Done():
			return bad, ctx.Err()
		}
		select {
		case <-b.done:
		case <-ctx.Done():
			return bad, ctx.Err()
		}
		bad += b.bad
		work.progress()
		if err := b.write(out, stderr); err != nil {
			return bad, err
		}
		if b.end != nil {
			bad += work.reportAround(src, stderr)
			if errors.Is(b.end, io.EOF) {
				return bad, nil
			}
			return bad, fmt.Errorf("reading %s: %w", work.name, b.end)
		}
		spare <- b
	}
}

// readBatches reads the source to its end. Both channels have room for all
// batches there are.
func readBatches(ctx context.Context, src summarySource, spare <-chan *entryBatch, ordered, todo chan<- *entryBatch) {
	for {
		select {
		case b := <-spare:
			b.fill(src)
			ordered <- b
			todo <- b
			if b.end != nil {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// workBatches does batches until the context ends.
func workBatches(ctx context.Context, work entryWork, todo <-chan *entryBatch) {
	var a assess.Assessment
	for {
		select {
		case b := <-todo:
			for i := range b.items[:b.n] {
				if ctx.Err() != nil {
					return
				}
				work.do(&b.items[i], &a, b)
			}
			b.done <- struct{}{}
		case <-ctx.Done():
			return
		}
	}
}

// write writes what came of the batch.
func (b *entryBatch) write(out, stderr io.Writer) error {
	if _, err := stderr.Write(b.report); err != nil {
		return fmt.Errorf("writing reports: %w", err)
	}
	if _, err := out.Write(b.output); err != nil {
		return fmt.Errorf("writing assessments: %w", err)
	}
	return nil
}
