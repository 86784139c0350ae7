package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"tidewaiter/parity"
	"tidewaiter/parity/report"
)

// errInconclusive is the result of a command that could not come to a verdict
// and has said so: exit status 3.
var errInconclusive = errors.New("inconclusive")

func newParityCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "parity",
		Short: "Compare two systems' results record by record",
		Long: `Parity compares what two systems wrote, every record and every field, and says
where they differ, why, and by how many dollars.`,
	}
	cmd.AddCommand(newParityRunCommand())
	return cmd
}

func newParityRunCommand() *cobra.Command {
	var (
		o      parity.Options
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "run PLAN",
		Short: "Carry out a parity plan and write its report",
		Long: `Run carries out a plan: it pairs the records of both sides by key, compares
every field the plan covers, and writes a folder with report.html, report.json
and differences.jsonl. The plan must say of every field of the copybook whether
it is compared, masked or excluded, with a reason. Records that cannot be read
are reported and the others are compared all the same.

A plan with a query needs a PostgreSQL database: --database or DATABASE_URL.

EXIT STATUS
  0  every compared item is equal, equal in value, or within a tolerance
  1  differences, missing, extra, duplicate or unusable records
  2  could not run: the plan, a file or the database is not right
  3  inconclusive: nothing was compared`,
		Example: `  tidewaiter parity run collection-day.yaml
  tidewaiter parity run collection-day.yaml --out runs/2025-10-01 --database postgres://tidewaiter@localhost/tidewaiter
  tidewaiter parity run collection-day.yaml --json | jq .verdicts`,
		Args: oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runParity(cmd, args[0], o, asJSON)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.Out, "out", "o", "", "folder for the report (default: the plan's name with -report, in the working folder)")
	flags.StringVar(&o.Database, "database", "", "PostgreSQL URL for queries (default: $DATABASE_URL)")
	flags.IntVarP(&o.Jobs, "jobs", "j", 0, "goroutines (default: one for each processor)")
	flags.BoolVar(&asJSON, "json", false, "print report.json instead of a summary")
	return cmd
}

func runParity(cmd *cobra.Command, path string, o parity.Options, asJSON bool) error {
	plan, err := parity.Load(path)
	if err != nil {
		return err
	}
	if o.Out == "" {
		o.Out = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) + "-report"
	}
	if o.Database == "" {
		o.Database = os.Getenv("DATABASE_URL")
	}
	console := newStageConsole(cmd.ErrOrStderr())
	defer console.close()
	o.Progress = parityProgress(console)
	result, err := parity.Run(cmd.Context(), plan, o)
	if err != nil {
		return err
	}
	if console.name != "" {
		console.end("done")
	}
	if asJSON {
		encoder := json.NewEncoder(cmd.OutOrStdout())
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(result); err != nil {
			return fmt.Errorf("printing the report: %w", err)
		}
	} else if err := printParity(cmd.OutOrStdout(), result, o.Out); err != nil {
		return err
	}
	switch parity.ExitStatus(result.Verdict) {
	case parity.ExitDifferences:
		return errDifferences
	case parity.ExitInconclusive:
		return errInconclusive
	}
	return nil
}

// parityProgress shows each stage of each comparison as one stage.
func parityProgress(console *stageConsole) func(parity.Progress) {
	var last parity.Progress
	return func(p parity.Progress) {
		if p.Stage != last.Stage || p.Comparison != last.Comparison {
			if last.Stage != "" {
				console.end(fmt.Sprintf("%s, %s records", last.Comparison, thousands(last.Done)))
			}
			doing := p.Comparison
			if p.Stage == parity.Writing {
				doing = "the report"
			}
			console.begin(string(p.Stage), doing)
		}
		console.update(p.Done, p.Total)
		last = p
	}
}

// printParity prints the verdict, the headline totals, the verdict counts and
// the foremost causes.
func printParity(w io.Writer, r *parity.Report, folder string) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%s: %s, %s items compared\n\n", r.Plan, r.Verdict, report.Grouped(r.Pairs))
	if len(r.Totals) > 0 {
		c := r.Comparisons[0]
		fmt.Fprintf(table, "%s\t%s\t%s\tdifference\t\n", r.Totals[0].Sum, c.Left.Name, c.Right.Name)
		for _, t := range r.Totals {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t\n", strings.Join(t.Values(), " "), separate(t.Left), separate(t.Right), separate(t.Difference))
		}
		fmt.Fprintln(table)
	}
	for i, n := range r.Verdicts {
		if n > 0 {
			fmt.Fprintf(table, "%s\t%s\t\n", parity.VerdictOf(i), thousands(n))
		}
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("printing the result: %w", err)
	}
	const foremost = 10
	for i, c := range r.Causes {
		if i == foremost {
			fmt.Fprintf(w, "\nand %d more causes\n", len(r.Causes)-foremost)
			break
		}
		if i == 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%-4s %s: %s\n", c.ID, c.Comparison, c.Sentence)
	}
	_, err := fmt.Fprintf(w, "\n%s\n", filepath.Join(folder, parity.ReportHTML))
	return err
}
