package parity

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"tidewaiter/parity/classify"
	"tidewaiter/parity/compare"
	"tidewaiter/parity/record"
	"tidewaiter/parity/report"
)

// Names of the files in a run's folder.
const (
	ReportJSON  = "report.json"
	ReportHTML  = "report.html"
	Differences = "differences.jsonl"
)

// Run carries out a plan: it checks everything the plan says of copybooks and
// fields, then runs the comparisons one after the other and writes the folder.
// An error means that nothing can be said; differences are in the Report.
func Run(ctx context.Context, p *Plan, o Options) (result *Report, err error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	started := o.Now()
	var all []*compiled
	for i := range p.Comparisons {
		c, compileErr := p.compile(i)
		err = errors.Join(err, compileErr)
		all = append(all, c)
	}
	if err != nil {
		return nil, err
	}
	out, err := openFolder(o.Out)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, out.close()) }()
	result = &Report{Plan: p.Name, PlanFile: report.PlanFile{Name: filepath.Base(p.path), SHA256: p.digest}}
	m := &meter{tell: o.Progress}
	for _, c := range all {
		r, err := c.newRunning(o, m, out.differences)
		if err != nil {
			return nil, err
		}
		if err := r.run(ctx); err != nil {
			return nil, err
		}
		if err := r.conclude(ctx, result); err != nil {
			return nil, err
		}
	}
	m.stage("", Writing, 0)
	summarise(result)
	result.Run = cmp.Or(o.RunID, rand.Text())
	result.Execution = report.Execution{Started: started.UTC(), Finished: o.Now().UTC(), Folder: o.Out}
	result.Execution.Seconds = record.Decimal(result.Execution.Finished.Sub(started).Milliseconds(), 3)
	return result, out.write(result)
}

// conclude adds the outcome of one comparison to the report, after holding the
// causes to the totals.
func (r *running) conclude(ctx context.Context, result *Report) error {
	buckets := r.book.Finish()
	totals, err := r.book.Totals(r.left.sums, r.right.sums)
	if err != nil {
		return fmt.Errorf("comparison %s: %w: %w", r.Name, ErrIdentity, err)
	}
	c := report.Comparison{
		Name: r.Name, Left: r.left.report(), Right: r.right.report(), Key: r.Key,
		Verdicts: r.counts, Pairs: r.counts.Sum(), Verdict: overall(r.counts), Coverage: r.coverage(),
		Totals: []report.Total{}, Causes: []report.Cause{},
	}
	for _, t := range totals {
		c.Totals = append(c.Totals, r.total(t))
	}
	for _, b := range buckets {
		cause := r.cause(b)
		cause.ID = fmt.Sprintf("C%d", len(result.Causes)+1)
		if err := r.explain(ctx, &cause); err != nil {
			return err
		}
		c.Causes = append(c.Causes, cause)
		result.Causes = append(result.Causes, cause)
	}
	result.Comparisons = append(result.Comparisons, c)
	r.inputs(result)
	return nil
}

func (r *running) total(t classify.Total) report.Total {
	m := r.measures[t.Measure]
	f := r.schema.Elements[m.Element].Field
	group, labels := groupOf(m.By, t.Group)
	out := report.Total{
		Comparison: r.Name, Sum: r.schema.Elements[m.Element].Name, Group: group,
		Left: record.Decimal(t.Left.Amount, f.Scale()), Right: record.Decimal(t.Right.Amount, f.Scale()),
		Difference: record.Decimal(t.Right.Amount-t.Left.Amount, f.Scale()), Classified: record.Decimal(t.Classified, f.Scale()),
		LeftCount: t.Left.Records, RightCount: t.Right.Records,
	}
	out.SetLabels(labels)
	return out
}

func groupOf(by []classify.Dimension, values []string) (group map[string]string, labels []string) {
	group = map[string]string{}
	for i, d := range by {
		group[d.Label] = values[i]
		labels = append(labels, d.Label)
	}
	return group, labels
}

func (r *running) cause(b *classify.Bucket) report.Cause {
	pattern := r.pattern(b)
	by, _ := groupOf(r.by, b.By)
	money, _ := r.money(b)
	cause := report.Cause{
		Comparison: r.Name, Verdict: b.Verdict, By: by, Class: by["class"], Pattern: pattern, Lines: b.Lines,
		Dollars: money, Sentence: r.sentence(b, pattern), Copybook: r.line(b.Element), Examples: []report.Key{},
	}
	if b.Element >= 0 {
		e := r.schema.Elements[b.Element]
		cause.Field = e.Name
		if e.Field.Numeric() && !r.masked[b.Element] && b.Verdict != compare.Invalid && !compare.IsDate(e.Field) {
			cause.Difference = record.Decimal(b.Delta, e.Field.Scale())
		}
	}
	for i := range b.Keys {
		cause.Examples = append(cause.Examples, r.keyOf(&b.Keys[i]))
	}
	for i := range b.Samples {
		cause.Items = append(cause.Items, r.item(&b.Samples[i]))
	}
	return cause
}

// explain asks for our working of each item shown, where the plan names an
// amount we can derive.
func (r *running) explain(ctx context.Context, cause *report.Cause) error {
	if r.opts.Explainer == nil || r.Working == "" || cause.Verdict.Passes() {
		return nil
	}
	for i := range cause.Items {
		it := &cause.Items[i]
		if len(it.Key.Fields) == 0 {
			continue
		}
		working, err := r.opts.Explainer.Explain(ctx, it.Key)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil:
			it.NoReason = err.Error()
		default:
			it.Working = &working
		}
	}
	return nil
}

func (r *running) inputs(result *Report) {
	add := func(in report.Input) {
		for _, known := range result.Inputs {
			if known.Name == in.Name && known.SHA256 == in.SHA256 && known.Kind == in.Kind {
				return
			}
		}
		result.Inputs = append(result.Inputs, in)
	}
	for _, in := range r.sources.inputs() {
		add(in)
	}
	for _, s := range []*side{r.left, r.right} {
		in := report.Input{Name: s.label(), Kind: s.kind(), SHA256: s.digest, Records: s.records}
		if s.spec.Query != "" {
			in.Name = r.Name + " query"
			in.SHA256 = r.rowsDigest()
			in.Note = "SHA-256 over the rows as records of the left copybook, in key order"
		}
		add(in)
	}
}

// overall is the verdict of a whole from the verdicts of its items. Differences
// are certain and come before what could not be used; no items at all is no
// answer.
func overall(c report.Counts) compare.Verdict {
	switch {
	case c.Sum() == 0:
		return compare.Inconclusive
	case c[compare.Different]+c[compare.Missing]+c[compare.Extra]+c[compare.Duplicate] > 0:
		return compare.Different
	}
	for v := compare.Inconclusive; v > compare.Equal; v-- {
		if c[v] > 0 {
			return v
		}
	}
	return compare.Equal
}

// summarise fills the top of the report from its comparisons. A comparison that
// is inconclusive makes the whole so, unless another one found differences.
func summarise(result *Report) {
	result.Totals = []report.Total{}
	if result.Causes == nil {
		result.Causes = []report.Cause{}
	}
	inconclusive := false
	for i, c := range result.Comparisons {
		result.Pairs += c.Pairs
		for v, n := range c.Verdicts {
			result.Verdicts[v] += n
		}
		inconclusive = inconclusive || c.Verdict == compare.Inconclusive
		for _, t := range c.Totals {
			if i == 0 && t.SameTotal(c.Totals[0]) {
				result.Totals = append(result.Totals, t)
			}
		}
	}
	result.Verdict = overall(result.Verdicts)
	if inconclusive && (result.Verdict.Passes() || result.Verdict == compare.Invalid) {
		result.Verdict = compare.Inconclusive
	}
}
