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
// the ledger exactly as it was posted. Due charges are balanced by undeposited
// collections, bonded ones and those not due now by memorandum contra accounts.
//
// # Views
//
// tidewaiter.collection_detail, tidewaiter.daily_statement,
// tidewaiter.control_total and tidewaiter.rejected_entry have the columns of the
// copybooks COLREC, STMREC, CTLREC and REJREC: lower case, without prefix, dates
// as 8 digits, amounts with two decimals. They come in no order.
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
