package parity

import (
	"context"
	"errors"
	"time"

	"tidewaiter/parity/compare"
	"tidewaiter/parity/report"
)

// Report, Key, Working and Verdict are re-exported so that callers need only
// this package.
type (
	Report  = report.Report
	Key     = report.Key
	Working = report.Working
	Row     = report.WorkingRow
	Verdict = compare.Verdict
)

// VerdictOf names a place of Report.Verdicts.
func VerdictOf(i int) Verdict { return Verdict(i) }

// Explainer derives the amount of a differing item from our own rules. The key
// has the names and values of the plan's key, and the comparison's name.
type Explainer interface {
	Explain(ctx context.Context, key Key) (Working, error)
}

// Options of Run. The zero value compares with the default memory and writes
// no folder.
type Options struct {
	Out       string    // folder for report.html, report.json, differences.jsonl; made when absent
	Database  string    // PostgreSQL URL for plans with a query
	Explainer Explainer // nil: no workings
	// Progress is called from time to time, never concurrently.
	Progress func(Progress)
	Jobs     int    // goroutines; 0 means one for each processor
	TempDir  string // where sorted runs are spilled; "" means the system's
	Budget   int64  // bytes of memory a side; 0 means match.DefaultBudget

	RunID string           // "" makes one
	Now   func() time.Time // nil means time.Now
}

// Stage is what a comparison is doing.
type Stage string

// The stages of a comparison, in order.
const (
	Reading  Stage = "reading"  // both sides, putting them in order
	Matching Stage = "matching" // pairing and judging
	Writing  Stage = "writing"  // the report
)

// Progress is how far a run has come.
type Progress struct {
	Comparison string
	Stage      Stage
	Done       int64 // records of both sides
	Total      int64 // 0 when it is not known
}

// ErrIdentity is returned when a difference of totals is not the sum of the
// classified differences: an error of this program or of the machine, never of
// the data.
var ErrIdentity = errors.New("the classified differences do not add up to the difference of the totals")

// Exit statuses of a finished run.
const (
	ExitEqual        = 0
	ExitDifferences  = 1
	ExitInconclusive = 3
)

// ExitStatus maps a verdict to the exit status of a command.
func ExitStatus(v Verdict) int {
	switch {
	case v.Passes():
		return ExitEqual
	case v == compare.Inconclusive:
		return ExitInconclusive
	}
	return ExitDifferences
}
