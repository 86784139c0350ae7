package dataset_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks/dataset"
)

// again reads data and writes what was read, as decode --raw and encode do.
func again(t require.TestingT, data io.Reader, f dataset.Format) (out []byte, framed int, err error) {
	r, err := dataset.NewReader(data, f)
	require.NoError(t, err)
	r.KeepFraming()
	var file bytes.Buffer
	w, err := dataset.NewWriter(&file, f)
	require.NoError(t, err)
	for {
		rec, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			require.NoError(t, w.WriteRest(r.Rest()))
			require.NoError(t, w.Flush())
			return file.Bytes(), framed, nil
		case err != nil:
			return nil, framed, err
		}
		framing := r.Framing()
		if framing == nil {
			require.NoError(t, w.Write(rec))
			continue
		}
		framed++
		require.NoError(t, w.WriteFramed(rec, framing))
	}
}

// What the writer would not have written by itself comes back as it stood.
func TestFramingIsKept(t *testing.T) {
	for _, c := range []struct {
		name, data string
		format     dataset.Format
		framed     int
	}{
		{"VB: nothing to keep", "\x00\x05\x00\x00A\x00\x06\x00\x00BB", dataset.Format{RECFM: dataset.VB}, 0},
		{"FB: nothing to keep", "AABBCC", dataset.Format{RECFM: dataset.FB, LRECL: 2}, 0},
		{"VB in blocks of one and of two records", "\x00\x09\x00\x00\x00\x05\x00\x00A\x00\x0F\x00\x00\x00\x05\x00\x00B\x00\x06\x00\x00CC", dataset.Format{RECFM: dataset.VB, BDW: true}, 3},
		{"extended and plain BDW in one file", "\x80\x00\x00\x06AA\x00\x08\x00\x00BBCC", dataset.Format{RECFM: dataset.FB, LRECL: 2, BDW: true}, 3},
		{"VBS, null segment at the end", "\x00\x0D\x00\x00\x00\x05\x00\x00A\x80\x00\x00\x00", dataset.Format{RECFM: dataset.VBS, BDW: true}, 1},
		{"VBS, empty segments", "\x00\x04\x01\x00\x00\x05\x02\x00A\x00\x05\x00\x00B", dataset.Format{RECFM: dataset.VBS}, 2},
		{"VBS over blocks", "\x00\x0E\x00\x00\x00\x05\x00\x00A\x00\x05\x01\x00B" + "\x00\x09\x00\x00\x00\x05\x03\x00B" + "\x00\x0F\x00\x00\x00\x05\x02\x00C\x00\x06\x00\x00DD", dataset.Format{RECFM: dataset.VBS, BDW: true}, 3},
		{"D, EBCDIC lengths", "\xF0\xF0\xF0\xF5A\xF0\xF0\xF0\xF6BB", dataset.Format{RECFM: dataset.D}, 2},
		{"D, ASCII lengths", "0005A0006BB", dataset.Format{RECFM: dataset.D}, 0},
		{"TEXT, last line without delimiter", "A\nBB", dataset.Format{RECFM: dataset.Text}, 1},
		{"U with BDW", "\x80\x00\x00\x05A\x00\x07\x00\x00CCC", dataset.Format{RECFM: dataset.U, BDW: true}, 2},
		{"adjusted", "\x00\x07\x00\x00A", dataset.Format{RECFM: dataset.VB, RDW: dataset.RDW{Adjust: -2}}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, src := range []io.Reader{strings.NewReader(c.data), iotest.OneByteReader(strings.NewReader(c.data))} {
				out, framed, err := again(t, src, c.format)
				require.NoError(t, err)
				require.Equal(t, c.data, string(out))
				require.Equal(t, c.framed, framed)
			}
		})
	}
}

func TestFramingThatNoLongerFits(t *testing.T) {
	f := dataset.Format{RECFM: dataset.VB, BDW: true}
	open := []dataset.Stretch{{Bytes: []byte("\x00\x0F\x00\x00\x00\x05\x00\x00"), Record: 1}}
	next := []dataset.Stretch{{Bytes: []byte("\x00\x06\x00\x00"), Record: 2}}
	for _, c := range []struct {
		name  string
		write func(*dataset.Writer) error
		want  string
	}{
		{"another length", func(w *dataset.Writer) error { return w.WriteFramed([]byte("AB"), open) },
			"record 1 is 2 bytes long, its framing has 1: leave the framing out to have it written anew"},
		{"a record is missing at the end", func(w *dataset.Writer) error { return errors.Join(w.WriteFramed([]byte("A"), open), w.Flush()) },
			"the block before record 2 lacks 6 bytes: records were added, removed or moved; leave the framing of all of them out to have blocks made anew"},
		{"the start of the block is missing", func(w *dataset.Writer) error { return w.WriteFramed([]byte("BB"), next) },
			"record 1 does not fit the block that the framing before it began: records were added, removed or moved; leave the framing of all of them out to have blocks made anew"},
		{"a record is new", func(w *dataset.Writer) error {
			return errors.Join(w.WriteFramed([]byte("A"), open), w.Write([]byte("B")))
		},
			"the block before record 2 lacks 6 bytes: records were added, removed or moved; leave the framing of all of them out to have blocks made anew"},
		{"a record is there twice", func(w *dataset.Writer) error {
			return errors.Join(w.WriteFramed([]byte("A"), open), w.WriteFramed([]byte("A"), open))
		}, "record 2 does not fit the block that the framing before it began: records were added, removed or moved; leave the framing of all of them out to have blocks made anew"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, err := dataset.NewWriter(io.Discard, f)
			require.NoError(t, err)
			require.EqualError(t, c.write(w), c.want)
		})
	}
}

// Law: decode → encode is the identity on the bytes of a file, in every framing
// and whatever block size it was written with.
func TestFileRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFormat(t)
		most := 300
		if f.RECFM == dataset.VS || f.RECFM == dataset.VBS {
			most = 3000
		}
		least := 0
		if f.LRECL > 0 {
			least, most = f.LRECL, f.LRECL
		}
		bytesOf := rapid.Byte()
		if f.RECFM == dataset.Text {
			bytesOf = rapid.ByteRange(0x40, 0xFE)
		}
		data := written(t, f, rapid.SliceOf(rapid.SliceOfN(bytesOf, least, most)).Draw(t, "records")...)
		f.BLKSIZE = 0
		out, _, err := again(t, bytes.NewReader(data), f)
		require.NoError(t, err)
		require.True(t, bytes.Equal(data, out))
	})
}

// drawFormat draws a format that reads back what it writes.
func drawFormat(t *rapid.T) dataset.Format {
	f := dataset.Format{
		RECFM:   rapid.SampledFrom([]dataset.RECFM{dataset.F, dataset.FB, dataset.V, dataset.VB, dataset.VS, dataset.VBS, dataset.D, dataset.U, dataset.Text}).Draw(t, "recfm"),
		BLKSIZE: rapid.SampledFrom([]int{0, 330, 1000, 32761}).Draw(t, "blksize"),
	}
	switch f.RECFM {
	case dataset.F, dataset.FB, dataset.U:
		f.LRECL = rapid.IntRange(1, 300).Draw(t, "lrecl")
	case dataset.Text:
		f.Delimiter = rapid.SampledFrom([]string{"", "\r\n", "\x15"}).Draw(t, "delimiter")
		return f
	case dataset.V, dataset.VB:
		f.RDW.ExcludesSelf = rapid.Bool().Draw(t, "excludes")
		f.RDW.Adjust = rapid.IntRange(-9, 0).Draw(t, "adjust")
	}
	f.BDW = rapid.Bool().Draw(t, "bdw")
	if f.RECFM != dataset.D && f.BLKSIZE < 32761 {
		f.RDW.LittleEndian = rapid.Bool().Draw(t, "little")
		f.RDW.Last = !spans(f) && rapid.Bool().Draw(t, "last")
	}
	return f
}

func spans(f dataset.Format) bool { return f.RECFM == dataset.VS || f.RECFM == dataset.VBS }

// FuzzFileRoundTrip: whatever bytes can be cut into records in a format are
// written back as they were.
func FuzzFileRoundTrip(f *testing.F) {
	f.Add([]byte("\x00\x05\x00\x00A\x00\x06\x00\x00BB"), uint8(4), 0, 0, uint8(0))
	f.Add([]byte("\x05\x00\x00\x00A"), uint8(4), 0, 0, uint8(1))
	f.Add([]byte("\x00\x00\x05\x00A"), uint8(4), 0, 0, uint8(1|8))
	f.Add([]byte("\x00\x01\x00\x00A"), uint8(3), 0, 0, uint8(2))
	f.Add([]byte("\x00\x07\x00\x00A"), uint8(3), 0, -2, uint8(0))
	f.Add([]byte("\x00\x09\x00\x00\x00\x05\x00\x00A"), uint8(4), 0, 0, uint8(4))
	f.Add([]byte("\x80\x00\x00\x09\x00\x05\x00\x00A"), uint8(4), 0, 0, uint8(4))
	f.Add([]byte("AAABBB"), uint8(2), 3, 0, uint8(0))
	f.Add([]byte("\x00\x0A\x00\x00AAABBB"), uint8(2), 3, 0, uint8(4))
	f.Add([]byte("\x00\x05\x01\x00A\x00\x05\x02\x00B"), uint8(5), 0, 0, uint8(0))
	f.Add([]byte("\x00\x04\x01\x00\x00\x05\x02\x00A"), uint8(7), 0, 0, uint8(0))
	f.Add([]byte("\x00\x0D\x00\x00\x00\x05\x00\x00A\x80\x00\x00\x00"), uint8(5), 0, 0, uint8(4))
	f.Add([]byte("00090005A"), uint8(6), 0, 0, uint8(4))
	f.Add([]byte("\xF0\xF0\xF0\xF5A"), uint8(6), 0, 0, uint8(0))
	f.Add([]byte("\x80\x00\x00\x06AB"), uint8(8), 9, 0, uint8(4))
	f.Add([]byte("AAAB"), uint8(8), 3, 0, uint8(0))
	f.Add([]byte("A\nBB"), uint8(9), 0, 0, uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, recfm uint8, lrecl, adjust int, forms uint8) {
		format := dataset.Format{RECFM: dataset.RECFM(recfm), LRECL: lrecl % 4096, BDW: forms&4 != 0}
		format.RDW = dataset.RDW{LittleEndian: forms&1 != 0, ExcludesSelf: forms&2 != 0, Last: forms&8 != 0, Adjust: adjust % 100}
		if _, err := dataset.NewReader(nil, format); err != nil {
			return
		}
		if _, err := dataset.NewWriter(nil, format); err != nil {
			return
		}
		if out, _, err := again(t, bytes.NewReader(data), format); err == nil {
			require.True(t, bytes.Equal(data, out), "%q became %q", data, out)
		}
	})
}
