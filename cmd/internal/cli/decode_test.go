package cli

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/fixtures"
)

// copybookFile writes a copybook of the fixtures, with the members it copies,
// into a folder and returns its path.
func copybookFile(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, fixtures.Copybooks))
	return filepath.Join(dir, "copybooks", name+".cpy")
}

func execute(t *testing.T, c *cobra.Command, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	c.SetArgs(args)
	c.SetOut(&out)
	c.SetErr(&errs)
	c.SilenceErrors, c.SilenceUsage = true, true
	err = c.ExecuteContext(t.Context())
	return out.String(), errs.String(), err
}

// feeRows writes three blank fee records, the second with a bad rate.
func feeRows(t *testing.T) string {
	t.Helper()
	book, err := copybooks.ParseFS(fixtures.Copybooks, "copybooks/FEEREC.cpy", copybooks.Options{})
	require.NoError(t, err)
	c, err := book.Records[0].Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	class, err := c.Field("FE-CLASS-CODE")
	require.NoError(t, err)
	var data []byte
	for i, code := range []string{"499", "311", "501"} {
		rec := c.Blank(nil)
		require.NoError(t, class.PutText(rec, 0, code))
		if i == 1 {
			rec[19] = 0x4A
		}
		data = append(data, rec...)
	}
	path := filepath.Join(t.TempDir(), "fees.fb")
	require.NoError(t, os.WriteFile(path, data, 0o644))
	return path
}

func TestDecodeListsBadFieldsAndEncodeBringsThemBack(t *testing.T) {
	book, data := copybookFile(t, "FEEREC"), feeRows(t)
	lines := filepath.Join(t.TempDir(), "fees.jsonl")
	_, stderr, err := execute(t, newDecodeCommand(), "--copybook", book, data, "-o", lines)
	require.ErrorIs(t, err, errBadRecords)
	require.Contains(t, stderr, "fees.fb: record 2 at byte 60: field FE-RATE at offset 19, X'4A0000000C': invalid digit nibble")
	require.Contains(t, stderr, "1 of 3 records have bad fields")
	again := filepath.Join(t.TempDir(), "again.fb")
	_, _, err = execute(t, newEncodeCommand(), "--copybook", book, lines, "-o", again)
	require.NoError(t, err)
	want, err := os.ReadFile(data)
	require.NoError(t, err)
	got, err := os.ReadFile(again)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestDecodeChoosesTheRecordByItsConditions(t *testing.T) {
	book := copybookFile(t, "ESREC")
	parsed, err := copybooks.ParseFile(book, copybooks.Options{})
	require.NoError(t, err)
	var file bytes.Buffer
	w, err := dataset.NewWriter(&file, dataset.Format{RECFM: dataset.VB})
	require.NoError(t, err)
	for i, l := range parsed.Records {
		c, err := l.Codec(copybooks.CodecOptions{})
		require.NoError(t, err)
		rec := c.Blank(nil)
		require.NoError(t, c.Fields()[0].PutText(rec, 0, []string{"10", "11", "40", "41", "50", "90"}[i]))
		n, err := c.Length(rec)
		require.NoError(t, err)
		require.NoError(t, w.Write(rec[:n]))
	}
	require.NoError(t, w.Write([]byte("\xF6\xF0\xC1"))) // record type 60
	require.NoError(t, w.Flush())
	data := filepath.Join(t.TempDir(), "entries.vb")
	require.NoError(t, os.WriteFile(data, file.Bytes(), 0o644))

	out, stderr, err := execute(t, newDecodeCommand(), "--copybook", book, "--recfm", "vb", data)
	require.ErrorIs(t, err, errBadRecords)
	require.Contains(t, stderr, `record 7 at byte 316: field EH-RECORD-TYPE at offset 0, X'F6F0C1': no segment is known for "60", only for 10 11 40 41 50 90`)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 7)
	require.True(t, strings.HasPrefix(lines[4], `{"_record":"ENTRY-TARIFF-RECORD","ET-RECORD-TYPE":"50"`), lines[4])

	jsonl := filepath.Join(t.TempDir(), "entries.jsonl")
	require.NoError(t, os.WriteFile(jsonl, []byte(out), 0o644))
	again, _, err := execute(t, newEncodeCommand(), "--copybook", book, "--recfm", "VB", jsonl, "-o", "-")
	require.NoError(t, err)
	require.Equal(t, file.String(), again)

	out, _, err = execute(t, newDecodeCommand(), "--copybook", book, "--recfm", "VB", data,
		"--segment-field", "EH-RECORD-TYPE", "--segment", "10,11,40,41,50,60=ENTRY-HEADER-RECORD", "--segment", "90=ENTRY-TRAILER-RECORD", "--where", "EH-RECORD-TYPE=90")
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(out, "\n"))
}

func TestDecodeRefusals(t *testing.T) {
	book, data := copybookFile(t, "FEEREC"), feeRows(t)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--to", "parquet"}, "--to parquet writes a binary file: give -o FILE"},
		{[]string{"--to", "xml"}, `"xml" is not one of`},
		{[]string{"--length-field", "X"}, "has no field X"},
		{[]string{"--length-field", "FE-RATE", "--recfm", "VB"}, "does not go with --recfm VB"},
		{[]string{"--float", "vax"}, `reading --float: "vax" is not one of ibm, ieee`},
		{[]string{"--recfm", "VBS"}, "RDW X'"},
		{[]string{"--recfm", "TEXT", "--delimiter", "x'0'"}, "is not hexadecimal bytes"},
		{[]string{"--recfm", "U"}, "RECFM U needs an LRECL"},
		{[]string{"--recfm", "VB"}, "this looks like FB, LRECL 60"},
		{[]string{"--recfm", "VB"}, "see what the file holds with: tidewaiter inspect"},
		{[]string{"--recfm", "Q"}, "reading --recfm"},
		{[]string{"--rdw", "middle"}, `reading --rdw: "middle" is not one of big, little`},
		{[]string{"--codepage", "cp9"}, "reading --codepage"},
		{[]string{"--lrecl", "50"}, "LRECL is 50"},
		{[]string{"--segment", "1=X"}, "belong together"},
		{[]string{"--where", "X"}, "has no field X"},
		{[]string{"--where", "X=1"}, "has no field X"},
		{[]string{"--strict"}, "record 2 at byte 60: field FE-RATE"},
		{[]string{"--header-bytes", "9999"}, "passing a header of 9999 bytes"},
		{[]string{"--jobs", "-1"}, "below 0"},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			_, _, err := execute(t, newDecodeCommand(), append([]string{"--copybook", book, data}, c.args...)...)
			require.ErrorContains(t, err, c.want)
			require.NotErrorIs(t, err, errBadRecords)
		})
	}
}

func TestDecodeLeavesOutHeaderTrailerPrefixAndSuffix(t *testing.T) {
	dir := t.TempDir()
	book := filepath.Join(dir, "r.cpy")
	require.NoError(t, os.WriteFile(book, []byte("       01 R.\n          05 A PIC X.\n"), 0o644))
	data := filepath.Join(dir, "r.fb")
	require.NoError(t, os.WriteFile(data, []byte("HHxAyxByTTT"), 0o644))
	out, _, err := execute(t, newDecodeCommand(), "--copybook", book, "--codepage", "ascii", "--header-bytes", "2", "--trailer-bytes", "3", "--record-prefix", "1", "--record-suffix", "1", data)
	require.NoError(t, err)
	require.Equal(t, "{\"A\":\"A\"}\n{\"A\":\"B\"}\n", out)
}

func TestEveryRecordFormatComesBack(t *testing.T) {
	book, data := copybookFile(t, "FEEREC"), feeRows(t)
	lines := filepath.Join(t.TempDir(), "fees.jsonl")
	_, _, err := execute(t, newDecodeCommand(), "--copybook", book, data, "-o", lines)
	require.ErrorIs(t, err, errBadRecords)
	want, err := os.ReadFile(lines)
	require.NoError(t, err)
	for _, form := range [][]string{
		{"--recfm", "FB", "--bdw"}, {"--recfm", "V", "--bdw"}, {"--recfm", "VB", "--rdw", "little"}, {"--recfm", "VBS"}, {"--recfm", "VBS", "--bdw"},
		{"--recfm", "D"}, {"--recfm", "D", "--bdw"}, {"--recfm", "U", "--lrecl", "60"}, {"--recfm", "U", "--bdw"}, {"--recfm", "TEXT"}, {"--recfm", "TEXT", "--delimiter", "x'0D25'"},
	} {
		again := filepath.Join(t.TempDir(), "again")
		_, _, err := execute(t, newEncodeCommand(), append([]string{"--copybook", book, lines, "-o", again}, form...)...)
		require.NoError(t, err, form)
		got, _, err := execute(t, newDecodeCommand(), append([]string{"--copybook", book, again}, form...)...)
		require.ErrorIs(t, err, errBadRecords, form)
		require.Equal(t, string(want), got, form)
	}
}

func TestDecodeTakesLengthsFromFields(t *testing.T) {
	dir := t.TempDir()
	book := filepath.Join(dir, "r.cpy")
	require.NoError(t, os.WriteFile(book, []byte("       01 R.\n          05 L PIC 9.\n          05 A PIC X OCCURS 1 TO 9 DEPENDING ON L.\n"), 0o644))
	var data bytes.Buffer
	zip := gzip.NewWriter(&data)
	_, err := zip.Write([]byte("#1A#3BCD"))
	require.NoError(t, err)
	require.NoError(t, zip.Close())
	path := filepath.Join(dir, "r.gz")
	require.NoError(t, os.WriteFile(path, data.Bytes(), 0o644))
	out, _, err := execute(t, newDecodeCommand(), "--copybook", book, "--codepage", "ascii", "--length-field", "L + 2", "--record-prefix", "1", path)
	require.NoError(t, err)
	require.Equal(t, `{"L":1,"A":["A"]}`+"\n"+`{"L":3,"A":["B","C","D"]}`+"\n", out)
}

func TestDecodeResyncs(t *testing.T) {
	dir := t.TempDir()
	book := filepath.Join(dir, "r.cpy")
	require.NoError(t, os.WriteFile(book, []byte("       01 R.\n          05 A PIC X.\n"), 0o644))
	data := filepath.Join(dir, "r.vb")
	good := strings.Repeat("\x00\x05\x00\x00A", 5)
	require.NoError(t, os.WriteFile(data, []byte(good+"rubbish"+good), 0o644))
	out, stderr, err := execute(t, newDecodeCommand(), "--copybook", book, "--codepage", "ascii", "--recfm", "VB", "--resync", data)
	require.ErrorIs(t, err, errBadRecords)
	require.Equal(t, 10, strings.Count(out, "\n"))
	require.Contains(t, stderr, "passed over 7 bytes at byte 25, before record 6: RDW X'72756262' reads 29301")
	require.Contains(t, stderr, "7 bytes in 1 stretches could not be cut into records")
}

func TestLayoutCommand(t *testing.T) {
	out, _, err := execute(t, newLayoutCommand(), copybookFile(t, "COLREC"))
	require.NoError(t, err)
	require.Contains(t, out, "COLLECTION-DETAIL-RECORD, 80 bytes")
	require.Regexp(t, `61 +6 +05 CD-AMOUNT +S9\(09\)V9\(02\) +COMP-3`, out)
	out, _, err = execute(t, newLayoutCommand(), "--json", "--record", "entry-line-record", copybookFile(t, "ESREC"))
	require.NoError(t, err)
	var layout layoutJSON
	require.NoError(t, json.Unmarshal([]byte(out), &layout))
	require.Len(t, layout.Records, 1)
	require.Equal(t, []int{46, 106}, []int{layout.Records[0].MinLength, layout.Records[0].MaxLength})
	_, _, err = execute(t, newLayoutCommand(), filepath.Join(t.TempDir(), "none.cpy"))
	require.Error(t, err)
}
