package copybooks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
)

// mixedRecord is the 227-byte record of 24 fields the speed goals are set for:
// text, zoned, packed, binary and a table.
const mixedRecord = `
01 MIXED.
   05 KEY-FIELD    PIC X(11).
   05 BRANCH       PIC X(4).
   05 STATUS-CODE  PIC X.
   05 OPENED       PIC 9(8).
   05 CLOSED       PIC 9(8).
   05 HOLDER       PIC X(40).
   05 ADDRESS-1    PIC X(30).
   05 ADDRESS-2    PIC X(30).
   05 CITY         PIC X(20).
   05 STATE-CODE   PIC X(2).
   05 POSTAL       PIC X(9).
   05 BALANCE      PIC S9(11)V99 COMP-3.
   05 LIMIT-1      PIC S9(9)V99 COMP-3.
   05 RATE         PIC S9(3)V9(6) COMP-3.
   05 COUNT-1      PIC S9(4) COMP.
   05 COUNT-2      PIC S9(9) COMP.
   05 TOTAL-1      PIC S9(7)V99.
   05 NOTES        PIC X(8).
   05 FEE OCCURS 3 TIMES.
      10 FEE-CLASS  PIC X(3).
      10 FEE-AMOUNT PIC S9(7)V99 COMP-3.
`

func mixed(b testing.TB) (*copybooks.Codec, []byte) {
	c := codec(b, mixedRecord)
	rec := c.Blank(nil)
	for _, f := range c.Fields() {
		for i := range f.Occurs() {
			if f.Numeric() {
				require.NoError(b, f.PutInt(rec, i, 1234))
				continue
			}
			text := "CONSUMPTION ENTRY SUMMARY OF THE PORT OF SEATTLE"
			require.NoError(b, f.PutText(rec, i, text[:max(1, f.Length()*2/3)]))
		}
	}
	return c, rec
}

// BenchmarkDecode reads every field of a record to a typed value.
func BenchmarkDecode(b *testing.B) {
	c, rec := mixed(b)
	fields := c.Fields()
	text := make([]byte, 0, 256)
	b.SetBytes(int64(len(rec)))
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range fields {
			for i := range f.Occurs() {
				var err error
				if f.Numeric() {
					_, err = f.Int(rec, i)
				} else {
					text, err = f.AppendText(text[:0], rec, i)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}

// BenchmarkDecodeNumeric reads 195 numbers from a record of 1,500 bytes.
func BenchmarkDecodeNumeric(b *testing.B) {
	var src strings.Builder
	src.WriteString("01 WIDE. 05 FILLER PIC X(6).")
	for i := range 39 {
		fmt.Fprintf(&src, " 05 A%d PIC S9(9)V99 COMP-3. 05 B%d PIC S9(11). 05 C%d PIC S9(9) COMP. 05 D%d PIC S9(15)V99 COMP-3. 05 E%d PIC S9(8) SIGN LEADING SEPARATE.", i, i, i, i, i)
	}
	c := codec(b, src.String())
	rec := c.Blank(nil)
	numbers := c.Fields()[1:]
	require.Len(b, numbers, 195)
	for _, f := range numbers {
		require.NoError(b, f.PutInt(rec, 0, -1234567))
	}
	b.SetBytes(int64(len(rec)))
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range numbers {
			if _, err := f.Int(rec, 0); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	c, rec := mixed(b)
	line := make([]byte, 0, 4096)
	b.SetBytes(int64(len(rec)))
	b.ReportAllocs()
	for b.Loop() {
		line, _ = c.AppendJSON(line[:0], rec, copybooks.JSONOptions{})
	}
}

// BenchmarkAppendJSONVariable has a table with a counter.
func BenchmarkAppendJSONVariable(b *testing.B) {
	c := fixtureCodec(b, "ESREC", "ENTRY-LINE-RECORD")
	rec := c.Blank(nil)
	require.NoError(b, field(b, c, "EL-CASE-COUNT").PutInt(rec, 0, 2))
	line := make([]byte, 0, 4096)
	b.SetBytes(int64(len(rec)))
	b.ReportAllocs()
	for b.Loop() {
		line, _ = c.AppendJSON(line[:0], rec, copybooks.JSONOptions{})
	}
}

func BenchmarkEncode(b *testing.B) {
	c, rec := mixed(b)
	line, _ := c.AppendJSON(nil, rec, copybooks.JSONOptions{})
	e := c.NewEncoder(copybooks.JSONOptions{})
	out := make([]byte, 0, 4096)
	b.SetBytes(int64(len(rec)))
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if out, err = e.Append(out[:0], line); err != nil {
			b.Fatal(err)
		}
	}
}

// variableRecord has a table with a counter and fields behind it, overlaidRecord
// two redefinitions.
const (
	variableRecord = `
01 VARIABLE.
   05 KEY-FIELD   PIC X(11).
   05 HOLDER      PIC X(40).
   05 LINES       PIC S9(4) COMP.
   05 ORDER-LINE  OCCURS 0 TO 20 TIMES DEPENDING ON LINES.
      10 ARTICLE  PIC X(8).
      10 AMOUNT   PIC S9(7)V99 COMP-3.
   05 TOTAL       PIC S9(9)V99 COMP-3.
   05 NOTES       PIC X(30).
`
	overlaidRecord = `
01 OVERLAID.
   05 KEY-FIELD   PIC X(11).
   05 OPENED      PIC 9(8).
   05 OPENED-PARTS REDEFINES OPENED.
      10 CENTURY  PIC 9(2).
      10 YEAR-2   PIC 9(2).
      10 MONTH    PIC 9(2).
      10 DAY-2    PIC 9(2).
   05 HOLDER      PIC X(60).
   05 NAMES REDEFINES HOLDER.
      10 FIRST-NAME PIC X(30).
      10 LAST-NAME  PIC X(30).
   05 BALANCE     PIC S9(11)V99 COMP-3.
   05 NOTES       PIC X(80).
`
)

func filled(b testing.TB, src string) (*copybooks.Codec, []byte) {
	c := codec(b, src)
	rec := c.Blank(nil)
	if f, err := c.Field("LINES"); err == nil {
		require.NoError(b, f.PutInt(rec, 0, 10))
	}
	for _, f := range c.Fields() {
		for i := range f.Occurs() {
			if raw, err := f.Raw(rec, i); err != nil || f.Item().Parent().Redefines != "" || f.Name() == "LINES" || len(raw) == 0 {
				continue
			}
			if f.Numeric() {
				require.NoError(b, f.PutInt(rec, i, 19991231))
				continue
			}
			text := "CONSUMPTION ENTRY SUMMARY OF THE PORT OF SEATTLE"
			require.NoError(b, f.PutText(rec, i, text[:max(1, min(len(text), f.Length()*2/3))]))
		}
	}
	n, err := c.Length(rec)
	require.NoError(b, err)
	return c, rec[:n]
}

func benchmarkJSON(b *testing.B, src string) {
	c, rec := filled(b, src)
	line := make([]byte, 0, 4096)
	b.SetBytes(int64(len(rec)))
	b.ReportAllocs()
	for b.Loop() {
		line, _ = c.AppendJSON(line[:0], rec, copybooks.JSONOptions{})
	}
}

func benchmarkEncode(b *testing.B, src string) {
	c, rec := filled(b, src)
	line, errs := c.AppendJSON(nil, rec, copybooks.JSONOptions{})
	require.Empty(b, errs)
	e := c.NewEncoder(copybooks.JSONOptions{})
	out := make([]byte, 0, 4096)
	b.SetBytes(int64(len(rec)))
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if out, err = e.Append(out[:0], line); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendJSONTable(b *testing.B)        { benchmarkJSON(b, variableRecord) }
func BenchmarkAppendJSONRedefinition(b *testing.B) { benchmarkJSON(b, overlaidRecord) }
func BenchmarkEncodeTable(b *testing.B)            { benchmarkEncode(b, variableRecord) }
func BenchmarkEncodeRedefinition(b *testing.B)     { benchmarkEncode(b, overlaidRecord) }

func BenchmarkParse(b *testing.B) {
	src := longCopybook()
	for b.Loop() {
		if _, err := copybooks.Parse("LONG", src, copybooks.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// Reading and writing a record allocates nothing, in whatever form numbers are.
func TestNoAllocations(t *testing.T) {
	c, rec := mixed(t)
	noAllocations(t, c, rec)
	c = codec(t, "01 R SYNC. 05 A PIC 9(7) COMP-6. 05 B PIC S9(7) COMP-X. 05 C PIC 9(5) COMP-9. 05 D PIC $$,$$9.99CR. 05 E PIC 9(3) BLANK WHEN ZERO. 05 F COMP-1. 05 G COMP-2. 05 H PIC S9(31) COMP-3.")
	noAllocations(t, c, c.Blank(nil))
}

func noAllocations(t *testing.T, c *copybooks.Codec, rec []byte) {
	line := make([]byte, 0, 4096)
	text := make([]byte, 0, 256)
	fields := c.Fields()
	require.Zero(t, testing.AllocsPerRun(100, func() {
		line, _ = c.AppendJSON(line[:0], rec, copybooks.JSONOptions{})
		for _, f := range fields {
			for i := range f.Occurs() {
				text, _ = f.Append(text[:0], rec, i)
				if f.Numeric() || f.Item().Edited {
					v, _ := f.Int(rec, i)
					_ = f.PutInt(rec, i, v)
				}
			}
		}
	}))
	e := c.NewEncoder(copybooks.JSONOptions{})
	out := make([]byte, 0, 4096)
	require.Zero(t, testing.AllocsPerRun(100, func() { out, _ = e.Append(out[:0], line) }))
}
