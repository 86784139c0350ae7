package source

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/parity/record"
)

func schema(t testing.TB) *record.Schema {
	book, err := copybooks.Parse("REC", []byte("       01  REC.\n           05  R-ID PIC X(03).\n           05  R-AMOUNT PIC S9(05)V99 COMP-3.\n"), copybooks.Options{})
	require.NoError(t, err)
	layout, err := book.Record("")
	require.NoError(t, err)
	s, err := record.New(layout, copybooks.CodecOptions{})
	require.NoError(t, err)
	return s
}

func file(t testing.TB, text string) string {
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func drain(t *testing.T, r Reader, s *record.Schema) (out []string, err error) {
	var row Row
	for {
		err := r.Next(&row)
		if errors.Is(err, io.EOF) {
			require.NoError(t, r.Close())
			return out, nil
		}
		if err != nil {
			return out, err
		}
		text := string(s.AppendText(nil, row.Bytes, 0)) + " " + string(s.AppendText(nil, row.Bytes, 1))
		if row.Problem != nil {
			text = row.Problem.Error()
		}
		out = append(out, text)
	}
}

func TestJSONL(t *testing.T) {
	for name, c := range map[string]struct{ text, want, err string }{
		"numbers keep their digits":      {`{"id":"A","amount":10.10}` + "\n" + `{"amount":"9.01","id":"B"}`, `["A 10.10","B 9.01"]`, ""},
		"blank lines are skipped":        {"\n" + `{"id":"A","amount":1}` + "\n\n", `["A 1.00"]`, ""},
		"an exponent is not guessed":     {`{"id":"A","amount":1e2}`, `["field R-AMOUNT cannot hold \"1e2\": REASON"]`, ""},
		"a name missing later is absent": {`{"id":"A","amount":1}` + "\n" + `{"id":"B"}`, `["A 1.00","field AMOUNT"]`, ""},
		"a name given twice":             {`{"id":"A","id":"B","amount":1}`, "", `the name "id" stands twice`},
		"a name that is new":             {`{"id":"A","amount":1}` + "\n" + `{"id":"A","amount":1,"x":2}`, "", "object 2 at byte 22: the first object has no \"x\""},
		"lines that end in CR LF":        {`{"id":"A","amount":1}` + "\r\n" + `{"id":"A","amount":1,"x":2}` + "\r\n", "", "object 2 at byte 23: the first object has no \"x\""},
		"an object in an object":         {`{"id":{"a":1},"amount":1}`, "", "neither text, number, null nor a list"},
		"two objects on a line":          {`{"id":"A","amount":1}{}`, "", "something follows the object"},
		"no object":                      {`[1]`, "", "not a JSON object"},
		"a cut file":                     {`{"id":"A","amo`, "", "object 1 at byte 0"},
	} {
		t.Run(name, func(t *testing.T) {
			s := schema(t)
			r, err := OpenJSONL(file(t, c.text), s, Mapping{})
			var got []string
			if err == nil {
				got, err = drain(t, r, s)
			}
			if c.err != "" {
				require.ErrorContains(t, err, c.err)
				return
			}
			require.NoError(t, err)
			var want []string
			require.NoError(t, json.Unmarshal([]byte(c.want), &want))
			require.Len(t, got, len(want))
			for i := range want {
				if len(want[i]) > 6 && want[i][:5] == "field" {
					require.Contains(t, got[i], "field R-AMOUNT cannot hold")
					continue
				}
				require.Equal(t, want[i], got[i])
			}
		})
	}
}

func TestCSV(t *testing.T) {
	for name, c := range map[string]struct {
		text    string
		mapping Mapping
		want    []string
		err     string
	}{
		"by name":                    {"id,amount\nA,1\n\"B\",2.5\n", Mapping{}, []string{"A 1.00", "B 2.50"}, ""},
		"by mapping":                 {"code,usd,note\nA,1,x\n", Mapping{Columns: map[string]string{"code": "R-ID", "usd": "R-AMOUNT"}, Ignore: []string{"note"}}, []string{"A 1.00"}, ""},
		"a column that goes nowhere": {"id,amount,note\nA,1,x\n", Mapping{}, nil, `column "note" is no field`},
		"a mapping of no column":     {"id,amount\n", Mapping{Columns: map[string]string{"usd": "R-AMOUNT"}}, nil, `columns maps "usd"`},
		"a line too short":           {"id,amount\nA\n", Mapping{}, nil, "row 1 at byte 10"},
		"no header":                  {"", Mapping{}, nil, "no header line"},
	} {
		t.Run(name, func(t *testing.T) {
			s := schema(t)
			r, err := OpenCSV(file(t, c.text), s, c.mapping)
			var got []string
			if err == nil {
				got, err = drain(t, r, s)
			}
			if c.err != "" {
				require.ErrorContains(t, err, c.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.want, got)
			require.Len(t, r.Digest(), 64)
		})
	}
}

// PostgreSQL documentation, 8.15.6 Array Input and Output Syntax.
func TestParseArray(t *testing.T) {
	for text, want := range map[string][]string{
		`{}`: nil, `{499,501}`: {"499", "501"}, `{"a b","c,d"}`: {"a b", "c,d"}, `{"q\"q","b\\b"}`: {`q"q`, `b\b`}, `{"NULL"}`: {"NULL"}, `{NULL,1}`: {"<null>", "1"},
	} {
		v, err := parseArray(text)
		require.NoError(t, err, text)
		var got []string
		for _, one := range v.List {
			if one.Null {
				one.Text = "<null>"
			}
			got = append(got, one.Text)
		}
		require.Equal(t, want, got, text)
	}
	for _, bad := range []string{"", "{", "a", `{"a}`, "{{1},{2}}", `{"a"b}`} {
		_, err := parseArray(bad)
		require.Error(t, err, bad)
	}
}

func FuzzParseObject(f *testing.F) {
	f.Add([]byte(`{"id":"A","amount":10.10,"list":["1",null]}`))
	f.Add([]byte(`{"a":1}{}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		names, values, err := parseObject(line)
		if err == nil && len(names) != len(values) {
			t.Fatal("names and values differ in number")
		}
	})
}

func FuzzParseArray(f *testing.F) {
	f.Add(`{a,"b c",NULL}`)
	f.Add(`{"q\"q","b\\b"}`)
	f.Fuzz(func(t *testing.T, text string) { _, _ = parseArray(text) })
}
