package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/ledger/ledgertest"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// postOne posts one entry: duty 700.00 and MPF 34.64.
func postOne(t *testing.T, db ledgertest.Database) {
	t.Helper()
	l, err := ledger.Open(t.Context(), ledger.Config{URL: db.Application})
	require.NoError(t, err)
	defer l.Close()
	batch := &ledger.Batch{}
	batch.Reset("day", 0)
	require.NoError(t, ledger.JournalFor(batch.Add(),
		&entry.Summary{Number: "B7603245278", Type: "01", Port: "2704", PaymentType: '1'},
		&assess.Assessment{Charges: []assess.Charge{
			{Line: 1, Class: "001", Amount: 70000, Base: 10000, RateDate: 20251001, Disposition: assess.Due},
			{Line: 1, Class: "499", Amount: 3464, Base: 10000, RateDate: 20251001, Disposition: assess.Due},
		}}, 20251001))
	_, err = l.PostBatch(t.Context(), batch)
	require.NoError(t, err)
}

func runLedger(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cmd := newLedgerCommand()
	var out bytes.Buffer
	cmd.SetOut(&out)
	cmd.SetErr(&bytes.Buffer{})
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(args)
	err := cmd.ExecuteContext(t.Context())
	return out.String(), err
}

func TestLedgerCommands(t *testing.T) {
	t.Setenv("DATABASE_URL", "")
	db := ledgertest.NewDatabase(t)
	postOne(t, db)
	at := "--database=" + db.Application

	out, err := runLedger(t, "trial-balance", at)
	require.NoError(t, err)
	assert.Regexp(t, `(?m)^ *1110 +734\.64 +0\.00 +734\.64 +Undeposited collections$`, out)
	assert.Regexp(t, `(?m)^ *total +734\.64 +734\.64 +0\.00`, out)

	out, err = runLedger(t, "trial-balance", at, "--json")
	require.NoError(t, err)
	var balance struct {
		Accounts []map[string]any
		Balance  string
	}
	require.NoError(t, json.Unmarshal([]byte(out), &balance))
	assert.Len(t, balance.Accounts, 3)
	assert.Equal(t, "0.00", balance.Balance)

	out, err = runLedger(t, "daily-totals", at, "--from", "2025-10-01", "--json")
	require.NoError(t, err)
	assert.JSONEq(t, `[{"collection_date":"2025-10-01","class":"001","disposition":"D","charges":1,"amount":"700.00"},
		{"collection_date":"2025-10-01","class":"499","disposition":"D","charges":1,"amount":"34.64"}]`, out)
	out, err = runLedger(t, "daily-totals", at, "--from", "2025-10-02", "--json")
	require.NoError(t, err)
	assert.JSONEq(t, `[]`, out)
	_, err = runLedger(t, "daily-totals", at, "--from", "2025-10-02", "--to", "2025-10-01")
	assert.ErrorContains(t, err, "is before --from")

	out, err = runLedger(t, "verify", at)
	require.NoError(t, err)
	assert.Contains(t, out, "the ledger is whole: 1 journals with 3 postings checked")

	ctx := context.Background()
	conn, err := pgx.Connect(ctx, db.Superuser)
	require.NoError(t, err)
	_, err = conn.Exec(ctx, `SET session_replication_role = replica; UPDATE tidewaiter.posting SET amount = amount + 1 WHERE ordinal = 1`)
	require.NoError(t, err)
	require.NoError(t, conn.Close(ctx))
	out, err = runLedger(t, "verify", at)
	require.ErrorIs(t, err, errDifferences)
	assert.Equal(t, exitDifferences, exitCode(err))
	assert.Contains(t, out, "journals: journal collection/B7603245278/2025-10-01: does not balance: its postings sum to 0.01")
	assert.Contains(t, out, "the ledger is NOT whole")
	out, err = runLedger(t, "verify", at, "--json")
	require.ErrorIs(t, err, errDifferences)
	var report ledger.Report
	require.NoError(t, json.Unmarshal([]byte(out), &report))
	assert.False(t, report.OK())
	_, err = runLedger(t, "trial-balance", at)
	assert.ErrorIs(t, err, errDifferences)
}

// TestDailyTotalsShowEveryCharge: taxes, agricultural fees and coffee stand in the
// totals with the disposition they were posted with.
func TestDailyTotalsShowEveryCharge(t *testing.T) {
	t.Setenv("DATABASE_URL", "")
	db := ledgertest.NewDatabase(t)
	l, err := ledger.Open(t.Context(), ledger.Config{URL: db.Application})
	require.NoError(t, err)
	defer l.Close()
	batch := &ledger.Batch{}
	batch.Reset("day", 0)
	a := &assess.Assessment{}
	for i, c := range []struct {
		class       reference.Class
		disposition assess.Disposition
	}{{"001", assess.Due}, {"013", assess.Bonded}, {"016", assess.Due}, {"017", assess.Deferred}, {"108", assess.Due}, {"108", assess.NotDue}, {"500", assess.Due}, {"672", assess.Due}} {
		a.Charges = append(a.Charges, assess.Charge{Line: i + 1, Class: c.class, Amount: money.Cents(100 * (i + 1)), Disposition: c.disposition})
	}
	require.NoError(t, ledger.JournalFor(batch.Add(), &entry.Summary{Number: "B7603245278", Type: "01", Port: "4909"}, a, 20251001))
	_, err = l.PostBatch(t.Context(), batch)
	require.NoError(t, err)

	out, err := runLedger(t, "daily-totals", "--database="+db.Application)
	require.NoError(t, err)
	assert.Equal(t, [][]string{
		{"2025-10-01", "001", "D", "1", "1.00"}, {"2025-10-01", "013", "B", "1", "2.00"}, {"2025-10-01", "016", "D", "1", "3.00"}, {"2025-10-01", "017", "F", "1", "4.00"},
		{"2025-10-01", "108", "D", "1", "5.00"}, {"2025-10-01", "108", "N", "1", "6.00"}, {"2025-10-01", "500", "D", "1", "7.00"}, {"2025-10-01", "672", "D", "1", "8.00"},
	}, cells(out)[1:])
	out, err = runLedger(t, "trial-balance", "--database="+db.Application)
	require.NoError(t, err)
	assert.Regexp(t, `(?m)^ *1110 +24\.00 +0\.00 +24\.00 `, out)
	assert.Regexp(t, `(?m)^ *1325 +4\.00 +0\.00 +4\.00 +Taxes receivable`, out)
	assert.Regexp(t, `(?m)^ *5824\.017 +0\.00 +4\.00 +-4\.00 `, out)
	assert.Regexp(t, `(?m)^ *total +36\.00 +36\.00 +0\.00`, out)
}

// cells are the words of each line.
func cells(table string) [][]string {
	var out [][]string
	for line := range strings.Lines(table) {
		out = append(out, strings.Fields(line))
	}
	return out
}

func TestLedgerCommandErrors(t *testing.T) {
	t.Setenv("DATABASE_URL", "")
	for _, tc := range []struct {
		name string
		args []string
		want string
	}{
		{"no ledger named", []string{"verify"}, "set DATABASE_URL"},
		{"Postgres not reachable", []string{"verify", "--database=postgres://u:geheim@127.0.0.1:1/d?sslmode=disable"}, "database not reachable at 127.0.0.1:1/d"},
		{"no such folder", []string{"verify", "--dir=" + t.TempDir() + "/none"}, "looking for a private ledger"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := runLedger(t, tc.args...)
			require.ErrorContains(t, err, tc.want)
			assert.Equal(t, exitCouldNotRun, exitCode(err))
			assert.NotContains(t, err.Error(), "geheim")
		})
	}
}
