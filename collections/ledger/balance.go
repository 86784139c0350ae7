package ledger

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// AccountBalance is a line of the trial balance, in cents.
type AccountBalance struct {
	Code       string      `json:"account"`
	Name       string      `json:"name"`
	Memorandum bool        `json:"memorandum"`
	Postings   int64       `json:"postings"`
	Debit      money.Cents `json:"debit"`   // sum of the debits
	Credit     money.Cents `json:"credit"`  // sum of the credits, positive
	Balance    money.Cents `json:"balance"` // debit less credit
}

// TrialBalance adds up all postings by account, in the order of the codes.
// Accounts without postings are left out. The balances sum to zero.
func (l *Ledger) TrialBalance(ctx context.Context) ([]AccountBalance, error) {
	rows, err := l.pool.Query(ctx, `SELECT a.code, a.name, a.memorandum, p.n, p.debit, p.credit
		FROM (SELECT account_id, count(*) AS n,
		             coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::bigint AS debit,
		             coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)::bigint AS credit
		      FROM tidewaiter.posting GROUP BY account_id) p
		LEFT JOIN tidewaiter.account a ON a.id = p.account_id ORDER BY a.code`)
	if err != nil {
		return nil, l.explain("reading the trial balance", err)
	}
	balances, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (AccountBalance, error) {
		var b AccountBalance
		err := row.Scan(&b.Code, &b.Name, &b.Memorandum, &b.Postings, (*int64)(&b.Debit), (*int64)(&b.Credit))
		b.Balance = b.Debit - b.Credit
		return b, err
	})
	return balances, l.explain("reading the trial balance", err)
}

// DailyTotal is what was charged on a collection date for a class.
type DailyTotal struct {
	Date        reference.Date  `json:"-"`
	Class       reference.Class `json:"class"`
	Disposition string          `json:"disposition"` // D due, B bonded, N not due now, F deferred
	Charges     int64           `json:"charges"`
	Amount      money.Cents     `json:"amount"`
}

// DailyTotals adds up the charges of the collection dates from first to last,
// both included, by date, class and disposition, from the postings themselves.
func (l *Ledger) DailyTotals(ctx context.Context, first, last reference.Date) ([]DailyTotal, error) {
	rows, err := l.pool.Query(ctx, `SELECT j.collection_date, p.class, p.disposition, count(*), -sum(p.amount)::bigint
		FROM tidewaiter.posting p JOIN tidewaiter.journal j ON j.id = p.journal_id
		WHERE p.disposition IS NOT NULL AND j.collection_date BETWEEN $1 AND $2
		GROUP BY j.collection_date, p.class, p.disposition
		ORDER BY j.collection_date, p.class, p.disposition`, first.Time(), last.Time())
	if err != nil {
		return nil, l.explain("reading the daily totals", err)
	}
	totals, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (DailyTotal, error) {
		var t DailyTotal
		var date time.Time
		err := row.Scan(&date, (*string)(&t.Class), &t.Disposition, &t.Charges, (*int64)(&t.Amount))
		t.Date = reference.DateOf(date)
		return t, err
	})
	return totals, l.explain("reading the daily totals", err)
}

// Progress is what a run has done.
type Progress struct {
	Chunks        int   `json:"chunks"` // done
	Journals      int64 `json:"journals"`
	AlreadyPosted int64 `json:"already_posted"`
	Postings      int64 `json:"postings"`
	Rejections    int64 `json:"rejections"`
}

// Progress adds up the chunks of a run; a run that is not known has done
// nothing.
func (l *Ledger) Progress(ctx context.Context, run string) (Progress, error) {
	var p Progress
	err := l.pool.QueryRow(ctx, `SELECT count(*), coalesce(sum(journals), 0)::bigint, coalesce(sum(already_posted), 0)::bigint,
			coalesce(sum(postings), 0)::bigint, coalesce(sum(rejections), 0)::bigint
		FROM tidewaiter.chunk JOIN tidewaiter.run ON run.id = chunk.run_id WHERE run.name = $1`, run).
		Scan(&p.Chunks, &p.Journals, &p.AlreadyPosted, &p.Postings, &p.Rejections)
	return p, l.explain("reading the progress of run "+run, err)
}

// ChunkDone says whether a chunk of a run is posted, so that its input need not
// be read again.
func (l *Ledger) ChunkDone(ctx context.Context, run string, chunk int) (bool, error) {
	var done bool
	err := l.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM tidewaiter.chunk JOIN tidewaiter.run ON run.id = chunk.run_id
		WHERE run.name = $1 AND chunk = $2)`, run, chunk).Scan(&done)
	return done, l.explain("reading the progress of run "+run, err)
}
