package ledger

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tidewaiter/collections/entry"
)

// Rejections reads the first entries, in file order, that a run could not post,
// at most limit.
func (l *Ledger) Rejections(ctx context.Context, run string, limit int) ([]Rejection, error) {
	doing := "reading the rejected entries of run " + run
	rows, err := l.pool.Query(ctx, `
		SELECT entry_number, line_number, source_file, source_record, source_offset, reason_code, field, value, message
		FROM tidewaiter.rejection JOIN tidewaiter.run ON run.id = rejection.run_id
		WHERE run.name = $1 ORDER BY chunk, ordinal LIMIT $2`, run, limit)
	if err != nil {
		return nil, l.explain(doing, err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r Rejection, err error) {
		var number string
		err = row.Scan(&number, &r.Line, &r.Source.File, &r.Source.Record, &r.Source.Offset, &r.Reason, &r.Field, &r.Value, &r.Message)
		r.Entry = entry.Number(number)
		return r, err
	})
	return found, l.explain(doing, err)
}
