package stream_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/stream"
)

// The first and the last record are known whatever the batches are.
func TestFirstAndLast(t *testing.T) {
	c := compiled(t, source)
	header, trailer := compiled(t, "01 H. 05 HA PIC X(60)."), compiled(t, "01 T. 05 TA PIC X(60).")
	rules := []stream.Rule{
		{At: stream.First, To: &stream.Target{Codec: header, JSON: copybooks.JSONOptions{Record: true}}},
		{At: stream.Last, To: &stream.Target{Codec: trailer, JSON: copybooks.JSONOptions{Record: true}}},
		{To: &stream.Target{Codec: c, JSON: copybooks.JSONOptions{Record: true}}},
	}
	for _, n := range []int{1, 2, 3, 4, 7, 8, 9, 5000} {
		for _, o := range []stream.Options{{}, {BatchBytes: 60}, {BatchBytes: 240, Jobs: 3}, {Jobs: 2, BatchBytes: 60 * 8}} {
			o.Router = stream.ByRule(rules)
			out, sum, err := run(t, day(t, c, n, 0), o)
			require.NoError(t, err)
			require.EqualValues(t, n, sum.Written)
			lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
			require.Contains(t, lines[0], `"_record":"H"`)
			require.Equal(t, 1, strings.Count(out, `"_record":"H"`))
			require.Equal(t, min(n-1, 1), strings.Count(out, `"_record":"T"`))
			if n > 1 {
				require.Contains(t, lines[n-1], `"_record":"T"`)
			}
		}
	}
	out, _, err := run(t, day(t, c, 9, 0), stream.Options{Router: stream.ByRule(rules), Limit: 5})
	require.NoError(t, err)
	require.NotContains(t, out, `"_record":"T"`)
	out, _, err = run(t, append(day(t, c, 9, 0), 1, 2), stream.Options{Router: stream.ByRule(rules)})
	require.Error(t, err)
	require.NotContains(t, out, `"_record":"T"`, "a file that is cut off has no last record")
}

func TestNoRuleFits(t *testing.T) {
	c := compiled(t, source)
	rules := []stream.Rule{{When: tested(t, c, "N = 1"), To: &stream.Target{Codec: c}}}
	out, sum, err := run(t, day(t, c, 3, 3), stream.Options{Router: stream.ByRule(rules)})
	require.NoError(t, err)
	require.EqualValues(t, 2, sum.Bad)
	require.Equal(t, map[string]int64{"_record": 2}, sum.Faults)
	require.Contains(t, out, `"reason":"no rule says which record this is"`)
	require.Contains(t, out, `"reason":"no rule says which record this is: field N at offset 0`)
}

func TestUndecidedRecordsAreCounted(t *testing.T) {
	c := compiled(t, source)
	router := stream.Single(c, copybooks.JSONOptions{}).Where(tested(t, c, "N > 1")).Where(tested(t, c, "T <> 'RECORD 3'"))
	var reported []stream.Bad
	o := stream.Options{Router: router, Report: func(b stream.Bad) { reported = append(reported, b) }}
	out, sum, err := run(t, day(t, c, 6, 3), o)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(out, "\n"), "record 3 and 6 have no N, 1 and 2 have less, 4 has the text")
	require.EqualValues(t, 2, sum.Undecided)
	require.Len(t, reported, 2)
	require.EqualValues(t, 3, reported[0].Record)
	o.Strict = true
	_, _, err = run(t, day(t, c, 6, 3), o)
	require.ErrorContains(t, err, "record 3 at byte 120: whether it is asked for cannot be decided: field N")
}

func TestLengthsThatDisagree(t *testing.T) {
	c := compiled(t, "01 REC. 05 N PIC 99. 05 T PIC XX.")
	data := []byte("\xF0\xF1\xC1\xC1\n\xF0\xF2\xC1\n\xF0\xF3\n\xF0\xF1\xC1\xC1\xC1\xC1\n")
	r, err := dataset.NewReader(bytes.NewReader(data), dataset.Format{RECFM: dataset.Text, Delimiter: "\n"})
	require.NoError(t, err)
	var out bytes.Buffer
	sum, err := stream.ToJSON(context.Background(), r, &out, stream.Options{Router: stream.Single(c, copybooks.JSONOptions{})})
	require.NoError(t, err)
	require.Len(t, sum.Lengths, 2)
	require.Equal(t, "2 records are shorter than REC, which has 4 bytes: the first is record 2 at byte 5 with 3 bytes", sum.Lengths[0].String())
	require.Equal(t, "1 record is longer than REC, which has 4 bytes: the first is record 4 at byte 12 with 6 bytes", sum.Lengths[1].String())
}
