package reference_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

func tables(t testing.TB) *reference.Tables {
	t.Helper()
	tables, err := reference.Default()
	require.NoError(t, err)
	return tables
}

func date(t testing.TB, s string) reference.Date {
	t.Helper()
	d, err := reference.ParseDate(s)
	require.NoError(t, err)
	return d
}

// TestExampleT11Fees is the published table of ACE CATAIR AE notes n, p, q, r and w:
// each period five figures, a test each on its first and on its last day.
func TestExampleT11Fees(t *testing.T) {
	for _, c := range []struct{ from, to, rate, minimum, maximum, informal, surcharge, mail string }{
		{"1987-10-01", "1990-09-30", "0.0017", "0.00", "0.00", "2.00", "3.00", "5.00"},
		{"1990-10-01", "1992-09-30", "0.0017", "21.00", "400.00", "", "", ""},
		{"1992-10-01", "1994-12-31", "0.0019", "21.00", "400.00", "", "", ""},
		{"1995-01-01", "2011-09-30", "0.0021", "25.00", "485.00", "2.00", "3.00", "5.00"},
		{"2011-10-01", "2017-12-31", "0.003464", "25.00", "485.00", "2.00", "3.00", "5.00"},
		{"2018-01-01", "2018-09-30", "0.003464", "25.67", "497.99", "2.05", "3.08", "5.65"},
		{"2018-10-01", "2019-09-30", "0.003464", "26.22", "508.70", "2.10", "3.15", "5.77"},
		{"2019-10-01", "2020-09-30", "0.003464", "26.79", "519.76", "2.14", "3.21", "5.89"},
		{"2020-10-01", "2021-09-30", "0.003464", "27.23", "528.33", "2.18", "3.27", "5.99"},
		{"2021-10-01", "2022-09-30", "0.003464", "27.75", "538.40", "2.22", "3.33", "6.11"},
		{"2022-10-01", "2023-09-30", "0.003464", "29.66", "575.35", "2.37", "3.56", "6.52"},
		{"2023-10-01", "2024-09-30", "0.003464", "31.67", "614.35", "2.53", "3.80", "6.97"},
		{"2024-10-01", "2025-09-30", "0.003464", "32.71", "634.62", "2.62", "3.93", "7.20"},
		{"2025-10-01", "2026-09-30", "0.003464", "33.58", "651.50", "2.69", "4.03", "7.39"},
	} {
		for _, day := range []string{c.from, c.to} {
			on := date(t, day)
			mpf := func(t *testing.T) *reference.Fee {
				fee, err := tables(t).Fee(reference.ClassMPF, on)
				require.NoError(t, err)
				return fee
			}
			fixed := func(class reference.Class, want string) {
				t.Run("T11 AE notes p q r: "+day+" "+string(class)+" "+cmp.Or(want, "not printed"), func(t *testing.T) {
					fee, err := tables(t).Fee(class, on)
					if want == "" { // the table prints none
						require.ErrorContains(t, err, "not known")
						return
					}
					require.NoError(t, err)
					require.Equal(t, want, fee.Amount.String())
				})
			}
			t.Run("T11 AE note n: "+day+" 499 rate "+c.rate, func(t *testing.T) { require.Equal(t, c.rate, mpf(t).Rate.String()) })
			t.Run("T11 AE note w: "+day+" 499 limits "+c.minimum+" and "+c.maximum, func(t *testing.T) {
				require.Equal(t, []string{c.minimum, c.maximum}, []string{mpf(t).Minimum.String(), mpf(t).Maximum.String()})
			})
			fixed(reference.ClassInformalFee, c.informal)
			fixed(reference.ClassSurcharge, c.surcharge)
			fixed(reference.ClassMailFee, c.mail)
		}
	}
}

// TestHarborRate is ACE CATAIR AE note o: 0.125 percent from 1 January 1991.
func TestHarborRate(t *testing.T) {
	for day, want := range map[string]string{"1990-12-31": "0.0004", "1991-01-01": "0.00125", "2026-01-15": "0.00125"} {
		fee, err := tables(t).Fee(reference.ClassHMF, date(t, day))
		require.NoError(t, err)
		require.Equal(t, want, fee.Rate.String(), day)
	}
}

// TestInterest checks rows of the published quarterly table (FR 2024-21785).
func TestInterest(t *testing.T) {
	for _, c := range []struct {
		day                    string
		under, over, corporate string
	}{
		{"1974-07-01", "0.06", "0.06", ""},
		{"1982-02-01", "0.2", "0.2", ""},
		{"1987-09-30", "0.09", "0.08", ""},
		{"1998-12-31", "0.08", "0.07", ""},
		{"1999-01-01", "0.07", "0.07", "0.06"},
		{"2011-03-31", "0.03", "0.03", "0.02"},
		{"2024-12-31", "0.08", "0.08", "0.07"},
		{"2026-03-31", "0.07", "0.07", "0.06"},
	} {
		row, err := tables(t).Interest(date(t, c.day))
		require.NoError(t, err)
		require.Equal(t, c.under, row.Under.String(), c.day)
		require.Equal(t, c.over, row.Over.String(), c.day)
		require.Equal(t, c.corporate != "", row.HasCorporate)
		if row.HasCorporate {
			require.Equal(t, c.corporate, row.CorporateOver.String(), c.day)
		}
	}
	_, err := tables(t).Interest(date(t, "2026-04-01"))
	require.EqualError(t, err, "table interest has no row for rates on 2026-04-01, only from 1974-07-01 to 2026-03-31")
}

// TestMissing: a missing row names table, key and date.
func TestMissing(t *testing.T) {
	tables := tables(t)
	_, err := tables.Fee("499", 20261001)
	require.EqualError(t, err, "table fees has no row for class 499 on 2026-10-01, only from 1987-10-01 to 2026-09-30")
	var missing *reference.MissingError
	require.True(t, errors.As(err, &missing))
	_, err = tables.Tariff("0000000000", "KR", 20251001)
	require.EqualError(t, err, "table hts has no row for 0000000000 column KR on 2025-10-01")
	for _, hts := range []string{"", "123", "12345678901", "12345678AB"} {
		_, err = tables.Tariff(hts, reference.General, 20251001)
		require.Error(t, err)
	}
	_, err = tables.Tariff("8708290010", "LONG", 20251001)
	require.Error(t, err)
	_, err = tables.SPI("S", 20200630)
	require.EqualError(t, err, "table spi has no row for indicator S on 2020-06-30, only from 2020-07-01 to 9999-12-31")
	_, err = tables.EntryType("99", 20251001)
	require.Error(t, err)
	_, err = tables.Mode("99", 20251001)
	require.Error(t, err)
	_, err = tables.Class("999", 20251001)
	require.Error(t, err)
	require.Nil(t, tables.ColumnTwo("CN", 20251001))
	require.Nil(t, tables.ColumnTwo("RU", 20220408))
	require.NotNil(t, tables.ColumnTwo("RU", 20220409))
}

// TestSampleTariff: the sample says that it is one, and has what the generated
// days need.
func TestSampleTariff(t *testing.T) {
	codes := map[byte]int{}
	columns := map[reference.Column]int{}
	remedies := map[reference.Remedy]int{}
	for _, row := range tables(t).Tariffs() {
		require.False(t, row.Verified)
		if row.HTS == "9903819100" { // the one number that is the law's
			continue
		}
		require.Contains(t, row.Citation, "sample data")
		columns[row.Column]++
		if row.Column == reference.General {
			codes[row.DutyCode]++
			remedies[row.Remedy]++
		}
	}
	for code := byte('0'); code <= '7'; code++ {
		require.GreaterOrEqual(t, codes[code], 5, "duty code %c", code)
	}
	for _, column := range []reference.Column{reference.General, reference.ColumnTwo, "S", "S+", "AU", "KR", "CA", "A", "JP"} {
		require.NotZero(t, columns[column], column)
	}
	require.GreaterOrEqual(t, remedies[reference.Additional], 3)
	require.GreaterOrEqual(t, remedies[reference.Replacement], 1)
}

// overlay is the embedded folder with one file's text changed.
func overlay(t *testing.T, name string, change func(string) string) fs.FS {
	t.Helper()
	fsys := fstest.MapFS{}
	names, err := fs.Glob(reference.Files(), "*.csv")
	require.NoError(t, err)
	for _, n := range names {
		b, err := fs.ReadFile(reference.Files(), n)
		require.NoError(t, err)
		if n == name {
			b = []byte(change(string(b)))
		}
		fsys[n] = &fstest.MapFile{Data: b}
	}
	return fsys
}

func replaced(old, new string) func(string) string {
	return func(s string) string { return strings.Replace(s, old, new, 1) }
}

func appended(row string) func(string) string {
	return func(s string) string { return s + row + "\n" }
}

// TestLoadFaults: each fault of a table is refused with file and row.
func TestLoadFaults(t *testing.T) {
	for _, c := range []struct {
		name, file string
		change     func(string) string
		want       string
	}{
		{"hole", "fees.csv", replaced("499,2018-10-01,", "499,2018-10-02,"), "fees.csv row 8, class 499: begins on 2018-10-02, but row 7 ends on 2018-09-30: no row from 2018-10-01 to 2018-10-01"},
		{"overlap", "interest.csv", replaced("1975-07-01,", "1975-06-30,"), "interest.csv row 3, rates: from 1975-06-30 to 1976-01-31 overlaps row 2"},
		{"unknown class", "fees.csv", appended("888,2020-01-01,2020-12-31,0.1,,,,x,no"), "table class_codes has no row for class 888"},
		{"nine decimals", "fees.csv", replaced("0.003464", "0.003464001"), "column rate: reading rate"},
		{"third decimal of an amount", "fees.csv", replaced("25.67", "25.675"), "row 7, column minimum"},
		{"rate that is not a number", "interest.csv", replaced(",9,9,", ",nine,9,"), "interest.csv row 3, column under"},
		{"percentage with seven decimals", "interest.csv", replaced(",9,9,", ",9.0000001,9,"), "interest.csv row 3, column under: 9.0000001 percent has more than 6 decimals"},
		{"negative rate", "hts.csv", replaced("0.0944", "-0.0944"), "is negative"},
		{"day that does not exist", "fees.csv", replaced("2011-09-30", "2011-09-31"), "not a day of the calendar"},
		{"end before start", "spi.csv", replaced("1994-01-01,2020-06-30", "2020-07-01,2020-06-30"), "lies before effective_from"},
		{"no citation", "spi.csv", appended("ZZ,x,2020-01-01,2020-12-31,,no"), "column citation: is empty"},
		{"verified is neither yes nor no", "spi.csv", appended("ZZ,x,2020-01-01,2020-12-31,x,perhaps"), "column verified"},
		{"unknown column", "spi.csv", replaced("spi,name,", "spi,title,"), `column "title" is not one of`},
		{"missing column", "spi.csv", func(string) string { return "spi,name\n" }, `"effective_from" is missing`},
		{"ragged row", "spi.csv", appended("ZZ,x"), "wrong number of fields"},
		{"unknown program column", "hts.csv", replaced(",AU,0,", ",QQ,0,"), "column QQ: the column is neither general, 2 nor an indicator"},
		{"duty code without its rate", "hts.csv", appended("0100000000,2020-01-01,2099-12-31,general,7,,,,,,,x,no"), `duty code 7 uses exactly the rates "2"`},
		{"duty code without its unit", "hts.csv", appended("0100000000,2020-01-01,2099-12-31,general,1,0.5,,,,,,x,no"), "column uom1: duty code 1 needs this unit"},
		{"duty code that does not exist", "hts.csv", appended("0100000000,2020-01-01,2099-12-31,general,8,,,,,,,x,no"), `"8" is not a duty computation code`},
		{"nine digits", "hts.csv", appended("010000000,2020-01-01,2099-12-31,general,0,,,,,,,x,no"), "is not ten digits"},
		{"remedy without kind", "hts.csv", appended("9903999999,2020-01-01,2099-12-31,general,7,,0.1,,,,,x,no"), "chapter99.csv has no one row"},
		{"remedy in a special column", "hts.csv", appended("9903900025,2020-01-01,2099-12-31,S,7,,0.1,,,,,x,no"), "general column only"},
		{"remedy on the duty by units", "chapter99.csv", replaced("9903900091,additional,full", "9903900091,additional,duty"), "a fraction of the duty; it needs code 0, 7 or 9"},
		{"unknown kind", "chapter99.csv", replaced("additional", "extra"), `"extra" is not one of additional, replacement`},
		{"unknown weekday", "holidays.csv", replaced("Monday", "Moonday"), "not a day of the week"},
		{"override twice", "calendar_overrides.csv", appended("2025-01-09,no,2025-01-09,2025-01-09,x,no"), "stands in row 2 already"},
		{"minimum above maximum", "fees.csv", replaced("651.50", "6.50"), "is less than the minimum"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := reference.Load(overlay(t, c.file, c.change))
			require.ErrorContains(t, err, c.want)
			require.ErrorContains(t, err, c.file)
		})
	}
	t.Run("missing file", func(t *testing.T) {
		_, err := reference.Load(fstest.MapFS{})
		require.ErrorContains(t, err, "opening table class_codes")
	})
	t.Run("all faults at once", func(t *testing.T) {
		_, err := reference.Load(overlay(t, "spi.csv", func(s string) string {
			return strings.ReplaceAll(strings.ReplaceAll(s, "AU,Australia", ",Australia"), "KR,Korea", "KOR,Korea")
		}))
		require.ErrorContains(t, err, "spi.csv row 3")
		require.ErrorContains(t, err, "spi.csv row 21")
	})
}

// TestCheckDigitFactor: the embedded table is empty, a row of one's own counts
// while it is in force.
func TestCheckDigitFactor(t *testing.T) {
	require.Zero(t, tables(t).CheckDigitFactor("B76", 20260115))
	own, err := reference.Load(overlay(t, "check_digit_factors.csv", appended("B76,2,2026-01-01,9999-12-31,the filer's letter,no")))
	require.NoError(t, err)
	require.Equal(t, 2, own.CheckDigitFactor("B76", 20260115))
	require.Zero(t, own.CheckDigitFactor("B76", 20251231))
	_, err = reference.Load(overlay(t, "check_digit_factors.csv", appended("B76,10,2026-01-01,9999-12-31,x,no")))
	require.ErrorContains(t, err, "check_digit_factors.csv row 2, column factor")
}

// TestLookupsAllocateNothing is the promise of the hot path.
func TestLookupsAllocateNothing(t *testing.T) {
	tables := tables(t)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		fee, err1 := tables.Fee(reference.ClassMPF, 20251001)
		row, err2 := tables.Tariff("8708290010", "S", 20251001)
		spi, err3 := tables.SPI("S", 20251001)
		if err1 != nil || err2 != nil || err3 != nil || fee.Rate == 0 || row == nil || spi == nil || tables.ColumnTwo("CN", 20251001) != nil {
			t.Fatal("lookup failed")
		}
	}))
}

func BenchmarkTariff(b *testing.B) {
	tables := tables(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tables.Tariff("8708290010", "S", 20251001); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFee(b *testing.B) {
	tables := tables(b)
	b.ReportAllocs()
	for b.Loop() {
		if fee, err := tables.Fee(reference.ClassMPF, 20251001); err != nil || fee.Rate != money.Rate(346_400) {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := reference.Load(reference.Files()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoadFullTariff loads a tariff of the size of the U.S. one: 20,000
// numbers in ten columns, 200,000 rows in all. The goal is under 200 ms.
func BenchmarkLoadFullTariff(b *testing.B) {
	fsys := fullTariff(b, 20_000)
	b.ReportAllocs()
	for b.Loop() {
		tables, err := reference.Load(fsys)
		if err != nil {
			b.Fatal(err)
		}
		if n := len(tables.Tariffs()); n != 200_000 {
			b.Fatalf("%d rows", n)
		}
	}
}

// fullTariff are the real tables with a tariff of so many numbers, each with a
// general column in two periods, column 2 and seven programs.
func fullTariff(t testing.TB, numbers int) fs.FS {
	t.Helper()
	fsys := fstest.MapFS{}
	names, err := fs.Glob(reference.Files(), "*.csv")
	require.NoError(t, err)
	for _, name := range names {
		b, err := fs.ReadFile(reference.Files(), name)
		require.NoError(t, err)
		fsys[name] = &fstest.MapFile{Data: b}
	}
	var b bytes.Buffer
	b.WriteString("hts,effective_from,effective_to,column,duty_code,rate1,rate2,rate3,uom1,uom2,uom3,citation,verified\n")
	for i := range numbers {
		hts := fmt.Sprintf("%010d", 101_210_010+i*480_013)
		fmt.Fprintf(&b, "%s,2015-01-01,2021-12-31,general,4,0.%03d,0.0%02d,,KG,NO,,\"HTSUS (2015), chapter %s\",no\n", hts, i%999+1, i%99+1, hts[:2])
		fmt.Fprintf(&b, "%s,2022-01-01,9999-12-31,general,7,,0.0%02d,,KG,NO,,\"HTSUS (2022), chapter %s\",no\n", hts, i%99+1, hts[:2])
		for _, column := range []string{"2", "AU", "CL", "CO", "KR", "PA", "PE", "S"} {
			fmt.Fprintf(&b, "%s,2022-01-01,9999-12-31,%s,7,,0.1%02d,,KG,NO,,\"HTSUS (2022), chapter %s\",no\n", hts, column, i%99+1, hts[:2])
		}
	}
	fsys["hts.csv"] = &fstest.MapFile{Data: b.Bytes()}
	return fsys
}

// FuzzLoad: no text of a table panics, and a tariff that loads is found again,
// row by row, on its first and last day.
//
// Found so far: an unclosed quote failed on the position of a record that there
// was not (the fourth seed).
func FuzzLoad(f *testing.F) {
	const header = "hts,effective_from,effective_to,column,duty_code,rate1,rate2,rate3,uom1,uom2,uom3,citation,verified\n"
	f.Add(header + "8708290010,2020-01-01,2099-12-31,general,7,,0.07,,NO,,,sample,no\n")
	f.Add(header + "8708290010,2020-01-01,2020-12-31,S,0,,,,,,,sample,no\n8708290010,2021-01-01,9999-12-31,S,1,0.5,,,KG,,,sample,yes\n")
	f.Add(header + "9903900025,2020-01-01,2099-12-31,general,7,,0.25,,,,,sample,no\n")
	f.Add(header + "\"")
	f.Add("\xef\xbb\xbf" + header)
	base := fstest.MapFS{}
	names, err := fs.Glob(reference.Files(), "*.csv")
	require.NoError(f, err)
	for _, name := range names {
		b, err := fs.ReadFile(reference.Files(), name)
		require.NoError(f, err)
		base[name] = &fstest.MapFile{Data: b}
	}
	f.Fuzz(func(t *testing.T, text string) {
		fsys := fstest.MapFS{}
		for name, file := range base {
			fsys[name] = file
		}
		fsys["hts.csv"] = &fstest.MapFile{Data: []byte(text)}
		loaded, err := reference.Load(fsys)
		if err != nil {
			return
		}
		for _, row := range loaded.Tariffs() {
			for _, day := range []reference.Date{row.From, row.To} {
				found, err := loaded.Tariff(row.HTS, row.Column, day)
				require.NoError(t, err)
				require.Equal(t, row, *found)
			}
		}
	})
}
