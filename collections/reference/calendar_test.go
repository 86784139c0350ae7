package reference_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/reference"
)

// TestExampleT10D10WorkingDays: the 11th and 15th working days of each month. 2025 is
// the published list of periodic monthly statement dates (CSMS 63430997,
// example T10), 2024 is example D10, 2026 is computed by the same rule.
func TestExampleT10D10WorkingDays(t *testing.T) {
	for year, months := range map[int][12][2]int{
		2024: {{17, 23}, {15, 22}, {15, 21}, {15, 19}, {15, 21}, {17, 24}, {16, 22}, {15, 21}, {17, 23}, {16, 22}, {18, 22}, {16, 20}},
		2025: {{16, 23}, {18, 24}, {17, 21}, {15, 21}, {15, 21}, {16, 23}, {16, 22}, {15, 21}, {16, 22}, {16, 22}, {18, 24}, {15, 19}},
		2026: {{16, 23}, {17, 23}, {16, 20}, {15, 21}, {15, 21}, {15, 22}, {16, 22}, {17, 21}, {16, 22}, {16, 22}, {17, 23}, {15, 21}},
	} {
		for i, want := range months {
			month := time.Month(i + 1)
			t.Run(fmt.Sprintf("%s %d", month, year), func(t *testing.T) {
				for j, nth := range []int{11, 15} {
					got, err := tables(t).NthWorkingDay(year, month, nth)
					require.NoError(t, err)
					require.Equal(t, reference.NewDate(year, month, want[j]), got, "working day %d", nth)
				}
			})
		}
	}
	_, err := tables(t).NthWorkingDay(2025, time.February, 25)
	require.Error(t, err)
}

// TestHolidays checks 5 USC 6103: weekend holidays are observed beside the
// weekend, across the turn of the year too.
func TestHolidays(t *testing.T) {
	for day, want := range map[string]string{
		"2021-12-31": "New Year's Day", // 1 January 2022 was a Saturday
		"2023-01-02": "New Year's Day", // a Sunday
		"2026-07-03": "Independence Day",
		"2021-06-18": "Juneteenth National Independence Day",
		"2020-06-19": "",
		"2025-10-13": "Columbus Day",
		"2024-05-27": "Memorial Day",
		"2025-11-27": "Thanksgiving Day",
		"2025-01-09": "", // day of mourning, counted as a working day
		"2025-12-26": "",
	} {
		require.Equal(t, want, tables(t).Holiday(date(t, day)), day)
	}
	require.True(t, tables(t).WorkingDay(date(t, "2025-01-09")))
	require.False(t, tables(t).WorkingDay(date(t, "2025-11-29")))
}

func TestDate(t *testing.T) {
	d := date(t, "2025-10-01")
	require.Equal(t, reference.Date(20251001), d)
	require.Equal(t, 2026, d.FiscalYear())
	require.Equal(t, 2025, d.AddDays(-1).FiscalYear())
	require.Equal(t, 274, d.DayOfYear())
	require.Equal(t, time.Wednesday, d.Weekday())
	require.Equal(t, "", reference.Date(0).String())
	for _, bad := range []string{"", "2025-02-29", "2025-13-01", "2025-00-10", "2025-1-01", "20251001", "2025-10-0x", "0000-01-01", "2025/10/01"} {
		_, err := reference.ParseDate(bad)
		require.Error(t, err, bad)
	}
}

// TestDateFollowsTime: dates count as the time package does.
func TestDateFollowsTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 80_000).Draw(t, "day"))
		n := rapid.OneOf(rapid.IntRange(-2, 2), rapid.IntRange(-400, 400)).Draw(t, "n")
		d := reference.DateOf(base)
		require.True(t, d.Valid())
		require.Equal(t, base.AddDate(0, 0, n), d.AddDays(n).Time())
		require.Equal(t, base.Format(time.DateOnly), d.String())
		back, err := reference.ParseDate(d.String())
		require.NoError(t, err)
		require.Equal(t, d, back)
	})
}
