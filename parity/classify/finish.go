package classify

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tidewaiter/parity/compare"
)

// ErrIdentity is returned when a difference of totals is not the sum of the
// classified differences.
var ErrIdentity = errors.New("the classified differences do not add up to the difference of the totals")

// rareShare and rareLines say when an exact pattern is too rare to be a cause of
// its own: fewer lines than both allow.
const (
	rareLines = 3
	rareShare = 20 // a twentieth of its family
)

// Finish folds rare exact patterns into their class and returns the buckets,
// those that move most money first.
func (b *Book) Finish() []*Bucket {
	lines := map[family]int64{}
	for key, bucket := range b.buckets {
		lines[key.family] += bucket.Lines
	}
	keys := slices.SortedFunc(maps.Keys(b.buckets), func(x, y bucketKey) int {
		return cmp.Compare(b.buckets[x].first, b.buckets[y].first)
	})
	for _, key := range keys {
		bucket, into := b.buckets[key], class(key.pattern)
		if into == key.pattern || bucket.Lines >= max(rareLines, lines[key.family]/rareShare) {
			continue
		}
		delete(b.buckets, key)
		if b.alone(key, into, keys) {
			b.buckets[key] = bucket
			continue
		}
		b.bucket(key.family, into).merge(bucket, b.bound)
	}
	out := slices.Collect(maps.Values(b.buckets))
	slices.SortFunc(out, order)
	return out
}

// alone reports whether folding would only give a single bucket a vaguer name.
func (b *Book) alone(key bucketKey, into compare.Pattern, keys []bucketKey) bool {
	for _, other := range keys {
		if other != key && other.family == key.family && (other.pattern == into || class(other.pattern) == into) {
			return false
		}
	}
	return true
}

// order puts failing verdicts first, then the larger amount of money, then more
// lines, then the earlier first item.
func order(x, y *Bucket) int {
	passes := func(b *Bucket) int {
		if b.Verdict.Passes() {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(passes(x), passes(y)),
		cmp.Compare(magnitude(y.Money), magnitude(x.Money)),
		cmp.Compare(y.Lines, x.Lines),
		cmp.Compare(x.first, y.first),
		cmp.Compare(x.Element, y.Element),
		cmp.Compare(x.Pattern.Kind, y.Pattern.Kind),
	)
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return uint64(-v)
	}
	return uint64(v)
}

// Total is one group of one measure on both sides.
type Total struct {
	Measure     int
	Group       []string
	Left, Right Sum
	Classified  int64 // sum of what was booked to it
}

// Totals puts both sides and the book together, ordered by measure and group,
// and holds them to the identity: right less left is what was booked.
func (b *Book) Totals(left, right *Sums) ([]Total, error) {
	var (
		out  []Total
		errs []error
	)
	for m := range b.measures {
		booked := map[int]int64{}
		for _, bucket := range b.buckets {
			for at, amount := range bucket.moved {
				if at.measure == m {
					booked[at.group] += amount
				}
			}
		}
		for _, key := range groupKeys(left.groups[m], right.groups[m], b.sums.groups[m]) {
			t := Total{Measure: m, Group: split([]byte(key)), Left: left.group(m, key), Right: right.group(m, key)}
			if n, ok := b.sums.groups[m].index[key]; ok {
				t.Classified = booked[n]
			}
			if t.Right.Amount-t.Left.Amount != t.Classified {
				errs = append(errs, fmt.Errorf("%w: %s of %s: %d on the left, %d on the right, %d classified (in units of the last decimal place)",
					ErrIdentity, b.schema.Elements[b.measures[m].Element].Name, strings.Join(t.Group, " "), t.Left.Amount, t.Right.Amount, t.Classified))
			}
			out = append(out, t)
		}
	}
	return out, errors.Join(errs...)
}

func groupKeys(all ...*groups) []string {
	seen := map[string]bool{}
	for _, g := range all {
		for key := range g.index {
			seen[key] = true
		}
	}
	return slices.SortedFunc(maps.Keys(seen), func(x, y string) int {
		return slices.Compare(split([]byte(x)), split([]byte(y)))
	})
}
