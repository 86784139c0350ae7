package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"tidewaiter/collections/reference"
)

// TaskQueue is the queue that workers of this package listen on.
const TaskQueue = "tidewaiter"

const (
	defaultChunkEntries = 2000 // entries a transaction
	maxChunks           = 4000 // keeps a plan under 200 kB, far from the 2 MB payload limit
	chunksPerActivity   = 10
	defaultParallel     = 2 // one or two writers beat four on Postgres
)

// DayInput names one business day's work. Equal inputs name the same work: the
// run's chunks are posted once whoever asks, however often.
type DayInput struct {
	Run          string         // names the run in the ledger
	Extract      string         // path of the entry-summary extract, RECFM VB
	Date         reference.Date // the business date
	ChunkEntries int            // entries a transaction; 0 means 2,000
	Parallel     int            // activities that post at a time; 0 means 2
}

// DayResult says what a day came to. Counts come from the ledger, so they are
// the same whether the day ran through or was interrupted and resumed.
type DayResult struct {
	Entries int64 // posted
	// AlreadyPosted entries were in the ledger with the same content: another
	// run posted them.
	AlreadyPosted int64
	Postings      int64
	Rejected      int64 // entries that could not be assessed, kept with their reason
	Statements    int64
	Chunks        int
	Busy          Busy // summed over the activities that post
	Elapsed       Elapsed
	Rejections    []string // of the first rejected entries: where they stand and why
	Breaches      []string // what verifying the ledger found wrong; empty when it is sound
}

// Busy is the time the posting activities spent on each part of their work,
// summed over the activities, so two working side by side count twice.
type Busy struct {
	Decode, Assess, Post time.Duration
}

func (b *Busy) add(o Busy) {
	b.Decode += o.Decode
	b.Assess += o.Assess
	b.Post += o.Post
}

// Elapsed is the wall-clock time of each step of a day.
type Elapsed struct {
	Plan, Post, Statements, Verify time.Duration
}

// CollectionDay loads, assesses and posts one business day and builds its
// daily statements.
func CollectionDay(ctx workflow.Context, in DayInput) (DayResult, error) {
	var result DayResult
	clock := stopwatch(ctx)

	var plan DayPlan
	if err := workflow.ExecuteActivity(quick(ctx), activities.PlanDay, in).Get(ctx, &plan); err != nil {
		return result, err
	}
	result.Chunks = len(plan.Chunks)
	result.Elapsed.Plan = clock.lap()

	busy, err := postChunks(ctx, in, plan)
	if err != nil {
		return result, err
	}
	result.Busy = busy
	result.Elapsed.Post = clock.lap()

	if err := workflow.ExecuteActivity(long(ctx), activities.BuildStatements, in).Get(ctx, &result.Statements); err != nil {
		return result, err
	}
	result.Elapsed.Statements = clock.lap()

	var closing DayClosing
	if err := workflow.ExecuteActivity(long(ctx), activities.CloseDay, in).Get(ctx, &closing); err != nil {
		return result, err
	}
	result.Entries, result.AlreadyPosted = closing.Entries, closing.AlreadyPosted
	result.Postings, result.Rejected = closing.Postings, closing.Rejected
	result.Rejections, result.Breaches = closing.Rejections, closing.Breaches
	result.Elapsed.Verify = clock.lap()
	return result, nil
}

// postChunks posts every chunk, in.Parallel ranges at a time. Which range runs
// when does not matter to the ledger; the order here only has to be the same on
// replay, which workflow coroutines guarantee.
func postChunks(ctx workflow.Context, in DayInput, plan DayPlan) (Busy, error) {
	var (
		busy  Busy
		first error
		next  int
	)
	parallel := in.Parallel
	if parallel <= 0 {
		parallel = defaultParallel
	}
	wg := workflow.NewWaitGroup(ctx)
	for range parallel {
		wg.Add(1)
		workflow.Go(ctx, func(ctx workflow.Context) {
			defer wg.Done()
			for next < len(plan.Chunks) && first == nil {
				end := min(next+chunksPerActivity, len(plan.Chunks))
				task := PostTask{Day: in, Chunks: plan.Chunks[next:end], TotalChunks: len(plan.Chunks)}
				next = end
				var b Busy
				if err := workflow.ExecuteActivity(long(ctx), activities.PostChunks, task).Get(ctx, &b); err != nil {
					if first == nil {
						first = err
					}
					return
				}
				busy.add(b)
			}
		})
	}
	wg.Wait(ctx)
	return busy, first
}

// activities is never called: it only names the activities for the workflows.
var activities *Activities

// quick is for activities that only read and take seconds.
func quick(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 10 * time.Minute,
		HeartbeatTimeout:    10 * time.Second,
		RetryPolicy:         retry,
	})
}

// long is for activities that work through many records. Their heartbeat tells
// the server within seconds that a worker is gone.
func long(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 6 * time.Hour,
		HeartbeatTimeout:    10 * time.Second,
		RetryPolicy:         retry,
	})
}

// retry bounds the attempts: what five attempts with growing pauses do not
// mend (a database that stays away) is told to the person who asked.
var retry = &temporal.RetryPolicy{
	InitialInterval:    time.Second,
	BackoffCoefficient: 2,
	MaximumInterval:    30 * time.Second,
	MaximumAttempts:    5,
}

// lapClock measures the steps of a workflow in workflow time.
type lapClock struct {
	ctx  workflow.Context
	last time.Time
}

func stopwatch(ctx workflow.Context) *lapClock {
	return &lapClock{ctx: ctx, last: workflow.Now(ctx)}
}

func (c *lapClock) lap() time.Duration {
	now := workflow.Now(c.ctx)
	d := now.Sub(c.last)
	c.last = now
	return d
}
