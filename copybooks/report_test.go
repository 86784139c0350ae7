package copybooks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
)

// Each copybook has several errors that have nothing to do with each other: all of
// them are reported in one run, with line and column, and nothing that only
// follows from them.
func TestEveryErrorIsReported(t *testing.T) {
	for _, c := range []struct {
		name string
		src  []string
		want []string
	}{
		{"five kinds", []string{
			"       01  R.",
			"           05  A PIC Q.",
			"           05  B REDEFINES NOPE PIC X.",
			"           05  C PIC X OCCURS 1 TO 3 DEPENDING ON NOWHERE.",
			"           05  D.",
			"           05  E PIC S9(40).",
			"           05  F PIC X FOO.",
			"       66  G RENAMES ZZZ.",
		}, []string{"2:22 Q", "3:28 NOPE", "4:51 NOWHERE", "5:12 05", "6:22 S9(40)", "7:24 FOO", "8:22 ZZZ"}},
		{"what refers to a broken entry is not reported", []string{
			"       01  R.",
			"           05  A PIC Q.",
			"           5O  B PIC 9.",
			"           05  C REDEFINES B PIC X.",
			"           05  D PIC X OCCURS 1 TO 3 DEPENDING ON A.",
			"           05  E PIC X OCCURS 1 TO 3 DEPENDING ON B.",
			"           05  F PIC X OCCURS 2 TIMES BOGUS.",
			"           05  G PIC S9(40) COMP SYNC.",
			"           05  H REDEFINES G PIC S9(9) COMP SYNC.",
			"       66  I RENAMES A THRU F.",
			"       01  S REDEFINES R.",
			"           05  T PIC 9 COMP COMP-3.",
		}, []string{"2:22 Q", "3:12 5O", "7:39 BOGUS", "8:22 S9(40)", "12:29 COMP-3"}},
		{"a missing period costs one message", []string{
			"       01  R.",
			"           05  A PIC X(3)",
			"           05  B PIC X.",
			"           05  C PIC X VALUE 'open.",
			"           05  D PIC W.",
			"             88  D-1 VALUES 'A' THRU.",
			"           05  E PIC X.",
		}, []string{"3:12 05", "4:30 ", "5:22 W", "6:37 ."}},
		{"several records", []string{
			"       01  R PIC Q.",
			"       01  S REDEFINES R PIC X.",
			"       01  T OCCURS 3.",
			"           05  A PIC X.",
			"       01  U REDEFINES V PIC X.",
			"       01  W.",
			"           05  A PIC X. 10 B PIC X.",
			"       77  X COMP-1 PIC 9.",
		}, []string{"1:18 Q", "3:8 01", "5:24 V", "7:25 10", "8:25 9"}},
		{"a missing member costs one message", []string{
			"       01  R.",
			"           COPY NOWHERE.",
			"       01  S.",
			"           05  A PIC X OCCURS 3 DEPENDING ON N OF R.",
			"           05  B REDEFINES Q PIC X.",
			"       66  C RENAMES Z.",
			"       01  T.",
			"           05  D PIC Q.",
		}, []string{"2:17 NOWHERE", "8:22 Q"}},
		{"clauses cut short", []string{
			"       01  R.",
			"           05  A PIC X OCCURS.",
			"           05  B PIC S9(4) SIGN SIDEWAYS.",
			"           05  C PIC X BLANK WHEN SEVEN.",
			"           05  D PIC.",
			"           05  E PIC X VALUE.",
			"           05  F REDEFINES.",
			"           05  G PIC X USAGE FUNNY.",
			"               88  VALUE 'A'.",
			"               88  H 'A'.",
			"       50  I PIC X.",
			"       66  J.",
		}, []string{"2:30 .", "3:33 SIDEWAYS", "4:35 SEVEN", "5:21 .", "6:29 .", "7:27 .", "8:30 FUNNY", "9:20 VALUE", "10:22 the literal 'A'", "11:8 50", "12:13 ."}},
		{"a program", []string{
			"       IDENTIFICATION DIVISION.",
			"       DATA DIVISION.",
			"       FILE SECTION.",
			"       FD  F.",
			"       01  R.",
			"           05  A PIC Q.",
			"       WORKING-STORAGE SECTION",
			"       01  S.",
			"           05  B PIC Q.",
			"       LINKAGE SECTION.",
			"       01  T.",
			"           05  C PIC Q",
			"       PROCEDURE DIVISION.",
			"           DISPLAY 'A'.",
		}, []string{"6:22 Q", "8:8 01", "9:22 Q", "12:22 Q"}},
		{"prose is reported once", []string{
			"       THIS IS NOT COBOL.",
			"       NOR IS THIS.",
			"       01  R.",
			"           05  A PIC X.",
			"       MORE PROSE. AND MORE.",
		}, []string{"1:8 THIS", "5:8 MORE"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := copybooks.Parse("t.cpy", []byte(strings.Join(c.src, "\n")), copybooks.Options{})
			var all copybooks.SyntaxErrors
			require.ErrorAs(t, err, &all)
			var got []string
			for _, one := range all {
				require.NotEmpty(t, one.Expected)
				got = append(got, fmt.Sprintf("%d:%d %s", one.Line, one.Column, strings.Trim(one.Found, `"`)))
			}
			require.Equal(t, c.want, got, "%v", err)
		})
	}
}
