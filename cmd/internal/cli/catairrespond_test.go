package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/reference"
	"tidewaiter/fixtures"
)

// TestRespond answers example D11 as it stands, and with 703.00 of duty filed
// where 700.00 is owed: 3.00 is beyond the tolerance of 2.99 (ERR 624).
func TestRespond(t *testing.T) {
	message, err := os.ReadFile("../../../collections/catair/testdata/d11.ae")
	require.NoError(t, err)
	tables, err := reference.Default()
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, respond(tables, bytes.NewReader(message), "d11.ae", &out, io.Discard))
	require.Contains(t, out.String(), "E1AI      ENTRY SUMMARY ACCEPTED")
	require.NotContains(t, out.String(), "E0")

	out.Reset()
	wrong := strings.Replace(string(message), "0000070000 0000010000", "0000070300 0000010000", 1)
	require.ErrorIs(t, respond(tables, strings.NewReader(wrong), "d11.ae", &out, io.Discard), errBadRecords)
	require.Contains(t, out.String(), "E1 F624   EST DUTY/CALC'D DUTY MISMATCH - LINE")
	require.Contains(t, out.String(), "E1 F722   Grand Total Duty Not = Sum of Est Duty")
	require.Contains(t, out.String(), "E1RF      ENTRY SUMMARY REJECTED")

	out.Reset()
	unknown := strings.Replace(string(message), "508708290010", "508708290099", 1)
	require.ErrorIs(t, respond(tables, strings.NewReader(unknown), "d11.ae", &out, io.Discard), errBadRecords)
	require.Contains(t, out.String(), "E1 F433   HTS Nbr Unknown")
}

// FuzzCatairRespond: no message makes respond panic or report what a terminal would
// obey, and what it answers is a message with which nothing is wrong. assess reads
// and reports the same way.
func FuzzCatairRespond(f *testing.F) {
	files, err := fixtures.Catair.ReadDir("catair")
	require.NoError(f, err)
	for _, file := range files {
		b, err := fixtures.Catair.ReadFile("catair/" + file.Name())
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte("A2704B76XXXXXX011526     AE\nB  2704B76AE\n10AB7\x1b  0324\x9b278 2704REF1\n\x1b[31m\n"))
	tables, err := reference.Default()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, b []byte) {
		var out, errs bytes.Buffer
		err := respond(tables, bytes.NewReader(b), "fuzz", &out, &errs)
		o := assessOptions{}
		if src, openErr := openSummaries(bytes.NewReader(b), "fuzz", tables); openErr == nil {
			work := o.work(tables, src, "fuzz")
			work.progress = func() {}
			_ = assessSource(context.Background(), src, work, 1, io.Discard, &errs)
		}
		for _, c := range errs.Bytes() {
			require.True(t, c >= ' ' && c != 0x7F || c == '\n', "byte %d", c)
		}
		if err != nil && !errors.Is(err, errBadRecords) {
			return
		}
		c := catair.NewChecker(catair.NewReader(&out))
		for {
			rec, err := c.Next()
			require.Empty(t, c.Faults())
			if err == io.EOF {
				return
			}
			require.NoError(t, err)
			require.NotNil(t, rec.Layout, rec.ID)
		}
	})
}
