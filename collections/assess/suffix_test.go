package assess_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// suffixTables have the rows of chapters 98 and 99 with or without statistical
// suffix.
func suffixTables(t *testing.T, suffix string) *reference.Tables {
	hts := strings.Replace(exampleTariff, "\n\n", "\n", 1) +
		"99038803" + suffix + ",1980-01-01,2099-12-31,general,7,,0.25,,,,,example,no\n" +
		"99038867" + suffix + ",1980-01-01,2099-12-31,general,0,,,,,,,example,no\n" +
		"98130005" + suffix + ",1980-01-01,2099-12-31,general,0,,,,NO,,,example,no\n"
	remedies := exampleRemedies +
		"99038803" + suffix + ",additional,full,,CN,,,,,1980-01-01,2099-12-31,example,no\n" +
		"99038867" + suffix + ",exclusion,full,,,,,,9903880300,1980-01-01,2099-12-31,example,no\n"
	return tablesWith(t, map[string]string{"hts.csv": hts, "chapter99.csv": remedies})
}

// TestWithoutStatisticalSuffix: a number of chapter 98 or 99 is filed with eight
// digits, or with a suffix of zeros (50 record, HTS number of ten characters), and
// the tariff has it one way or the other.
func TestWithoutStatisticalSuffix(t *testing.T) {
	for _, rows := range []string{"", "00"} {
		tables := suffixTables(t, rows)
		for _, filed := range []string{"", "00"} {
			assessed := func(numbers ...string) []string {
				s := with(consumption(date(t, "2026-01-15")), "", tariff("8700000007", 10_000))
				s.Mode = "40"
				for _, number := range numbers {
					s.Lines[0].Tariffs = append(s.Lines[0].Tariffs, entry.Tariff{HTS: number + filed})
				}
				return listing(mustAssess(t, tables, s))
			}
			t.Run("rows "+rows+", filed "+filed, func(t *testing.T) {
				require.Equal(t, []string{"1 001 3200.00", "1 499 34.64"}, assessed("99038803"))
				require.Equal(t, []string{"1 001 700.00", "1 499 34.64"}, assessed("99038803", "99038867"), "excluded")
				require.Equal(t, []string{"1 001 700.00"}, assessed("98130005"), "chapter 98 owes no 499")
			})
		}
	}
}

// TestSuffixElsewhere: in the other chapters every number has ten digits.
func TestSuffixElsewhere(t *testing.T) {
	s := with(consumption(date(t, "2026-01-15")), "", tariff("95000000", 10_000))
	e := refusal(t, exampleTables(t), s)
	require.Equal(t, assess.ReasonRate, e.Reason)
	require.Equal(t, "95000000", e.Value)
}
