package classify

import (
	"slices"

	"tidewaiter/parity/compare"
	"tidewaiter/parity/match"
	"tidewaiter/parity/record"
)

// mostExact bounds how many exact differences, or pairs of texts, are told
// apart in one family.
const mostExact = 512

// mostGroups bounds the groups that causes are split by; later groups share
// one.
const mostGroups = 4096

// Event is one differing item.
type Event struct {
	Verdict     compare.Verdict
	Ordinal     int // of a duplicate
	Left, Right *match.Item
	Findings    []compare.Finding
	Reason      string // of a value that did not fit its field
	// Patterns are the findings' patterns, in their order.
	Patterns []compare.Pattern
	// UnreadLeft and UnreadRight say that the record is in no total: it is not
	// a record of the layout.
	UnreadLeft, UnreadRight bool
}

// Book collects differing items.
type Book struct {
	schema   *record.Schema
	measures []Measure
	sums     *Sums // only its groups and amounts are used
	by       *groups
	bound    int
	// Sizes makes buckets of size classes from the start, instead of exact
	// differences.
	Sizes    bool
	buckets  map[bucketKey]*Bucket
	exact    map[family]int
	sequence int64
}

// NewBook returns an empty book. by splits causes; bound is how many items a
// cause keeps to be shown.
func NewBook(s *record.Schema, measures []Measure, by []Dimension, bound int) *Book {
	return &Book{
		schema: s, measures: measures, sums: NewSums(s, measures), by: newGroups(s, by), bound: bound,
		buckets: map[bucketKey]*Bucket{}, exact: map[family]int{},
	}
}

// Add books a differing item: once to the bucket of each of its findings, its
// money once for each measure, and itself as a sample to its main cause.
func (b *Book) Add(e *Event) {
	b.sequence++
	rec := record0(e)
	by := -1
	if rec != nil {
		if by = b.by.of(rec); by >= mostGroups {
			by = mostGroups
		}
	}
	touched := make([]*Bucket, 0, 4)
	for i, f := range e.Findings {
		pattern := e.Patterns[i]
		if b.Sizes && pattern.Kind == compare.By {
			pattern = class(pattern)
		}
		bucket := b.bucket(family{f.Verdict, f.Element, by}, pattern)
		bucket.Lines++
		bucket.Delta += f.Delta
		touched = append(touched, bucket)
	}
	if len(touched) == 0 {
		bucket := b.bucket(family{e.Verdict, -1, by}, compare.Pattern{Kind: whole(e), Left: e.Reason})
		bucket.Lines++
		touched = append(touched, bucket)
	}
	b.bookMoney(e, touched)
	b.keep(e, touched)
}

// record0 is the record that says to which group an item belongs: the left one,
// the right one where there is no left.
func record0(e *Event) []byte {
	switch {
	case e.Left != nil && !e.UnreadLeft:
		return e.Left.Record
	case e.Right != nil && !e.UnreadRight:
		return e.Right.Record
	}
	return nil
}

func whole(e *Event) compare.Kind {
	if e.Verdict == compare.Invalid {
		return compare.Undecodable
	}
	return compare.WholeRecord
}

// bucket finds or makes a bucket. When a family has too many exact patterns,
// new ones go to their class.
func (b *Book) bucket(f family, p compare.Pattern) *Bucket {
	if found, ok := b.buckets[bucketKey{f, p}]; ok {
		return found
	}
	if class := class(p); class != p {
		if b.exact[f] >= mostExact {
			return b.bucket(f, class)
		}
		b.exact[f]++
	}
	made := &Bucket{Verdict: f.verdict, Element: f.element, Pattern: p, Measure: b.measureOf(f.element), moved: map[moved]int64{}, first: b.sequence}
	switch {
	case f.by == mostGroups:
		made.By = slices.Repeat([]string{"(other)"}, len(b.by.dimensions))
	case f.by >= 0:
		made.By = b.by.values[f.by]
	default:
		made.By = slices.Repeat([]string{"(unreadable)"}, len(b.by.dimensions))
	}
	b.buckets[bucketKey{f, p}] = made
	return made
}

// measureOf is the measure whose money a bucket states: the one that sums its
// field, else the first.
func (b *Book) measureOf(element int) int {
	for m := range b.measures {
		if b.measures[m].Element == element {
			return m
		}
	}
	return min(0, len(b.measures)-1)
}

// class is the pattern that a too rare exact pattern is folded into: itself
// when it is not exact.
func class(p compare.Pattern) compare.Pattern {
	switch {
	case p.Kind == compare.By && (p.Delta == 1 || p.Delta == -1):
		return p
	case p.Kind == compare.By && p.Delta > 0:
		return compare.Pattern{Kind: compare.LessBySize, Delta: compare.Size(p.Delta)}
	case p.Kind == compare.By:
		return compare.Pattern{Kind: compare.MoreBySize, Delta: compare.Size(p.Delta)}
	case p.Kind == compare.TextPair:
		return compare.Pattern{Kind: compare.OtherText}
	case p.Kind == compare.Undecodable:
		return compare.Pattern{Kind: compare.Undecodable}
	}
	return p
}

// bookMoney books what the item adds to right less left of each measure and
// group: to the finding on the summed field, else to one on a field that the
// measure groups by, else to the first.
func (b *Book) bookMoney(e *Event, touched []*Bucket) {
	for m := range b.measures {
		left, lGroup, lOK := b.read(m, e.Left, e.UnreadLeft)
		right, rGroup, rOK := b.read(m, e.Right, e.UnreadRight)
		if !lOK && !rOK || lOK && rOK && lGroup == rGroup && left == right {
			continue
		}
		bucket := touched[b.cause(m, e.Findings)]
		if lOK {
			bucket.moved[moved{m, lGroup}] -= left
		}
		if rOK {
			bucket.moved[moved{m, rGroup}] += right
		}
		if bucket.Measure == m {
			bucket.Money += right - left // the side that is in no total reads 0
		}
	}
}

func (b *Book) read(m int, it *match.Item, unread bool) (amount int64, group int, ok bool) {
	if it == nil || unread {
		return 0, 0, false
	}
	amount, ok = b.sums.amount(m, it.Record)
	if !ok {
		return 0, 0, false
	}
	return amount, b.sums.groups[m].of(it.Record), true
}

func (b *Book) cause(m int, findings []compare.Finding) int {
	for i, f := range findings {
		if f.Element == b.measures[m].Element {
			return i
		}
	}
	for i, f := range findings {
		for _, d := range b.measures[m].By {
			if slices.Contains(d.Elements, f.Element) {
				return i
			}
		}
	}
	return 0
}

// keep stores the item as an example of each bucket and as a sample of its main
// one, as long as they have room.
func (b *Book) keep(e *Event, touched []*Bucket) {
	main := b.main(e)
	var made *Sample
	sample := func() Sample {
		if made == nil {
			made = &Sample{
				Sequence: b.sequence, Verdict: e.Verdict, Ordinal: e.Ordinal, Left: clone(e.Left), Right: clone(e.Right),
				Findings: slices.Clone(e.Findings), Reason: e.Reason,
			}
		}
		return *made
	}
	for i, bucket := range touched {
		if len(bucket.Keys) < examples {
			bucket.Keys = append(bucket.Keys, sample())
		}
		if i == main && len(bucket.Samples) < b.bound {
			bucket.Samples = append(bucket.Samples, sample())
		}
	}
}

// main is the finding an item is shown under: the worst one, the one on the
// first measure's field before others.
func (b *Book) main(e *Event) int {
	best := 0
	for i, f := range e.Findings {
		switch worst := e.Findings[best]; {
		case f.Verdict > worst.Verdict:
			best = i
		case f.Verdict == worst.Verdict && len(b.measures) > 0 && f.Element == b.measures[0].Element:
			best = i
		}
	}
	return best
}
