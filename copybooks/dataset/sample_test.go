package dataset_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks/dataset"
)

// parts samples a file as inspect does.
func parts(data []byte, start, further int) []dataset.Sample {
	middle, end := len(data)/2, len(data)-further
	return []dataset.Sample{{Bytes: data[:start]}, {Offset: int64(middle), Bytes: data[middle : middle+further]}, {Offset: int64(end), Bytes: data[end:]}}
}

func TestRecogniseSamples(t *testing.T) {
	noise := make([]byte, 60_000)
	random := rand.NewChaCha8([32]byte{1})
	_, _ = random.Read(noise)
	vb := written(t, dataset.Format{RECFM: dataset.VB}, people(3000, 60)...)
	fb := written(t, dataset.Format{RECFM: dataset.FB, LRECL: 80}, people(3000, 80)...)
	for _, c := range []struct {
		name     string
		data     []byte
		want     dataset.Format
		header   int64
		evidence string
	}{
		{"VB", vb, dataset.Format{RECFM: dataset.VB}, 0, "descriptor words lead on up to the end of the file"},
		{"VB behind a header", append(bytes.Repeat([]byte{0xC8}, 100), vb...), dataset.Format{RECFM: dataset.VB}, 100, "they begin behind a header of 100 bytes"},
		{"VB with a trailer", append(bytes.Clone(vb), "\xE3\xD9\xC1\xC9\xD3\xC5\xD9"...), dataset.Format{RECFM: dataset.VB}, 0, "but they do not lead up to the end of the file: it may be cut off or have a trailer"},
		{"VB damaged in the middle", slicesJoin(vb[:64*900], noise, noise[1:], vb[64*900:]), dataset.Format{RECFM: dataset.VB}, 0, "but no descriptor words lead on at byte 155999"},
		{"FB", fb, dataset.Format{RECFM: dataset.FB, LRECL: 80}, 0, "the pattern repeats up to the end of the file too"},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := dataset.RecogniseSamples(parts(c.data, 40_000, 20_000), int64(len(c.data)), 0)
			require.NotEmpty(t, found)
			require.Equal(t, c.want, found[0].Format)
			require.Equal(t, c.header, found[0].Header)
			require.Contains(t, strings.Join(found[0].Evidence, "\n"), c.evidence)
		})
	}
}

func slicesJoin(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func BenchmarkRecogniseSamples(b *testing.B) {
	data := written(b, dataset.Format{RECFM: dataset.FB, LRECL: 227}, people(5000, 227)...)
	for b.Loop() {
		dataset.RecogniseSamples(parts(data, dataset.SampleBytes, dataset.FurtherBytes), int64(len(data)), 0)
	}
}
