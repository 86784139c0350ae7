package reference_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/reference"
)

// share says in a word how much of a table is verified.
func share(l *reference.Listing) string {
	switch verified := l.Verified(); {
	case len(l.Rows) == 0:
		return "empty"
	case verified == 0:
		return "none"
	case verified == len(l.Rows):
		return "all"
	case 2*verified > len(l.Rows):
		return "most"
	}
	return "some"
}

// TestReadme: the page lists every table with its columns and how much of it is
// verified, as it is.
func TestReadme(t *testing.T) {
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for _, d := range reference.Definitions() {
		l, err := reference.Listed(reference.Files(), d.Name, 0)
		require.NoError(t, err)
		require.Contains(t, string(page), fmt.Sprintf("| `%s` | %s | `%s` | %s |\n", d.Name, d.Holds, strings.Join(d.Columns, "` `"), share(&l)))
	}
}
