package cli

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/cmd/internal/day"
	"tidewaiter/fixtures/generate"
	"tidewaiter/workflows"
)

// What verifying the ledger found is told and decides the exit status, whatever
// the comparison came to.
func TestOutcomeSaysWhetherTheLedgerIsSound(t *testing.T) {
	const breach = "journals: journal collection/B7603245278/2025-10-01: does not balance: its postings sum to 0.01"
	for _, tc := range []struct {
		name     string
		result   workflows.RunResult
		contains []string
		absent   string
		status   int
	}{
		{
			name:     "sound and equal",
			result:   workflows.RunResult{Comparison: workflows.Comparison{Verdict: "EQUAL"}},
			contains: []string{"sound"}, absent: "NOT sound", status: exitOK,
		},
		{
			name: "not sound, though both systems agree",
			result: workflows.RunResult{
				Day:        workflows.DayResult{Breaches: []string{breach}},
				Comparison: workflows.Comparison{Verdict: "EQUAL"},
			},
			contains: []string{"NOT sound, 1 findings", breach}, status: exitCouldNotRun,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var out bytes.Buffer
			o := &day.Outcome{Result: tc.result}
			printOutcome(&out, generate.DefaultDate, o)
			for _, want := range tc.contains {
				require.Contains(t, out.String(), want)
			}
			if tc.absent != "" {
				require.NotContains(t, out.String(), tc.absent)
			}
			require.Equal(t, tc.status, exitCode(verdictError(o)))
		})
	}
}

// A number of entries that is none is refused before anything is made; 0 is not
// the default in disguise.
func TestDemoRefusesANumberOfEntriesThatIsNone(t *testing.T) {
	for _, entries := range []string{"0", "-5", "9000001"} {
		t.Run(entries, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "day")
			var out, errs bytes.Buffer
			require.Equal(t, exitCouldNotRun, Main([]string{"demo", "--entries", entries, "--dir", dir}, &out, &errs))
			require.Contains(t, errs.String(), "reading --entries: "+entries+" is not a number of entries; give 1 to 9000000")
			require.NoDirExists(t, dir)
		})
	}
}
