package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"tidewaiter/cmd/internal/stack"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// errDifferences is the result of a command that found what it looked for:
// differences between two sides, or a breach in the ledger. The command has
// printed them.
var errDifferences = errors.New("differences found")

// ledgerFlags say which ledger a command reads and how it answers.
type ledgerFlags struct {
	database string
	dir      string
	asJSON   bool
}

func newLedgerCommand() *cobra.Command {
	var flags ledgerFlags
	cmd := &cobra.Command{
		Use:   "ledger",
		Short: "Read and verify the double-entry ledger of collections",
		Long: `Reads the ledger in Postgres: --database or DATABASE_URL names it, or --dir the
folder in which "tidewaiter demo" keeps a private one, which is then started for
this command. Nothing is posted.

EXIT STATUS
  0  all well
  1  verify found something wrong
  2  could not run`,
		Example: `  tidewaiter ledger verify --dir .tidewaiter/demo
  DATABASE_URL=postgres://tidewaiter_app@db.example/tidewaiter tidewaiter ledger trial-balance`,
	}
	cmd.PersistentFlags().StringVar(&flags.database, "database", os.Getenv("DATABASE_URL"), "Postgres URL of the ledger (default $DATABASE_URL)")
	cmd.PersistentFlags().Lookup("database").DefValue = "" // the help must not print a password
	cmd.PersistentFlags().StringVar(&flags.dir, "dir", "", "folder of a private ledger")
	cmd.PersistentFlags().BoolVar(&flags.asJSON, "json", false, "print JSON")
	cmd.MarkFlagsMutuallyExclusive("database", "dir")
	cmd.AddCommand(newTrialBalanceCommand(&flags), newDailyTotalsCommand(&flags), newLedgerVerifyCommand(&flags))
	return cmd
}

// with opens the ledger for the time of read. A private cluster is stopped
// again even when the command is interrupted.
func (f *ledgerFlags) with(cmd *cobra.Command, read func(ctx context.Context, l *ledger.Ledger) error) (err error) {
	ctx := cmd.Context()
	url := f.database
	switch {
	case f.dir != "":
		if _, err := os.Stat(f.dir); err != nil {
			return fmt.Errorf("looking for a private ledger: %w", err)
		}
		p, err := stack.StartPostgres(ctx, stack.PostgresConfig{
			DataDir: servicesOf(f.dir), Log: cmd.ErrOrStderr(), Private: true, Existing: true,
		})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, p.Stop(context.WithoutCancel(ctx))) }()
		url = p.AppURL()
	case url == "":
		return errors.New("no ledger named; set DATABASE_URL, or give --database, or --dir with the folder of a private one")
	}
	l, err := ledger.Open(ctx, ledger.Config{URL: url})
	if err != nil {
		return err
	}
	defer l.Close()
	return read(ctx, l)
}

// servicesOf finds the folder of the services in a folder that the demo keeps;
// another folder is taken as given.
func servicesOf(dir string) string {
	inside := filepath.Join(dir, "services")
	if info, err := os.Stat(inside); err == nil && info.IsDir() {
		return inside
	}
	return dir
}

func newTrialBalanceCommand(flags *ledgerFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "trial-balance",
		Short: "Debits, credits and balance of each account",
		Long: `Adds up all postings by account. The balances, debits less credits, sum to
zero. 1110 holds what is due, 1325 deferred internal revenue tax until its bill
is paid. Memorandum accounts (91.., 92..) hold charges that are reported and not
owed: bonded ones and those not due now. Accounts end in the class code.

EXIT STATUS
  0  printed
  1  the balances do not sum to zero
  2  could not run`,
		Example: `  tidewaiter ledger trial-balance
  tidewaiter ledger trial-balance --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return flags.with(cmd, func(ctx context.Context, l *ledger.Ledger) error {
				balances, err := l.TrialBalance(ctx)
				if err != nil {
					return err
				}
				return printTrialBalance(cmd.OutOrStdout(), balances, flags.asJSON)
			})
		},
	}
}

func printTrialBalance(w io.Writer, balances []ledger.AccountBalance, asJSON bool) error {
	var sum ledger.AccountBalance
	for _, b := range balances {
		sum.Postings += b.Postings
		sum.Debit += b.Debit
		sum.Credit += b.Credit
		sum.Balance += b.Balance
	}
	var err error
	if asJSON {
		err = json.NewEncoder(w).Encode(map[string]any{
			"accounts": balances, "debit": sum.Debit, "credit": sum.Credit, "balance": sum.Balance,
		})
	} else {
		err = printTable(w, "account\tdebit\tcredit\tbalance\t  name\t", func(row func(...any)) {
			for _, b := range balances {
				row(b.Code, b.Debit, b.Credit, b.Balance, "  "+b.Name)
			}
			row("total", sum.Debit, sum.Credit, sum.Balance, "")
		})
	}
	if err == nil && sum.Balance != 0 {
		return errDifferences
	}
	return err
}

// printTable prints aligned columns; row takes one value a column.
func printTable(w io.Writer, head string, fill func(row func(...any))) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(t, head)
	fill(func(cells ...any) {
		for _, c := range cells {
			_, _ = fmt.Fprintf(t, "%v\t", c)
		}
		_, _ = fmt.Fprintln(t)
	})
	return t.Flush()
}

func newDailyTotalsCommand(flags *ledgerFlags) *cobra.Command {
	var from, to string
	cmd := &cobra.Command{
		Use:   "daily-totals",
		Short: "Charges of each collection date by class code",
		Long: `Adds up the charges in the ledger by collection date, class code and disposition:

  D  due: in the amount due of the entry's statement
  F  deferred internal revenue tax: reported on the statement, billed later
  B  bonded antidumping or countervailing duty: reported only
  N  not due now, as of warehouse entries and temporary importations: reported only

EXIT STATUS
  0  printed
  2  could not run`,
		Example: `  tidewaiter ledger daily-totals --from 2025-10-01
  tidewaiter ledger daily-totals --from 2025-10-01 --to 2025-10-31 --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			first, last, err := dateRange(from, to)
			if err != nil {
				return err
			}
			return flags.with(cmd, func(ctx context.Context, l *ledger.Ledger) error {
				totals, err := l.DailyTotals(ctx, first, last)
				if err != nil {
					return err
				}
				return printDailyTotals(cmd.OutOrStdout(), totals, flags.asJSON)
			})
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "first collection date, yyyy-mm-dd (default: the first there is)")
	cmd.Flags().StringVar(&to, "to", "", "last collection date (default: that of --from, else the last there is)")
	return cmd
}

// dateRange reads the two dates. One alone means that day.
func dateRange(from, to string) (first, last reference.Date, err error) {
	first, last = 19000101, reference.OpenEnd
	if from != "" {
		if first, err = reference.ParseDate(from); err != nil {
			return 0, 0, fmt.Errorf("--from: %w", err)
		}
		last = first
	}
	if to != "" {
		if last, err = reference.ParseDate(to); err != nil {
			return 0, 0, fmt.Errorf("--to: %w", err)
		}
	}
	if last < first {
		return 0, 0, fmt.Errorf("--to %s is before --from %s", to, from)
	}
	return first, last, nil
}

func printDailyTotals(w io.Writer, totals []ledger.DailyTotal, asJSON bool) error {
	if asJSON {
		type row struct {
			Date        string          `json:"collection_date"`
			Class       reference.Class `json:"class"`
			Disposition string          `json:"disposition"`
			Charges     int64           `json:"charges"`
			Amount      money.Cents     `json:"amount"`
		}
		rows := make([]row, 0, len(totals))
		for _, t := range totals {
			rows = append(rows, row{t.Date.String(), t.Class, t.Disposition, t.Charges, t.Amount})
		}
		return json.NewEncoder(w).Encode(rows)
	}
	return printTable(w, "collection date\tclass\tdisposition\tcharges\tamount\t", func(row func(...any)) {
		for _, t := range totals {
			row(t.Date, t.Class, t.Disposition, t.Charges, t.Amount)
		}
	})
}

func newLedgerVerifyCommand(flags *ledgerFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check that the ledger is whole",
		Long: `Reads every journal and posting as they are at one moment and checks that
  guards      the database still refuses changes and unbalanced journals
  journals    each journal balances, is complete, and has the content it was posted with
  balance     the trial balance is zero
  duplicates  an entry is collected once a day and a charge posted once
  progress    counts and control totals of each chunk are those of its postings
  statements  statements are the sums of their entries' postings, each entry on one
and names what is wrong. Others may post meanwhile.

EXIT STATUS
  0  the ledger is whole
  1  something is wrong
  2  could not run`,
		Example: `  tidewaiter ledger verify
  tidewaiter ledger verify --json | jq '.findings'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return flags.with(cmd, func(ctx context.Context, l *ledger.Ledger) error {
				report, err := l.Verify(ctx)
				if err != nil {
					return err
				}
				return printVerification(cmd.OutOrStdout(), report, flags.asJSON)
			})
		},
	}
}

func printVerification(w io.Writer, r *ledger.Report, asJSON bool) error {
	if asJSON {
		if err := json.NewEncoder(w).Encode(r); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	} else {
		var found int64
		for _, f := range r.Findings {
			_, _ = fmt.Fprintln(w, f)
		}
		for _, check := range ledger.Checks() {
			found += r.Count[check]
			if more := r.Count[check] - ledger.MaxFindings; more > 0 {
				_, _ = fmt.Fprintf(w, "%s: and %d more\n", check, more)
			}
		}
		verdict := "the ledger is whole"
		if found > 0 {
			verdict = fmt.Sprintf("the ledger is NOT whole, %d findings", found)
		}
		_, _ = fmt.Fprintf(w, "%s: %d journals with %d postings checked in %s\n", verdict, r.Journals, r.Postings, r.Elapsed.Round(10*time.Millisecond))
	}
	if !r.OK() {
		return errDifferences
	}
	return nil
}
