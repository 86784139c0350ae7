package catair_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/catair"
)

// TestResponse: the E0 and E1 records of one entry stand where AE's output
// layouts say (E1 3, 4, 5-7, 11-50, 51-53, 56-63, 69-77), and Y counts them
// (Batch & Block Control, Y record 13-17).
func TestResponse(t *testing.T) {
	var out bytes.Buffer
	w := catair.NewWriter(&out, catair.Lines)
	require.NoError(t, w.OpenBatch(catair.Batch{Site: "2704", ID: "B76", Application: "AX", Date: 20260115}))
	require.NoError(t, w.OpenBlock(catair.Block{Port: "2704", Filer: "B76"}))
	require.NoError(t, w.WriteResponse(&catair.Response{
		Number: "B7603245278", BrokerReference: "REF1", Disposition: catair.Rejected,
		Findings: []catair.Finding{
			{Code: "722", Severity: catair.Fatal, Narrative: "GRAND DUTY TOTAL/CALC'D MISMATCH"},
			{Code: "624", Severity: catair.Fatal, Line: 1, Reference: "50 8708290010", Narrative: "EST DUTY/CALC'D DUTY MISMATCH - LINE"},
			{Code: "627", Severity: catair.Warning, Line: 1, Reference: "50 8708290010", Narrative: strings.Repeat("LONG ", 20)},
		},
	}))
	require.NoError(t, w.CloseBlock())
	require.NoError(t, w.CloseBatch())
	require.NoError(t, w.Flush())
	require.Equal(t, []string{
		"A2704B76      011526     AX",
		"B  2704B76AX",
		"E0 HEADER 000001 REF ID: ENTRY SUMMARY",
		"E1 F722   GRAND DUTY TOTAL/CALC'D MISMATCH        B76  03245278     REF1",
		"E0 LINE   000001 REF ID: 50 8708290010",
		"E1 F624   EST DUTY/CALC'D DUTY MISMATCH - LINE    B76  03245278     REF1",
		"E1 W627   LONG LONG LONG LONG LONG LONG LONG LONG B76  03245278     REF1",
		"E1RF      ENTRY SUMMARY REJECTED                  B76  03245278     REF1",
		"Y  2704B76AX00006",
		"Z2704B76      011526",
	}, trimmedLines(out.String()))
	for i, line := range strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n") {
		require.Len(t, line, catair.Length, "record %d", i+1)
	}
	r := catair.NewReader(&out)
	n := 0
	for {
		rec, err := r.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		require.NotNil(t, rec.Layout, rec.ID)
		n++
	}
	require.Equal(t, 10, n)
}

func trimmedLines(s string) []string {
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

func TestResponseOutsideItsBlock(t *testing.T) {
	w := catair.NewWriter(io.Discard, catair.Lines)
	require.ErrorContains(t, w.WriteResponse(&catair.Response{Number: "B7603245278"}), "OpenBlock")
	require.ErrorContains(t, w.OpenBlock(catair.Block{}), "OpenBatch")
	require.NoError(t, w.OpenBatch(catair.Batch{Site: "2704", ID: "B76", Application: "AE", Password: "XXXXXX"}))
	require.NoError(t, w.OpenBlock(catair.Block{Port: "2704", Filer: "B76"}))
	require.ErrorContains(t, w.WriteResponse(&catair.Response{Number: "B7603245278"}), "AX or DX")
}

func TestRecognize(t *testing.T) {
	for name, c := range map[string]struct {
		head string
		want bool
	}{
		"batch":           {"A2704B76XXXXXX011526     AE                              ", true},
		"block":           {"B  2704B76AE              ", true},
		"no envelope":     {"10AB76  03245278 2704REF1        0111 X", true},
		"EBCDIC batch":    {"\xC1\xF2\xF7\xF0\xF4\xC2\xF7\xF6\xE7\xE7\xE7\xE7\xE7\xE7\xF0\xF1\xF1\xF5\xF2\xF6\x40\x40\x40\x40\x40\xC1\xC5\x40\x40", true},
		"JSON":            {`{"entry":"B7603245278","type":"01"}`, false},
		"unknown message": {"A2704B76XXXXXX011526     ??                              ", false},
		"text":            {"Another text that begins with an A", false},
		"numbers":         {"10,20,30,40,50,60,70", false},
		"too short":       {"A", false},
		"binary":          {"A\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0aAEAEAEAEAEAEAE", false},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, catair.Recognize([]byte(c.head))) })
	}
}
