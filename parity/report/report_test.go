package report

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/parity/compare"
)

func TestMoneyIsGroupedAndNothingElse(t *testing.T) {
	for in, want := range map[string]string{
		"1234567.89": "1,234,567.89", "-1234.50": "−1,234.50", "0.01": "0.01", "-0.01": "−0.01", "12": "12", "": "",
		"(masked)": "(masked)", "00042": "00042", "B7603245278": "B7603245278",
	} {
		require.Equal(t, want, money(in), in)
	}
	for in, want := range map[string]string{"20251001": "20251001", "2704": "2704", "1234.50": "1,234.50", "": "(blank)"} {
		require.Equal(t, want, shown(&in), in)
	}
}

func TestTheVerdictIsAWordNotOnlyAColour(t *testing.T) {
	for i := range compare.Verdicts {
		v := compare.Verdict(i)
		var page bytes.Buffer
		r := &Report{Verdict: v, Comparisons: []Comparison{{Name: "<script>alert(1)</script>", Verdict: v}}}
		require.NoError(t, r.WriteHTML(&page))
		require.Contains(t, page.String(), `<h2 id="verdict">`+words(v)+`</h2>`)
		require.NotContains(t, page.String(), "<script>", "what a plan says is escaped")
	}
}

func TestMaskedKeysStayMasked(t *testing.T) {
	k := Key{Comparison: "c", Fields: []KeyField{{Name: "B", Value: "1"}, {Name: "A", Value: "12-3456789", Masked: true}, {Name: "C", Masked: true}}}
	text, err := json.Marshal(k)
	require.NoError(t, err)
	require.Equal(t, `{"B":"1","A":"(masked)","C":""}`, string(text))
	require.Equal(t, "1 / (masked) / (blank)", k.String())
	require.Equal(t, "12-3456789", k.Get("A"), "in clear for the explainer")
}

func TestAddUp(t *testing.T) {
	all := addUp([]Total{{Left: "0.10", Right: "-5.00", Difference: "-5.10", LeftCount: 1}, {Left: "0.20", Right: "9007199254740993.01", Difference: "9007199254740992.81", LeftCount: 2}})
	require.Equal(t, "0.30", all.Left)
	require.Equal(t, "9007199254740988.01", all.Right, "beyond what a float holds")
	require.EqualValues(t, 3, all.LeftCount)
}
