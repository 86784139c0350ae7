package day

import (
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/fixtures/everyrule"
	"tidewaiter/fixtures/generate"
	"tidewaiter/workflows"
)

// ofTheDay reads one value of the ledger.
func ofTheDay[V any](t *testing.T, s *services, query string) V {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.stack.Postgres.AppURL())
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	var v V
	require.NoError(t, conn.QueryRow(t.Context(), query).Scan(&v))
	return v
}

// TestEveryChargePassesThroughTheDay takes every class code that an entry can
// owe, and deferred taxes, from the extract through assessment, ledger and
// statements: every record agrees with what the COBOL programs made of them, and
// nothing that is not due is in an amount due.
func TestEveryChargePassesThroughTheDay(t *testing.T) {
	if !LegacyCanRun() {
		t.Skip("GnuCOBOL (cobc) is not installed: apt-get install gnucobol3")
	}
	c := Config{Dir: dayFolder(t), Entries: 2500, Seed: 31, Date: generate.DefaultDate}
	tables, err := everyrule.Tables()
	require.NoError(t, err)
	_, err = generate.Day{Seed: c.Seed, Entries: c.Entries, Date: c.Date, EveryRule: true, Tables: tables}.Write(t.Context(), filepath.Join(c.Dir, dataFolder))
	require.NoError(t, err)
	runWith(t, c, tables, func(s *services, _ workflows.RunInput, r workflows.RunResult) {
		require.Empty(t, r.Day.Breaches)
		assert.Equal(t, "EQUAL", r.Comparison.Verdict, "%v", r.Comparison.Causes)
		assert.EqualValues(t, c.Entries, r.Day.Entries+r.Day.Rejected)
		classes := ofTheDay[[]string](t, s, `SELECT array_agg(DISTINCT class_code || disposition ORDER BY class_code || disposition) FROM tidewaiter.collection_detail`)
		for _, class := range assess.Classes() {
			assert.Contains(t, classes, string(class)+"D")
		}
		for _, tax := range []string{"016F", "017F", "018F", "022F"} {
			assert.Contains(t, classes, tax)
		}
		assert.Positive(t, ofTheDay[float64](t, s, `SELECT sum(deferred_tax)::float8 FROM tidewaiter.daily_statement`))
		assert.Greater(t, ofTheDay[int](t, s, `SELECT max(cardinality(fee_class)) FROM tidewaiter.daily_statement`), 5)
		assert.True(t, ofTheDay[bool](t, s, `SELECT (SELECT sum(amount) FROM tidewaiter.collection_detail WHERE disposition = 'D') =
			(SELECT sum(p.amount) * 0.01 FROM tidewaiter.posting p JOIN tidewaiter.account a ON a.id = p.account_id WHERE a.code = '1110')`),
			"undeposited collections are what is due and nothing else")
		assert.True(t, ofTheDay[bool](t, s, `SELECT (SELECT sum(deferred_tax) FROM tidewaiter.daily_statement) <=
			(SELECT sum(p.amount) * 0.01 FROM tidewaiter.posting p JOIN tidewaiter.account a ON a.id = p.account_id WHERE a.code = '1325')`))
	})
}
