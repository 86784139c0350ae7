package classify

import (
	"errors"
	"fmt"

	"tidewaiter/copybooks"
	"tidewaiter/parity/record"
)

// Measure is a field that is summed by group.
type Measure struct {
	Element int
	By      []Dimension
}

// ErrOverflow is returned when a sum is beyond 64 bits.
var ErrOverflow = errors.New("a total is beyond 64 bits")

// Sum is one group's total.
type Sum struct {
	Amount  int64 // in units of the field's last decimal place
	Records int64
}

// Sums are the totals of one side.
type Sums struct {
	schema   *record.Schema
	measures []Measure
	fields   []copybooks.Field
	groups   []*groups
	sums     [][]Sum // a measure, a group
}

// NewSums returns the empty totals of a side.
func NewSums(s *record.Schema, measures []Measure) *Sums {
	t := &Sums{schema: s, measures: measures, sums: make([][]Sum, len(measures))}
	for _, m := range measures {
		t.fields = append(t.fields, s.Elements[m.Element].Field)
		t.groups = append(t.groups, newGroups(s, m.By))
	}
	return t
}

// Add counts a record in. An amount that holds no value is in no total:
// unreadable is its element, -1 when all amounts could be read.
func (t *Sums) Add(rec []byte) (unreadable int, err error) {
	unreadable = -1
	for m := range t.measures {
		amount, ok := t.amount(m, rec)
		if !ok {
			unreadable = t.measures[m].Element
			continue
		}
		if err := t.add(m, t.groups[m].of(rec), amount); err != nil {
			return unreadable, err
		}
	}
	return unreadable, nil
}

// amount sums the occurrences of the measure's field.
func (t *Sums) amount(m int, rec []byte) (int64, bool) {
	f := t.fields[m]
	if f.Occurs() == 1 {
		v, err := f.Int(rec, 0)
		return v, err == nil
	}
	var sum int64
	for i := range f.Occurs() {
		if _, err := f.Raw(rec, i); err != nil {
			break // beyond the count of this record
		}
		v, err := f.Int(rec, i)
		if err != nil {
			return 0, false
		}
		sum += v
	}
	return sum, true
}

func (t *Sums) add(m, group int, amount int64) error {
	for len(t.sums[m]) <= group {
		t.sums[m] = append(t.sums[m], Sum{})
	}
	s := &t.sums[m][group]
	total := s.Amount + amount
	if (total > s.Amount) != (amount > 0) && amount != 0 {
		return fmt.Errorf("%w: field %s", ErrOverflow, t.fields[m].Name())
	}
	s.Amount, s.Records = total, s.Records+1
	return nil
}

// group returns the total of the group with these values.
func (t *Sums) group(m int, key string) Sum {
	n, ok := t.groups[m].index[key]
	if !ok || n >= len(t.sums[m]) {
		return Sum{}
	}
	return t.sums[m][n]
}
