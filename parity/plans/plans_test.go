package plans_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/parity"
	"tidewaiter/parity/plans"
)

func TestCollectionDayIsAPlan(t *testing.T) {
	var text bytes.Buffer
	require.NoError(t, plans.WriteCollectionDay(&text, plans.CollectionDay{Copybooks: `C:\copy "books"`, Datasets: "../d a y", CollectionDate: "20251001"}))
	path := filepath.Join(t.TempDir(), "plan.yaml")
	require.NoError(t, os.WriteFile(path, text.Bytes(), 0o600))
	p, err := parity.Load(path)
	require.NoError(t, err)
	require.Len(t, p.Comparisons, 3)
	require.Equal(t, `C:\copy "books"/COLREC.cpy`, p.Comparisons[0].Left.Copybook)
	require.Equal(t, "../d a y/statements.fb", p.Comparisons[1].Left.Data)
}

func TestCollectionDayRefusesWhatIsNoDate(t *testing.T) {
	for _, date := range []string{"", "2025-10-01", "20251301", "20251001'; DROP TABLE x"} {
		require.Error(t, plans.WriteCollectionDay(&bytes.Buffer{}, plans.CollectionDay{CollectionDate: date}), date)
	}
}
