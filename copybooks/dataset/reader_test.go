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

func readAll(t require.TestingT, src io.Reader, f dataset.Format) (records [][]byte, offsets []int64, err error) {
	r, err := dataset.NewReader(src, f)
	require.NoError(t, err)
	for {
		rec, err := r.Next()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return records, offsets, err
		}
		records = append(records, bytes.Clone(rec))
		offsets = append(offsets, r.Offset())
		require.EqualValues(t, len(records), r.Record())
	}
}

func TestVariableRecords(t *testing.T) {
	const a, b = "\xC1", "\xC2\xC2"
	for _, c := range []struct {
		name, data string
		format     dataset.Format
	}{
		{"z/OS RDW counts itself", "\x00\x05\x00\x00" + a + "\x00\x06\x00\x00" + b, dataset.Format{RECFM: dataset.VB}},
		{"little-endian", "\x05\x00\x00\x00" + a + "\x06\x00\x00\x00" + b, dataset.Format{RECFM: dataset.VB, RDW: dataset.RDW{LittleEndian: true}}},
		{"does not count itself", "\x00\x01\x00\x00" + a + "\x00\x02\x00\x00" + b, dataset.Format{RECFM: dataset.V, RDW: dataset.RDW{ExcludesSelf: true}}},
		{"adjusted", "\x00\x07\x00\x00" + a + "\x00\x08\x00\x00" + b, dataset.Format{RECFM: dataset.V, RDW: dataset.RDW{Adjust: -2}}},
		{"BDW, one block", "\x00\x0F\x00\x00\x00\x05\x00\x00" + a + "\x00\x06\x00\x00" + b, dataset.Format{RECFM: dataset.VB, BDW: true}},
		{"BDW, two blocks", "\x00\x09\x00\x00\x00\x05\x00\x00" + a + "\x00\x0A\x00\x00\x00\x06\x00\x00" + b, dataset.Format{RECFM: dataset.VB, BDW: true}},
		{"extended BDW", "\x80\x00\x00\x0F\x00\x05\x00\x00" + a + "\x00\x06\x00\x00" + b, dataset.Format{RECFM: dataset.VB, BDW: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, _, err := readAll(t, strings.NewReader(c.data), c.format)
			require.NoError(t, err)
			require.Equal(t, [][]byte{[]byte(a), []byte(b)}, records)
			records, _, err = readAll(t, iotest.OneByteReader(strings.NewReader(c.data)), c.format)
			require.NoError(t, err)
			require.Len(t, records, 2)
		})
	}
}

func TestOffsets(t *testing.T) {
	_, offsets, err := readAll(t, strings.NewReader("\x00\x05\x00\x00A\x00\x06\x00\x00BB\x00\x04\x00\x00"), dataset.Format{RECFM: dataset.VB})
	require.NoError(t, err)
	require.Equal(t, []int64{0, 5, 11}, offsets)
	_, offsets, err = readAll(t, strings.NewReader("AABBCC"), dataset.Format{RECFM: dataset.FB, LRECL: 2})
	require.NoError(t, err)
	require.Equal(t, []int64{0, 2, 4}, offsets)
}

func TestSetStart(t *testing.T) {
	r, err := dataset.NewReader(strings.NewReader("BBCC"), dataset.Format{RECFM: dataset.FB, LRECL: 2})
	require.NoError(t, err)
	r.SetStart(2, 2)
	_, err = r.Next()
	require.NoError(t, err)
	require.EqualValues(t, 2, r.Record())
	require.EqualValues(t, 2, r.Offset())
	require.EqualValues(t, 4, r.NextOffset())
}

func TestFramingErrors(t *testing.T) {
	fb80 := "\xF1\xF1" + strings.Repeat("\x40", 78)
	little := strings.Repeat("\x05\x00\x00\x00A", 4)
	for _, c := range []struct {
		name   string
		data   string
		format dataset.Format
		good   int
		want   string
	}{
		{"VB of an FB file", fb80 + fb80, dataset.Format{RECFM: dataset.VB, LayoutLength: 80}, 0, "record 1 at byte 0: RDW X'F1F14040' reads 61937; this looks like FB, LRECL 80"},
		{"big of little-endian", little, dataset.Format{RECFM: dataset.VB}, 0, "record 1 at byte 0: file ends after 20 bytes of an RDW and its record of 1280 bytes; this looks like an RDW in the other byte order (little-endian)"},
		{"does not count itself", "\x00\x02\x00\x00AA\x00\x01\x00\x00A", dataset.Format{RECFM: dataset.VB}, 0, "record 1 at byte 0: RDW X'00020000' reads 2; this looks like an RDW that does not count its own four bytes"},
		{"spanned", "\x00\x06\x01\x00AA", dataset.Format{RECFM: dataset.VB}, 0, "record 1 at byte 0: RDW X'00060100' reads 6; this looks like VBS: the RDW has a segment code"},
		{"truncated last record", "\x00\x05\x00\x00A\x00\x09\x00\x00AB", dataset.Format{RECFM: dataset.VB}, 1, "record 2 at byte 5: file ends after 6 bytes of an RDW and its record of 9 bytes; the file may be cut off"},
		{"truncated RDW", "\x00\x05\x00\x00A\x00", dataset.Format{RECFM: dataset.VB}, 1, "record 2 at byte 5: file ends after 1 bytes of an RDW of 4 bytes; the file may be cut off"},
		{"FB cut off", "AAABBBC", dataset.Format{RECFM: dataset.FB, LRECL: 3}, 2, "record 3 at byte 6: file ends after 1 bytes of a record of 3 bytes; 7 bytes are not a multiple of LRECL 3"},
		{"FB with another LRECL", "AAABBBC", dataset.Format{RECFM: dataset.FB, LRECL: 3, LayoutLength: 7}, 2, "record 3 at byte 6: file ends after 1 bytes of a record of 3 bytes; the copybook's record is 7 bytes long, LRECL is 3"},
		{"damaged in the middle", "\x00\x05\x00\x00A\xC1\xC1\xC1\xC1\xC1", dataset.Format{RECFM: dataset.VB}, 1, "record 2 at byte 5: RDW X'C1C1C1C1' reads 49601"},
		{"BDW too small", "\x00\x04\x00\x00", dataset.Format{RECFM: dataset.VB, BDW: true}, 0, "record 1 at byte 0: BDW X'00040000' reads a block of 4 bytes; the file may have no BDW"},
		{"block cut off between records", "\x00\x0F\x00\x00\x00\x05\x00\x00A", dataset.Format{RECFM: dataset.VB, BDW: true}, 1, "record 2 at byte 9: file ends after 0 bytes of an RDW of 4 bytes; the file may be cut off"},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, _, err := readAll(t, strings.NewReader(c.data), c.format)
			require.EqualError(t, err, c.want)
			require.Len(t, records, c.good, "the records before are good")
		})
	}
}

func TestReadErrorIsKept(t *testing.T) {
	boom := errors.New("boom")
	_, _, err := readAll(t, io.MultiReader(strings.NewReader("AAB"), iotest.ErrReader(boom)), dataset.Format{RECFM: dataset.FB, LRECL: 2})
	require.ErrorIs(t, err, boom)
	require.ErrorContains(t, err, "reading record 2 at byte 2")
}

func TestFormatsRefused(t *testing.T) {
	for _, f := range []dataset.Format{{}, {RECFM: dataset.FB}, {RECFM: dataset.U}, {RECFM: dataset.Text, BDW: true}, {RECFM: dataset.V, LRECL: -1}, {RECFM: dataset.VB, BLKSIZE: 11}, {RECFM: dataset.VB, LRECL: 1 << 30}, {RECFM: 99}} {
		_, err := dataset.NewReader(nil, f)
		require.Error(t, err)
		_, err = dataset.NewWriter(nil, f)
		require.Error(t, err)
	}
}

func TestWriterRefuses(t *testing.T) {
	w, err := dataset.NewWriter(io.Discard, dataset.Format{RECFM: dataset.FB, LRECL: 3})
	require.NoError(t, err)
	require.EqualError(t, w.Write([]byte("AA")), "record 1 is 2 bytes long, LRECL is 3")
	w, err = dataset.NewWriter(io.Discard, dataset.Format{RECFM: dataset.VB, LRECL: 6})
	require.NoError(t, err)
	require.Error(t, w.Write([]byte("AAA")))
}

// Law: what is written is read back, in every format.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := dataset.Format{RECFM: rapid.SampledFrom([]dataset.RECFM{dataset.F, dataset.FB, dataset.V, dataset.VB}).Draw(t, "recfm")}
		least, most := 0, 300
		if f.RECFM == dataset.F || f.RECFM == dataset.FB {
			f.LRECL = rapid.IntRange(1, 300).Draw(t, "lrecl")
			least, most = f.LRECL, f.LRECL
		} else {
			f.RDW.LittleEndian = rapid.Bool().Draw(t, "little")
			f.RDW.ExcludesSelf = rapid.Bool().Draw(t, "excludes")
			f.RDW.Adjust = rapid.IntRange(-9, 0).Draw(t, "adjust")
		}
		want := rapid.SliceOf(rapid.SliceOfN(rapid.Byte(), least, most)).Draw(t, "records")
		var file bytes.Buffer
		w, err := dataset.NewWriter(&file, f)
		require.NoError(t, err)
		for _, rec := range want {
			require.NoError(t, w.Write(rec))
		}
		require.NoError(t, w.Flush())
		got, _, err := readAll(t, &file, f)
		require.NoError(t, err)
		require.Equal(t, len(want), len(got))
		for i := range want {
			require.True(t, bytes.Equal(want[i], got[i]))
		}
	})
}

// FuzzFraming reads arbitrary bytes in arbitrary formats: no panic, and every
// byte is in a record, in a descriptor word or after the reported error.
func FuzzFraming(f *testing.F) {
	f.Add([]byte("\x00\x05\x00\x00A\x00\x06\x00\x00BB"), uint8(4), 0, false, false, false)
	f.Add([]byte("\x05\x00\x00\x00A"), uint8(4), 0, true, false, false)
	f.Add([]byte("\x00\x09\x00\x00\x00\x05\x00\x00A"), uint8(4), 0, false, false, true)
	f.Add([]byte("AAABBB"), uint8(2), 3, false, false, false)
	f.Add([]byte("\x00\x05\x01\x00A\x00\x05\x02\x00B"), uint8(5), 0, false, false, false)
	f.Add([]byte("\x00\x0E\x00\x00\x00\x05\x01\x00A\x80\x01\x00\x00B"), uint8(5), 0, false, false, true)
	f.Add([]byte("00090005A"), uint8(6), 0, false, false, true)
	f.Add([]byte("\x80\x00\x00\x06AB"), uint8(8), 9, false, false, true)
	f.Add([]byte("A\nBB\n"), uint8(9), 0, false, false, false)
	f.Fuzz(func(t *testing.T, data []byte, recfm uint8, lrecl int, little, excludes, bdw bool) {
		format := dataset.Format{RECFM: dataset.RECFM(recfm), LRECL: lrecl % 4096, BDW: bdw, LayoutLength: 80}
		format.RDW = dataset.RDW{LittleEndian: little, ExcludesSelf: excludes}
		if _, err := dataset.NewReader(nil, format); err != nil {
			return
		}
		records, offsets, err := readAll(t, bytes.NewReader(data), format)
		end := int64(0)
		for i, rec := range records {
			require.GreaterOrEqual(t, offsets[i], end)
			end = offsets[i] + int64(len(rec))
		}
		require.LessOrEqual(t, end, int64(len(data)))
		var fe *dataset.FramingError
		if err != nil {
			require.ErrorAs(t, err, &fe)
			require.LessOrEqual(t, fe.Offset, int64(len(data)))
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	var file bytes.Buffer
	w, _ := dataset.NewWriter(&file, dataset.Format{RECFM: dataset.VB})
	for range 100_000 {
		_ = w.Write(make([]byte, 120))
	}
	_ = w.Flush()
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	src := bytes.NewReader(file.Bytes())
	for b.Loop() {
		src.Reset(file.Bytes())
		r, _ := dataset.NewReader(src, dataset.Format{RECFM: dataset.VB})
		for {
			if _, err := r.Next(); err != nil {
				break
			}
		}
	}
}
