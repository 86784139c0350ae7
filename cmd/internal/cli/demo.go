package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"tidewaiter/cmd/internal/day"
	"tidewaiter/collections/reference"
	"tidewaiter/fixtures/generate"
)

// demoSeed is the seed of the demonstrated day: any would do, a fixed one
// makes every machine show the same figures.
const demoSeed = 1

func newDemoCommand() *cobra.Command {
	var (
		entries int
		dir     string
		asJSON  bool
	)
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Run one business day through both systems, then compare them",
		Long: `Runs one business day of customs collections through the legacy COBOL system
and through Tidewaiter on this machine, compares every record, field and total,
and writes a report.

It starts a private Postgres and a private Temporal server on 127.0.0.1
(DATABASE_URL and TEMPORAL_ADDRESS name services of your own), generates a day
of sample entry summaries, runs the COBOL programs compiled by GnuCOBOL with
their three habits that depart from the law, posts the day through Temporal
workflows, and compares the collection detail, the daily statements and the
control totals. Without GnuCOBOL a small stored day serves.

Everything is kept in one folder. Interrupted (Ctrl-C, a crash), the same
command goes on where it stopped; nothing is posted twice. A day that ended is
cleared away when the next begins.

EXIT STATUS
  0  both systems agree
  1  they differ, as the demo's habits make them, or entries were rejected
  2  could not run, or the ledger is not sound and nothing else counts
  3  inconclusive`,
		Example: `  tidewaiter demo
  tidewaiter demo --entries 1020000 --dir /var/tmp/full-day`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkEntries(entries); err != nil {
				return err
			}
			console := newStageConsole(cmd.ErrOrStderr())
			defer console.close()
			c := day.Config{
				Dir: dir, Entries: entries, Seed: demoSeed,
				Date: generate.DefaultDate, Habits: day.LegacyHabits,
				Watch: watcher{console},
			}
			if !day.LegacyCanRun() {
				if cmd.Flags().Changed("entries") {
					return day.ErrNoCompiler
				}
				c.Stored, c.Entries = true, 0
				cmd.PrintErrln("GnuCOBOL (cobc) is not installed: the stored day is used, with the output that the COBOL programs gave for it")
			}
			outcome, err := day.Run(cmd.Context(), c)
			if err != nil {
				return err
			}
			if asJSON {
				if err := json.NewEncoder(cmd.OutOrStdout()).Encode(outcome); err != nil {
					return fmt.Errorf("writing the result: %w", err)
				}
			} else {
				printOutcome(cmd.OutOrStdout(), c.Date, outcome)
			}
			return verdictError(outcome)
		},
	}
	cmd.Flags().IntVar(&entries, "entries", generate.DefaultEntries, "entry summaries to generate; 1020000 is a full day of U.S. trade")
	cmd.Flags().StringVar(&dir, "dir", filepath.Join(".tidewaiter", "demo"), "folder that keeps everything")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as one JSON object")
	return cmd
}

// verdictError gives the error that carries the outcome's exit code.
func verdictError(o *day.Outcome) error {
	switch {
	case len(o.Result.Day.Breaches) > 0:
		// Not the status of the differences that the habits make and make demo expects.
		return fmt.Errorf("the ledger is not sound: %s", o.Result.Day.Breaches[0])
	case o.Result.Comparison.Verdict == "INCONCLUSIVE":
		return errInconclusive
	case o.Result.Comparison.Verdict != "EQUAL" && o.Result.Comparison.Verdict != "VALUE_EQUAL":
		return errDifferences
	case o.Result.Day.Rejected > 0:
		return errBadRecords
	}
	return nil
}

// watcher shows a day's stages on the console.
type watcher struct{ console *stageConsole }

func (w watcher) Begin(stage, doing string)            { w.console.begin(stage, doing) }
func (w watcher) Progress(done, total int64, _ string) { w.console.update(done, total) }
func (w watcher) End(result string)                    { w.console.end(result) }

// printOutcome prints the tables that the demo ends with.
func printOutcome(w io.Writer, date reference.Date, o *day.Outcome) {
	c := o.Result.Comparison
	_, _ = fmt.Fprintf(w, "\nCollections of %s by class code, legacy system and Tidewaiter\n\n", date)
	printTotals(w, date, c.Totals)
	_, _ = fmt.Fprintf(w, "\nVerdicts of %s compared items\n\n", thousands(c.Pairs))
	for _, v := range c.Verdicts {
		_, _ = fmt.Fprintf(w, "  %-13s %12s\n", v.Verdict, thousands(v.Items))
	}
	printRejections(w, o.Result.Day)
	printBreaches(w, o.Result.Day)
	if len(c.Causes) > 0 {
		_, _ = fmt.Fprint(w, "\nDifferences by pattern, largest first\n\n")
		for _, sentence := range c.Causes[:min(8, len(c.Causes))] {
			_, _ = fmt.Fprintf(w, "  - %s\n", sentence)
		}
		if n := len(c.Causes) - 8; n > 0 {
			_, _ = fmt.Fprintf(w, "  - and %d more in the report\n", n)
		}
	}
	_, _ = fmt.Fprint(w, "\nElapsed time by stage\n\n")
	printStages(w, o)
	_, _ = fmt.Fprintf(w, "\nVerdict: %s\nReport:  %s\n", c.Verdict, filepath.Join(c.Folder, "report.html"))
}
