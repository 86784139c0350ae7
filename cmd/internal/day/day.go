package day

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"tidewaiter/collections/reference"
	"tidewaiter/fixtures"
	"tidewaiter/fixtures/generate"
	"tidewaiter/workflows"
)

// What a day's folder holds.
const (
	dataFolder      = "day"           // the inputs: entries.vb, hts.fb, fees.fb, spi.fb, rules.fb
	legacyFolder    = "legacy"        // the legacy system: sources and programs
	legacyOutput    = "legacy/output" // what it wrote
	copybooksFolder = "copybooks"     // of the plan
	planName        = "plan.yaml"     // how both systems are compared
	runFolder       = "report"        // report.html, report.json, differences.jsonl
	servicesFolder  = "services"      // the state of Postgres and Temporal
	workerLog       = "worker.log"
)

// LegacyHabits are all ways in which the legacy system can be told to depart
// from the law (fixtures/legacy/README.md).
const LegacyHabits = "FTZTRUNC,HMFTARIFF,OLDFEE"

// Config names a day.
type Config struct {
	Dir     string         // keeps all state of the day
	Entries int            // entry summaries to generate; ignored for a stored day
	Seed    uint64         // of the generated day
	Date    reference.Date // the business day
	Habits  string         // of the legacy system, comma-separated; the stored day has LegacyHabits
	Stored  bool           // use the stored day and its stored legacy output
	Watch   Watcher        // told what is being done; may be nil
}

// Watcher is told of each stage in turn, and of its progress in between.
type Watcher interface {
	Begin(stage, doing string)
	Progress(done, total int64, text string)
	End(result string)
}

// Outcome is what a day came to.
type Outcome struct {
	Resumed bool
	Result  workflows.RunResult
}

// ErrNoCompiler is returned for a generated day on a machine without GnuCOBOL:
// there is nothing to compare with.
var ErrNoCompiler = errors.New("GnuCOBOL (cobc) is not installed, so the legacy system cannot run a generated day; install it (apt-get install gnucobol3) or run the stored day (leave --entries out)")

// LegacyCanRun says whether the COBOL programs can be compiled here.
func LegacyCanRun() bool {
	_, err := exec.LookPath("cobc")
	return err == nil
}

// Run takes the day through both systems and compares them. When ctx ends the
// services are stopped in order and what was done is kept for the next Run.
func Run(ctx context.Context, c Config) (_ *Outcome, err error) {
	if !c.Stored && !LegacyCanRun() {
		return nil, ErrNoCompiler
	}
	if c.Dir, err = filepath.Abs(c.Dir); err != nil {
		return nil, fmt.Errorf("finding the day's folder: %w", err)
	}
	want := state{Entries: c.Entries, Seed: c.Seed, Date: int32(c.Date), Live: !c.Stored}
	resumed, err := openFolder(ctx, c.Dir, want)
	if err != nil {
		return nil, err
	}
	d := &runner{Config: c, watch: c.Watch}
	if d.watch == nil {
		d.watch = unwatched{}
	}
	if resumed {
		d.watch.Begin("resume", "the day that was interrupted")
		d.watch.End("going on where the day was interrupted")
	}
	if err := d.prepare(ctx); err != nil {
		return nil, err
	}
	result, err := d.parallelRun(ctx)
	if err != nil {
		return nil, err
	}
	want.Finished = true
	return &Outcome{Resumed: resumed, Result: result}, writeState(c.Dir, want)
}

// runner does the work of Run.
type runner struct {
	Config
	watch Watcher
}

func (d *runner) path(parts ...string) string {
	return filepath.Join(append([]string{d.Dir}, parts...)...)
}

// prepare puts the day's inputs and the legacy system into the folder.
func (d *runner) prepare(ctx context.Context) error {
	if d.Stored {
		d.watch.Begin("inputs", "the stored day")
		if err := copyTree(fixtures.Datasets, "datasets", d.path(dataFolder)); err != nil {
			return err
		}
		d.watch.End("the stored day and the legacy system's stored output")
		return nil
	}
	if err := copyTree(fixtures.Legacy, "legacy", d.path(legacyFolder, "legacy")); err != nil {
		return err
	}
	if err := copyTree(fixtures.Copybooks, "copybooks", d.path(legacyFolder, "copybooks")); err != nil {
		return err
	}
	if _, err := os.Stat(d.path(dataFolder, generate.ManifestName)); err == nil {
		return nil // generated before the interruption
	}
	d.watch.Begin("generate", "entry summaries")
	m, err := generate.Day{
		Seed: d.Seed, Entries: d.Entries, Date: d.Date,
		Progress: func(n int) { d.watch.Progress(int64(n), int64(d.Entries), "") },
	}.Write(ctx, d.path(dataFolder))
	if err != nil {
		return err
	}
	d.watch.End(fmt.Sprintf("%d entry summaries, %d lines, %d tariff numbers (sample data, seed %d)", m.Entries, m.Lines, m.Tariffs, m.Seed))
	return nil
}

// parallelRun starts the services and a worker and runs the workflow.
func (d *runner) parallelRun(ctx context.Context) (result workflows.RunResult, err error) {
	d.watch.Begin("services", "starting Postgres and Temporal on 127.0.0.1")
	s, err := openServices(ctx, d.Dir)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	d.watch.End("Postgres at " + s.books.Address() + ", Temporal at " + s.stack.Temporal.Address + ", web UI " + s.stack.Temporal.WebUI)

	follow := &follower{watch: d.watch, total: int64(d.Entries)}
	w, err := s.startWorker(ctx, follow.observe)
	if err != nil {
		return result, err
	}
	defer w.Stop()
	return d.execute(ctx, s.temporal, follow)
}

// execute starts the workflow, or takes up the one that was interrupted, and
// waits for it.
func (d *runner) execute(ctx context.Context, c client.Client, follow *follower) (result workflows.RunResult, err error) {
	in, err := d.input()
	if err != nil {
		return result, err
	}
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:                       "parallel-run/" + in.Day.Run,
		TaskQueue:                workflows.TaskQueue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
	}, workflows.ParallelRun, in)
	if err != nil {
		return result, fmt.Errorf("starting the parallel run: %w", err)
	}
	if err := run.Get(ctx, &result); err != nil {
		if ctx.Err() != nil {
			return result, fmt.Errorf("the day was interrupted; run the same command to go on where it stopped: %w", ctx.Err())
		}
		return result, cause(err)
	}
	follow.end(result)
	return result, nil
}

// input names the work. The run's name is made of what decides its content, so
// that the same day finds its chunks done.
func (d *runner) input() (workflows.RunInput, error) {
	name := "stored"
	legacy := workflows.LegacyInput{}
	out := d.path(dataFolder)
	if !d.Stored {
		name = strconv.Itoa(d.Entries) + "-" + strconv.FormatUint(d.Seed, 10)
		out = d.path(legacyOutput)
		legacy = workflows.LegacyInput{
			Script: d.path(legacyFolder, "legacy", "runday.sh"),
			Data:   d.path(dataFolder),
			Out:    out,
			Build:  d.path(legacyFolder, "programs"),
			Date:   strconv.Itoa(int(d.Date)),
			Habits: d.Habits,
		}
	}
	plan, err := d.writePlan(out)
	if err != nil {
		return workflows.RunInput{}, err
	}
	return workflows.RunInput{
		Day: workflows.DayInput{
			Run:     "demo-" + d.Date.String() + "-" + name,
			Extract: d.path(dataFolder, generate.EntriesFile),
			Date:    d.Date,
		},
		Legacy: legacy,
		Plan:   plan,
		Out:    d.path(runFolder),
	}, nil
}

// copyTree writes the files of an embedded folder into dir.
func copyTree(from fs.FS, root, dir string) error {
	sub, err := fs.Sub(from, root)
	if err != nil {
		return fmt.Errorf("reading the built-in %s: %w", root, err)
	}
	err = fs.WalkDir(sub, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(dir, filepath.FromSlash(path))
		if e.IsDir() {
			return os.MkdirAll(to, 0o755)
		}
		b, err := fs.ReadFile(sub, path)
		if err != nil {
			return err
		}
		if have, err := os.ReadFile(to); err == nil && string(have) == string(b) {
			return nil // untouched, so that compiled programs stay newer
		}
		return os.WriteFile(to, b, 0o644)
	})
	if err != nil {
		return fmt.Errorf("writing %s: %w", dir, err)
	}
	return nil
}
