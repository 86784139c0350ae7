package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func collectionDetail(t *testing.T) string { return stored(t, "collection-detail.fb") }

func stored(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "fixtures", "datasets", name)
	_, err := os.Stat(path)
	require.NoError(t, err)
	return path
}

func TestInspectRecognisesTheStoredDatasets(t *testing.T) {
	for _, c := range []struct{ file, format string }{
		{"collection-detail.fb", "--recfm FB --lrecl 80"},
		{"control-totals.fb", "--recfm FB --lrecl 40"},
		{"statements.fb", "--recfm FB --lrecl 460"},
		{"fees.fb", "--recfm FB --lrecl 60"},
		{"entries.vb", "--recfm VB"},
	} {
		out, _, err := execute(t, newInspectCommand(), "--json", stored(t, c.file))
		require.NoError(t, err)
		var found inspection
		require.NoError(t, json.Unmarshal([]byte(out), &found))
		require.Equal(t, c.format, found.Formats[0].Flags, c.file)
		require.Equal(t, "cp037", found.CodePages[0].Page, c.file)
		require.Len(t, found.Records, 2)
	}
}

func TestInspectShowsFields(t *testing.T) {
	out, _, err := execute(t, newInspectCommand(), "--copybook", copybookFile(t, "COLREC"), collectionDetail(t))
	require.NoError(t, err)
	require.Contains(t, out, "the copybook's record has the same length")
	require.Regexp(t, `61  CD-AMOUNT +[0-9A-F]{12} +-?[0-9]+\.[0-9]{2}`, out)
	out, _, err = execute(t, newInspectCommand(), "--records", "1", collectionDetail(t))
	require.NoError(t, err)
	require.Regexp(t, `Record 1 at byte 0, 80 bytes\n +0  [0-9A-F]{2} `, out)
	out, _, err = execute(t, newInspectCommand(), "--copybook", copybookFile(t, "ESREC"), stored(t, "entries.vb"))
	require.NoError(t, err)
	require.Contains(t, out, "ENTRY-HEADER-RECORD")
}

func TestInspectDiagnosesAWrongFormat(t *testing.T) {
	out, _, err := execute(t, newInspectCommand(), "--recfm", "VB", collectionDetail(t))
	require.ErrorIs(t, err, errBadRecords)
	require.Regexp(t, `The record format given does not fit: record 1 at byte 0: RDW X'[0-9A-F]{8}' reads [0-9]+; this looks like FB, LRECL 80`, out)
	out, _, err = execute(t, newInspectCommand(), "--lrecl", "81", collectionDetail(t))
	require.ErrorIs(t, err, errBadRecords)
	require.Contains(t, out, "this looks like FB, LRECL 80")
	_, _, err = execute(t, newInspectCommand(), "--recfm", "FB", "--lrecl", "80", collectionDetail(t))
	require.NoError(t, err)
}

func TestInspectOfNothing(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty")
	require.NoError(t, os.WriteFile(empty, nil, 0o644))
	out, _, err := execute(t, newInspectCommand(), empty)
	require.ErrorIs(t, err, errInconclusive)
	require.Contains(t, out, "none recognised")
	_, _, err = execute(t, newInspectCommand(), strings.TrimSuffix(empty, "empty")+"none")
	require.ErrorContains(t, err, "opening input")
}
