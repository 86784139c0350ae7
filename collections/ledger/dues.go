package ledger

import (
	"context"
	"encoding/binary"
	"iter"
	"slices"

	"github.com/jackc/pgx/v5"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
	"tidewaiter/collections/statement"
)

// selectDues reads the due charges and the deferred taxes of a date in the order
// of the statements. The journals are sorted and each one's charges looked up by
// the primary key, so that nine million postings are never sorted.
const selectDues = `SELECT j.id, j.statement_key, j.entry_number, p.class, -p.amount, p.disposition
	FROM (SELECT id, statement_key, entry_order, entry_number FROM tidewaiter.journal
	      WHERE collection_date = $1 AND statement_key IS NOT NULL AND kind = 'collection'
	      ORDER BY statement_key, entry_order, id OFFSET 0) j
	LEFT JOIN tidewaiter.posting p ON p.journal_id = j.id AND p.disposition IN ('D', 'F')
	ORDER BY j.statement_key, j.entry_order, j.id`

// lookUpOnly keeps the planner to that, whatever it believes about the tables.
const lookUpOnly = `SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_bitmapscan = off`

// EntryDues streams what each entry brings to the daily statements of a date, in
// the order the statement builder needs: by statement key, then by entry number
// in EBCDIC. An entry with nothing due comes with no amounts; a tax whose payment
// is deferred comes beside them. The EntryDue is used again for the next one;
// after an error nothing follows.
func (l *Ledger) EntryDues(ctx context.Context, date reference.Date) iter.Seq2[*statement.EntryDue, error] {
	return func(yield func(*statement.EntryDue, error) bool) {
		doing := "reading the entries due on " + date.String()
		if err := l.refreshStatistics(ctx); err != nil {
			yield(nil, l.explain(doing, err))
			return
		}
		more := true
		err := pgx.BeginTxFunc(ctx, l.pool, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, lookUpOnly); err != nil {
				return err
			}
			rows, err := tx.Query(ctx, selectDues, date.Time())
			if err != nil {
				return err
			}
			defer rows.Close()
			more = streamDues(rows, func(d *statement.EntryDue) bool { return yield(d, nil) })
			if !more {
				return nil // the reader stopped; what the connection still holds is not its concern
			}
			return rows.Err()
		})
		if err != nil && more {
			yield(nil, l.explain(doing, err))
		}
	}
}

// refreshStatistics lets the planner see what was posted since autovacuum last
// looked: about a second for a full day. Reads of the whole ledger begin with it.
func (l *Ledger) refreshStatistics(ctx context.Context) error {
	_, err := l.pool.Exec(ctx, `SELECT tidewaiter.refresh_statistics()`)
	return err
}

// streamDues adds up the charges of each journal by class and gives one EntryDue
// a journal. It reports whether give wanted all of them.
func streamDues(rows pgx.Rows, give func(*statement.EntryDue) bool) bool {
	var due statement.EntryDue
	var journal int64
	for rows.Next() {
		v := rows.RawValues() // id, key, entry, class, amount, disposition
		id := int64(binary.BigEndian.Uint64(v[0]))
		if id != journal {
			if journal != 0 && !give(&due) {
				return false
			}
			journal = id
			due.Key = append(due.Key[:0], v[1]...)
			due.Entry = entry.Number(v[2])
			due.Amounts, due.Deferred = due.Amounts[:0], due.Deferred[:0]
		}
		if v[3] == nil { // an entry with nothing due has one row without a charge
			continue
		}
		list := &due.Amounts
		if v[5][0] == byte(assess.Deferred) {
			list = &due.Deferred
		}
		*list = addDue(*list, className(v[3]), money.Cents(binary.BigEndian.Uint64(v[4])))
	}
	if journal == 0 || rows.Err() != nil {
		return true
	}
	return give(&due)
}

// addDue keeps the amounts ascending by class, each class once.
func addDue(amounts []statement.ClassAmount, class reference.Class, amount money.Cents) []statement.ClassAmount {
	i := 0
	for ; i < len(amounts) && amounts[i].Class <= class; i++ {
		if amounts[i].Class == class {
			amounts[i].Amount += amount
			return amounts
		}
	}
	return slices.Insert(amounts, i, statement.ClassAmount{Class: class, Amount: amount})
}

// className gives the class codes that most assessments have without an
// allocation.
func className(b []byte) reference.Class {
	for _, c := range [...]reference.Class{
		reference.ClassDuty, reference.ClassMPF, reference.ClassHMF, reference.ClassInformalFee,
		reference.ClassAntidumping, reference.ClassCountervailing,
	} {
		if string(b) == string(c) {
			return c
		}
	}
	return reference.Class(b)
}
