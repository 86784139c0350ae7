package dataset_test

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"errors"
	"io"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks/dataset"
)

// A file of a few kilobytes that unpacks to many gigabytes is stopped.
func TestDecompressBomb(t *testing.T) {
	var packed bytes.Buffer
	pack, err := zstd.NewWriter(&packed, zstd.WithEncoderLevel(zstd.SpeedFastest))
	require.NoError(t, err)
	_, err = io.Copy(pack, io.LimitReader(&endless{data: make([]byte, 1<<16), left: 1 << 26}, 1<<26))
	require.NoError(t, err)
	require.NoError(t, pack.Close())
	frame := packed.Bytes()
	require.Less(t, len(frame)*2_000, 1<<26, "the frame is a bomb")
	r, found, err := dataset.Decompress(&endless{data: frame, left: int64(len(frame)) * 64})
	require.NoError(t, err)
	require.Equal(t, dataset.Zstd, found)
	n, err := io.Copy(io.Discard, r)
	require.ErrorIs(t, err, dataset.ErrBomb)
	require.Less(t, n, int64(2<<30))
}

// FuzzDecompress: whatever follows the magic bytes, reading ends with the
// content or an error, and what is not compressed is left as it is.
func FuzzDecompress(f *testing.F) {
	var zipped, packed bytes.Buffer
	zip := gzip.NewWriter(&zipped)
	_, _ = io.WriteString(zip, "hello")
	_ = zip.Close()
	pack, err := zstd.NewWriter(&packed)
	require.NoError(f, err)
	_, _ = io.WriteString(pack, "hello")
	_ = pack.Close()
	bz, err := hex.DecodeString("425a68393141592653591931653d00000081000244a000219a68334d07338bb9229c28480c98b29e80")
	require.NoError(f, err)
	f.Add(zipped.Bytes())
	f.Add(packed.Bytes())
	f.Add(bz)
	f.Add([]byte("\x00\x05\x00\x00A"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, found, err := dataset.Decompress(bytes.NewReader(data))
		if err != nil {
			return
		}
		content, err := io.ReadAll(io.LimitReader(r, 1<<24))
		_ = r.Close() // repeats what reading met
		if found == dataset.None {
			require.NoError(t, err)
			require.True(t, bytes.Equal(data, content))
		}
		require.False(t, errors.Is(err, dataset.ErrBomb), "16 MB are too few to be stopped")
	})
}
