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
	Date  Date // zero when rows of any day were asked for
	// First and Last are the days that the key's rows cover; zero when there are
	// none, and the key is unknown.
	First, Last Date
	// Reason is empty when there is no row, or says why the row there is does
	// not answer.
	Reason string
}

// Error names table, key and date.
func (e *MissingError) Error() string {
	if e.Reason != "" {
		return fmt.Sprintf("table %s, %s on %s: %s", e.Table, e.Key, e.Date, e.Reason)
	}
	s := fmt.Sprintf("table %s has no row for %s", e.Table, e.Key)
	if e.Date != 0 {
		s += fmt.Sprintf(" on %s", e.Date)
	}
	if e.First != 0 {
		s += fmt.Sprintf(", only from %s to %s", e.First, e.Last)
	}
	return s
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
	byKey, several := group[K, R, P](rows, key)
	var faults []fault
	for _, k := range several {
		group := byKey[k]
		if !inDateOrder[R, P](group) {
			group = slices.Clone(group) // the caller's rows stay in file order
			slices.SortStableFunc(group, func(a, b R) int {
				return cmp.Compare(P(&a).validity().From, P(&b).validity().From)
			})
			byKey[k] = group
		}
		for j := 1; j < len(group); j++ {
			after := P(&group[j])
			if err := adjoin(P(&group[j-1]).validity(), after.validity()); err != nil {
				faults = append(faults, fault{table, after.validity().Row, fmt.Errorf("%s: %w", name(after), err)})
			}
		}
	}
	return series[K, R, P]{byKey: byKey}, inOrder(faults)
}

// inDateOrder says whether the rows of a key ascend.
func inDateOrder[R any, P row[R]](group []R) bool {
	for i := 1; i < len(group); i++ {
		if P(&group[i]).validity().From < P(&group[i-1]).validity().From {
			return false
		}
	}
	return true
}

// group collects the rows of each key, and gives the keys that have several. The
// rows of a key that stand together in the file, as they mostly do, are not
// copied: they are the caller's.
func group[K comparable, R any, P row[R]](rows []R, key func(P) K) (byKey map[K][]R, several []K) {
	byKey = make(map[K][]R, len(rows))
	for start := 0; start < len(rows); {
		k, end := key(P(&rows[start])), start+1
		for end < len(rows) && key(P(&rows[end])) == k {
			end++
		}
		keys := len(byKey)
		byKey[k] = rows[start:end:end]
		if len(byKey) == keys { // the key had rows before these: begin again, looking for them
			return groupScattered[K, R, P](rows, key)
		}
		if end > start+1 {
			several = append(several, k)
		}
		start = end
	}
	return byKey, several
}

// groupScattered is group for rows of a key that do not stand together.
func groupScattered[K comparable, R any, P row[R]](rows []R, key func(P) K) (byKey map[K][]R, several []K) {
	byKey = make(map[K][]R, len(rows))
	for i := range rows {
		k := key(P(&rows[i]))
		before := byKey[k]
		if len(before) == 1 {
			several = append(several, k)
		}
		byKey[k] = append(before, rows[i])
	}
	return byKey, several
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

// missing says that a key has no row of the day.
func (s series[K, R, P]) missing(table, name string, key K, on Date) *MissingError {
	e := &MissingError{Table: table, Key: name, Date: on}
	if rows := s.byKey[key]; len(rows) > 0 {
		e.First, e.Last = P(&rows[0]).validity().From, P(&rows[len(rows)-1]).validity().To
	}
	return e
}
