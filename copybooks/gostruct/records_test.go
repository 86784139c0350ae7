package gostruct_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/gostruct/internal/colrec"
	"tidewaiter/copybooks/gostruct/internal/eslin"
	"tidewaiter/copybooks/gostruct/internal/forms"
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
	{"stmrec", "statements.fb", dataset.Format{RECFM: dataset.FB, LRECL: 180}, "", &stmrec.DailyStatementRecord{}},
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
	c, err := book(t, pkg).Records[0].Codec(copybooks.CodecOptions{})
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
			var v any
			switch {
			case child.Digits > 18:
				var b []byte
				b, err = f.Append(nil, rec, at)
				v = string(b)
			case f.Numeric():
				v, err = f.Int(rec, at)
			default:
				v, err = f.Text(rec, at)
			}
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

// Law: a record of any values is read as the codec reads it and written back.
func TestFormsRoundTrip(t *testing.T) {
	c := codecOf(t, "forms")
	var out forms.Forms
	rapid.Check(t, func(t *rapid.T) {
		rec := c.Blank(nil)
		for _, f := range c.Fields() {
			for i := range f.Occurs() {
				if f.Item().Redefines != "" || f.Item().IsFiller() {
					continue
				}
				var v string
				switch {
				case f.Name() == "N":
					v = fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "n"))
				case f.Name() == "M":
					v = fmt.Sprint(rapid.IntRange(1, 4).Draw(t, "m"))
				case f.Name() == "THOUSANDS":
					v = fmt.Sprint(1000 * rapid.IntRange(0, 999).Draw(t, "thousands"))
				case f.Name() == "SMALL":
					v = fmt.Sprintf("0.00%02d", rapid.IntRange(0, 99).Draw(t, "small"))
				case f.Numeric():
					v = fmt.Sprint(rapid.IntRange(1, 999).Draw(t, f.Name()))
				default:
					v = rapid.StringMatching(fmt.Sprintf(`[A-Z]{0,%d}`, f.Length())).Draw(t, f.Name())
				}
				if err := f.Put(rec, i, v); err != nil {
					require.ErrorContains(t, err, "occurrence")
				}
			}
		}
		n, err := c.Length(rec)
		require.NoError(t, err)
		rec = rec[:n]
		require.NoError(t, out.Decode(rec))
		require.Equal(t, codecValues(t, c, c.Layout().Root, rec, 0), values(reflect.ValueOf(out)))
		back, err := out.Encode(nil)
		require.NoError(t, err)
		require.Equal(t, rec, back)
	})
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
