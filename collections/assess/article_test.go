package assess_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

const articleHeader = "hts,class,claim,requirement,duty_code,rate1,rate2,rate3,uom1,uom2,uom3,maximum,effective_from,effective_to,citation,verified\n"

// exampleArticles are the rates of collections' rules, section 2.5 and 2.6.
const exampleArticles = articleHeader + `2208,016,,must,1,13.5,,,PFG,,,,1991-01-01,9999-12-31,26 USC 5001(a)(1),no
2208,016,C,must,1,2.7,,,PFG,,,,2018-01-01,2022-12-31,26 USC 5001(c),no
2204,017,,must,1,1.07,,,GAL,,,,1991-01-01,9999-12-31,26 USC 5041(b)(1),no
240210,018,,must,7,,0.5275,,K,,,402.60,2009-04-01,9999-12-31,26 USC 5701(a)(2),no
220300,022,,must,1,18,,,BBL,,,,1991-01-01,9999-12-31,26 USC 5051(a)(1),no
0804504045,108,,must,1,0.0165345,,,KG,,,,2019-01-01,9999-12-31,7 CFR 1206,no
080440,107,,may,1,0.055115,,,KG,,,,2003-01-01,9999-12-31,7 CFR 1219,no
5201,056,,must,1,0.013215,,,KG,,,,2012-01-01,2023-10-15,7 CFR 1205.510,no
5201,056,,must,1,0.01466865,,,KG,,,,2023-10-16,9999-12-31,7 CFR 1205.510,no
0406,110,,must,1,0.00165347,,,KG,,,,2011-08-01,9999-12-31,7 CFR 1150.152,no
0901,672,,must,1,0.55,,,KG,,,,1986-01-01,9999-12-31,example,no
0409,055,,may,X,,,,KG,,,,1986-01-01,9999-12-31,example,no
2206,017,,must,1,3.4,,,GAL,,,,1991-01-01,9999-12-31,26 USC 5041(b)(4),no
2206,022,,must,1,18,,,GAL,,,,1991-01-01,9999-12-31,example of a number with two taxes,no
1704,079,,must,1,0.01,,,KG,,,,1986-01-01,9999-12-31,example,no
1704,110,,must,4,0.02,0.001,,KG,,,,1986-01-01,9999-12-31,example,no
`

var articleNumbers = []string{"2208000000", "2204000000", "2402100000", "2203000000", "0804504045", "0804400000", "5201000000",
	"0406000000", "0901000000", "0409000000", "2206000000", "1704000000", "9500000000"}

// articleTables are the tables of the examples with a free tariff row for each
// number that owes something else.
func articleTables(t testing.TB) *reference.Tables {
	t.Helper()
	tables, err := reference.Load(articleFiles(t))
	require.NoError(t, err)
	return tables
}

// articleFiles are the files of articleTables.
func articleFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	fsys := exampleFiles(t)
	var rows strings.Builder
	rows.Write(fsys["hts.csv"].Data)
	for _, hts := range articleNumbers[:len(articleNumbers)-1] {
		fmt.Fprintf(&rows, "%s,1980-01-01,2099-12-31,general,0,,,,%s,,,example,no\n", hts, unitOf(hts, 0))
	}
	fsys["hts.csv"] = &fstest.MapFile{Data: []byte(rows.String())}
	fsys["article_charges.csv"] = &fstest.MapFile{Data: []byte(exampleArticles)}
	return fsys
}

// TestArticleCharges reads as the list of rules for what goods owe besides duty.
func TestArticleCharges(t *testing.T) {
	tables := articleTables(t)
	spirits := []entry.Tariff{tariff("2208000000", 10_000, 12_345)} // 123.45 proof gallons
	for _, c := range []struct {
		name    string
		tariffs []entry.Tariff
		change  func(*entry.Summary)
		want    []string
	}{
		{"26 USC 5001: 13.50 * 123.45 = 1666.575", spirits, nil, []string{"1 001 0.00", "1 016 1666.58", "1 499 34.64"}},
		{"26 USC 5041: wine, 1.07 * 100.50 = 107.535", []entry.Tariff{tariff("2204000000", 100, 10_050)}, nil,
			[]string{"1 001 0.00", "1 017 107.54", "1 499 0.35", "0 499 33.23"}},
		{"26 USC 5051: beer, 18.00 * 12.34", []entry.Tariff{tariff("2203000000", 10_000, 1_234)}, nil, []string{"1 001 0.00", "1 022 222.12", "1 499 34.64"}},
		{"26 USC 5701(a)(2): large cigars, 52.75 percent of 10,000 below 402.60 * 13.11", []entry.Tariff{tariff("2402100000", 10_000, 1_311)}, nil,
			[]string{"1 001 0.00", "1 018 5275.00", "1 499 34.64"}},
		{"26 USC 5701(a)(2): above the maximum of 402.60 * 13.10", []entry.Tariff{tariff("2402100000", 10_000, 1_310)}, nil,
			[]string{"1 001 0.00", "1 018 5274.06", "1 499 34.64"}},
		{"AE note kk: CBMA rate on the last day, 2.70 * 123.45 = 333.315", spirits, func(s *entry.Summary) {
			s.EntryDate, s.Lines[0].ProductClaim = 20221231, 'C'
		}, []string{"1 001 0.00", "1 016 333.32", "1 499 34.64"}},
		{"AE note kk: not without the claim", spirits, func(s *entry.Summary) { s.EntryDate = 20221231 }, []string{"1 001 0.00", "1 016 1666.58", "1 499 34.64"}},
		{"AE note kk: the full rate from 1 January 2023", spirits, func(s *entry.Summary) {
			s.EntryDate, s.Lines[0].ProductClaim = 20230101, 'C'
		}, []string{"1 001 0.00", "1 016 1666.58", "1 499 34.64"}},
		{"10 record, position 45: deferred tax is not due with the entry", spirits, func(s *entry.Summary) { s.DeferredTax = '2' },
			[]string{"1 001 0.00", "1 016 1666.58 deferred", "1 499 34.64"}},
		{"PF Q1: nor is the tax of a warehouse entry", spirits, func(s *entry.Summary) { s.Type, s.DeferredTax = "21", '1' },
			[]string{"1 001 0.00 not due", "1 016 1666.58 not due", "1 499 34.64 not due"}},
		{"AE note k: the header of a set owes no tax", spirits, func(s *entry.Summary) { s.Lines[0].Set = 'X' }, []string{"1 001 0.00", "1 499 34.64"}},
		{"AE note k: its component does", spirits, func(s *entry.Summary) { s.Lines[0].Set = 'V' }, []string{"1 016 1666.58"}},
		{"AE table 6: mango, 0.0165345 * 1,234.56 = 20.41283", []entry.Tariff{tariff("0804504045", 10_000, 123_456)}, nil,
			[]string{"1 001 0.00", "1 108 20.41", "1 499 34.64"}},
		{"AE table 6: a fee computes to less than a cent", []entry.Tariff{tariff("0406000000", 10_000, 100)}, nil, []string{"1 001 0.00", "1 110 0.00", "1 499 34.64"}},
		{"condition 652: no fee in Puerto Rico", []entry.Tariff{tariff("0804504045", 10_000, 123_456)}, func(s *entry.Summary) { s.Port = "4909" },
			[]string{"1 001 0.00", "1 499 34.64"}},
		{"condition 652: nor in the Virgin Islands", []entry.Tariff{tariff("0804504045", 10_000, 123_456)}, func(s *entry.Summary) { s.Port = "5101" },
			[]string{"1 001 0.00", "1 499 34.64"}},
		{"condition 679: nor on a temporary importation", []entry.Tariff{tariff("0804504045", 10_000, 123_456)}, func(s *entry.Summary) { s.Type = "23" },
			[]string{"1 001 0.00 not due"}},
		{"40 record: organic goods", []entry.Tariff{tariff("0804504045", 10_000, 123_456)}, func(s *entry.Summary) { s.Lines[0].FeeExemption = '2' },
			[]string{"1 001 0.00", "1 499 34.64"}},
		{"CSMS 17-000292: a certificate of organic goods", []entry.Tariff{tariff("0804504045", 10_000, 123_456)},
			func(s *entry.Summary) { s.Lines[0].Licenses = []entry.License{{Type: "14"}, {Type: "22"}} }, []string{"1 001 0.00", "1 499 34.64"}},
		{"52 record: the other exempting license", []entry.Tariff{tariff("0804504045", 10_000, 123_456)},
			func(s *entry.Summary) { s.Lines[0].Licenses = []entry.License{{Type: "23"}} }, []string{"1 001 0.00", "1 499 34.64"}},
		{"52 record: an agricultural license exempts from nothing", []entry.Tariff{tariff("0804504045", 10_000, 123_456)},
			func(s *entry.Summary) { s.Lines[0].Licenses = []entry.License{{Type: "14"}} }, []string{"1 001 0.00", "1 108 20.41", "1 499 34.64"}},
		{"40 record: a cotton certificate is for cotton", []entry.Tariff{tariff("5201000000", 10_000, 100_000)},
			func(s *entry.Summary) { s.Lines[0].FeeExemption = '1' }, []string{"1 001 0.00", "1 499 34.64"}},
		{"CSMS 17-000292: cotton by the certificate of organic goods", []entry.Tariff{tariff("5201000000", 10_000, 100_000)},
			func(s *entry.Summary) { s.Lines[0].Licenses = []entry.License{{Type: "22"}} }, []string{"1 001 0.00", "1 499 34.64"}},
		{"40 record: and not for mangoes", []entry.Tariff{tariff("0804504045", 10_000, 123_456)}, func(s *entry.Summary) { s.Lines[0].FeeExemption = '1' },
			[]string{"1 001 0.00", "1 108 20.41", "1 499 34.64"}},
		{"CSMS 17-000292: no cotton fee on an informal entry", []entry.Tariff{tariff("5201000000", 1_000, 100_000)}, func(s *entry.Summary) { s.Type = "11" },
			[]string{"1 001 0.00", "0 311 2.69"}},
		{"CSMS 17-000292: nor beside 9802.00.80", []entry.Tariff{tariff("5201000000", 10_000, 100_000), tariff("9802008068", 0)}, nil,
			[]string{"1 001 0.00", "1 499 34.64"}},
		{"and a fee on it beside 9802.00.60", []entry.Tariff{tariff("5201000000", 10_000, 100_000), tariff("9802006000", 0)}, nil,
			[]string{"1 001 0.00", "1 056 14.67", "1 499 34.64"}},
		{"7 CFR 1205.510: cotton before 16 October 2023", []entry.Tariff{tariff("5201000000", 10_000, 100_000)}, func(s *entry.Summary) { s.EntryDate = 20231015 },
			[]string{"1 001 0.00", "1 056 13.22", "1 499 34.64"}},
		{"7 CFR 1205.510: and from that day", []entry.Tariff{tariff("5201000000", 10_000, 100_000)}, func(s *entry.Summary) { s.EntryDate = 20231016 },
			[]string{"1 001 0.00", "1 056 14.67", "1 499 34.64"}},
		{"a fee that goods may owe is not charged unless it is filed", []entry.Tariff{tariff("0804400000", 10_000, 100_000)}, nil,
			[]string{"1 001 0.00", "1 499 34.64"}},
		{"and is computed when it is, whatever the filer's figure", []entry.Tariff{tariff("0804400000", 10_000, 100_000)}, func(s *entry.Summary) {
			s.Filed.Given, s.Lines[0].Filed.Fees = true, []reference.ClassAmount{{Class: "107", Amount: 99}}
		}, []string{"1 001 0.00", "1 107 55.12", "1 499 34.64"}},
		{"code X: the filer's figure is accepted", []entry.Tariff{tariff("0409000000", 10_000, 100_000)}, func(s *entry.Summary) {
			s.Filed.Given, s.Lines[0].Filed.Fees = true, []reference.ClassAmount{{Class: "055", Amount: 12_34}}
		}, []string{"1 001 0.00", "1 055 12.34", "1 499 34.64"}},
		{"AE table 17: coffee into Puerto Rico", []entry.Tariff{tariff("0901000000", 10_000, 100_000)}, func(s *entry.Summary) { s.Mode, s.Port = "11", "4909" },
			[]string{"1 001 0.00", "1 499 34.64", "1 501 12.50", "1 672 550.00"}},
		{"condition 762: not on the component of a set", []entry.Tariff{tariff("0901000000", 10_000, 100_000)}, func(s *entry.Summary) { s.Port, s.Lines[0].Set = "4909", 'V' }, nil},
		{"condition 762: on its header", []entry.Tariff{tariff("0901000000", 10_000, 100_000)}, func(s *entry.Summary) { s.Port, s.Lines[0].Set = "4909", 'X' },
			[]string{"1 001 0.00", "1 499 34.64", "1 672 550.00"}},
		{"condition 665: nowhere else", []entry.Tariff{tariff("0901000000", 10_000, 100_000)}, nil, []string{"1 001 0.00", "1 499 34.64"}},
		{"classes ascend, each once", []entry.Tariff{tariff("1704000000", 5_000, 10_000), tariff("0406000000", 5_000, 100_000)}, nil,
			[]string{"1 001 0.00", "1 079 1.00", "1 110 8.65", "1 499 34.64"}}, // 2.00 + 5.00 and 1.65
		{"AE note hh: a line's fee is rounded once, 0.496035 + 0.496035 = 0.99207", []entry.Tariff{tariff("0804504045", 5_000, 3_000), tariff("0804504045", 5_000, 3_000)}, nil,
			[]string{"1 001 0.00", "1 108 0.99", "1 499 34.64"}}, // by number 0.50 + 0.50
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(consumption(20260115), "", c.tariffs...)
			s.Mode = "40"
			if c.change != nil {
				c.change(s)
			}
			require.Equal(t, c.want, listing(mustAssess(t, tables, s)))
		})
	}
}

// TestArticleTotals: taxes, fees and other revenue stand in fields of their own,
// and what is reported is more than what is due.
func TestArticleTotals(t *testing.T) {
	s := with(consumption(20260115), "", tariff("2208000000", 10_000, 10_000), tariff("0406000000", 0, 10_000_000))
	with(s, "", tariff("0901000000", 10_000, 100_000))
	s.Mode, s.Port, s.DeferredTax = "40", "4909", '1'
	totals := mustAssess(t, articleTables(t), s).Totals
	require.Equal(t, "0.00 0.00 69.28 550.00 619.28 1350.00", fmt.Sprint(totals.Duty, totals.Tax, " ", totals.Fees, totals.Other, " ", totals.Due, " ", totals.Deferred))
	require.Equal(t, assess.Grand{Fees: 69_28, Tax: 1350_00, Other: 550_00}, totals.Reported.Grand)
	require.Equal(t, []assess.ClassAmount{{Class: "499", Amount: 69_28}}, totals.Reported.Fees)
	require.Equal(t, totals.Reported.Grand.Total(), totals.Due+totals.Deferred)
}

// TestArticleRefusals: what cannot be told is refused with its place.
func TestArticleRefusals(t *testing.T) {
	tables := articleTables(t)
	for _, c := range []struct {
		name   string
		tariff entry.Tariff
		change func(*entry.Summary)
		reason assess.Reason
		text   string
	}{
		{"quantity absent", tariff("2208000000", 100), nil, assess.ReasonQuantity, "article_charges.csv row 2 needs quantity 1 (PFG)"},
		{"taxes of two classes on a line", tariff("2206000000", 100, 100), nil, assess.ReasonStructure, "taxes of classes 017 and 022"},
		{"express summary of goods that owe a tax", tariff("2208000000", 100, 100), func(s *entry.Summary) { s.Type, s.Express = "11", true }, assess.ReasonStructure, "carries duty only"},
		{"amount filed is out of range", tariff("0409000000", 100, 100), func(s *entry.Summary) {
			s.Filed.Given, s.Lines[0].Filed.Fees = true, []reference.ClassAmount{{Class: "055", Amount: -1}}
		}, assess.ReasonStructure, "neither negative"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(consumption(20260115), "", c.tariff)
			if c.change != nil {
				c.change(s)
			}
			e := refusal(t, tables, s)
			require.Equal(t, c.reason, e.Reason)
			require.ErrorContains(t, e, c.text)
		})
	}
}

// TestArticleMethods: each rounding choice changes a result.
func TestArticleMethods(t *testing.T) {
	tables := articleTables(t)
	truncating := assess.Regulation
	truncating.Tax, truncating.ArticleFee = money.Truncation, money.Truncation
	s := with(consumption(20260115), "", tariff("2208000000", 10_000, 12_345))
	with(s, "", tariff("1704000000", 10_000, 10_050)) // 1.005 and 12.01
	s.Mode = "40"
	require.Equal(t, []string{"1 001 0.00", "1 016 1666.58", "1 499 34.64", "2 001 0.00", "2 079 1.01", "2 110 12.01", "2 499 34.64"}, listing(mustAssess(t, tables, s)))
	require.Equal(t, []string{"1 001 0.00", "1 016 1666.57", "1 499 34.64", "2 001 0.00", "2 079 1.00", "2 110 12.01", "2 499 34.64"},
		listing(mustAssessBy(t, tables, truncating, s)))
}

// plainArticles writes section 2.5 and 2.6 down a second time, over decimals.
func plainArticles(s *entry.Summary) []string {
	type rate struct {
		class, may              string
		perUnit, ofValue, limit string
	}
	rates := map[string][]rate{
		"2208": {{class: "016", perUnit: "13.5"}}, "2204": {{class: "017", perUnit: "1.07"}}, "2203": {{class: "022", perUnit: "18"}},
		"2402": {{class: "018", ofValue: "0.5275", limit: "402.6"}}, "0804504045": {{class: "108", perUnit: "0.0165345"}},
		"08044": {{class: "107", may: "may", perUnit: "0.055115"}}, "5201": {{class: "056", perUnit: "0.01466865"}},
		"0406": {{class: "110", perUnit: "0.00165347"}}, "0901": {{class: "672", perUnit: "0.55"}},
		"1704": {{class: "079", perUnit: "0.01"}, {class: "110", perUnit: "0.02", ofValue: "0.001"}},
	}
	if s.EntryDate <= 20231015 {
		rates["5201"] = []rate{{class: "056", perUnit: "0.013215"}}
	}
	number := func(text string) decimal.Decimal {
		if text == "" {
			return decimal.Zero
		}
		return decimal.RequireFromString(text)
	}
	var out []string
	for _, l := range s.Lines {
		sums := map[string]decimal.Decimal{}
		for _, tf := range l.Tariffs {
			for prefix, list := range rates {
				if !strings.HasPrefix(tf.HTS, prefix) {
					continue
				}
				for _, r := range list {
					if coffee := r.class == "672"; l.Set == 'X' && !coffee || l.Set == 'V' && coffee {
						continue
					}
					district, ams := s.Port[:2], r.class >= "053" && r.class <= "125"
					if ams && (district == "49" || district == "51" || s.Type == "23" || l.FeeExemption == '2' ||
						r.class == "056" && (l.FeeExemption == '1' || s.Type == "11")) ||
						r.class == "672" && district != "49" || r.may != "" {
						continue
					}
					if r.class == "016" && l.ProductClaim == 'C' && s.EntryDate <= 20221231 {
						r.perUnit = "2.7"
					}
					q := hundredths(tf.Quantities[0].Amount)
					amount := number(r.perUnit).Mul(q).Add(number(r.ofValue).Mul(whole(tf.Value)))
					if r.limit != "" {
						amount = decimal.Min(amount, number(r.limit).Mul(q))
					}
					sums[r.class] = sums[r.class].Add(amount)
				}
			}
		}
		for class, amount := range sums { // one amount a line: a 60, 61 or 62 record
			text := fmt.Sprintf("%05d %s %s", l.Number, class, amount.Round(2).StringFixed(2))
			switch {
			case s.Type == "21" || s.Type == "22" || s.Type == "23":
				text += " not due"
			case class <= "022" && (s.DeferredTax == '1' || s.DeferredTax == '2'):
				text += " deferred"
			}
			out = append(out, text)
		}
	}
	slices.Sort(out)
	return out
}

// TestArticlesAgreeWithPlainPath: the scaled integers and the decimals give the
// same taxes and agricultural fees, in the same order.
func TestArticlesAgreeWithPlainPath(t *testing.T) {
	tables := articleTables(t)
	assessor := assess.New(tables, assess.Regulation)
	var a assess.Assessment
	rapid.Check(t, func(t *rapid.T) {
		pick := func(label, from string) byte { return from[rapid.IntRange(0, len(from)-1).Draw(t, label)] }
		s := consumption(rapid.SampledFrom([]reference.Date{20260115, 20221231, 20230101, 20231015, 20231016}).Draw(t, "date"))
		s.Type = rapid.SampledFrom([]string{"01", "01", "11", "06", "21", "22", "23", "31", "51", "52"}).Draw(t, "type")
		s.Port = rapid.SampledFrom([]string{"2704", "4909", "5101"}).Draw(t, "port")
		s.DeferredTax = pick("deferred", "  12")
		quantity := rapid.OneOf(rapid.Int64Range(0, 10_000), rapid.Int64Range(0, 900_000_000))
		draw := func(hts string) entry.Tariff {
			return tariff(hts, rapid.Int64Range(0, 500_000).Draw(t, "value"), quantity.Draw(t, "quantity"))
		}
		goods := articleNumbers[4:9]
		for range rapid.IntRange(1, 4).Draw(t, "lines") {
			with(s, "", draw(rapid.SampledFrom(append([]string{"2208000000", "2204000000", "2402100000", "2203000000", "1704000000", "9500000000"}, goods...)).Draw(t, "hts")))
			l := &s.Lines[len(s.Lines)-1]
			for range rapid.IntRange(0, 2).Draw(t, "more") {
				l.Tariffs = append(l.Tariffs, draw(rapid.SampledFrom(append([]string{"1704000000"}, goods...)).Draw(t, "hts")))
			}
			l.Set, l.ProductClaim, l.FeeExemption = pick("set", "   XV"), pick("claim", " C"), pick("exemption", "  12")
		}
		require.NoError(t, assessor.Explain(&a, s))
		var got []string
		for _, c := range a.Charges {
			if c.Class >= "016" && c.Class <= "125" || c.Class == "672" {
				line := fmt.Sprintf("%05d %s %s", c.Line, c.Class, c.Amount)
				if c.Disposition != assess.Due {
					line += " " + c.Disposition.String()
				}
				got = append(got, line)
			}
			again, err := c.Working.Execute()
			require.NoError(t, err)
			require.Equal(t, c.Amount, again)
		}
		require.Equal(t, plainArticles(s), got)
		require.True(t, slices.IsSortedFunc(a.Charges, func(x, y assess.Charge) int {
			if x.Line != y.Line {
				return (x.Line+99_999)%100_000 - (y.Line+99_999)%100_000 // line 0 comes last
			}
			return strings.Compare(string(x.Class), string(y.Class))
		}))
		conserved(t, &a)
	})
}

// TestArticlesAllocateNothing: taxes and fees of articles keep the promise too.
func TestArticlesAllocateNothing(t *testing.T) {
	s := with(consumption(20260115), "", tariff("2208000000", 10_000, 12_345), tariff("1704000000", 10_000, 10_050))
	assessor := assess.New(articleTables(t), assess.Regulation)
	var a assess.Assessment
	require.NoError(t, assessor.Assess(&a, s))
	require.Zero(t, testing.AllocsPerRun(100, func() { _ = assessor.Assess(&a, s) }))
}
