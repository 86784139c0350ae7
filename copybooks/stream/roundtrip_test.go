package stream_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/stream"
)

// Law: a file that was decoded with its raw bytes and its framing is encoded to
// the same bytes, in every framing, whatever its records hold.
func TestFileRoundTrip(t *testing.T) {
	c := compiled(t, "01 R. 05 N PIC S9(3) COMP-3. 05 T PIC X(4).")
	form := copybooks.JSONOptions{Raw: true}
	rapid.Check(t, func(t *rapid.T) {
		f := dataset.Format{RECFM: rapid.SampledFrom([]dataset.RECFM{dataset.FB, dataset.VB, dataset.VBS, dataset.VS, dataset.D, dataset.U}).Draw(t, "recfm")}
		prefix, suffix := rapid.IntRange(0, 3).Draw(t, "prefix"), rapid.IntRange(0, 3).Draw(t, "suffix")
		least, most := prefix+suffix, prefix+suffix+20
		if f.BDW = rapid.Bool().Draw(t, "bdw"); f.RECFM == dataset.FB || f.RECFM == dataset.U {
			f.LRECL, least, most = 6+prefix+suffix, 6+prefix+suffix, 6+prefix+suffix
		}
		f.BLKSIZE = rapid.SampledFrom([]int{0, 40}).Draw(t, "blksize")
		var file bytes.Buffer
		w, err := dataset.NewWriter(&file, f)
		require.NoError(t, err)
		for _, rec := range rapid.SliceOf(rapid.SliceOfN(rapid.Byte(), least, most)).Draw(t, "records") {
			require.NoError(t, w.Write(rec))
		}
		require.NoError(t, w.Flush())
		f.BLKSIZE = 0
		require.True(t, bytes.Equal(file.Bytes(), thereAndBack(t, c, form, f, file.Bytes(), prefix, suffix)))
	})
}

func thereAndBack(t *rapid.T, c *copybooks.Codec, form copybooks.JSONOptions, f dataset.Format, data []byte, prefix, suffix int) []byte {
	r, err := dataset.NewReader(bytes.NewReader(data), f)
	require.NoError(t, err)
	r.KeepFraming()
	var lines, out bytes.Buffer
	_, err = stream.ToJSON(context.Background(), r, &lines, stream.Options{Router: stream.Single(c, form), Prefix: prefix, Suffix: suffix, Framing: true})
	require.NoError(t, err)
	w, err := dataset.NewWriter(&out, f)
	require.NoError(t, err)
	e := c.NewEncoder(form)
	for line := range bytes.Lines(lines.Bytes()) {
		framing, rest, err := stream.CutFraming(bytes.TrimSpace(line))
		require.NoError(t, err)
		rec, err := e.Append(bytes.Clone(framing.Prefix), rest)
		require.NoError(t, err)
		rec = append(rec, framing.Suffix...)
		if framing.Stretches == nil {
			require.NoError(t, w.Write(rec))
			continue
		}
		require.NoError(t, w.WriteFramed(rec, framing.Stretches))
	}
	require.NoError(t, w.WriteRest(r.Rest()))
	require.NoError(t, w.Flush())
	return out.Bytes()
}
