package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync/atomic"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/assess/worksheet"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// assessOptions are the flags of assess.
type assessOptions struct {
	working, explain bool
	jobs             int
	reference        string // folder with tables of one's own
}

// assessExample is an entry summary in JSON of sample goods.
const assessExample = `{"entry":"B7603245278","type":"01","mode":"40","port":"2704","payment_type":"2","entry_date":"2026-01-15","lines":[{"line":1,"origin":"CN","tariffs":[{"hts":"8708290010","value":10000}]}]}`

// referenceUsage is the help of --reference.
const referenceUsage = "a folder with tables, such as fees.csv or hts.csv, that take the place of the built-in ones as a whole"

func newAssessCommand() *cobra.Command {
	var o assessOptions
	cmd := &cobra.Command{
		Use:   "assess FILE",
		Short: "Compute duties, taxes and fees of entry summaries",
		Long: `Assess reads entry summaries and writes one assessment a line as JSON: the
charges of each line by class code, what is charged once per entry, and the
totals due. "-" reads standard input. Amounts are exact; with --working each
charge carries its formula, inputs, reference row and rounding, and --explain
prints all that as a worksheet to be checked by hand, with the dates that were
chosen, what is not charged and why, the totals, and the filer's figures beside
them.

FILE is a CATAIR AE message, in ASCII or EBCDIC, with or without line ends, or
has entry summaries as JSON, one object a line; which of the two is seen from its
first bytes. An entry in JSON needs

  {"entry": "B7603245278", "type": "01", "mode": "40", "port": "2704",
   "payment_type": "2", "entry_date": "2026-01-15",
   "lines": [{"line": 1, "origin": "CN", "tariffs": [{"hts": "8708290010",
     "value": 10000, "quantities": [{"amount": "12.00", "unit": "NO"}]}]}]}

with whole dollars, and quantities where the rate needs them. go doc tidewaiter/collections/entry
lists all members: claims, cases, dates, the filer's own figures, and invoices in
dollars and cents, from which values and quantities are then rounded as 19 CFR
159.3 says.

An entry that cannot be read or assessed is reported on standard error with file,
record, position, field and the condition Customs raises, and the others go on;
its line has no amounts but "refused": true, and "conditions" with the same in
fields of their own. A deletion (action D) owes nothing: it is reported and gives
no line.

EXIT STATUS
  0  every entry was assessed
  1  some entries could not be read or assessed
  2  the file is no entry summaries, or could not be read to its end; the
     assessments before that place are written`,
		Example: `  tidewaiter assess message.ae
  tidewaiter assess --explain message.ae | less
  tidewaiter assess --working entries.jsonl | head -1
  tidewaiter assess --reference tables/ message.ae
  tidewaiter assess - < message.ae
  echo '` + assessExample + `' | tidewaiter assess -`,
		Args: oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args[0]) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.working, "working", false, "give each charge its working")
	f.BoolVar(&o.explain, "explain", false, "print a worksheet of each entry as text instead of JSON")
	cmd.MarkFlagsMutuallyExclusive("working", "explain")
	f.StringVar(&o.reference, "reference", "", referenceUsage)
	f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "workers; the output is the same for any number")
	return cmd
}

func (o *assessOptions) run(cmd *cobra.Command, path string) error {
	if o.jobs < 1 {
		return errors.New("--jobs is below 1")
	}
	tables, err := o.tables()
	if err != nil {
		return err
	}
	in, size, closeIn, err := openInput(cmd, path)
	if err != nil {
		return err
	}
	defer closeIn()
	name := path
	if path == "-" {
		name = "standard input"
	}
	console := newStageConsole(cmd.ErrOrStderr())
	defer console.close()
	if console.terminal && !toTerminal(cmd.OutOrStdout()) { // a bar among printed assessments is of no use
		console.begin("assess", name)
	}
	var read atomic.Int64 // the file is read and the bar moved by different goroutines
	src, err := openSummaries(&meter{src: untilInterrupted(cmd.Context(), in), report: read.Store}, name, tables)
	if err != nil {
		return err
	}
	work := o.work(tables, src, name)
	work.progress = func() { console.update(read.Load(), size) }
	return assessSource(cmd.Context(), src, work, o.jobs, cmd.OutOrStdout(), cmd.ErrOrStderr())
}

// tables are the embedded ones, or those with a folder's in their place.
func (o *assessOptions) tables() (*reference.Tables, error) {
	if o.reference == "" {
		return reference.Default()
	}
	return reference.LoadDir(o.reference)
}

// work is what the flags ask to be done with each entry of a source.
func (o *assessOptions) work(tables *reference.Tables, src summarySource, name string) entryWork {
	assessor := assess.New(tables, assess.Regulation)
	work := entryWork{tables: tables, compute: assessor.Assess, render: renderJSON, renderRefused: renderRefused(tables), name: name, unit: src.unit()}
	if o.working || o.explain {
		work.compute = assessor.Explain
	}
	if o.explain {
		work.render, work.renderRefused = worksheet.New(tables, assessor.Method()).Append, nil
	}
	return work
}

// assessSource writes what comes of a source's entries. Bad ones are reported on
// stderr and make the result errBadRecords.
func assessSource(ctx context.Context, src summarySource, work entryWork, jobs int, stdout, stderr io.Writer) error {
	out := bufio.NewWriterSize(stdout, 1<<16)
	bad, err := assessInOrder(ctx, src, work, jobs, out, stderr)
	if flushErr := out.Flush(); err == nil && flushErr != nil {
		err = fmt.Errorf("writing assessments: %w", flushErr)
	}
	switch {
	case err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return fmt.Errorf("assessing %s: %w", work.name, errInterrupted)
	case err == nil && bad > 0:
		return fmt.Errorf("%w: %d in %s", errBadRecords, bad, work.name)
	}
	return err
}

// renderJSON writes an assessment as a line of JSON.
func renderJSON(dst []byte, _ *entry.Summary, a *assess.Assessment) []byte {
	return append(a.AppendJSON(dst), '\n')
}

// toTerminal says whether w is a terminal.
func toTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
