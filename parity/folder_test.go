package parity

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// A run that cannot be carried out leaves the folder as it found it: neither a
// part of a report nor an earlier report beside differences that are not its own.
func TestFailedRunLeavesNoReport(t *testing.T) {
	b := newBench(t)
	same := charge{entry: "B7600000018", line: 1, class: "001", amount: "12.30"}
	other := same
	other.amount = "12.31"
	b.compare(b.detail(same), b.detail(other))
	files := func() map[string]string {
		found := map[string]string{}
		entries, err := os.ReadDir(b.path("out"))
		require.NoError(t, err)
		for _, e := range entries {
			text, err := os.ReadFile(b.path("out/" + e.Name()))
			require.NoError(t, err)
			found[e.Name()] = string(text)
		}
		return found
	}
	before := files()
	require.Len(t, before, 3)
	require.NotEmpty(t, before[Differences])

	require.NoError(t, os.Remove(b.path("right.fb")))
	_, err := b.run(b.load(detailPlan(rightDataset)))
	require.ErrorIs(t, err, os.ErrNotExist)
	require.Equal(t, before, files())

	_, err = b.run(b.load(detailPlan(rightDataset)), func(o *Options) { o.Out = b.path("fresh") })
	require.ErrorIs(t, err, os.ErrNotExist)
	left, err := os.ReadDir(b.path("fresh"))
	require.NoError(t, err)
	require.Empty(t, left)
}
