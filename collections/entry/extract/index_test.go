package extract_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/entry/extract"
	"tidewaiter/copybooks/dataset"
)

func TestIndexCutsAtHeaders(t *testing.T) {
	data := encode(t, sample())
	third := int64(len(data)) / 3
	for _, c := range []struct {
		name    string
		entries int
		want    []extract.Chunk
	}{
		{"one a chunk", 1, []extract.Chunk{chunk(0, third, 1, 1), chunk(third, third, 8, 1), chunk(2*third, third, 15, 1)}},
		{"two a chunk", 2, []extract.Chunk{chunk(0, 2*third, 1, 2), chunk(2*third, third, 15, 1)}},
		{"more than there are", 100, []extract.Chunk{chunk(0, 3*third, 1, 3)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			chunks, err := extract.Index(context.Background(), bytes.NewReader(data), "entries.vb", c.entries)
			require.NoError(t, err)
			assert.Equal(t, c.want, chunks)
		})
	}
}

func chunk(offset, length, record int64, entries int) extract.Chunk {
	return extract.Chunk{Offset: offset, Length: length, Record: record, Entries: entries}
}

func TestIndexFindsRepeatedEntries(t *testing.T) {
	once := encode(t, sample()) // three entries of seven records
	chunks, err := extract.Index(context.Background(), bytes.NewReader(append(once[:len(once):len(once)], once...)), "entries.vb", 4)
	require.NoError(t, err)
	require.Len(t, chunks, 2)
	assert.Equal(t, []extract.Repeat{{Record: 22, First: 1}}, chunks[0].Repeats)
	assert.Equal(t, []extract.Repeat{{Record: 29, First: 8}, {Record: 36, First: 15}}, chunks[1].Repeats)
}

func TestIndexRefusesAFileJoinedFromMany(t *testing.T) {
	many := bytes.Repeat(encode(t, sample()), extract.MaxRepeats/3+2)
	_, err := extract.Index(context.Background(), bytes.NewReader(many), "entries.vb", 1000)
	require.ErrorIs(t, err, extract.ErrRepeats)
	require.ErrorContains(t, err, "entries.vb")
}

func TestIndexOfAnEmptyFile(t *testing.T) {
	chunks, err := extract.Index(context.Background(), bytes.NewReader(nil), "entries.vb", 10)
	require.NoError(t, err)
	assert.Empty(t, chunks)
}

func TestIndexKeepsWhatStandsBeforeABreak(t *testing.T) {
	data := encode(t, sample())
	data = data[:len(data)-5]
	chunks, err := extract.Index(context.Background(), bytes.NewReader(data), "entries.vb", 1)
	var framing *dataset.FramingError
	require.ErrorAs(t, err, &framing)
	require.ErrorContains(t, err, "entries.vb")
	require.Len(t, chunks, 3)
	last := chunks[2]
	assert.EqualValues(t, len(data), last.Offset+last.Length)
}

func TestIndexStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := extract.Index(ctx, bytes.NewReader(encode(t, sample())), "entries.vb", 1)
	assert.ErrorIs(t, err, context.Canceled)
	_, err = extract.Index(context.Background(), bytes.NewReader(nil), "entries.vb", 0)
	assert.ErrorContains(t, err, "chunks of 0 entries")
}
