package copybooks_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
)

func free(src string) (*copybooks.Copybook, error) {
	return copybooks.Parse("test.cpy", []byte(src), copybooks.Options{Format: copybooks.FreeFormat})
}

// Each message has file, line and column of the token, the token, and what was
// expected.
func TestSyntaxErrors(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"", "test.cpy:1:1: found the end of the copybook: expected a data description entry such as 01 RECORD-NAME"},
		{"01 R. 05 A PIC X(3). 5O B PIC X.", `test.cpy:1:22: found "5O": expected a level number: 01 to 49, 66, 77 or 88`},
		{"01 R.\n  05 A PIC X(.", `test.cpy:2:12: found "X(": expected a ) after the repetition`},
		{"01 R. 05 A PIC X(0).", `expected a repetition from 1 to 999999999, not "0"`},
		{"01 R. 05 A PIC Q.", `expected a picture of X, A, 9, S, V and P or an edited one, not 'Q'`},
		{"01 R. 05 A PIC 9Z.", "a Z may not follow a 9 or a P"},
		{"01 R. 05 A PIC Z*9.", "only one of Z, * and a floating symbol"},
		{"01 R. 05 A PIC ++--9.", "only one of + - and the currency sign can float"},
		{"01 R. 05 A PIC 9+9.", "a fixed + stands at an end"},
		{"01 R. 05 A PIC +$++.", "a fixed currency sign stands at the left end"},
		{"01 R. 05 A PIC 9$9.", "a fixed currency sign stands at the left end"},
		{"01 R. 05 A PIC 9.9.9.", "a picture has one decimal point"},
		{"01 R. 05 A PIC Z9CR9.", "a fixed C stands at an end"},
		{"01 R. 05 A PIC BB0.", "at least one 9, Z, * or floating digit"},
		{"01 R. 05 A PIC Z(250).", "at most 249 characters"},
		{"01 R. 05 A PIC XZ.", "a picture with X or A may be edited by B, 0 and /"},
		{"01 R. 05 A PIC ZZ9 COMP-3.", "COMP-3 needs a picture of 9"},
		{"01 R. 05 A PIC S9 BLANK WHEN ZERO.", "BLANK WHEN ZERO belongs to a DISPLAY number without S"},
		{"01 R. 05 A PIC **9 BLANK WHEN ZERO.", "BLANK WHEN ZERO belongs to"},
		{"01 R. 05 A PIC 9S.", "S stands once, at the start"},
		{"01 R. 05 A PIC 9V9V9.", "V stands once"},
		{"01 R. 05 A PIC S9(39).", "39 digits are more than the 38"},
		{"01 R. 05 A PIC P9P.", "P stands at one end only"},
		{"01 R. 05 A PIC SX.", "S, V and P belong to numbers"},
		{"01 R. 05 A.", "expected a PICTURE for A, or items below it"},
		{"01 R. 05 A PIC X. 10 B PIC X.", "A has a PICTURE and so no items below it"},
		{"01 R. 05 A PIC X COMP-3.", "COMP-3 needs a picture of 9"},
		{"01 R. 05 A PIC 9(19) COMP.", "a binary number of 19 digits is not supported"},
		{"01 R. 05 A COMP-1 PIC 9.", "COMP-1 has no PICTURE"},
		{"01 R. 05 A PIC X PIC X.", "an item has one PICTURE"},
		{"01 R. 05 A PIC 9 COMP COMP-3.", "an item has one USAGE"},
		{"01 R COMP. 05 A PIC 9 COMP-3.", "A is COMP-3 but its group R is COMP"},
		{"01 R. 05 A PIC X. 05 B PIC X(4). 05 C REDEFINES B PIC S9(4) COMP SYNC.", "C is SYNCHRONIZED on 2 bytes, but B stands at offset 1"},
		{"01 R. 05 A PIC S9(4) COMP-6.", "COMP-6 has no sign"},
		{"01 R. 05 A PIC 9(4) POINTER.", "POINTER has no PICTURE"},
		{"01 R. 05 A PIC 9(4) BLANK WHEN 7.", "expected ZERO after BLANK WHEN"},
		{"01 R. 05 A PIC 9 USAGE WRONG.", "expected a usage such as DISPLAY"},
		{"01 R. 05 A PIC X FROM 3.", `found "FROM": expected a clause or a period`},
		{"01 R. 05 A PIC X 'lit'.", "found the literal 'lit': expected a clause or a period"},
		{"01 R. 05 A PIC X VALUE 'lit.", "test.cpy:1:24: the literal has no closing quote"},
		{"01 R. 05 A PIC X VALUE X'4'.", "expected hexadecimal digits, 2 for each character"},
		{"01 R. 05 A PIC N VALUE NX'65G5'.", "expected hexadecimal digits, 4 for each character"},
		{"01 R. 05 A PIC X VALUE Q'4'.", "expected a literal or a figurative constant"},
		{"01 R. 05 A PIC X VALUE FOO.", "expected a literal or a figurative constant"},
		{"01 R. 05 A PIC X. 88 VALUE 'X'.", "expected a condition name after 88"},
		{"01 R. 05 A PIC X. 88 B 'X'.", "expected VALUE or VALUES in the condition B"},
		{"88 B VALUE 'X'.", "expected an item before the condition B"},
		{"01 R. 05 A PIC X OCCURS 0.", "expected the second number of OCCURS to be the larger"},
		{"01 R. 05 A PIC X OCCURS 1 TO 3.", "OCCURS n TO m needs DEPENDING ON"},
		{"01 R. 05 A PIC X OCCURS UNBOUNDED DEPENDING ON N.", "expected OCCURS n TO UNBOUNDED DEPENDING ON"},
		{"01 R. 05 A PIC X OCCURS 1 TO 3 DEPENDING ON N.", "A OCCURS DEPENDING ON N, which is not in the record"},
		{"01 R. 05 A PIC X OCCURS 1 TO 3 DEPENDING ON N. 05 N PIC 9.", "which stands after the table"},
		{"01 R. 05 N PIC X. 05 A PIC X OCCURS 1 TO 3 DEPENDING ON N.", "which is not an integer"},
		{"01 R. 05 G. 10 N PIC 9. 05 H. 10 N PIC 9. 05 A PIC X OCCURS 1 TO 3 DEPENDING ON N.", "qualify it with OF"},
		{"01 R OCCURS 3. 05 A PIC X.", "OCCURS is not allowed at level 01"},
		{"01 R. 05 A PIC X. 05 B PIC X. 05 C REDEFINES A PIC X.", "expected C to redefine the item right before it"},
		{"01 R. 05 A PIC X. 01 S REDEFINES Q. 05 B PIC X.", "no record Q stands before S"},
		{"01 R. 05 A PIC X(999999999). 05 B PIC X(999999999).", "B makes the record longer than 999999999 bytes"},
		{"01 R. 05 A OCCURS 999999999. 10 B PIC X(999).", "A makes the record longer"},
		{"01 R. 05 A PIC X. 66 B RENAMES C.", "expected B to rename items of R"},
		{"COPY NOWHERE.", "no member NOWHERE"},
		{"COPY A REPLACING ==X== WITH ==Y==.", "expected BY and what replaces X"},
		{"COPY A REPLACING ==X== BY ==Y.", "the pseudo-text has no closing =="},
		{"COPY A REPLACING LEADING ==X Y== BY ==Z==.", "one word after LEADING or TRAILING"},
		{"REPLACE OFF 01 R.", "expected a period after REPLACE OFF"},
		{"FILE 01 R.", "expected DIVISION or SECTION"},
	} {
		t.Run(c.src, func(t *testing.T) {
			_, err := free(c.src)
			require.ErrorContains(t, err, c.want)
			var one *copybooks.SyntaxError
			require.ErrorAs(t, err, &one)
			require.Positive(t, one.Line)
		})
	}
}

func TestParsingGoesOnAfterAnError(t *testing.T) {
	_, err := free("01 R.\n 05 A PIC Q.\n 05 B PIC X.\n 05 C WRONG.\n 05 D PIC 9 TYPEDEF.\n")
	var all copybooks.SyntaxErrors
	require.ErrorAs(t, err, &all)
	require.Len(t, all, 3)
	require.Equal(t, []int{2, 4, 5}, []int{all[0].Line, all[1].Line, all[2].Line})
	_, err = free("01 R.\n" + strings.Repeat(" 05 A PIC Q.\n", 1000))
	require.True(t, errors.As(err, &all))
	require.Len(t, all, copybooks.MaxErrors)
}

// Enterprise COBOL Language Reference, "Reference format": sequence area,
// indicator area, areas A and B, column 73 on ignored.
func TestFixedFormat(t *testing.T) {
	src := strings.Join([]string{
		"000100* A COMMENT                                                       00000001",
		"000200 01  R.                                                           00000002",
		"000300     05  A           PIC X(3) VALUE 'A''B'.                        IGNORED",
		"000400/    PAGE EJECT",
		"000500D    05  DEBUG-LINE  PIC X.",
		"000600     EJECT",
		"000700     05  LONG-",
		"000800-        NAME        PIC X(5)",
		"000900                     VALUE 'THIS IS LONG AND GOES ON TO THE RIGHT",
		"001000-    ' AND HERE'. *> AND A COMMENT",
		"001100     05  PIC IS S9(3);",
		"001200         USAGE IS COMP-3.",
		"",
		"000001",
		"001300     05  C.",
		"001400         10  D       PIC 9.\x1a 05 GONE",
	}, "\r\n")
	book, err := copybooks.Parse("FIXED.cpy", []byte(src), copybooks.Options{})
	require.NoError(t, err)
	root := book.Records[0].Root
	require.Len(t, root.Children, 4)
	require.Equal(t, "A'B", root.Children[0].Value)
	require.Equal(t, "LONG-NAME", root.Children[1].Name)
	require.Equal(t, 7, root.Children[1].Line)
	require.Equal(t, "THIS IS LONG AND GOES ON TO THE RIGHT  AND HERE", root.Children[1].Value)
	require.True(t, root.Children[2].IsFiller())
	require.Equal(t, copybooks.Packed, root.Children[2].Usage)
	require.Equal(t, "D", root.Children[3].Children[0].Name)
	require.Equal(t, 11, book.Records[0].MaxLength)
}

func TestFormatIsRecognised(t *testing.T) {
	for _, src := range []string{
		"01 R.\n    05 A PIC X.\n",
		"01  RECORD-NAME.\n    05 A PIC X. *> text\n* comment\n",
		"       01  R.\n           05  A PIC X.\n",
		"\t01  R.\n\t    05  A PIC X.\n",
	} {
		book, err := copybooks.Parse("t", []byte(src), copybooks.Options{})
		require.NoError(t, err, src)
		require.Equal(t, 1, book.Records[0].MaxLength)
	}
}

func TestClauses(t *testing.T) {
	book, err := free(`
01 R IS EXTERNAL.
   05 A PIC S9(4) SIGN IS LEADING SEPARATE CHARACTER.
   05 B PIC 9(9) USAGE IS COMPUTATIONAL-5.
   05 C COMP-2.
   05 d pic a(2)9 just right.
   05 2ND-NAME PIC 99PPP COMP-3.
   05 T OCCURS 2 TIMES ASCENDING KEY IS K INDEXED BY I1 I2.
      10 K PIC XX.
         88 GOOD VALUES ARE 'AA', 'BB' THRU 'DD' SPACES WHEN SET TO FALSE IS 'ZZ'.
      10 X REDEFINES K PIC X(5).
      10 Y REDEFINES K PIC X.
   66 BC RENAMES B THRU C.
77 COUNTER PIC 9(4) COMP VALUE ZERO.
`)
	require.NoError(t, err)
	require.Len(t, book.Records, 2)
	r := book.Records[0].Root
	length := func(i int) []int { return []int{r.Children[i].Offset, r.Children[i].Length} }
	require.Equal(t, []int{0, 5}, length(0))
	require.Equal(t, []int{5, 4}, length(1))
	require.Equal(t, []int{9, 8}, length(2))
	require.Equal(t, []int{17, 3}, length(3))
	require.Equal(t, []int{20, 2}, length(4))
	require.Equal(t, -3, r.Children[4].Scale)
	table := r.Children[5]
	require.Equal(t, []int{22, 5}, length(5))
	require.Equal(t, &copybooks.Occurs{Min: 2, Max: 2, Keys: []string{"K"}, IndexedBy: []string{"I1", "I2"}}, table.Occurs)
	require.Equal(t, []copybooks.ConditionValue{{From: "AA"}, {From: "BB", Through: "DD"}, {From: "SPACES", Figurative: true}}, table.Children[0].Conditions[0].Values)
	require.Equal(t, &copybooks.ConditionValue{From: "ZZ"}, table.Children[0].Conditions[0].False)
	require.Equal(t, 32, book.Records[0].MaxLength)
	require.Equal(t, []int{5, 12}, []int{book.Records[0].Renames[0].Offset, book.Records[0].Renames[0].Length})
	require.Equal(t, "COUNTER", book.Records[1].Name)
}

// A copybook that starts below 01 is the inside of a record named after it.
func TestCopybookWithoutRecordLevel(t *testing.T) {
	book, err := copybooks.Parse("dir/inner.cpy", []byte("05 A PIC X. 05 B PIC 9."), copybooks.Options{Format: copybooks.FreeFormat})
	require.NoError(t, err)
	require.Equal(t, "INNER", book.Records[0].Name)
	require.Equal(t, 2, book.Records[0].MaxLength)
}

func TestCopyMembers(t *testing.T) {
	beside := fstest.MapFS{
		"MAIN.cpy":  {Data: []byte("       01 R.\n       COPY inner SUPPRESS.\n       COPY OTHER IN LIB.\n           05 Z PIC X.\n")},
		"Inner.CPY": {Data: []byte("           05 A PIC X.\n")},
		"LOOP.cpy":  {Data: []byte("       01 R.\n           COPY LOOP2.\n")},
		"LOOP2.cpy": {Data: []byte("           COPY LOOP.\n")},
		"BAD.cpy":   {Data: []byte("       01 R.\n           COPY BROKEN.\n           05 Z PIC Q.\n")},
		"BROKEN":    {Data: []byte("\n           05 Y PIC W.\n")},
	}
	library := fstest.MapFS{"OTHER.cbl": {Data: []byte("           05 B PIC X(2).\n")}}
	book, err := copybooks.ParseFS(beside, "MAIN.cpy", copybooks.Options{Members: []fs.FS{library}})
	require.NoError(t, err)
	require.Equal(t, 4, book.Records[0].MaxLength)
	require.Equal(t, "OTHER.cbl", book.Records[0].Root.Children[1].File)
	_, err = copybooks.ParseFS(beside, "LOOP.cpy", copybooks.Options{})
	require.ErrorContains(t, err, `LOOP2.cpy:1:17: found "LOOP": LOOP copies itself: LOOP > LOOP2 > LOOP`)
	_, err = copybooks.ParseFS(beside, "BAD.cpy", copybooks.Options{})
	require.ErrorContains(t, err, "BROKEN:2:21")
	require.ErrorContains(t, err, "BAD.cpy:3:21")
	_, err = copybooks.ParseFile("testdata/none.cpy", copybooks.Options{})
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func TestCodecRefuses(t *testing.T) {
	book, err := free("01 R. 05 A PIC X.")
	require.NoError(t, err)
	_, err = book.Records[0].Codec(copybooks.CodecOptions{CodePage: "cp9"})
	require.ErrorContains(t, err, "cp9")
}

// A copybook of 10,000 lines parses in well under a second, also on a loaded
// machine; BenchmarkParse has the figure.
func TestLongCopybook(t *testing.T) {
	start := time.Now()
	_, err := copybooks.Parse("LONG", longCopybook(), copybooks.Options{})
	require.NoError(t, err)
	require.Less(t, time.Since(start), 5*time.Second)
}

// Hostile or generated copybooks take no more than a line's worth of time a line.
func TestParseScales(t *testing.T) {
	for name, src := range map[string]string{
		"redefinitions of one item":       "01 R. 05 A PIC X(9)." + strings.Repeat(" 05 B REDEFINES A PIC X.", 10_000),
		"condition names":                 "01 R. 05 A PIC X." + strings.Repeat(" 88 B VALUE 'C' THRU 'D' 'E'.", 20_000),
		"lines":                           "01 R." + strings.Repeat(" 05 B PIC X(3).", 100_000),
		"one name, one redefinition each": "01 R." + strings.Repeat(" 05 A PIC X. 05 B REDEFINES A PIC X.", 20_000),
		"tables with counters":            "01 R." + numbered(20_000, " 05 C-%[1]d PIC 9. 05 T-%[1]d PIC X OCCURS 1 TO 5 DEPENDING ON C-%[1]d."),
		"level 66":                        "01 R." + numbered(20_000, " 05 A-%d PIC X.") + numbered(20_000, " 66 Q-%[1]d RENAMES A-%[1]d."),
		"redefined records":               numbered(20_000, " 01 R-%[1]d. 05 A PIC X. 01 S-%[1]d REDEFINES R-%[1]d. 05 A PIC X."),
		"one REPLACE":                     "REPLACE ==:T:== BY ==A==. 01 R." + strings.Repeat(" 05 :T:-B PIC X.", 50_000),
		"a REPLACE for each":              "01 R." + strings.Repeat(" REPLACE ==:T:== BY ==A==. 05 :T:-B PIC X.", 20_000),
	} {
		start := time.Now()
		_, err := free(src)
		require.NoError(t, err, name)
		require.Less(t, time.Since(start), 10*time.Second, name)
		t.Log(name, time.Since(start))
	}
}

// numbered repeats text that has the repetition's number.
func numbered(times int, text string) string {
	var out strings.Builder
	for i := range times {
		fmt.Fprintf(&out, text, i)
	}
	return out.String()
}

// A record may be nested through all 49 levels.
func TestDeepestNesting(t *testing.T) {
	src, want := "01 G-1. ", ""
	for level := 2; level < 49; level++ {
		src += fmt.Sprintf("%02d G-%d. ", level, level)
		want += fmt.Sprintf(`{"G-%d":`, level)
	}
	cc := codec(t, src+"49 A PIC X.")
	line, errs := cc.AppendJSON(nil, []byte{0xA7}, copybooks.JSONOptions{})
	require.Empty(t, errs)
	require.Equal(t, want+`{"A":"x"}`+strings.Repeat("}", 47), string(line))
}

func longCopybook() []byte {
	var src strings.Builder
	src.WriteString("       01  R.\n")
	for range 3333 {
		src.WriteString("           05  G.\n               10  A  PIC S9(5)V99 COMP-3.\n               10  B  PIC X(10).\n")
	}
	return []byte(src.String())
}
