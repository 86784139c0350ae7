package assess_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// TestNewFiscalYearIsOneRow: an entry of fiscal year 2027 is refused by name
// until fees.csv has that year's row, and then assessed with it. The figures are
// made up; the notice of that year is not published.
func TestNewFiscalYearIsOneRow(t *testing.T) {
	fees, err := fs.ReadFile(reference.Files(), "fees.csv")
	require.NoError(t, err)
	dir := t.TempDir()
	row := "499,2026-10-01,2027-09-30,0.003464,34.50,669.40,,made up for this test,no\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "fees.csv"), append(fees, row...), 0o600))
	own, err := reference.LoadDir(dir)
	require.NoError(t, err)
	builtin, err := reference.Default()
	require.NoError(t, err)

	s := entry.Summary{Number: "B7603245278", Type: "01", Mode: "40", Port: "4701", EntryDate: 20261001, ImportDate: 20260930, PaymentType: '7',
		Lines: []entry.Line{{Number: 1, Origin: "CN", Tariffs: []entry.Tariff{{HTS: "8708290010", Value: 2000}}}}}
	var a assess.Assessment
	err = assess.New(builtin, assess.Regulation).Assess(&a, &s)
	require.ErrorContains(t, err, "table fees has no row for class 499 on 2026-10-01")
	require.NoError(t, assess.New(own, assess.Regulation).Assess(&a, &s))
	require.Equal(t, "34.50", a.Totals.Fees.String(), "6.93 is less than the minimum")
	s.EntryDate = 20260930
	require.NoError(t, assess.New(own, assess.Regulation).Assess(&a, &s))
	require.Equal(t, "33.58", a.Totals.Fees.String(), "the last day of fiscal year 2026")
}
