package parity

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"

	"golang.org/x/sync/errgroup"

	"tidewaiter/copybooks"
	"tidewaiter/parity/classify"
	"tidewaiter/parity/compare"
	"tidewaiter/parity/match"
	"tidewaiter/parity/record"
	"tidewaiter/parity/report"
)

// itemsPerCause is how many differing items of a cause report.html shows.
const itemsPerCause = 20

// running is one comparison while it runs.
type running struct {
	*compiled
	opts     Options
	meter    *meter
	left     *side
	right    *side
	comparer *compare.Comparer
	book     *classify.Book
	counts   report.Counts
	given    [2]int64 // records that came out of pairing, a side
	out      *report.Differences
	findings []compare.Finding
	patterns []compare.Pattern
	rows     hash.Hash // over the rows of a query, in key order
	done     int64
}

func (c *compiled) newRunning(o Options, m *meter, out *report.Differences) (*running, error) {
	comparer, err := compare.New(c.schema, c.rules)
	if err != nil {
		return nil, c.fault(err.Error(), "fields")
	}
	book := classify.NewBook(c.schema, c.measures, c.by, itemsPerCause)
	book.Sizes = c.Causes.Sizes
	return &running{
		compiled: c, opts: o, meter: m, comparer: comparer, out: out, rows: sha256.New(),
		left: c.newSide(&c.Left, "left", o, m), right: c.newSide(&c.Right, "right", o, m),
		book: book,
	}, nil
}

// run reads both sides, pairs them and judges every pair.
func (r *running) run(ctx context.Context) (err error) {
	r.meter.stage(r.Name, Reading, 0)
	left, right, err := r.order(ctx)
	defer func() {
		for _, o := range []*match.Ordered{left, right} {
			if o != nil {
				err = errors.Join(err, o.Close())
			}
		}
	}()
	if err != nil {
		return err
	}
	r.meter.stage(r.Name, Matching, r.left.records+r.right.records)
	for i, s := range []*side{r.left, r.right} {
		if err := r.unkeyed(s, i); err != nil {
			return err
		}
	}
	if err := match.Join(ctx, left, right, r.pair); err != nil {
		return err
	}
	r.meter.add(r.done)
	if r.given != [2]int64{r.left.records, r.right.records} {
		return fmt.Errorf("%w: %d and %d records were read, %d and %d came out of pairing",
			ErrIdentity, r.left.records, r.right.records, r.given[0], r.given[1])
	}
	return nil
}

// order reads both sides, at once when there are jobs for it.
func (r *running) order(ctx context.Context) (left, right *match.Ordered, err error) {
	o := match.Options{Budget: r.opts.Budget, TempDir: r.opts.TempDir, Jobs: max(r.opts.Jobs/2, 1)}
	group, ctx := errgroup.WithContext(ctx)
	if r.opts.Jobs < 2 {
		group.SetLimit(1)
	}
	group.Go(func() (err error) {
		left, err = r.left.order(ctx, o)
		return wrap(err, r.Name, r.left.name)
	})
	group.Go(func() (err error) {
		right, err = r.right.order(ctx, o)
		return wrap(err, r.Name, r.right.name)
	})
	err = group.Wait()
	return left, right, err
}

func wrap(err error, comparison, side string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("comparison %s, %s side: %w", comparison, side, err)
}

// unkeyed books the records that cannot be paired, in the order of their bytes.
func (r *running) unkeyed(s *side, which int) error {
	slices.SortStableFunc(s.unkeyed, func(a, b unkeyed) int { return bytes.Compare(a.item.Record, b.item.Record) })
	for i := range s.unkeyed {
		u := &s.unkeyed[i]
		e := classify.Event{Verdict: compare.Invalid, Reason: u.reason}
		if which == 0 {
			e.Left, e.UnreadLeft = &u.item, u.broken
		} else {
			e.Right, e.UnreadRight = &u.item, u.broken
		}
		r.given[which]++
		if err := r.differs(&e); err != nil {
			return err
		}
	}
	return nil
}

// pair judges one outcome of the join.
func (r *running) pair(p *match.Pair) error {
	r.count(p)
	if p.Kind == match.Paired && len(r.left.problems)+len(r.right.problems) == 0 {
		var verdict compare.Verdict
		verdict, r.findings = r.comparer.Compare(p.Left.Record, p.Right.Record, r.findings[:0])
		if verdict == compare.Equal {
			r.counts[compare.Equal]++
			return nil
		}
		return r.found(p, verdict)
	}
	return r.judge(p)
}

// count keeps the completeness totals, the digest of a query's rows and the
// progress.
func (r *running) count(p *match.Pair) {
	if p.Left != nil {
		r.given[0]++
		r.done++
	}
	if p.Right != nil {
		r.given[1]++
		r.done++
		if r.Right.Query != "" {
			r.rows.Write(p.Right.Record)
		}
	}
	if r.done >= progressEvery {
		r.meter.add(r.done)
		r.done = 0
	}
}

// judge handles pairs that are not plain: one-sided, duplicate, or with a value
// that could not be used.
func (r *running) judge(p *match.Pair) error {
	e := classify.Event{Left: p.Left, Right: p.Right, Ordinal: p.Ordinal}
	e.UnreadRight = p.Right != nil && r.right.problems[p.Right.Number] != nil && r.right.problems[p.Right.Number].Refused != nil
	e.UnreadLeft = p.Left != nil && r.left.problems[p.Left.Number] != nil && r.left.problems[p.Left.Number].Refused != nil
	if problem, left := r.problem(p); problem != nil {
		e.Verdict = compare.Invalid
		reason := problem.Reason
		if problem.Refused != nil {
			reason = r.problemText(problem)
		}
		e.Findings = append(r.findings[:0], compare.Finding{
			Element: problem.Element, Verdict: compare.Invalid, Reason: reason, LeftBad: left, RightBad: !left,
		})
		return r.withPatterns(&e)
	}
	switch p.Kind {
	case match.LeftOnly:
		e.Verdict = compare.Missing
	case match.RightOnly:
		e.Verdict = compare.Extra
	case match.Duplicate:
		e.Verdict = compare.Duplicate
	case match.Paired:
		e.Verdict, r.findings = r.comparer.Compare(p.Left.Record, p.Right.Record, r.findings[:0])
		if e.Verdict == compare.Equal {
			r.counts[compare.Equal]++
			return nil
		}
		e.Findings = r.findings
		return r.withPatterns(&e)
	}
	return r.differs(&e)
}

func (r *running) problem(p *match.Pair) (problem *record.FieldProblem, left bool) {
	if p.Left != nil {
		if problem := r.left.problems[p.Left.Number]; problem != nil {
			return problem, true
		}
	}
	if p.Right != nil {
		return r.right.problems[p.Right.Number], false
	}
	return nil, false
}

func (r *running) found(p *match.Pair, v compare.Verdict) error {
	return r.withPatterns(&classify.Event{Verdict: v, Left: p.Left, Right: p.Right, Findings: r.findings})
}

func (r *running) withPatterns(e *classify.Event) error {
	r.patterns = r.patterns[:0]
	for _, f := range e.Findings {
		var left, right []byte
		if e.Left != nil {
			left = e.Left.Record
		}
		if e.Right != nil {
			right = e.Right.Record
		}
		r.patterns = append(r.patterns, r.comparer.Pattern(f, left, right, r.masked[f.Element]))
	}
	e.Patterns = r.patterns
	return r.differs(e)
}

// differs books a differing item and writes it down, unless only its bytes
// differ: those are counted and grouped, but no difference.
func (r *running) differs(e *classify.Event) error {
	r.counts[e.Verdict]++
	r.book.Add(e)
	if e.Verdict == compare.ValueEqual {
		return nil
	}
	it := r.item(&classify.Sample{
		Verdict: e.Verdict, Ordinal: e.Ordinal, Left: e.Left, Right: e.Right, Findings: e.Findings, Reason: e.Reason,
	})
	return r.out.Write(&it)
}

// rowsDigest is the SHA-256 over the rows of a query as records, in key order.
func (r *running) rowsDigest() string { return hex.EncodeToString(r.rows.Sum(nil)) }

// hits reports whether a problem concerns one of the elements.
func hits(p *record.FieldProblem, elements []int) bool {
	return slices.ContainsFunc(p.Refused, func(i int) bool { return slices.Contains(elements, i) })
}

// fieldReason keeps offset and reason of a field that holds no value.
func fieldReason(err error) string {
	var fe *copybooks.FieldError
	if errors.As(err, &fe) {
		return fe.Reason
	}
	return err.Error()
}
