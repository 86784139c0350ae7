package assess_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// TestProcessingLimitConditions files each cent within ten of minimum and maximum
// of fiscal year 2026 as the total of 499: exactly one of them passes (ERR 639,
// 640; fee table of ACE CATAIR AE note w: 33.58 and 651.50; example D2 has the
// values).
func TestProcessingLimitConditions(t *testing.T) {
	tables := exampleTables(t)
	for _, c := range []struct {
		name  string
		value int64
		code  string
		right money.Cents
	}{
		{"639 far below the minimum", 100, "639", 3358},
		{"639 at the minimum, 9,695 dollars", 9_695, "639", 3358},
		{"640 at the maximum, 188,076 dollars", 188_076, "640", 65150},
		{"640 far above the maximum", 5_000_000, "640", 65150},
	} {
		for by := money.Cents(-10); by <= 10; by++ {
			t.Run(fmt.Sprintf("%s, %d cents off", c.name, by), func(t *testing.T) {
				s := filed(t, tables, free(c.value)(t))
				require.Equal(t, []reference.ClassAmount{{Class: "499", Amount: c.right}}, s.Filed.Totals)
				total(s, "499", by)
				want := []string{}
				if by != 0 {
					want = append(want, "0 "+c.code)
				}
				require.Equal(t, want, conditionsOf(t, tables, s))
			})
		}
	}
}

// conditionsOf assesses and gives the conditions as codes does.
func conditionsOf(t *testing.T, tables *reference.Tables, s *entry.Summary) []string {
	t.Helper()
	var a assess.Assessment
	require.NoError(t, assess.New(tables, assess.Regulation).Assess(&a, s))
	return codes(&a)
}

// TestProcessingBetweenLimits: between the limits the total is compared within a
// tolerance (ERR 641), whose size no source gives; 2.99 is taken, as for duty.
func betweenLimitsConditions() []conditionCase {
	off := func(by money.Cents) func(*entry.Summary) {
		return func(s *entry.Summary) { total(s, "499", by) }
	}
	mode := func(mode string, value int64) func(testing.TB) *entry.Summary {
		return func(t testing.TB) *entry.Summary {
			s := free(value)(t)
			s.Mode = mode
			return s
		}
	}
	return []conditionCase{
		{name: "641 total 3.00 more, 2.99 passes (ERR 641)", entry: free(50_000), wrong: off(300), want: []string{"0 641"}, near: off(299)},
		{name: "641 total 3.00 less, 2.99 passes (ERR 641)", entry: free(50_000), wrong: off(-300), want: []string{"0 641"}, near: off(-299)},
		{name: "641 one dollar above the minimum, 9,696 (ERR 641, D2)", entry: free(9_696), wrong: off(300), want: []string{"0 641"}, near: off(-1)},
		{name: "641 one dollar below the maximum, 188,075 (ERR 641, D2)", entry: free(188_075), wrong: off(300), want: []string{"0 641"}, near: off(1)},
		{name: "641 pipelines have no minimum (ERR 641, AE note x)", entry: mode("70", 100), wrong: off(3358 - 35), want: []string{"0 641"}, near: off(0)},
		{name: "640 a consolidated summary may exceed the maximum, not stay under it (AE note w)", entry: free(188_076),
			wrong: func(s *entry.Summary) { s.Consolidated = true; off(-1)(s) }, want: []string{"0 640"},
			near: func(s *entry.Summary) { s.Consolidated = true; off(10_000)(s) }},
	}
}
