package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"tidewaiter/collections/reference"
)

// Check is the name of a check of Verify.
type Check string

// The checks, in the order they run.
const (
	CheckGuards     Check = "guards"     // the database still refuses what it must
	CheckJournals   Check = "journals"   // each balances, is complete and has the content it was posted with
	CheckBalance    Check = "balance"    // the trial balance is zero
	CheckDuplicates Check = "duplicates" // an entry is collected once a day, a charge posted once
	CheckProgress   Check = "progress"   // counts and control totals of each chunk are those of its postings
	CheckStatements Check = "statements" // statements are the sums of their entries' postings, each entry on one
)

// Checks are all checks, in the order they run.
func Checks() []Check {
	return []Check{CheckGuards, CheckJournals, CheckBalance, CheckDuplicates, CheckProgress, CheckStatements}
}

// Finding is something that is wrong in the ledger.
type Finding struct {
	Check   Check  `json:"check"`
	Subject string `json:"subject"` // the journal, chunk, statement or guard
	Detail  string `json:"detail"`
}

func (f Finding) String() string { return string(f.Check) + ": " + f.Subject + ": " + f.Detail }

// Report is the outcome of Verify.
type Report struct {
	Journals int64         `json:"journals"`
	Postings int64         `json:"postings"`
	Elapsed  time.Duration `json:"-"`
	// Count is the number of findings of each check, zero ones too.
	Count map[Check]int64 `json:"findings_by_check"`
	// Findings are the first of each check, at most MaxFindings.
	Findings []Finding `json:"findings"`
}

// MaxFindings is how many findings of one check a report names; all are counted.
const MaxFindings = 100

// OK says that nothing is wrong.
func (r *Report) OK() bool { return len(r.Findings) == 0 }

func (r *Report) find(check Check, subject, format string, args ...any) {
	r.Count[check]++
	if r.Count[check] <= MaxFindings {
		r.Findings = append(r.Findings, Finding{check, subject, fmt.Sprintf(format, args...)})
	}
}

// Verify reads the whole ledger, as it was at one moment, and checks that it is
// whole. It posts nothing and may run while others post. An error says that it
// could not be checked; what is wrong is in the report.
func (l *Ledger) Verify(ctx context.Context) (*Report, error) {
	began := time.Now()
	r := &Report{Count: make(map[Check]int64), Findings: []Finding{}}
	for _, c := range Checks() {
		r.Count[c] = 0
	}
	if err := l.verify(ctx, r); err != nil {
		return nil, l.explain("verifying the ledger", err)
	}
	order := Checks()
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Check), slices.Index(order, b.Check)),
			cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Detail, b.Detail))
	})
	r.Elapsed = time.Since(began)
	return r, nil
}

func (l *Ledger) verify(ctx context.Context, r *Report) error {
	if err := l.refreshStatistics(ctx); err != nil {
		return err
	}
	return l.snapshot(ctx, func(journals, postings pgx.Tx) error {
		if err := runQueries(ctx, journals, r, guardQueries); err != nil {
			return err
		}
		p := newPass(l, r)
		if err := p.read(ctx, journals, postings); err != nil {
			return err
		}
		if err := p.compareProgress(ctx, journals); err != nil {
			return err
		}
		if _, err := journals.Exec(ctx, `SET LOCAL enable_sort = on`); err != nil {
			return err
		}
		if err := runQueries(ctx, journals, r, consistencyQueries); err != nil {
			return err
		}
		classes, err := statementClasses()
		if err != nil {
			return err
		}
		return runQueries(ctx, journals, r, []query{{CheckStatements, statementSums}}, classes...)
	})
}

// snapshot opens two transactions that see the same state of the database, so
// that journals and postings can be streamed side by side.
func (l *Ledger) snapshot(ctx context.Context, read func(a, b pgx.Tx) error) error {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return l.both(ctx, func(first, second *pgxpool.Conn) error {
		return pgx.BeginTxFunc(ctx, first, options, func(a pgx.Tx) error {
			var id string
			if err := a.QueryRow(ctx, `SELECT pg_export_snapshot()`).Scan(&id); err != nil {
				return err
			}
			return pgx.BeginTxFunc(ctx, second, options, func(b pgx.Tx) error {
				// The id is the server's own: hexadecimal digits and hyphens.
				if _, err := b.Exec(ctx, `SET TRANSACTION SNAPSHOT '`+id+`'`); err != nil {
					return err
				}
				for _, tx := range []pgx.Tx{a, b} {
					// One of the two waits while the other is read; and both are
					// read by their primary keys, not sorted.
					if _, err := tx.Exec(ctx, `SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL enable_sort = off`); err != nil {
						return err
					}
				}
				return read(a, b)
			})
		})
	})
}

// both takes two connections of the pool.
func (l *Ledger) both(ctx context.Context, use func(a, b *pgxpool.Conn) error) error {
	return l.pool.AcquireFunc(ctx, func(a *pgxpool.Conn) error {
		return l.pool.AcquireFunc(ctx, func(b *pgxpool.Conn) error { return use(a, b) })
	})
}

// query is a check in SQL: each row it returns is a finding's subject and
// detail.
type query struct {
	check Check
	sql   string
}

// statementClasses are the arguments of statementSums: the class codes that a
// statement adds to duty, tax, antidumping and countervailing duty, as
// statement.Builder does.
func statementClasses() ([]any, error) {
	tables, err := reference.Default()
	if err != nil {
		return nil, err
	}
	var duty, tax, ad, cvd []string
	for _, c := range tables.Classes() {
		switch class := string(c.Class); {
		case c.Kind == reference.KindDuty, c.Class == reference.ClassCoffee:
			duty = append(duty, class)
		case c.Kind == reference.KindTax:
			tax = append(tax, class)
		case c.Kind == reference.KindAntidumping:
			ad = append(ad, class)
		case c.Kind == reference.KindCountervailing:
			cvd = append(cvd, class)
		}
	}
	return []any{duty, tax, ad, cvd}, nil
}

func runQueries(ctx context.Context, tx pgx.Tx, r *Report, queries []query, args ...any) error {
	for _, q := range queries {
		rows, err := tx.Query(ctx, q.sql, args...)
		if err != nil {
			return err
		}
		var subject, detail string
		if _, err := pgx.ForEachRow(rows, []any{&subject, &detail}, func() error {
			r.find(q.check, subject, "%s", detail)
			return nil
		}); err != nil {
			return fmt.Errorf("check %s: %w", q.check, err)
		}
	}
	return nil
}
