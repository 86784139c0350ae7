package stream_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/condition"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/stream"
)

// family are four kinds of record of four bytes, told apart by the first.
func family(t testing.TB) (*stream.Router, *stream.Nesting, map[string]*copybooks.Codec) {
	t.Helper()
	codecs := map[string]*copybooks.Codec{}
	var rules []stream.Rule
	for _, kind := range []string{"A", "B", "C", "D"} {
		c := compiled(t, fmt.Sprintf("01 R%s. 05 K%s PIC X. 05 N%s PIC 999.", kind, kind, kind))
		test, err := condition.Parse("K"+kind+" = "+kind, condition.Scope{Codecs: []*copybooks.Codec{c}})
		require.NoError(t, err)
		codecs["R"+kind] = c
		rules = append(rules, stream.Rule{When: test, To: &stream.Target{Codec: c, JSON: copybooks.JSONOptions{Record: true}}})
	}
	n, err := stream.NewNesting(map[string][]string{"ra": {"RB", "RC"}, "RB": {"RD"}}, copybooks.CobolNames)
	require.NoError(t, err)
	return stream.ByRule(rules), n, codecs
}

func nest(t testing.TB, data []byte, o stream.Options) (string, stream.Summary, error) {
	t.Helper()
	r, err := dataset.NewReader(bytes.NewReader(data), dataset.Format{RECFM: dataset.FB, LRECL: 4})
	require.NoError(t, err)
	var out bytes.Buffer
	sum, err := stream.ToJSON(context.Background(), r, &out, o)
	return out.String(), sum, err
}

// Law: the lines taken apart again are the records in the order of the file,
// whatever that order is, and for any number of workers.
func TestNestingRoundTrip(t *testing.T) {
	router, n, codecs := family(t)
	rapid.Check(t, func(rt *rapid.T) {
		kinds := rapid.SliceOfN(rapid.SampledFrom([]byte{0xC1, 0xC2, 0xC3, 0xC4, 0xE7}), 0, 60).Draw(rt, "kinds")
		var data []byte
		for i, k := range kinds {
			data = append(data, k, 0xF0, 0xF0|byte(i/10), 0xF0|byte(i%10))
		}
		out, sum, err := nest(t, data, stream.Options{Router: router, Nesting: n})
		require.NoError(rt, err)
		require.EqualValues(rt, len(kinds), sum.Read)
		again, _, err := nest(t, data, stream.Options{Router: router, Nesting: n, Jobs: 3, BatchBytes: 12})
		require.NoError(rt, err)
		require.Equal(rt, out, again)
		var back []byte
		for line := range strings.Lines(out) {
			records, err := n.Flatten(nil, []byte(strings.TrimSuffix(line, "\n")))
			require.NoError(rt, err)
			for _, r := range records {
				c := codecs["RA"]
				if _, rest, ok := strings.Cut(string(r), `"_record":"`); ok {
					c = codecs[rest[:2]]
				}
				back, err = c.NewEncoder(copybooks.JSONOptions{Record: true}).Append(back, r)
				require.NoError(rt, err, "%s", r)
			}
		}
		require.Equal(rt, data, back)
	})
}

func TestRootIsBounded(t *testing.T) {
	router, n, _ := family(t)
	data := []byte("\xC1\xF0\xF0\xF1" + strings.Repeat("\xC3\xF0\xF0\xF2", stream.MaxRootBytes/30))
	_, _, err := nest(t, data, stream.Options{Router: router, Nesting: n, Jobs: 2})
	require.ErrorContains(t, err, "record 1 at byte 0: RA with the children to record")
	require.ErrorContains(t, err, "is more than 67108864 bytes of JSON")
}

func TestNestingsThatCannotBe(t *testing.T) {
	router, _, _ := family(t)
	for _, tt := range []struct {
		pairs map[string][]string
		want  string
	}{
		{map[string][]string{"RA": {"RB"}, "RC": {"RB"}}, "RB is a child of both RA and RC"},
		{map[string][]string{"RA": {"RB"}, "RB": {"RA"}}, "is a child of itself"},
		{map[string][]string{"RA": {"RX"}}, "RX is none of the kinds"},
		{map[string][]string{"RX": {"RA"}}, "RX is none of the kinds"},
		{map[string][]string{"RA": {"NA"}}, "NA is none of the kinds"},
	} {
		n, err := stream.NewNesting(tt.pairs, copybooks.CobolNames)
		if err == nil {
			err = n.Check(router)
		}
		require.ErrorContains(t, err, tt.want)
	}
}

func TestFlattenRefuses(t *testing.T) {
	_, n, _ := family(t)
	for _, tt := range []struct{ line, want string }{
		{`{"RB":[{}],"_order":["RB","RB"]}`, "_order has more RB than the array"},
		{`{"RB":[{}],"_order":[]}`, "_order has fewer RB than the array"},
		{`{"RB":[{}],"_order":5}`, "_order is not an array"},
		{`{"RB":[{}],"RB":[{}]}`, "RB stands twice"},
		{`{"RB":[{"RB":[{"RB":[{"RB":[{"RB":[{"RB":[]}]}]}]}]}]}`, "deeper than --segment-children says"},
	} {
		_, err := n.Flatten(nil, []byte(tt.line))
		require.ErrorContains(t, err, tt.want, tt.line)
	}
	for _, line := range []string{``, `5`, `{"RB":`, `{"RB":{}}`, `{"RB":[1]} x`} {
		records, err := n.Flatten(nil, []byte(line))
		require.NoError(t, err)
		require.Len(t, records, 1)
		require.Equal(t, line, string(records[0]))
	}
}

func FuzzFlatten(f *testing.F) {
	_, n, _ := family(f)
	for _, line := range []string{
		`{"_record":"RA","RB":[{"RD":[{}]},{}],"RC":[{}],"_order":["RB","RC","RB"]}`, `{"_unknown":[{"_errors":[]}]}`, `{"RB":[null,5,[]]}`,
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		records, err := n.Flatten(nil, line)
		if err == nil && len(records) == 0 {
			t.Fatal("a line without records")
		}
	})
}
