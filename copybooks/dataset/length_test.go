package dataset_test

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks/dataset"
)

// firstByte is the rule that a record's first byte holds its length.
type firstByte struct{}

func (firstByte) Least() int                            { return 1 }
func (firstByte) RecordLength(head []byte) (int, error) { return int(head[0]), nil }

func TestLengthFromTheRecord(t *testing.T) {
	f := dataset.Format{RECFM: dataset.U, Length: firstByte{}}
	data := "\x02A\x01\x04BCD"
	records, offsets, err := readAll(t, strings.NewReader(data), f)
	require.NoError(t, err)
	require.Equal(t, [][]byte{[]byte("\x02A"), {1}, []byte("\x04BCD")}, records)
	require.Equal(t, []int64{0, 2, 3}, offsets)
	require.Equal(t, data, string(written(t, f, records...)))

	_, _, err = readAll(t, strings.NewReader("\x02A\x00B"), f)
	require.EqualError(t, err, "record 2 at byte 2: the record's length would be 0, its length field alone ends at byte 1")
	_, _, err = readAll(t, strings.NewReader("\x02A\x03B"), f)
	require.EqualError(t, err, "record 2 at byte 2: file ends after 2 bytes of a record of 3 bytes; the file may be cut off")
	w, err := dataset.NewWriter(io.Discard, f)
	require.NoError(t, err)
	require.EqualError(t, w.Write([]byte("\x03A")), "record 1 is 2 bytes long, its length field says 3")
	_, err = dataset.NewReader(nil, dataset.Format{RECFM: dataset.VB, Length: firstByte{}})
	require.ErrorContains(t, err, "does not go with a length from a field")
}

func TestDecompress(t *testing.T) {
	const content = "\xC1\xC2\xC3 0123456789 0123456789"
	var zipped, packed bytes.Buffer
	zip := gzip.NewWriter(&zipped)
	_, err := io.WriteString(zip, content)
	require.NoError(t, err)
	require.NoError(t, zip.Close())
	pack, err := zstd.NewWriter(&packed)
	require.NoError(t, err)
	_, err = io.WriteString(pack, content)
	require.NoError(t, err)
	require.NoError(t, pack.Close())
	// printf 'hello' | bzip2 -9 (bzip2 1.0.8)
	bz, err := hex.DecodeString("425a68393141592653591931653d00000081000244a000219a68334d07338bb9229c28480c98b29e80")
	require.NoError(t, err)
	for _, c := range []struct {
		data string
		want dataset.Compression
	}{
		{content, dataset.None}, {"", dataset.None}, {"BZhank", dataset.None}, {zipped.String(), dataset.Gzip}, {packed.String(), dataset.Zstd},
	} {
		r, found, err := dataset.Decompress(strings.NewReader(c.data))
		require.NoError(t, err)
		require.Equal(t, c.want, found)
		got, err := io.ReadAll(r)
		require.NoError(t, err)
		require.NoError(t, r.Close())
		if found == dataset.None {
			require.Equal(t, c.data, string(got))
		} else {
			require.Equal(t, content, string(got))
		}
	}
	r, found, err := dataset.Decompress(bytes.NewReader(bz))
	require.NoError(t, err)
	require.Equal(t, dataset.Bzip2, found)
	got, err := io.ReadAll(r)
	require.NoError(t, err)
	require.Equal(t, "hello", string(got))
	r, _, err = dataset.Decompress(bytes.NewReader(zipped.Bytes()[:zipped.Len()-9]))
	require.NoError(t, err)
	_, err = io.ReadAll(r)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF, "a compressed file that is cut off is an error")
}
