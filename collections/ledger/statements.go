package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"tidewaiter/collections/reference"
	"tidewaiter/collections/statement"
)

// SaveResult says what SaveStatements did.
type SaveResult struct {
	Done       bool // the same statements were there before, nothing was saved now
	Statements int
	Entries    int
}

// SaveStatements keeps the daily statements of a print date, all of them in one
// transaction. build hands each statement to emit, which does not keep it. The
// rows are held in memory until build is done, about 50 bytes an entry, so that
// no transaction is open while it works.
//
// The statements of a date are saved once: the same ones again have no effect,
// others are ErrStatementConflict. Like PostBatch it is safe to call again.
//
//	builder := statement.NewBuilder(tables, date, emit)
//	for due, err := range l.EntryDues(ctx, date) { … builder.Add(due) … }
//	return builder.Close()
func (l *Ledger) SaveStatements(ctx context.Context, date reference.Date, build func(emit func(*statement.Statement) error) error) (SaveResult, error) {
	doing := "saving the statements of " + date.String()
	rows := newStatementRows(date)
	if err := build(rows.add); err != nil {
		return SaveResult{}, fmt.Errorf("%s: %w", doing, err)
	}
	return attempt(ctx, l, doing, func() (result SaveResult, err error) {
		err = pgx.BeginFunc(ctx, l.pool, func(tx pgx.Tx) (err error) {
			result, err = rows.save(ctx, tx)
			return err
		})
		return result, err
	})
}

// statementRows are the rows of a date's statements, ready to be copied.
type statementRows struct {
	date                                 reference.Date
	statements, fees, entries, deferrals copyData
	count, feeCount, entryCnt, deferred  int
}

func newStatementRows(date reference.Date) *statementRows {
	r := &statementRows{date: date}
	r.statements.reset()
	r.fees.reset()
	r.entries.reset()
	r.deferrals.reset()
	return r
}

const statementColumns = `print_date, statement_number, processing_port, payment_type, filer_code, importer_number, client_branch,
	part_number, duty_amount, tax_amount, ad_amount, cvd_amount, fee_total, total_due, revenue_entries, nonrevenue_entries`

func (r *statementRows) add(s *statement.Statement) error {
	if s.PrintDate != r.date {
		return fmt.Errorf("statement %s is for %s", s.Number, s.PrintDate)
	}
	r.count++
	c := &r.statements
	c.row(16)
	c.date("print_date", s.PrintDate)
	c.text("statement_number", s.Number)
	c.text("processing_port", s.ProcessingPort)
	c.text("payment_type", paymentText(s.PaymentType))
	c.text("filer_code", s.Filer)
	c.text("importer_number", strings.TrimRight(s.Importer, " "))
	c.text("client_branch", strings.TrimRight(s.Branch, " "))
	c.int4("part_number", s.Part)
	for _, amount := range [...]int64{int64(s.Duty), int64(s.Tax), int64(s.AD), int64(s.CVD), int64(s.Fees), int64(s.Total)} {
		c.int8(amount)
	}
	c.int4("revenue_entries", s.Revenue)
	c.int4("nonrevenue_entries", s.NonRevenue)
	for _, f := range s.FeeList {
		r.feeCount++
		r.fees.row(4)
		r.fees.date("print_date", s.PrintDate)
		r.fees.text("statement_number", s.Number)
		r.fees.text("class", string(f.Class))
		r.fees.int8(int64(f.Amount))
	}
	for i, number := range s.Entries {
		r.entryCnt++
		r.entries.row(4)
		r.entries.date("print_date", s.PrintDate)
		r.entries.int4("ordinal", i+1)
		r.entries.text("statement_number", s.Number)
		r.entries.text("entry_number", string(number))
	}
	for _, d := range s.Deferrals {
		r.deferred++
		r.deferrals.row(5)
		r.deferrals.date("print_date", s.PrintDate)
		r.deferrals.text("statement_number", s.Number)
		r.deferrals.text("entry_number", string(d.Entry))
		r.deferrals.text("class", string(d.Class))
		r.deferrals.int8(int64(d.Amount))
	}
	return errors.Join(c.err, r.fees.err, r.entries.err, r.deferrals.err)
}

// hash is the SHA-256 of the rows. Deferrals count when there are any, so that
// days saved before there were deferrals keep their hash.
func (r *statementRows) hash() []byte {
	h := sha256.New()
	h.Write(r.statements.buf)
	h.Write(r.fees.buf)
	h.Write(r.entries.buf)
	if r.deferred > 0 {
		h.Write(r.deferrals.buf)
	}
	return h.Sum(nil)
}

// save looks under the date's lock whether it is done, and else copies all.
func (r *statementRows) save(ctx context.Context, tx pgx.Tx) (SaveResult, error) {
	result := SaveResult{Statements: r.count, Entries: r.entryCnt}
	hash := r.hash()
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('tidewaiter statements', $1))`, int64(r.date)); err != nil {
		return result, err
	}
	var before []byte
	err := tx.QueryRow(ctx, `SELECT content_hash FROM tidewaiter.statement_day WHERE print_date = $1`, r.date.Time()).Scan(&before)
	switch {
	case err == nil && bytes.Equal(before, hash):
		result.Done = true
		return result, nil
	case err == nil:
		return result, ErrStatementConflict
	case !errors.Is(err, pgx.ErrNoRows):
		return result, err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO tidewaiter.statement_day (print_date, content_hash, statements, entries) VALUES ($1, $2, $3, $4)`,
		r.date.Time(), hash, r.count, r.entryCnt); err != nil {
		return result, err
	}
	if err := copyRows(ctx, tx, "tidewaiter.statement", statementColumns, &r.statements, r.count); err != nil {
		return result, err
	}
	if err := copyRows(ctx, tx, "tidewaiter.statement_fee", "print_date, statement_number, class, amount", &r.fees, r.feeCount); err != nil {
		return result, err
	}
	if err := copyRows(ctx, tx, "tidewaiter.statement_entry", "print_date, ordinal, statement_number, entry_number", &r.entries, r.entryCnt); err != nil {
		return result, err
	}
	err = copyRows(ctx, tx, "tidewaiter.statement_deferral", "print_date, statement_number, entry_number, class, amount", &r.deferrals, r.deferred)
	return result, err
}
