package classify

import (
	"cmp"
	"slices"

	"tidewaiter/parity/compare"
	"tidewaiter/parity/match"
)

// Sample is a differing item kept to be shown.
type Sample struct {
	Sequence    int64 // place among the differing items, in key order
	Verdict     compare.Verdict
	Ordinal     int
	Left, Right *match.Item // copies; nil when there is none
	Findings    []compare.Finding
	Reason      string // of a value that did not fit
}

// Bucket is a group of differing items with one verdict, field, pattern and
// group.
type Bucket struct {
	Verdict compare.Verdict
	Element int // -1: the record as a whole
	Pattern compare.Pattern
	By      []string // values of the dimensions
	Lines   int64
	Delta   int64 // sum of right less left of the field, in its last decimal place
	// Money is right less left that this bucket books to a measure: the one that
	// sums its field, else the first. Measure is -1 when there is none.
	Money   int64
	Measure int
	Keys    []Sample // the first few, for examples
	Samples []Sample // items whose main cause this is, at most Book's bound

	moved map[moved]int64 // what it books to each group of each measure
	first int64           // sequence of its first item
}

type moved struct{ measure, group int }

// examples is how many example keys a bucket keeps.
const examples = 3

// family is what buckets have in common whose patterns may be folded together.
type family struct {
	verdict compare.Verdict
	element int
	by      int
}

type bucketKey struct {
	family
	pattern compare.Pattern
}

// merge takes another bucket's items in.
func (b *Bucket) merge(o *Bucket, bound int) {
	b.Lines += o.Lines
	b.Delta += o.Delta
	b.Money += o.Money
	for at, amount := range o.moved {
		b.moved[at] += amount
	}
	b.first = min(b.first, o.first)
	b.Keys = earliest(append(b.Keys, o.Keys...), examples)
	b.Samples = earliest(append(b.Samples, o.Samples...), bound)
}

func earliest(s []Sample, n int) []Sample {
	slices.SortFunc(s, func(a, b Sample) int { return cmp.Compare(a.Sequence, b.Sequence) })
	return s[:min(n, len(s))]
}

// clone copies an item out of the memory that the join reuses.
func clone(it *match.Item) *match.Item {
	if it == nil {
		return nil
	}
	return &match.Item{Key: slices.Clone(it.Key), Record: slices.Clone(it.Record), Number: it.Number, Offset: it.Offset}
}
