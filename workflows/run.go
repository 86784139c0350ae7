package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// RunInput names a parallel run: one business day, the legacy system's side of
// it, and the plan that says how both are compared.
type RunInput struct {
	Day    DayInput
	Legacy LegacyInput
	Plan   string // path of the parity plan
	Out    string // folder of the report
}

// LegacyInput says how the legacy system runs the day. With an empty Script
// its output is there already and nothing is run.
type LegacyInput struct {
	Script string // the JCL-like script
	Data   string // folder of its input datasets
	Out    string // folder of its output datasets
	Build  string // folder of its compiled programs
	Date   string // ccyymmdd
	Habits string // comma-separated; empty for none
}

// LegacyStep is one step of the legacy day.
type LegacyStep struct {
	Name    string // STEP020
	Program string // ENTCALC
	Code    string // condition code: 0000 well, 0004 entries were rejected
	Elapsed time.Duration
}

// Comparison is what comparing both systems came to, in the figures that fit
// on a screen. The report's folder has the rest.
type Comparison struct {
	Verdict  string // of the run, as report.json names it
	Pairs    int64
	Verdicts []VerdictCount // those that occur, best to worst
	Totals   []ClassTotal   // collection detail by class code
	Causes   []string       // a sentence for each group of differences, largest first
	Folder   string         // of report.html, report.json and differences.jsonl
}

// VerdictCount is the number of compared items of one verdict.
type VerdictCount struct {
	Verdict string
	Items   int64
}

// ClassTotal is a class code's records and dollars in both systems.
type ClassTotal struct {
	Class                     string
	LegacyRecords, NewRecords int64
	Legacy, New, Difference   string // dollars; difference is new less legacy
}

// RunResult is the outcome of a parallel run.
type RunResult struct {
	Legacy     []LegacyStep
	Day        DayResult
	Comparison Comparison
	Elapsed    RunElapsed
}

// RunElapsed is the wall-clock time of each part of a parallel run.
type RunElapsed struct {
	Legacy, Day, Compare time.Duration
}

// ParallelRun takes a business day through the legacy system and through
// CollectionDay, one after the other so that their times mean something, and
// compares what they produced.
func ParallelRun(ctx workflow.Context, in RunInput) (RunResult, error) {
	var result RunResult
	clock := stopwatch(ctx)

	if in.Legacy.Script != "" {
		if err := workflow.ExecuteActivity(long(ctx), activities.RunLegacy, in.Legacy).Get(ctx, &result.Legacy); err != nil {
			return result, err
		}
	}
	result.Elapsed.Legacy = clock.lap()

	child := workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{
		WorkflowID: "collection-day/" + in.Day.Run,
	})
	if err := workflow.ExecuteChildWorkflow(child, CollectionDay, in.Day).Get(ctx, &result.Day); err != nil {
		return result, err
	}
	result.Elapsed.Day = clock.lap()

	if err := workflow.ExecuteActivity(long(ctx), activities.Compare, in).Get(ctx, &result.Comparison); err != nil {
		return result, err
	}
	result.Elapsed.Compare = clock.lap()
	return result, nil
}
