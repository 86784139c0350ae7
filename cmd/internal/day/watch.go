package day

import (
	"errors"
	"fmt"
	"sync"

	"go.temporal.io/sdk/temporal"

	"tidewaiter/workflows"
)

// unwatched is the watcher of a day that nobody watches.
type unwatched struct{}

func (unwatched) Begin(string, string)          {}
func (unwatched) Progress(int64, int64, string) {}
func (unwatched) End(string)                    {}

// follower turns the activities' progress into stages. Activities report from
// several goroutines; a stage ends when the next begins.
type follower struct {
	mu    sync.Mutex
	watch Watcher
	step  string
	done  int64
	total int64 // entries of the day, 0 when unknown
	pairs int64 // items compared, known at the end
}

var doing = map[string]string{
	"legacy":     "the COBOL programs",
	"post":       "assess and post",
	"statements": "daily statements",
	"verify":     "the ledger, row by row",
	"compare":    "both systems, record by record",
}

func (f *follower) observe(p workflows.Progress) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if p.Step != f.step {
		f.finish()
		f.step, f.done = p.Step, 0
		f.watch.Begin(p.Step, doing[p.Step])
	}
	total := p.Total
	if p.Step == "post" {
		f.done += p.Done // chunks arrive in any order, so they are counted
		total = f.total
	} else {
		f.done = p.Done
	}
	f.watch.Progress(f.done, total, p.Text)
}

// finish closes the running stage.
func (f *follower) finish() {
	switch f.step {
	case "":
	case "legacy":
		f.watch.End("ENTCALC, STMTGEN and BALRPT ran")
	case "post":
		f.watch.End(fmt.Sprintf("%d entry summaries assessed and posted", f.done))
	case "statements":
		f.watch.End(fmt.Sprintf("%d daily statements", f.done))
	case "verify":
		if f.done > 0 {
			f.watch.End(fmt.Sprintf("the ledger is NOT sound, %d findings", f.done))
			break
		}
		f.watch.End("the ledger is sound")
	case "compare":
		f.watch.End(fmt.Sprintf("%d items compared", f.pairs))
	}
	f.step = ""
}

// end closes the last stage of a run that came through.
func (f *follower) end(r workflows.RunResult) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pairs = r.Comparison.Pairs
	f.finish()
}

// cause gives the activity's own error, without the envelopes of activity and
// workflow that Temporal puts around it.
func cause(err error) error {
	var application *temporal.ApplicationError
	if errors.As(err, &application) {
		for {
			var inner *temporal.ApplicationError
			if !errors.As(application.Unwrap(), &inner) {
				return errors.New(application.Message())
			}
			application = inner
		}
	}
	return err
}
