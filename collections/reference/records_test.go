package reference

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestRecordsAreCSV: records gives what encoding/csv gives of any text: the same
// fields on the same lines, and the same error.
func TestRecordsAreCSV(t *testing.T) {
	pieces := []string{"a", "1.5", ",", ",", ",", "\"", "\"\"", "\n", "\n", "\r\n", "\r", " ", "\"x, y\"", "\"x\"\"y\"", "\"two\nlines\"", "é", "\ufeff"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "pieces"), "")
		want, got := csv.NewReader(strings.NewReader(text)), records{text: text, line: 1}
		for {
			wantFields, wantErr := want.Read()
			fields, line, err := got.next()
			if wantErr != nil {
				require.EqualError(t, err, wantErr.Error())
				return
			}
			require.NoError(t, err)
			require.Equal(t, wantFields, slices.Clone(fields))
			wantLine, _ := want.FieldPos(0)
			require.Equal(t, wantLine, line)
		}
	})
}

// TestScatteredRows: the rows of a key that do not stand together in the file, nor
// in the order of their days, are found, and the file's order stays.
func TestScatteredRows(t *testing.T) {
	rows := []Fee{
		{Class: "499", Validity: Validity{From: 20200101, To: 20201231, Row: 2}},
		{Class: "311", Validity: Validity{From: 20200101, To: OpenEnd, Row: 3}},
		{Class: "499", Validity: Validity{From: 20190101, To: 20191231, Row: 4}},
	}
	s, errs := newSeries("fees", rows, func(r *Fee) Class { return r.Class }, func(r *Fee) string { return string(r.Class) })
	require.Empty(t, errs)
	require.Equal(t, 4, s.find("499", 20190601).Row)
	require.Equal(t, 2, s.find("499", 20200601).Row)
	require.Equal(t, 3, s.find("311", 20260101).Row)
	require.Equal(t, 2, rows[0].Row)
}
