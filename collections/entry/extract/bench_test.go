package extract_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
	"tidewaiter/fixtures/generate"
)

// generated gives the extract of a generated day.
func generated(t testing.TB, entries int) []byte {
	t.Helper()
	dir := t.TempDir()
	_, err := generate.Day{Seed: 5, Entries: entries}.Write(context.Background(), dir)
	require.NoError(t, err)
	data, err := os.ReadFile(filepath.Join(dir, generate.EntriesFile))
	require.NoError(t, err)
	return data
}

func BenchmarkReader(b *testing.B) {
	data := generated(b, 20_000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	var s entry.Summary
	for b.Loop() {
		r, err := extract.NewReader(bytes.NewReader(data), "entries.vb")
		require.NoError(b, err)
		for err = r.Next(&s); err == nil; err = r.Next(&s) {
		}
		require.Equal(b, io.EOF, err)
	}
}

func BenchmarkIndex(b *testing.B) {
	data := generated(b, 20_000)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		_, err := extract.Index(context.Background(), bytes.NewReader(data), "entries.vb", 1000)
		require.NoError(b, err)
	}
}

func BenchmarkWriter(b *testing.B) {
	data := generated(b, 200)
	list := readAll(b, data)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	w, err := extract.NewWriter(io.Discard)
	require.NoError(b, err)
	for b.Loop() {
		for _, s := range list {
			require.NoError(b, w.Write(s))
		}
	}
}

// readAll reads an extract without a fault in it; each entry owns its memory.
func readAll(t testing.TB, data []byte) []*entry.Summary {
	t.Helper()
	r, err := extract.NewReader(bytes.NewReader(data), "entries.vb")
	require.NoError(t, err)
	var list []*entry.Summary
	for {
		s := &entry.Summary{}
		if err := r.Next(s); err == io.EOF {
			return list
		} else {
			require.NoError(t, err)
		}
		list = append(list, s)
	}
}
