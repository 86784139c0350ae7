package reference_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/reference"
)

// charges gives what applies to a number on a day, as "class claim rate".
func charges(t testing.TB, tables *reference.Tables, hts, on string) []string {
	t.Helper()
	list := []string{}
	for c := range tables.ArticleCharges(hts, date(t, on)) {
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s%c %s%s", c.Class, c.Claim, c.Rate1, c.Rate2)))
	}
	return list
}

// TestArticleChargesPublished looks up the rates that collections.md sections
// 2.5 and 2.6 print, on the first and last days that they have.
func TestArticleChargesPublished(t *testing.T) {
	for _, c := range []struct {
		name, hts, on string
		want          []string
	}{
		{"fresh mango, 2019 rate", "0804504045", "2019-01-01", []string{"108  0.01653450"}},
		{"frozen mango", "0811905200", "2026-01-15", []string{"108  0.0220"}},
		{"dried mango owes nothing", "0804508010", "2026-01-15", []string{}},
		{"cotton before 16 October 2023", "5201009000", "2023-10-15", []string{"056  0.0132150"}},
		{"cotton from 16 October 2023", "5201009000", "2023-10-16", []string{"056  0.014668650"}},
		{"cotton from 1 March 2026, rate not obtained", "5201009000", "2026-03-01", []string{"056  00"}},
		{"beer, 26 USC 5051, 18.00 a barrel", "2203000030", "2026-01-15", []string{"022  0.153390220"}},
		{"beer with claim C on the last day, AE note kk", "2203000030", "2022-12-31", []string{"022  0.153390220", "022C 0.136346870"}},
		{"beer with claim C a day later", "2203000030", "2023-01-01", []string{"022  0.153390220"}},
		{"wine up to 16 percent, 26 USC 5041", "2204215000", "2026-01-15", []string{"017  0.28266410"}},
		{"wine over 14 percent: the longer number counts", "2204218030", "2026-01-15", []string{"017  0.414750120"}},
		{"spirits, 26 USC 5001", "2208303030", "2026-01-15", []string{"016  3.566322710"}},
		{"large cigars, 26 USC 5701(a)", "2402108080", "2026-01-15", []string{"018  00.5275"}},
		{"small cigars", "2402108030", "2026-01-15", []string{"018  50.330"}},
		{"coffee, AE table 17", "0901210035", "2026-01-15", []string{"672  00"}},
		{"a car", "8703230190", "2026-01-15", []string{}},
		{"no number", "", "2026-01-15", []string{}},
		{"no digits", "22A3000000", "2026-01-15", []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, charges(t, tables(t), c.hts, c.on))
		})
	}
}

// TestArticleChargeMaximum: 40.26 cents a large cigar are 402.60 a thousand.
func TestArticleChargeMaximum(t *testing.T) {
	for c := range tables(t).ArticleCharges("2402108080", 20260115) {
		require.Equal(t, "402.6", c.Maximum.String())
		require.Equal(t, "K", c.Units[0])
		require.True(t, c.Must)
	}
}

// TestArticleChargesSelection: of one class and claim the longest number that
// has a row on the day applies, and classes ascend.
func TestArticleChargesSelection(t *testing.T) {
	own, err := reference.Load(overlay(t, "article_charges.csv", func(s string) string {
		header, _, _ := strings.Cut(s, "\n")
		return header + `
9999,110,,may,7,,0.1,,,,,,2000-01-01,9999-12-31,x,no
999912,110,,may,7,,0.2,,,,,,2000-01-01,9999-12-31,x,no
9999123456,110,,may,7,,0.3,,,,,,2020-01-01,2020-12-31,x,no
999912,053,,may,7,,0.4,,,,,,2000-01-01,9999-12-31,x,no
999912,110,C,may,7,,0.5,,,,,,2000-01-01,9999-12-31,x,no
`
	}))
	require.NoError(t, err)
	require.Equal(t, []string{"053  00.4", "110  00.3", "110C 00.5"}, charges(t, own, "9999123456", "2020-12-31"))
	require.Equal(t, []string{"053  00.4", "110  00.2", "110C 00.5"}, charges(t, own, "9999123456", "2021-01-01"))
	require.Equal(t, []string{"110  00.1"}, charges(t, own, "9999110000", "2021-01-01"))
	require.Empty(t, charges(t, own, "9999110000", "1999-12-31"))
	for c := range own.ArticleCharges("9999123456", 20201231) {
		require.Equal(t, reference.Class("053"), c.Class)
		break
	}
}

// TestArticleChargeFaults: what a row may not say.
func TestArticleChargeFaults(t *testing.T) {
	for _, c := range []struct{ name, row, want string }{
		{"three digits", "220,017,,must,7,,0.1,,,,,,2000-01-01,9999-12-31,x,no", "is not 4 to 10 digits"},
		{"letters", "22A3,017,,must,7,,0.1,,,,,,2000-01-01,9999-12-31,x,no", "is not 4 to 10 digits"},
		{"unknown class", "2203,019,,must,7,,0.1,,,,,,2000-01-01,9999-12-31,x,no", "has no row for class 019"},
		{"unknown claim", "2203,017,D,must,7,,0.1,,,,,,2000-01-01,9999-12-31,x,no", "column claim"},
		{"neither may nor must", "2203,017,,shall,7,,0.1,,,,,,2000-01-01,9999-12-31,x,no", "column requirement"},
		{"maximum without its unit", "2203,017,,must,7,,0.1,,,,,1,2000-01-01,9999-12-31,x,no", "column uom1: a maximum is for each unit"},
		{"formula without its rate", "2203,017,,must,1,,,,L,,,,2000-01-01,9999-12-31,x,no", `duty code 1 uses exactly the rates "1"`},
		{"sugar formula", "2203,017,,must,K,0.1,0.001,0.01,KG,KG,,,2000-01-01,9999-12-31,x,no", "column duty_code: code K is for duty only"},
		{"overlap", "2203,017,,must,7,,0.1,,,,,,2000-01-01,2010-12-31,x,no\n2203,017,,must,7,,0.1,,,,,,2010-12-31,9999-12-31,x,no", "overlaps row"},
		{"hole", "2203,017,,must,7,,0.1,,,,,,2000-01-01,2010-12-31,x,no\n2203,017,,must,7,,0.1,,,,,,2011-01-02,9999-12-31,x,no", "no row from 2011-01-01 to 2011-01-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := reference.Load(overlay(t, "article_charges.csv", appended(c.row)))
			require.ErrorContains(t, err, "article_charges.csv row")
			require.ErrorContains(t, err, c.want)
		})
	}
}

// TestArticleChargesAllocateNothing is the promise of the hot path.
func TestArticleChargesAllocateNothing(t *testing.T) {
	tables := tables(t)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		n := 0
		for _, hts := range []string{"8703230190", "2203000030", "0804504045"} {
			for range tables.ArticleCharges(hts, 20221231) {
				n++
			}
		}
		if n != 3+1-1 {
			t.Fatal(n)
		}
	}))
}

func BenchmarkArticleCharges(b *testing.B) {
	tables := tables(b)
	for _, c := range []struct{ name, hts string }{{"none", "8708290010"}, {"beer", "2203000030"}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for c := range tables.ArticleCharges(c.hts, 20221231) {
					_ = c.Class
				}
			}
		})
	}
}
