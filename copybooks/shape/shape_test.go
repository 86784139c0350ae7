package shape_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/shape"
	"tidewaiter/fixtures"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func layout(t testing.TB, src string) *copybooks.Layout {
	t.Helper()
	book, err := copybooks.Parse("t.cpy", []byte(src), copybooks.Options{Format: copybooks.FreeFormat})
	require.NoError(t, err)
	return book.Records[0]
}

// names are the members as JSON has them, depth first.
func names(members []*shape.Member) (out []string) {
	for _, m := range members {
		out = append(append(out, m.Name), names(m.Members)...)
	}
	return out
}

// keys are the keys of a JSON object in their order, depth first.
func keys(t testing.TB, object []byte) (out []string) {
	d := json.NewDecoder(bytes.NewReader(object))
	var objects []bool // whether each open bracket is an object's
	key := false
	for {
		token, err := d.Token()
		if err != nil {
			return out
		}
		switch v := token.(type) {
		case json.Delim:
			if v == '{' || v == '[' {
				objects = append(objects, v == '{')
			} else {
				objects = objects[:len(objects)-1]
			}
			key = len(objects) > 0 && objects[len(objects)-1]
			continue
		case string:
			if key {
				out = append(out, v)
				key = false
				continue
			}
		}
		key = len(objects) > 0 && objects[len(objects)-1]
	}
}

// The shape has the members AppendJSON writes, in their order.
func TestNamesAreThoseOfJSON(t *testing.T) {
	l := layout(t, `01 R. 05 A PIC X. 05 FILLER PIC X. 05 FILLER. 10 B PIC 9. 10 B PIC 9. 10 FILLER PIC X.
	05 FILLER. 10 FILLER PIC X. 05 a PIC X. 05 G OCCURS 1. 10 C-D PIC S9V9 COMP-3. 05 FILLER REDEFINES G. 10 E PIC X.`)
	c, err := l.Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	for _, o := range []copybooks.JSONOptions{{}, {Fillers: true}, {Names: copybooks.SnakeNames}, {Names: copybooks.UpperSnakeNames, Fillers: true}} {
		object, _ := c.AppendJSON(nil, c.Blank(nil), o)
		var want []string
		for _, k := range keys(t, object) {
			if k == "_errors" {
				break
			}
			want = append(want, k)
		}
		require.Equal(t, want, names(shape.Of(l, o).Members))
	}
}

func TestSchemaGolden(t *testing.T) {
	for _, name := range []string{"COLREC", "STMREC", "ESLIN", "USAGES"} {
		t.Run(name, func(t *testing.T) {
			var files fs.FS = fixtures.Copybooks
			folder := "copybooks"
			if name == "USAGES" {
				files, folder = os.DirFS("."), "testdata"
			}
			book, err := copybooks.ParseFS(files, folder+"/"+name+".cpy", copybooks.Options{})
			require.NoError(t, err)
			got, err := shape.Schema(book.Records[0], copybooks.JSONOptions{})
			require.NoError(t, err)
			path := filepath.Join("testdata", name+".schema.json")
			if *update {
				require.NoError(t, os.WriteFile(path, got, 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, string(want), string(got))
		})
	}
}
