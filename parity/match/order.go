package match

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// contextEvery is how many records pass between two looks at the context.
const contextEvery = 4096

// ErrChanged is returned when an input, read a second time, did not give the
// items it gave the first time.
var ErrChanged = errors.New("input changed while it was compared")

// Ordered gives the items of one side in order: by key, record bytes, number.
type Ordered struct {
	items  int64
	spills int
	next   func(*Item) error
	close  func() error
}

// Items is how many items the side has.
func (o *Ordered) Items() int64 { return o.items }

// Spills is how many runs were written to the temporary folder.
func (o *Ordered) Spills() int { return o.spills }

// Next gives the next item, io.EOF at the end. Its slices are valid until the
// next call.
func (o *Ordered) Next(it *Item) error { return o.next(it) }

// Close removes what ordering wrote and closes what it opened.
func (o *Ordered) Close() error { return o.close() }

// Order reads first to its end, closes it, and gives its items in order. Again
// opens the same input once more; with it an input that is in order already is
// read twice instead of being written to disk. Pass nil when a second reading
// could give something else, as a query could.
func Order(ctx context.Context, first Cursor, again func() (Cursor, error), keyLen int, o Options) (*Ordered, error) {
	in := &ordering{ctx: ctx, sorter: newSorter(keyLen, o), keep: true, rereadable: again != nil}
	if err := errors.Join(in.read(first), first.Close()); err != nil {
		return nil, errors.Join(err, in.sorter.close())
	}
	if in.keep {
		return in.fromSorter()
	}
	in.sorter.release()
	second, err := again()
	if err != nil {
		return nil, err
	}
	if in.inOrder {
		return in.replay(second, keyLen), nil
	}
	return in.sortAgain(second)
}

// ordering is the state of reading one side the first time.
type ordering struct {
	ctx        context.Context
	sorter     *sorter
	items      int64
	keep       bool // items go into the sorter
	rereadable bool
	inOrder    bool // no item so far came before its predecessor; meaningful once keep is false
	last       []byte
	scratch    []byte
}

func (in *ordering) read(c Cursor) error {
	var it Item
	for {
		if in.items%contextEvery == 0 && in.ctx.Err() != nil {
			return context.Cause(in.ctx)
		}
		err := c.Next(&it)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(it.Key) != in.sorter.keyLen {
			return fmt.Errorf("record %d has a key of %d bytes, not %d", it.Number, len(it.Key), in.sorter.keyLen)
		}
		in.items++
		if err := in.take(&it); err != nil {
			return err
		}
	}
}

// take keeps an item, or only looks whether the order still holds.
func (in *ordering) take(it *Item) error {
	if in.keep && in.sorter.full(in.sorter.entrySize(it)) {
		if in.rereadable && len(in.sorter.runs) == 0 && in.sorter.ordered {
			in.keep, in.inOrder = false, true
			in.last = append(in.last, in.sorter.entry(in.sorter.refs[len(in.sorter.refs)-1])...)
		} else if err := in.sorter.spill(in.ctx); err != nil {
			return err
		}
	}
	if in.keep {
		in.sorter.add(it)
		return nil
	}
	if in.inOrder {
		in.scratch = appendEntry(in.scratch[:0], it)
		in.inOrder = compareEntries(in.last, in.scratch, in.sorter.keyLen) < 0
		in.last, in.scratch = in.scratch, in.last
	}
	return nil
}

func (in *ordering) fromSorter() (*Ordered, error) {
	merged, err := in.sorter.sorted()
	if err != nil {
		return nil, errors.Join(err, in.sorter.close())
	}
	keyLen := in.sorter.keyLen
	return &Ordered{
		items:  in.items,
		spills: len(in.sorter.runs),
		next: func(it *Item) error {
			entry, err := merged.next()
			if err != nil {
				return err
			}
			it.fromEntry(entry, keyLen)
			return nil
		},
		close: func() error { return errors.Join(merged.close(), in.sorter.close()) },
	}, nil
}

// sortAgain reads the input a second time, now sorting all of it.
func (in *ordering) sortAgain(second Cursor) (*Ordered, error) {
	again := &ordering{ctx: in.ctx, sorter: newSorter(in.sorter.keyLen, in.sorter.opts), keep: true}
	err := errors.Join(again.read(second), second.Close())
	if err == nil && again.items != in.items {
		err = fmt.Errorf("%w: %d records at first, then %d", ErrChanged, in.items, again.items)
	}
	if err != nil {
		return nil, errors.Join(err, again.sorter.close())
	}
	return again.fromSorter()
}

// replay gives the items of an input that is in order straight from it, and
// holds it to what the first reading saw.
func (in *ordering) replay(second Cursor, keyLen int) *Ordered {
	var (
		given int64
		last  = make([]byte, 0, keyLen)
	)
	next := func(it *Item) error {
		err := second.Next(it)
		if errors.Is(err, io.EOF) && given != in.items {
			return fmt.Errorf("%w: %d records at first, then %d", ErrChanged, in.items, given)
		}
		if err != nil {
			return err
		}
		if bytes.Compare(last, it.Key) > 0 {
			return fmt.Errorf("%w: record %d is out of order", ErrChanged, it.Number)
		}
		given++
		last = append(last[:0], it.Key...)
		return nil
	}
	return &Ordered{items: in.items, next: next, close: second.Close}
}
