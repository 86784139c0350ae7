package entry_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
)

// TestExampleD7RoundValues is 19 CFR 159.3(a) case by case, with T2 and D7 of the
// worked examples; the rates are those of the examples, in 10^-8.
func TestExampleD7RoundValues(t *testing.T) {
	for _, c := range []struct {
		name    string
		classes []entry.RateClass
		want    []int64
	}{
		{"T2 AE note hh: 123.49", []entry.RateClass{{Value: 12349}}, []int64{123}},
		{"T2 AE note hh: 123.50", []entry.RateClass{{Value: 12350}}, []int64{124}},
		{"T2 AE note hh: 123.51", []entry.RateClass{{Value: 12351}}, []int64{124}},
		{"D7 19 CFR 159.3(a): equal fractions, the lowest rate is taken up",
			[]entry.RateClass{{10040, 5_000_000}, {20040, 2_000_000}, {30040, 7_000_000}}, []int64{100, 201, 300}},
		{"the larger fraction is taken up", // 601.16 is 601
			[]entry.RateClass{{10040, 1}, {20041, 3}, {30035, 2}}, []int64{100, 201, 300}},
		{"the lower fraction is dropped", // 601.75 is 602; half up each would be 603
			[]entry.RateClass{{10060, 1}, {20055, 3}, {30060, 2}}, []int64{101, 200, 301}},
		{"equal fractions, that of the lowest rate is dropped",
			[]entry.RateClass{{10055, 4}, {20055, 3}, {30055, 5}}, []int64{101, 200, 301}},
		{"two are dropped", // 250.00 of five times 50.00 and a half
			[]entry.RateClass{{50, 1}, {50, 2}, {50, 3}, {50, 4}}, []int64{0, 0, 1, 1}},
		{"nothing is allocated where half up agrees with the total", []entry.RateClass{{10040, 1}, {20060, 2}}, []int64{100, 201}},
		{"no merchandise", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, entry.RoundValues(nil, c.classes))
		})
	}
}

// TestRoundValuesConserves: the total is its own rounding, and no value moves by
// a dollar or more.
func TestRoundValuesConserves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var classes []entry.RateClass
		var total money.Cents
		for range rapid.IntRange(1, 12).Draw(t, "classes") {
			c := entry.RateClass{Value: money.Cents(rapid.Int64Range(0, 100_000).Draw(t, "value")), Rate: money.Rate(rapid.Int64Range(0, 5).Draw(t, "rate"))}
			classes = append(classes, c)
			total += c.Value
		}
		var sum int64
		for i, v := range entry.RoundValues(nil, classes) {
			sum += v
			moved := money.Cents(v)*100 - classes[i].Value
			require.Less(t, max(moved, -moved), money.Cents(100))
		}
		moved := money.Cents(sum)*100 - total
		require.LessOrEqual(t, max(moved, -moved), money.Cents(50))
		require.NotEqual(t, money.Cents(-50), moved, "half a dollar goes up")
	})
}

// TestRoundQuantity is 19 CFR 159.3(b).
func TestRoundQuantity(t *testing.T) {
	for _, c := range []struct {
		name     string
		quantity int64
		rate     money.Rate
		hts      string
		want     int64
	}{
		{"below one half is dropped", 67849, 35_000_000, "0406100000", 67800},
		{"one half is a unit", 67850, 35_000_000, "0406100000", 67900},
		{"a dollar a unit is not above a dollar", 1250, 100_000_000, "0406100000", 1300},
		{"above a dollar two decimals stay", 1250, 100_000_001, "0406100000", 1250},
		{"wine stays", 1250, 6_300_000, "2204215040", 1250},
		{"waters do not", 1250, 260_000, "2201100000", 1300},
		{"nor does vinegar", 1250, 500_000, "2209000000", 1300},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, entry.RoundQuantity(c.quantity, c.rate, c.hts))
		})
	}
}

// TestRoundExactQuantity is 19 CFR 159.3(b) for what an invoice states, rounded
// once.
func TestRoundExactQuantity(t *testing.T) {
	for _, c := range []struct {
		name  string
		exact int64
		rate  money.Rate
		hts   string
		want  int64
	}{
		{"12.4999 at 35 cents is 12, not 13 by way of 12.50", 12_49990000, 35_000_000, "0406100000", 1200},
		{"12.50 is 13", 12_50000000, 35_000_000, "0406100000", 1300},
		{"12.3456 above a dollar is 12.35", 12_34560000, 100_000_001, "0406100000", 1235},
		{"12.345 of wine is 12.35", 12_34500000, 6_300_000, "2204215040", 1235},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, entry.RoundExactQuantity(c.exact, c.rate, c.hts))
		})
	}
	require.EqualValues(t, 12309, entry.RoundTwoDecimals(123_08545090), "AE note hh: half up")
}
