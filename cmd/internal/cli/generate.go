package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"tidewaiter/collections/reference"
	"tidewaiter/fixtures/generate"
)

// generateOptions are the flags of generate.
type generateOptions struct {
	entries int
	seed    uint64
	date    string
	out     string
	json    bool
}

func newGenerateCommand() *cobra.Command {
	var o generateOptions
	c := &cobra.Command{
		Use:   "generate --out DIR",
		Short: "Write a realistic business day of entry summaries in the legacy system's datasets",
		Long: `Generate writes one business day of customs entry summaries as the legacy system
reads it: entries.vb (EBCDIC, RECFM VB, copybook ESREC) and the tables it needs,
hts.fb, fees.fb, spi.fb and rules.fb (RECFM FB). A file day.json beside them says how the
day was made and the SHA-256 of each file. The same seed, entries and date give
the same bytes on every machine.

It is sample data. Filers, importers, tariff numbers and rates are made up: they
are not the law and not anyone's.

The folder is made when it is not there. A folder that holds something else than
a generated day is refused. Ctrl-C leaves nothing half written.

EXIT STATUS
  0    the day is written
  2    could not run
  130  interrupted`,
		Example: `  tidewaiter generate --out day
  tidewaiter generate --entries 1020000 --seed 7 --date 2025-10-01 --out full-day
  tidewaiter decode --copybook fixtures/copybooks/ESREC.cpy --recfm VB day/entries.vb`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	c.Flags().IntVar(&o.entries, "entries", generate.DefaultEntries, "entry summaries to write; 1020000 is a full day of United States trade")
	c.Flags().Uint64Var(&o.seed, "seed", 1, "chooses the day")
	c.Flags().StringVar(&o.date, "date", generate.DefaultDate.String(), "business day, yyyy-mm-dd; a working day")
	c.Flags().StringVar(&o.out, "out", "", "folder to write into (required)")
	c.Flags().BoolVar(&o.json, "json", false, "print what was written as JSON")
	_ = c.MarkFlagRequired("out") // fails only for a flag that does not exist
	return c
}

func (o *generateOptions) run(cmd *cobra.Command) error {
	date, err := reference.ParseDate(o.date)
	if err != nil {
		return fmt.Errorf("reading --date: %w", err)
	}
	if err := checkEntries(o.entries); err != nil {
		return err
	}
	console := newStageConsole(cmd.ErrOrStderr())
	defer console.close()
	console.begin("generate", thousands(int64(o.entries))+" entries")
	day := generate.Day{Seed: o.seed, Entries: o.entries, Date: date,
		Progress: func(n int) { console.update(int64(n), int64(o.entries)) }}
	m, err := day.Write(cmd.Context(), o.out)
	if err != nil {
		return err
	}
	console.end(fmt.Sprintf("%s entries into %s", thousands(int64(m.Entries)), o.out))
	if o.json {
		encoder := json.NewEncoder(cmd.OutOrStdout())
		encoder.SetIndent("", "  ")
		return encoder.Encode(m)
	}
	return printManifest(cmd.OutOrStdout(), m)
}

// checkEntries refuses a number of entries that no day has.
func checkEntries(n int) error {
	if n < 1 || n > generate.MaxEntries {
		return fmt.Errorf("reading --entries: %d is not a number of entries; give 1 to %d", n, generate.MaxEntries)
	}
	return nil
}

// printManifest prints what was written: entries by type, sizes, digests.
func printManifest(w io.Writer, m *generate.Manifest) error {
	row := func(name string, n int64) { _, _ = fmt.Fprintf(w, "%-32s%16s\n", name, thousands(n)) }
	for _, t := range []struct{ code, name string }{
		{"01", "consumption"}, {"03", "antidumping, countervailing"}, {"06", "foreign-trade zone"},
		{"11", "informal"}, {"21", "warehouse"}, {"23", "temporary importation"},
	} {
		row(t.code+" "+t.name, int64(m.Types[t.code]))
	}
	row("entries", int64(m.Entries))
	row("lines", m.Lines)
	row("tariff numbers", m.Tariffs)
	row("entered value, dollars", m.Value)
	files := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(files, "\nfile\tbytes\tsha256\n")
	for _, f := range m.Files {
		_, _ = fmt.Fprintf(files, "%s\t%s\t%s\n", f.Name, thousands(f.Bytes), f.SHA256)
	}
	_, _ = fmt.Fprintf(files, "\nbusiness day %s, seed %d\n%s\n", m.Date, m.Seed, m.Notice)
	return files.Flush()
}
