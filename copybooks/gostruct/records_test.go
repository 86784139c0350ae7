package gostruct_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/gostruct/internal/colrec"
	"tidewaiter/copybooks/gostruct/internal/eslin"
	"tidewaiter/copybooks/gostruct/internal/forms"
	"tidewaiter/copybooks/gostruct/internal/kinds"
	"tidewaiter/copybooks/gostruct/internal/kindsmax"
	"tidewaiter/copybooks/gostruct/internal/nested"
	"tidewaiter/copybooks/gostruct/internal/stmrec"
	"tidewaiter/ebcdic"
)

// record is what every generated record can do.
type record interface {
	Decode(rec []byte) error
	Encode(dst []byte) ([]byte, error)
}

type daily struct {
	pkg, data string
	format    dataset.Format
	only      string // the first two bytes, in cp037
	record    record
}

var dailies = []daily{
	{"colrec", "collection-detail.fb", dataset.Format{RECFM: dataset.FB, LRECL: 80}, "", &colrec.CollectionDetailRecord{}},
	{"stmrec", "statements.fb", dataset.Format{RECFM: dataset.FB, LRECL: 460}, "", &stmrec.DailyStatementRecord{}},
	{"eslin", "entries.vb", dataset.Format{RECFM: dataset.VB}, "\xF4\xF0", &eslin.EntryLineRecord{}},
}

func (d daily) records(t testing.TB) (out [][]byte) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "datasets", d.data))
	require.NoError(t, err)
	r, err := dataset.NewReader(bytes.NewReader(data), d.format)
	require.NoError(t, err)
	for rec, err := r.Next(); err == nil; rec, err = r.Next() {
		if bytes.HasPrefix(rec, []byte(d.only)) {
			out = append(out, bytes.Clone(rec))
		}
	}
	require.NotEmpty(t, out)
	return out
}

func codecOf(t testing.TB, pkg string) *copybooks.Codec {
	t.Helper()
	c, err := book(t, pkg).Records[0].Codec(optionsOf(pkg))
	require.NoError(t, err)
	return c
}

// values are the leaves of a struct in their order.
func values(v reflect.Value) (out []any) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			out = append(out, values(v.Field(i))...)
		}
	case reflect.Array:
		for i := range v.Len() {
			out = append(out, values(v.Index(i))...)
		}
	default:
		return []any{v.Interface()}
	}
	return out
}

// codecValues are the same by the codec, in the order of the struct: an element
// that a counter leaves out is zero.
func codecValues(t require.TestingT, c *copybooks.Codec, it *copybooks.Item, rec []byte, subscript int) (out []any) {
	for _, child := range it.Children {
		if child.Redefines != "" || child.IsFiller() && !child.IsGroup() {
			continue
		}
		n := 1
		if child.Occurs != nil {
			n = child.Occurs.Max
		}
		for i := range n {
			at := subscript*n + i
			if child.IsGroup() {
				out = append(out, codecValues(t, c, child, rec, at)...)
				continue
			}
			f, err := c.Field(child.Name)
			require.NoError(t, err)
			v, err := codecValue(f, rec, at)
			if err != nil && !strings.Contains(err.Error(), "occurrence") {
				require.NoError(t, err)
			}
			out = append(out, v)
		}
	}
	return out
}

func TestGeneratedCodeReadsWhatTheCodecReads(t *testing.T) {
	for _, d := range dailies {
		t.Run(d.pkg, func(t *testing.T) {
			c := codecOf(t, d.pkg)
			for _, rec := range d.records(t) {
				require.NoError(t, d.record.Decode(rec))
				require.Equal(t, codecValues(t, c, c.Layout().Root, rec, 0), values(reflect.ValueOf(d.record).Elem()))
				back, err := d.record.Encode(nil)
				require.NoError(t, err)
				require.Equal(t, rec, back, "encoding is the inverse of decoding")
			}
		})
	}
}

// codecValue is what the struct has for a field.
func codecValue(f copybooks.Field, rec []byte, at int) (any, error) {
	it := f.Item()
	b, err := f.Append(nil, rec, at)
	float := it.Usage == copybooks.FloatShort || it.Usage == copybooks.FloatLong
	switch {
	case err != nil && f.Numeric() && it.Digits <= 18 && it.Usage != copybooks.NativeInt:
		return int64(0), err
	case err != nil:
		return "", err
	case it.Name == "LONG-FLOAT" && it.Parent().Name == "KINDS" && f.CodePage() == ebcdic.CP037:
		return string(b), nil
	case float:
		return strconv.ParseFloat(string(b), 64)
	case it.Digits > 18, it.Name == "FULL-DOUBLE":
		return string(b), nil
	case f.Numeric():
		return f.Int(rec, at)
	}
	return string(b), nil
}

// Law: a record of any values is read as the codec reads it and written back,
// for every kind of item and every option of the codec.
func TestGeneratedRoundTrip(t *testing.T) {
	for _, one := range []struct {
		pkg    string
		record record
	}{{"forms", &forms.Forms{}}, {"kinds", &kinds.Kinds{}}, {"kindsmax", &kindsmax.Kinds{}}} {
		t.Run(one.pkg, func(t *testing.T) {
			c := codecOf(t, one.pkg)
			rapid.Check(t, func(t *rapid.T) {
				rec := drawn(t, c)
				require.NoError(t, one.record.Decode(rec))
				require.Equal(t, codecValues(t, c, c.Layout().Root, rec, 0), values(reflect.ValueOf(one.record).Elem()))
				back, err := one.record.Encode(nil)
				require.NoError(t, err)
				if optionsOf(one.pkg).ODO == copybooks.ODOMax {
					// The elements that a counter leaves out come back blank.
					require.Equal(t, codecValues(t, c, c.Layout().Root, rec, 0), codecValues(t, c, c.Layout().Root, back, 0))
					return
				}
				require.Equal(t, rec, back)
			})
		})
	}
}

// drawn is a record with any values in its fields.
func drawn(t *rapid.T, c *copybooks.Codec) []byte {
	rec := c.Blank(nil)
	for _, f := range c.Fields() {
		for i := range f.Occurs() {
			if f.Item().Redefines != "" || f.Item().Parent() != nil && f.Item().Parent().Redefines != "" || f.Item().IsFiller() {
				continue
			}
			if err := f.PutNumber(rec, i, drawnNumber(t, f)); err == nil || strings.Contains(err.Error(), "occurrence") {
				continue
			}
			length := f.Length()
			if f.Item().Usage != copybooks.Display {
				length = 3 // characters, of more than one byte
			}
			text := rapid.StringMatching(fmt.Sprintf(`[A-Z]{0,%d}`, length)).Draw(t, f.Name())
			require.NoError(t, f.PutText(rec, i, text))
		}
	}
	n, err := c.Length(rec)
	require.NoError(t, err)
	return rec[:n]
}

// drawnNumber fits the field, if it holds numbers.
func drawnNumber(t *rapid.T, f copybooks.Field) string {
	it := f.Item()
	switch {
	case f.Name() == "N":
		return fmt.Sprint(rapid.IntRange(1, 3).Draw(t, "n"))
	case f.Name() == "M":
		return fmt.Sprint(rapid.IntRange(1, 2).Draw(t, "m"))
	case it.Usage == copybooks.FloatShort, it.Usage == copybooks.FloatLong:
		return fmt.Sprint(rapid.Float32Range(-1e30, 1e30).Draw(t, f.Name()))
	case it.Scale < 0:
		return fmt.Sprint(1000 * rapid.IntRange(0, 999).Draw(t, f.Name()))
	case it.Scale > it.Digits:
		return fmt.Sprintf("0.00%02d", rapid.IntRange(0, 99).Draw(t, f.Name()))
	}
	most := 999
	if it.Digits < 3 {
		most = 9
	}
	least := 0
	if it.Signed {
		least = -most
	}
	return fmt.Sprint(rapid.IntRange(least, most).Draw(t, f.Name()))
}

// A counter in each element of a table says how long that element is.
func TestElementsWithCountersOfTheirOwn(t *testing.T) {
	rec := make([]byte, len("3"+"2AABBx"+"0y"+"1CCz"+"Z"))
	require.Equal(t, ebcdic.OK, ebcdic.CP037.PutText(rec, "3"+"2AABBx"+"0y"+"1CCz"+"Z"))
	line, bad := codecOf(t, "nested").AppendJSON(nil, rec, copybooks.JSONOptions{})
	require.Empty(t, bad, "%s", line)
	var got nested.Nested
	require.NoError(t, got.Decode(rec))
	require.Equal(t, nested.Nested{N: 3, Z: "Z", G: [3]nested.G{
		{Q: 2, T: [2]string{"AA", "BB"}, E: "x"}, {E: "y"}, {Q: 1, T: [2]string{"CC"}, E: "z"},
	}}, got)
	back, err := got.Encode(nil)
	require.NoError(t, err)
	require.Equal(t, rec, back)
}

// The 88 levels say what COBOL says of the same bytes.
func TestConditions(t *testing.T) {
	var k kinds.Kinds
	for _, c := range []struct {
		name string
		set  func()
		ask  func() bool
		want bool
	}{
		{"one of two values", func() { k.StatusCode = "B" }, k.IsOpen, true},
		{"neither", func() { k.StatusCode = "C" }, k.IsOpen, false},
		{"in a range", func() { k.StatusCode = "KZ" }, k.IsMiddle, true},
		// In EBCDIC a digit is above every letter.
		{"above a range", func() { k.StatusCode = "S0" }, k.IsMiddle, false},
		{"a hole of the alphabet", func() { k.StatusCode = "R" }, k.IsMiddle, true},
		{"blanks", func() { k.StatusCode = "" }, k.IsBlank, true},
		{"low values", func() { k.StatusCode = "\x00\x00\x00" }, k.IsLow, true},
		{"ALL", func() { k.StatusCode = "***" }, k.IsStars, true},
		{"hexadecimal", func() { k.StatusCode = "AB" }, k.IsHex, true},
		{"right-justified", func() { k.RightCode = "AB" }, k.RightAb, true},
		{"zero", func() { k.Rate = 0 }, k.RateZero, true},
		{"a number", func() { k.Rate = 150 }, k.RateUsual, true},
		{"a range of numbers", func() { k.Rate = -101 }, k.RateUsual, true},
		{"outside it", func() { k.Rate = -99 }, k.RateUsual, false},
		{"a value the field cannot have", func() { k.Rate = 0 }, k.RateNever, false},
		{"many digits", func() { k.Large = "-100.50" }, k.LargeRange, true},
		{"many digits below", func() { k.Large = "-100.51" }, k.LargeRange, false},
		{"minus zero", func() { k.Large = "-0.00" }, k.LargeRange, true},
		{"national", func() { k.WideText = "YES" }, k.WideYes, true},
		{"in a table", func() { k.EntryGroup[1].Flag[1] = "Y" }, func() bool { return k.EntryGroup[1].FlagSet(1) }, true},
	} {
		c.set()
		require.Equal(t, c.want, c.ask(), c.name)
	}
}

func TestBadFieldsAreJoinedAndGoodOnesStay(t *testing.T) {
	rec := bytes.Clone(dailies[0].records(t)[0])
	rec[11], rec[66] = 0xFF, 0x00 // CD-LINE-NUMBER, the sign of CD-AMOUNT
	var got colrec.CollectionDetailRecord
	err := got.Decode(rec)
	require.ErrorContains(t, err, "field CD-LINE-NUMBER at offset 11")
	require.ErrorContains(t, err, "field CD-AMOUNT at offset 61")
	require.NotEmpty(t, got.CdKey.CdEntryNumber.CdFilerCode)
	require.Zero(t, got.CdAmount)
	require.ErrorIs(t, got.Decode(rec[:10]), ebcdic.Short)
	require.ErrorIs(t, got.Decode(append(rec, 0)), ebcdic.TooLong)
}

func TestDamagedCounterIsReportedOnce(t *testing.T) {
	c := codecOf(t, "eslin")
	rec := c.Blank(nil)
	f, err := c.Field("EL-CASE-COUNT")
	require.NoError(t, err)
	raw, err := f.Raw(rec, 0)
	require.NoError(t, err)
	var got eslin.EntryLineRecord
	raw[0] = 0xF9
	require.ErrorIs(t, got.Decode(rec), ebcdic.BadCounter)
	raw[0] = 0xFF
	err = got.Decode(rec)
	require.ErrorContains(t, err, "field EL-CASE-COUNT")
	require.NotContains(t, err.Error(), "\n", "nothing behind the table is reported as well")
	got.ElCaseCount = 3
	_, err = got.Encode(nil)
	require.ErrorIs(t, err, ebcdic.BadCounter)
}

func TestViews(t *testing.T) {
	rec := bytes.Clone(dailies[0].records(t)[0])
	var date colrec.CdCollectionDateParts
	require.NoError(t, date.DecodeAt(rec, 39))
	require.Equal(t, colrec.CdCollectionDateParts{CdCollectionCcyy: 2025, CdCollectionMm: 10, CdCollectionDd: 1}, date)
	date.CdCollectionDd = 31
	require.NoError(t, date.EncodeAt(rec, 39))
	var got colrec.CollectionDetailRecord
	require.NoError(t, got.Decode(rec))
	require.EqualValues(t, 20251031, got.CdCollectionDate)
	date.CdCollectionDd = 100
	require.ErrorIs(t, date.EncodeAt(rec, 39), ebcdic.OutOfRange)
	require.ErrorIs(t, date.EncodeAt(rec, 73), ebcdic.Short)
}

func TestNoAllocations(t *testing.T) {
	for _, d := range dailies {
		rec := d.records(t)[0]
		buf := make([]byte, 0, 512)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			if d.record.Decode(rec) != nil {
				panic("bad")
			}
			buf, _ = d.record.Encode(buf[:0])
		}), d.pkg)
	}
}

func BenchmarkDecode(b *testing.B) {
	for _, d := range dailies {
		b.Run(d.pkg, func(b *testing.B) {
			records := d.records(b)
			b.SetBytes(int64(len(bytes.Join(records, nil))))
			b.ReportAllocs()
			for b.Loop() {
				for _, rec := range records {
					if err := d.record.Decode(rec); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func BenchmarkEncode(b *testing.B) {
	for _, d := range dailies {
		b.Run(d.pkg, func(b *testing.B) {
			rec := d.records(b)[0]
			require.NoError(b, d.record.Decode(rec))
			buf := make([]byte, 0, 512)
			b.SetBytes(int64(len(rec)))
			b.ReportAllocs()
			for b.Loop() {
				buf, _ = d.record.Encode(buf[:0])
			}
		})
	}
}
