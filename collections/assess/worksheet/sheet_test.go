package worksheet_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/assess/worksheet"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

var update = flag.Bool("update", false, "write testdata anew")

// rowNumbers are places in the reference tables, which move when rows are added.
var rowNumbers = regexp.MustCompile(`\.csv row \d+`)

// TestWorksheets compares the worksheet of each entry of testdata with the text
// beside it. The figures in the texts were checked by hand against the rules;
// d11 has the published ones of example D11.
func TestWorksheets(t *testing.T) {
	tables, err := reference.Default()
	require.NoError(t, err)
	entries, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, entries)
	for _, name := range entries {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			var s entry.Summary
			require.NoError(t, entry.Decode(text, &s))
			var a assess.Assessment
			require.NoError(t, assess.New(tables, assess.Regulation).Explain(&a, &s))
			got := worksheet.New(tables, assess.Regulation).Append(nil, &s, &a)
			got = rowNumbers.ReplaceAll(got, []byte(".csv row N"))
			golden := strings.TrimSuffix(name, ".json") + ".txt"
			if *update {
				require.NoError(t, os.WriteFile(golden, got, 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), string(got))
		})
	}
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
