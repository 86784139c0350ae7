package copybooks_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
)

// names lists the items of all records in copybook order.
func names(book *copybooks.Copybook) string {
	var out []string
	var visit func(*copybooks.Item)
	visit = func(it *copybooks.Item) {
		out = append(out, it.Name)
		for _, c := range it.Children {
			visit(c)
		}
	}
	for _, l := range book.Records {
		visit(l.Root)
	}
	return strings.Join(out, " ")
}

// Enterprise COBOL Language Reference, "COPY statement" and "REPLACE statement".
func TestReplacing(t *testing.T) {
	members := fstest.MapFS{
		"TAGS.cpy":  {Data: []byte("05 :TAG:-ID PIC X(:LEN:).\n05 :TAG:-SUM PIC S9(5)V99 COMP-3.\n05 OTHER PIC X VALUE ':TAG:'.\n")},
		"NAMES.cpy": {Data: []byte("05 OLD-A PIC X.\n05 B-OLD PIC X.\n05 OLD PIC X.\n")},
		"OUTER.cpy": {Data: []byte("04 G.\n COPY NAMES.\n")},
	}
	for _, c := range []struct{ name, src, want string }{
		{"pseudo-text inside a word", "01 R. COPY TAGS REPLACING ==:TAG:== BY ==CUST== ==:LEN:== BY ==8==.", "R CUST-ID CUST-SUM OTHER"},
		{"a whole word", "01 R. COPY NAMES REPLACING OLD BY NEW.", "R OLD-A B-OLD NEW"},
		{"leading and trailing", "01 R. COPY NAMES REPLACING LEADING ==OLD-== BY ==NEW-== TRAILING ==-OLD== BY ====.", "R NEW-A B OLD"},
		{"several words, in any case", "01 R. COPY NAMES REPLACING ==pic x. 05 b-old== BY ==PIC XX. 05 C==.", "R OLD-A C OLD"},
		{"nested members too", "01 R. COPY OUTER REPLACING ==OLD-A== BY ==NEW-A==.", "R G NEW-A B-OLD OLD"},
		{"the same member twice", "01 R. 04 G1. COPY NAMES REPLACING OLD BY X1. 04 G2. COPY NAMES REPLACING OLD BY X2.", "R G1 OLD-A B-OLD X1 G2 OLD-A B-OLD X2"},
		{"REPLACE until the next one", "REPLACE ==ZZ== BY ==YY==. 01 R. 05 ZZ PIC X. REPLACE OFF. 05 ZZ PIC X.", "R YY ZZ"},
		{"REPLACE in what is copied", "REPLACE ==OLD== BY ==NEW==. 01 R. COPY NAMES.", "R OLD-A B-OLD NEW"},
		{"library and SUPPRESS", "01 R. COPY NAMES OF LIB SUPPRESS REPLACING OLD BY NEW.", "R OLD-A B-OLD NEW"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{"MAIN.cpy": {Data: []byte(c.src)}}
			for name, f := range members {
				files[name] = f
			}
			book, err := copybooks.ParseFS(files, "MAIN.cpy", copybooks.Options{Format: copybooks.FreeFormat})
			require.NoError(t, err)
			require.Equal(t, c.want, names(book))
		})
	}
}

// An error in replaced text stands where the text did.
func TestReplacedPlaces(t *testing.T) {
	files := fstest.MapFS{
		"MAIN.cpy": {Data: []byte("01 R.\nCOPY M REPLACING ==:P:== BY ==X(3)==.\n")},
		"M.cpy":    {Data: []byte("05 A PIC :P:.\n05 B PIC :P:.  05 C PIC Q.\n05 D PIC W.\n")},
	}
	_, err := copybooks.ParseFS(files, "MAIN.cpy", copybooks.Options{Format: copybooks.FreeFormat})
	require.ErrorContains(t, err, "M.cpy:2:25: ")
	require.ErrorContains(t, err, "M.cpy:3:10: ")
}

const wholeProgram = `       IDENTIFICATION DIVISION.
       PROGRAM-ID.    WHOLE.
       AUTHOR.        D'ARCY O'BRIEN.
       ENVIRONMENT DIVISION.
       CONFIGURATION SECTION.
       SPECIAL-NAMES.
           CURRENCY SIGN IS "EUR" WITH PICTURE SYMBOL "U"
           DECIMAL-POINT IS COMMA.
       INPUT-OUTPUT SECTION.
       FILE-CONTROL.
           SELECT IN-FILE ASSIGN TO INDD.
       DATA DIVISION.
       FILE SECTION.
       FD  IN-FILE
           RECORDING MODE IS F
           RECORD CONTAINS 80 CHARACTERS.
       01  IN-REC.
           05  A  PIC X(10).
           EJECT
           05  B  PIC UU.UU9,99.
       SD  SORT-FILE.
       01  SORT-REC  PIC X(5).
       WORKING-STORAGE SECTION.
       77  COUNTER  PIC 9(4) COMP VALUE ZERO.
           SKIP2
       01  WS-RATE PIC 9V9(4) VALUE 1,5.
           EXEC SQL INCLUDE SQLCA END-EXEC.
           EXEC SQL INCLUDE DCLTAB END-EXEC.
       LINKAGE SECTION.
       01  LK-REC.
           05  N  PIC 9(4) COMP.
           05  T  PIC X OCCURS 1 TO UNBOUNDED DEPENDING ON N.
       PROCEDURE DIVISION USING LK-REC.
       MAIN-PARA.
           DISPLAY 'IT''S "QUOTED".
           COPY NOTHERE.
           STOP RUN.
`

// A program gives the records of its data sections, edited by its own
// SPECIAL-NAMES.
func TestWholeProgram(t *testing.T) {
	files := fstest.MapFS{
		"WHOLE.cbl":  {Data: []byte(wholeProgram)},
		"DCLTAB.cpy": {Data: []byte("       01  DCL-ROW.\n           05  C  PIC X(4).\n")},
	}
	book, err := copybooks.ParseFS(files, "WHOLE.cbl", copybooks.Options{})
	require.NoError(t, err)
	require.Equal(t, "IN-REC A B SORT-REC COUNTER WS-RATE DCL-ROW C LK-REC N T", names(book))
	in, err := book.Record("IN-REC")
	require.NoError(t, err)
	require.Equal(t, 21, in.MaxLength) // U prints EUR: UU.UU9,99 takes 3+8
	c, err := in.Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	rec := c.Blank(nil)
	require.NoError(t, field(t, c, "B").PutInt(rec, 0, 12345))
	text, err := field(t, c, "B").Text(rec, 0)
	require.NoError(t, err)
	require.Equal(t, "   EUR123,45", " "+text)
	lk, err := book.Record("LK-REC")
	require.NoError(t, err)
	require.True(t, lk.Root.Children[1].Occurs.Unbounded)
}

// A period behind column 72 is not read, and the error says so. Text there that a
// blank parts from the line is what the margin is for, and a comment may be long.
func TestMarginIsBlamed(t *testing.T) {
	line := func(text, behind string) string { return fmt.Sprintf("%-72s%s\n", "       "+text, behind) }
	long := "    05  A PIC X(9) VALUE '" + strings.Repeat("x", 38) + "'"
	require.Len(t, "       "+long, 72)
	after := line("    05  B PIC X.", "")
	_, err := copybooks.Parse("T.cpy", []byte(line("01  R.", "")+line(long, ".")+after), copybooks.Options{Format: copybooks.FixedFormat})
	require.ErrorContains(t, err, "T.cpy:3:12: ")
	require.ErrorContains(t, err, "(line 2 goes on behind column 72, where fixed format ends; variable format takes all of it)")
	_, err = copybooks.Parse("T.cpy", []byte(line("01  R.", "")+line(long, ".")+after), copybooks.Options{Format: copybooks.VariableFormat})
	require.NoError(t, err)
	_, err = copybooks.Parse("T.cpy", []byte(line("01  R.", "00000100")+line("    05  A PIC Q.", "00000200")+after), copybooks.Options{Format: copybooks.FixedFormat})
	require.Error(t, err)
	require.NotContains(t, err.Error(), "behind column")
}

// COPY and REPLACE before the data: what a member says in SPECIAL-NAMES counts, a
// REPLACE stays in force, and what is copied elsewhere may be missing.
func TestCopyBeforeTheData(t *testing.T) {
	const data = "DATA DIVISION. FILE SECTION. FD F. 01 R. 05 A PIC 9(3),99."
	files := fstest.MapFS{
		"SPECIAL.cpy": {Data: []byte("DECIMAL-POINT IS COMMA.")},
		"CONFIG.cpy":  {Data: []byte("CONFIGURATION SECTION. SPECIAL-NAMES. COPY SPECIAL.")},
	}
	for _, c := range []struct{ name, src, want, err string }{
		{name: "SPECIAL-NAMES", src: "ID DIVISION. PROGRAM-ID. P. ENVIRONMENT DIVISION. CONFIGURATION SECTION. SPECIAL-NAMES. COPY SPECIAL. " + data, want: "R A"},
		{name: "the whole section", src: "ID DIVISION. PROGRAM-ID. P. ENVIRONMENT DIVISION. COPY CONFIG. " + data, want: "R A"},
		{name: "replaced", src: "ID DIVISION. PROGRAM-ID. P. ENVIRONMENT DIVISION. COPY CONFIG. REPLACE ==R== BY ==NEW==. " + data, want: "NEW A"},
		{name: "not in the configuration", src: "ID DIVISION. PROGRAM-ID. P. ENVIRONMENT DIVISION. COPY CONFIG. INPUT-OUTPUT SECTION. COPY SELECTS. REPLACE ==R== BY ==NEW==. " + data, want: "NEW A"},
		{name: "missing", src: "ID DIVISION. PROGRAM-ID. P. ENVIRONMENT DIVISION. COPY ABSENT. " + data, err: `found "ABSENT": no member ABSENT`},
	} {
		t.Run(c.name, func(t *testing.T) {
			files["P.cbl"] = &fstest.MapFile{Data: []byte(c.src)}
			book, err := copybooks.ParseFS(files, "P.cbl", copybooks.Options{Format: copybooks.FreeFormat})
			if c.err != "" {
				require.ErrorContains(t, err, c.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.want, names(book))
			require.Equal(t, 2, book.Records[0].Root.Children[0].Scale) // the comma is the decimal point
		})
	}
}

// Debugging lines, directives and continuation in each source format.
func TestSourceFormats(t *testing.T) {
	debug := "       01  R.\n      D    05  A PIC X.\n           05  B PIC X.\n"
	book, err := copybooks.Parse("t", []byte(debug), copybooks.Options{})
	require.NoError(t, err)
	require.Equal(t, "R B", names(book))
	book, err = copybooks.Parse("t", []byte(debug), copybooks.Options{Debug: true})
	require.NoError(t, err)
	require.Equal(t, "R A B", names(book))

	long := "       01  R.\n           05  A PIC X" + strings.Repeat(" ", 60) + "OCCURS 3.\n"
	book, err = copybooks.Parse("t", []byte(long), copybooks.Options{Format: copybooks.VariableFormat})
	require.NoError(t, err)
	require.Equal(t, 3, book.Records[0].MaxLength)
	for _, directive := range []string{"      >>SOURCE FORMAT IS FREE\n", "       >>SOURCE FREE FORMAT IS FREE\n", "      $SET SOURCEFORMAT\"FREE\"\n"} {
		book, err = copybooks.Parse("t", []byte(directive+"01 R.\n05 A PIC X VALUE 'AB'-\n   'CD'.\n>>D 05 B PIC X.\n05 C PIC X VALUE 'X' & 'Y'.\n"), copybooks.Options{Format: copybooks.FixedFormat})
		require.NoError(t, err, directive)
		require.Equal(t, "R A C", names(book))
		require.Equal(t, "ABCD", book.Records[0].Root.Children[0].Value)
		require.Equal(t, "XY", book.Records[0].Root.Children[1].Value)
	}
}

// VALUE and 88 in their forms; 66 with qualified names; storage clauses.
func TestValuesAndRenames(t *testing.T) {
	book, err := free(`01 R IS GLOBAL EXTERNAL AS "R-EXT" VOLATILE.
  05 A PIC X(2) VALUE IS ALL '*'.
     88 A-HEX VALUE X'C1C2'. 88 A-NATIONAL VALUES ARE N'AB' NX'00410042'. 88 A-LOW VALUE LOW-VALUES HIGH-VALUE QUOTE NULL.
     88 A-RANGE VALUE X'00' THRU X'3F', ALL 'Z'.
  05 B COMP-2 VALUE 1.5E-3.
  05 G1. 10 N PIC S9(3) VALUE -7. 05 G2. 10 N PIC X(4).
  66 BOTH RENAMES N OF G1 THRU N OF G2.
  66 ONE RENAMES N IN G2.`)
	require.NoError(t, err)
	r := book.Records[0]
	require.Equal(t, "*", r.Root.Children[0].Value)
	var values []string
	for _, c := range r.Root.Children[0].Conditions {
		for _, v := range c.Values {
			values = append(values, v.From+v.Through)
		}
	}
	require.Equal(t, "X'C1C2' N'AB' NX'00410042' LOW-VALUES HIGH-VALUES QUOTES NULLS X'00'X'3F' Z", strings.Join(values, " "))
	require.Equal(t, "1.5E-3", r.Root.Children[1].Value)
	require.Equal(t, []int{10, 7, 13, 4}, []int{r.Renames[0].Offset, r.Renames[0].Length, r.Renames[1].Offset, r.Renames[1].Length})
}
