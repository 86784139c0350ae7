package copybooks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
)

// moving are records whose tables move what follows them: the bytes, what they
// say, and the shortest and longest record, all worked out by hand.
var moving = []struct {
	name, src string
	min, max  int
	hex, want string
}{
	{
		"IBM's complex ODO (Enterprise COBOL Programming Guide, \"Example: complex ODO\")",
		`01 FIELD-A. 02 COUNTER-1 PIC S99. 02 COUNTER-2 PIC S99.
		 02 TABLE-1. 03 RECORD-1 OCCURS 1 TO 5 TIMES DEPENDING ON COUNTER-1 PIC X(3).
		 02 EMPLOYEE-NUMBER PIC X(5).
		 02 TABLE-2 OCCURS 5 TIMES INDEXED BY INDX. 03 TABLE-ITEM PIC 99.
		 03 RECORD-2 OCCURS 1 TO 3 TIMES DEPENDING ON COUNTER-2. 04 DATA-NUM PIC S99.`,
		4 + 3 + 5 + 5*4, 4 + 15 + 5 + 5*8,
		"F0C2 F0C1 C1C1C1 C2C2C2 F1F2F3F4F5 F0F1F0C1 F0F2F0C2 F0F3F0C3 F0F4F0C4 F0F5F0C5",
		`{"COUNTER-1":2,"COUNTER-2":1,"TABLE-1":{"RECORD-1":["AAA","BBB"]},"EMPLOYEE-NUMBER":"12345","TABLE-2":[` +
			`{"TABLE-ITEM":1,"RECORD-2":[{"DATA-NUM":1}]},{"TABLE-ITEM":2,"RECORD-2":[{"DATA-NUM":2}]},{"TABLE-ITEM":3,"RECORD-2":[{"DATA-NUM":3}]},` +
			`{"TABLE-ITEM":4,"RECORD-2":[{"DATA-NUM":4}]},{"TABLE-ITEM":5,"RECORD-2":[{"DATA-NUM":5}]}]}`,
	},
	{
		"counter in a fixed table: each occurrence has its own length",
		"01 R. 05 T OCCURS 2. 10 N PIC 9. 10 A PIC X OCCURS 0 TO 3 DEPENDING ON N. 10 B PIC 9. 05 Z PIC X.",
		5, 11,
		"F2C1C2F7 F0F8 E9",
		`{"T":[{"N":2,"A":["A","B"],"B":7},{"N":0,"A":[],"B":8}],"Z":"Z"}`,
	},
	{
		"counter in a table with a counter",
		"01 R. 05 M PIC 9. 05 T OCCURS 0 TO 2 DEPENDING ON M. 10 N PIC 9. 10 A PIC X OCCURS 1 TO 3 DEPENDING ON N. 05 Z PIC X.",
		2, 10,
		"F2 F1C1 F3C1C2C3 E9",
		`{"M":2,"T":[{"N":1,"A":["A"]},{"N":3,"A":["A","B","C"]}],"Z":"Z"}`,
	},
	{
		"three deep, each counter in the table around",
		"01 R. 05 T OCCURS 2. 10 N PIC 9. 10 U OCCURS 0 TO 2 DEPENDING ON N. 15 M PIC 9. 15 V PIC X OCCURS 0 TO 2 DEPENDING ON M. 10 W PIC X. 05 Z PIC X.",
		5, 17,
		"F2F1C1F0E6 F1F2C1C2E6 E9",
		`{"T":[{"N":2,"U":[{"M":1,"V":["A"]},{"M":0,"V":[]}],"W":"W"},{"N":1,"U":[{"M":2,"V":["A","B"]}],"W":"W"}],"Z":"Z"}`,
	},
	{
		"counter of the outer table counts a table two below",
		"01 R. 05 T OCCURS 2. 10 N PIC 9. 10 U OCCURS 2. 15 V PIC X OCCURS 0 TO 2 DEPENDING ON N. 15 W PIC 9. 05 Z PIC X.",
		7, 15,
		"F1C1F1C2F2 F0F3F4 E9",
		`{"T":[{"N":1,"U":[{"V":["A"],"W":1},{"V":["B"],"W":2}]},{"N":0,"U":[{"V":[],"W":3},{"V":[],"W":4}]}],"Z":"Z"}`,
	},
	{
		"two counters of one name, qualified",
		"01 R. 05 H. 10 N PIC 9. 05 G. 10 N PIC 9. 05 A PIC X OCCURS 0 TO 3 DEPENDING ON N OF G. 05 B PIC X OCCURS 0 TO 3 DEPENDING ON N IN H.",
		2, 8,
		"F1F2 C1C2 E9",
		`{"H":{"N":1},"G":{"N":2},"A":["A","B"],"B":["Z"]}`,
	},
	{
		"unbounded",
		"01 R. 05 N PIC 9(8). 05 A PIC X OCCURS 0 TO UNBOUNDED DEPENDING ON N. 05 Z PIC X.",
		9, 9 + 1<<20,
		"F0F0F0F0F0F0F0F3 C1C2C3 E9",
		`{"N":3,"A":["A","B","C"],"Z":"Z"}`,
	},
	{
		"in a redefinition that is never longer",
		"01 R. 05 A PIC X(4). 05 B REDEFINES A. 10 N PIC 9. 10 T PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 Z PIC X.",
		5, 5,
		"F2C1C2C3 E9",
		`{"A":"2ABC","B":{"N":2,"T":["A","B"]},"Z":"Z"}`,
	},
	{
		"in a redefinition that may be longer: what follows stands after the longest",
		"01 R. 05 A PIC X(2). 05 B REDEFINES A. 10 N PIC 9. 10 T PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 Z PIC X.",
		3, 5,
		"F3C1C2C3 E9",
		`{"A":"3A","B":{"N":3,"T":["A","B","C"]},"Z":"Z"}`,
	},
	{
		"the shorter redefinition leaves the place to the redefined item",
		"01 R. 05 A PIC X(2). 05 B REDEFINES A. 10 N PIC 9. 10 T PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 Z PIC X.",
		3, 5,
		"F0C1 E9",
		`{"A":"0A","B":{"N":0,"T":[]},"Z":"Z"}`,
	},
	{
		"the redefined item has the table",
		"01 R. 05 A. 10 N PIC 9. 10 T PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 B REDEFINES A PIC X(2). 05 Z PIC X.",
		3, 5,
		"F3C1C2C3 E9",
		`{"A":{"N":3,"T":["A","B","C"]},"B":"3A","Z":"Z"}`,
	},
	{
		"redefinitions of variable length in a table, counted inside",
		"01 R. 05 T OCCURS 2. 10 A. 15 N PIC 9. 15 C PIC X OCCURS 0 TO 3 DEPENDING ON N. 10 B REDEFINES A PIC X(2). 05 Z PIC X.",
		5, 9,
		"F2C1C2 F0C4 E9",
		`{"T":[{"A":{"N":2,"C":["A","B"]},"B":"2A"},{"A":{"N":0,"C":[]},"B":"0D"}],"Z":"Z"}`,
	},
	{
		"the counter is in the item that is redefined",
		"01 R. 05 A PIC X(4). 05 B REDEFINES A. 10 N PIC 9. 10 PIC X(3). 05 T PIC X OCCURS 0 TO 3 DEPENDING ON N.",
		4, 7,
		"F1C1C2C3 E3",
		`{"A":"1ABC","B":{"N":1},"T":["T"]}`,
	},
	{
		"slack bytes are those of the largest table",
		"01 R. 05 N PIC 9. 05 T PIC X OCCURS 0 TO 2 DEPENDING ON N. 05 A PIC S9(4) COMP SYNC. 05 Z PIC X.",
		5, 7,
		"F1C1 40 0007 E9",
		`{"N":1,"T":["A"],"A":7,"Z":"Z"}`,
	},
}

func TestMoving(t *testing.T) {
	for _, c := range moving {
		t.Run(c.name, func(t *testing.T) {
			book, err := free(c.src)
			require.NoError(t, err)
			l := book.Records[0]
			require.Equal(t, [2]int{c.min, c.max}, [2]int{l.MinLength, l.MaxLength})
			cc, err := l.Codec(copybooks.CodecOptions{})
			require.NoError(t, err)
			rec := bytesOf(t, c.hex)
			got, errs := cc.AppendJSON(nil, rec, copybooks.JSONOptions{})
			require.Empty(t, errs)
			require.Equal(t, c.want, string(got))
			n, err := cc.Length(rec)
			require.NoError(t, err)
			require.Equal(t, len(rec), n)
			for _, line := range []string{c.want, " " + c.want} {
				back, err := cc.NewEncoder(copybooks.JSONOptions{}).Append(nil, []byte(line))
				require.NoError(t, err)
				require.Equal(t, fmt.Sprintf("%X", rec), fmt.Sprintf("%X", back))
			}
			sameFields(t, cc, rec)
		})
	}
}

// sameFields reads each occurrence by its subscripts and compares with the JSON:
// both find the same values in the same order.
func sameFields(t *testing.T, c *copybooks.Codec, rec []byte) {
	line, _ := c.AppendJSON(nil, rec, copybooks.JSONOptions{Fillers: true})
	for _, f := range c.Fields() {
		for i := range min(f.Occurs(), 100) {
			text, err := f.Append(nil, rec, i)
			if err == nil {
				require.Contains(t, string(line), strings.TrimSpace(string(text)), "%s %d", f.Name(), i)
			}
		}
	}
}

func TestMovingFields(t *testing.T) {
	c := codec(t, moving[3].src)
	rec := bytesOf(t, moving[3].hex)
	v := field(t, c, "V")
	require.Equal(t, 8, v.Occurs())
	var got []string
	for i := range v.Occurs() {
		text, err := v.Text(rec, i)
		if err != nil {
			text = "-"
		}
		got = append(got, text)
	}
	require.Equal(t, "A - - - A B - -", strings.Join(got, " ")) // V(1,1,1) ... V(2,2,2)
	_, err := v.Text(rec, 3)
	require.ErrorContains(t, err, "occurrence 4 of a field that occurs 0 times")
	require.NoError(t, v.PutText(rec, 4, "X"))
	require.Equal(t, bytesOf(t, "F2F1C1F0E6 F1F2E7C2E6 E9"), rec)
}

// Damaged counters: the table is null and reported with its bytes, what has a
// place without it stays, and everything comes back.
func TestMovingDamaged(t *testing.T) {
	const inner = "01 R. 05 T OCCURS 2. 10 N PIC 9. 10 A PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 Z PIC X."
	const largest = "01 R. 05 N PIC 9. 05 T PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 M PIC 9. 05 U PIC X OCCURS 0 TO 2 DEPENDING ON M. 05 Z PIC X."
	for _, c := range []struct {
		name, src string
		odo       copybooks.ODO
		hex, want string
	}{
		{"counter inside a table", inner, copybooks.ODOShift, "F1C1 F9C2 E9", `{"T":null,"Z":null,"_errors":[{"field":"T","offset":0,"hex":"f1c1f9c2e9","reason":"9 is outside OCCURS 0 TO 3 of A"}]}`},
		{"counter inside a table stored at its largest", inner, copybooks.ODOMax, "F1C14040 F9C24040 E9", `{"T":[{"N":1,"A":["A"]},{"N":9,"A":null}],"Z":"Z","_errors":[{"field":"A(2)","offset":5,"hex":"c24040","reason":"9 is outside OCCURS 0 TO 3 of A"}]}`},
		{"tables at their largest stay in place", largest, copybooks.ODOMax, "F9C1C2C3 F1E4E4 E9", `{"N":9,"T":null,"M":1,"U":["U"],"Z":"Z","_errors":[{"field":"T","offset":1,"hex":"c1c2c3","reason":"9 is outside OCCURS 0 TO 3 of T"}]}`},
		{"table in a table", "01 R. 05 M PIC 9. 05 T OCCURS 2. 10 U PIC X OCCURS 0 TO 2 DEPENDING ON M. 05 Z PIC X.", copybooks.ODOShift, "F7C1C2E9", `{"M":7,"T":null,"Z":null,"_errors":[{"field":"T","offset":1,"hex":"c1c2e9","reason":"7 is outside OCCURS 0 TO 2 of U"}]}`},
		{"one of two redefinitions", "01 R. 05 A PIC X(2). 05 B REDEFINES A. 10 N PIC 9. 10 T PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 Z PIC X.", copybooks.ODOShift, "C1C2 E9", `{"A":"AB","B":{"N":1,"T":["B"]},"Z":"Z"}`},
		{"unbelievable", "01 R. 05 N PIC 9(8). 05 A PIC X OCCURS 0 TO UNBOUNDED DEPENDING ON N.", copybooks.ODOShift, "F9F9F9F9F9F9F9F9 C1", `{"N":99999999,"A":null,"_errors":[{"field":"A","offset":8,"hex":"c1","reason":"the record is too short for 99999999 occurrences of A"}]}`},
		{"unbelievable though empty", "01 R. 05 N PIC 9(8). 05 M PIC 9. 05 A OCCURS 0 TO 99999999 DEPENDING ON N. 10 B PIC X OCCURS 0 TO 9 DEPENDING ON M.", copybooks.ODOShift, "F9F9F9F9F9F9F9F9 F0", `{"N":99999999,"M":0,"A":null,"_errors":[{"field":"A","offset":9,"hex":"","reason":"the record is too short for 99999999 occurrences of A"}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			book, err := free(c.src)
			require.NoError(t, err)
			cc, err := book.Records[0].Codec(copybooks.CodecOptions{ODO: c.odo})
			require.NoError(t, err)
			rec := bytesOf(t, c.hex)
			got, _ := cc.AppendJSON(nil, rec, copybooks.JSONOptions{})
			require.Equal(t, c.want, string(got))
			back, err := cc.NewEncoder(copybooks.JSONOptions{}).Append(nil, got)
			if c.odo == copybooks.ODOMax {
				got, _ = cc.AppendJSON(nil, rec, copybooks.JSONOptions{Raw: true}) // what the counter does not count is only there
				back, err = cc.NewEncoder(copybooks.JSONOptions{Raw: true}).Append(nil, got)
			}
			require.NoError(t, err)
			require.Equal(t, fmt.Sprintf("%X", rec), fmt.Sprintf("%X", back))
		})
	}
}

// A counter that is not next to the table is refused.
func TestMovingRefuses(t *testing.T) {
	for src, want := range map[string]string{
		"01 R. 05 T OCCURS 2. 10 N PIC 9. 05 A PIC X OCCURS 0 TO 3 DEPENDING ON N.":                "is inside a table that it is not in itself",
		"01 R. 05 A PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 N PIC 9.":                               "stands after the table",
		"01 R. 05 H. 10 N PIC 9. 05 G. 10 N PIC 9. 05 A PIC X OCCURS 0 TO 3 DEPENDING ON N.":       "is the name of several items",
		"01 R. 05 T OCCURS 0 TO 2 DEPENDING ON N. 10 N PIC 9.":                                     "stands after the table",
		"01 R. 05 T OCCURS 2. 10 U OCCURS 2. 15 N PIC 9. 10 A PIC X OCCURS 0 TO 3 DEPENDING ON N.": "is inside a table that it is not in itself",
		"01 R. 05 T OCCURS 2. 10 A PIC X. 05 B PIC X. 66 C RENAMES A THRU B.":                      "expected C to rename items that are not inside a table",
	} {
		_, err := free(src)
		require.ErrorContains(t, err, want, src)
	}
}

// A table TO UNBOUNDED may be longer than its layout counts.
func TestUnboundedBeyondLayout(t *testing.T) {
	c := codec(t, "01 R. 05 N PIC 9(8). 05 A PIC X OCCURS 0 TO UNBOUNDED DEPENDING ON N. 05 Z PIC X.")
	rec := append(bytesOf(t, "F0F1F2F0F0F0F0F0"), make([]byte, 1_200_001)...)
	for i := range rec[8:] {
		rec[8+i] = 0xC1
	}
	n, err := c.Length(rec)
	require.NoError(t, err)
	require.Equal(t, len(rec), n)
	text, err := field(t, c, "A").Text(rec, 1_199_999)
	require.NoError(t, err)
	require.Equal(t, "A", text)
	line, errs := c.AppendJSON(nil, rec, copybooks.JSONOptions{})
	require.Empty(t, errs)
	back, err := c.NewEncoder(copybooks.JSONOptions{}).Append(nil, line)
	require.NoError(t, err)
	require.True(t, string(rec) == string(back))
}

// RENAMES moves and grows with the tables before and in it.
func TestMovingRenames(t *testing.T) {
	c := codec(t, "01 R. 05 N PIC 9. 05 A PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 B PIC XX. 05 G. 10 C PIC X. 10 D PIC X. 66 X RENAMES A THRU B. 66 Y RENAMES C. 66 Z RENAMES B THRU G.")
	rec := bytesOf(t, "F2 C1C1 C2C2 C3C4")
	for name, want := range map[string]string{"X": "AABB", "Y": "C", "Z": "BBCD"} {
		f := field(t, c, name)
		text, err := f.Text(rec, 0)
		require.NoError(t, err)
		require.Equal(t, want, text)
	}
}

// A redefinition that a record does not have does not count, whatever its bytes
// say where its counter would be.
func TestMovingChosen(t *testing.T) {
	c := codec(t, "01 R. 05 K PIC X. 05 A PIC X(2). 05 B REDEFINES A. 10 N PIC 9. 10 T PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 Z PIC X.")
	hidesB, err := c.Choose([]string{"A", "B"}, "A")
	require.NoError(t, err)
	hidesA, err := c.Choose([]string{"A", "B"}, "B")
	require.NoError(t, err)
	for _, x := range []struct {
		o         copybooks.JSONOptions
		hex, want string
	}{
		{copybooks.JSONOptions{Choice: hidesB}, "C1 F3C2 E9", `{"K":"A","A":"3B","Z":"Z"}`},
		{copybooks.JSONOptions{Choice: hidesA}, "C2 F3C1C2C3 E9", `{"K":"B","B":{"N":3,"T":["A","B","C"]},"Z":"Z"}`},
	} {
		rec := bytesOf(t, x.hex)
		line, errs := c.AppendJSON(nil, rec, x.o)
		require.Empty(t, errs)
		require.Equal(t, x.want, string(line))
		back, err := c.NewEncoder(x.o).Append(nil, line)
		require.NoError(t, err)
		require.Equal(t, rec, back)
	}
}
