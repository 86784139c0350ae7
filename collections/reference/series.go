package reference

import (
	"cmp"
	"fmt"
	"slices"
)

// MissingError says that no row of a table applies.
type MissingError struct {
	Table string
	Key   string
	Date  Date
	// Reason is empty when there is no row, or says why the row there is does
	// not answer.
	Reason string
}

// Error names table, key and date.
func (e *MissingError) Error() string {
	if e.Reason != "" {
		return fmt.Sprintf("table %s, %s on %s: %s", e.Table, e.Key, e.Date, e.Reason)
	}
	return fmt.Sprintf("table %s has no row for %s on %s", e.Table, e.Key, e.Date)
}

// row is a pointer to a row type: it has a Validity.
type row[R any] interface {
	*R
	validity() *Validity
}

// series holds the rows of a table by key, each key's rows in date order.
type series[K comparable, R any, P row[R]] struct {
	byKey map[K][]R
}

// newSeries groups the rows and checks each group: no overlap, no hole.
func newSeries[K comparable, R any, P row[R]](table string, rows []R, key func(P) K, name func(P) string) (series[K, R, P], []error) {
	s := series[K, R, P]{byKey: group[K, R, P](rows, key)}
	var faults []fault
	for _, group := range s.byKey {
		if len(group) == 1 {
			continue
		}
		slices.SortStableFunc(group, func(a, b R) int {
			return cmp.Compare(P(&a).validity().From, P(&b).validity().From)
		})
		for j := 1; j < len(group); j++ {
			after := P(&group[j])
			if err := adjoin(P(&group[j-1]).validity(), after.validity()); err != nil {
				faults = append(faults, fault{table, after.validity().Row, fmt.Errorf("%s: %w", name(after), err)})
			}
		}
	}
	return s, inOrder(faults)
}

// group collects the rows of each key. The rows of a key that stand together in
// the file, as they mostly do, are not copied one by one.
func group[K comparable, R any, P row[R]](rows []R, key func(P) K) map[K][]R {
	byKey := make(map[K][]R, len(rows))
	sorted := slices.Clone(rows) // the caller's stay in file order
	for start := 0; start < len(sorted); {
		k, end := key(P(&sorted[start])), start+1
		for end < len(sorted) && key(P(&sorted[end])) == k {
			end++
		}
		together := sorted[start:end:end]
		if before, twice := byKey[k]; twice {
			together = append(before, together...)
		}
		byKey[k] = together
		start = end
	}
	return byKey
}

// adjoin checks that a row begins the day after the row before it ends.
func adjoin(before, after *Validity) error {
	if after.From <= before.To {
		return fmt.Errorf("from %s to %s overlaps row %d, which ends on %s",
			after.From, after.To, before.Row, before.To)
	}
	if next := before.To.AddDays(1); next != after.From {
		return fmt.Errorf("begins on %s, but row %d ends on %s: no row from %s to %s",
			after.From, before.Row, before.To, next, after.From.AddDays(-1))
	}
	return nil
}

// find gives the key's row of the day, or nil. The newest row is tried first:
// most lookups are for it.
func (s series[K, R, P]) find(key K, on Date) P {
	group := s.byKey[key]
	for i := len(group) - 1; i >= 0; i-- {
		if p := P(&group[i]); p.validity().Covers(on) {
			return p
		}
	}
	return nil
}
