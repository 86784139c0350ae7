package worksheet_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/assess/worksheet"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

var update = flag.Bool("update", false, "write testdata anew")

// rowNumbers are places in the reference tables, which move when rows are added.
var rowNumbers = regexp.MustCompile(`\.csv row \d+`)

// sheets are the worksheets of testdata: the rule that each shows, and its charges
// ("line class amount"; line 0 is the entry) and what is due, worked out by hand
// from the rule.
var sheets = []struct {
	file, rule string
	charges    []string
	due        string
}{
	{"d11", "D11: duty, remedy, 499 with an exempt line, 501", []string{"1 001 3200.00", "1 499 34.64", "1 501 12.50", "2 001 0.00", "2 501 62.50",
		"3 001 0.00", "3 499 8.12", "3 501 2.93"}, "3320.69"},
	// 100.40 and 200.80 at 7 percent are 301.20; of 200.40 and 300.40 the lower rate is taken up for 802; wine keeps 678.50 litres
	{"invoice", "19 CFR 159.3(a) and (b): values and quantities of an invoice", []string{"1 001 21.07", "1 499 1.04", "2 001 8.84", "2 499 0.70",
		"3 001 42.75", "3 017 191.79", "3 499 1.04", "0 499 30.80"}, "298.03"},
	// 1,000 litres at 0.2826641
	{"tax", "AE note kk, 26 USC 5041 and 19 CFR 24.4: the full tax since 2023, deferred", []string{"1 001 63.00", "1 017 282.66 deferred", "1 499 17.32", "1 501 6.25",
		"0 499 16.26"}, "102.83"},
	{"craftbeverage", "AE note kk: the reduced tax of craft beverages to 2022, for the line that claims it", []string{"1 001 63.00", "1 017 18.49", "1 499 17.32", "1 501 6.25",
		"2 001 63.00", "2 017 282.66", "2 499 17.32", "2 501 6.25"}, "474.29"},
	// 0.5275 x 3,000 = 1,582.50; x 9,000 = 4,747.50, at most 10 x 402.60
	{"cigars", "26 USC 5701(a)(2): large cigars, a percentage of the price and its maximum", []string{"1 001 138.90", "1 018 1582.50", "1 499 10.39",
		"2 001 378.90", "2 018 4026.00", "2 499 31.18"}, "6167.87"},
	{"mango", "AE table 6, 7 CFR 1206: an agricultural fee by weight, and organic goods", []string{"1 001 1320.00", "1 108 330.69", "1 499 103.92", "1 501 37.50",
		"2 001 66.00", "2 499 5.20", "2 501 1.88"}, "1865.19"},
	{"coffee", "AE table 17: coffee into Puerto Rico, as filed", []string{"1 001 0.00", "1 499 34.64", "1 501 12.50", "1 672 150.00"}, "197.14"},
	// 499 on 10,000 less 4,000; 501 on 10,000; goods returned would owe 7 percent
	{"assembly", "19 USC 58c(b)(8)(D), AE note m: bases under 9802.00.80, and 9801", []string{"1 001 420.00", "1 499 20.78", "1 501 12.50",
		"2 001 0.00", "2 501 3.75", "0 499 12.80"}, "469.83"},
	// 700 and 10 percent, at most 1,500 together; 155.50 alone is more than 150
	{"cap", "AE note ii: a remedy capped at 15 percent with the duty", []string{"1 001 1500.00", "1 499 34.64", "1 501 12.50",
		"2 001 155.50", "2 499 3.46", "2 501 1.25"}, "1707.35"},
	// 50 percent of 4,000 on a line of its own, and of 1,000 on the number itself
	{"content", "CSMS 64348411: a remedy on the value of the steel content", []string{"1 001 420.00", "1 499 20.78", "1 501 7.50",
		"2 001 2280.00", "2 499 13.86", "2 501 5.00", "3 001 920.00", "3 499 24.25", "3 501 8.75"}, "3700.14"},
	{"exclusion", "AE note ii: a chapter 99 number that excludes another", []string{"1 001 3200.00", "1 499 34.64", "1 501 12.50",
		"2 001 700.00", "2 499 34.64", "2 501 12.50"}, "3994.28"},
	{"replacement", "AE note ii: a remedy in place of the duty; column 2", []string{"1 001 3000.00", "1 499 34.64", "1 501 12.50",
		"2 001 900.00", "2 499 3.46", "2 501 1.25"}, "3951.85"},
	// 100,000 kg at 0.036606 - 4 x 0.00020668 = 0.03577928; at 20 degrees 0.0200716, less than 0.02366
	{"sugar", "appendix F code J: sugar by degrees, and its floor", []string{"1 001 3577.93", "1 499 173.20", "1 501 62.50",
		"2 001 2366.00", "2 499 69.28", "2 501 25.00"}, "6273.91"},
	{"set", "AE note k: a set's header has duty and fees, its components deposits and taxes", []string{"1 001 700.00", "1 499 34.64", "1 501 12.50",
		"2 012 200.00", "3 017 2.83"}, "949.97"},
	{"deposits", "D6, AE note ff, PF Q2: deposits ad valorem and specific, one bonded", []string{"1 001 0.00", "1 012 2542.50", "1 013 1361.10 bonded", "1 499 86.60",
		"1 501 31.25"}, "2660.35"},
	{"deminimis", "T9, AE note o: 3.00 of 501 and nothing else", []string{"1 001 0.00"}, "0.00"},
	{"minimum", "D11, 19 CFR 24.23(b)(1): 8.66 is raised to the minimum", []string{"1 001 0.00", "1 499 6.93", "2 001 0.00", "2 499 1.73", "0 499 24.92"}, "33.58"},
	{"maximum", "19 CFR 24.23(b)(1): 692.80 is lowered to the maximum", []string{"1 001 0.00", "1 499 519.60", "2 001 0.00", "2 499 173.20", "0 499 -41.30"}, "651.50"},
	{"consolidated", "AE note w: a consolidated summary has no maximum", []string{"1 001 0.00", "1 499 692.80"}, "692.80"},
	{"informal", "AE note p: 311 of an informal entry", []string{"1 001 0.00", "0 311 2.69"}, "2.69"},
	{"mail", "AE notes p r: dutiable mail owes 496 in place of 311", []string{"1 001 35.00", "0 496 7.39"}, "42.39"},
	{"warehouse", "PF Q1: of a warehouse entry 501 is due", []string{"1 001 700.00 not due", "1 499 34.64 not due", "1 501 12.50"}, "12.50"},
	{"rewarehouse", "PF Q1: of a re-warehouse entry nothing is due", []string{"1 001 700.00 not due"}, "0.00"},
	{"temporary", "AE note m, PF Q1: a temporary importation owes no 499, and 501 is due", []string{"1 001 700.00 not due", "1 501 12.50"}, "12.50"},
	{"exceptions", "AE note m, 19 CFR 24.24(b): no 499 on goods of a Caribbean Basin country, no 501 at a port of unlading that is not listed",
		[]string{"1 001 1400.00"}, "1400.00"},
	{"zone", "AE notes j m o: privileged date, domestic goods, no 501 from a zone", []string{"1 001 700.00", "1 499 34.64", "2 001 0.00"}, "734.64"},
}

// TestWorksheets compares the worksheet of each entry of testdata with the text
// beside it, and its charges with those worked out by hand.
func TestWorksheets(t *testing.T) {
	tables := exampleTables(t)
	entries, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	require.Len(t, entries, len(sheets))
	for _, c := range sheets {
		t.Run(c.rule, func(t *testing.T) {
			text, err := os.ReadFile("testdata/" + c.file + ".json")
			require.NoError(t, err)
			var s entry.Summary
			require.NoError(t, entry.Decode(text, &s))
			var a assess.Assessment
			require.NoError(t, assess.New(tables, assess.Regulation).Explain(&a, &s))
			require.Equal(t, c.charges, charges(&a))
			require.Equal(t, c.due, a.Totals.Due.String())
			got := worksheet.New(tables, assess.Regulation).Append(nil, &s, &a)
			got = rowNumbers.ReplaceAll(got, []byte(".csv row N"))
			golden := "testdata/" + c.file + ".txt"
			if *update {
				require.NoError(t, os.WriteFile(golden, got, 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), string(got))
		})
	}
}

// exampleTables are the built-in tables with the rows of testdata/tables, of goods
// and remedies that the sample tariff does not have.
func exampleTables(t *testing.T) *reference.Tables {
	t.Helper()
	fsys := fstest.MapFS{}
	names, err := fs.Glob(reference.Files(), "*.csv")
	require.NoError(t, err)
	for _, name := range names {
		rows, err := fs.ReadFile(reference.Files(), name)
		require.NoError(t, err)
		more, err := os.ReadFile("testdata/tables/" + name)
		if !errors.Is(err, fs.ErrNotExist) {
			require.NoError(t, err)
		}
		fsys[name] = &fstest.MapFile{Data: append(rows, more...)}
	}
	tables, err := reference.Load(fsys)
	require.NoError(t, err)
	return tables
}

// charges lists an assessment's charges as sheets does.
func charges(a *assess.Assessment) (lines []string) {
	for _, c := range a.Charges {
		text := fmt.Sprintf("%d %s %s", c.Line, c.Class, c.Amount)
		if c.Disposition != assess.Due {
			text += " " + c.Disposition.String()
		}
		lines = append(lines, text)
	}
	return lines
}

// TestEveryChargeIsThere: a worksheet has each charge and exclusion of its
// assessment, and ends in what is due.
func TestEveryChargeIsThere(t *testing.T) {
	tables, err := reference.Default()
	require.NoError(t, err)
	text, err := os.ReadFile("testdata/deposits.json")
	require.NoError(t, err)
	var s entry.Summary
	require.NoError(t, entry.Decode(text, &s))
	var a assess.Assessment
	require.NoError(t, assess.New(tables, assess.Regulation).Explain(&a, &s))
	sheet := worksheet.New(tables, assess.Regulation).Append([]byte("before\n"), &s, &a)
	require.True(t, bytes.HasPrefix(sheet, []byte("before\nENTRY SUMMARY B76-0324527-8\n")))
	for _, c := range a.Charges {
		require.Regexp(t, `(?m)^  `+string(c.Class)+` .* `+regexp.QuoteMeta(strings.TrimPrefix(c.Amount.String(), "-"))+`$`, strings.ReplaceAll(string(sheet), ",", ""))
	}
	for _, e := range a.Exclusions {
		require.Contains(t, string(sheet), e.Reason)
	}
}

// codeInSource is a condition code in the source of a check.
var codeInSource = regexp.MustCompile(`"(\d{3}|B\d{2})"`)

// TestEveryConditionIsExplained: no condition that an assessment raises stands on
// a worksheet without its meaning.
func TestEveryConditionIsExplained(t *testing.T) {
	tables, err := reference.Default()
	require.NoError(t, err)
	files, err := filepath.Glob("../check*.go")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	text, err := os.ReadFile("testdata/d11.json")
	require.NoError(t, err)
	var s entry.Summary
	require.NoError(t, entry.Decode(text, &s))
	for _, name := range files {
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, code := range codeInSource.FindAllSubmatch(source, -1) {
			a := assess.Assessment{Conditions: []assess.Condition{{Code: string(code[1])}}}
			sheet := worksheet.New(tables, assess.Regulation).Append(nil, &s, &a)
			require.Regexp(t, `(?m)^CONDITIONS\n  `+string(code[1])+`\n      \w.*\n\n$`, string(sheet), "%s of %s", code[1], name)
		}
	}
}

// TestConditionAmounts: what a filed amount is compared with, in words.
func TestConditionAmounts(t *testing.T) {
	tables, err := reference.Default()
	require.NoError(t, err)
	for _, c := range []struct {
		condition assess.Condition
		want      string
	}{
		{assess.Condition{Code: "624", Line: 3, Against: assess.Computed, Filed: 70_300, Expected: 70_000}, "  624, line 3\n      the duty of a line may differ by up to 2.99 either way; " +
			"where its program makes it free, not at all\n      filed 703.00, computed 700.00: 3.00 too much\n"},
		{assess.Condition{Code: "726", Of: "90 user fees", Against: assess.OwnFigures, Filed: 866, Expected: 3358}, "  726, 90 user fees\n      " +
			"the grand total of fees is the sum of the totals by class (89 records)\n      filed 8.66, while the filer's own figures come to 33.58: 24.92 too little\n"},
		{assess.Condition{Code: "629", Line: 2, Of: "499", Against: assess.Computed}, "  629, line 2, 499 merchandise processing fee, formal entry\n      " +
			"the merchandise processing fee of an article set is filed with its header line, not with a component\n      filed 0.00\n"},
		{assess.Condition{Code: "622", Line: 1, Of: "8708290010"}, "  622, line 1, 8708290010\n      the tariff number has no formula: the duty filed is taken as it is\n"},
	} {
		s := entry.Summary{EntryDate: 20260115}
		sheet := worksheet.New(tables, assess.Regulation).Append(nil, &s, &assess.Assessment{Conditions: []assess.Condition{c.condition}})
		require.Contains(t, string(sheet), "CONDITIONS\n"+c.want)
	}
}
