package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"iter"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
	"tidewaiter/collections/statement"
)

// selectDues reads the entries of a date in the order of the statements. The
// journals are sorted first and each one's due charges looked up by the primary
// key, so that nine million postings are never sorted.
const selectDues = `SELECT j.statement_key, j.entry_number, c.class, c.amount
	FROM (SELECT id, statement_key, entry_order, entry_number FROM tidewaiter.journal
	      WHERE collection_date = $1 AND statement_key IS NOT NULL AND kind = 'collection'
	      ORDER BY statement_key, entry_order, id OFFSET 0) j
	LEFT JOIN LATERAL (SELECT class, -sum(amount)::bigint AS amount FROM tidewaiter.posting
	                   WHERE journal_id = j.id AND disposition = 'D' GROUP BY class) c ON true
	ORDER BY j.statement_key, j.entry_order, j.id, c.class`

// EntryDues streams what each entry brings to the daily statements of a date, in
// the order the statement builder needs: by statement key, then by entry number
// in EBCDIC. An entry with nothing due comes with no amounts. The EntryDue is
// used again for the next one; after an error nothing follows.
func (l *Ledger) EntryDues(ctx context.Context, date reference.Date) iter.Seq2[*statement.EntryDue, error] {
	return func(yield func(*statement.EntryDue, error) bool) {
		doing := "reading the entries due on " + date.String()
		rows, err := l.pool.Query(ctx, selectDues, date.Time())
		if err != nil {
			yield(nil, l.explain(doing, err))
			return
		}
		defer rows.Close()
		var due statement.EntryDue
		for rows.Next() {
			v := rows.RawValues() // key, entry, class, amount
			if !bytes.Equal(v[0], due.Key) || string(v[1]) != string(due.Entry) {
				if due.Entry != "" && !yield(&due, nil) {
					return
				}
				due.Key = append(due.Key[:0], v[0]...)
				due.Entry = entry.Number(v[1])
				due.Amounts = due.Amounts[:0]
			}
			if v[2] == nil {
				continue
			}
			amount, err := rawInt8(v[3])
			if err != nil {
				yield(nil, fmt.Errorf("%s: entry %s: %w", doing, due.Entry, err))
				return
			}
			due.Amounts = append(due.Amounts, statement.ClassAmount{Class: className(v[2]), Amount: money.Cents(amount)})
		}
		if err := rows.Err(); err != nil {
			yield(nil, l.explain(doing, err))
			return
		}
		if due.Entry != "" {
			yield(&due, nil)
		}
	}
}

// rawInt8 reads a bigint in Postgres's binary form.
func rawInt8(b []byte) (int64, error) {
	if len(b) != 8 {
		return 0, fmt.Errorf("a bigint of %d bytes came from the database", len(b))
	}
	return int64(binary.BigEndian.Uint64(b)), nil
}

// className gives the class codes of assessments without an allocation.
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
