package ledger_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/ledger"
)

// TestVerifyNamesWhatIsWrong is the negative control (engineering.md, "Crash and
// audit programme"): one row is corrupted past all guards, by a superuser, and
// Verify must name it.
func TestVerifyNamesWhatIsWrong(t *testing.T) {
	const silence = `SET session_replication_role = replica`
	type finding struct {
		check   ledger.Check
		subject string
		detail  string // part of it
	}
	b76 := string(number(t, "B76", 2))
	journal := "journal collection/" + b76 + "/2025-10-01"
	where := ` WHERE journal_id = (SELECT id FROM tidewaiter.journal WHERE entry_number = '` + b76 + `')`
	for _, tc := range []struct {
		name string
		sql  string
		want []finding
	}{
		{"an amount", `UPDATE tidewaiter.posting SET amount = amount - 1` + where + ` AND ordinal = 1`, []finding{
			{ledger.CheckJournals, journal, "does not balance: its postings sum to -0.01"},
			{ledger.CheckJournals, journal, "has other content"},
			{ledger.CheckBalance, "trial balance", "-0.01"},
			{ledger.CheckProgress, "chunk 0 of run day", "port 2704, class 001, payment type 2, disposition D, 2025-10-01 recorded 12 charges of 4200.66, the postings give 12 of 4200.67"},
			{ledger.CheckStatements, "statement 2726274001 of 2025-10-01", "duty is 210006, its entries' postings give 210007; total due is 220056, its entries' postings give 220057"},
		}},
		{"an amount moved between two charges: everything still sums up", `UPDATE tidewaiter.posting SET amount = amount + CASE ordinal WHEN 3 THEN 1 ELSE -1 END` + where + ` AND ordinal IN (3, 5)`, []finding{
			{ledger.CheckJournals, journal, "has other content"},
		}},
		{"a base value", `UPDATE tidewaiter.posting SET base_value = 1` + where + ` AND ordinal = 1`, []finding{{ledger.CheckJournals, journal, "has other content"}}},
		{"a rate date", `UPDATE tidewaiter.posting SET rate_date = '2025-10-01'` + where + ` AND ordinal = 1`, []finding{{ledger.CheckJournals, journal, "has other content"}}},
		{"the hash", `UPDATE tidewaiter.journal SET request_hash = sha256('') WHERE entry_number = '` + b76 + `'`, []finding{{ledger.CheckJournals, journal, "has other content"}}},
		{"an importer", `UPDATE tidewaiter.journal SET importer_number = 'someone else' WHERE entry_number = '` + b76 + `'`, []finding{{ledger.CheckJournals, journal, "has other content"}}},
		{"a posting is gone", `DELETE FROM tidewaiter.posting` + where + ` AND ordinal = 4`, []finding{
			{ledger.CheckJournals, journal, "was posted with 7 postings and has 6"},
			{ledger.CheckJournals, journal, "has other content"},
			{ledger.CheckProgress, "chunk 0 of run day", "recorded 9 journals with 58 postings, the ledger has 9 with 57"},
			{ledger.CheckProgress, "chunk 0 of run day", "class 001"},
		}},
		{"a journal is gone", `DELETE FROM tidewaiter.journal WHERE entry_number = '` + b76 + `'`, []finding{
			{ledger.CheckJournals, "posting of journal id", "has no journal"},
			{ledger.CheckProgress, "chunk 0 of run day", "recorded 9 journals"},
			{ledger.CheckStatements, "statement 2726274001 of 2025-10-01", "lists entry " + b76 + ", which has no journal"},
		}},
		{"a charge is doubled", `INSERT INTO tidewaiter.posting SELECT journal_id, amount, base_value, line, rate_date, ordinal + 7, account_id, class, disposition FROM tidewaiter.posting` + where + ` AND ordinal = 4`, []finding{
			{ledger.CheckJournals, journal, "was posted with 7 postings and has 8"},
			{ledger.CheckDuplicates, journal, "charges class 001 of line 2 twice"},
		}},
		{"an entry is collected twice", `WITH j AS (INSERT INTO tidewaiter.journal SELECT id + 1000, source_record, source_offset, posted_at, collection_date, posting_count, run_id, chunk, key || ' again',
				request_hash, kind, entry_number, entry_order, entry_type, port_of_entry, processing_port, importer_number, payment_type, statement_key, source_file
				FROM tidewaiter.journal WHERE entry_number = '` + b76 + `')
			INSERT INTO tidewaiter.posting SELECT journal_id + 1000, amount, base_value, line, rate_date, ordinal, account_id, class, disposition FROM tidewaiter.posting` + where, []finding{
			{ledger.CheckDuplicates, "entry " + b76, "is collected 2 times on 2025-10-01"},
			{ledger.CheckProgress, "chunk 0 of run day", "the ledger has 10"},
			{ledger.CheckStatements, "statement 2726274001 of 2025-10-01", "duty is"},
		}},
		{"a control total", `UPDATE tidewaiter.chunk_total SET amount = amount + 1 WHERE class = '012'`, []finding{
			{ledger.CheckProgress, "chunk 0 of run day", "class 012"}}},
		{"a control total is gone", `DELETE FROM tidewaiter.chunk_total WHERE class = '012'`, []finding{
			{ledger.CheckProgress, "chunk 0 of run day", "no control total of port 2704, class 012"}}},
		{"progress is gone", `DELETE FROM tidewaiter.chunk`, []finding{{ledger.CheckProgress, "chunk 0 of run id 1", "is not recorded as done and has 9 journals"}}},
		{"a statement's amount", `UPDATE tidewaiter.statement SET tax_amount = tax_amount + 1, total_due = total_due + 1 WHERE statement_number = '2726274002'`, []finding{
			{ledger.CheckStatements, "statement 2726274002 of 2025-10-01", "tax is 1, its entries' postings give 0"}}},
		{"a statement's fee list", `UPDATE tidewaiter.statement_fee SET class = '501' WHERE statement_number = '2726274002'`, []finding{
			{ledger.CheckStatements, "statement 2726274002 of 2025-10-01", "fee list is 501 10050, its entries' postings give 499 10050"}}},
		{"an entry is on no statement", `DELETE FROM tidewaiter.statement_entry WHERE entry_number = '` + b76 + `'`, []finding{
			{ledger.CheckStatements, "entry " + b76, "is on no statement of 2025-10-01"},
			{ledger.CheckStatements, "statement 2726274001", "revenue entries is 3, its entries' postings give 2"},
			{ledger.CheckStatements, "statements of 2025-10-01", "are 2 with 6 entries, saved were 2 with 7"},
		}},
		{"a guard is off", `ALTER TABLE tidewaiter.posting DISABLE TRIGGER check_posting`, []finding{
			{ledger.CheckGuards, "trigger check_posting on tidewaiter.posting", "is disabled"}}},
		{"a guard is gone", `DROP TRIGGER refuse_change ON tidewaiter.journal`, []finding{
			{ledger.CheckGuards, "trigger refuse_change on tidewaiter.journal", "is missing"}}},
		{"the application may change postings", `GRANT UPDATE ON tidewaiter.posting TO tidewaiter_app`, []finding{
			{ledger.CheckGuards, "role tidewaiter_app", "has the right to UPDATE tidewaiter.posting"}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l, db := open(t)
			postSome(t, l)
			_, err := l.SaveStatements(t.Context(), businessDate, build(t, l))
			require.NoError(t, err)
			requireWhole(t, l)

			require.NoError(t, sql(t, db.Superuser, silence, tc.sql))
			report, err := l.Verify(t.Context())
			require.NoError(t, err)
			assert.False(t, report.OK())
			for _, w := range tc.want {
				found := false
				for _, f := range report.Findings {
					found = found || f.Check == w.check && strings.Contains(f.Subject, w.subject) && strings.Contains(f.Detail, w.detail)
				}
				assert.True(t, found, "%s: %s: ...%s... is not among %v", w.check, w.subject, w.detail, report.Findings)
			}
		})
	}
}
