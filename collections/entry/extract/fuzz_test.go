package extract_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
)

// FuzzReader reads any bytes: the reader neither panics nor loops, reports
// positions inside the file, and what it keeps can be written and read again.
//
// Found so far (kept under testdata): a number that could not be read was
// refused a second time for its value, which doubled the offset reported.
func FuzzReader(f *testing.F) {
	data := encode(f, sample())
	f.Add(data)
	f.Add(data[:len(data)-3])
	f.Add(join(split(data)[1:]))
	f.Add([]byte{})
	for _, at := range []int{4, 17, 90, 110, 160, 300} {
		damaged := bytes.Clone(data)
		damaged[at] ^= 0x0F
		f.Add(damaged)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := extract.Index(context.Background(), bytes.NewReader(data), "entries.vb", 2); err != nil {
			require.ErrorContains(t, err, "entries.vb")
		}
		r, err := extract.NewReader(bytes.NewReader(data), "entries.vb")
		require.NoError(t, err)
		limit := len(data)/4 + 2 // every record has an RDW of four bytes
		for range limit {
			s := &entry.Summary{}
			err := r.Next(s)
			if err == io.EOF {
				return
			}
			if bad, refused := err.(*extract.EntryError); refused {
				require.LessOrEqual(t, bad.Offset, int64(len(data)), bad)
				require.NotEmpty(t, bad.Reason)
				continue
			}
			if err != nil {
				require.ErrorIs(t, r.Next(s), err)
				return
			}
			again := encode(t, []*entry.Summary{s})
			back := readAll(t, again)
			require.Len(t, back, 1)
			back[0].Source = s.Source
			require.Equal(t, s, back[0])
		}
		t.Fatal("reading did not end")
	})
}
