package assess_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// tablesWith are the real tables with some files in place of theirs.
func tablesWith(t testing.TB, files map[string]string) *reference.Tables {
	t.Helper()
	fsys := fstest.MapFS{}
	names, err := fs.Glob(reference.Files(), "*.csv")
	require.NoError(t, err)
	for _, name := range names {
		b, err := fs.ReadFile(reference.Files(), name)
		require.NoError(t, err)
		fsys[name] = &fstest.MapFile{Data: b}
	}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	tables, err := reference.Load(fsys)
	require.NoError(t, err)
	return tables
}

// remedyTariff has goods of 7 percent, free under S and 35 percent in column 2,
// and a chapter 99 number of each kind.
const remedyTariff = htsHeader + `8700000007,1980-01-01,2099-12-31,general,7,,0.07,,NO,,,example,no
8700000007,1980-01-01,2099-12-31,2,7,,0.35,,NO,,,example,no
8700000007,1980-01-01,2099-12-31,S,0,,,,NO,,,example,no
8700000007,1980-01-01,2099-12-31,B,7,,0.01,,NO,,,example,no
9801001010,1980-01-01,2099-12-31,general,0,,,,NO,,,example,no
9802006000,1980-01-01,2099-12-31,general,0,,,,NO,,,example,no
9802008068,1980-01-01,2099-12-31,general,0,,,,NO,,,example,no
9903000001,1980-01-01,2099-12-31,general,7,,0.25,,,,,example,no
9903000002,1980-01-01,2099-12-31,general,7,,0.3,,,,,example,no
9903000003,1980-01-01,2099-12-31,general,7,,0.1,,,,,example,no
9903000004,1980-01-01,2099-12-31,general,7,,0.25,,,,,example,no
9903000005,1980-01-01,2099-12-31,general,7,,0.1,,,,,example,no
9903000006,1980-01-01,2099-12-31,general,0,,,,,,,example,no
9903000007,1980-01-01,2099-12-31,general,0,,,,,,,example,no
9903000008,1980-01-01,2099-12-31,general,7,,0.5,,,,,example,no
9903000009,1980-01-01,2099-12-31,general,1,0.02,,,NO,,,example,no
9903000010,1980-01-01,2099-12-31,general,7,,0.25,,,,,example,no
9903000011,1980-01-01,2099-12-31,general,7,,0.1,,,,,example,no
9903000012,1980-01-01,2099-12-31,general,7,,0.1,,,,,example,no
9903000013,1980-01-01,2099-12-31,general,7,,0.25,,,,,example,no
8800000005,1980-01-01,2099-12-31,general,7,,0.05,,NO,,,example,no
8700000009,1980-01-01,2099-12-31,general,9,,0.5,,NO,,,example,no
8700000009,1980-01-01,2099-12-31,2,9,,0.5,,NO,,,example,no
8700000010,1980-01-01,2099-12-31,general,1,0.3,,,NO,,,example,no
9816000000,1980-01-01,2099-12-31,general,7,,0.03,,,,,example,no
9822000000,1980-01-01,2099-12-31,general,9,,0.1,,,,,example,no
`

const remedyRows = `hts,kind,base,cap,countries,except_countries,numbers,except_numbers,excludes,effective_from,effective_to,citation,verified
9903000001,additional,full,,,,,,,1980-01-01,2099-12-31,example,no
9903000002,replacement,full,,,,,,,1980-01-01,2099-12-31,example,no
9903000003,cap,full,0.15,,,,,,1980-01-01,2099-12-31,example,no
9903000004,additional,content,,,,,,,1980-01-01,2099-12-31,example,no
9903000005,additional,duty,,,,,,,1980-01-01,2099-12-31,example,no
9903000006,exclusion,full,,,,,,9903000001 9903000002,1980-01-01,2099-12-31,example,no
9903000007,quota,full,,,,,,,1980-01-01,2099-12-31,example,no
9903000008,additional,full,,CN,,87,,,1980-01-01,2099-12-31,example,no
9903000009,additional,full,,,,,,,1980-01-01,2099-12-31,example,no
9903000010,additional,full,,,,87,,,1980-01-01,2099-12-31,example,no
9903000011,cap,full,0.15,,,,88,,1980-01-01,2099-12-31,example,no
9903000012,additional,duty,,,,87,,,1980-01-01,2099-12-31,example,no
9903000013,additional,content,,,,87,,,1980-01-01,2099-12-31,example,no
`

func remedyTables(t testing.TB) *reference.Tables {
	return tablesWith(t, map[string]string{"hts.csv": remedyTariff, "chapter99.csv": remedyRows})
}

// TestRemedies is ACE CATAIR AE note ii kind by kind, on goods of 1,000 dollars
// at 7 percent: 70.00 of normal duty.
func TestRemedies(t *testing.T) {
	tables := remedyTables(t)
	none := func(*entry.Summary) {}
	spi := func(code string) func(*entry.Summary) { return func(s *entry.Summary) { s.Lines[0].SPI = code } }
	cuba := func(s *entry.Summary) { s.Lines[0].Origin = "CU" }
	for _, c := range []struct {
		name   string
		change func(*entry.Summary)
		add    []entry.Tariff
		want   string
		last   string // sentence of the last step
	}{
		{"normal duty", none, nil, "70.00", "0.07 x 1000 = 70, NEAREST-AWAY-FROM-ZERO per tariff: 70.00"},
		{"additional", none, []entry.Tariff{tariff("9903000001", 0)}, "320.00", "0.25 x 1000 = 250, NEAREST-AWAY-FROM-ZERO per tariff: 250.00"},
		{"additional, specific", none, []entry.Tariff{tariff("9903000009", 0, 15_000)}, "73.00", "0.02 x 150.00 = 3, NEAREST-AWAY-FROM-ZERO per tariff: 3.00"},
		{"a program waives the normal duty only", spi("S"), []entry.Tariff{tariff("9903000001", 0)}, "250.00", ""},
		{"replacement", none, []entry.Tariff{tariff("9903000002", 0)}, "300.00", "0.3 x 1000 = 300, NEAREST-AWAY-FROM-ZERO per tariff: 300.00"},
		{"cap: 10 percent, together at most 15", none, []entry.Tariff{tariff("9903000003", 0)}, "150.00",
			"lesser of 0.1 x 1000 and 0.15 x 1000 less normal duty 70.00 = 80, NEAREST-AWAY-FROM-ZERO per tariff: 80.00"},
		{"cap not reached under a program", spi("S"), []entry.Tariff{tariff("9903000003", 0)}, "100.00",
			"lesser of 0.1 x 1000 and 0.15 x 1000 less normal duty 0.00 = 100, NEAREST-AWAY-FROM-ZERO per tariff: 100.00"},
		{"cap below the normal duty: nothing is added or taken off", cuba, []entry.Tariff{tariff("9903000003", 0)}, "350.00",
			"lesser of 0.1 x 1000 and 0.15 x 1000 less normal duty 350.00 = 0, NEAREST-AWAY-FROM-ZERO per tariff: 0.00"},
		{"cap listed before the goods", func(s *entry.Summary) {
			s.Lines[0].Tariffs = append([]entry.Tariff{tariff("9903000003", 0)}, s.Lines[0].Tariffs...)
		}, nil, "150.00", ""},
		{"CSMS 64348411: content value on the number itself", none, []entry.Tariff{tariff("9903000004", 400)}, "170.00",
			"0.25 x 400 = 100, NEAREST-AWAY-FROM-ZERO per tariff: 100.00"},
		{"CSMS 64348411: the content's own line", none, []entry.Tariff{tariff("9903000004", 0)}, "320.00", ""},
		{"on the normal duty", none, []entry.Tariff{tariff("9903000005", 0)}, "77.00", "0.1 x 70.00 = 7, NEAREST-AWAY-FROM-ZERO per tariff: 7.00"},
		{"exclusion of an additional remedy", none, []entry.Tariff{tariff("9903000006", 0), tariff("9903000001", 0)}, "70.00",
			"0, excluded by another number of the line (9903000006): 0.00"},
		{"exclusion of a replacement: the normal duty is owed again", none, []entry.Tariff{tariff("9903000002", 0), tariff("9903000006", 0)}, "70.00",
			"0, excludes another number: 0.00"},
		{"exclusion of one remedy leaves another", none, []entry.Tariff{tariff("9903000006", 0), tariff("9903000003", 0)}, "150.00", ""},
		{"absolute quota: no duty of its own", none, []entry.Tariff{tariff("9903000007", 0)}, "70.00", "0, reported for its quota: 0.00"},
		{"two remedies", none, []entry.Tariff{tariff("9903000001", 0), tariff("9903000003", 0)}, "400.00", ""},
		{"type 51 has no remedies", func(s *entry.Summary) { s.Type = "51" }, []entry.Tariff{tariff("9903000002", 0)}, "70.00",
			"0, no remedy on an entry of type 51: 0.00"},
		{"B# is the preference of B", spi("B#"), nil, "10.00", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(consumption(20260115), "", tariff("8700000007", 1_000))
			s.Mode = "40"
			c.change(s)
			s.Lines[0].Tariffs = append(s.Lines[0].Tariffs, c.add...)
			a := mustAssess(t, tables, s)
			require.Equal(t, c.want, a.Totals.Duty.String())
			if c.last != "" {
				steps := a.Charges[0].Working.Steps
				require.Equal(t, c.last, steps[len(steps)-1].Sentence())
			}
			perLine := assess.Regulation
			perLine.Duty.Place = assess.PerLine
			require.Equal(t, c.want, mustAssessBy(t, tables, perLine, s).Totals.Duty.String())
		})
	}
}

// TestRemedyWithoutGoods is ACE CATAIR AE note ii: a remedy is reported with the
// number of the goods. Alone on a line it has no base, which is no reason for a zero.
func TestRemedyWithoutGoods(t *testing.T) {
	tables := remedyTables(t)
	for _, tariffs := range [][]entry.Tariff{
		{tariff("9903000001", 1_000)}, {tariff("9903000002", 1_000)}, {tariff("9903000003", 0)}, {tariff("9903000004", 0)},
		{tariff("9801001010", 1_000, 100), tariff("9903000001", 0)},
	} {
		require.ErrorContains(t, refusal(t, tables, with(consumption(20260115), "", tariffs...)), "numbers of chapters 1 to 97, and the line has none")
	}
	content := with(consumption(20260115), "", tariff("9903000004", 400))
	require.Equal(t, "100.00", mustAssess(t, tables, content).Totals.Duty.String())
}

// TestDerivedDuty is how we read code 9 of appendix F, "derived from the duty of
// the other tariff number", where a line has several: goods of 1,000 dollars at 7
// percent, 70.00, and half of what code 9 derives from.
func TestDerivedDuty(t *testing.T) {
	tables := remedyTables(t)
	goods, half := tariff("8700000007", 1_000), tariff("8700000009", 0)
	for _, c := range []struct {
		name    string
		tariffs []entry.Tariff
		want    string
	}{
		{"half of 70.00", []entry.Tariff{half, goods}, "105.00"},
		{"of all the goods of the line: half of 70.00 + 30.00", []entry.Tariff{half, goods, tariff("8700000010", 0, 10_000)}, "150.00"},
		{"not of each other", []entry.Tariff{half, half, goods}, "140.00"},
		{"not of a remedy, which is owed besides", []entry.Tariff{half, goods, tariff("9903000001", 0)}, "355.00"},
		{"not of a number of chapter 98", []entry.Tariff{half, goods, tariff("9816000000", 1_000)}, "135.00"},
		{"a number of chapter 98 derives from the goods", []entry.Tariff{tariff("9822000000", 0), goods}, "77.00"},
		{"replaced with the goods", []entry.Tariff{half, goods, tariff("9903000002", 0)}, "300.00"},
		{"alone, but replaced", []entry.Tariff{tariff("8700000009", 1_000), tariff("9903000002", 0)}, "300.00"},
		{"normal duty itself, for a remedy on the duty: a tenth of 105.00", []entry.Tariff{half, goods, tariff("9903000005", 0)}, "115.50"},
		{"and for a cap: 150.00 less 105.00", []entry.Tariff{half, goods, tariff("9903000003", 0)}, "150.00"},
		{"chapter 98 is not: a tenth of 70.00", []entry.Tariff{goods, tariff("9816000000", 1_000), tariff("9903000005", 0)}, "107.00"},
		{"a remedy on a duty that is replaced: 300.00 and a tenth of 105.00", []entry.Tariff{half, goods, tariff("9903000002", 0), tariff("9903000005", 0)}, "310.50"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(consumption(20260115), "", c.tariffs...)
			require.Equal(t, c.want, mustAssess(t, tables, s).Totals.Duty.String())
		})
	}
	for _, tariffs := range [][]entry.Tariff{{half}, {half, tariff("9816000000", 1_000)}, {half, tariff("9903000001", 0)}} {
		require.ErrorContains(t, refusal(t, tables, with(consumption(20260115), "", tariffs...)), "the line has none")
	}
}

// TestRemedyTouchesDutyOnly: 499, 501 and deposits are the same with and without
// a remedy (ACE CATAIR AE note ii).
func TestRemedyTouchesDutyOnly(t *testing.T) {
	tables := remedyTables(t)
	others := func(add ...entry.Tariff) (lines []string) {
		s := with(consumption(20260115), "", append([]entry.Tariff{tariff("8700000007", 25_000)}, add...)...)
		s.Type, s.Lines[0].Cases = "03", []entry.Case{deposit('C')}
		for _, line := range listing(mustAssess(t, tables, s)) {
			if line[:5] != "1 001" {
				lines = append(lines, line)
			}
		}
		return lines
	}
	want := []string{"1 012 2500.00", "1 499 86.60", "1 501 31.25"}
	require.Equal(t, want, others())
	for _, hts := range []string{"9903000001", "9903000002", "9903000003", "9903000005", "9903000006", "9903000007"} {
		require.Equal(t, want, others(tariff(hts, 0)), hts)
	}
}

// TestRemedyScope: a remedy on goods that it is not for is refused by name.
func TestRemedyScope(t *testing.T) {
	tables := remedyTables(t)
	s := with(consumption(20260115), "", tariff("8700000007", 1_000), tariff("9903000008", 0))
	require.Equal(t, "570.00", mustAssess(t, tables, s).Totals.Duty.String())
	s.Lines[0].Origin = "DE"
	require.ErrorContains(t, refusal(t, tables, s), `hts "9903000008": row 9 of chapter99.csv is not for goods of DE under the numbers of the line (RATE)`)
}

// TestRemedyOfSomeNumbers: a remedy is owed on the articles that it is for. Number
// A, of 1,000 dollars at 7 percent, is in the scope; B, of 2,000 dollars at 5
// percent, is not: a normal duty of 70.00 and 100.00.
func TestRemedyOfSomeNumbers(t *testing.T) {
	tables := remedyTables(t)
	a, b := tariff("8700000007", 1_000), tariff("8800000005", 2_000)
	for _, c := range []struct {
		name    string
		tariffs []entry.Tariff
		want    string
		last    string // sentence of the last step
	}{
		{"25 percent of A: 250.00", []entry.Tariff{a, b, tariff("9903000010", 0)}, "420.00", "0.25 x 1000 = 250, NEAREST-AWAY-FROM-ZERO per tariff: 250.00"},
		{"the order does not matter", []entry.Tariff{tariff("9903000010", 0), b, a}, "420.00", ""},
		{"A twice: 500.00", []entry.Tariff{a, b, a, tariff("9903000010", 0)}, "740.00", ""},
		{"for both: 750.00", []entry.Tariff{a, b, tariff("9903000001", 0)}, "920.00", "0.25 x 3000 = 750, NEAREST-AWAY-FROM-ZERO per tariff: 750.00"},
		{"capped at 15 percent of A: 150.00 less 70.00", []entry.Tariff{a, b, tariff("9903000011", 0)}, "250.00",
			"lesser of 0.1 x 1000 and 0.15 x 1000 less normal duty 70.00 = 80, NEAREST-AWAY-FROM-ZERO per tariff: 80.00"},
		{"a tenth of the duty of A: 7.00", []entry.Tariff{a, b, tariff("9903000012", 0)}, "177.00", "0.1 x 70.00 = 7, NEAREST-AWAY-FROM-ZERO per tariff: 7.00"},
		{"a tenth of the duty of A and of what derives from 170.00: 15.50", []entry.Tariff{a, b, tariff("8700000009", 0), tariff("9903000012", 0)}, "270.50", ""},
		{"a content on its own number: 100.00", []entry.Tariff{a, b, tariff("9903000013", 400)}, "270.00", ""},
		{"A is the content: 250.00", []entry.Tariff{a, b, tariff("9903000013", 0)}, "420.00", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustAssess(t, tables, with(consumption(20260115), "", c.tariffs...))
			require.Equal(t, c.want, got.Totals.Duty.String())
			if steps := got.Charges[0].Working.Steps; c.last != "" {
				require.Equal(t, c.last, steps[len(steps)-1].Sentence())
			}
		})
	}
}
