package copybooks_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/fixtures"
)

func fixture(t testing.TB, name string) *copybooks.Copybook {
	t.Helper()
	book, err := copybooks.ParseFS(fixtures.Copybooks, "copybooks/"+name+".cpy", copybooks.Options{})
	require.NoError(t, err)
	return book
}

func TestFixtureLengths(t *testing.T) {
	for name, want := range map[string]int{"COLREC": 80, "STMREC": 180, "CTLREC": 40, "HTSREC": 80, "FEEREC": 60, "SPIREC": 20, "REJREC": 80} {
		l, err := fixture(t, name).Record("")
		require.NoError(t, err)
		require.Equal(t, want, l.MaxLength, name)
		require.Equal(t, want, l.MinLength, name)
	}
}
