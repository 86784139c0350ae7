package reference

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// TestHalves: a table whose halves are parsed at the same time has the rows, their
// lines in the file and the faults that reading from the start to the end gives.
func TestHalves(t *testing.T) {
	const head = "hts,effective_from,effective_to,column,duty_code,rate1,rate2,rate3,uom1,uom2,uom3,citation,verified\n"
	row := func(i int, citation string) string {
		return fmt.Sprintf("%010d,2015-01-01,9999-12-31,general,7,,0.%03d,,KG,,,%s,no\n", 101_210_010+i, i%999+1, citation)
	}
	var plain strings.Builder
	for i := range 20_000 {
		plain.WriteString(row(i, "sample"))
	}
	require.Greater(t, plain.Len(), halvedText)
	with := func(old, new string) string { return strings.Replace(plain.String(), old, new, 1) }
	for name, body := range map[string]string{
		"rows":                      plain.String(),
		"blank lines":               with(row(3, "sample"), "\n\r\n"+row(3, "sample")),
		"a citation of two lines":   with(row(3, "sample"), row(3, "\"two\nlines\"")),
		"the middle inside a field": with(row(9_000, "sample"), row(9_000, "\""+strings.Repeat("line\n", 200_000)+"\"")),
		"a fault before the middle": with(row(3, "sample"), strings.Replace(row(3, "sample"), "2015-01-01", "2015-02-30", 1)),
		"a fault behind the middle": with(row(19_000, "sample"), strings.Replace(row(19_000, "sample"), "general,7", "general,Z", 1)),
		"a quote behind the middle": with(row(19_000, "sample"), row(19_000, "a \" b")),
		"no line end at all":        strings.Repeat("1", halvedText+1),
	} {
		t.Run(name, func(t *testing.T) {
			source := records{text: head + body, line: 1}
			var h header
			require.NoError(t, h.read(&source, define("hts").Columns))
			want, wantErrs := readRows("hts", &source, newCells(h), parseTariff, nil)
			got, errs := readTable(fstest.MapFS{"hts.csv": {Data: []byte(head + body)}}, "hts", parseTariff)
			require.Equal(t, fmt.Sprint(wantErrs), fmt.Sprint(errs))
			require.Len(t, got, len(want))
			for i := range want {
				if got[i] != want[i] {
					require.Equal(t, want[i], got[i])
				}
			}
		})
	}
}
