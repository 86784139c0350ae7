package dataset_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"tidewaiter/copybooks/dataset"
)

// people returns records of fields a person would recognise, in EBCDIC: a key,
// a name, an amount packed, a date. Their kinds of bytes repeat, their bytes do
// not.
func people(n, length int) (records [][]byte) {
	for i := range n {
		text := fmt.Sprintf("%07d%-20s%08d", i*7919%9999999, strings.Repeat("NAME", i%4+1), 19990101+i*13)
		rec, _ := charmap.CodePage037.NewEncoder().Bytes([]byte(text))
		rec = append(rec, byte(i)*16&0x90, byte(i)%10<<4|5, byte(i%10)<<4|0xC)
		for len(rec) < length {
			rec = append(rec, 0x40)
		}
		records = append(records, rec)
	}
	return records
}

func TestRecognise(t *testing.T) {
	for _, f := range []dataset.Format{
		{RECFM: dataset.FB, LRECL: 80},
		{RECFM: dataset.FB, LRECL: 38},
		{RECFM: dataset.FB, LRECL: 1503},
		{RECFM: dataset.VB},
		{RECFM: dataset.VB, BDW: true},
		{RECFM: dataset.VB, RDW: dataset.RDW{LittleEndian: true}},
		{RECFM: dataset.VB, RDW: dataset.RDW{ExcludesSelf: true}},
		{RECFM: dataset.VBS, BDW: true, BLKSIZE: 150},
		{RECFM: dataset.D},
	} {
		t.Run(fmt.Sprintf("%s %d %v %v", f.RECFM, f.LRECL, f.BDW, f.RDW), func(t *testing.T) {
			length := max(f.LRECL, 60)
			if f.LRECL == 38 {
				length = 38
			}
			data := written(t, f, people(400, length)...)
			for _, size := range []int64{int64(len(data)), int64(len(data)) + int64(length)*9} { // whole, and the start of more
				found := dataset.Recognise(data, size, 0)
				require.NotEmpty(t, found)
				got := found[0].Format
				f.BLKSIZE = 0
				require.Equal(t, f, got, "%v", found)
				require.NotEmpty(t, found[0].Evidence)
			}
		})
	}
}

func TestRecogniseText(t *testing.T) {
	found := dataset.Recognise([]byte(strings.Repeat("JUST A LINE\r\n", 40)), 13*40, 0)
	require.Equal(t, dataset.Format{RECFM: dataset.Text, Delimiter: "\r\n"}, found[0].Format)
	require.Equal(t, []string{"40 lines end with CR LF", "100% of the bytes are text"}, found[0].Evidence)
}

func TestRecogniseNothing(t *testing.T) {
	require.Empty(t, dataset.Recognise(nil, 0, 0))
	require.Empty(t, dataset.Recognise([]byte{1, 2, 3}, 3, 0))
	found := dataset.Recognise(make([]byte, 160), 160, 80)
	require.Equal(t, 80, found[0].Format.LRECL)
}

// A framing that does not fit is diagnosed from the bytes.
func TestDiagnosisFromThePattern(t *testing.T) {
	data := string(written(t, dataset.Format{RECFM: dataset.FB, LRECL: 80}, people(400, 80)...))
	_, _, err := readAll(t, strings.NewReader("\xF1"+data[1:]), dataset.Format{RECFM: dataset.VB})
	require.ErrorContains(t, err, "record 1 at byte 0: RDW X'F1F0F0F0' reads 61936; this looks like FB, LRECL 80")
	_, _, err = readAll(t, strings.NewReader(data+"\xF1"), dataset.Format{RECFM: dataset.FB, LRECL: 81})
	require.ErrorContains(t, err, "this looks like FB, LRECL 80")
}

func BenchmarkRecognise(b *testing.B) {
	data := written(b, dataset.Format{RECFM: dataset.FB, LRECL: 227}, people(1000, 227)...)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		dataset.Recognise(data, int64(len(data)), 0)
	}
}
