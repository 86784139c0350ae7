package ledger_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/ledger/ledgertest"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

func TestMain(m *testing.M) { ledgertest.Main(m) }

const businessDate = reference.Date(20251001)

// open gives a ledger on a fresh database.
func open(tb testing.TB) (*ledger.Ledger, ledgertest.Database) {
	tb.Helper()
	db := ledgertest.NewDatabase(tb)
	return openIn(tb, ledger.Config{URL: db.Application}), db
}

func openIn(tb testing.TB, c ledger.Config) *ledger.Ledger {
	tb.Helper()
	l, err := ledger.Open(tb.Context(), c)
	require.NoError(tb, err)
	tb.Cleanup(l.Close)
	return l
}

// sql runs statements in one session and gives the error of the last.
func sql(tb testing.TB, url string, statements ...string) error {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	require.NoError(tb, err)
	defer func() { _ = conn.Close(ctx) }()
	for _, s := range statements {
		if _, err = conn.Exec(ctx, s); err != nil {
			break
		}
	}
	return err
}

// value reads one value.
func value[T any](tb testing.TB, url, query string, args ...any) T {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	require.NoError(tb, err)
	defer func() { _ = conn.Close(ctx) }()
	var v T
	require.NoError(tb, conn.QueryRow(ctx, query, args...).Scan(&v))
	return v
}

// number is the n-th entry number of a filer, check digit included.
func number(tb testing.TB, filer string, n int) entry.Number {
	tb.Helper()
	serial := fmt.Sprintf("%07d", n)
	digit, err := entry.CheckDigit(filer, serial)
	require.NoError(tb, err)
	return entry.Number(filer + serial + string(rune(digit)))
}

// summary is a small entry: type 01 by vessel at Los Angeles, paid on a daily
// statement of its filer printed on the business date.
func summary(tb testing.TB, filer string, n int) *entry.Summary {
	tb.Helper()
	return &entry.Summary{
		Number: number(tb, filer, n), Type: "01", Mode: "11", Port: "2704", ProcessingPort: "2704",
		Importer: "12-345678900", EntryDate: 20250930, PrintDate: businessDate, PaymentType: '2',
		Source: entry.Source{File: "entries.vb", Record: int64(4*n + 1), Offset: int64(400 * n)},
	}
}

// charges are duty 700.00 and MPF 34.64 (collections.md, 1.5 and 2.2), and a
// bonded antidumping duty, which is reported and not owed.
func charges(extra money.Cents) *assess.Assessment {
	return &assess.Assessment{Charges: []assess.Charge{
		{Line: 1, Class: reference.ClassDuty, Amount: 70000 + extra, Base: 10000, RateDate: 20250930, Disposition: assess.Due},
		{Line: 1, Class: reference.ClassAntidumping, Amount: 12345, Base: 10000, RateDate: 20250930, Disposition: assess.Bonded},
		{Line: 1, Class: reference.ClassMPF, Amount: 3464, Base: 10000, RateDate: 20250930, Disposition: assess.Due},
		{Line: 2, Class: reference.ClassDuty, Amount: 0, Base: 50, RateDate: 0, Disposition: assess.Due},
		{Line: 0, Class: reference.ClassMPF, Amount: -114, Base: 10050, RateDate: 20250930, Disposition: assess.Due},
	}}
}

// fill resets the batch to a chunk with n entries of a filer, starting at first.
func fill(tb testing.TB, b *ledger.Batch, run string, chunk, first, n int) {
	tb.Helper()
	b.Reset(run, chunk)
	for i := first; i < first+n; i++ {
		require.NoError(tb, ledger.JournalFor(b.Add(), summary(tb, "B76", i), charges(money.Cents(i)), businessDate))
	}
}

// requireWhole verifies the ledger.
func requireWhole(tb testing.TB, l *ledger.Ledger) *ledger.Report {
	tb.Helper()
	report, err := l.Verify(tb.Context())
	require.NoError(tb, err)
	require.Empty(tb, report.Findings)
	return report
}
