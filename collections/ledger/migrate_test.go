package ledger_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/ledger"
	"tidewaiter/collections/ledger/ledgertest"
)

func TestMigrateMayRunAgainAndAtOnce(t *testing.T) {
	db := ledgertest.NewEmptyDatabase(t)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { assert.NoError(t, ledger.Migrate(t.Context(), db.Owner)) })
	}
	wg.Wait()
	require.NoError(t, ledger.Migrate(t.Context(), db.Owner))
	chart, err := ledger.DefaultChart()
	require.NoError(t, err)
	assert.Equal(t, int64(len(chart.Accounts())), value[int64](t, db.Application, `SELECT count(*) FROM tidewaiter.account`))
	assert.Equal(t, int64(0), value[int64](t, db.Application, `SELECT count(*) FROM tidewaiter.account WHERE verified`),
		"USSGL numbers are from general knowledge (collections.md, 8)")
}

func TestOpenExplainsItself(t *testing.T) {
	db := ledgertest.NewEmptyDatabase(t)
	for _, tc := range []struct {
		name, url string
		is        error
		want      []string
	}{
		{"no server at the address", "postgres://u:geheim@127.0.0.1:1/d?sslmode=disable", ledger.ErrUnreachable, []string{"127.0.0.1:1/d", "check that Postgres runs"}},
		{"no ledger in the database", db.Application, ledger.ErrNotMigrated, []string{"run the migrations"}},
		{"no address", "postgres://u:geheim@:x/d", nil, []string{"reading the database address"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := ledger.Open(t.Context(), ledger.Config{URL: tc.url})
			require.Error(t, err)
			if tc.is != nil {
				assert.ErrorIs(t, err, tc.is)
			}
			for _, w := range tc.want {
				assert.ErrorContains(t, err, w)
			}
			assert.NotContains(t, err.Error(), "geheim")
		})
	}
	err := ledger.Migrate(t.Context(), "postgres://u:geheim@127.0.0.1:1/d?sslmode=disable")
	require.ErrorIs(t, err, ledger.ErrUnreachable)
	assert.NotContains(t, err.Error(), "geheim")
}
