package workflows

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"go.temporal.io/sdk/temporal"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/reference"
	"tidewaiter/collections/statement"
	"tidewaiter/copybooks/dataset"
)

// Activities does the work of the workflows. Its fields are what that work
// needs; a worker fills them once.
type Activities struct {
	Ledger   *ledger.Ledger
	Tables   *reference.Tables
	Database string         // Postgres URL for parity's queries, read-only use
	Observe  func(Progress) // told how far the work is; may be nil; called from several goroutines
}

// Progress says how far a step has come.
type Progress struct {
	Step        string // "legacy", "post", "statements", "verify", "compare"
	Done, Total int64  // Total is 0 while it is unknown; of "verify" Done counts what is wrong
	Text        string // what is being done now; may be empty
}

func (a *Activities) observe(p Progress) {
	if a.Observe != nil {
		a.Observe(p)
	}
}

// Chunk is a stretch of the extract whose entries are posted in one transaction.
type Chunk struct {
	Number int
	extract.Chunk
}

// DayPlan is how a day's extract is cut into chunks.
type DayPlan struct {
	Entries int64
	Chunks  []Chunk
}

// PostTask is the work of one posting activity.
type PostTask struct {
	Day         DayInput
	Chunks      []Chunk
	TotalChunks int
}

// PlanDay cuts the extract into chunks that begin at header records. An extract
// that breaks off is planned as far as it can be read; posting its last chunk
// then keeps the entries before the break and records the break as a rejection.
func (a *Activities) PlanDay(ctx context.Context, in DayInput) (DayPlan, error) {
	f, err := os.Open(in.Extract)
	if err != nil {
		return DayPlan{}, refuse(fmt.Errorf("opening the entry-summary extract: %w", err))
	}
	defer func() { _ = f.Close() }()
	size := in.ChunkEntries
	if size <= 0 {
		size = defaultChunkEntries
	}
	chunks, err := extract.Index(ctx, f, in.Extract, size)
	var broken *dataset.FramingError
	if err != nil && (!errors.As(err, &broken) || len(chunks) == 0) {
		return DayPlan{}, refuse(err)
	}
	if len(chunks) > maxChunks {
		return DayPlan{}, refuse(fmt.Errorf("%s: %d chunks of %d entries exceed the limit of %d chunks a day; use larger chunks", in.Extract, len(chunks), size, maxChunks))
	}
	var plan DayPlan
	for i, c := range chunks {
		plan.Chunks = append(plan.Chunks, Chunk{Number: i, Chunk: c})
		plan.Entries += int64(c.Entries)
	}
	return plan, nil
}

// PostChunks posts the task's chunks, each in one transaction, leaving out
// those that the ledger already holds.
func (a *Activities) PostChunks(ctx context.Context, task PostTask) (Busy, error) {
	f, err := os.Open(task.Day.Extract)
	if err != nil {
		return Busy{}, refuse(fmt.Errorf("opening the entry-summary extract: %w", err))
	}
	defer func() { _ = f.Close() }()
	p, err := newPoster(a, task.Day)
	if err != nil {
		return Busy{}, refuse(err)
	}
	defer beat(ctx)()
	for _, chunk := range task.Chunks {
		done, err := a.Ledger.ChunkDone(ctx, task.Day.Run, chunk.Number)
		if err != nil {
			return p.busy, err
		}
		if done {
			a.observe(Progress{Step: "post", Done: int64(chunk.Entries)})
			continue
		}
		if err := p.post(ctx, f, chunk); err != nil {
			return p.busy, err
		}
	}
	return p.busy, nil
}

// poster assesses and posts chunks, reusing its memory from one to the next.
type poster struct {
	day      DayInput
	ledger   *ledger.Ledger
	assessor *assess.Assessor
	observe  func(Progress)
	summary  entry.Summary
	result   assess.Assessment
	batch    ledger.Batch
	busy     Busy
}

func newPoster(a *Activities, day DayInput) (*poster, error) {
	return &poster{
		day:      day,
		ledger:   a.Ledger,
		assessor: assess.New(a.Tables, assess.Regulation),
		observe:  a.observe,
	}, nil
}

// post takes one chunk from the extract into the ledger.
func (p *poster) post(ctx context.Context, f io.ReaderAt, chunk Chunk) error {
	r, err := extract.NewReader(io.NewSectionReader(f, chunk.Offset, chunk.Length), p.day.Extract)
	if err != nil {
		return refuse(err)
	}
	r.StartAt(chunk.Offset, chunk.Record)
	p.batch.Reset(p.day.Run, chunk.Number)
	p.batch.RejectConflicts = true // the same entry number twice must not stop the day
	for {
		if err := p.add(r, chunk.Repeats); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
	}
	began := time.Now()
	_, err = p.ledger.PostBatch(ctx, &p.batch)
	p.busy.Post += time.Since(began)
	if errors.Is(err, ledger.ErrChunkConflict) {
		return refuse(err)
	}
	if err != nil {
		return err
	}
	p.observe(Progress{Step: "post", Done: int64(chunk.Entries)})
	return nil
}

// add reads and assesses one entry and puts its journal, or the reason why
// there is none, into the batch. Where the extract breaks off it records the
// break and returns io.EOF.
func (p *poster) add(r *extract.Reader, repeats []extract.Repeat) error {
	began := time.Now()
	err := r.Next(&p.summary)
	decoded := time.Now()
	p.busy.Decode += decoded.Sub(began)
	var unreadable *extract.EntryError
	var broken *dataset.FramingError
	switch {
	case errors.As(err, &unreadable):
		p.batch.Rejections = append(p.batch.Rejections, rejectUnreadable(unreadable))
		return nil
	case errors.As(err, &broken):
		// An entry that the break cuts short has been recorded with it.
		if n := len(p.batch.Rejections); n == 0 || p.batch.Rejections[n-1].Source.Record != broken.Record {
			p.batch.Rejections = append(p.batch.Rejections, rejectBreak(p.day.Extract, broken))
		}
		return io.EOF
	case err != nil:
		return err
	}
	for _, repeat := range repeats {
		if repeat.Record == p.summary.Source.Record {
			p.batch.Rejections = append(p.batch.Rejections, rejectRepeat(&p.summary, repeat))
			return nil
		}
	}
	err = p.assessor.Assess(&p.result, &p.summary)
	p.busy.Assess += time.Since(decoded)
	var refused *assess.Error
	if errors.As(err, &refused) {
		p.batch.Rejections = append(p.batch.Rejections, rejectUnassessable(&p.summary, refused))
		return nil
	}
	if err != nil {
		return err
	}
	return ledger.JournalFor(p.batch.Add(), &p.summary, &p.result, p.day.Date)
}

// BuildStatements builds the day's statements from what is due in the ledger
// and stores them there. It returns how many there are.
func (a *Activities) BuildStatements(ctx context.Context, in DayInput) (int64, error) {
	defer beat(ctx)()
	a.observe(Progress{Step: "statements"})
	saved, err := a.Ledger.SaveStatements(ctx, in.Date, func(emit func(*statement.Statement) error) error {
		b := statement.NewBuilder(a.Tables, in.Date, emit)
		for due, err := range a.Ledger.EntryDues(ctx, in.Date) {
			if err != nil {
				return err
			}
			if err := b.Add(due); err != nil {
				return refuse(err)
			}
		}
		return b.Close()
	})
	if errors.Is(err, ledger.ErrStatementConflict) {
		return 0, refuse(err)
	}
	if err != nil {
		return 0, err
	}
	a.observe(Progress{Step: "statements", Done: int64(saved.Statements)})
	return int64(saved.Statements), nil
}

// DayClosing is what the ledger holds of a day once it is verified.
type DayClosing struct {
	Entries, AlreadyPosted, Postings, Rejected int64
	// Rejections says of the first rejected entries where they stand and why.
	Rejections []string
	Breaches   []string
}

// maxRejections bounds what a workflow carries of them; the ledger has all.
const maxRejections = 20

// CloseDay adds the day up from the ledger and verifies it.
func (a *Activities) CloseDay(ctx context.Context, in DayInput) (DayClosing, error) {
	defer beat(ctx)()
	var closing DayClosing
	totals, err := a.Ledger.Progress(ctx, in.Run)
	if err != nil {
		return closing, err
	}
	closing.Entries, closing.AlreadyPosted = totals.Journals, totals.AlreadyPosted
	closing.Postings, closing.Rejected = totals.Postings, totals.Rejections
	refused, err := a.Ledger.Rejections(ctx, in.Run, maxRejections)
	if err != nil {
		return closing, err
	}
	for _, r := range refused {
		closing.Rejections = append(closing.Rejections, r.Message)
	}
	a.observe(Progress{Step: "verify"})
	found, err := a.Ledger.Verify(ctx)
	if err != nil {
		return closing, err
	}
	for _, f := range found.Findings {
		closing.Breaches = append(closing.Breaches, f.String())
	}
	a.observe(Progress{Step: "verify", Done: int64(len(closing.Breaches))})
	return closing, nil
}

// refuse marks an error that no retry can mend.
func refuse(err error) error {
	return temporal.NewNonRetryableApplicationError(err.Error(), "refused", err)
}
