package ledger_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/ledger"
)

// One journal in SQL, as anyone with the password might write it.
const (
	journalRow = `INSERT INTO tidewaiter.journal (id, source_record, source_offset, collection_date, posting_count, run_id, chunk, key, request_hash,
		kind, entry_number, entry_order, entry_type, port_of_entry, processing_port, importer_number, payment_type, source_file)
		VALUES (1000001, 1, 0, '2025-10-01', 2, 1, 0, 'by hand', sha256('x'), 'collection', 'B7600000019', '\x00', '01', '2704', '2704', '', '2', 'f')`
	postingRows  = `INSERT INTO tidewaiter.posting (journal_id, amount, ordinal, account_id) VALUES `
	balancedRows = postingRows + `(1000001, 500, 1, 1), (1000001, -500, 2, 2)`
)

func together(journal, postings string) string {
	return "WITH j AS (" + journal + ") " + postings
}

func TestDatabaseRefuses(t *testing.T) {
	l, db := open(t)
	var b ledger.Batch
	fill(t, &b, "day", 0, 1, 2)
	_, err := l.PostBatch(t.Context(), &b)
	require.NoError(t, err)

	const denied = "permission denied"
	for _, tc := range []struct {
		name  string
		sql   []string
		app   string // what the application role is told, "" when it is allowed
		owner string // what the owner is told, and a superuser
	}{
		{"UPDATE of a posting", []string{`UPDATE tidewaiter.posting SET amount = amount`}, denied, "UPDATE of tidewaiter.posting is refused"},
		{"DELETE of a posting", []string{`DELETE FROM tidewaiter.posting WHERE false`}, denied, "DELETE of tidewaiter.posting is refused"},
		{"TRUNCATE of postings", []string{`TRUNCATE tidewaiter.posting`}, denied, "TRUNCATE of tidewaiter.posting is refused"},
		{"UPDATE of a journal", []string{`UPDATE tidewaiter.journal SET collection_date = collection_date + 1`}, denied, "UPDATE of tidewaiter.journal is refused"},
		{"DELETE of a journal", []string{`DELETE FROM tidewaiter.journal`}, denied, "DELETE of tidewaiter.journal is refused"},
		{"TRUNCATE of journals", []string{`TRUNCATE tidewaiter.journal CASCADE`}, denied, "TRUNCATE of tidewaiter.journal is refused"},
		{"change by upsert", []string{`INSERT INTO tidewaiter.posting (journal_id, amount, ordinal, account_id) VALUES (1, 0, 1, 1)
			ON CONFLICT (journal_id, ordinal) DO UPDATE SET amount = 1`}, denied, "UPDATE of tidewaiter.posting is refused"},
		{"UPDATE of progress", []string{`UPDATE tidewaiter.chunk SET journals = 0`}, denied, "UPDATE of tidewaiter.chunk is refused"},
		{"DELETE of an account", []string{`DELETE FROM tidewaiter.account`}, denied, "DELETE of tidewaiter.account is refused"},
		{"journal without postings", []string{journalRow}, "has no postings", "has no postings"},
		{"postings without journal", []string{balancedRows}, "does not exist", "does not exist"},
		{"journal and postings in two statements", []string{"BEGIN", journalRow, balancedRows, "COMMIT"}, "has no postings", "has no postings"},
		{"journal that does not balance", []string{together(journalRow, postingRows+`(1000001, 500, 1, 1), (1000001, -499, 2, 2)`)},
			"journal by hand does not balance: its postings sum to 1 cents", "does not balance"},
		{"two journals that balance only together", []string{together(journalRow, postingRows+`(1000001, 500, 1, 1), (1000001, -400, 2, 2), (1, -100, 8, 1)`)}, "does not balance", "does not balance"},
		{"more postings for a posted journal", []string{postingRows + `(1, 500, 8, 1), (1, -500, 9, 2)`}, "announces 7 postings and one statement inserted 2", "announces 7"},
		{"as many postings again for a posted journal", []string{postingRows + `(1,0,1,1),(1,0,2,1),(1,0,3,1),(1,0,4,1),(1,0,5,1),(1,0,6,1),(1,0,7,1)`}, "duplicate key", "duplicate key"},
		{"fewer postings than announced", []string{together(journalRow, postingRows+`(1000001, 0, 1, 1)`)}, "announces 2 postings and one statement inserted 1", "announces 2"},
		{"postings not numbered from 1", []string{together(journalRow, postingRows+`(1000001, 5, 2, 1), (1000001, -5, 3, 1)`)}, "announces 2", "announces 2"},
		{"account that does not exist", []string{together(journalRow, postingRows+`(1000001, 500, 1, 1), (1000001, -500, 2, 999)`)}, "no account has the id 999", "no account"},
		{"time of posting chosen by the application", []string{`INSERT INTO tidewaiter.run (name, created_at) VALUES ('x', '2020-01-01')`}, denied, ""},
		{"tables made by the application", []string{`CREATE TABLE tidewaiter.mine (n int)`, `DROP TABLE tidewaiter.mine`}, denied, ""},
		{"guards switched off by the application", []string{`ALTER TABLE tidewaiter.posting DISABLE TRIGGER ALL`, `ALTER TABLE tidewaiter.posting ENABLE TRIGGER ALL`}, "must be owner", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for who, url := range map[string]string{"application": db.Application, "owner": db.Owner, "superuser": db.Superuser} {
				want := tc.owner
				if who == "application" {
					want = tc.app
				}
				if want != "" {
					assert.ErrorContains(t, sql(t, url, tc.sql...), want, who)
				} else if who == "owner" && tc.owner == "" && tc.name != "guards switched off by the application" {
					assert.NoError(t, sql(t, url, tc.sql...), who)
				}
			}
		})
	}
	requireWhole(t, l)
	assert.Equal(t, int64(14), value[int64](t, db.Application, `SELECT count(*) FROM tidewaiter.posting`))
}

func TestDatabaseAcceptsAWholeJournal(t *testing.T) {
	_, db := open(t)
	require.NoError(t, sql(t, db.Application, together(journalRow, balancedRows)))
	assert.Equal(t, int64(0), value[int64](t, db.Application, `SELECT sum(amount) FROM tidewaiter.posting`))
}

// TestDatabaseBalancesEveryJournal inserts random journals past the Go code: the
// database takes exactly those whose postings sum to zero.
func TestDatabaseBalancesEveryJournal(t *testing.T) {
	l, db := open(t)
	conn, err := pgx.Connect(t.Context(), db.Application)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	id := int64(1 << 40)
	rapid.Check(t, func(r *rapid.T) {
		amounts := rapid.SliceOfN(rapid.Int64Range(-1_000_000_000_000, 1_000_000_000_000), 1, 40).Draw(r, "amounts")
		if rapid.Bool().Draw(r, "balanced") {
			var rest int64
			for _, a := range amounts {
				rest -= a
			}
			amounts = append(amounts, rest)
		}
		var sum int64
		for _, a := range amounts {
			sum += a
		}
		id++
		_, err := conn.Exec(t.Context(), `WITH j AS (
				INSERT INTO tidewaiter.journal (id, source_record, source_offset, collection_date, posting_count, run_id, chunk, key, request_hash,
					kind, entry_number, entry_order, entry_type, port_of_entry, processing_port, importer_number, payment_type, source_file)
				VALUES ($1::bigint, 1, 0, '2025-10-01', cardinality($2::bigint[]), 1, 0, 'random ' || $1::bigint, sha256('x'), 'collection', 'E' || $1::bigint, '\x00', '01', '2704', '2704', '', '2', 'f'))
			INSERT INTO tidewaiter.posting (journal_id, amount, ordinal, account_id) SELECT $1::bigint, a, n, 1 FROM unnest($2::bigint[]) WITH ORDINALITY u (a, n)`, id, amounts)
		if accepted := err == nil; accepted != (sum == 0) {
			r.Fatalf("postings summing to %d: %v", sum, err)
		}
	})
	report, err := l.Verify(t.Context())
	require.NoError(t, err)
	assert.Zero(t, report.Count[ledger.CheckBalance])
	assert.Positive(t, report.Journals)
}

func TestApplicationRoleIsTaken(t *testing.T) {
	_, db := open(t)
	l := openIn(t, ledger.Config{URL: db.Superuser}) // a database of the user's own may know one role only
	var b ledger.Batch
	fill(t, &b, "day", 0, 1, 1)
	_, err := l.PostBatch(t.Context(), &b)
	require.NoError(t, err)
	assert.Equal(t, "tidewaiter_app", value[string](t, db.Superuser, `SELECT relowner::regrole::text FROM pg_class WHERE relname = 'staged_posting'`))
	requireWhole(t, l)
}
