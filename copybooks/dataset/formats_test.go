package dataset_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks/dataset"
)

// The descriptor words are those of z/OS DFSMS Using Data Sets: record
// descriptor word, segment descriptor word (code 0 whole, 1 first, 2 last,
// 3 middle), block descriptor word, ISO/ANSI format-D records.
func TestFormats(t *testing.T) {
	three := []string{"A", "BB", "CCC"}
	for _, c := range []struct {
		name, data string
		format     dataset.Format
		want       []string
	}{
		{"VBS, whole and spanned", "\x00\x05\x00\x00A" + "\x00\x05\x01\x00B\x00\x05\x02\x00B" + "\x00\x05\x01\x00C\x00\x05\x03\x00C\x00\x05\x02\x00C", dataset.Format{RECFM: dataset.VBS}, three},
		{"VBS with BDW, a record over three blocks", "\x00\x0E\x00\x00\x00\x05\x00\x00A\x00\x05\x01\x00B" + "\x00\x09\x00\x00\x00\x05\x03\x00B" + "\x00\x0F\x00\x00\x00\x05\x02\x00C\x00\x06\x00\x00DD", dataset.Format{RECFM: dataset.VBS, BDW: true}, []string{"A", "BBC", "DD"}},
		{"VBS, null segment ends the block", "\x00\x0D\x00\x00\x00\x05\x00\x00A\x80\x00\x00\x00" + "\x00\x0A\x00\x00\x00\x06\x00\x00BB", dataset.Format{RECFM: dataset.VBS, BDW: true}, []string{"A", "BB"}},
		{"VBS, empty segments", "\x00\x04\x01\x00\x00\x05\x02\x00A", dataset.Format{RECFM: dataset.VBS}, []string{"A"}},
		{"VBS little-endian", "\x05\x00\x01\x00A\x05\x00\x02\x00B", dataset.Format{RECFM: dataset.VBS, RDW: dataset.RDW{LittleEndian: true}}, []string{"AB"}},
		{"FB with BDW", "\x00\x08\x00\x00AABB\x00\x06\x00\x00CC", dataset.Format{RECFM: dataset.FB, LRECL: 2, BDW: true}, []string{"AA", "BB", "CC"}},
		{"FB with extended BDW", "\x80\x00\x00\x08AABB\x80\x00\x00\x06CC", dataset.Format{RECFM: dataset.FB, LRECL: 2, BDW: true}, []string{"AA", "BB", "CC"}},
		{"D, ASCII lengths", "0005A0006BB0007CCC", dataset.Format{RECFM: dataset.D}, three},
		{"D, EBCDIC lengths", "\xF0\xF0\xF0\xF5A\xF0\xF0\xF0\xF6BB", dataset.Format{RECFM: dataset.D}, []string{"A", "BB"}},
		{"D with block prefix", "00150005A0006BB00110007CCC", dataset.Format{RECFM: dataset.D, BDW: true}, three},
		{"U, blocks of LRECL, the last shorter", "AAABBBC", dataset.Format{RECFM: dataset.U, LRECL: 3}, []string{"AAA", "BBB", "C"}},
		{"U with BDW", "\x00\x05\x00\x00A\x00\x07\x00\x00CCC", dataset.Format{RECFM: dataset.U, BDW: true}, []string{"A", "CCC"}},
		{"TEXT", "A\nBB\n\nCCC\n", dataset.Format{RECFM: dataset.Text}, []string{"A", "BB", "", "CCC"}},
		{"TEXT, last line without delimiter", "A\nBB", dataset.Format{RECFM: dataset.Text}, []string{"A", "BB"}},
		{"TEXT, CR LF", "A\r\nBB\r\n", dataset.Format{RECFM: dataset.Text, Delimiter: "\r\n"}, []string{"A", "BB"}},
		{"TEXT, EBCDIC new line", "\xC1\x15\xC2\x15", dataset.Format{RECFM: dataset.Text, Delimiter: "\x15"}, []string{"\xC1", "\xC2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, src := range []func() (records [][]byte, err error){
				func() ([][]byte, error) { r, _, err := readAll(t, strings.NewReader(c.data), c.format); return r, err },
				func() ([][]byte, error) {
					r, _, err := readAll(t, iotest.OneByteReader(strings.NewReader(c.data)), c.format)
					return r, err
				},
			} {
				records, err := src()
				require.NoError(t, err)
				var got []string
				for _, rec := range records {
					got = append(got, string(rec))
				}
				require.Equal(t, c.want, got)
			}
		})
	}
}

func TestBrokenFormats(t *testing.T) {
	for _, c := range []struct {
		name, data string
		format     dataset.Format
		good       int
		want       string
	}{
		{"VBS starts in the middle", "\x00\x05\x02\x00A", dataset.Format{RECFM: dataset.VBS}, 0, "record 1 at byte 0: a segment with code 2, but no record has begun"},
		{"VBS last segment missing", "\x00\x05\x00\x00A\x00\x05\x01\x00B\x00\x05\x00\x00C", dataset.Format{RECFM: dataset.VBS}, 1, "record 2 at byte 10: a segment with code 0 inside the record that begins at byte 5"},
		{"VBS ends inside a record", "\x00\x05\x01\x00B", dataset.Format{RECFM: dataset.VBS}, 0, "record 1 at byte 5: the file ends inside the record that begins at byte 0; the file may be cut off"},
		{"VBS longer than LRECL", "\x00\x06\x01\x00AA\x00\x06\x02\x00BB", dataset.Format{RECFM: dataset.VBS, LRECL: 3}, 0, "record 1 at byte 6: the record that begins at byte 0 is longer than 3 bytes"},
		{"D of something else", "00X5A", dataset.Format{RECFM: dataset.D}, 0, "record 1 at byte 0: X'30305835' is not a length in four decimal characters; this looks like FB: the file starts with text, not with an RDW; or the RDWs may have been lost in transfer: transfer the dataset again in binary with its RDWs (FTP: quote site rdw)"},
		{"VB of D", "0005A0006BB0007CCC", dataset.Format{RECFM: dataset.VB}, 0, "record 1 at byte 0: RDW X'30303035' reads 12336; this looks like D: lengths in four decimal characters"},
		{"RDW lost in transfer", "\x00\x00\x01\x2C\xC1\xC2\xC3\x00\x00\x02\x2C\xC1", dataset.Format{RECFM: dataset.VB}, 0, "record 1 at byte 0: RDW X'0000012C' reads 0; the RDWs may have been lost in transfer: transfer the dataset again in binary with its RDWs (FTP: quote site rdw)"},
		{"FB block of half a record", "\x00\x07\x00\x00AAB", dataset.Format{RECFM: dataset.FB, LRECL: 2, BDW: true}, 0, "record 1 at byte 0: BDW X'00070000' reads a block of 3 bytes of records, not a multiple of LRECL 2; the file may have no BDW"},
		{"record runs out of its block", "\x00\x09\x00\x00\x00\x06\x00\x00AA", dataset.Format{RECFM: dataset.VB, BDW: true}, 0, "record 1 at byte 4: a record of 2 bytes runs past the end of its block at byte 9"},
		{"TEXT with CR LF", "A\r\n", dataset.Format{RECFM: dataset.Text}, 0, "record 1 at byte 0: the line ends with a carriage return before its line feed; this looks like TEXT with delimiter CR LF"},
		{"TEXT without lines", "AAAAAAAA", dataset.Format{RECFM: dataset.Text, LRECL: 3}, 0, "record 1 at byte 0: no line ends within 3 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, _, err := readAll(t, strings.NewReader(c.data), c.format)
			require.EqualError(t, err, c.want)
			require.Len(t, records, c.good)
		})
	}
}

func written(t require.TestingT, f dataset.Format, records ...[]byte) []byte {
	var file bytes.Buffer
	w, err := dataset.NewWriter(&file, f)
	require.NoError(t, err)
	for _, rec := range records {
		require.NoError(t, w.Write(rec))
	}
	require.NoError(t, w.Flush())
	return file.Bytes()
}

func TestBlocksWritten(t *testing.T) {
	a, b := []byte("A"), []byte("BBBBBBBB")
	for _, c := range []struct {
		name   string
		format dataset.Format
		want   string
	}{
		{"VB fills a block", dataset.Format{RECFM: dataset.VB, BDW: true}, "\x00\x15\x00\x00\x00\x05\x00\x00A\x00\x0C\x00\x00BBBBBBBB"},
		{"V has a record a block", dataset.Format{RECFM: dataset.V, BDW: true}, "\x00\x09\x00\x00\x00\x05\x00\x00A\x00\x10\x00\x00\x00\x0C\x00\x00BBBBBBBB"},
		{"VB starts a block when one is full", dataset.Format{RECFM: dataset.VB, BDW: true, BLKSIZE: 16}, "\x00\x09\x00\x00\x00\x05\x00\x00A\x00\x10\x00\x00\x00\x0C\x00\x00BBBBBBBB"},
		{"extended BDW above 32,760", dataset.Format{RECFM: dataset.VB, BDW: true, BLKSIZE: 32761}, "\x80\x00\x00\x15\x00\x05\x00\x00A\x00\x0C\x00\x00BBBBBBBB"},
		{"VBS spans", dataset.Format{RECFM: dataset.VBS, BDW: true, BLKSIZE: 16}, "\x00\x10\x00\x00\x00\x05\x00\x00A\x00\x07\x01\x00BBB\x00\x0D\x00\x00\x00\x09\x02\x00BBBBB"},
		{"VBS without BDW", dataset.Format{RECFM: dataset.VBS, BLKSIZE: 16}, "\x00\x05\x00\x00A\x00\x07\x01\x00BBB\x00\x09\x02\x00BBBBB"},
		{"VS starts records in blocks of their own", dataset.Format{RECFM: dataset.VS, BDW: true, BLKSIZE: 14}, "\x00\x09\x00\x00\x00\x05\x00\x00A\x00\x0E\x00\x00\x00\x0A\x01\x00BBBBBB\x00\x0A\x00\x00\x00\x06\x02\x00BB"},
		{"D", dataset.Format{RECFM: dataset.D}, "0005A0012BBBBBBBB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, string(written(t, c.format, a, b)))
		})
	}
}

func TestWriterRefusesWhatNoReaderCouldCut(t *testing.T) {
	for _, c := range []struct {
		name    string
		format  dataset.Format
		records []string
		want    string
	}{
		{"delimiter in a line", dataset.Format{RECFM: dataset.Text}, []string{"A\nB"}, "record 1 holds the delimiter X'0A' of its lines"},
		{"U after a short block", dataset.Format{RECFM: dataset.U, LRECL: 3}, []string{"A", "B"}, "record 2 follows one of fewer than 3 bytes: no reader could tell them apart"},
		{"larger than a block", dataset.Format{RECFM: dataset.VB, BDW: true, BLKSIZE: 12}, []string{"AAAAA"}, "record 1 takes 9 bytes, a block has room for 8: give a larger BLKSIZE"},
		{"D above 9,999", dataset.Format{RECFM: dataset.D}, []string{strings.Repeat("A", 9996)}, "record 1 is 9996 bytes long, its RDW would read 10000"},
		{"VBS above LRECL", dataset.Format{RECFM: dataset.VBS, LRECL: 2}, []string{"AAA"}, "record 1 is 3 bytes long, more than 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, err := dataset.NewWriter(&bytes.Buffer{}, c.format)
			require.NoError(t, err)
			for _, rec := range c.records {
				err = w.Write([]byte(rec))
			}
			require.EqualError(t, err, c.want)
		})
	}
}

// Law: what is written in blocks, segments or lines is read back.
func TestBlockedRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := dataset.Format{
			RECFM:   rapid.SampledFrom([]dataset.RECFM{dataset.F, dataset.FB, dataset.V, dataset.VB, dataset.VS, dataset.VBS, dataset.D, dataset.U}).Draw(t, "recfm"),
			BDW:     rapid.Bool().Draw(t, "bdw"),
			BLKSIZE: rapid.SampledFrom([]int{0, 310, 1000, 32761}).Draw(t, "blksize"),
		}
		f.RDW.LittleEndian = f.RECFM != dataset.D && f.BLKSIZE < 32761 && rapid.Bool().Draw(t, "little")
		least, most := 0, 300
		if f.RECFM == dataset.F || f.RECFM == dataset.FB || f.RECFM == dataset.U {
			f.LRECL = rapid.IntRange(1, 300).Draw(t, "lrecl")
			least, most = f.LRECL, f.LRECL
		}
		if f.RECFM == dataset.VS || f.RECFM == dataset.VBS {
			most = 3000
		}
		want := rapid.SliceOf(rapid.SliceOfN(rapid.Byte(), least, most)).Draw(t, "records")
		got, _, err := readAll(t, bytes.NewReader(written(t, f, want...)), f)
		require.NoError(t, err)
		require.Equal(t, len(want), len(got))
		for i := range want {
			require.True(t, bytes.Equal(want[i], got[i]))
		}
	})
}
