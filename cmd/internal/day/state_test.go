package day

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/fixtures/generate"
)

func TestOpenFolder(t *testing.T) {
	want := state{Entries: 10, Seed: 1, Date: 20251001, Live: true}
	left := func(dir string) string { return filepath.Join(dir, dataFolder, "entries.vb") }
	begin := func(t *testing.T, s state) string {
		dir := t.TempDir()
		resumed, err := openFolder(t.Context(), dir, s)
		require.NoError(t, err)
		require.False(t, resumed)
		require.NoError(t, os.MkdirAll(filepath.Dir(left(dir)), 0o755))
		require.NoError(t, os.WriteFile(left(dir), nil, 0o644))
		return dir
	}
	t.Run("an interrupted day of the same parameters goes on", func(t *testing.T) {
		dir := begin(t, want)
		resumed, err := openFolder(t.Context(), dir, want)
		require.NoError(t, err)
		require.True(t, resumed)
		require.FileExists(t, left(dir))
	})
	t.Run("other parameters clear it away", func(t *testing.T) {
		dir := begin(t, state{Entries: 11, Seed: 1, Date: 20251001, Live: true})
		resumed, err := openFolder(t.Context(), dir, want)
		require.NoError(t, err)
		require.False(t, resumed)
		require.NoFileExists(t, left(dir))
	})
	t.Run("a finished day is cleared away", func(t *testing.T) {
		dir := begin(t, want)
		finished := want
		finished.Finished = true
		require.NoError(t, writeState(dir, finished))
		resumed, err := openFolder(t.Context(), dir, want)
		require.NoError(t, err)
		require.False(t, resumed)
		require.NoFileExists(t, left(dir))
	})
	t.Run("a folder of something else is refused and left alone", func(t *testing.T) {
		dir := t.TempDir()
		other := filepath.Join(dir, "thesis.txt")
		require.NoError(t, os.WriteFile(other, []byte("mine"), 0o644))
		_, err := openFolder(t.Context(), dir, want)
		require.ErrorContains(t, err, dir)
		require.FileExists(t, other)
	})
	t.Run("a state that cannot be read is an error, not a fresh start", func(t *testing.T) {
		dir := begin(t, want)
		require.NoError(t, os.WriteFile(filepath.Join(dir, stateName), []byte("{"), 0o644))
		_, err := openFolder(t.Context(), dir, want)
		require.ErrorContains(t, err, stateName)
		require.FileExists(t, left(dir))
	})
}

// TestStoredDay runs the stored day, which needs no compiler: the legacy output
// checked in was made with the three habits, so both systems differ in classes
// 311, 496, 499 and 501 and in nothing else.
func TestStoredDay(t *testing.T) {
	dir := dayFolder(t)
	outcome, err := Run(t.Context(), Config{Dir: dir, Date: generate.DefaultDate, Stored: true})
	require.NoError(t, err)
	require.Equal(t, "DIFFERENT", outcome.Result.Comparison.Verdict)
	require.EqualValues(t, 800, outcome.Result.Day.Entries)
	require.Empty(t, outcome.Result.Legacy)
	require.FileExists(t, filepath.Join(outcome.Result.Comparison.Folder, "report.html"))
	for _, total := range outcome.Result.Comparison.Totals {
		switch total.Class {
		case "311", "496", "499", "501":
			require.NotEqual(t, "0.00", total.Difference, total.Class)
		default:
			require.Equal(t, "0.00", total.Difference, total.Class)
		}
	}
}
