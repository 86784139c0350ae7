package assess_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// fiscalYear has the minimum and maximum of 499 of a fiscal year (fee table of ACE
// CATAIR AE note w), and from example D2 the smallest value whose fee exceeds the
// minimum and the smallest whose fee reaches the maximum.
type fiscalYear struct {
	name             string
	first            reference.Date
	minimum, maximum money.Cents
	exceeds, reaches int64
}

var fiscalYears = []fiscalYear{
	{"FY18", 20180101, 25_67, 497_99, 7_412, 143_761},
	{"FY19", 20181001, 26_22, 508_70, 7_571, 146_852},
	{"FY20", 20191001, 26_79, 519_76, 7_736, 150_045},
	{"FY21", 20201001, 27_23, 528_33, 7_863, 152_519},
	{"FY22", 20211001, 27_75, 538_40, 8_013, 155_426},
	{"FY23", 20221001, 29_66, 575_35, 8_564, 166_093},
	{"FY24", 20231001, 31_67, 614_35, 9_145, 177_352},
	{"FY25", 20241001, 32_71, 634_62, 9_445, 183_203},
	{"FY26", 20251001, 33_58, 651_50, 9_696, 188_076},
}

// feeOf is 0.003464 of a value, half up to the cent.
func feeOf(value int64) money.Cents { return money.Cents((value*3_464 + 5_000) / 10_000) }

// limitCase files a total of 499 for lines of free goods by air, and says which
// condition that raises, "" for none.
type limitCase struct {
	name  string
	lines []int64
	alter func(*entry.Summary)
	filed money.Cents
	want  string
}

// conditions give the cases of a bound of a fiscal year. Each says what its lines
// must come to, so that a case is about what its name says.
func (y *fiscalYear) conditions(bound string, cases []limitCase) []conditionCase {
	list := make([]conditionCase, len(cases))
	for i, c := range cases {
		want := []string{}
		if c.want != "" {
			want = append(want, "0 "+c.want)
		}
		list[i] = conditionCase{
			name: fmt.Sprintf("%s %s: %s", y.name, bound, c.name),
			entry: func(t testing.TB) *entry.Summary {
				s := alone(t)
				s.Mode, s.EntryDate = "40", y.first
				for _, v := range c.lines {
					with(s, "", tariff("9500000000", v))
				}
				if c.alter != nil {
					c.alter(s)
				}
				return s
			},
			wrong: func(s *entry.Summary) {
				total(s, "499", c.filed-s.Filed.Totals[0].Amount)
			},
			want: want,
		}
	}
	return list
}

// Changes of the entries of limit cases.
func consolidated(s *entry.Summary) { s.Consolidated = true }
func pipeline(s *entry.Summary)     { s.Mode = "70" }

// exemptLine adds U.S. goods returned, which owe no 499.
func exemptLine(s *entry.Summary) { with(s, "", tariff("9801001010", 50_000)) }

// component makes an article set of the entry: its second line owes no 499.
func component(s *entry.Summary) {
	with(s, "", tariff("9500000000", 50_000))
	s.Lines[0].Set, s.Lines[len(s.Lines)-1].Set = 'X', 'V'
}

// atMinimum are the cases around the minimum: at or below it the total is the
// minimum to the cent (ERR 639), above it what is computed (ERR 641) within a
// tolerance whose size no source gives; 2.99 is taken, as for duty.
func (y *fiscalYear) atMinimum() []limitCase {
	m, at := y.minimum, y.exceeds-1
	under := at - 3 // a cent is 2.9 dollars
	for feeOf(under) == m {
		under--
	}
	over := feeOf(y.exceeds)
	half := at / 2
	return []limitCase{
		{"computed at it, filed it", []int64{at}, nil, m, ""},
		{"computed at it, filed a cent less", []int64{at}, nil, m - 1, "639"},
		{"computed at it, filed a cent more", []int64{at}, nil, m + 1, "639"},
		{"computed at it, filed 2.99 more: it has no tolerance", []int64{at}, nil, m + 299, "639"},
		{"computed a cent under it, filed it", []int64{under}, nil, m, ""},
		{"computed a cent under it, filed as computed", []int64{under}, nil, feeOf(under), "639"},
		{"computed a cent under it, filed a cent more than it", []int64{under}, nil, m + 1, "639"},
		{"computed 0.00, filed it", []int64{1}, nil, m, ""},
		{"computed 0.00, filed 0.00", []int64{1}, nil, 0, "639"},
		{"computed 0.00 of a value of 0, filed it", []int64{0}, nil, m, ""},
		{"computed a cent over it, filed as computed", []int64{y.exceeds}, nil, over, ""},
		{"computed a cent over it, filed it: within the tolerance", []int64{y.exceeds}, nil, m, ""},
		{"computed a cent over it, filed 2.99 more", []int64{y.exceeds}, nil, over + 299, ""},
		{"computed a cent over it, filed 3.00 more", []int64{y.exceeds}, nil, over + 300, "641"},
		{"computed a cent over it, filed 2.99 less", []int64{y.exceeds}, nil, over - 299, ""},
		{"computed a cent over it, filed 3.00 less", []int64{y.exceeds}, nil, over - 300, "641"},
		{"two lines under it together, filed it", []int64{half - 10, half - 10}, nil, m, ""},
		{"two lines under it together, filed their sum", []int64{half - 10, half - 10}, nil, 2 * feeOf(half-10), "639"},
		{"two lines, each under it and together over it, filed their sum", []int64{half + 10, half + 10}, nil, 2 * feeOf(half+10), ""},
		{"two lines, each under it, filed it for each", []int64{half + 10, half + 10}, nil, 2 * m, "641"},
		{"consolidated, computed under it, filed it", []int64{under}, consolidated, m, ""},
		{"consolidated, computed under it, filed a cent more", []int64{under}, consolidated, m + 1, "639"},
		{"pipeline, computed under it, filed as computed", []int64{100}, pipeline, feeOf(100), ""},
		{"pipeline, computed under it, filed it", []int64{100}, pipeline, m, "641"},
		{"an exempt line beside, filed it", []int64{under}, exemptLine, m, ""},
		{"an exempt line beside, filed as if it owed", []int64{under}, exemptLine, feeOf(under) + feeOf(50_000), "639"},
		{"a set, its component beside, filed it", []int64{under}, component, m, ""},
	}
}

// atMaximum are the cases around the maximum: at or above it the total is the
// maximum to the cent (ERR 640), but of a consolidated summary, which may exceed
// it, and of a pipeline, which has none (ACE CATAIR AE notes w, x).
func (y *fiscalYear) atMaximum() []limitCase {
	m, at := y.maximum, y.reaches
	over := at + 3
	for feeOf(over) == m {
		over++
	}
	under := feeOf(at - 1)
	half := at / 2
	return []limitCase{
		{"computed at it, filed it", []int64{at}, nil, m, ""},
		{"computed at it, filed a cent less", []int64{at}, nil, m - 1, "640"},
		{"computed at it, filed a cent more", []int64{at}, nil, m + 1, "640"},
		{"computed at it, filed 2.99 less: it has no tolerance", []int64{at}, nil, m - 299, "640"},
		{"computed a cent over it, filed it", []int64{over}, nil, m, ""},
		{"computed a cent over it, filed as computed", []int64{over}, nil, feeOf(over), "640"},
		{"computed a cent over it, filed a cent less than it", []int64{over}, nil, m - 1, "640"},
		{"computed far over it, filed it", []int64{10_000_000}, nil, m, ""},
		{"computed far over it, filed as computed", []int64{10_000_000}, nil, feeOf(10_000_000), "640"},
		{"computed far over it, filed 0.00", []int64{10_000_000}, nil, 0, "640"},
		{"computed a cent under it, filed as computed", []int64{at - 1}, nil, under, ""},
		{"computed a cent under it, filed it: within the tolerance", []int64{at - 1}, nil, m, ""},
		{"computed a cent under it, filed 2.99 more", []int64{at - 1}, nil, under + 299, ""},
		{"computed a cent under it, filed 3.00 more", []int64{at - 1}, nil, under + 300, "641"},
		{"computed a cent under it, filed 2.99 less", []int64{at - 1}, nil, under - 299, ""},
		{"computed a cent under it, filed 3.00 less", []int64{at - 1}, nil, under - 300, "641"},
		{"two lines over it together, filed it", []int64{half + 10, half + 10}, nil, m, ""},
		{"two lines over it together, filed their sum", []int64{half + 10, half + 10}, nil, 2 * feeOf(half+10), "640"},
		{"two lines, each over it, filed it once", []int64{at, at}, nil, m, ""},
		{"two lines, each over it, filed it for each", []int64{at, at}, nil, 2 * m, "640"},
		{"two lines under it together, filed their sum", []int64{half - 10, half - 10}, nil, 2 * feeOf(half-10), ""},
		{"consolidated, computed over it, filed as computed", []int64{over}, consolidated, feeOf(over), ""},
		{"consolidated, computed over it, filed it", []int64{over}, consolidated, m, ""},
		{"consolidated, computed over it, filed a cent less than it", []int64{over}, consolidated, m - 1, "640"},
		{"consolidated, computed over it, filed it for each of two releases", []int64{at, at}, consolidated, 2 * m, ""},
		{"pipeline, computed over it, filed as computed", []int64{10_000_000}, pipeline, feeOf(10_000_000), ""},
		{"pipeline, computed over it, filed it", []int64{10_000_000}, pipeline, m, "641"},
		{"an exempt line beside, filed as computed", []int64{at - 1}, exemptLine, under, ""},
		{"an exempt line beside, filed it for both", []int64{at - 1}, exemptLine, under + feeOf(50_000), "641"},
	}
}

// limitConditions are the cases around the bounds of every fiscal year.
func limitConditions() []conditionCase {
	var list []conditionCase
	for i := range fiscalYears {
		y := &fiscalYears[i]
		list = append(list, y.conditions("minimum", y.atMinimum())...)
		list = append(list, y.conditions("maximum", y.atMaximum())...)
	}
	return append(list, roundedLimitConditions()...)
}

// roundedLimitConditions are about lines that are rounded before they are added up
// (ACE CATAIR AE note n; example D3: 3,333 dollars three times are 11.55 each and
// 34.65, not 34.64).
func roundedLimitConditions() []conditionCase {
	year18, year26 := &fiscalYears[0], &fiscalYears[8]
	list := year26.conditions("rounding", []limitCase{
		{"D3, filed the sum of the rounded lines", []int64{3_333, 3_333, 3_333}, nil, 34_65, ""},
		{"D3, filed 3.00 more", []int64{3_333, 3_333, 3_333}, nil, 34_65 + 300, "641"},
		{"16.79 + 16.79 are the minimum, though 9,696 dollars on one line are 33.59; filed the minimum", []int64{4_848, 4_848}, nil, 33_58, ""},
		{"16.79 + 16.79 are the minimum; filed the fee of one line", []int64{4_848, 4_848}, nil, 33_59, "639"},
		{"16.80 + 16.79 are a cent over the minimum, though 9,695 dollars on one line are 33.58; filed 2.99 more", []int64{4_849, 4_846}, nil, 33_59 + 299, ""},
		{"16.80 + 16.79 are a cent over the minimum; filed 3.00 more", []int64{4_849, 4_846}, nil, 33_59 + 300, "641"},
	})
	return append(list, year18.conditions("rounding", []limitCase{
		{"12.83 + 12.84 are the minimum, though 7,412 dollars on one line are 25.68; filed the minimum", []int64{3_705, 3_707}, nil, 25_67, ""},
		{"12.83 + 12.84 are the minimum; filed the fee of one line", []int64{3_705, 3_707}, nil, 25_68, "639"},
	})...)
}

// TestLimitCases: there are twenty cases and more around each bound, and each is
// about what its name says.
func TestLimitCases(t *testing.T) {
	for _, y := range fiscalYears {
		t.Run(y.name, func(t *testing.T) {
			require.Equal(t, y.minimum, feeOf(y.exceeds-1))
			require.Equal(t, y.minimum+1, feeOf(y.exceeds))
			require.Equal(t, y.maximum-1, feeOf(y.reaches-1))
			require.Equal(t, y.maximum, feeOf(y.reaches))
			minimum, maximum := y.atMinimum(), y.atMaximum()
			require.GreaterOrEqual(t, len(minimum), 20)
			require.GreaterOrEqual(t, len(maximum), 20)
			require.Equal(t, y.minimum-1, feeOf(minimum[4].lines[0]), minimum[4].name)
			require.Equal(t, y.maximum+1, feeOf(maximum[4].lines[0]), maximum[4].name)
		})
	}
}

// TestProcessingLimitConditions files each cent within ten of minimum and maximum
// of fiscal year 2026 as the total of 499: exactly one of them passes (ERR 639,
// 640).
func TestProcessingLimitConditions(t *testing.T) {
	tables := exampleTables(t)
	year := &fiscalYears[8]
	for _, c := range []struct {
		name  string
		value int64
		code  string
		right money.Cents
	}{
		{"639 far below the minimum", 100, "639", year.minimum},
		{"639 at the minimum", 9_695, "639", year.minimum},
		{"640 at the maximum", 188_076, "640", year.maximum},
		{"640 far above the maximum", 5_000_000, "640", year.maximum},
	} {
		for by := money.Cents(-10); by <= 10; by++ {
			filed := limitCase{fmt.Sprintf("%s, %d cents off", c.name, by), []int64{c.value}, nil, c.right + by, c.code}
			if by == 0 {
				filed.want = ""
			}
			test := year.conditions("each cent", []limitCase{filed})[0]
			t.Run(test.name, func(t *testing.T) { test.run(t, tables) })
		}
	}
}
