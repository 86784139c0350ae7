package assess_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// deposit is an antidumping case of ten percent.
func deposit(claim byte) entry.Case {
	return entry.Case{Number: "A570001000", Claim: claim, RateType: 'A', Rate: 1_000}
}

// TestRules reads as the list of rules: each case changes one entry of 20,000
// dollars at 7 percent and gives its charges.
func TestRules(t *testing.T) {
	tables := exampleTables(t)
	for _, c := range []struct {
		name   string
		change func(*entry.Summary)
		want   []string
	}{
		{"type 01 by vessel", func(s *entry.Summary) {}, []string{"1 001 1400.00", "1 499 69.28", "1 501 25.00"}},
		{"AE note o: no 501 by air", func(s *entry.Summary) { s.Mode = "40" }, []string{"1 001 1400.00", "1 499 69.28"}},
		{"AE note o: 501 on border water", func(s *entry.Summary) { s.Mode = "12" }, []string{"1 001 1400.00", "1 499 69.28", "1 501 25.00"}},
		{"AE note p: informal entry owes 311 once", func(s *entry.Summary) { s.Type = "11" }, []string{"1 001 1400.00", "0 311 2.69"}},
		{"AE notes p r: by mail 496 in place of 311", func(s *entry.Summary) { s.Type, s.Mode = "11", "50" }, []string{"1 001 1400.00", "0 496 7.39"}},
		{"AE note r: no 496 on mail that is free of duty", func(s *entry.Summary) { s.Type, s.Mode, s.Lines[0].Tariffs[0].HTS = "11", "50", "9500000000" },
			[]string{"1 001 0.00"}},
		{"AE note r: formal mail owes 499 too", func(s *entry.Summary) { s.Mode = "50" }, []string{"1 001 1400.00", "1 499 69.28", "0 496 7.39"}},
		{"AE note r: free mail with an antidumping deposit is dutiable", func(s *entry.Summary) {
			s.Type, s.Mode, s.Lines[0].Tariffs[0].HTS, s.Lines[0].Cases = "03", "50", "9500000000", []entry.Case{deposit('B')}
		}, []string{"1 001 0.00", "1 012 2000.00 bonded", "1 499 69.28", "0 496 7.39"}},
		{"AE note q: a manual summary owes 500", func(s *entry.Summary) { s.Mode, s.Manual = "40", true },
			[]string{"1 001 1400.00", "1 499 69.28", "0 500 4.03"}},
		{"58c(b)(8)(A)(ii): added after the limits, so that 33.58 and 4.03 are due", func(s *entry.Summary) {
			s.Mode, s.Manual, s.Lines[0].Tariffs[0].Value = "40", true, 100
		}, []string{"1 001 7.00", "1 499 0.35", "0 499 33.23", "0 500 4.03"}},
		{"19 CFR 24.23(c): no 500 when every line is exempt", func(s *entry.Summary) { s.Mode, s.Manual, s.Lines[0].SPI = "40", true, "S" },
			[]string{"1 001 0.00"}},
		{"AE note jj: a consolidated express summary carries duty only", func(s *entry.Summary) { s.Type, s.Express = "11", true },
			[]string{"1 001 1400.00"}},
		{"AE note w: a consolidated summary may exceed the maximum", func(s *entry.Summary) {
			s.Mode, s.Consolidated, s.Lines[0].Tariffs[0].Value = "40", true, 1_000_000
		}, []string{"1 001 70000.00", "1 499 3464.00"}},
		{"AE note x: but has the minimum", func(s *entry.Summary) {
			s.Mode, s.Consolidated, s.Lines[0].Tariffs[0].Value = "40", true, 100
		}, []string{"1 001 7.00", "1 499 0.35", "0 499 33.23"}},
		{"AE note p: not when every line is exempt", func(s *entry.Summary) { s.Type, s.Lines[0].SPI = "11", "S" }, []string{"1 001 0.00"}},
		{"PF Q1: warehouse entry pays 501 only", func(s *entry.Summary) { s.Type = "21" },
			[]string{"1 001 1400.00 not due", "1 499 69.28 not due", "1 501 25.00"}},
		{"PF Q1: re-warehouse entry pays nothing", func(s *entry.Summary) { s.Type = "22" }, []string{"1 001 1400.00 not due"}},
		{"AE note m, PF Q1: temporary importation", func(s *entry.Summary) { s.Type = "23" }, []string{"1 001 1400.00 not due", "1 501 25.00"}},
		{"AE note o: no 501 from a zone", func(s *entry.Summary) { s.Type = "06" }, []string{"1 001 1400.00", "1 499 69.28"}},
		{"AE note m: domestic goods of a zone", func(s *entry.Summary) { s.Type, s.Lines[0].FTZStatus = "06", 'D' }, []string{"1 001 1400.00"}},
		{"AE note m: zone status counts in zone entries only", func(s *entry.Summary) { s.Lines[0].FTZStatus = 'D' },
			[]string{"1 001 1400.00", "1 499 69.28", "1 501 25.00"}},
		{"AE note k: set component", func(s *entry.Summary) { s.Lines[0].Set = 'V' }, nil},
		{"AE note k: set header", func(s *entry.Summary) { s.Lines[0].Set = 'X' }, []string{"1 001 1400.00", "1 499 69.28", "1 501 25.00"}},
		{"AE note m: products of Israel", func(s *entry.Summary) { s.Lines[0].Origin = "IL" }, []string{"1 001 1400.00", "1 501 25.00"}},
		{"AE note m: of a Caribbean Basin country", func(s *entry.Summary) { s.Lines[0].Origin = "JM" }, []string{"1 001 1400.00", "1 501 25.00"}},
		{"AE note m: of a least developed country", func(s *entry.Summary) { s.Lines[0].Origin = "BD" }, []string{"1 001 1400.00", "1 501 25.00"}},
		{"AE note m: of an insular possession", func(s *entry.Summary) { s.Lines[0].Origin = "GU" }, []string{"1 001 1400.00", "1 501 25.00"}},
		{"AE note m: not of any other country", func(s *entry.Summary) { s.Lines[0].Origin = "IN" }, []string{"1 001 1400.00", "1 499 69.28", "1 501 25.00"}},
		{"19 CFR 24.23(c): free program with exemption", func(s *entry.Summary) { s.Lines[0].SPI = "S" }, []string{"1 001 0.00", "1 501 25.00"}},
		{"program without exemption", func(s *entry.Summary) { s.Lines[0].SPI = "JP" }, []string{"1 001 400.00", "1 499 69.28", "1 501 25.00"}},
		{"column 2 comes before a program", func(s *entry.Summary) { s.Lines[0].Origin, s.Lines[0].SPI = "CU", "JP" },
			[]string{"1 001 7000.00", "1 499 69.28", "1 501 25.00"}},
		{"HTSUS 9801, AE note m: goods returned are free of duty and of 499", func(s *entry.Summary) {
			s.Lines[0].Tariffs = append(s.Lines[0].Tariffs, tariff("9801001010", 0))
		}, []string{"1 001 0.00", "1 501 25.00"}},
		{"AE note m: but for repairs abroad", func(s *entry.Summary) {
			s.Lines[0].Tariffs = append(s.Lines[0].Tariffs, tariff("9802006000", 0))
		}, []string{"1 001 1400.00", "1 499 69.28", "1 501 25.00"}},
		{"AE note m: and assembly abroad", func(s *entry.Summary) {
			s.Lines[0].Tariffs = append(s.Lines[0].Tariffs, tariff("9802008068", 0))
		}, []string{"1 001 1400.00", "1 499 69.28", "1 501 25.00"}},
		{"58c(b)(8)(D)(ii): assembled abroad, the U.S. components of 1,000 are not in the base of 499", func(s *entry.Summary) {
			s.Lines[0].Tariffs = append(s.Lines[0].Tariffs, tariff("9802008068", 1_000))
		}, []string{"1 001 1400.00", "1 499 69.28", "1 501 26.25"}},
		{"AE note ii: additional remedy", func(s *entry.Summary) {
			s.Lines[0].Tariffs = append(s.Lines[0].Tariffs, tariff("9903000025", 0))
		}, []string{"1 001 6400.00", "1 499 69.28", "1 501 25.00"}},
		{"AE note ii: a program waives the duty, not the remedy", func(s *entry.Summary) {
			s.Lines[0].SPI = "S"
			s.Lines[0].Tariffs = append(s.Lines[0].Tariffs, tariff("9903000025", 0))
		}, []string{"1 001 5000.00", "1 501 25.00"}},
		{"AE note ii: replacement remedy", func(s *entry.Summary) {
			s.Lines[0].Tariffs = append([]entry.Tariff{tariff("9903000030", 0)}, s.Lines[0].Tariffs...)
		}, []string{"1 001 6000.00", "1 499 69.28", "1 501 25.00"}},
		{"AE note ii: the remedy's base is the chapter 1 to 97 value", func(s *entry.Summary) {
			s.Lines[0].Tariffs = append(s.Lines[0].Tariffs, tariff("9903000025", 500), tariff("9802008068", 1_000))
		}, []string{"1 001 6400.00", "1 499 71.01", "1 501 26.88"}},
		{"AE note w: maximum", func(s *entry.Summary) { s.Mode, s.Lines[0].Tariffs[0].Value = "40", 1_000_000 },
			[]string{"1 001 70000.00", "1 499 3464.00", "0 499 -2812.50"}},
		{"AE note w: a pipeline has no limits", func(s *entry.Summary) { s.Mode, s.Lines[0].Tariffs[0].Value = "70", 1_000_000 },
			[]string{"1 001 70000.00", "1 499 3464.00"}},
		{"AE note w: no minimum without a liable line", func(s *entry.Summary) { s.Mode, s.Lines[0].SPI = "40", "S" }, []string{"1 001 0.00"}},
		{"AE note ff: cash deposit", func(s *entry.Summary) {
			s.Type, s.Lines[0].Cases = "03", []entry.Case{deposit('C')}
		}, []string{"1 001 1400.00", "1 012 2000.00", "1 499 69.28", "1 501 25.00"}},
		{"PF Q2: bonded deposit is not due", func(s *entry.Summary) {
			s.Type, s.Lines[0].Cases = "03", []entry.Case{deposit('B')}
		}, []string{"1 001 1400.00", "1 012 2000.00 bonded", "1 499 69.28", "1 501 25.00"}},
		{"AE note ff: a value of the case's own", func(s *entry.Summary) {
			s.Type, s.Lines[0].Cases = "03", []entry.Case{deposit('C')}
			s.Lines[0].Cases[0].Value = 555
		}, []string{"1 001 1400.00", "1 012 55.50", "1 499 69.28", "1 501 25.00"}},
		{"AE note k: a set component carries its deposits", func(s *entry.Summary) {
			s.Type, s.Lines[0].Cases, s.Lines[0].Set = "03", []entry.Case{deposit('C')}, 'V'
		}, []string{"1 012 2000.00"}},
		{"AE note ff: a zero-rate case is a charge of 0.00", func(s *entry.Summary) {
			s.Type, s.Lines[0].Cases = "03", []entry.Case{deposit('C')}
			s.Lines[0].Cases[0].Rate = 0
		}, []string{"1 001 1400.00", "1 012 0.00", "1 499 69.28", "1 501 25.00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(consumption(date(t, "2026-01-15")), "", tariff("8700000007", 20_000))
			c.change(s)
			require.Equal(t, c.want, listing(mustAssess(t, tables, s)))
		})
	}
}

// TestRateDates checks the date hierarchies of ACE CATAIR AE notes j, n, o.
func TestRateDates(t *testing.T) {
	tables := exampleTables(t)
	const before, after = "2025-09-30", "2025-10-01" // 3 percent, then 4
	for _, c := range []struct {
		name   string
		change func(t *testing.T, s *entry.Summary)
		duty   string
		date   string
	}{
		{"the entry date", func(*testing.T, *entry.Summary) {}, "40.00", after},
		{"the in-bond date comes first", func(t *testing.T, s *entry.Summary) { s.InBondDate = date(t, before) }, "30.00", before},
		{"not for quota entries", func(t *testing.T, s *entry.Summary) { s.Type, s.InBondDate = "02", date(t, before) }, "40.00", after},
		{"the import date does not count", func(t *testing.T, s *entry.Summary) { s.ImportDate = date(t, before) }, "40.00", after},
		{"privileged zone goods have their filing date", func(t *testing.T, s *entry.Summary) {
			s.Type, s.Lines[0].FTZStatus, s.Lines[0].PrivilegedDate = "06", 'P', date(t, before)
		}, "30.00", before},
		{"non-privileged goods have not", func(t *testing.T, s *entry.Summary) {
			s.Type, s.Lines[0].FTZStatus, s.Lines[0].PrivilegedDate = "06", 'N', date(t, before)
		}, "40.00", after},
		{"nor goods that come from no zone", func(t *testing.T, s *entry.Summary) {
			s.Lines[0].FTZStatus, s.Lines[0].PrivilegedDate = 'P', date(t, before)
		}, "40.00", after},
	} {
		t.Run("duty: "+c.name, func(t *testing.T) {
			s := with(consumption(date(t, after)), "", tariff("1000000010", 1_000))
			s.Mode = "40"
			c.change(t, s)
			a := mustAssess(t, tables, s)
			require.Equal(t, c.duty, a.Charges[0].Amount.String())
			require.Equal(t, c.date, a.Charges[0].RateDate.String())
		})
	}
	t.Run("501 takes the import date, 499 the entry date", func(t *testing.T) {
		s := with(consumption(date(t, "2025-10-01")), "", tariff("9500000000", 5_000))
		s.ImportDate, s.InBondDate = date(t, "1990-12-31"), date(t, "2025-09-01")
		a := mustAssess(t, tables, s)
		require.Equal(t, []string{"1 001 0.00", "1 499 17.32", "1 501 2.00", "0 499 16.26"}, listing(a))
		require.Equal(t, "1990-12-31", a.Charges[2].RateDate.String())
		require.Equal(t, "2025-10-01", a.Charges[1].RateDate.String())
		s.ImportDate = 0
		a = mustAssess(t, tables, s)
		require.Equal(t, "6.25", a.Charges[2].Amount.String())
		require.Equal(t, "2025-09-01", a.Charges[2].RateDate.String())
	})
}

// TestMethods checks that each choice of a Method changes some result.
func TestMethods(t *testing.T) {
	tables := exampleTables(t)
	zone := func(s *entry.Summary) { s.Type = "06" }
	for _, c := range []struct {
		name       string
		method     func(*assess.Method)
		change     func(*entry.Summary)
		tariffs    []entry.Tariff
		law, other []string
	}{
		{"499 of zone entries is truncated", func(m *assess.Method) { m.MPFZone.Mode = money.Truncation }, zone,
			[]entry.Tariff{tariff("9500000000", 13_333)}, // 46.185512
			[]string{"1 001 0.00", "1 499 46.19"}, []string{"1 001 0.00", "1 499 46.18"}},
		{"499 elsewhere is rounded all the same", func(m *assess.Method) { m.MPFZone.Mode = money.Truncation }, func(s *entry.Summary) { s.Mode = "40" },
			[]entry.Tariff{tariff("9500000000", 13_333)},
			[]string{"1 001 0.00", "1 499 46.19"}, []string{"1 001 0.00", "1 499 46.19"}},
		{"501 is rounded per tariff number", func(m *assess.Method) { m.HMF.Place = assess.PerTariff }, nil,
			[]entry.Tariff{tariff("9500000000", 20_001), tariff("9500000000", 20_003)}, // 25.00125, 25.00375, together 50.005
			[]string{"1 001 0.00", "1 499 138.57", "1 501 50.01"}, []string{"1 001 0.00", "1 499 138.57", "1 501 50.00"}},
		{"a fee row takes effect a day late", func(m *assess.Method) { m.FeeRowDelay = 1 }, func(s *entry.Summary) { s.Mode, s.EntryDate = "40", 20251001 },
			[]entry.Tariff{tariff("9500000000", 100)},
			[]string{"1 001 0.00", "1 499 0.35", "0 499 33.23"}, []string{"1 001 0.00", "1 499 0.35", "0 499 32.36"}},
		{"the informal fee too", func(m *assess.Method) { m.FeeRowDelay = 1 }, func(s *entry.Summary) { s.Type, s.EntryDate = "11", 20251001 },
			[]entry.Tariff{tariff("9500000000", 100)},
			[]string{"1 001 0.00", "0 311 2.69"}, []string{"1 001 0.00", "0 311 2.62"}},
		{"on the second day the row applies", func(m *assess.Method) { m.FeeRowDelay = 1 }, func(s *entry.Summary) { s.Type, s.EntryDate = "11", 20251002 },
			[]entry.Tariff{tariff("9500000000", 100)},
			[]string{"1 001 0.00", "0 311 2.69"}, []string{"1 001 0.00", "0 311 2.69"}},
		{"duty to the even cent", func(m *assess.Method) { m.Duty.Mode = money.NearestEven }, func(s *entry.Summary) { s.Mode = "70" },
			[]entry.Tariff{tariff("1000000002", 0, 0, 1_250)}, // 0.35 * 12.50 = 4.375
			[]string{"1 001 4.38", "1 499 0.00"}, []string{"1 001 4.38", "1 499 0.00"}},
		{"duty truncated", func(m *assess.Method) { m.Duty.Mode = money.Truncation }, func(s *entry.Summary) { s.Mode = "70" },
			[]entry.Tariff{tariff("1000000002", 0, 0, 1_250)},
			[]string{"1 001 4.38", "1 499 0.00"}, []string{"1 001 4.37", "1 499 0.00"}},
		{"duty rounded per line", func(m *assess.Method) { m.Duty.Place = assess.PerLine }, func(s *entry.Summary) { s.Mode = "70" },
			[]entry.Tariff{tariff("1000000002", 0, 0, 1_250), tariff("1000000002", 0, 0, 1_250)}, // 4.375 twice
			[]string{"1 001 8.76", "1 499 0.00"}, []string{"1 001 8.75", "1 499 0.00"}},
		{"499 per tariff number", func(m *assess.Method) { m.MPF.Place = assess.PerTariff }, func(s *entry.Summary) { s.Mode = "70" },
			[]entry.Tariff{tariff("9500000000", 3_333), tariff("9500000000", 3_333)}, // 11.545512 twice, together 23.091024
			[]string{"1 001 0.00", "1 499 23.09"}, []string{"1 001 0.00", "1 499 23.10"}},
		{"limits ignored", func(m *assess.Method) { m.IgnoreLimits = true }, func(s *entry.Summary) { s.Mode = "40" },
			[]entry.Tariff{tariff("9500000000", 100)},
			[]string{"1 001 0.00", "1 499 0.35", "0 499 33.23"}, []string{"1 001 0.00", "1 499 0.35"}},
		{"duty by the entry date only", func(m *assess.Method) { m.DutyDate = assess.DateOrder{assess.EntryDate} },
			func(s *entry.Summary) { s.Mode, s.InBondDate = "70", 20250930 },
			[]entry.Tariff{tariff("1000000010", 100)},
			[]string{"1 001 3.00", "1 499 0.35"}, []string{"1 001 4.00", "1 499 0.35"}},
		{"no de minimis", func(m *assess.Method) { m.HarborDeMinimis = -1 }, func(s *entry.Summary) { s.Lines[0].SPI = "S" },
			[]entry.Tariff{tariff("9500000000", 100)},
			[]string{"1 001 0.00"}, []string{"1 001 0.00", "1 501 0.13"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(consumption(20260115), "", c.tariffs...)
			if c.change != nil {
				c.change(s)
			}
			require.Equal(t, c.law, listing(mustAssess(t, tables, s)))
			other := assess.Regulation
			c.method(&other)
			require.NotEqual(t, assess.Regulation, other)
			require.Equal(t, c.other, listing(mustAssessBy(t, tables, other, s)))
		})
	}
}

// TestRefusals checks what cannot be assessed: never a zero, always a place.
func TestRefusals(t *testing.T) {
	tables := exampleTables(t)
	for _, c := range []struct {
		name   string
		change func(*entry.Summary)
		reason assess.Reason
		line   int
		text   string
	}{
		{"unknown tariff number", func(s *entry.Summary) { s.Lines[0].Tariffs[0].HTS = "1234567890" }, assess.ReasonRate, 1,
			`entry B7603245278, line 1, hts "1234567890": table hts has no row for 1234567890 column general on 2026-01-15 (RATE)`},
		{"tariff number that is not digits", func(s *entry.Summary) { s.Lines[0].Tariffs[0].HTS = "12345678AB" }, assess.ReasonRate, 1, "no row for 12345678AB"},
		{"no row of the claimed program", func(s *entry.Summary) { s.Lines[0].SPI = "KR" }, assess.ReasonRate, 1, "column KR"},
		{"unknown program on a set component", func(s *entry.Summary) { s.Lines[0].SPI, s.Lines[0].Set = "QQ", 'V' }, assess.ReasonRate, 1,
			`line 1, spi "QQ": table spi has no row for indicator QQ on 2026-01-15`},
		{"unknown country of origin", func(s *entry.Summary) { s.Lines[0].Origin = "ZZ" }, assess.ReasonStructure, 1, `origin "ZZ": table countries has no row`},
		{"no country of origin", func(s *entry.Summary) { s.Lines[0].Origin = "" }, assess.ReasonStructure, 1, "origin: absent"},
		{"unknown port of entry", func(s *entry.Summary) { s.Port = "9999" }, assess.ReasonStructure, 0,
			`port "9999": table ports has no row for port 9999 on 2026-01-15 (STRU); correct the port, or add its row to ports.csv`},
		{"no port of entry", func(s *entry.Summary) { s.Port = "" }, assess.ReasonStructure, 0, "port: table ports"},
		{"unknown port of unlading", func(s *entry.Summary) { s.UnladingPort = "0000" }, assess.ReasonStructure, 0, `unlading_port "0000"`},
		{"unknown program", func(s *entry.Summary) { s.Lines[0].SPI, s.Lines[0].Set = "QQ", 'X' }, assess.ReasonRate, 1, "QQ"},
		{"date before every table", func(s *entry.Summary) { s.EntryDate = 19700101 }, assess.ReasonStructure, 0, "type 01 on 1970-01-01"},
		{"quantity absent", func(s *entry.Summary) { s.Lines[0].Tariffs[0].HTS = "1000000002" }, assess.ReasonQuantity, 1, "needs quantity 2 (NO)"},
		{"fiscal year without fee row", func(s *entry.Summary) { s.Type, s.EntryDate = "01", 20261001 }, assess.ReasonFee, 0, "table fees has no row for class 499 on 2026-10-01"},
		{"fee that no source prints", func(s *entry.Summary) { s.Type, s.EntryDate = "11", 19930601 }, assess.ReasonFee, 0, "not known"},
		{"manual informal entry", func(s *entry.Summary) { s.Type, s.Manual = "11", true }, assess.ReasonFee, 0, "24.23(b)(2)(ii)"},
		{"express summary of another type", func(s *entry.Summary) { s.Express = true }, assess.ReasonStructure, 0, "of entry type 11"},
		{"entry type that is not an AE summary", func(s *entry.Summary) { s.Type = "09" }, assess.ReasonStructure, 0, "reconciliation: an entry of this type"},
		{"unknown entry type", func(s *entry.Summary) { s.Type = "99" }, assess.ReasonStructure, 0, "no row for type 99"},
		{"case on a type without cases", func(s *entry.Summary) { s.Lines[0].Cases = []entry.Case{deposit('C')} }, assess.ReasonCase, 1, "no antidumping"},
		{"type 03 without a case", func(s *entry.Summary) { s.Type = "03" }, assess.ReasonCase, 0, "needs an antidumping or countervailing case"},
		{"two cases of one class", func(s *entry.Summary) {
			s.Type, s.Lines[0].Cases = "03", []entry.Case{deposit('C'), deposit('C')}
		}, assess.ReasonCase, 1, "same class"},
		{"case of no class", func(s *entry.Summary) {
			s.Type, s.Lines[0].Cases = "03", []entry.Case{{Number: "B570001000", Claim: 'C', RateType: 'A'}}
		}, assess.ReasonCase, 1, "A or C"},
		{"case of unknown rate type", func(s *entry.Summary) {
			s.Type, s.Lines[0].Cases = "03", []entry.Case{{Number: "A570001000", Claim: 'C', RateType: 'Q'}}
		}, assess.ReasonCase, 1, "rate_type"},
		{"case of unknown claim", func(s *entry.Summary) {
			s.Type, s.Lines[0].Cases = "03", []entry.Case{{Number: "A570001000", Claim: 'X', RateType: 'A'}}
		}, assess.ReasonCase, 1, "claim"},
		{"unknown mode", func(s *entry.Summary) { s.Mode = "99" }, assess.ReasonStructure, 0, "mode 99"},
		{"unknown payment type", func(s *entry.Summary) { s.PaymentType = '4' }, assess.ReasonStructure, 0, "payment_type"},
		{"no entry date", func(s *entry.Summary) { s.EntryDate = 0 }, assess.ReasonStructure, 0, "entry_date"},
		{"in-bond date that does not exist", func(s *entry.Summary) { s.InBondDate = 20250931 }, assess.ReasonStructure, 0, "in_bond_date"},
		{"privileged date that does not exist", func(s *entry.Summary) { s.Lines[0].PrivilegedDate = 20251301 }, assess.ReasonStructure, 1, "privileged_date"},
		{"malformed entry number", func(s *entry.Summary) { s.Number = "B76" }, assess.ReasonStructure, 0, "eight digits"},
		{"no line", func(s *entry.Summary) { s.Lines = nil }, assess.ReasonStructure, 0, "no line"},
		{"lines out of order", func(s *entry.Summary) { with(s, "", tariff("9500000000", 1)); s.Lines[1].Number = 1 }, assess.ReasonStructure, 1, "ascend"},
		{"no tariff number", func(s *entry.Summary) { s.Lines[0].Tariffs = nil }, assess.ReasonStructure, 1, "0 tariff numbers"},
		{"33 tariff numbers", func(s *entry.Summary) { s.Lines[0].Tariffs = make([]entry.Tariff, 33) }, assess.ReasonStructure, 1, "33 tariff numbers"},
		{"negative value", func(s *entry.Summary) { s.Lines[0].Tariffs[0].Value = -1 }, assess.ReasonStructure, 1, "value"},
		{"charge beyond its field", func(s *entry.Summary) {
			s.Lines[0].Tariffs[0] = tariff("8700000007", entry.MaxValue)
			s.Lines[0].Origin = "CU"
		}, assess.ReasonStructure, 1, "exceeds 999999999.99"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(consumption(20260115), "", tariff("9500000000", 1_000))
			c.change(s)
			e := refusal(t, tables, s)
			require.Equal(t, c.reason, e.Reason)
			require.Equal(t, c.line, e.Line)
			require.ErrorContains(t, e, c.text)
		})
	}
	t.Run("the missing row is found by errors.As", func(t *testing.T) {
		s := with(consumption(20261001), "", tariff("9500000000", 1_000))
		var missing *reference.MissingError
		require.ErrorAs(t, refusal(t, tables, s), &missing)
		require.Equal(t, reference.MissingError{Table: "fees", Key: "class 499", Date: 20261001, First: 19871001, Last: 20260930}, *missing)
	})
}

// TestSentence: a step in words, for those who check by hand.
func TestSentence(t *testing.T) {
	tables := exampleTables(t)
	s := with(consumption(20260115), "", tariff("1000000006", 12_345, 67_890, 1_250))
	with(s, "", tariff("8700000007", 100), tariff("9903000030", 0))
	with(s, "", tariff("9500000000", 0))
	s.Mode, s.Type = "40", "01"
	a := mustAssess(t, tables, s)
	var got []string
	for _, c := range a.Charges {
		for i := range c.Working.Steps {
			got = append(got, c.Working.Steps[i].Sentence())
		}
	}
	require.Equal(t, []string{
		"0.35 x 678.90 + 0.02 x 12.50 + 0.041 x 12345 = 744.01, NEAREST-AWAY-FROM-ZERO per tariff: 744.01",
		"0.003464 x 12345 = 42.76308, NEAREST-AWAY-FROM-ZERO per line: 42.76",
		"owed in place of this duty: the replacement remedy; 0.00",
		"0.3 x 100 = 30, NEAREST-AWAY-FROM-ZERO per tariff: 30.00",
		"0.003464 x 100 = 0.3464, NEAREST-AWAY-FROM-ZERO per line: 0.35",
		"free: 0.00",
		"0.003464 x 0 = 0, NEAREST-AWAY-FROM-ZERO per line: 0.00",
	}, got)
	s.Lines = s.Lines[1:]
	a = mustAssess(t, tables, s)
	require.Equal(t, "sum of lines 0.35, minimum 33.58, maximum 651.50: difference 33.23", a.Charges[len(a.Charges)-1].Working.Steps[0].Sentence())
	s.Type = "11"
	a = mustAssess(t, tables, s)
	require.Equal(t, "fixed amount 2.69", a.Charges[len(a.Charges)-1].Working.Steps[0].Sentence())
}
