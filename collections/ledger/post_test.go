package ledger_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

func TestPostBatchHasOneEffect(t *testing.T) {
	l, db := open(t)
	var b ledger.Batch
	fill(t, &b, "day", 0, 1, 10)
	b.Rejections = append(b.Rejections, ledger.Rejection{
		Entry: "B7600000994", Line: 3, Source: entry.Source{File: "entries.vb", Record: 99, Offset: 4242},
		Reason: "RATE", Field: "ER-HTS-NUMBER", Value: "9999999999", Message: "no rate for HTS number",
	})
	first, err := l.PostBatch(t.Context(), &b)
	require.NoError(t, err)
	assert.Equal(t, ledger.BatchResult{Posted: 10, Postings: 70, Rejected: 1}, first)

	t.Run("the same chunk again: done, nothing posted", func(t *testing.T) {
		again, err := l.PostBatch(t.Context(), &b)
		require.NoError(t, err)
		assert.Equal(t, ledger.BatchResult{Done: true, Posted: 10, Postings: 70, Rejected: 1}, again)
	})
	t.Run("the same chunk with other content: refused", func(t *testing.T) {
		fill(t, &b, "day", 0, 1, 9)
		_, err := l.PostBatch(t.Context(), &b)
		assert.ErrorIs(t, err, ledger.ErrChunkConflict)
		assert.ErrorContains(t, err, "chunk 0 of run day")
	})
	t.Run("another run with the same journals: already posted", func(t *testing.T) {
		fill(t, &b, "again", 0, 6, 10)
		r, err := l.PostBatch(t.Context(), &b)
		require.NoError(t, err)
		assert.Equal(t, ledger.BatchResult{Posted: 5, AlreadyPosted: 5, Postings: 35}, r)
	})
	t.Run("the same file twice under other names: no effect", func(t *testing.T) {
		fill(t, &b, "renamed", 0, 1, 10)
		for i := range b.Journals {
			b.Journals[i].Source.File = "copy.vb"
		}
		r, err := l.PostBatch(t.Context(), &b)
		require.NoError(t, err)
		assert.Equal(t, 10, r.AlreadyPosted)
	})
	report := requireWhole(t, l)
	assert.Equal(t, int64(15), report.Journals)
	p, err := l.Progress(t.Context(), "day")
	require.NoError(t, err)
	assert.Equal(t, ledger.Progress{Chunks: 1, Journals: 10, Postings: 70, Rejections: 1}, p)
	assert.Equal(t, "RATE", value[string](t, db.Application,
		`SELECT reason_code FROM tidewaiter.rejected_entry WHERE run = 'day' AND record_number = 99 AND source_offset = 4242`))
}

func TestKeyConflict(t *testing.T) {
	l, _ := open(t)
	var b ledger.Batch
	fill(t, &b, "day", 0, 1, 3)
	_, err := l.PostBatch(t.Context(), &b)
	require.NoError(t, err)

	fill(t, &b, "day", 1, 3, 4)
	b.Journals[0].Postings[0].Base++ // entry 3 is there with another base value
	_, err = l.PostBatch(t.Context(), &b)
	require.ErrorIs(t, err, ledger.ErrKeyConflict)
	var conflict *ledger.KeyConflictError
	require.ErrorAs(t, err, &conflict)
	key := "collection/" + string(number(t, "B76", 3)) + "/2025-10-01"
	assert.Equal(t, []ledger.Conflict{{Index: 0, Key: key, Source: entry.Source{File: "entries.vb", Record: 13, Offset: 1200}}}, conflict.Conflicts)
	assert.ErrorContains(t, err, key+" (entries.vb, record 13, byte 1200)")
	assert.Equal(t, int64(3), requireWhole(t, l).Journals, "nothing of the batch is posted")

	b.RejectConflicts = true
	r, err := l.PostBatch(t.Context(), &b)
	require.NoError(t, err)
	assert.Equal(t, 3, r.Posted)
	assert.Equal(t, 1, r.Rejected)
	assert.Equal(t, conflict.Conflicts, r.Conflicts)
	requireWhole(t, l)
}

func TestKeyTwiceInOneBatch(t *testing.T) {
	l, _ := open(t)
	var b ledger.Batch
	fill(t, &b, "day", 0, 1, 2)
	require.NoError(t, ledger.JournalFor(b.Add(), summary(t, "B76", 1), charges(1), businessDate)) // the same again
	r, err := l.PostBatch(t.Context(), &b)
	require.NoError(t, err)
	assert.Equal(t, ledger.BatchResult{Posted: 2, AlreadyPosted: 1, Postings: 14}, r)

	b.Reset("day", 1)
	for _, extra := range []money.Cents{5, 6} { // the same entry with two contents
		require.NoError(t, ledger.JournalFor(b.Add(), summary(t, "B76", 9), charges(extra), businessDate))
	}
	_, err = l.PostBatch(t.Context(), &b)
	require.ErrorIs(t, err, ledger.ErrKeyConflict)
	requireWhole(t, l)
}

func TestPostBatchRefusesBadJournals(t *testing.T) {
	l, _ := open(t)
	for _, tc := range []struct {
		name  string
		spoil func(j *ledger.Journal)
		want  string
		is    error
	}{
		{"a journal that does not balance", func(j *ledger.Journal) { j.Postings[0].Amount++ }, "does not balance: its postings sum to 1 cents", ledger.ErrUnbalanced},
		{"a journal without postings", func(j *ledger.Journal) { j.Postings = nil }, "needs at least one posting", nil},
		{"an account that is not in the chart", func(j *ledger.Journal) { j.Postings[0].Account = "4711" }, `account "4711" is not in the chart`, nil},
		{"no business day", func(j *ledger.Journal) { j.CollectionDate = 0 }, "collection_date", nil},
		{"30 February", func(j *ledger.Journal) { j.Postings[0].RateDate = 20250230 }, "rate_date: 20250230 is no calendar day", nil},
		{"text Postgres cannot keep", func(j *ledger.Journal) { j.Importer = "a\x00b" }, "importer_number", nil},
		{"no key", func(j *ledger.Journal) { j.Key = "" }, "journal_key_check", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var b ledger.Batch
			fill(t, &b, "bad "+tc.name, 0, 1, 3)
			tc.spoil(&b.Journals[1])
			_, err := l.PostBatch(t.Context(), &b)
			require.ErrorContains(t, err, tc.want)
			if tc.is != nil {
				assert.ErrorIs(t, err, tc.is)
			}
		})
	}
	assert.Zero(t, requireWhole(t, l).Journals)
}

// TestWorkersAtOnce lets several workers, each with its own connections, post the
// same chunks at the same time, in different orders.
func TestWorkersAtOnce(t *testing.T) {
	_, db := open(t)
	const workers, chunks, size = 4, 8, 25
	var posted, done [workers]int
	var wg sync.WaitGroup
	for w := range workers {
		l := openIn(t, ledger.Config{URL: db.Application, MaxConns: 2})
		wg.Go(func() {
			var b ledger.Batch
			for i := range chunks {
				chunk := (i + w/2) % chunks // pairs of workers meet at the same chunk
				fill(t, &b, "day", chunk, chunk*size, size)
				r, err := l.PostBatch(t.Context(), &b)
				if !assert.NoError(t, err) {
					return
				}
				if r.Done {
					done[w]++
				} else {
					posted[w] += r.Posted
				}
			}
		})
	}
	wg.Wait()
	sum := 0
	for _, n := range posted {
		sum += n
	}
	assert.Equal(t, chunks*size, sum)
	l := openIn(t, ledger.Config{URL: db.Application})
	report := requireWhole(t, l)
	assert.Equal(t, int64(chunks*size), report.Journals)
	assert.Equal(t, int64(chunks*size*7), report.Postings)
}

// TestOverlappingRunsAtOnce lets runs with the same journals in opposite orders
// collide on keys: each key has one effect and no run fails.
func TestOverlappingRunsAtOnce(t *testing.T) {
	l, _ := open(t)
	var wg sync.WaitGroup
	for w, run := range []string{"forward", "backward"} {
		wg.Go(func() {
			var b ledger.Batch
			fill(t, &b, run, 0, 1, 300)
			if w == 1 {
				for i, j := 0, len(b.Journals)-1; i < j; i, j = i+1, j-1 {
					b.Journals[i], b.Journals[j] = b.Journals[j], b.Journals[i]
				}
			}
			_, err := l.PostBatch(t.Context(), &b)
			assert.NoError(t, err)
		})
	}
	wg.Wait()
	assert.Equal(t, int64(300), requireWhole(t, l).Journals)
}

func TestJournalFor(t *testing.T) {
	var j ledger.Journal
	require.NoError(t, ledger.JournalFor(&j, summary(t, "B76", 324527), charges(0), businessDate))
	assert.Equal(t, "collection/B7603245278/2025-10-01", j.Key)
	type line struct {
		account string
		amount  money.Cents
	}
	var got []line
	var sum money.Cents
	for _, p := range j.Postings {
		got = append(got, line{p.Account, p.Amount})
		sum += p.Amount
	}
	assert.Zero(t, sum)
	assert.Equal(t, []line{
		{"5806.001", -70000}, {"9100.012", -12345}, {"5200.499", -3464}, {"5806.001", 0}, {"5200.499", 114},
		{"1110", 73350}, {"9199", 12345},
	}, got)

	t.Run("no print date: the business date, no statement", func(t *testing.T) {
		s := summary(t, "B76", 1)
		s.PrintDate = 0
		require.NoError(t, ledger.JournalFor(&j, s, charges(0), 20251002))
		assert.Equal(t, reference.Date(20251002), j.CollectionDate)
		assert.Empty(t, j.StatementKey)
	})
	t.Run("payment type 1: no statement (ACE CATAIR AE, 10 record)", func(t *testing.T) {
		s := summary(t, "B76", 1)
		s.PaymentType = '1'
		require.NoError(t, ledger.JournalFor(&j, s, charges(0), businessDate))
		assert.Empty(t, j.StatementKey)
	})
	t.Run("no charges at all: a zero debit keeps the entry", func(t *testing.T) {
		require.NoError(t, ledger.JournalFor(&j, summary(t, "B76", 1), &assess.Assessment{}, businessDate))
		assert.Equal(t, []ledger.Posting{{Account: "1110"}}, j.Postings)
	})
	t.Run("a class without account", func(t *testing.T) {
		a := &assess.Assessment{Charges: []assess.Charge{{Line: 1, Class: "999", Disposition: assess.Due}}}
		assert.ErrorContains(t, ledger.JournalFor(&j, summary(t, "B76", 1), a, businessDate), "no account for class 999")
	})
}
