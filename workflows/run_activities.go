package workflows

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"

	"go.temporal.io/sdk/activity"

	"tidewaiter/parity"
)

// RunLegacy runs the legacy system's day by its script and returns its steps.
// The script ends with this activity: it is in its own process group, which is
// told to end when the activity is cancelled.
func (a *Activities) RunLegacy(ctx context.Context, in LegacyInput) ([]LegacyStep, error) {
	args := []string{in.Script, "--data", in.Data, "--out", in.Out, "--build", in.Build, "--date", in.Date}
	if in.Habits != "" {
		args = append(args, "--habits", in.Habits)
	}
	cmd := exec.CommandContext(ctx, "bash", args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	runtime.LockOSThread() // the parent-death signal belongs to the thread that starts the script
	defer runtime.UnlockOSThread()
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("running the legacy day: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, refuse(fmt.Errorf("running the legacy day: %w", err))
	}
	defer beat(ctx)()

	var steps []LegacyStep
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if step, ok := parseStep(lines.Text()); ok {
			steps = append(steps, step)
		}
		a.observe(Progress{Step: "legacy", Text: lines.Text()})
	}
	if err := errors.Join(lines.Err(), cmd.Wait()); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, refuse(fmt.Errorf("running the legacy day (%s): %w\n%s", in.Script, err, strings.TrimSpace(complaint.String())))
	}
	return steps, nil
}

// beat heartbeats until the returned function is called, so that the server
// notices within seconds when this worker is gone, however long a step takes.
func beat(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		tick := time.NewTicker(3 * time.Second)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				activity.RecordHeartbeat(ctx)
			}
		}
	}()
	return cancel
}

// Compare runs the parity plan and writes the report's folder.
func (a *Activities) Compare(ctx context.Context, in RunInput) (Comparison, error) {
	plan, err := parity.Load(in.Plan)
	if err != nil {
		return Comparison{}, refuse(err)
	}
	if err := os.MkdirAll(in.Out, 0o755); err != nil {
		return Comparison{}, refuse(fmt.Errorf("making the report's folder: %w", err))
	}
	defer beat(ctx)()
	explainer := newExplainer(a, in.Day)
	defer explainer.close()
	result, err := parity.Run(ctx, plan, parity.Options{
		Out:       in.Out,
		RunID:     in.Day.Run,
		Database:  a.Database,
		Explainer: explainer,
		Progress: func(p parity.Progress) {
			a.observe(Progress{Step: "compare", Done: p.Done, Total: p.Total, Text: string(p.Stage)})
		},
	})
	if err != nil {
		return Comparison{}, err
	}
	return summarise(result, in.Out), nil
}

// summarise takes from a report what the workflow returns.
func summarise(r *parity.Report, folder string) Comparison {
	c := Comparison{Verdict: r.Verdict.String(), Pairs: r.Pairs, Folder: folder}
	for i, n := range r.Verdicts {
		if n > 0 {
			c.Verdicts = append(c.Verdicts, VerdictCount{Verdict: parity.Verdict(i).String(), Items: n})
		}
	}
	for _, t := range r.Totals {
		class, ok := t.Group["class"]
		if !ok {
			continue
		}
		c.Totals = append(c.Totals, ClassTotal{
			Class:         class,
			LegacyRecords: t.LeftCount, NewRecords: t.RightCount,
			Legacy: t.Left, New: t.Right, Difference: t.Difference,
		})
	}
	for _, cause := range r.Causes {
		c.Causes = append(c.Causes, cause.Sentence)
	}
	if len(c.Causes) > maxCauses {
		c.Causes = c.Causes[:maxCauses]
	}
	return c
}

// maxCauses bounds what a workflow carries of a comparison; the report has all.
const maxCauses = 50

// parseStep reads a line such as
//
//	STEP=STEP020 PGM=ENTCALC CC=0004 ELAPSED=1.482
func parseStep(line string) (LegacyStep, bool) {
	var step LegacyStep
	for _, word := range strings.Fields(line) {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "STEP":
			step.Name = value
		case "PGM":
			step.Program = value
		case "CC":
			step.Code = value
		case "ELAPSED":
			elapsed, err := time.ParseDuration(value + "s")
			if err != nil {
				return step, false
			}
			step.Elapsed = elapsed
		}
	}
	return step, step.Name != "" && step.Program != ""
}
