package copybooks_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
)

// odoCase is a record with tables that DEPEND ON counters, and what it holds one
// after the other, with other counters each time. Its bytes are the same here and
// in GnuCOBOL, except where gnu says why not.
type odoCase struct {
	name, src string
	lines     []string
	gnu       string
}

var odoCases = []odoCase{
	{
		name: "IBM's complex ODO (Enterprise COBOL Programming Guide)",
		src: `02 COUNTER-1 PIC S99. 02 COUNTER-2 PIC S99. 02 TABLE-1. 03 RECORD-1 OCCURS 1 TO 5 TIMES DEPENDING ON COUNTER-1 PIC X(3).
			02 EMPLOYEE-NUMBER PIC X(5). 02 TABLE-2 OCCURS 2 TIMES INDEXED BY INDX. 03 TABLE-ITEM PIC 99.
			03 RECORD-2 OCCURS 1 TO 3 TIMES DEPENDING ON COUNTER-2. 04 DATA-NUM PIC S99.`,
		lines: []string{
			`{"COUNTER-1":2,"COUNTER-2":1,"TABLE-1":{"RECORD-1":["AAA","BBB"]},"EMPLOYEE-NUMBER":"12345","TABLE-2":[{"TABLE-ITEM":1,"RECORD-2":[{"DATA-NUM":-1}]},{"TABLE-ITEM":2,"RECORD-2":[{"DATA-NUM":2}]}]}`,
			`{"COUNTER-1":5,"COUNTER-2":3,"TABLE-1":{"RECORD-1":["A","B","C","D","E"]},"EMPLOYEE-NUMBER":"1","TABLE-2":[{"TABLE-ITEM":1,"RECORD-2":[{"DATA-NUM":-1},{"DATA-NUM":2},{"DATA-NUM":3}]},{"TABLE-ITEM":2,"RECORD-2":[{"DATA-NUM":4},{"DATA-NUM":-5},{"DATA-NUM":6}]}]}`,
			`{"COUNTER-1":1,"COUNTER-2":2,"TABLE-1":{"RECORD-1":["XYZ"]},"EMPLOYEE-NUMBER":"12345","TABLE-2":[{"TABLE-ITEM":99,"RECORD-2":[{"DATA-NUM":0},{"DATA-NUM":-99}]},{"TABLE-ITEM":2,"RECORD-2":[{"DATA-NUM":4},{"DATA-NUM":5}]}]}`,
		},
	},
	{
		name: "two counters of one name, qualified",
		src: `05 H. 10 N PIC 9. 05 G. 10 N PIC 9. 05 A PIC X OCCURS 0 TO 3 DEPENDING ON N OF G.
			05 B OCCURS 0 TO 3 DEPENDING ON N IN H. 10 C PIC X(2). 10 D PIC S9(3) COMP-3. 05 Z PIC X(2).`,
		lines: []string{
			`{"H":{"N":2},"G":{"N":1},"A":["A"],"B":[{"C":"XY","D":-123},{"C":"U","D":5}],"Z":"ZZ"}`,
			`{"H":{"N":0},"G":{"N":3},"A":["A","B","C"],"B":[],"Z":"YY"}`,
			`{"H":{"N":3},"G":{"N":0},"A":[],"B":[{"C":"A","D":1},{"C":"B","D":2},{"C":"C","D":3}],"Z":"X"}`,
			`{"H":{"N":0},"G":{"N":0},"A":[],"B":[],"Z":"W"}`,
		},
	},
	{
		name: "binary and packed counters, a minimum of one, items of each usage behind",
		src: `05 M PIC S9(4) COMP. 05 N PIC S9(3) COMP-3. 05 A PIC S9(4) COMP OCCURS 1 TO 4 DEPENDING ON M.
			05 F PIC S9(5)V99. 05 B PIC 9(3) OCCURS 1 TO 4 DEPENDING ON N. 05 E PIC X(5).`,
		lines: []string{
			`{"M":1,"N":4,"A":[-2],"F":-12.34,"B":[1,2,3,4],"E":"EEEEE"}`,
			`{"M":4,"N":1,"A":[1,2,3,-4],"F":0.01,"B":[999],"E":"FF"}`,
		},
	},
	{
		name: "a table with a counter in a table with a counter, both counters outside",
		src:  "05 M PIC 9. 05 N PIC 9. 05 T OCCURS 0 TO 3 DEPENDING ON M. 10 K PIC X. 10 U PIC X(2) OCCURS 1 TO 3 DEPENDING ON N. 10 L PIC 9. 05 Z PIC X.",
		lines: []string{
			`{"M":2,"N":3,"T":[{"K":"A","U":["B","C","D"],"L":1},{"K":"E","U":["F","G","H"],"L":2}],"Z":"Z"}`,
			`{"M":3,"N":1,"T":[{"K":"A","U":["B"],"L":1},{"K":"C","U":["D"],"L":2},{"K":"E","U":["F"],"L":3}],"Z":"Z"}`,
			`{"M":0,"N":2,"T":[],"Z":"Z"}`,
		},
	},
	{
		name: "three deep in fixed tables",
		src:  "05 N PIC 9. 05 T OCCURS 2. 10 U OCCURS 2. 15 V PIC X OCCURS 0 TO 2 DEPENDING ON N. 15 W PIC 9. 05 Z PIC X.",
		lines: []string{
			`{"N":1,"T":[{"U":[{"V":["A"],"W":1},{"V":["B"],"W":2}]},{"U":[{"V":["C"],"W":3},{"V":["D"],"W":4}]}],"Z":"Z"}`,
			`{"N":0,"T":[{"U":[{"V":[],"W":1},{"V":[],"W":2}]},{"U":[{"V":[],"W":3},{"V":[],"W":4}]}],"Z":"Z"}`,
			`{"N":2,"T":[{"U":[{"V":["A","B"],"W":1},{"V":["C","D"],"W":2}]},{"U":[{"V":["E","F"],"W":3},{"V":["G","H"],"W":4}]}],"Z":"Z"}`,
		},
	},
	{
		name:  "a counter behind a table that moves it",
		src:   "05 M PIC 9. 05 A PIC X OCCURS 0 TO 3 DEPENDING ON M. 05 N PIC 9. 05 B PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 Z PIC X.",
		lines: []string{`{"M":3,"A":["A","B","C"],"N":1,"B":["D"],"Z":"Z"}`, `{"M":0,"A":[],"N":2,"B":["E","F"],"Z":"Y"}`},
	},
	{
		name:  "a counter inside the table: each occurrence has its own length",
		src:   "05 M PIC 9. 05 T OCCURS 0 TO 2 DEPENDING ON M. 10 N PIC 9. 10 A PIC X OCCURS 1 TO 3 DEPENDING ON N. 05 Z PIC X.",
		lines: []string{`{"M":2,"T":[{"N":1,"A":["A"]},{"N":3,"A":["B","C","D"]}],"Z":"Z"}`},
		gnu:   "GnuCOBOL gives every occurrence the length of the first",
	},
}

// counters are the names that tables depend on: all records are in one program,
// where those of one record need its name.
var counters = regexp.MustCompile(`DEPENDING ON [A-Z0-9-]+( (OF|IN) [A-Z]+)?`)

// Records with tables that vary are the same bytes as GnuCOBOL's, whose -fodoslide
// lets what follows a table move with its counter, as IBM's compiler does.
func TestOccursDependingOnWitness(t *testing.T) {
	var program strings.Builder
	program.WriteString("IDENTIFICATION DIVISION.\nPROGRAM-ID. WITNESS.\nDATA DIVISION.\nWORKING-STORAGE SECTION.\n")
	for i, c := range odoCases {
		fmt.Fprintf(&program, "01 R-%d.\n%s\n", i, counters.ReplaceAllString(strings.ReplaceAll(c.src, ". ", ".\n"), fmt.Sprintf("$0 OF R-%d", i)))
	}
	program.WriteString("01 LENGTH-NOW PIC 9(9).\nPROCEDURE DIVISION.\n")
	for i, c := range odoCases {
		for _, line := range c.lines {
			program.WriteString(movesOf(t, line, fmt.Sprintf("R-%d", i)))
			fmt.Fprintf(&program, "MOVE FUNCTION LENGTH(R-%d) TO LENGTH-NOW.\nDISPLAY LENGTH-NOW R-%[1]d WITH NO ADVANCING.\n", i)
		}
	}
	program.WriteString("STOP RUN.\n")
	out := witness(t, program.String(), "-std=ibm", "-fsign=EBCDIC", "-fodoslide")
	for i, c := range odoCases {
		book, err := free(fmt.Sprintf("01 R-%d. %s", i, c.src))
		require.NoError(t, err)
		cc, err := book.Records[0].Codec(copybooks.CodecOptions{CodePage: "ascii"})
		require.NoError(t, err)
		for _, line := range c.lines {
			var length int
			_, err := fmt.Sscanf(out[:9], "%d", &length)
			require.NoError(t, err)
			theirs := out[9 : 9+length]
			out = out[9+length:]
			ours, err := cc.NewEncoder(copybooks.JSONOptions{}).Append(nil, []byte(line))
			require.NoError(t, err)
			if c.gnu != "" {
				require.NotEqual(t, string(ours), theirs, "GnuCOBOL agrees after all")
				continue
			}
			assert.Equal(t, fmt.Sprintf("%q", ours), fmt.Sprintf("%q", theirs), c.name)
			back, errs := cc.AppendJSON(nil, []byte(theirs), copybooks.JSONOptions{})
			require.Empty(t, errs)
			assert.Equal(t, line, string(back), c.name)
		}
	}
	require.Empty(t, out)
}

// movesOf are the COBOL statements that put a JSON line into the record, in the
// order of the line: counters first.
func movesOf(t *testing.T, line, record string) string {
	t.Helper()
	var out strings.Builder
	decoder := json.NewDecoder(strings.NewReader(line))
	decoder.UseNumber()
	var value func(name string, subscripts []string)
	value = func(name string, subscripts []string) {
		token, err := decoder.Token()
		require.NoError(t, err)
		switch v := token.(type) {
		case json.Delim:
			for i := 1; decoder.More(); i++ {
				if v == '[' {
					value(name, append(subscripts[:len(subscripts):len(subscripts)], fmt.Sprint(i)))
					continue
				}
				key, err := decoder.Token()
				require.NoError(t, err)
				value(fmt.Sprintf("%s OF %s", key, name), subscripts)
			}
			_, err = decoder.Token()
			require.NoError(t, err)
			return
		case string:
			fmt.Fprintf(&out, "MOVE %q TO %s", v, name)
		default:
			fmt.Fprintf(&out, "MOVE %s TO %s", v, name)
		}
		if len(subscripts) > 0 {
			fmt.Fprintf(&out, " (%s)", strings.Join(subscripts, " "))
		}
		out.WriteString(".\n")
	}
	value(record, nil)
	return out.String()
}
