// Package ledgertest lends tests a real Postgres server: one private cluster a
// test program, started by its TestMain, and a fresh database with the ledger's
// schema for each test that asks. Nothing is mocked and nothing skipped: without
// Postgres on the machine the tests fail and say what to install.
//
//	func TestMain(m *testing.M) { ledgertest.Main(m) }
//
//	func TestPosting(t *testing.T) {
//		db := ledgertest.NewDatabase(t)
//		l, err := ledger.Open(t.Context(), ledger.Config{URL: db.Application})
//		…
//	}
package ledgertest
