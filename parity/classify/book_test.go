package classify

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/parity/compare"
	"tidewaiter/parity/match"
	"tidewaiter/parity/record"
)

func schema(t testing.TB) *record.Schema {
	book, err := copybooks.Parse("REC", []byte("       01  REC.\n           05  R-CLASS PIC X(03).\n           05  R-AMOUNT PIC S9(16)V99 COMP-3.\n"), copybooks.Options{})
	require.NoError(t, err)
	layout, err := book.Record("")
	require.NoError(t, err)
	s, err := record.New(layout, copybooks.CodecOptions{})
	require.NoError(t, err)
	return s
}

func rec(t testing.TB, s *record.Schema, class string, cents int64) []byte {
	out := s.Codec.Blank(nil)
	require.NoError(t, s.Elements[0].Field.PutText(out, 0, class))
	require.NoError(t, s.Elements[1].Field.PutInt(out, 0, cents))
	return out
}

// book books one DIFFERENT item of class 499 for each delta.
func book(t testing.TB, sizes bool, deltas ...int64) *Book {
	s := schema(t)
	measures := []Measure{{Element: 1, By: []Dimension{{Label: "class", Elements: []int{0}}}}}
	b := NewBook(s, measures, measures[0].By, 2)
	b.Sizes = sizes
	c, err := compare.New(s, []compare.Rule{{Element: 0, Mode: compare.Value}, {Element: 1, Mode: compare.Value}})
	require.NoError(t, err)
	for i, delta := range deltas {
		left, right := rec(t, s, "499", 5000), rec(t, s, "499", 5000+delta)
		verdict, findings := c.Compare(left, right, nil)
		e := &Event{Verdict: verdict, Findings: findings, Left: &match.Item{Record: left, Number: int64(i)}, Right: &match.Item{Record: right}}
		for _, f := range findings {
			e.Patterns = append(e.Patterns, c.Pattern(f, left, right, false))
		}
		b.Add(e)
	}
	return b
}

func lines(buckets []*Bucket) map[string]int64 {
	out := map[string]int64{}
	for _, b := range buckets {
		out[fmt.Sprintf("%d by %d", b.Pattern.Kind, b.Pattern.Delta)] = b.Lines
	}
	return out
}

// A difference that recurs is a cause of its own; rare ones are one cause of
// their size.
func TestRareDifferencesAreFoldedBySize(t *testing.T) {
	deltas := []int64{87, 87, 87, 87, 1, 1, 23, 45, 67, -300, -150, 9}
	got := lines(book(t, false, deltas...).Finish())
	require.Equal(t, map[string]int64{
		fmt.Sprintf("%d by 87", compare.By):           4,
		fmt.Sprintf("%d by 1", compare.By):            2,
		fmt.Sprintf("%d by 100", compare.LessBySize):  3,
		fmt.Sprintf("%d by 1000", compare.MoreBySize): 2,
		fmt.Sprintf("%d by 9", compare.By):            1, // alone in its size: its own amount says more
	}, got)
	got = lines(book(t, true, deltas...).Finish())
	require.Equal(t, int64(7), got[fmt.Sprintf("%d by 100", compare.LessBySize)])
	require.Equal(t, int64(2), got[fmt.Sprintf("%d by 1", compare.By)])
}

// However many exact differences there are, buckets stay few and no cent of
// them is lost.
func TestBucketsAreBounded(t *testing.T) {
	var deltas []int64
	var sum int64
	for i := range int64(3000) {
		deltas = append(deltas, i+2)
		sum += i + 2
	}
	b := book(t, false, deltas...)
	require.LessOrEqual(t, len(b.buckets), mostExact+8)
	var lines, money int64
	for _, bucket := range b.Finish() {
		lines += bucket.Lines
		money += bucket.Money
		require.LessOrEqual(t, len(bucket.Samples), 2)
		require.LessOrEqual(t, len(bucket.Keys), examples)
	}
	require.EqualValues(t, 3000, lines)
	require.Equal(t, sum, money)
}

func TestTotalsOverflowIsAnErrorNeverAWrap(t *testing.T) {
	s := schema(t)
	sums := NewSums(s, []Measure{{Element: 1}})
	big := rec(t, s, "499", 999999999999999999)
	var err error
	for range 10 {
		if _, err = sums.Add(big); err != nil {
			break
		}
	}
	require.ErrorIs(t, err, ErrOverflow)
}

func TestGroupsDoNotRunIntoOneAnother(t *testing.T) {
	g := newGroups(schema(t), []Dimension{{Label: "a", Elements: []int{0}}, {Label: "b", Elements: []int{1}}})
	s := g.schema
	require.NotEqual(t, g.of(rec(t, s, "1", 1100)), g.of(rec(t, s, "11", 100)))
	require.Equal(t, []string{"11", "1.00"}, g.values[1])
}
