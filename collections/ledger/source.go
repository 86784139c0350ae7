package ledger

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// ErrNotPosted is returned when the ledger has no journal for an entry.
var ErrNotPosted = errors.New("the entry is not posted")

// EntrySource says where the entry summary stands that was posted for a
// collection date: the way back from a posting to the legacy record.
func (l *Ledger) EntrySource(ctx context.Context, number entry.Number, date reference.Date) (entry.Source, error) {
	var s entry.Source
	err := l.pool.QueryRow(ctx,
		`SELECT source_file, source_record, source_offset FROM tidewaiter.journal WHERE key = $1`,
		collectionKey(number, date)).Scan(&s.File, &s.Record, &s.Offset)
	if errors.Is(err, pgx.ErrNoRows) {
		return s, fmt.Errorf("entry %s, collection date %s: %w", number, date, ErrNotPosted)
	}
	if err != nil {
		return s, l.explain("finding where entry "+string(number)+" stands", err)
	}
	return s, nil
}
