package copybooks_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
)

// places lists the elementary items of all records as NAME offset+length, with
// the occurrences of tables, and the level-66 entries after them.
func places(book *copybooks.Copybook) string {
	var out []string
	var visit func(*copybooks.Item)
	visit = func(it *copybooks.Item) {
		if occurs := ""; !it.IsGroup() || it.Occurs != nil {
			if it.Occurs != nil {
				occurs = fmt.Sprintf("*%d", it.Occurs.Max)
			}
			out = append(out, fmt.Sprintf("%s %d+%d%s", it.Name, it.Offset, it.Length, occurs))
		}
		for _, c := range it.Children {
			visit(c)
		}
	}
	for _, l := range book.Records {
		visit(l.Root)
		for _, it := range l.Renames {
			visit(it)
		}
	}
	return strings.Join(out, ", ")
}

// Each form of an entry that the Enterprise COBOL Language Reference gives, with
// the places that follow from its storage rules.
func TestGrammar(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"level-numbers: one digit or two", "1 R. 5 A PIC X. 05 B PIC XX. 05 G. 49 C PIC X.", "A 0+1, B 1+2, C 3+1"},
		{"level-numbers: 66, 77 and 01 in any order", "77 A PIC 9. 1 R. 2 B PIC X. 2 C PIC XX. 66 D RENAMES B. 66 E RENAMES B THROUGH C. 77 F PIC 9(4) COMP. 01 G PIC X.", "A 0+1, B 0+1, C 1+2, D 0+1, E 0+3, F 0+2, G 0+1"},
		{"level-numbers: uneven steps", "01 R. 10 G. 40 A PIC X. 40 H. 45 B PIC XX. 10 C PIC X.", "A 0+1, B 1+2, C 3+1"},
		{"FILLER: written and left out", "01 R. 05 FILLER PIC X. 05 PIC X. 05 VALUE 'A' PIC X. 05 filler pic x. 05. 10 A PIC X.", "FILLER 0+1, FILLER 1+1, FILLER 2+1, FILLER 3+1, A 4+1"},
		{"user-defined words: digits first, underscores, case, length", "01 R. 05 1ST-FIELD PIC X. 05 2_ND PIC X. 05 mixedCase PIC X. 05 A-NAME-OF-MORE-THAN-THIRTY-CHARACTERS-IN-ALL PIC X.", "1ST-FIELD 0+1, 2_ND 1+1, mixedCase 2+1, A-NAME-OF-MORE-THAN-THIRTY-CHARACTERS-IN-ALL 3+1"},
		{"user-defined words that begin like clauses", "01 R. 05 VALUE-1 PIC X. 05 PIC-A PIC X. 05 DATE-1 PIC X. 05 COMP-A PIC X. 05 IS-IT PIC X.", "VALUE-1 0+1, PIC-A 1+1, DATE-1 2+1, COMP-A 3+1, IS-IT 4+1"},
		{"separators: commas and semicolons", "01 R; . 05 A, PIC X(3), VALUE 'ABC', . 05 B; PIC S9(4); USAGE; IS COMP; .", "A 0+3, B 3+2"},
		{"separators: a period right after each word", "01 R.\n05 A PIC X(3).\n05 B PIC 9.9.\n05 C PIC 9,9.\n05 D PIC ZZ9.99.\n", "A 0+3, B 3+3, C 6+3, D 9+6"},
		{"separators: a period on a line of its own", "01 R\n.\n05 A PIC X\n.\n05 B\nPIC\nIS\nX(2)\n.", "A 0+1, B 1+2"},
		{"separators: several entries on a line, empty sentences", "01 R. . 05 A PIC X. 05 B PIC X. . 05 C PIC X.", "A 0+1, B 1+1, C 2+1"},
		{"clauses in any order", "01 R. 05 A VALUE ZERO COMP-3 PIC S9(5). 05 B OCCURS 2 PIC X. 05 C SYNC COMP PIC 9(4).", "A 0+3, B 3+1*2, FILLER 5+1, C 6+2"},
		{"PICTURE: IS, and either case", "01 R. 05 A PICTURE IS X(2). 05 B pic is s9(3)v9(2). 05 C Pic Zz9. 05 D PICTURE a(3).", "A 0+2, B 2+5, C 7+3, D 10+3"},
		{"PICTURE: V and S take no byte, P none", "01 R. 05 A PIC S9(3)V99. 05 B PIC V9(3). 05 C PIC 9(2)P(3). 05 D PIC VP(3)9(2). 05 E PIC SP(2)9.", "A 0+5, B 5+3, C 8+2, D 10+2, E 12+1"},
		{"USAGE: all spellings", "01 R. 05 A PIC 9(4) USAGE IS COMPUTATIONAL. 05 B PIC 9(4) USAGE BINARY. 05 C PIC 9(4) COMP-4. 05 D PIC 9(4) COMPUTATIONAL-4. 05 E PIC 9(4) PACKED-DECIMAL. 05 F PIC 9(4) COMPUTATIONAL-3. 05 G COMPUTATIONAL-1. 05 H USAGE COMPUTATIONAL-2. 05 I PIC 9(4) COMPUTATIONAL-5. 05 J PIC 9(4) USAGE IS DISPLAY.", "A 0+2, B 2+2, C 4+2, D 6+2, E 8+3, F 11+3, G 14+4, H 18+8, I 26+2, J 28+4"},
		{"USAGE: of a group, and the same on an item in it", "01 R USAGE COMP-3. 05 G. 10 A PIC 9(3). 05 B PIC 9(5) COMP-3.", "A 0+2, B 2+3"},
		{"SIGN: without the word, inherited, overridden", "01 R. 05 A PIC S9(3) TRAILING SEPARATE CHARACTER. 05 B PIC S9(3) LEADING. 05 G SIGN IS LEADING SEPARATE CHARACTER. 10 C PIC S9(3). 10 D PIC S9(3) SIGN TRAILING. 10 E PIC 9(3). 10 F PIC S9(3) COMP-3.", "A 0+4, B 4+3, C 7+4, D 11+3, E 14+3, F 17+2"},
		{"REDEFINES: nested, longer, several, of a table", "01 R. 05 A PIC X(4). 05 B REDEFINES A. 10 C PIC X(2). 10 D REDEFINES C PIC X(3). 05 E REDEFINES A PIC X(6). 05 F PIC X OCCURS 4. 05 G REDEFINES F PIC X(4). 05 H PIC X.", "A 0+4, C 0+2, D 0+3, E 0+6, F 6+1*4, G 6+4, H 10+1"},
		{"REDEFINES: at level 01, longer than the record", "01 R PIC X(4). 01 S REDEFINES R. 05 A PIC X(6). 01 T REDEFINES R PIC X.", "R 0+4, A 0+6, T 0+1"},
		{"OCCURS: with and without the optional words", "01 R. 05 N PIC 9. 05 A PIC X OCCURS 3. 05 B OCCURS 2 TIMES PIC XX. 05 C PIC X OCCURS 1 TO 5 TIMES DEPENDING ON N. 05 D PIC X OCCURS 0 TO 2 DEPENDING N. 05 E PIC X OCCURS 4 DEPENDING ON N.", "N 0+1, A 1+1*3, B 4+2*2, C 8+1*5, D 13+1*2, E 15+1*4"},
		{"OCCURS: several keys and indexes", "01 R. 05 T OCCURS 2 TIMES ASCENDING KEY IS A B DESCENDING C ASCENDING KEY D INDEXED BY X1, X2 X3. 10 A PIC X. 10 B PIC X. 10 C PIC X. 10 D PIC X.", "T 0+4*2, A 0+1, B 1+1, C 2+1, D 3+1"},
		{"OCCURS: of OCCURS, a qualified counter", "01 R. 05 G. 10 N PIC 9. 05 H. 10 N PIC 9. 05 T OCCURS 1 TO 3 DEPENDING ON N IN H OF R. 10 U OCCURS 2. 15 A PIC X(2).", "N 0+1, N 1+1, T 2+4*3, U 2+2*2, A 2+2"},
		{"JUSTIFIED, BLANK WHEN ZERO, SYNCHRONIZED: short and long", "01 R. 05 A PIC X(3) JUST. 05 B PIC X(3) JUSTIFIED RIGHT. 05 C PIC 9(3) BLANK ZEROES. 05 D PIC 9(3) BLANK WHEN ZERO. 05 E PIC 9(4) COMP SYNC LEFT. 05 F PIC 9(9) COMP SYNCHRONIZED RIGHT.", "A 0+3, B 3+3, C 6+3, D 9+3, E 12+2, FILLER 14+2, F 16+4"},
		{"EXTERNAL, GLOBAL, VOLATILE", "01 R IS EXTERNAL IS GLOBAL. 05 A PIC X VOLATILE. 01 S GLOBAL VOLATILE PIC X. 01 T EXTERNAL AS 'NAME' PIC X.", "A 0+1, S 0+1, T 0+1"},
		{"66: of groups, through groups, qualified", "01 R. 05 G. 10 A PIC X. 10 B PIC XX. 05 H. 10 A PIC X(3). 10 C PIC X(4). 66 X RENAMES G. 66 Y RENAMES G THRU H. 66 Z RENAMES A IN H THROUGH C.", "A 0+1, B 1+2, A 3+3, C 6+4, X 0+3, Y 0+10, Z 3+7"},
		{"comments: *> after text, in a literal it is text", "01 R. *> the record\n*> a line\n05 A PIC X(4) VALUE '*> A'. *> 05 B PIC X.\n", "A 0+4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			book, err := free(c.src)
			require.NoError(t, err)
			require.Equal(t, c.want, places(book))
		})
	}
}

// "Reference format": the forms of fixed-format lines.
func TestReferenceFormat(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"the listing's statements", "       EJECT\n       01  R.\n           SKIP1\n           SKIP2.\n           05  A PIC X.\n           TITLE 'PAGE''S TITLE'.\n           TITLE \"T\"\n           EJECT.\n           05  B PIC X.\n           SKIP3\n", "A 0+1, B 1+1"},
		{"*CBL and *CONTROL", "      *CBL NOLIST\n       01  R.\n           *CONTROL SOURCE\n           05  A PIC X.\n", "A 0+1"},
		{"sequence numbers and identification", "000100 01  R.                                                           PROG0001\n00020A     05  A PIC X(5).                                             .PROG0002\n", "A 0+5"},
		{"comment, slash and debugging lines", "000100 01  R.\n000200* 05 X PIC X.\n000300/ 05 Y PIC X.\n000400D    05  Z PIC X.\n000400d    05  Z PIC X.\n000500     05  A PIC X.\n", "A 0+1"},
		{"continued words, also after comments and blank lines", "       01  R.\n           05  A-LONG-NA\n      * comment\n\n      -    ME PIC S9(3) COMP\n      -        -3.\n", "A-LONG-NAME 0+2"},
		{"tabs", "\t01\tR.\n\t    05\tA\tPIC\tX.\n000010\t    05 B PIC X.\n", "A 0+1, B 1+1"},
		{"CRLF, lone blank lines, Ctrl-Z", "       01  R.\r\n\r\n           05  A PIC X.\r\n\x1a       garbage", "A 0+1"},
		{"no line end at the end, a byte order mark", "\xEF\xBB\xBF       01  R.\n           05  A PIC X.", "A 0+1"},
		{"entries may begin in area A or B", "       01  R.\n       05  A PIC X.\n         10 B PIC X.\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			book, err := copybooks.Parse("T.cpy", []byte(c.src), copybooks.Options{})
			if c.want == "" {
				require.ErrorContains(t, err, "A has a PICTURE and so no items below it")
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.want, places(book))
		})
	}
}

// "Continuation lines": a literal goes on in column 73 of its line, a doubled quote
// may stand across the line end.
func TestContinuedLiterals(t *testing.T) {
	line := func(text string) string { return fmt.Sprintf("%-72s", "       "+text) }
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"up to column 72", []string{line("    05  A PIC X(99) VALUE 'AB") + "IGNORED", "      -    'CD'."}, "AB" + strings.Repeat(" ", 36) + "CD"},
		{"both quotes before the line end", []string{"           05  A PIC X(99) VALUE                           'ABCDEFGHIJK''", "      -    'L'."}, "ABCDEFGHIJK'L"},
		{"a line of comment between", []string{line("    05  A PIC X(99) VALUE \"AB"), "      * comment 'with a quote", "      -    \"CD\"."}, "AB" + strings.Repeat(" ", 36) + "CD"},
		{"over three lines", []string{line("    05  A PIC X(99) VALUE 'A"), "      -    'B" + strings.Repeat("x", 59), "      -    'C'."}, "A" + strings.Repeat(" ", 37) + "B" + strings.Repeat("x", 59) + "C"},
	} {
		t.Run(c.name, func(t *testing.T) {
			book, err := copybooks.Parse("T.cpy", []byte("       01  R.\n"+strings.Join(c.lines, "\n")), copybooks.Options{})
			require.NoError(t, err)
			got := book.Records[0].Root.Children[0].Value
			require.Equal(t, c.want, got)
		})
	}
}

// "CBL (PROCESS) statement": it stands before the program and ends with its line.
func TestCompilerOptionsBeforeAProgram(t *testing.T) {
	for _, head := range []string{" CBL APOST,LIB\n", "       PROCESS ARITH(EXTEND) NOSEQ\n", "000010 CBL LIB\nCBL TRUNC(BIN)\n\n"} {
		book, err := copybooks.Parse("P.cbl", []byte(head+"       ID DIVISION.\n       PROGRAM-ID. P.\n       DATA DIVISION.\n       LOCAL-STORAGE SECTION.\n       01  R.\n           05  A PIC X.\n       PROCEDURE DIVISION.\n           GOBACK.\n       END PROGRAM P.\n"), copybooks.Options{})
		require.NoError(t, err, head)
		require.Equal(t, "A 0+1", places(book))
	}
}

// "COPY statement" and "REPLACE statement": their forms, and where the members are.
func TestCopyForms(t *testing.T) {
	main := fstest.MapFS{
		"A.cpy":       {Data: []byte("05 A PIC X.\n")},
		"lower.cob":   {Data: []byte("05 L PIC X.\n")},
		"TAG.cpy":     {Data: []byte("05 :TAG:-A PIC X(:N:).\n05 (TAG)-B PIC X.\n")},
		"NEST.cpy":    {Data: []byte("04 NEST.\n  COPY TAG.\n  COPY A.\n")},
		"PARTS.cpy":   {Data: []byte("05 WS-A PIC X.\n05 B-WS PIC X.\n05 WS PIC X.\n05 C PIC S9(4) COMP.\n")},
		"LITERAL.cpy": {Data: []byte("05 A PIC X(3) VALUE 'OLD'.\n05 B PIC X(3) VALUE \"NUM\".\n05 C PIC 9 VALUE 1.\n")},
	}
	library := fstest.MapFS{"B.cpy": {Data: []byte("05 B PIC XX.\n")}, "A.cpy": {Data: []byte("05 FROM-LIBRARY PIC X.\n")}}
	for _, c := range []struct{ name, src, want string }{
		{"the first place that has it", "01 R. COPY A. COPY B.", "A 0+1, B 1+2"},
		{"a name in a literal, with and without suffix, in any case", "01 R. COPY 'A'. COPY \"a.cpy\". COPY LOWER. COPY B.CPY.", "A 0+1, A 1+1, L 2+1, B 3+2"},
		{"OF and IN a library, SUPPRESS", "01 R. COPY A OF LIB. COPY B IN 'LIB' SUPPRESS. COPY LOWER SUPPRESS.", "A 0+1, B 1+2, L 3+1"},
		{"no blank before the period", "01 R. COPY A\n. COPY B REPLACING ==XX== BY ==X(4)==.", "A 0+1, B 1+4"},
		{"==:TAG:== and a pair in parentheses", "01 R. COPY TAG REPLACING ==:TAG:== BY ==T== ==:N:== BY ==3== ==(TAG)== BY ==U==.", "T-A 0+3, U-B 3+1"},
		{"==:TAG:== in a nested member", "01 R. COPY NEST REPLACING ==:TAG:== BY ==T== , ==:N:== BY ==3== ; ==(TAG)== BY ====  ==-B== BY ==U==.", "T-A 0+3, U 3+1, A 4+1"},
		{"a name by a name, not inside longer ones", "01 R. COPY PARTS REPLACING WS BY XX C BY D.", "WS-A 0+1, B-WS 1+1, XX 2+1, D 3+2"},
		{"LEADING and TRAILING", "01 R. COPY PARTS REPLACING LEADING ==WS-== BY ==W-== TRAILING ==-WS== BY ==-W==.", "W-A 0+1, B-W 1+1, WS 2+1, C 3+2"},
		{"LEADING by nothing", "01 R. COPY PARTS REPLACING LEADING ==WS-== BY ====.", "A 0+1, B-WS 1+1, WS 2+1, C 3+2"},
		{"several words over line ends", "01 R. COPY PARTS REPLACING ==S9(4)\n   COMP== BY ==9(5)\n COMP-3==.", "WS-A 0+1, B-WS 1+1, WS 2+1, C 3+3"},
		{"a literal, and a number", "01 R. COPY LITERAL REPLACING 'OLD' BY 'NEW' 1 BY 2 ==\"NUM\"== BY ==SPACES==.", "A 0+3, B 3+3, C 6+1"},
		{"REPLACE, REPLACE again, REPLACE OFF", "REPLACE ==AA== BY ==BB==. 01 R. 05 AA PIC X. REPLACE ==AA== BY ==CC==. 05 AA PIC X. REPLACE OFF. 05 AA PIC X.", "BB 0+1, CC 1+1, AA 2+1"},
		{"REPLACE LEADING", "REPLACE LEADING ==AA== BY ==B==. 01 R. 05 AA-1 PIC X. 05 X-AA PIC X.", "B-1 0+1, X-AA 1+1"},
		{"REPLACE after COPY REPLACING", "REPLACE ==NEW== BY ==NEWER==. 01 R. COPY A REPLACING A BY NEW.", "NEWER 0+1"},
		{"EXEC SQL INCLUDE", "01 R.\nEXEC SQL INCLUDE A END-EXEC.\nEXEC SQL\n  INCLUDE B\nEND-EXEC\n", "A 0+1, B 1+2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{"MAIN.cpy": {Data: []byte(c.src)}}
			for name, f := range main {
				files[name] = f
			}
			book, err := copybooks.ParseFS(files, "MAIN.cpy", copybooks.Options{Format: copybooks.FreeFormat, Members: []fs.FS{library}})
			require.NoError(t, err)
			require.Equal(t, c.want, places(book))
		})
	}
}

// "VALUE clause", formats 1 and 2: each form, and how the layout keeps it.
func TestConditionForms(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"VALUE 'A'", "A"},
		{"VALUES ARE 'A' 'B', 'C'; 'D'", "A|B|C|D"},
		{"VALUES 'A','B','C'", "A|B|C"},
		{"VALUE IS 'A' THRU 'C' 'X' THROUGH 'Z'", "A THRU C|X THRU Z"},
		{"VALUES 1,2,3 THRU 5", "1|2|3 THRU 5"},
		{"VALUE -1.5 THRU +3.25, 7 .5", "-1.5 THRU +3.25|7|.5"},
		{"VALUE ALL 'AB' ALL SPACES", "ALL AB|SPACES"},
		{"VALUE SPACE ZEROES HIGH-VALUE LOW-VALUES QUOTE", "SPACES|ZEROS|HIGH-VALUES|LOW-VALUES|QUOTES"},
		{"VALUE LOW-VALUES THRU X'3F'", "LOW-VALUES THRU X'3F'"},
		{"VALUE X'c1' x\"C2\" Z'AB' N'AB' NX'0041'", "X'c1'|X'C2'|Z'AB'|N'AB'|NX'0041'"},
		{"VALUE 'Y' WHEN SET TO FALSE IS 'N'", "Y"},
		{"VALUE 'Y' 'J' FALSE 'N'", "Y|J"},
		{"VALUE 'IT''S' \"SAY \"\"HI\"\"\"", `IT'S|SAY "HI"`},
	} {
		t.Run(c.src, func(t *testing.T) {
			book, err := free("01 R. 05 A PIC X(8). 88 C " + c.src + ".")
			require.NoError(t, err)
			var got []string
			for _, v := range book.Records[0].Root.Children[0].Conditions[0].Values {
				got = append(got, v.String())
			}
			require.Equal(t, c.want, strings.Join(got, "|"))
		})
	}
}
