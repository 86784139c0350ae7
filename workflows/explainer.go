package workflows

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/reference"
	"tidewaiter/parity"
)

// detailComparison is the comparison of parity's plan whose items are charges
// of an entry; the others are totals, which have no working of their own.
const detailComparison = "collection detail"

// explainer derives the amount of a differing charge again: it finds the entry
// through its journal, reads it from the extract, and assesses it with working.
type explainer struct {
	ledger   *ledger.Ledger
	assessor *assess.Assessor
	date     reference.Date
	files    map[string]*os.File
	summary  entry.Summary
	result   assess.Assessment
}

func newExplainer(a *Activities, day DayInput) *explainer {
	return &explainer{
		ledger:   a.Ledger,
		assessor: assess.New(a.Tables, assess.Regulation),
		date:     day.Date,
		files:    make(map[string]*os.File),
	}
}

func (x *explainer) close() {
	for _, f := range x.files {
		_ = f.Close()
	}
}

// Explain implements parity.Explainer.
func (x *explainer) Explain(ctx context.Context, key parity.Key) (parity.Working, error) {
	if key.Comparison != detailComparison {
		return parity.Working{}, fmt.Errorf("%s are totals: see the differing charges they add up", key.Comparison)
	}
	number := entry.Number(key.Get("CD-ENTRY-NUMBER"))
	line, err := strconv.Atoi(key.Get("CD-LINE-NUMBER"))
	if err != nil {
		return parity.Working{}, fmt.Errorf("reading the line number: %w", err)
	}
	if err := x.assess(ctx, number); err != nil {
		return parity.Working{}, err
	}
	class := reference.Class(key.Get("CD-CLASS-CODE"))
	for i := range x.result.Charges {
		if c := &x.result.Charges[i]; c.Line == line && c.Class == class {
			return workingOf(c), nil
		}
	}
	return parity.Working{}, fmt.Errorf("by our rules entry %s owes no class %s on line %d", number, class, line)
}

// assess assesses the entry with working, unless it was the last one asked for.
func (x *explainer) assess(ctx context.Context, number entry.Number) error {
	if x.result.Entry == number && number != "" {
		return nil
	}
	source, err := x.ledger.EntrySource(ctx, number, x.date)
	if err != nil {
		return err
	}
	f := x.files[source.File]
	if f == nil {
		if f, err = os.Open(source.File); err != nil {
			return fmt.Errorf("opening the extract of entry %s: %w", number, err)
		}
		x.files[source.File] = f
	}
	r, err := extract.NewReader(io.NewSectionReader(f, source.Offset, 1<<62), source.File)
	if err != nil {
		return err
	}
	r.StartAt(source.Offset, source.Record)
	if err := r.Next(&x.summary); err != nil {
		return err
	}
	if x.summary.Number != number {
		return fmt.Errorf("%s: record %d holds entry %s, not %s: the extract changed since it was posted", source.File, source.Record, x.summary.Number, number)
	}
	if err := x.assessor.Explain(&x.result, &x.summary); err != nil {
		x.result = assess.Assessment{} // half made: not to be taken for the entry's
		return err
	}
	return nil
}

// workingOf writes a charge's working as parity shows it.
func workingOf(c *assess.Charge) parity.Working {
	w := parity.Working{}
	var texts []string
	for i := range c.Working.Steps {
		s := &c.Working.Steps[i]
		texts = append(texts, s.Sentence())
		row := parity.Row{Name: strings.TrimSpace(s.Formula + " " + s.Of), Value: s.Result.String()}
		if s.Row != nil {
			row.Source = fmt.Sprintf("%s.csv row %d, %s to %s: %s", s.Table, s.Row.Row, s.Row.From, s.Row.To, s.Row.Citation)
			if !s.Row.Verified {
				row.Source += " (unverified)"
			}
		}
		w.Rows = append(w.Rows, row)
	}
	w.Text = strings.Join(texts, "; ")
	if len(texts) > 1 {
		w.Text += "; together " + c.Amount.String()
	}
	return w
}
