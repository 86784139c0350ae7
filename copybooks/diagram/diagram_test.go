package diagram_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/diagram"
	"tidewaiter/fixtures"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func draw(t testing.TB, src string) string {
	t.Helper()
	book, err := copybooks.Parse("t.cpy", []byte(src), copybooks.Options{Format: copybooks.FreeFormat})
	require.NoError(t, err)
	svg, err := diagram.SVG(book.Records[0])
	require.NoError(t, err)
	wellFormed(t, svg)
	return string(svg)
}

func wellFormed(t testing.TB, svg []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
	}
}

func TestSVGGolden(t *testing.T) {
	for _, name := range []string{"COLREC", "STMREC", "ESLIN"} {
		t.Run(name, func(t *testing.T) {
			book, err := copybooks.ParseFS(fixtures.Copybooks, "copybooks/"+name+".cpy", copybooks.Options{})
			require.NoError(t, err)
			got, err := diagram.SVG(book.Records[0])
			require.NoError(t, err)
			wellFormed(t, got)
			path := filepath.Join("testdata", name+".svg")
			if *update {
				require.NoError(t, os.WriteFile(path, got, 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, string(want), string(got))
		})
	}
}

func TestSVGShows(t *testing.T) {
	for _, c := range []struct {
		name, source string
		wants        []string
	}{
		{"a field over two rows", "01 R. 05 LONG-TEXT PIC X(100).", []string{"bytes 0 to 99, length 100", ">LONG-TEXT<", ">… LONG-TEXT<"}},
		{"a long table by its first elements", "01 R. 05 T OCCURS 500 PIC X(4).", []string{"T(11)", "T (12 to 500)"}},
		{"stacked redefinitions", "01 R. 05 A PIC X(8). 05 B REDEFINES A PIC 9(8). 05 C REDEFINES A. 10 D PIC X(4). 10 E PIC 9(4).",
			[]string{"B REDEFINES A", "C REDEFINES A"}},
		{"a redefinition in a table, in one band", "01 R. 05 T OCCURS 2. 10 A PIC X(8). 10 B REDEFINES A PIC 9(8).", []string{"B(1)", "B(2)"}},
		{"conditions, escaped", "01 R. 05 A PIC X(8). 88 IS-LESS VALUE '<'.", []string{"88 IS-LESS &lt;"}},
		{"an elementary record", "77 N PIC S9(5) COMP-3.", []string{"S9(5) COMP-3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			svg := draw(t, c.source)
			for _, want := range c.wants {
				require.Contains(t, svg, want)
			}
		})
	}
}

func TestSVGRefusesWhatNobodyLooksAt(t *testing.T) {
	book, err := copybooks.Parse("t.cpy", []byte("01 R. 05 A PIC X(20000)."), copybooks.Options{Format: copybooks.FreeFormat})
	require.NoError(t, err)
	_, err = diagram.SVG(book.Records[0])
	require.ErrorContains(t, err, "its 20000 bytes are more than")
}
