package dataset_test

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks/dataset"
)

// endless reads the same bytes over and over, up to a number of them.
type endless struct {
	data []byte
	at   int
	left int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), e.left)]
	n := 0
	for n < len(p) {
		copied := copy(p[n:], e.data[e.at:])
		n += copied
		e.at = (e.at + copied) % len(e.data)
	}
	e.left -= int64(n)
	return n, nil
}

// A gigabyte takes as little memory as a megabyte, in every way to read it.
func TestMemoryIsConstant(t *testing.T) {
	var vb, spanned bytes.Buffer
	w, err := dataset.NewWriter(&vb, dataset.Format{RECFM: dataset.VB, BDW: true, BLKSIZE: 27998})
	require.NoError(t, err)
	for i := range 500 {
		require.NoError(t, w.Write(make([]byte, 20+i)))
	}
	require.NoError(t, w.Flush())
	w, err = dataset.NewWriter(&spanned, dataset.Format{RECFM: dataset.VBS, BDW: true, BLKSIZE: 1000})
	require.NoError(t, err)
	require.NoError(t, w.Write(make([]byte, 100_000)))
	require.NoError(t, w.Flush())
	plain := written(t, dataset.Format{RECFM: dataset.VB}, make([]byte, 116), make([]byte, 796))
	for _, c := range []struct {
		name   string
		data   []byte
		format dataset.Format
		size   int64
		keep   bool
	}{
		{"VB", plain, dataset.Format{RECFM: dataset.VB}, 1 << 30, false},
		{"VB with BDW", vb.Bytes(), dataset.Format{RECFM: dataset.VB, BDW: true}, 1 << 28, false},
		{"VBS", spanned.Bytes(), dataset.Format{RECFM: dataset.VBS, BDW: true}, 1 << 28, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			size := c.size / int64(len(c.data)) * int64(len(c.data))
			r, err := dataset.NewReader(&endless{data: c.data, left: size}, c.format)
			require.NoError(t, err)
			if c.keep {
				r.KeepFraming()
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for err == nil {
				_, err = r.Next()
				_ = r.Framing()
			}
			runtime.ReadMemStats(&after)
			require.True(t, errors.Is(err, io.EOF), err)
			require.Equal(t, size, r.NextOffset())
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(8<<20), "all that was ever allocated")
		})
	}
}
