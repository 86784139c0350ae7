package assess_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// acceptedArticles owe charges that have no formula: what is filed is taken.
const acceptedArticles = `2202,022,,may,X,,,,KG,,,,1986-01-01,9999-12-31,example,no
2101,672,,may,X,,,,KG,,,,1986-01-01,9999-12-31,example,no
2205,017,,must,X,,,,KG,,,,1986-01-01,9999-12-31,example,no
2102,672,,must,X,,,,KG,,,,1986-01-01,9999-12-31,example,no
5203,056,,must,X,,,,KG,,,,1986-01-01,9999-12-31,example,no
`

// chargedTables are articleTables with the goods of acceptedArticles.
func chargedTables(t testing.TB) *reference.Tables {
	tables, err := reference.Load(chargedFiles(t))
	require.NoError(t, err)
	return tables
}

// chargedFiles are the files of chargedTables.
func chargedFiles(t testing.TB) fstest.MapFS {
	fsys := articleFiles(t)
	hts, charges := fsys["hts.csv"].Data, fsys["article_charges.csv"].Data
	for _, number := range []string{"2202000000", "2101000000", "2205000000", "2102000000", "5203000000"} {
		hts = fmt.Appendf(hts, "%s,1980-01-01,2099-12-31,general,0,,,,KG,,,example,no\n", number)
	}
	fsys["hts.csv"] = &fstest.MapFile{Data: hts}
	fsys["article_charges.csv"] = &fstest.MapFile{Data: append(charges, acceptedArticles...)}
	return fsys
}

// owing is an entry by air of goods that owe something besides duty, and of as
// many units as make amounts that are easy to follow.
func owing(hts string, units int64) func(testing.TB) *entry.Summary {
	return func(t testing.TB) *entry.Summary {
		s := with(alone(t), "", tariff(hts, 10_000, units))
		s.Mode = "40"
		return s
	}
}

// into is an entry at a port, or of a type, or with another change of its header
// or its line.
func into(base func(testing.TB) *entry.Summary, change func(*entry.Summary)) func(testing.TB) *entry.Summary {
	return func(t testing.TB) *entry.Summary {
		s := base(t)
		change(s)
		return s
	}
}

// lineTax, lineOther and lineFeeTotal file a charge of the first line, with its
// totals.
func lineTax(class reference.Class, amount money.Cents) func(*entry.Summary) {
	return func(s *entry.Summary) {
		s.Filed.Grand.Tax += amount - s.Lines[0].Filed.Tax.Amount
		s.Lines[0].Filed.Tax = reference.ClassAmount{Class: class, Amount: amount}
	}
}

func lineOther(class reference.Class, amount money.Cents) func(*entry.Summary) {
	return func(s *entry.Summary) {
		s.Filed.Grand.Other += amount - s.Lines[0].Filed.Other.Amount
		s.Lines[0].Filed.Other = reference.ClassAmount{Class: class, Amount: amount}
	}
}

// set makes an article set of two lines of the same goods.
func set(base func(testing.TB) *entry.Summary) func(testing.TB) *entry.Summary {
	return func(t testing.TB) *entry.Summary {
		s := base(t)
		second := s.Lines[0]
		second.Number, second.Tariffs = 2, append([]entry.Tariff{}, second.Tariffs...)
		s.Lines = append(s.Lines, second)
		s.Lines[0].Set, s.Lines[1].Set = 'X', 'V'
		return s
	}
}

// taxConditions: 100 proof gallons owe 1,350.00, 100 wine gallons 107.00, 10
// barrels 180.00 (26 USC 5001, 5041, 5051).
func taxConditions() []conditionCase {
	spirits, wine, beer := owing("2208000000", 10_000), owing("2204000000", 10_000), owing("2203000000", 1_000)
	none := func(s *entry.Summary) { lineTax("", 0)(s) }
	monthly := func(s *entry.Summary) {
		s.ReceivedDate, s.PrintDate, s.PaymentType, s.PeriodicMonth, s.BondType = 20260115, 20260120, '7', 2, entry.Continuous
	}
	daily := func(s *entry.Summary) { monthly(s); s.PaymentType, s.PeriodicMonth = '3', 0 }
	two := func(t testing.TB) *entry.Summary { return with(spirits(t), "", tariff("2204000000", 10_000, 10_000)) }
	grand := func(by money.Cents) func(*entry.Summary) { return func(s *entry.Summary) { s.Filed.Grand.Tax += by } }
	cases := []conditionCase{
		{name: "476 tax on the header of a set, its component has it (ERR 476, AE note k)", entry: set(wine), wrong: lineTax("017", 100), want: []string{"1 476"},
			near: func(s *entry.Summary) { s.Lines[1].Filed.Tax.Amount -= 300; s.Filed.Grand.Tax -= 300 }},
		{name: "532 class that no table has", entry: wine, wrong: lineTax("999", 10_700), want: []string{"1 532", "1 656"}},
		{name: "533 class of another kind", entry: wine, wrong: lineTax("055", 10_700), want: []string{"1 533", "1 656"}},
		{name: "654 tax on goods that owe none (ERR 654)", entry: owing("9500000000", 100), wrong: lineTax("017", 300), want: []string{"1 654"}, near: none},
		{name: "654 wine tax on spirits (ERR 654, 656)", entry: spirits, wrong: lineTax("017", 135_000), want: []string{"1 654", "1 656"}},
		{name: "656 tax left out (ERR 656)", entry: wine, wrong: none, want: []string{"1 656", "0 662"}},
		{name: "658 tax of goods without formula is taken, of goods with a formula is not (ERR 658)", entry: into(owing("2202000000", 100), filedTax("022", 777)),
			wrong: func(*entry.Summary) {}, want: []string{"1 658"}, near: func(s *entry.Summary) { s.Lines[0].Tariffs[0] = tariff("2203000000", 10_000, 43) }}, // 18.00 * 0.43 = 7.74
		{name: "660 and 662 wine tax 3.01 more, 3.00 passes (ERR 660, 662)", entry: wine, wrong: lineTax("017", 10_700+301), want: []string{"1 660", "0 662"}, near: lineTax("017", 10_700+300)},
		{name: "660 and 662 wine tax 3.01 less, 3.00 passes (ERR 660, 662)", entry: wine, wrong: lineTax("017", 10_700-301), want: []string{"1 660", "0 662"}, near: lineTax("017", 10_700-300)},
		{name: "660 and 662 beer tax 3.01 more, 3.00 passes (ERR 660, 662)", entry: beer, wrong: lineTax("022", 18_000+301), want: []string{"1 660", "0 662"}, near: lineTax("022", 18_000+300)},
		{name: "660 and 662 spirits tax 0.01 more: minus only (ERR 660, 662)", entry: spirits, wrong: lineTax("016", 135_000+1), want: []string{"1 660", "0 662"}, near: lineTax("016", 135_000)},
		{name: "660 and 662 spirits tax 3.01 less, 3.00 passes (ERR 660, 662)", entry: spirits, wrong: lineTax("016", 135_000-301), want: []string{"1 660", "0 662"}, near: lineTax("016", 135_000-300)},
		{name: "662 total of two taxes within their lines (ERR 662)", entry: two, wrong: func(s *entry.Summary) {
			lineTax("016", 135_000-300)(s)
			s.Lines[1].Filed.Tax.Amount--
			s.Filed.Grand.Tax--
		}, want: []string{"0 662"}, near: lineTax("016", 135_000-300)},
		{name: "724 and 662 grand total 0.01 more than the spirits of the lines (ERR 662, 724)", entry: spirits, wrong: grand(1), want: []string{"0 724", "0 662"}, near: grand(0)},
		{name: "724 grand total 0.01 less than the lines (ERR 724)", entry: wine, wrong: grand(-1), want: []string{"0 724"}, near: grand(0)},
		{name: "718 tax on a monthly statement, a daily one may have it (ERR 718)", entry: into(wine, daily), wrong: monthly, want: []string{"0 718"}, near: daily},
		{name: "718 tax that is owed and not filed, on a monthly statement (ERR 718)", entry: into(wine, daily), wrong: func(s *entry.Summary) { monthly(s); none(s) },
			want: []string{"1 656", "0 718", "0 662"}},
	}
	return inTables(cases, chargedTables)
}

// filedTax is what is filed of a tax before the entry is assessed.
func filedTax(class reference.Class, amount money.Cents) func(*entry.Summary) {
	return func(s *entry.Summary) { s.Lines[0].Filed.Tax = reference.ClassAmount{Class: class, Amount: amount} }
}

// inTables gives cases the tables that they are for.
func inTables(cases []conditionCase, tables func(testing.TB) *reference.Tables) []conditionCase {
	for i := range cases {
		cases[i].tables = tables
	}
	return cases
}

// informally makes an informal entry of 1,000 dollars.
func informally(s *entry.Summary) { s.Type, s.Lines[0].Tariffs[0].Value = "11", 1_000 }

// agriculturalConditions: 10,000 kilograms of mango owe 165.35 (165.345), of
// cotton 146.69 (146.6865).
func agriculturalConditions() []conditionCase {
	mango, cotton := owing("0804504045", 1_000_000), owing("5201000000", 1_000_000)
	fee := func(class reference.Class, amount money.Cents) func(*entry.Summary) { return onEntry(1, class, amount) }
	at := func(port string) func(*entry.Summary) { return func(s *entry.Summary) { s.Port = port } }
	two := func(t testing.TB) *entry.Summary { return with(mango(t), "", tariff("0804504045", 10_000, 1_000_000)) }
	dropped := func(class reference.Class) func(*entry.Summary) {
		return func(s *entry.Summary) {
			for _, f := range s.Lines[0].Filed.Fees {
				if f.Class == class {
					s.Filed.Grand.Fees -= f.Amount
				}
			}
			s.Lines[0].Filed.Fees, s.Filed.Totals = without(s.Lines[0].Filed.Fees, class), without(s.Filed.Totals, class)
		}
	}
	cases := []conditionCase{
		{name: "478 fee on the header of a set, its component has it (ERR 478, AE note k)", entry: set(mango), wrong: fee("108", 100), want: []string{"1 478"}},
		{name: "652 fee in Puerto Rico (ERR 652)", entry: into(mango, at("4909")), wrong: fee("108", 16_535), want: []string{"1 652", "0 663"}, near: func(s *entry.Summary) { at("5301")(s); fee("108", 16_535)(s) }},
		{name: "652 fee in the Virgin Islands (ERR 652)", entry: into(mango, at("5101")), wrong: fee("108", 16_535), want: []string{"1 652", "0 663"}},
		{name: "653 fee and the claim to be exempt, organic (ERR 653)", entry: into(mango, func(s *entry.Summary) { s.Lines[0].FeeExemption = '2' }),
			wrong: fee("108", 16_535), want: []string{"1 653", "0 663"}},
		{name: "653 fee and a cotton certificate, which is not for mango (ERR 653)", entry: into(cotton, func(s *entry.Summary) { s.Lines[0].FeeExemption = '1' }),
			wrong: fee("056", 14_669), want: []string{"1 653", "0 663"}},
		{name: "653 fee and a license that exempts (ERR 653)", entry: into(mango, func(s *entry.Summary) { s.Lines[0].Licenses = []entry.License{{Type: "22", Number: "0000000001"}} }),
			wrong: fee("108", 16_535), want: []string{"1 653", "0 663"}},
		{name: "655 fee on goods that owe none (ERR 655)", entry: owing("9500000000", 100), wrong: fee("108", 1), want: []string{"1 655"}},
		{name: "655 fee of other goods (ERR 655, 657)", entry: mango, wrong: func(s *entry.Summary) { dropped("108")(s); fee("056", 16_535)(s) }, want: []string{"1 655", "1 657", "0 663"}},
		{name: "655 cotton fee beside 9802.00.80, which frees from it (ERR 655; CSMS 17-000292)", entry: func(t testing.TB) *entry.Summary {
			return into(cotton, func(s *entry.Summary) { s.Lines[0].Tariffs = append(s.Lines[0].Tariffs, tariff("9802008068", 0)) })(t)
		}, wrong: fee("056", 14_669), want: []string{"1 655", "0 663"}},
		{name: "679 cotton fee on an informal entry, of mango it is owed (ERR 679; CSMS 17-000292)", entry: into(cotton, informally), wrong: fee("056", 14_669), want: []string{"1 679", "0 663"},
			near: func(s *entry.Summary) { s.Lines[0].Tariffs[0].HTS = "0804504045"; fee("108", 16_535)(s) }},
		{name: "657 fee left out (ERR 657)", entry: mango, wrong: dropped("108"), want: []string{"1 657"}},
		{name: "no 657 a fee that goods may owe is left out (ERR 657)", entry: owing("0804400000", 1_000_000), wrong: func(*entry.Summary) {}, want: []string{}},
		{name: "659 fee of goods without formula is taken, none need be filed (ERR 659)", entry: into(owing("0409000000", 100), func(s *entry.Summary) { lineFee(s, 1, "055", 777) }),
			wrong: func(*entry.Summary) {}, want: []string{"1 659"}, near: dropped("055")},
		{name: "661 and 663 fee 3.01 more, 3.00 passes (ERR 661, 663)", entry: mango, wrong: fee("108", 301), want: []string{"1 661", "0 663"}, near: fee("108", 300)},
		{name: "661 and 663 fee 3.01 less, 3.00 passes (ERR 661, 663)", entry: mango, wrong: fee("108", -301), want: []string{"1 661", "0 663"}, near: fee("108", -300)},
		{name: "663 total 3.01 more, its lines within 3.00 (ERR 663)", entry: two, wrong: func(s *entry.Summary) { fee("108", 300)(s); onEntry(2, "108", 1)(s) }, want: []string{"0 663"},
			near: func(s *entry.Summary) { fee("108", 300)(s); onEntry(2, "108", 0)(s) }},
		{name: "720 total 0.01 off its lines (ERR 720)", entry: two, wrong: func(s *entry.Summary) { total(s, "108", 1) }, want: []string{"0 720"}, near: fee("108", 1)},
		{name: "720 and 663 total 3.01 off its lines (ERR 663, 720)", entry: two, wrong: func(s *entry.Summary) { total(s, "108", -301) }, want: []string{"0 720", "0 663"}},
		{name: "679 fee on a temporary importation (ERR 679)", entry: into(mango, func(s *entry.Summary) { s.Type = "23" }), wrong: fee("108", 16_535), want: []string{"1 679", "0 663"}},
	}
	return inTables(cases, chargedTables)
}

// coffeeConditions: 1,000 kilograms of coffee owe 550.00 in Puerto Rico.
func coffeeConditions() []conditionCase {
	rico := func(s *entry.Summary) { s.Port = "4909" }
	coffee := into(owing("0901000000", 100_000), rico)
	two := func(t testing.TB) *entry.Summary { return with(coffee(t), "", tariff("0901000000", 10_000, 100_000)) }
	grand := func(by money.Cents) func(*entry.Summary) {
		return func(s *entry.Summary) { s.Filed.Grand.Other += by }
	}
	cases := []conditionCase{
		{name: "665 coffee elsewhere (ERR 665)", entry: owing("0901000000", 100_000), wrong: lineOther("672", 55_000), want: []string{"1 665", "0 698"}},
		{name: "666 coffee left out (ERR 666)", entry: coffee, wrong: lineOther("", 0), want: []string{"1 666", "0 698"}},
		{name: "667 other goods (ERR 667)", entry: into(owing("9500000000", 100), rico), wrong: lineOther("672", 300), want: []string{"1 667"}},
		{name: "668 charge of goods without formula is taken, none need be filed (ERR 668)", entry: into(owing("2101000000", 100), func(s *entry.Summary) {
			rico(s)
			s.Lines[0].Filed.Other = reference.ClassAmount{Class: "672", Amount: 777}
		}), wrong: func(*entry.Summary) {}, want: []string{"1 668"}, near: lineOther("", 0)},
		{name: "669 and 698 charge 3.01 more, 3.00 passes (ERR 669, 698)", entry: coffee, wrong: lineOther("672", 55_000+301), want: []string{"1 669", "0 698"}, near: lineOther("672", 55_000+300)},
		{name: "669 and 698 charge 3.01 less, 3.00 passes (ERR 669, 698)", entry: coffee, wrong: lineOther("672", 55_000-301), want: []string{"1 669", "0 698"}, near: lineOther("672", 55_000-300)},
		{name: "698 total 3.01 less, its lines within 3.00 (ERR 698)", entry: two, wrong: func(s *entry.Summary) {
			lineOther("672", 55_000-300)(s)
			s.Lines[1].Filed.Other.Amount--
			s.Filed.Grand.Other--
		}, want: []string{"0 698"}, near: lineOther("672", 55_000-300)},
		{name: "768 grand total 0.01 off the lines (ERR 768)", entry: coffee, wrong: grand(1), want: []string{"0 768"}, near: grand(0)},
		{name: "768 and 698 grand total 3.01 off the lines (ERR 698, 768)", entry: coffee, wrong: grand(-301), want: []string{"0 768", "0 698"}},
		{name: "762 charge on a component of a set, its header has it (ERR 762)", entry: set(coffee), wrong: func(s *entry.Summary) {
			s.Lines[1].Filed.Other = reference.ClassAmount{Class: "672", Amount: 300}
			s.Filed.Grand.Other += 300
		}, want: []string{"2 762"}, near: lineOther("672", 55_000)},
		{name: "764 class that no table has (ERR 764)", entry: coffee, wrong: lineOther("999", 55_000), want: []string{"1 764"}, near: lineOther("672", 55_000)},
		{name: "765 class of another kind (ERR 765)", entry: coffee, wrong: lineOther("499", 55_000), want: []string{"1 765"}, near: lineOther("672", 55_000)},
	}
	return inTables(cases, chargedTables)
}

// TestRefusedConditions: what makes an entry impossible to assess has a condition
// too, where the error dictionary has one.
func TestRefusedConditions(t *testing.T) {
	tables := chargedTables(t)
	deposit := func(number string) entry.Case {
		return entry.Case{Number: number, Claim: 'C', RateType: 'A', Rate: 1_017}
	}
	for _, c := range []struct {
		name  string
		entry *entry.Summary
		code  string
	}{
		{"466 case on a type that has none", into(owing("9500000000", 100), func(s *entry.Summary) { s.Lines[0].Cases = []entry.Case{deposit("A570001000")} })(t), "466"},
		{"545 two cases of one class", into(owing("9500000000", 100), func(s *entry.Summary) {
			s.Type, s.Lines[0].Cases = "03", []entry.Case{deposit("A570001000"), deposit("A570001001")}
		})(t), "545"},
		{"706 type 03 without a case", into(owing("9500000000", 100), func(s *entry.Summary) { s.Type = "03" })(t), "706"},
		{"656 tax without formula, which must be filed", owing("2205000000", 100)(t), "656"},
		{"657 fee without formula, which must be filed", owing("5203000000", 100)(t), "657"},
		{"666 coffee without formula, which must be filed", into(owing("2102000000", 100), func(s *entry.Summary) { s.Port = "4909" })(t), "666"},
		{"433 number that no table has", owing("9999999999", 100)(t), "433"},
		{"no condition: a number whose rate of column 2 the table lacks", into(owing("9500000000", 100), func(s *entry.Summary) { s.Lines[0].Origin = "CU" })(t), ""},
		{"416 unknown program", into(owing("9500000000", 100), func(s *entry.Summary) { s.Lines[0].SPI = "QQ" })(t), "416"},
		{"605 program that is not in force yet", into(owing("9500000000", 100), func(s *entry.Summary) { s.Lines[0].SPI, s.EntryDate = "S", 20200630 })(t), "605"},
		{"606 program that has expired", into(owing("9500000000", 100), func(s *entry.Summary) { s.Lines[0].SPI = "MX" })(t), "606"},
		{"408 unknown country of origin", into(owing("9500000000", 100), func(s *entry.Summary) { s.Lines[0].Origin = "ZZ" })(t), "408"},
		{"B04 unknown port of entry", into(owing("9500000000", 100), func(s *entry.Summary) { s.Port = "9999" })(t), "B04"},
		{"166 unknown port of unlading", into(owing("9500000000", 100), func(s *entry.Summary) { s.UnladingPort = "9999" })(t), "166"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.entry.Filed.Given = true
			var a assess.Assessment
			var refused *assess.Error
			require.ErrorAs(t, assess.New(tables, assess.Regulation).Assess(&a, c.entry), &refused)
			require.Equal(t, c.code, refused.Condition())
		})
	}
}
