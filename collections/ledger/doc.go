// Package ledger keeps the double-entry journal of collections in Postgres.
// It decides nothing about what is owed: it records, adds up, and proves that
// what it recorded is whole.
//
// # Words
//
//   - Journal: the postings of one event, here the collection of one entry. Its
//     business key ("collection/B7603245278/2025-10-01") stands for the event.
//   - Posting: an amount on an account, in integer cents; a debit is positive, a
//     credit negative. A posting with a disposition is a charge of the entry.
//   - Batch: the journals and rejections of one chunk of a run, posted together.
//   - Collection date: the business day. Posted at: when the database recorded it.
//
// # Promises
//
// A journal balances, and is complete: the database refuses any other
// (ErrUnbalanced), whoever inserts it. What is posted stays: UPDATE, DELETE and
// TRUNCATE are refused for every role (ErrAppendOnly), and the application's
// role is not even granted them.
//
// A business key has one effect. Posting it again with the same content changes
// nothing and says so; with different content it is a *KeyConflictError. A batch
// is one transaction: its journals, postings, rejections, control totals and the
// note that it is done are all there or none is. So a batch may be sent again
// after a lost answer, a killed program or by two workers at once.
//
// Each charge is one posting, zero amounts too, with its line, class,
// disposition, base value and rate date: the collection detail is read back from
// the ledger exactly as it was posted. What balances it depends on whether it is
// owed, and when:
//
//   - D, due: undeposited collections (1110). Only these are in the amount due of
//     a statement and in the control totals.
//   - F, deferred internal revenue tax: taxes receivable (1325). It is owed, and
//     billed after its semi-monthly period (19 CFR 24.4); the statement names it
//     beside its amounts (PF, Q1 and Q3 records).
//   - B, bonded, and N, not due now (warehouse, temporary importation): memorandum
//     contra accounts (9199, 9299). Nobody owes them yet.
//
// Every class code of the reference tables has an account (tables/accounts.csv):
// 499, 311 and the other user fees for the Customs User Fee Account, 501 for the
// Harbor Maintenance Trust Fund, agricultural fees for their commodity boards,
// taxes and duties for the general fund. The numbers are from general knowledge
// and marked so; replace them by those of one's own chart.
//
// # Views
//
// tidewaiter.collection_detail, tidewaiter.daily_statement,
// tidewaiter.control_total and tidewaiter.rejected_entry have the columns of the
// copybooks COLREC, STMREC, CTLREC and REJREC: lower case, without prefix, dates
// as 8 digits, amounts with two decimals. tidewaiter.daily_statement_entry lists
// the entries of each statement with their deferred tax. They come in no order.
//
// # Maintenance
//
// Migrations go forward only. A repair that no reversal can express is done by a
// database superuser in a session with session_replication_role = replica, which
// silences the guards, or by the owner with ALTER TABLE ... DISABLE TRIGGER.
// Verify names a guard that is off and every row whose content no longer has the
// hash it was posted with.
//
// # Use
//
//	if err := ledger.Migrate(ctx, ownerURL); err != nil { … }
//	l, err := ledger.Open(ctx, ledger.Config{URL: appURL})
//	defer l.Close()
//	batch := &ledger.Batch{}
//	batch.Reset("2025-10-01", chunk)
//	err = ledger.JournalFor(batch.Add(), &summary, &assessment, businessDate)
//	result, err := l.PostBatch(ctx, batch)
package ledger
