package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"tidewaiter/collections/reference"
)

func newReferenceCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "reference",
		Short: "Show which rates, fees and rules applied on a day",
		Long: `Reference shows the tables that charges are computed from. Each row has the days
on which it applies, says where it comes from, and whether it was read there.`,
		Example: `  tidewaiter reference list
  tidewaiter reference show fees --on 2026-01-15
  tidewaiter reference show hts 8708290010 S --on 2026-01-15`,
	}
	c.AddCommand(newReferenceListCommand(), newReferenceShowCommand())
	return c
}

// referenceFlags choose the tables and the form of the answer.
type referenceFlags struct {
	dir    string
	asJSON bool
}

func (f *referenceFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.dir, "reference", "", "take the tables of this folder in place of the built-in ones of the same name")
	c.Flags().BoolVar(&f.asJSON, "json", false, "print JSON")
}

// tables gives the folder of the tables, all of which are checked.
func (f *referenceFlags) tables() (fs.FS, error) {
	if f.dir == "" {
		return reference.Files(), nil // checked by the tests of the program
	}
	if _, err := reference.LoadDir(f.dir); err != nil {
		return nil, err
	}
	return reference.Overlay(f.dir)
}

func newReferenceListCommand() *cobra.Command {
	var flags referenceFlags
	c := &cobra.Command{
		Use:   "list",
		Short: "List the tables, with how much of each is verified",
		Long: `List names each table, the number of its rows and of those that were verified in
their source, and the days they cover.

EXIT STATUS
  0  the tables are listed
  2  the tables could not be read, or contradict each other`,
		Example: `  tidewaiter reference list
  tidewaiter reference list --reference my-tables --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			fsys, err := flags.tables()
			if err != nil {
				return err
			}
			var all []reference.Listing
			for _, d := range reference.Definitions() {
				l, err := reference.Listed(fsys, d.Name, 0)
				if err != nil {
					return err
				}
				all = append(all, l)
			}
			if flags.asJSON {
				return listTablesJSON(cmd.OutOrStdout(), all)
			}
			return listTables(cmd.OutOrStdout(), all)
		},
	}
	flags.register(c)
	return c
}

func listTables(w io.Writer, all []reference.Listing) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "TABLE\tROWS\tVERIFIED\tFROM\tTO\tHOLDS")
	for i := range all {
		l := &all[i]
		from, to := l.Span()
		_, _ = fmt.Fprintf(table, "%s\t%d\t%d\t%s\t%s\t%s\n", l.Name, len(l.Rows), l.Verified(), from, lastDay(to), l.Holds)
	}
	return table.Flush()
}

// lastDay writes the last day of a row; an open end is "open".
func lastDay(to reference.Date) string {
	if to == reference.OpenEnd {
		return "open"
	}
	return to.String()
}

// tableJSON is the --json form of a table in reference list.
type tableJSON struct {
	Table    string   `json:"table"`
	Holds    string   `json:"holds"`
	Columns  []string `json:"columns"`
	Key      []string `json:"key"`
	Rows     int      `json:"rows"`
	Verified int      `json:"verified"`
	From     string   `json:"effective_from,omitempty"`
	To       string   `json:"effective_to,omitempty"`
}

func listTablesJSON(w io.Writer, all []reference.Listing) error {
	out := make([]tableJSON, len(all))
	for i := range all {
		l := &all[i]
		from, to := l.Span()
		out[i] = tableJSON{l.Name, l.Holds, l.Header, l.Columns[:l.Key], len(l.Rows), l.Verified(), from.String(), to.String()}
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}

func newReferenceShowCommand() *cobra.Command {
	var flags referenceFlags
	var on string
	c := &cobra.Command{
		Use:   "show TABLE [KEY...]",
		Short: "Show the rows of a table that applied on a day",
		Long: `Show prints the rows of a table that apply on a day, all of them without --on.
Keys choose among them, in the order of the table's key columns: a fee class; a
tariff number and a column (general, 2 or a special program indicator). Of a
tariff number the beginning is enough. "reference list --json" names the keys.

EXIT STATUS
  0  there are such rows
  2  there is none, or the tables could not be read`,
		Example: `  tidewaiter reference show fees --on 2026-01-15
  tidewaiter reference show fees 499
  tidewaiter reference show hts 8708290010 --on 2026-01-15
  tidewaiter reference show article_charges 2203000030 --on 2022-12-31 --json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return nil
			}
			return oneArgument(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			var day reference.Date
			if on != "" {
				var err error
				if day, err = reference.ParseDate(on); err != nil {
					return fmt.Errorf("--on: %w", err)
				}
			}
			fsys, err := flags.tables()
			if err != nil {
				return err
			}
			l, err := reference.Listed(fsys, args[0], day, args[1:]...)
			if err != nil {
				return err
			}
			if len(l.Rows) == 0 {
				return fmt.Errorf("table %s is empty; rows of your own go into a folder that --reference names", l.Name)
			}
			if flags.asJSON {
				return showRowsJSON(cmd.OutOrStdout(), &l)
			}
			return showRows(cmd.OutOrStdout(), &l)
		},
	}
	flags.register(c)
	c.Flags().StringVar(&on, "on", "", "the day, as yyyy-mm-dd; all days when left out")
	return c
}

// showRows prints the rows; columns in which no row has anything are left out.
func showRows(w io.Writer, l *reference.Listing) error {
	used := make([]bool, len(l.Header))
	for _, row := range l.Rows {
		for i, cell := range row.Cells {
			used[i] = used[i] || cell != ""
		}
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	printCells(table, used, l.Header, strings.ToUpper)
	for _, row := range l.Rows {
		printCells(table, used, row.Cells, func(s string) string { return s })
	}
	return table.Flush()
}

func printCells(w io.Writer, used []bool, cells []string, form func(string) string) {
	var kept []string
	for i, cell := range cells {
		if used[i] {
			kept = append(kept, form(cell))
		}
	}
	_, _ = fmt.Fprintln(w, strings.Join(kept, "\t"))
}

// showRowsJSON prints the rows as objects, one a line, with the columns in the
// table's order; verified is a boolean.
func showRowsJSON(w io.Writer, l *reference.Listing) error {
	for _, row := range l.Rows {
		var b []byte
		for i, cell := range row.Cells {
			value, err := json.Marshal(cell)
			if err != nil {
				return err
			}
			if l.Header[i] == "verified" {
				value = fmt.Append(nil, row.Verified)
			}
			b = fmt.Appendf(b, `,"%s":%s`, l.Header[i], value)
		}
		b[0] = '{'
		if _, err := fmt.Fprintf(w, "%s}\n", b); err != nil {
			return err
		}
	}
	return nil
}
