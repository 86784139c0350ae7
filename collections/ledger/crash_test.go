package ledger_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/ledger"
)

const (
	crashChunks = 20
	crashSize   = 100
)

// postDay posts the day of the crash tests, chunk by chunk.
func postDay(ctx context.Context, t *testing.T, l *ledger.Ledger) error {
	var b ledger.Batch
	for chunk := range crashChunks {
		fill(t, &b, "day", chunk, chunk*crashSize, crashSize)
		if _, err := l.PostBatch(ctx, &b); err != nil {
			return err
		}
	}
	return nil
}

// requireTheDay compares the ledger with what an undisturbed run would hold,
// added up from the entries themselves.
func requireTheDay(t *testing.T, l *ledger.Ledger, url string) {
	t.Helper()
	report := requireWhole(t, l)
	assert.Equal(t, int64(crashChunks*crashSize), report.Journals)
	assert.Equal(t, int64(crashChunks*crashSize*7), report.Postings)
	due := int64(0)
	for i := range crashChunks * crashSize {
		due += 70000 + 3464 - 114 + int64(i)
	}
	assert.Equal(t, due, value[int64](t, url, `SELECT sum(amount)::bigint FROM tidewaiter.posting p JOIN tidewaiter.account a ON a.id = p.account_id WHERE a.code = '1110'`))
}

// TestServerEndsSessions ends the poster's sessions in the middle, again and
// again. PostBatch sends the batch again by itself; what it gives up on, the
// caller may send again.
func TestServerEndsSessions(t *testing.T) {
	l, db := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	kills := 0
	wg.Go(func() {
		conn, err := pgx.Connect(ctx, db.Superuser)
		if !assert.NoError(t, err) {
			return
		}
		defer func() { _ = conn.Close(context.Background()) }()
		for ctx.Err() == nil {
			var n int
			if conn.QueryRow(ctx, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
				WHERE datname = current_database() AND application_name = 'tidewaiter ledger' AND state <> 'idle'`).Scan(&n) == nil {
				kills += n
			}
			select {
			case <-ctx.Done():
			case <-time.After(time.Duration(5+rand.IntN(60)) * time.Millisecond):
			}
		}
	})
	for attempt := 0; ; attempt++ {
		err := postDay(t.Context(), t, l)
		if err == nil {
			break
		}
		t.Logf("attempt %d: %v", attempt, err)
		if attempt == 5 {
			cancel() // enough; let the rest through
		}
		require.Less(t, attempt, 50)
	}
	cancel()
	wg.Wait()
	assert.Positive(t, kills, "no session was ended in the middle")
	requireTheDay(t, l, db.Application)
}

// TestOneAttemptReportsTheLoss switches the retries off: the caller learns that
// the outcome is unknown, and sending the batch again is safe.
func TestOneAttemptReportsTheLoss(t *testing.T) {
	_, db := open(t)
	l := openIn(t, ledger.Config{URL: db.Application, Attempts: 1})
	// Another session holds the chunk's lock, so that the poster waits inside its
	// transaction until it is ended.
	holder, err := pgx.Connect(t.Context(), db.Superuser)
	require.NoError(t, err)
	defer func() { _ = holder.Close(t.Context()) }()
	var b ledger.Batch
	fill(t, &b, "day", 7, 1, 10)
	_, err = holder.Exec(t.Context(), `BEGIN; LOCK TABLE tidewaiter.chunk IN ACCESS EXCLUSIVE MODE`)
	require.NoError(t, err)
	failed := make(chan error, 1)
	go func() {
		_, err := l.PostBatch(context.Background(), &b)
		failed <- err
	}()
	require.Eventually(t, func() bool {
		var n int
		err := holder.QueryRow(t.Context(), `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE datname = current_database() AND application_name = 'tidewaiter ledger' AND wait_event_type = 'Lock'`).Scan(&n)
		return err == nil && n == 1
	}, 10*time.Second, 20*time.Millisecond)
	require.ErrorContains(t, <-failed, "posting chunk 7 of run day")
	_, err = holder.Exec(t.Context(), `ROLLBACK`)
	require.NoError(t, err)
	r, err := l.PostBatch(t.Context(), &b)
	require.NoError(t, err)
	assert.Equal(t, 10, r.Posted)
	requireWhole(t, l)
}

// TestKilledPoster kills a program that posts the day with SIGKILL at random
// moments, starts it again each time, and finds the same ledger to the cent.
func TestKilledPoster(t *testing.T) {
	if url := os.Getenv("TIDEWAITER_TEST_POSTER"); url != "" {
		require.NoError(t, postDay(t.Context(), t, openIn(t, ledger.Config{URL: url})))
		fmt.Println("posted all")
		return
	}
	l, db := open(t)
	kills := 0
	for attempt := 0; ; attempt++ {
		require.Less(t, attempt, 100)
		poster := exec.Command(os.Args[0], "-test.run=^TestKilledPoster$")
		poster.Env = append(os.Environ(), "TIDEWAITER_TEST_POSTER="+db.Application)
		require.NoError(t, poster.Start())
		// The first ones are killed while they start or post; in the end one lives.
		wait := time.Duration(20+rand.IntN(120)+100*max(0, attempt-10)) * time.Millisecond
		timer := time.AfterFunc(wait, func() { _ = poster.Process.Signal(syscall.SIGKILL) })
		err := poster.Wait()
		timer.Stop()
		if err == nil {
			break
		}
		kills++
	}
	t.Logf("killed %d times", kills)
	assert.Positive(t, kills)
	require.Eventually(t, func() bool { // a killed poster's session ends a moment later
		return value[int64](t, db.Superuser, `SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
			WHERE d.datname = current_database() AND locktype = 'advisory'`) == 0
	}, 10*time.Second, 50*time.Millisecond)
	requireTheDay(t, l, db.Application)
}
