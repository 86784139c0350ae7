package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/condition"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/export"
	"tidewaiter/copybooks/stream"
	"tidewaiter/fixtures"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// daily is a fixture dataset with the record to take from it.
type daily struct {
	book, record, data string
	format             dataset.Format
	where              string // FIELD=VALUE
}

var dailies = []daily{
	{book: "COLREC", data: "collection-detail.fb", format: dataset.Format{RECFM: dataset.FB, LRECL: 80}},
	{book: "STMREC", data: "statements.fb", format: dataset.Format{RECFM: dataset.FB, LRECL: 460}},
	{book: "ESLIN", data: "entries.vb", format: dataset.Format{RECFM: dataset.VB}, where: "EL-RECORD-TYPE=40"},
}

func (d daily) open(t testing.TB) (*copybooks.Codec, *dataset.Reader, export.Options) {
	t.Helper()
	book, err := copybooks.ParseFS(fixtures.Copybooks, "copybooks/"+d.book+".cpy", copybooks.Options{})
	require.NoError(t, err)
	l, err := book.Record(d.record)
	require.NoError(t, err)
	c, err := l.Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	data, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "datasets", d.data))
	require.NoError(t, err)
	r, err := dataset.NewReader(bytes.NewReader(data), d.format)
	require.NoError(t, err)
	var o export.Options
	if d.where != "" {
		e, err := condition.Parse(d.where, condition.Scope{Codecs: []*copybooks.Codec{c}})
		require.NoError(t, err)
		o.Where = []copybooks.Test{e}
	}
	return c, r, o
}

// objects are the records as JSON lines, the form the other two are held
// against.
func (d daily) objects(t testing.TB) (out []map[string]any) {
	t.Helper()
	c, r, o := d.open(t)
	router := stream.Single(c, copybooks.JSONOptions{})
	for _, w := range o.Where {
		router = router.Where(w)
	}
	var lines bytes.Buffer
	_, err := stream.ToJSON(context.Background(), r, &lines, stream.Options{Router: router})
	require.NoError(t, err)
	return decoded(t, lines.Bytes())
}

func decoded(t testing.TB, lines []byte) (out []map[string]any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(lines))
	d.UseNumber()
	for d.More() {
		var m map[string]any
		require.NoError(t, d.Decode(&m))
		out = append(out, m)
	}
	return out
}

func compiled(t testing.TB, src string) *copybooks.Codec {
	t.Helper()
	book, err := copybooks.Parse("t.cpy", []byte(src), copybooks.Options{Format: copybooks.FreeFormat})
	require.NoError(t, err)
	c, err := book.Records[0].Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	return c
}

func fixed(t testing.TB, c *copybooks.Codec, records ...[]byte) *dataset.Reader {
	t.Helper()
	r, err := dataset.NewReader(bytes.NewReader(bytes.Join(records, nil)), dataset.Format{RECFM: dataset.FB, LRECL: c.Layout().MaxLength})
	require.NoError(t, err)
	return r
}

func golden(t testing.TB, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

// flatten gives the cells of an object by the names of ToCSV's header.
func flatten(out map[string]string, key string, subscripts string, v any) {
	name := key
	if subscripts != "" {
		name += "(" + subscripts + ")"
	}
	switch v := v.(type) {
	case map[string]any:
		for k, m := range v {
			flatten(out, k, subscripts, m)
		}
	case []any:
		for i, e := range v {
			flatten(out, key, strings.TrimPrefix(fmt.Sprintf("%s,%d", subscripts, i+1), ","), e)
		}
	case nil:
	case string:
		out[name] = v
	case json.Number:
		out[name] = v.String()
	}
}

func TestCSVHoldsWhatJSONHolds(t *testing.T) {
	for _, d := range dailies {
		t.Run(d.book, func(t *testing.T) {
			c, r, o := d.open(t)
			var out bytes.Buffer
			sum, err := export.ToCSV(context.Background(), c, r, &out, o)
			require.NoError(t, err)
			lines := bytes.SplitAfterN(out.Bytes(), []byte("\r\n"), 7)
			golden(t, d.book+".csv", bytes.Join(lines[:6], nil))
			rows, err := csv.NewReader(&out).ReadAll()
			require.NoError(t, err)
			want := d.objects(t)
			require.Len(t, rows, len(want)+1)
			require.EqualValues(t, len(want), sum.Written)
			for i, object := range want {
				cells := map[string]string{}
				flatten(cells, "", "", object)
				for j, name := range rows[0] {
					require.Equal(t, cells[name], rows[i+1][j], "record %d, %s", i+1, name)
					delete(cells, name)
				}
				require.Empty(t, cells)
			}
		})
	}
}

func TestCSVForms(t *testing.T) {
	const src = `01 R. 05 A. 10 N PIC S9(3)V99 COMP-3. 10 T PIC X(6). 05 B. 10 N PIC 9(2). 10 G OCCURS 2. 15 H PIC X OCCURS 2.`
	c := compiled(t, src)
	rec := c.Blank(nil)
	put := func(name string, i int, v string) {
		f, err := c.Field(name)
		require.NoError(t, err)
		require.NoError(t, f.Put(rec, i, v))
	}
	put("N OF A", 0, "-0.50")
	put("T", 0, `a,"b"`)
	put("H", 3, "Z")
	damaged := bytes.Clone(rec)
	damaged[9] = 0xFF // the first digit of N OF B
	for _, test := range []struct {
		name  string
		json  copybooks.JSONOptions
		wants []string
	}{
		{"COBOL names", copybooks.JSONOptions{}, []string{
			`A.N,T,B.N,"H(1,1)","H(1,2)","H(2,1)","H(2,2)",_errors`,
			`-0.50,"a,""b""",0,"","","",Z,`,
			`-0.50,"a,""b""",,"","","",Z,"[{""field"":""N"",""offset"":9,""hex"":""fff0"",""reason"":""`,
		}},
		{"snake names and raw", copybooks.JSONOptions{Names: copybooks.SnakeNames, Raw: true}, []string{
			`a.n,t,b.n,h_1_1,h_1_2,h_2_1,h_2_2,_errors,_raw`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			sum, err := export.ToCSV(context.Background(), c, fixed(t, c, rec, damaged), &out, export.Options{JSON: test.json})
			require.NoError(t, err)
			require.EqualValues(t, 1, sum.Bad)
			lines := strings.Split(out.String(), "\r\n")
			for i, want := range test.wants {
				require.True(t, strings.HasPrefix(lines[i], want), lines[i])
			}
		})
	}
}

func TestCSVRefusesTooManyColumns(t *testing.T) {
	c := compiled(t, "01 R. 05 G OCCURS 1000. 10 H PIC X OCCURS 20.")
	_, err := export.ToCSV(context.Background(), c, fixed(t, c), io.Discard, export.Options{})
	require.ErrorContains(t, err, "flattening R: its tables make 20001 columns")
}

func TestCSVRefusesTwoColumnsOfOneName(t *testing.T) {
	c := compiled(t, "01 R. 05 A-1 PIC X. 05 A PIC X OCCURS 2.")
	_, err := export.ToCSV(context.Background(), c, fixed(t, c), io.Discard, export.Options{JSON: copybooks.JSONOptions{Names: copybooks.SnakeNames}})
	require.ErrorContains(t, err, "two columns would be called a_1")
	_, err = export.ToCSV(context.Background(), c, fixed(t, c), io.Discard, export.Options{})
	require.NoError(t, err)
}

func TestStrictLimitAndPrefix(t *testing.T) {
	c := compiled(t, "01 R. 05 N PIC 9(4).")
	good, bad := []byte{0xF0, 0xF0, 0xF1, 0xF2}, []byte{0xF0, 0xFF, 0xF1, 0xF2}
	var out bytes.Buffer
	_, err := export.ToCSV(context.Background(), c, fixed(t, c, good, bad, good), &out, export.Options{Strict: true})
	require.ErrorContains(t, err, "record 2 at byte 4: field N at offset 0")
	require.Equal(t, "N,_errors\r\n12,\r\n", out.String())
	sum, err := export.ToCSV(context.Background(), c, fixed(t, c, good, bad, good), io.Discard, export.Options{Limit: 2})
	require.NoError(t, err)
	require.EqualValues(t, 2, sum.Written)
	_, err = export.ToCSV(context.Background(), c, fixed(t, c, good), io.Discard, export.Options{Prefix: 5})
	require.ErrorContains(t, err, "4 bytes are fewer than its prefix of 5")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = export.ToCSV(ctx, c, fixed(t, c, good), io.Discard, export.Options{})
	require.ErrorIs(t, err, context.Canceled)
}

// writer is what ToCSV and ToParquet are.
type writer func(context.Context, *copybooks.Codec, *dataset.Reader, io.Writer, export.Options) (stream.Summary, error)

func BenchmarkToCSV(b *testing.B)     { benchmark(b, export.ToCSV) }
func BenchmarkToParquet(b *testing.B) { benchmark(b, export.ToParquet) }

// benchmark writes 16 MB of STMREC: text, packed, binary and a table of zoned.
func benchmark(b *testing.B, write writer) {
	c, r, _ := dailies[1].open(b)
	var records []byte
	for rec, err := r.Next(); err == nil; rec, err = r.Next() {
		records = append(records, rec...)
	}
	data := bytes.Repeat(records, 16<<20/len(records))
	for _, jobs := range []int{1, 2} {
		b.Run(fmt.Sprintf("jobs=%d", jobs), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				r, err := dataset.NewReader(bytes.NewReader(data), dataset.Format{RECFM: dataset.FB, LRECL: 460})
				require.NoError(b, err)
				_, err = write(context.Background(), c, r, io.Discard, export.Options{Jobs: jobs})
				require.NoError(b, err)
			}
		})
	}
}

func variable(t testing.TB, records [][]byte) *dataset.Reader {
	t.Helper()
	r, err := dataset.NewReader(bytes.NewReader(bytes.Join(records, nil)), dataset.Format{RECFM: dataset.V})
	require.NoError(t, err)
	return r
}
