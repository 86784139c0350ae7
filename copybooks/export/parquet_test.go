package export_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/export"
)

// assemble puts a row together again by the levels of its values, from the
// schema the file holds.
func assemble(col *parquet.Column, values [][]parquet.Value) any {
	leaf := leafOf(col)
	first := values[leaf][0]
	switch {
	case first.DefinitionLevel() < col.MaxDefinitionLevel() && col.Optional():
		drop(col, values)
		return nil
	case col.Leaf():
		values[leaf] = values[leaf][1:]
		return canonical(col, first)
	case len(col.Columns()) == 1 && col.Columns()[0].Name() == "list":
		list := col.Columns()[0]
		element := list.Columns()[0]
		out := []any{}
		if first.DefinitionLevel() < list.MaxDefinitionLevel() {
			drop(col, values)
			return out
		}
		for {
			out = append(out, assemble(element, values))
			if len(values[leaf]) == 0 || values[leaf][0].RepetitionLevel() < list.MaxRepetitionLevel() {
				return out
			}
		}
	}
	m := map[string]any{}
	for _, c := range col.Columns() {
		m[c.Name()] = assemble(c, values)
	}
	return m
}

func leafOf(col *parquet.Column) int {
	for !col.Leaf() {
		col = col.Columns()[0]
	}
	return col.Index()
}

func drop(col *parquet.Column, values [][]parquet.Value) {
	if col.Leaf() {
		values[col.Index()] = values[col.Index()][1:]
	}
	for _, c := range col.Columns() {
		drop(c, values)
	}
}

// canonical is the value as JSON has it: a number with its column's scale.
func canonical(col *parquet.Column, v parquet.Value) any {
	scale := 0
	if s := col.Type().String(); strings.HasPrefix(s, "DECIMAL(") {
		_, err := fmt.Sscanf(s, "DECIMAL(%d,%d)", new(int), &scale)
		if err != nil {
			panic(err)
		}
	}
	switch v.Kind() {
	case parquet.ByteArray:
		return string(v.ByteArray())
	case parquet.FixedLenByteArray:
		n := new(big.Int).SetBytes(v.ByteArray())
		if v.ByteArray()[0] >= 0x80 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), 128))
		}
		return json.Number(placed(n.String(), scale))
	case parquet.Int32:
		return json.Number(placed(fmt.Sprint(v.Int32()), scale))
	}
	return json.Number(placed(fmt.Sprint(v.Int64()), scale))
}

// placed sets the decimal point: -50 with 2 is -0.50.
func placed(s string, scale int) string {
	if scale == 0 {
		return s
	}
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	s = strings.Repeat("0", max(0, scale+1-len(s))) + s
	return sign + s[:len(s)-scale] + "." + s[len(s)-scale:]
}

// readBack opens a Parquet file with the library that wrote it.
func readBack(t testing.TB, data []byte) (file *parquet.File, out []map[string]any) {
	t.Helper()
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	for _, g := range file.RowGroups() {
		rows := g.Rows()
		buf := make([]parquet.Row, 1)
		for range g.NumRows() {
			n, _ := rows.ReadRows(buf)
			require.Equal(t, 1, n)
			values := make([][]parquet.Value, len(file.Schema().Columns()))
			buf[0].Range(func(column int, v []parquet.Value) bool {
				values[column] = v
				return true
			})
			out = append(out, assemble(file.Root(), values).(map[string]any))
		}
		require.NoError(t, rows.Close())
	}
	return file, out
}

// sameRecord compares after taking out "_errors": null where JSON leaves it out.
func sameRecord(t *testing.T, want, got map[string]any) {
	t.Helper()
	if _, bad := want["_errors"]; !bad {
		require.Nil(t, got["_errors"])
		delete(got, "_errors")
	}
	require.Equal(t, want, got)
}

func TestParquetHoldsWhatJSONHolds(t *testing.T) {
	for _, d := range dailies {
		t.Run(d.book, func(t *testing.T) {
			c, r, o := d.open(t)
			var out bytes.Buffer
			_, err := export.ToParquet(context.Background(), c, r, &out, o)
			require.NoError(t, err)
			file, got := readBack(t, out.Bytes())
			golden(t, d.book+".parquet-schema", []byte(file.Schema().String()+"\n"))
			want := d.objects(t)
			require.Len(t, got, len(want))
			for i := range want {
				sameRecord(t, want[i], got[i])
			}
		})
	}
}

// Tables in tables, a counter, wide and scaled numbers, damaged fields.
func TestParquetForms(t *testing.T) {
	const src = `01 R. 05 K PIC 9. 05 W PIC S9(20)V9(18) COMP-3. 05 P PIC 99PP. 05 V PIC VPP99. 05 C PIC S9(4) COMP.
	05 G OCCURS 0 TO 3 DEPENDING ON K. 10 H PIC S9V9 OCCURS 2. 10 X PIC X(2). 05 T PIC X.`
	c := compiled(t, src)
	var records [][]byte
	var lines []byte
	for i := range 200 {
		rec := c.Blank(nil)
		put := func(name string, i int, v string) {
			f, err := c.Field(name)
			require.NoError(t, err)
			require.NoError(t, f.Put(rec, i, v))
		}
		put("K", 0, fmt.Sprint(i%4))
		put("W", 0, fmt.Sprintf("%d.%018d", -i*1_000_000_007, i))
		put("P", 0, fmt.Sprint(i%100*100))
		put("V", 0, "0.00"+fmt.Sprintf("%02d", i%100))
		put("C", 0, fmt.Sprint(-i))
		put("T", 0, "E")
		for g := range i % 4 {
			put("H", 2*g+1, fmt.Sprintf("-%d.%d", g+1, i%10))
			put("X", g, `"`)
			put("H", 2*g, "0.1")
		}
		if i%7 == 0 {
			rec[1] = 0xFF // W
		}
		if i%11 == 0 {
			rec[0] = 0xC1 + 0x29 // K: not a digit, so the table has no place
		}
		n, err := c.Length(rec)
		if err != nil {
			n = len(rec)
		}
		records = append(records, append([]byte{byte((n + 4) >> 8), byte(n + 4), 0, 0}, rec[:n]...))
		lines, _ = c.AppendJSON(lines, rec[:n], copybooks.JSONOptions{})
	}
	var out bytes.Buffer
	_, err := export.ToParquet(context.Background(), c, variable(t, records), &out, export.Options{RowGroupBytes: 2000})
	require.NoError(t, err)
	file, got := readBack(t, out.Bytes())
	require.Greater(t, len(file.RowGroups()), 2, "row groups are bounded")
	want := decoded(t, lines)
	require.Len(t, got, len(want))
	for i := range want {
		sameRecord(t, want[i], got[i])
	}
}

// Law of DECIMAL: its integer types hold every value of the PICTURE.
func TestParquetRefusesWhatDoesNotFit(t *testing.T) {
	book, err := copybooks.Parse("t.cpy", []byte("01 R. 05 N PIC 9(4) COMP. 05 M PIC 9(9) COMP."), copybooks.Options{Format: copybooks.FreeFormat})
	require.NoError(t, err)
	c, err := book.Records[0].Codec(copybooks.CodecOptions{BinaryFull: true})
	require.NoError(t, err)
	rec := bytes.Repeat([]byte{0xFF}, 6)
	var out bytes.Buffer
	_, err = export.ToParquet(context.Background(), c, fixed(t, c, rec), &out, export.Options{})
	require.ErrorContains(t, err, "M: 4294967295 does not fit its column's 32 bits")
	out.Reset()
	_, err = export.ToParquet(context.Background(), c, fixed(t, c, rec), &out, export.Options{BinaryFull: true})
	require.NoError(t, err)
	_, got := readBack(t, out.Bytes())
	require.Equal(t, json.Number("4294967295"), got[0]["M"])
}
