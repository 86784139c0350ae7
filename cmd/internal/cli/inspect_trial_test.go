package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/ebcdic"
)

const payment = `       01  PAYMENT.
           05  PAYER     PIC X(12).
           05  NUMBER-OF PIC 9(01).
           05  PART      PIC S9(05)V99 COMP-3 OCCURS 1 TO 4
                         DEPENDING ON NUMBER-OF.
           05  PAID-ON   PIC 9(08).
           05  BALANCE   PIC S9(09)V99 COMP-3.
`

var whole = strings.ReplaceAll(payment, "OCCURS 1 TO 4\n                         DEPENDING ON NUMBER-OF", "OCCURS 4")

// paid returns n records of a copybook and the file that it is in.
func paid(t *testing.T, source string, n int) (copybook string, records [][]byte) {
	t.Helper()
	copybook = filepath.Join(t.TempDir(), "payment.cpy")
	require.NoError(t, os.WriteFile(copybook, []byte(source), 0o644))
	book, err := copybooks.ParseFile(copybook, copybooks.Options{})
	require.NoError(t, err)
	c, err := book.Records[0].Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	e := c.NewEncoder(copybooks.JSONOptions{})
	for i := range n {
		parts := []string{"1.50", "-22.75", "30000.01", "4.00"}
		count := 1 + (i*i+i/3)%4
		if source == whole {
			count = 4
		}
		line := fmt.Sprintf(`{"PAYER":"%s","NUMBER-OF":%d,"PART":[%s],"PAID-ON":%d,"BALANCE":%d.%02d}`,
			[]string{"ACME", "Jones and Co", "Smith", "Tidewater"}[i%4], count, strings.Join(parts[:count], ","), 20200101+i%28, i*7919, i%100)
		rec, err := e.Append(nil, []byte(line))
		require.NoError(t, err)
		records = append(records, rec)
	}
	return copybook, records
}

func inspected(t *testing.T, data []byte, args ...string) inspection {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data")
	require.NoError(t, os.WriteFile(path, data, 0o644))
	out, _, err := execute(t, newInspectCommand(), append([]string{"--json", path}, args...)...)
	require.NoError(t, err)
	var found inspection
	require.NoError(t, json.Unmarshal([]byte(out), &found))
	return found
}

func framed(t *testing.T, f dataset.Format, records [][]byte) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := dataset.NewWriter(&file, f)
	require.NoError(t, err)
	for _, rec := range records {
		require.NoError(t, w.Write(rec))
	}
	require.NoError(t, w.Flush())
	return file.Bytes()
}

func TestInspectLetsTheCopybookWeigh(t *testing.T) {
	book, records := paid(t, whole, 300)
	found := inspected(t, framed(t, dataset.Format{RECFM: dataset.FB, LRECL: len(records[0])}, records), "--copybook", book)
	require.Equal(t, fmt.Sprintf("--recfm FB --lrecl %d", len(records[0])), found.Formats[0].Flags)
	require.Equal(t, 99, found.Formats[0].Score)
	require.Contains(t, strings.Join(found.Formats[0].Evidence, "\n"), "by the copybook 1400 of 1400 numeric fields in 200 records hold a number")
	require.Equal(t, "cp037", found.CodePages[0].Page)
	require.Contains(t, strings.Join(found.CodePages[0].Evidence, "\n"), "1400 of 1400 numeric fields")
}

func TestInspectFindsRecordsWhoseRDWsAreLost(t *testing.T) {
	book, records := paid(t, payment, 300)
	data := bytes.Join(records, nil)
	found := inspected(t, data, "--copybook", book)
	require.Equal(t, "--length-field '4 * NUMBER-OF + 27'", found.Formats[0].Flags, "%v", found.Formats)
	require.Contains(t, found.Formats[0].Evidence[0], "lost in transfer")
	require.Equal(t, "PAYMENT", found.Records[1].Name)
	again := inspected(t, data, "--copybook", book, "--length-field", "4 * NUMBER-OF + 27")
	require.Empty(t, again.Problem, "the flags that inspect gives fit")
}

func TestInspectFindsAHeaderBeforeTheFirstRDW(t *testing.T) {
	book, records := paid(t, payment, 300)
	data := append(bytes.Repeat([]byte{0xC8}, 57), framed(t, dataset.Format{RECFM: dataset.VB}, records)...)
	found := inspected(t, data, "--copybook", book)
	require.Equal(t, "--recfm VB --header-bytes 57", found.Formats[0].Flags)
	require.EqualValues(t, 57, found.Records[0].Offset)
	require.Empty(t, found.Records[0].Fields[2].Fault)
	again := inspected(t, append(data, "\xE3\xD9"...), "--copybook", book, "--recfm", "VB", "--header-bytes", "57", "--trailer-bytes", "2")
	require.Empty(t, again.Problem)
	require.EqualValues(t, 57, again.Records[0].Offset)
	require.EqualValues(t, len(data)+2, again.Bytes)
}

func TestInspectFindsDescriptorWordsInAnyForm(t *testing.T) {
	_, records := paid(t, payment, 300)
	for _, c := range []struct {
		rdw   dataset.RDW
		flags string
	}{
		{dataset.RDW{LittleEndian: true}, "--recfm VB --rdw little"},
		{dataset.RDW{Last: true, ExcludesSelf: true}, "--recfm VB --rdw big-last --rdw-includes-self=false"},
		{dataset.RDW{LittleEndian: true, Last: true}, "--recfm VB --rdw little-last"},
	} {
		found := inspected(t, framed(t, dataset.Format{RECFM: dataset.VB, RDW: c.rdw}, records))
		require.Equal(t, c.flags, found.Formats[0].Flags)
	}
}

// A transfer in text mode translates the packed fields too.
func TestInspectRecognisesAConvertedFile(t *testing.T) {
	book, records := paid(t, whole, 300)
	data := bytes.Join(records, nil)
	for i, b := range data {
		c, ok := ebcdic.Latin1.Byte(ebcdic.CP037.Rune(b))
		require.True(t, ok)
		data[i] = c
	}
	found := inspected(t, data, "--copybook", book)
	page, err := ebcdic.LookupCodePage(found.CodePages[0].Page)
	require.NoError(t, err)
	require.Equal(t, byte(' '), page.Space())
	remarks := strings.Join(found.Remarks, "\n")
	require.Contains(t, remarks, "the file was converted from EBCDIC in transfer as if all of it were text; transfer it again in binary")
	require.Contains(t, remarks, "Translated back from Latin-1 to cp037, 100% of all numbers are good")
}

// A format that is given is not read to the end of a huge file.
func TestInspectOfAHugeFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huge")
	require.NoError(t, os.WriteFile(path, nil, 0o644))
	require.NoError(t, os.Truncate(path, 40<<30))
	out, _, err := execute(t, newInspectCommand(), "--recfm", "FB", "--lrecl", "80", path)
	require.NoError(t, err)
	require.Contains(t, out, "the rest was not read")
}
