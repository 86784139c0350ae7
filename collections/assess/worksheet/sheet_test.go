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
