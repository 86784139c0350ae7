package match

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// Kind says how the two sides of a pair stand to each other.
type Kind uint8

const (
	Paired    Kind = iota // the key occurs once on each side
	LeftOnly              // once on the left, not on the right
	RightOnly             // once on the right, not on the left
	Duplicate             // more than once on a side
)

// Pair is one outcome of the join. Left or Right is nil where the side has no
// record for it. It is valid until the function it was given to returns.
type Pair struct {
	Kind        Kind
	Left, Right *Item
	Ordinal     int // of a Duplicate: its 1-based place among the records of its key
}

// Stream gives items in order; Ordered is one.
type Stream interface{ Next(*Item) error }

// Join pairs two ordered sides and gives every item to fn exactly once, by
// ascending key. The records of a duplicated key come out one by one, paired
// in order of their bytes as far as both sides have them.
func Join(ctx context.Context, left, right Stream, fn func(*Pair) error) error {
	l, r := &side{stream: left}, &side{stream: right}
	if err := errors.Join(l.begin(), r.begin()); err != nil {
		return err
	}
	var (
		pair Pair
		last []byte // the key of the duplicate group being given out
		dup  bool
	)
	for n := 0; ; n++ {
		if n%contextEvery == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		order := l.compare(r)
		if order == nobody {
			return nil
		}
		key := l
		if order > 0 {
			key = r
		}
		if dup && !bytes.Equal(last, key.item.Key) {
			dup = false
		}
		if !dup && (order <= 0 && l.repeats() || order >= 0 && r.repeats()) {
			dup, pair.Ordinal = true, 0
			last = append(last[:0], key.item.Key...)
		}
		pair.set(l, r, order, dup)
		if err := fn(&pair); err != nil {
			return err
		}
		if err := advance(l, r, order); err != nil {
			return err
		}
	}
}

func (p *Pair) set(l, r *side, order int, dup bool) {
	p.Left, p.Right = nil, nil
	if order <= 0 {
		p.Left = &l.item
	}
	if order >= 0 {
		p.Right = &r.item
	}
	switch {
	case dup:
		p.Kind = Duplicate
		p.Ordinal++
		return
	case order == 0:
		p.Kind = Paired
	case order < 0:
		p.Kind = LeftOnly
	default:
		p.Kind = RightOnly
	}
	p.Ordinal = 0
}

func advance(l, r *side, order int) error {
	if order <= 0 {
		if err := l.advance(); err != nil {
			return err
		}
	}
	if order >= 0 {
		return r.advance()
	}
	return nil
}

// side is one stream with one item of look-ahead.
type side struct {
	stream     Stream
	item, next Item // copies, since a stream reuses its memory
	has, more  bool
	buffers    [2][]byte
	turn       int
}

func (s *side) begin() error {
	if err := s.fetch(); err != nil {
		return err
	}
	return s.advance()
}

func (s *side) advance() error {
	s.item, s.has = s.next, s.more
	if !s.more {
		return nil
	}
	return s.fetch()
}

// fetch copies the stream's next item into the buffer that the current item
// does not use.
func (s *side) fetch() error {
	var it Item
	err := s.stream.Next(&it)
	if errors.Is(err, io.EOF) {
		s.more, s.next = false, Item{}
		return nil
	}
	if err != nil {
		return err
	}
	s.turn = 1 - s.turn
	buffer := append(s.buffers[s.turn][:0], it.Key...)
	buffer = append(buffer, it.Record...)
	s.buffers[s.turn] = buffer
	k := len(it.Key)
	s.next = Item{Key: buffer[:k:k], Record: buffer[k:], Number: it.Number, Offset: it.Offset}
	s.more = true
	return nil
}

// repeats reports whether the next item has the key of this one.
func (s *side) repeats() bool { return s.more && bytes.Equal(s.item.Key, s.next.Key) }

// nobody is compare's answer when both sides have ended.
const nobody = 2

func (s *side) compare(o *side) int {
	switch {
	case s.has && o.has:
		return bytes.Compare(s.item.Key, o.item.Key)
	case s.has:
		return -1
	case o.has:
		return 1
	}
	return nobody
}
