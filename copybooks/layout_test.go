package copybooks_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/fixtures"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func fixture(t testing.TB, name string) *copybooks.Copybook {
	t.Helper()
	book, err := copybooks.ParseFS(fixtures.Copybooks, "copybooks/"+name+".cpy", copybooks.Options{})
	require.NoError(t, err)
	return book
}

func fixtureCodec(t testing.TB, name, record string) *copybooks.Codec {
	t.Helper()
	l, err := fixture(t, name).Record(record)
	require.NoError(t, err)
	c, err := l.Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	return c
}

// The LRECLs the headings of the copybooks give.
func TestFixtureLengths(t *testing.T) {
	for name, want := range map[string]int{"COLREC": 80, "STMREC": 460, "CTLREC": 40, "HTSREC": 80, "FEEREC": 60, "SPIREC": 20, "REJREC": 80} {
		l, err := fixture(t, name).Record("")
		require.NoError(t, err)
		require.Equal(t, want, l.MaxLength, name)
		require.Equal(t, want, l.MinLength, name)
	}
}

// Offsets added up by hand from the pictures: X and 9 a byte each, COMP-3 of n
// digits n/2+1 bytes, COMP of up to 4 digits 2 bytes, of up to 9 digits 4.
func TestFixtureOffsets(t *testing.T) {
	for _, c := range []struct {
		book, record, field    string
		offset, length, occurs int
	}{
		{"COLREC", "", "CD-KEY", 0, 19, 1},
		{"COLREC", "", "CD-LINE-NUMBER", 11, 5, 1},
		{"COLREC", "", "CD-DISPOSITION", 19, 1, 1},
		{"COLREC", "", "CD-IMPORTER-NUMBER", 27, 12, 1},
		{"COLREC", "", "CD-COLLECTION-DATE", 39, 8, 1},
		{"COLREC", "", "CD-COLLECTION-DATE-PARTS", 39, 8, 1},
		{"COLREC", "", "CD-COLLECTION-MM", 43, 2, 1},
		{"COLREC", "", "CD-RATE-DATE", 47, 8, 1},
		{"COLREC", "", "CD-BASE-VALUE", 55, 6, 1},
		{"COLREC", "", "CD-AMOUNT", 61, 6, 1},
		{"COLREC", "", "CD-RECORD-SEQUENCE", 67, 4, 1},
		{"COLREC", "", "FILLER", 71, 9, 1},
		{"STMREC", "", "ST-PRINT-DATE", 35, 8, 1},
		{"STMREC", "", "ST-TOTAL-DUE", 78, 7, 1},
		{"STMREC", "", "ST-NONREVENUE-ENTRIES", 89, 4, 1},
		{"STMREC", "", "ST-FEE", 93, 14, 25},
		{"STMREC", "", "ST-FEE-AMOUNT", 96, 11, 25},
		{"STMREC", "", "ST-DEFERRED-TAX", 443, 7, 1},
		{"STMREC", "", "FILLER", 450, 10, 1},
		{"CTLREC", "", "CT-AMOUNT", 20, 8, 1},
		{"HTSREC", "", "HR-RATE-3", 41, 6, 1},
		{"HTSREC", "", "HR-UNIT", 47, 3, 3},
		{"FEEREC", "", "FE-RATE", 19, 5, 1},
		{"FEEREC", "", "FE-AMOUNT", 34, 5, 1},
		{"SPIREC", "", "SP-MPF-EXEMPT", 18, 1, 1},
		{"ESREC", "ENTRY-HEADER-RECORD", "EH-TOTAL-VALUE", 83, 7, 1},
		{"ESREC", "ENTRY-LINE-RECORD", "EL-CASE-COUNT", 45, 1, 1},
		{"ESREC", "ENTRY-LINE-RECORD", "EL-CASE", 46, 30, 2},
		{"ESREC", "ENTRY-LINE-RECORD", "EL-CASE-QUANTITY", 69, 7, 2},
		{"ESREC", "ENTRY-TARIFF-RECORD", "ET-QUANTITY-UNIT", 44, 3, 3},
		{"ESREC", "ENTRY-TRAILER-RECORD", "EZ-TOTAL-VALUE", 19, 7, 1},
	} {
		t.Run(c.field, func(t *testing.T) {
			f := field(t, fixtureCodec(t, c.book, c.record), c.field)
			require.Equal(t, []int{c.offset, c.length, c.occurs}, []int{f.Offset(), f.Length(), f.Occurs()})
		})
	}
}

func TestRecordsOfESREC(t *testing.T) {
	book := fixture(t, "ESREC")
	for name, want := range map[string][2]int{"ENTRY-HEADER-RECORD": {99, 99}, "ENTRY-LINE-RECORD": {46, 106}, "ENTRY-TARIFF-RECORD": {37, 67}, "ENTRY-TRAILER-RECORD": {26, 26},
		"ENTRY-HEADER-EXTENSION-RECORD": {53, 53}, "ENTRY-LINE-EXTENSION-RECORD": {31, 103}} {
		l, err := book.Record(name)
		require.NoError(t, err)
		require.Equal(t, want, [2]int{l.MinLength, l.MaxLength}, name)
	}
	name, records, ok := book.Discriminator()
	require.True(t, ok)
	require.Equal(t, "EH-RECORD-TYPE", name)
	require.Equal(t, "ENTRY-TARIFF-RECORD", records["50"].Name)
	require.Len(t, records, 6)
	_, err := book.Record("")
	require.ErrorContains(t, err, "copybook ESREC has 6 records")
	_, err = book.Record("X")
	require.ErrorContains(t, err, "no record X")
}

// The whole layout of each copybook, for a reader to compare with the source.
func TestGoldenLayouts(t *testing.T) {
	for _, name := range []string{"COLREC", "CTLREC", "ESREC", "FEEREC", "HTSREC", "REJREC", "SPIREC", "STMREC"} {
		var out strings.Builder
		for _, l := range fixture(t, name).Records {
			fmt.Fprintf(&out, "%s %d %d\n", l.Name, l.MinLength, l.MaxLength)
			draw(&out, l.Root)
		}
		golden(t, name+".layout", out.String())
	}
}

func draw(out *strings.Builder, it *copybooks.Item) {
	fmt.Fprintf(out, "%s:%d %4d %4d %02d %s %s %s", filepath.Base(it.File), it.Line, it.Offset, it.Length, it.Level, it.Name, it.Picture, it.Usage)
	if it.Redefines != "" {
		fmt.Fprintf(out, " REDEFINES %s", it.Redefines)
	}
	if it.Occurs != nil {
		fmt.Fprintf(out, " OCCURS %d %d %s", it.Occurs.Min, it.Occurs.Max, it.Occurs.DependingOn)
	}
	for _, c := range it.Conditions {
		fmt.Fprintf(out, " 88 %s %v", c.Name, c.Values)
	}
	out.WriteByte('\n')
	for _, c := range it.Children {
		draw(out, c)
	}
}

func golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}
