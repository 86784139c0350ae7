package copybooks_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
)

func codec(t testing.TB, src string) *copybooks.Codec {
	t.Helper()
	book, err := copybooks.Parse("test.cpy", []byte(src), copybooks.Options{Format: copybooks.FreeFormat})
	require.NoError(t, err)
	layout, err := book.Record("")
	require.NoError(t, err)
	c, err := layout.Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	return c
}

func field(t testing.TB, c *copybooks.Codec, name string) copybooks.Field {
	t.Helper()
	f, err := c.Field(name)
	require.NoError(t, err)
	return f
}

func bytesOf(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	require.NoError(t, err)
	return b
}

const tableRecord = `
01 R.
   05 N PIC 9.
   05 T OCCURS 0 TO 3 TIMES DEPENDING ON N.
      10 A PIC X(2).
      10 P PIC S9(3)V99 COMP-3.
   05 Z PIC 9(3).
`

func TestJSON(t *testing.T) {
	for _, c := range []struct{ name, src, hex, want string }{
		{"decimal places are kept", "01 R. 05 A PIC S9(3)V99 COMP-3.", "03050C", `{"A":30.50}`},
		{"text and quotes", `01 R. 05 A PIC X(5).`, "C17FE0 00 40", `{"A":"A\"\\\u0000"}`},
		{"FILLER is dropped", `01 R. 05 A PIC X. 05 PIC X. 05 FILLER PIC X.`, "C1C2C3", `{"A":"A"}`},
		{"nested groups", `01 R. 05 G. 10 A PIC X. 10 H. 15 B PIC 9(2). 05 C PIC X.`, "C1F0F7C3", `{"G":{"A":"A","H":{"B":7}},"C":"C"}`},
		{"fixed table", `01 R. 05 A PIC X OCCURS 3 TIMES.`, "C1C2C3", `{"A":["A","B","C"]}`},
		{"table of tables", `01 R. 05 G OCCURS 2. 10 A PIC 9 OCCURS 2. 10 B PIC X.`, "F1F2C1F3F4C2", `{"G":[{"A":[1,2],"B":"A"},{"A":[3,4],"B":"B"}]}`},
		{"variable table, what follows moves up", tableRecord, "F1 C140 12345D F0F4F2", `{"N":1,"T":[{"A":"A","P":-123.45}],"Z":42}`},
		{"empty table", tableRecord, "F0 F0F4F2", `{"N":0,"T":[],"Z":42}`},
		{"counter outside its range", tableRecord, "F4 C140 12345D F0F4F2", `{"N":4,"T":null,"Z":null,"_errors":[{"field":"T","offset":1,"hex":"c14012345df0f4f2","reason":"4 is outside OCCURS 0 TO 3 of T"}]}`},
		{"counter without a value", tableRecord, "40 F0F4F2", `{"N":null,"T":null,"Z":null,"_errors":[{"field":"N","offset":0,"hex":"40","reason":"spaces in a numeric field"},{"field":"T","offset":1,"hex":"f0f4f2","reason":"its counter N has no value"}]}`},
		{"bad digit in an occurrence", tableRecord, "F2 C140 12345D C240 1234A5 F0F4F2", `{"N":2,"T":[{"A":"A","P":-123.45},{"A":"B","P":null}],"Z":42,"_errors":[{"field":"P(2)","offset":8,"hex":"1234a5","reason":"invalid digit nibble"}]}`},
		{"record ends early", tableRecord, "F1 C140 1234", `{"N":1,"T":[{"A":"A","P":null}],"Z":null,"_errors":[{"field":"P(1)","offset":3,"hex":"1234","reason":"record ends before the field does"},{"field":"Z","offset":6,"hex":"","reason":"record ends before the field does"}]}`},
		{"record goes on", `01 R. 05 A PIC X.`, "C1C2C3", `{"A":"A","_errors":[{"field":"R","offset":1,"hex":"c2c3","reason":"the record goes on 2 bytes after its layout ends"}]}`},
		{"redefinitions", `01 R. 05 A PIC 9(4). 05 B REDEFINES A. 10 C PIC 9(2). 10 D PIC X(2).`, "F1F2F3F4", `{"A":1234,"B":{"C":12,"D":"34"}}`},
		{"JUSTIFIED", `01 R. 05 A PIC X(4) JUST RIGHT.`, "4040C140", `{"A":"A "}`},
		{"negative zero", `01 R. 05 A PIC S9(3) COMP-3.`, "000D", `{"A":-0}`},
		{"sign of a group", `01 R SIGN LEADING SEPARATE. 05 A PIC S9(2). 05 B PIC 9(2).`, "60F1F2F3F4", `{"A":-12,"B":34}`},
		{"usage of a group", `01 R. 05 G COMP-3. 10 A PIC 9(3). 05 B PIC 9.`, "123FF5", `{"G":{"A":123},"B":5}`},
		{"table inside a variable table", `01 R. 05 N PIC 9. 05 M PIC 9. 05 T OCCURS 1 TO 3 DEPENDING ON N. 10 U PIC X OCCURS 1 TO 2 DEPENDING ON M. 10 V PIC 9. 05 Z PIC X.`, "F2F1 C1F1 C2F2 E9", `{"N":2,"M":1,"T":[{"U":["A"],"V":1},{"U":["B"],"V":2}],"Z":"Z"}`},
		{"fixed table of variable tables", `01 R. 05 M PIC 9. 05 T OCCURS 2. 10 U PIC X OCCURS 0 TO 2 DEPENDING ON M. 10 V PIC 9. 05 Z PIC X.`, "F0 F1 F2 E9", `{"M":0,"T":[{"U":[],"V":1},{"U":[],"V":2}],"Z":"Z"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := codec(t, c.src).AppendJSON(nil, bytesOf(t, c.hex), copybooks.JSONOptions{})
			require.Equal(t, c.want, string(got))
		})
	}
}

func TestJSONOptions(t *testing.T) {
	const src = `01 MY-REC. 05 MY-A PIC X(3). 05 FILLER PIC X. 05 FILLER PIC 9.`
	for _, c := range []struct {
		name string
		o    copybooks.JSONOptions
		want string
	}{
		{"snake", copybooks.JSONOptions{Names: copybooks.SnakeNames}, `{"my_a":" A"}`},
		{"upper snake, root", copybooks.JSONOptions{Names: copybooks.UpperSnakeNames, Root: true}, `{"MY_REC":{"MY_A":" A"}}`},
		{"fillers", copybooks.JSONOptions{Fillers: true}, `{"MY-A":" A","FILLER-1":"B","FILLER-2":null,"_errors":[{"field":"FILLER","offset":4,"hex":"40","reason":"spaces in a numeric field"}]}`},
		{"omit null", copybooks.JSONOptions{Fillers: true, OmitNull: true, Names: copybooks.SnakeNames}, `{"my_a":" A","filler_1":"B","_errors":[{"field":"FILLER","offset":4,"hex":"40","reason":"spaces in a numeric field"}]}`},
		{"raw", copybooks.JSONOptions{Raw: true}, `{"MY-A":" A","_raw":"40c140c240"}`},
		{"record", copybooks.JSONOptions{Record: true}, `{"_record":"MY-REC","MY-A":" A"}`},
		{"trim both", copybooks.JSONOptions{Trim: copybooks.TrimBoth}, `{"MY-A":"A"}`},
		{"trim left", copybooks.JSONOptions{Trim: copybooks.TrimLeft}, `{"MY-A":"A "}`},
		{"trim none", copybooks.JSONOptions{Trim: copybooks.TrimNone}, `{"MY-A":" A "}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := codec(t, src).AppendJSON(nil, bytesOf(t, "40C140 C2 40"), c.o)
			require.Equal(t, c.want, string(got))
		})
	}
}

func TestField(t *testing.T) {
	c := codec(t, tableRecord)
	rec := c.Blank(nil)
	require.Len(t, rec, 19)
	require.NoError(t, field(t, c, "N").PutInt(rec, 0, 2))
	p, z := field(t, c, "P"), field(t, c, "z")
	require.NoError(t, field(t, c, "A").PutText(rec, 0, ""))
	require.NoError(t, p.PutInt(rec, 0, -12345))
	require.NoError(t, p.Put(rec, 1, "30.5"))
	require.NoError(t, field(t, c, "A OF T").PutText(rec, 1, "é"))
	require.NoError(t, z.Put(rec, 0, "42"))
	n, err := c.Length(rec)
	require.NoError(t, err)
	require.Equal(t, 14, n)
	require.Equal(t, bytesOf(t, "F2 4040 12345D 5140 03050C F0F4F2"), rec[:n])
	v, err := p.Int(rec, 1)
	require.NoError(t, err)
	require.EqualValues(t, 3050, v)
	text, err := p.Append(nil, rec, 0)
	require.NoError(t, err)
	require.Equal(t, "-123.45", string(text))
	require.Equal(t, []int{2, 3, 3, 5, 3}, []int{p.Scale(), p.Offset(), p.Length(), p.Stride(), p.Occurs()})

	var fe *copybooks.FieldError
	_, err = p.Int(rec, 2)
	require.ErrorAs(t, err, &fe)
	require.ErrorContains(t, err, "occurrence 3 of a field that occurs 2 times")
	require.ErrorContains(t, p.Put(rec, 0, "1000"), "P(1)")
	require.ErrorContains(t, z.Put(rec, 0, "1.5"), "more decimal places")
	rec[0] = 0xF9
	_, err = z.Int(rec, 0)
	require.ErrorContains(t, err, "field N at offset 0, X'F9': 9 is outside OCCURS 0 TO 3 of T")
	_, err = z.Int(rec[:3], 0)
	require.Error(t, err)
}

func TestODOMax(t *testing.T) {
	book, err := copybooks.Parse("test.cpy", []byte(tableRecord), copybooks.Options{})
	require.NoError(t, err)
	c, err := book.Records[0].Codec(copybooks.CodecOptions{ODO: copybooks.ODOMax})
	require.NoError(t, err)
	rec := bytesOf(t, "F1 C140 12345D 4040 00000C 4040 00000C F0F4F2")
	got, errs := c.AppendJSON(nil, rec, copybooks.JSONOptions{})
	require.Empty(t, errs)
	require.Equal(t, `{"N":1,"T":[{"A":"A","P":-123.45}],"Z":42}`, string(got))
}
