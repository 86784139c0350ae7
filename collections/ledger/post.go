package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// PostBatch posts a chunk in one transaction: its journals with their postings,
// its rejections, its control totals, and the note that the chunk is done. All
// are there or none is.
//
// It is exactly-once in effect. A chunk that is done is not posted again
// (BatchResult.Done); two workers with the same chunk wait for each other. When
// sessions collide or the connection breaks, so that the outcome is unknown, the
// batch is sent again, a few times (Config.Attempts). An error therefore says
// that nothing is known to be posted; calling again is always safe.
//
// Errors: *KeyConflictError, ErrChunkConflict, ErrUnbalanced, ErrUnreachable.
func (l *Ledger) PostBatch(ctx context.Context, b *Batch) (BatchResult, error) {
	doing := fmt.Sprintf("posting chunk %d of run %s", b.Chunk, b.Run)
	w := l.writers.Get().(*writer)
	defer l.writers.Put(w)
	hash := w.hash(b)
	return attempt(ctx, l, doing, func() (BatchResult, error) { return l.postOnce(ctx, b, w, hash) })
}

func (l *Ledger) postOnce(ctx context.Context, b *Batch, w *writer, hash [sha256.Size]byte) (BatchResult, error) {
	run, err := l.runID(ctx, b.Run)
	if err != nil {
		return BatchResult{}, err
	}
	var result BatchResult
	err = pgx.BeginFunc(ctx, l.pool, func(tx pgx.Tx) error {
		var err error
		result, err = l.postIn(ctx, tx, b, w, run, hash)
		return err
	})
	return result, err
}

// runID finds or makes the run, in a transaction of its own: inside a batch's,
// the first two chunks of a run would wait for each other.
func (l *Ledger) runID(ctx context.Context, name string) (int32, error) {
	if id, ok := l.runs.Load(name); ok {
		return id.(int32), nil
	}
	var id int32
	const find = `SELECT id FROM tidewaiter.run WHERE name = $1`
	err := l.pool.QueryRow(ctx, find, name).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		if _, err := l.pool.Exec(ctx, `INSERT INTO tidewaiter.run (name) VALUES ($1) ON CONFLICT (name) DO NOTHING`, name); err != nil {
			return 0, err
		}
		err = l.pool.QueryRow(ctx, find, name).Scan(&id)
	}
	if err != nil {
		return 0, err
	}
	l.runs.Store(name, id)
	return id, nil
}

func (l *Ledger) postIn(ctx context.Context, tx pgx.Tx, b *Batch, w *writer, run int32, hash [sha256.Size]byte) (BatchResult, error) {
	done, err := chunkDone(ctx, tx, b, run, hash)
	if err != nil || done.Done {
		return done, err
	}
	known, err := knownKeys(ctx, tx, w.keys)
	if err != nil {
		return BatchResult{}, err
	}
	already, conflicts := w.sortOut(b, known)
	if len(conflicts) > 0 && !b.RejectConflicts {
		return BatchResult{}, &KeyConflictError{Conflicts: conflicts}
	}
	ids, err := takeIDs(ctx, tx, len(b.Journals)-already-len(conflicts))
	if err != nil {
		return BatchResult{}, err
	}
	if err := w.write(l, b, run, ids, conflicts); err != nil {
		return BatchResult{}, err
	}
	result := BatchResult{Posted: w.posted, AlreadyPosted: already, Postings: w.rows, Rejected: w.rejected, Conflicts: conflicts}
	if err := insertJournals(ctx, tx, w); err != nil {
		return BatchResult{}, err
	}
	_, err = tx.Exec(ctx, `INSERT INTO tidewaiter.chunk (run_id, chunk, content_hash, journals, already_posted, postings, rejections)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, run, b.Chunk, hash[:], result.Posted, already, result.Postings, result.Rejected)
	if err != nil {
		return BatchResult{}, err
	}
	if err := copyRows(ctx, tx, "tidewaiter.chunk_total", "run_id, chunk, collection_date, port_of_entry, class, payment_type, disposition, charge_count, amount", &w.totals, len(w.sums)); err != nil {
		return BatchResult{}, err
	}
	err = copyRows(ctx, tx, "tidewaiter.rejection", "run_id, chunk, ordinal, entry_number, line_number, source_file, source_record, source_offset, reason_code, field, value, message", &w.rejections, w.rejected)
	return result, err
}

// chunkDone takes the chunk's lock, which lasts until the transaction ends, and
// only then looks whether it is done: the look sees what the session that held
// the lock committed.
func chunkDone(ctx context.Context, tx pgx.Tx, b *Batch, run int32, hash [sha256.Size]byte) (BatchResult, error) {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('tidewaiter chunk', $1::bigint << 32 | $2))`, run, b.Chunk); err != nil {
		return BatchResult{}, err
	}
	var r BatchResult
	var before []byte
	err := tx.QueryRow(ctx, `SELECT content_hash, journals, already_posted, postings, rejections FROM tidewaiter.chunk
		WHERE run_id = $1 AND chunk = $2`, run, b.Chunk).Scan(&before, &r.Posted, &r.AlreadyPosted, &r.Postings, &r.Rejected)
	if errors.Is(err, pgx.ErrNoRows) {
		return BatchResult{}, nil
	}
	if err != nil {
		return BatchResult{}, err
	}
	if !bytes.Equal(before, hash[:]) {
		return BatchResult{}, fmt.Errorf("%w; give a new run name for other input", ErrChunkConflict)
	}
	r.Done = true
	return r, nil
}

// knownKeys gives the content hashes of the keys that are posted, by their index.
// The lateral subquery with OFFSET keeps the planner to one index look-up a key:
// it has no statistics on a ledger that is being filled for the first time.
func knownKeys(ctx context.Context, tx pgx.Tx, keys []string) (map[int][sha256.Size]byte, error) {
	rows, err := tx.Query(ctx, `SELECT k.n, j.request_hash FROM unnest($1::text[]) WITH ORDINALITY k (key, n)
		CROSS JOIN LATERAL (SELECT request_hash FROM tidewaiter.journal WHERE journal.key = k.key OFFSET 0) j`, keys)
	if err != nil {
		return nil, err
	}
	known := make(map[int][sha256.Size]byte)
	var n int
	var hash []byte
	_, err = pgx.ForEachRow(rows, []any{&n, &hash}, func() error {
		known[n-1] = [sha256.Size]byte(hash)
		return nil
	})
	return known, err
}

// takeIDs takes ids for n journals. Ids of a transaction that fails are lost;
// the sequence has gaps, and nothing is read from them.
func takeIDs(ctx context.Context, tx pgx.Tx, n int) ([]int64, error) {
	if n == 0 {
		return nil, nil
	}
	rows, err := tx.Query(ctx, `SELECT nextval('tidewaiter.journal_id') FROM generate_series(1, $1)`, n)
	if err != nil {
		return nil, err
	}
	return pgx.AppendRows(make([]int64, 0, n), rows, pgx.RowTo[int64])
}

const makeStaging = `CREATE TEMPORARY TABLE IF NOT EXISTS staged_journal ON COMMIT DELETE ROWS AS
		SELECT ` + journalColumns + ` FROM tidewaiter.journal WITH NO DATA;
	CREATE TEMPORARY TABLE IF NOT EXISTS staged_posting ON COMMIT DELETE ROWS AS
		SELECT ` + postingColumns + ` FROM tidewaiter.posting WITH NO DATA`

// postStaged is one statement, because the guards look at journals and postings
// together when it ends.
const postStaged = `WITH journals AS (
		INSERT INTO tidewaiter.journal (` + journalColumns + `) SELECT ` + journalColumns + ` FROM pg_temp.staged_journal
	)
	INSERT INTO tidewaiter.posting (` + postingColumns + `) SELECT ` + postingColumns + ` FROM pg_temp.staged_posting`

// insertJournals streams the rows into staging tables of the session, which are
// in memory and not logged, and inserts them from there.
func insertJournals(ctx context.Context, tx pgx.Tx, w *writer) error {
	if w.posted == 0 {
		return nil
	}
	// Making the tables is part of the transaction; CustomData cannot tell
	// whether that transaction was rolled back, so the server is asked.
	if _, err := tx.Exec(ctx, makeStaging, pgx.QueryExecModeSimpleProtocol); err != nil {
		return err
	}
	if err := copyRows(ctx, tx, "pg_temp.staged_journal", journalColumns, &w.journals, w.posted); err != nil {
		return err
	}
	if err := copyRows(ctx, tx, "pg_temp.staged_posting", postingColumns, &w.postings, w.rows); err != nil {
		return err
	}
	tag, err := tx.Exec(ctx, postStaged)
	if err != nil {
		return err
	}
	if n := tag.RowsAffected(); n != int64(w.rows) {
		return fmt.Errorf("%d postings were sent and %d arrived", w.rows, n)
	}
	return nil
}

// copyRows sends the rows of a buffer to a table.
func copyRows(ctx context.Context, tx pgx.Tx, table, columns string, c *copyData, rows int) error {
	data, err := c.finish()
	if err != nil || rows == 0 {
		return err
	}
	tag, err := tx.Conn().PgConn().CopyFrom(ctx, bytes.NewReader(data), "COPY "+table+" ("+columns+") FROM STDIN (FORMAT binary)")
	if err != nil {
		return err
	}
	if n := tag.RowsAffected(); n != int64(rows) {
		return fmt.Errorf("copying to %s: %d rows were sent and %d arrived", table, rows, n)
	}
	return nil
}
