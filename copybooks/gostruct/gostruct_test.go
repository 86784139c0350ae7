package gostruct_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/gostruct"
	"tidewaiter/ebcdic"
	"tidewaiter/fixtures"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// book is a copybook by the name of the package it becomes.
func book(t testing.TB, pkg string) *copybooks.Copybook {
	t.Helper()
	var b *copybooks.Copybook
	var err error
	switch pkg {
	case "forms":
		b, err = copybooks.ParseFile("testdata/forms.cpy", copybooks.Options{})
	case "nested":
		b, err = copybooks.ParseFile("testdata/nested.cpy", copybooks.Options{})
	case "kinds", "kindsmax":
		b, err = copybooks.ParseFile("testdata/kinds.cpy", copybooks.Options{})
	default:
		names := map[string]string{"colrec": "COLREC", "stmrec": "STMREC", "eslin": "ESLIN"}
		b, err = copybooks.ParseFS(fixtures.Copybooks, "copybooks/"+names[pkg]+".cpy", copybooks.Options{})
	}
	require.NoError(t, err)
	return b
}

// optionsOf are the codec options a golden file is written with.
func optionsOf(pkg string) copybooks.CodecOptions {
	if pkg == "kindsmax" {
		return copybooks.CodecOptions{CodePage: "ascii", ODO: copybooks.ODOMax, NumProc: ebcdic.PFD, BinaryFull: true, Float: ebcdic.IEEEFloat}
	}
	return copybooks.CodecOptions{}
}

// The golden files are packages: go vet compiles them, and records_test.go runs
// them.
func TestSourceGolden(t *testing.T) {
	for _, pkg := range []string{"colrec", "stmrec", "eslin", "forms", "kinds", "kindsmax", "nested"} {
		t.Run(pkg, func(t *testing.T) {
			got, err := gostruct.Source(book(t, pkg), gostruct.Options{Package: pkg, Codec: optionsOf(pkg)})
			require.NoError(t, err)
			path := filepath.Join("internal", pkg, pkg+".go")
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
				require.NoError(t, os.WriteFile(path, got, 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			require.True(t, string(want) == string(got), "%s is not what is generated: go test -update", path)
		})
	}
}

func TestSourceRefusals(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"a redefined table with a counter", "01 R. 05 N PIC 9. 05 B. 10 T OCCURS 0 TO 3 DEPENDING ON N PIC X. 05 A REDEFINES B PIC X(2). 05 Z PIC X.", "B varies in length and is redefined by A"},
		{"a counter in a redefinition", "01 R. 05 A PIC X. 05 N REDEFINES A PIC 9. 05 T OCCURS 0 TO 3 DEPENDING ON N PIC X.", "T OCCURS DEPENDING ON N, which stands in another redefinition"},
		{"a range of justified text", "01 R. 05 A PIC X(3) JUST. 88 B VALUE 'A' THRU 'C'.", "condition B of A: THRU on text that is JUSTIFIED"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := copybooks.Parse("t.cpy", []byte(c.source), copybooks.Options{Format: copybooks.FreeFormat})
			require.NoError(t, err)
			_, err = gostruct.Source(b, gostruct.Options{})
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := gostruct.Source(book(t, "colrec"), gostruct.Options{Package: "type"})
	require.ErrorContains(t, err, `"type" is not a Go name`)
}
