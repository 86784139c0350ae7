package day

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
	"tidewaiter/fixtures/generate"
	"tidewaiter/workflows"
)

// TestDamagedExtract posts a day whose extract has an entry with a packed field
// of blanks, one of an unknown tariff number, one number three times, and breaks off
// in its last record: the good entries are posted, and each bad one is kept
// with its place and its reason.
func TestDamagedExtract(t *testing.T) {
	dir := dayFolder(t)
	data := filepath.Join(dir, dataFolder)
	_, err := generate.Day{Seed: 3, Entries: 40}.Write(t.Context(), data)
	require.NoError(t, err)
	path := filepath.Join(data, generate.EntriesFile)
	damage(t, path)

	s, err := openServices(t.Context(), dir)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.close()) }()
	w, err := s.startWorker(t.Context(), nil)
	require.NoError(t, err)
	defer w.Stop()
	run, err := s.temporal.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: workflows.TaskQueue},
		workflows.CollectionDay, workflows.DayInput{Run: "damaged", Extract: path, Date: generate.DefaultDate, ChunkEntries: 8})
	require.NoError(t, err)
	var result workflows.DayResult
	require.NoError(t, run.Get(t.Context(), &result))

	require.Empty(t, result.Breaches)
	require.Zero(t, result.AlreadyPosted)
	require.EqualValues(t, 38, result.Entries, "40 generated, two of them spoilt")
	require.Len(t, result.Rejections, 5)
	found := rejections(t, s)
	require.Len(t, found, 5)
	for i, want := range []string{
		"STRU EH-TOTAL-VALUE X'40404040404040'",
		"RATE line 1 0000000000",
		"DUPL EH-ENTRY-NUMBER stands in record 1 already",
		"DUPL EH-ENTRY-NUMBER stands in record 1 already",
		"STRU file ends after 21 bytes",
	} {
		for part := range strings.FieldsSeq(want) {
			require.Contains(t, found[i], part)
		}
		require.Contains(t, found[i], path)
	}
}

// damage spoils an extract in five ways.
func damage(t *testing.T, path string) {
	t.Helper()
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	r, err := extract.NewReader(bytes.NewReader(file), path)
	require.NoError(t, err)
	var out bytes.Buffer
	w, err := extract.NewWriter(&out)
	require.NoError(t, err)
	var first entry.Summary
	spoilt := 0
	for n := 0; ; n++ {
		var s entry.Summary
		err := r.Next(&s)
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		switch n {
		case 0:
			first = s
		case 3:
			require.NoError(t, w.Flush())
			spoilt = out.Len()
		case 10:
			s.Lines[0].Tariffs[0].HTS = "0000000000"
		}
		require.NoError(t, w.Write(&s))
	}
	require.NoError(t, w.Write(&first)) // the same entry again
	first.Lines[0].Tariffs[0].Value++   // and with other content
	require.NoError(t, w.Write(&first))
	require.NoError(t, w.Write(&first))
	require.NoError(t, w.Flush())
	b := out.Bytes()
	// The header's total value, behind the RDW of four bytes.
	total := b[spoilt+4+headerTotalValue:][:7]
	copy(total, bytes.Repeat([]byte{0x40}, len(total)))
	require.NoError(t, os.WriteFile(path, b[:len(b)-9], 0o644))
}

// headerTotalValue is the offset of EH-TOTAL-VALUE in ESHDR.cpy: 2 + 11 + 2 + 2
// + 4 + 4 + 12 + 8 + 8 + 8 + 1 + 8 + 2 + 9 + 2.
const headerTotalValue = 83

// rejections reads what the ledger keeps of refused entries, in file order.
func rejections(t *testing.T, s *services) []string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.stack.Postgres.AppURL())
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	rows, err := conn.Query(t.Context(), `
		SELECT concat_ws(' ', reason_code, field, value, message, source_file, source_record, source_offset)
		FROM tidewaiter.rejection ORDER BY source_offset`)
	require.NoError(t, err)
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return found
}
