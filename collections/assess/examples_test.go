package assess_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

const htsHeader = "hts,effective_from,effective_to,column,duty_code,rate1,rate2,rate3,uom1,uom2,uom3,citation,verified\n"

// exampleTariff has the rates of the worked examples and a few more.
const exampleTariff = htsHeader + `
8700000007,1980-01-01,2099-12-31,general,7,,0.07,,NO,,,example,no
8700000007,1980-01-01,2099-12-31,2,7,,0.35,,NO,,,example,no
8700000007,1980-01-01,2099-12-31,S,0,,,,NO,,,example,no
8700000007,1980-01-01,2099-12-31,JP,7,,0.02,,NO,,,example,no
9500000000,1980-01-01,2099-12-31,general,0,,,,NO,,,example,no
9500000000,1980-01-01,2099-12-31,S,0,,,,NO,,,example,no
1000000001,1980-01-01,2099-12-31,general,1,0.35,,,KG,,,example,no
1000000002,1980-01-01,2099-12-31,general,2,0.35,,,KG,NO,,example,no
1000000003,1980-01-01,2099-12-31,general,3,0.35,,0.02,KG,NO,,example,no
1000000004,1980-01-01,2099-12-31,general,4,0.35,0.041,,KG,,,example,no
1000000005,1980-01-01,2099-12-31,general,5,0.35,0.041,,KG,NO,,example,no
1000000006,1980-01-01,2099-12-31,general,6,0.35,0.041,0.02,KG,NO,,example,no
1000000007,1980-01-01,2099-12-31,general,7,,0.041,,KG,,,example,no
1000000010,1980-01-01,2025-09-30,general,7,,0.03,,KG,,,example,no
1000000010,2025-10-01,2099-12-31,general,7,,0.04,,KG,,,example,no
1000000031,1980-01-01,2099-12-31,general,A,,0.041,0.02,KG,NO,L,example,no
9801001010,1980-01-01,2099-12-31,general,0,,,,NO,,,example,no
9802006000,1980-01-01,2099-12-31,general,0,,,,NO,,,example,no
9802008068,1980-01-01,2099-12-31,general,0,,,,NO,,,example,no
9903000025,1980-01-01,2099-12-31,general,7,,0.25,,,,,example,no
9903000030,1980-01-01,2099-12-31,general,7,,0.3,,,,,example,no
1000000032,1980-01-01,2099-12-31,general,B,0.35,0.041,0.02,KG,NO,L,example,no
1000000033,1980-01-01,2099-12-31,general,C,0.35,0.041,,KG,NO,L,example,no
1000000034,1980-01-01,2099-12-31,general,D,0.35,0.041,,KG,NO,L,example,no
1000000035,1980-01-01,2099-12-31,general,E,0.35,0.041,0.02,KG,NO,L,example,no
1000000036,1980-01-01,2099-12-31,general,F,0.35,,0.02,KG,NO,L,example,no
1000000037,1980-01-01,2099-12-31,general,J,0.35,0.041,0.02,KG,NO,L,example,no
1000000038,1980-01-01,2099-12-31,general,K,0.35,0.041,0.02,KG,NO,L,example,no
1000000039,1980-01-01,2099-12-31,general,9,,0.041,,,,,example,no
1000000040,1980-01-01,2099-12-31,general,X,,,,KG,,,example,no
1000000041,1980-01-01,2099-12-31,general,K,0.03661,0.000373,0.034531,KG,DEG,,example,no
1000000042,1980-01-01,2099-12-31,general,A,,90000000000,90000000000,KG,NO,L,example,no
8700000007,1980-01-01,2099-12-31,C,0,,,,NO,,,example,no
`

const exampleRemedies = `hts,kind,base,cap,countries,except_countries,numbers,except_numbers,excludes,effective_from,effective_to,citation,verified
9903000025,additional,full,,,,,,,1980-01-01,2099-12-31,example,no
9903000030,replacement,full,,,,,,,1980-01-01,2099-12-31,example,no
`

// exampleTables are the real tables with the tariff of the examples.
func exampleTables(t testing.TB) *reference.Tables {
	t.Helper()
	tables, err := reference.Load(exampleFiles(t))
	require.NoError(t, err)
	return tables
}

// exampleFiles are the files of exampleTables.
func exampleFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	names, err := fs.Glob(reference.Files(), "*.csv")
	require.NoError(t, err)
	for _, name := range names {
		b, err := fs.ReadFile(reference.Files(), name)
		require.NoError(t, err)
		fsys[name] = &fstest.MapFile{Data: b}
	}
	fsys["hts.csv"] = &fstest.MapFile{Data: []byte(strings.Replace(exampleTariff, "\n\n", "\n", 1))}
	fsys["chapter99.csv"] = &fstest.MapFile{Data: []byte(exampleRemedies)}
	return fsys
}

// consumption is an entry of type 01 by vessel without lines.
func consumption(date reference.Date) *entry.Summary {
	return &entry.Summary{Number: "B7603245278", Type: "01", Mode: "11", Port: "2704", ProcessingPort: "2704",
		Importer: "12-345678900", EntryDate: date, PaymentType: '7'}
}

// with appends a line of tariff numbers.
func with(s *entry.Summary, spi string, tariffs ...entry.Tariff) *entry.Summary {
	s.Lines = append(s.Lines, entry.Line{Number: len(s.Lines) + 1, Origin: "CN", SPI: spi, Set: ' ', FTZStatus: ' ', Tariffs: tariffs})
	return s
}

func tariff(hts string, value int64, quantities ...int64) entry.Tariff {
	t := entry.Tariff{HTS: hts, Value: value}
	for n, q := range quantities {
		t.Quantities = append(t.Quantities, entry.Quantity{Amount: q, Unit: unitOf(hts, n)})
	}
	return t
}

// listing writes the charges as "line class amount", a disposition other than
// due behind it.
func listing(a *assess.Assessment) []string {
	var lines []string
	for _, c := range a.Charges {
		s := fmt.Sprintf("%d %s %s", c.Line, c.Class, c.Amount)
		if c.Disposition != assess.Due {
			s += " " + c.Disposition.String()
		}
		lines = append(lines, s)
	}
	return lines
}

// mustAssess assesses by the regulation and checks on the way that Explain
// gives the same and that each working computes its amount again.
func mustAssess(t *testing.T, tables *reference.Tables, s *entry.Summary) *assess.Assessment {
	t.Helper()
	return mustAssessBy(t, tables, assess.Regulation, s)
}

func mustAssessBy(t *testing.T, tables *reference.Tables, m assess.Method, s *entry.Summary) *assess.Assessment {
	t.Helper()
	var plain, explained assess.Assessment
	require.NoError(t, assess.New(tables, m).Assess(&plain, s))
	require.NoError(t, assess.New(tables, m).Explain(&explained, s))
	require.Equal(t, listing(&plain), listing(&explained))
	require.Equal(t, plain.Totals, explained.Totals)
	for _, c := range explained.Charges {
		again, err := c.Working.Execute()
		require.NoError(t, err)
		require.Equal(t, c.Amount, again, "line %d class %s", c.Line, c.Class)
	}
	return &explained
}

func date(t testing.TB, s string) reference.Date {
	t.Helper()
	d, err := reference.ParseDate(s)
	require.NoError(t, err)
	return d
}

// The worked examples of the rules: T are published figures, D follow from the
// rules by arithmetic. Each test and each of its cases names its source;
// collections/README.md says which package tests which. T13 (HQ 221692) cannot
// be reproduced by any rule and is none of them.

// TestExampleD11FullEntry is example D11: 3,320.69. The binary assesses it too
// (README, cmd/tidewaiter).
func TestExampleD11FullEntry(t *testing.T) {
	tables := exampleTables(t)
	s := consumption(date(t, "2026-01-15"))
	with(s, "", tariff("8700000007", 10_000), tariff("9903000025", 0))
	with(s, "S", tariff("9500000000", 50_000))
	with(s, "", tariff("9500000000", 2_345))
	a := mustAssess(t, tables, s)
	require.Equal(t, []string{
		"1 001 3200.00", "1 499 34.64", "1 501 12.50",
		"2 001 0.00", "2 501 62.50",
		"3 001 0.00", "3 499 8.12", "3 501 2.93",
	}, listing(a))
	require.Equal(t, "3320.69", a.Totals.Due.String())
	require.Equal(t, "3200.00", a.Totals.Duty.String())
	require.Equal(t, "120.69", a.Totals.Fees.String())
	require.Equal(t, []assess.ClassAmount{{Class: "499", Amount: 42_76}, {Class: "501", Amount: 77_93}}, a.Totals.Reported.Fees)
	require.Equal(t, "8.12308", unrounded(t, a, 3, "499"))
	require.Equal(t, "2.93125", unrounded(t, a, 3, "501"))
	require.Equal(t, "700.00", a.Charges[0].Working.Steps[0].Result.String())
	require.Equal(t, "2500.00", a.Charges[0].Working.Steps[1].Result.String())
}

// unrounded gives the exact value of a charge that has one step.
func unrounded(t *testing.T, a *assess.Assessment, line int, class reference.Class) string {
	t.Helper()
	for _, c := range a.Charges {
		if c.Line == line && c.Class == class {
			require.Len(t, c.Working.Steps, 1)
			exact, scale, err := c.Working.Steps[0].Unrounded()
			require.NoError(t, err)
			return exact.Decimal(scale).String()
		}
	}
	t.Fatalf("line %d has no charge %s", line, class)
	return ""
}

// TestExampleD11Minimum is the second half of example D11: 6.93 + 1.73 = 8.66
// become 33.58.
func TestExampleD11Minimum(t *testing.T) {
	s := consumption(date(t, "2026-01-15"))
	with(s, "", tariff("9500000000", 2_000))
	with(s, "", tariff("9500000000", 500))
	s.Mode = "40"
	a := mustAssess(t, exampleTables(t), s)
	require.Equal(t, []string{"1 001 0.00", "1 499 6.93", "2 001 0.00", "2 499 1.73", "0 499 24.92"}, listing(a))
	require.Equal(t, "33.58", a.Totals.Due.String())
	require.EqualValues(t, 2_500, a.Charges[4].Base)
}

// TestExampleD2ProcessingLimits checks, for each fiscal year, the smallest value whose
// fee exceeds the minimum and the smallest that reaches the maximum, and their
// neighbours below.
func TestExampleD2ProcessingLimits(t *testing.T) {
	tables := exampleTables(t)
	for _, c := range []struct {
		year, date         string
		minimum, maximum   string
		exceeds, reaches   int64
		exceeding, payable string // fees of exceeds; "" where D2 prints none
	}{
		{"FY18", "2018-01-01", "25.67", "497.99", 7412, 143761, "25.68", "497.99"},
		{"FY19", "2018-10-01", "26.22", "508.70", 7571, 146852, "", ""},
		{"FY20", "2019-10-01", "26.79", "519.76", 7736, 150045, "", ""},
		{"FY21", "2020-10-01", "27.23", "528.33", 7863, 152519, "", ""},
		{"FY22", "2021-10-01", "27.75", "538.40", 8013, 155426, "", ""},
		{"FY23", "2022-10-01", "29.66", "575.35", 8564, 166093, "", ""},
		{"FY24", "2023-10-01", "31.67", "614.35", 9145, 177352, "", ""},
		{"FY25", "2024-10-01", "32.71", "634.62", 9445, 183203, "32.72", ""},
		{"FY26", "2025-10-01", "33.58", "651.50", 9696, 188076, "33.59", "651.50"},
	} {
		t.Run(fmt.Sprintf("D2 19 CFR 24.23(b)(1) %s: %d and %d", c.year, c.exceeds, c.reaches), func(t *testing.T) {
			fee := func(value int64) (line, payable money.Cents) {
				s := with(consumption(date(t, c.date)), "", tariff("9500000000", value))
				s.Mode = "40"
				a := mustAssess(t, tables, s)
				return a.Charges[1].Amount, a.Totals.Fees
			}
			minimum, err := money.ParseCents(c.minimum)
			require.NoError(t, err)
			maximum, err := money.ParseCents(c.maximum)
			require.NoError(t, err)

			line, payable := fee(c.exceeds)
			require.Greater(t, line, minimum)
			require.Equal(t, line, payable)
			if c.exceeding != "" {
				require.Equal(t, c.exceeding, payable.String())
			}
			line, payable = fee(c.exceeds - 1)
			require.LessOrEqual(t, line, minimum)
			require.Equal(t, minimum, payable)

			line, payable = fee(c.reaches)
			require.GreaterOrEqual(t, line, maximum)
			require.Equal(t, maximum, payable)
			line, payable = fee(c.reaches - 1)
			require.Less(t, line, maximum)
			require.Equal(t, line, payable)
			_, payable = fee(10_000_000)
			require.Equal(t, maximum, payable)
		})
	}
}

// TestExampleT4T5ProcessingFee checks the published figures T4 (two trade firms)
// and T5 (ruling HQ 114716 of 8 February 2000).
func TestExampleT4T5ProcessingFee(t *testing.T) {
	tables := exampleTables(t)
	for _, c := range []struct {
		name, date string
		value      int64
		want       string
	}{
		{"T4 usacustomsclearance: 20,000 dollars", "2024-06-03", 20_000, "69.28"},
		{"T4 camtomx: 50,000 dollars FY24, no limit met", "2024-06-03", 50_000, "173.20"},
		{"T4 camtomx: FY26, below the maximum at 188,000 dollars", "2026-01-15", 188_000, "651.23"},
		{"T4 camtomx: FY26, the maximum just above it", "2026-01-15", 188_100, "651.50"},
		{"T5 HQ 114716: 2.21 is raised to the minimum of 1997", "1997-09-15", 1_052, "25.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(consumption(date(t, c.date)), "", tariff("9500000000", c.value))
			s.Mode = "40"
			require.Equal(t, c.want, mustAssess(t, tables, s).Totals.Due.String())
		})
	}
	t.Run("T5 HQ 114716: 0.0021 x 1052", func(t *testing.T) {
		s := with(consumption(date(t, "1997-09-15")), "", tariff("9500000000", 1_052))
		s.Mode = "40"
		a := mustAssess(t, tables, s)
		require.Equal(t, []string{"1 001 0.00", "1 499 2.21", "0 499 22.79"}, listing(a))
		require.Equal(t, "2.2092", unrounded(t, a, 1, "499"))
	})
	t.Run("T5 HQ 114716: the informal alternative, 23.00 less", func(t *testing.T) {
		s := with(consumption(date(t, "1997-09-15")), "", tariff("9500000000", 1_052))
		s.Type, s.Mode = "11", "40"
		a := mustAssess(t, tables, s)
		require.Equal(t, []string{"1 001 0.00", "0 311 2.00"}, listing(a))
		require.Equal(t, money.Cents(23_00), 25_00-a.Totals.Due)
	})
}

// TestExampleD3RoundingPerLine is example D3: three lines of 3,333 dollars are
// 11.545512 each. Rounded line by line they are 34.65; the sum of 9,999 dollars,
// 34.636536, would be 34.64.
func TestExampleD3RoundingPerLine(t *testing.T) {
	s := consumption(date(t, "2026-01-15"))
	s.Mode = "40"
	for range 3 {
		with(s, "", tariff("9500000000", 3_333))
	}
	a := mustAssess(t, exampleTables(t), s)
	require.Equal(t, []string{"1 001 0.00", "1 499 11.55", "2 001 0.00", "2 499 11.55", "3 001 0.00", "3 499 11.55"}, listing(a))
	require.Equal(t, "11.545512", unrounded(t, a, 2, "499"))
	require.Equal(t, []assess.ClassAmount{{Class: "499", Amount: 34_65}}, a.Totals.Reported.Fees, "89 record")
	require.Equal(t, "34.65", a.Totals.Due.String())
	one := with(consumption(date(t, "2026-01-15")), "", tariff("9500000000", 9_999))
	one.Mode = "40"
	sum := mustAssess(t, exampleTables(t), one)
	require.Equal(t, "34.636536", unrounded(t, sum, 1, "499"))
	require.Equal(t, "34.64", sum.Totals.Due.String())
}

// TestExampleD4HarborFee is example D4: 1,001 and 1,003 dollars on one line are 2.51,
// and 2.50 when each tariff number is rounded.
func TestExampleD4HarborFee(t *testing.T) {
	tables := exampleTables(t)
	s := with(consumption(date(t, "2026-01-15")), "", tariff("9500000000", 1_001), tariff("8700000007", 1_003))
	a := mustAssess(t, tables, s)
	require.Equal(t, "501 2.51", fmt.Sprint(a.Charges[2].Class, " ", a.Charges[2].Amount))
	require.EqualValues(t, 2004, a.Charges[2].Base)
	require.Equal(t, "2.505", unrounded(t, a, 1, "501"))
	perTariff := assess.Regulation
	perTariff.HMF.Place = assess.PerTariff
	require.Equal(t, "2.50", mustAssessBy(t, tables, perTariff, s).Charges[2].Amount.String())
	under, err := mustAssessBy(t, tables, perTariff, s).Charges[2].Working.ExecuteUnder(assess.Regulation.HMF)
	require.NoError(t, err)
	require.Equal(t, "2.51", under.String())
}

// TestExampleD6Deposits is example D6: 25,000 dollars at 10.17 percent, and
// 12.3456 units at 110.25 dollars, which are 1,361.1024.
func TestExampleD6Deposits(t *testing.T) {
	s := with(consumption(date(t, "2026-01-15")), "", tariff("9500000000", 25_000))
	s.Type = "03"
	s.Lines[0].Cases = []entry.Case{
		{Number: "C570001000", Claim: 'C', RateType: 'S', Rate: 11_025, Quantity: 123_456},
		{Number: "A570001000", Claim: 'C', RateType: 'A', Rate: 1_017},
	}
	a := mustAssess(t, exampleTables(t), s)
	require.Equal(t, []string{"1 001 0.00", "1 012 2542.50", "1 013 1361.10", "1 499 86.60", "1 501 31.25"}, listing(a))
	require.EqualValues(t, 25_000, a.Charges[1].Base)
	require.EqualValues(t, 0, a.Charges[2].Base)
	require.Equal(t, "2542.5", unrounded(t, a, 1, "012"))
	require.Equal(t, "1361.1024", unrounded(t, a, 1, "013"))
}

// TestExampleT9HarborDeMinimis is example T9: 3.00 of harbor maintenance fee and
// nothing else due is not collected.
func TestExampleT9HarborDeMinimis(t *testing.T) {
	tables := exampleTables(t)
	for _, c := range []struct {
		name  string
		value int64
		line  string // tariff number
		spi   string
		want  []string
	}{
		{"T9 AE note o, ENS-71: 3.00 and nothing else", 2_400, "9500000000", "S", []string{"1 001 0.00"}},
		{"T9 AE note o: 3.00 rounded down from 3.00375", 2_403, "9500000000", "S", []string{"1 001 0.00"}},
		{"T9 AE note o: 3.01", 2_405, "9500000000", "S", []string{"1 001 0.00", "1 501 3.01"}},
		{"T9 AE note o: 3.00 and duty", 2_400, "8700000007", "JP", []string{"1 001 48.00", "1 499 8.31", "1 501 3.00", "0 499 25.27"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(consumption(date(t, "2026-01-15")), c.spi, tariff(c.line, c.value))
			require.Equal(t, c.want, listing(mustAssess(t, tables, s)))
		})
	}
}

// refusal gives the *Error of an entry that must be refused.
func refusal(t *testing.T, tables *reference.Tables, s *entry.Summary) *assess.Error {
	t.Helper()
	var a assess.Assessment
	err := assess.New(tables, assess.Regulation).Assess(&a, s)
	var refused *assess.Error
	require.True(t, errors.As(err, &refused), "%v", err)
	return refused
}
