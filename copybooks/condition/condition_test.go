package condition_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/condition"
)

const source = `
01 REC.
   05 KIND PIC X(4).
      88 IS-OPEN VALUE 'OPEN' 'NEW'.
      88 IS-LOW VALUE LOW-VALUES.
      88 IS-HEX VALUE X'C1C2C3C4'.
      88 IS-RANGE VALUE 'A' THRU 'C9'.
      88 IS-STARS VALUE ALL '*'.
   05 AMT PIC S9(5)V99 COMP-3.
      88 IS-SMALL VALUE -5 THRU 9.99.
      88 IS-UNSET VALUE SPACES.
   05 CNT PIC 9(3).
   05 BIG PIC S9(31) COMP-3.
   05 EDITED PIC Z,ZZ9.99.
   05 FLT COMP-2.
   05 ROWS OCCURS 3.
      10 CODE PIC XX.
         88 CODE-A VALUE 'A1'.
      10 FEE PIC 9V9 OCCURS 2.
   05 G.
      10 SAME PIC XX.
   05 H.
      10 SAME PIC XX.
   05 A PIC X.
   05 SHORT PIC XX.
   05 NEXT-AMT PIC 9(4) COMP.
`

func compiled(t testing.TB, src string) *copybooks.Codec {
	t.Helper()
	book, err := copybooks.Parse("t.cpy", []byte(src), copybooks.Options{Format: copybooks.FreeFormat})
	require.NoError(t, err)
	c, err := book.Records[0].Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	return c
}

// put writes values, as text, into a new record.
func put(t testing.TB, c *copybooks.Codec, values map[string]string) []byte {
	t.Helper()
	rec := c.Blank(nil)
	for name, v := range values {
		f, err := c.Field(name)
		require.NoError(t, err)
		require.NoError(t, f.Put(rec, 0, v))
	}
	return rec
}

func sample(t testing.TB, c *copybooks.Codec) []byte {
	t.Helper()
	rec := put(t, c, map[string]string{
		"KIND": "OPEN", "AMT": "-12.30", "CNT": "7", "BIG": "1234567890123456789012345678901", "FLT": "0.5",
		"SAME OF G": "G1", "SAME OF H": "H1", "A": "x", "SHORT": "G1", "NEXT-AMT": "7", "EDITED": "1,234.50",
	})
	for i, code := range []string{"A1", "B2", "C3"} {
		f, _ := c.Field("CODE")
		require.NoError(t, f.PutText(rec, i, code))
		f, _ = c.Field("FEE")
		require.NoError(t, f.PutInt(rec, 2*i, int64(10+i)))
		require.NoError(t, f.PutInt(rec, 2*i+1, int64(20+i)))
	}
	return rec
}

// The expected values are COBOL's: Enterprise COBOL Language Reference,
// "Comparison of numeric and alphanumeric operands", "Class condition",
// "Condition-name condition", "Evaluation rules for complex conditions".
func TestHolds(t *testing.T) {
	c := compiled(t, source)
	rec := sample(t, c)
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"KIND = 'OPEN'", true},
		{"KIND=OPEN", true},
		{`KIND = "OPEN"`, true},
		{"kind = OPEN", true},
		{"KIND = 'open'", false},
		{"KIND <> 'NEW'", true},
		{"KIND NOT = 'NEW'", true},
		{"KIND = X'D6D7C5D5'", true},
		{"A = 'x'", true},
		{"A < 'A'", true}, // in EBCDIC small letters stand before capitals
		{"A < '1'", true}, // and letters before digits
		{"A > SPACE", true},
		{"A = LOW-VALUES", false},
		{"A < HIGH-VALUES", true},
		{"KIND = SPACES OR KIND = ZEROS", false},
		{"AMT = -12.3", true},
		{"AMT = -12.30000", true},
		{"AMT=-012.30", true},
		{"AMT < -12.299", true},
		{"AMT <= -12.3 AND AMT >= -12.3", true},
		{"AMT > 0", false},
		{"AMT = ZEROS", false},
		{"AMT = X'0001230D'", true},
		{"CNT = 7", true},
		{"CNT = '007'", true},
		{"CNT = '7'", false}, // as characters: 007 is not 7 and two blanks
		{"CNT = NEXT-AMT", true},
		{"AMT < CNT", true},
		{"BIG = 1234567890123456789012345678901", true},
		{"BIG > 1234567890123456789012345678900.5", true},
		{"BIG < AMT", false},
		{"FLT = 0.5", true},
		{"FLT < 0.51 AND FLT > 0.49", true},
		{"EDITED = 1234.5", true},
		{"EDITED = '1,234.50'", true},
		{"KIND IN (NEW, OPEN)", true},
		{"KIND IN ('NEW', X'C1')", false},
		{"KIND NOT IN ('NEW', 'OLD')", true},
		{"CNT IN (1, 7)", true},
		{"IS-OPEN", true},
		{"IS-OPEN OF KIND OF REC", true},
		{"NOT IS-OPEN", false},
		{"IS-LOW OR IS-HEX OR IS-RANGE OR IS-STARS", false},
		{"IS-SMALL", false},
		{"IS-UNSET", false},
		{"CODE(1) = 'A1'", true},
		{"CODE(3) = C3", true},
		{"CODE-A(1) AND NOT CODE-A(2)", true},
		{"FEE(2,1) = 1.1", true},
		{"FEE(3, 2) = 2.2", true},
		{"SAME OF G = G1", true},
		{"SAME IN H = 'H1'", true},
		{"SAME OF G = SAME OF H", false},
		{"SAME OF G = SHORT", true},
		{"G = SHORT", true},
		{"KIND(1:2) = 'OP'", true},
		{"KIND(3:) = EN", true},
		{"KIND(1:2) = 'O'", false},
		{"CODE(2)(2:1) = '2'", true},
		{"RECORD(1:4) = 'OPEN'", true},
		{"RECORD(2:2) = X'D7C5'", true},
		{"AMT IS NUMERIC", true},
		{"KIND IS NUMERIC", false},
		{"KIND IS ALPHABETIC", true},
		{"KIND IS NOT ALPHABETIC", false},
		{"SHORT IS ALPHABETIC", false},
		{"CODE(1)(2:1) IS NUMERIC", true},
		{"CNT = 7 OR CNT = 8 AND KIND = 'NEW'", true},
		{"(CNT = 7 OR CNT = 8) AND KIND = 'NEW'", false},
		{"NOT CNT = 8 AND KIND = OPEN", true},
		{"NOT (CNT = 7 AND KIND = OPEN)", false},
	} {
		e, err := condition.Parse(tt.text, condition.Scope{Codecs: []*copybooks.Codec{c}})
		require.NoError(t, err, tt.text)
		got, err := e.Holds(rec, 0)
		require.NoError(t, err, tt.text)
		require.Equal(t, tt.want, got, tt.text)
		require.Zero(t, testing.AllocsPerRun(10, func() { _, _ = e.Holds(rec, 0) }), tt.text)
	}
}

func TestConditionNames(t *testing.T) {
	c := compiled(t, source)
	for _, tt := range []struct {
		field, value, name string
		want               bool
	}{
		{"KIND", "NEW", "IS-OPEN", true},
		{"KIND", "NEWS", "IS-OPEN", false},
		{"KIND", "ABCD", "IS-HEX", true},
		{"KIND", "B", "IS-RANGE", true},
		{"KIND", "C9", "IS-RANGE", true},
		{"KIND", "C9A", "IS-RANGE", false},
		{"KIND", "****", "IS-STARS", true},
		{"KIND", "*", "IS-STARS", false},
		{"AMT", "-5.00", "IS-SMALL", true},
		{"AMT", "9.99", "IS-SMALL", true},
		{"AMT", "-5.01", "IS-SMALL", false},
	} {
		e, err := condition.Parse(tt.name, condition.Scope{Codecs: []*copybooks.Codec{c}})
		require.NoError(t, err)
		got, err := e.Holds(put(t, c, map[string]string{tt.field: tt.value}), 0)
		require.NoError(t, err)
		require.Equal(t, tt.want, got, "%s of %s", tt.name, tt.value)
	}
}

// A field without value leaves its comparison undecided, which only counts
// where nothing else decides.
func TestUndecided(t *testing.T) {
	c := compiled(t, source)
	rec := sample(t, c)
	amt, _ := c.Field("AMT")
	copy(rec[amt.Offset():], "\x40\x40\x40\x40")
	short := rec[:4]
	for _, tt := range []struct {
		text    string
		rec     []byte
		want    bool
		problem string
	}{
		{"AMT > 5", rec, false, "field AMT at offset 4"},
		{"NOT AMT > 5", rec, false, "field AMT at offset 4"},
		{"AMT > 5 AND KIND = NEW", rec, false, ""},
		{"KIND = OPEN OR AMT > 5", rec, true, ""},
		{"AMT > 5 OR KIND = OPEN", rec, true, ""},
		{"AMT > 5 OR KIND = NEW", rec, false, "field AMT at offset 4"},
		{"AMT IN (1, 2)", rec, false, "field AMT"},
		{"AMT > CNT", rec, false, "field AMT"},
		{"CNT > AMT", rec, false, "field AMT"},
		{"AMT IS NUMERIC AND AMT > 5", rec, false, ""},
		{"AMT IS NOT NUMERIC", rec, true, ""},
		{"AMT = SPACES", rec, true, ""},
		{"IS-UNSET", rec, true, ""},
		{"CNT = 7", short, false, "field CNT at offset 8"},
		{"CNT = 7 OR KIND = OPEN", short, true, ""},
		{"RECORD(4:2) = 'N'", short, false, "RECORD(4:2) at offset 3"},
		{"CODE(3) = 'A1'", short, false, "CODE(3)"},
	} {
		e, err := condition.Parse(tt.text, condition.Scope{Codecs: []*copybooks.Codec{c}})
		require.NoError(t, err)
		got, err := e.Holds(tt.rec, 0)
		require.Equal(t, tt.want, got, tt.text)
		if tt.problem == "" {
			require.NoError(t, err, tt.text)
			require.Zero(t, testing.AllocsPerRun(10, func() { _, _ = e.Holds(tt.rec, 0) }), tt.text)
			continue
		}
		var bad *copybooks.FieldError
		require.ErrorAs(t, err, &bad, tt.text)
		require.ErrorContains(t, err, tt.problem, tt.text)
	}
}

// Inside a table a condition is of the occurrence it is asked about.
func TestInsideATable(t *testing.T) {
	c := compiled(t, source)
	rec := sample(t, c)
	code, _ := c.Field("CODE")
	fee, _ := c.Field("FEE")
	for _, tt := range []struct {
		text   string
		inside copybooks.Field
		i      int
		want   bool
	}{
		{"CODE = 'B2'", code, 1, true},
		{"CODE = 'B2'", code, 2, false},
		{"CODE(2) = 'B2'", code, 0, true},
		{"CODE-A", code, 0, true},
		{"FEE(2) = 2.1", code, 1, true},
		{"FEE(3,2) = 2.2", code, 0, true},
		{"CODE = 'C3'", fee, 5, true}, // occurrence (3,2)
		{"FEE = 2.2", fee, 5, true},
		{"KIND = OPEN", fee, 5, true},
	} {
		e, err := condition.Parse(tt.text, condition.Scope{Codecs: []*copybooks.Codec{c}, Inside: tt.inside.Item()})
		require.NoError(t, err, tt.text)
		got, err := e.Holds(rec, tt.i)
		require.NoError(t, err)
		require.Equal(t, tt.want, got, tt.text)
	}
}

func TestSyntaxErrors(t *testing.T) {
	c := compiled(t, source)
	for _, tt := range []struct{ text, want string }{
		{"", "column 1: found the end: expected a field"},
		{"KIND", "column 5: found the end: expected = <>"},
		{"KIND =", "column 7: found the end: expected a value"},
		{"KIND = 'OPEN", `column 8: found a literal: it has no closing quote`},
		{"KIND = 'OPENED'", "column 8: found \"'OPENED'\": KIND has 4 bytes"},
		{"KIND = 'é' AND", "column 15"},
		{"KIND = '€'", "not in the code page"},
		{"WHAT = 5", `column 1: found "WHAT": REC has no field WHAT and no condition`},
		{"SAME = 5", "2 fields SAME"},
		{"AMT = ABC", `column 7: found "ABC": expected a number`},
		{"AMT = '12'", "without quotes: AMT is COMP-3"},
		{"AMT = X'0C'", "all 4 bytes"},
		{"AMT = X'0'", "hexadecimal"},
		{"AMT = KIND", "not DISPLAY"},
		{"AMT IS ALPHABETIC", "is a number"},
		{"AMT IS", "column 7: found the end: expected NUMERIC"},
		{"KIND=A", "A is a field too"},
		{"KIND IN A", "REC has no field KIND OF A"},
		{"KIND IN (A", "column 11: found the end: expected a comma"},
		{"(KIND = A", "closing parenthesis"},
		{"KIND = OPEN)", "column 12"},
		{"KIND = OPEN AND", "column 16"},
		{"CODE = 'A1'", "needs as many subscripts: CODE(1)"},
		{"CODE(4) = 'A1'", "ROWS occurs 3 times"},
		{"CODE(0) = 'A1'", "expected a subscript"},
		{"CODE(1,2) = 'A1'", "is in 1 tables"},
		{"KIND(5:1) = 'A'", "KIND has 4 bytes"},
		{"KIND(0:1) = 'A'", "counted from 1"},
		{"KIND(1 1) = 'A'", "found \"1\""},
		{"RECORD(1:) = 'A'", "expected a length"},
		{"IS-OPEN = 'A'", "expected AND, OR or the end"},
		{"KIND = Q'A'", "X'...'"},
		{"AND KIND = 'A'", "expected a field"},
	} {
		_, err := condition.Parse(tt.text, condition.Scope{Codecs: []*copybooks.Codec{c}})
		var syntax *condition.SyntaxError
		require.ErrorAs(t, err, &syntax, tt.text)
		require.ErrorContains(t, err, tt.want, tt.text)
	}
}

func TestConcurrentUse(t *testing.T) {
	c := compiled(t, source)
	rec := sample(t, c)
	e, err := condition.Parse("BIG > 5 AND KIND IN (OPEN, NEW)", condition.Scope{Codecs: []*copybooks.Codec{c}})
	require.NoError(t, err)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 1000 {
				if ok, err := e.Holds(rec, 0); !ok || err != nil {
					panic("a condition changed while it was used")
				}
			}
		})
	}
	group.Wait()
}

func FuzzParse(f *testing.F) {
	c := compiled(f, source)
	rec := sample(f, c)
	for _, text := range []string{
		"KIND = 'OPEN' AND AMT >= -12.30", "CODE(2)(1:1) IN (A, 'B', X'C1')", "NOT (IS-OPEN OR FEE(1,2) = 2)",
		"RECORD(1:2) = X'C1C2'", "SAME OF G IS NOT NUMERIC", "BIG <> 1e5", "FLT = 1", "KIND = é",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := condition.Parse(text, condition.Scope{Codecs: []*copybooks.Codec{c}})
		if err != nil {
			return
		}
		for n := range len(rec) + 1 {
			ok, err := e.Holds(rec[:n], 0)
			if ok && err != nil {
				t.Fatal("a condition holds and fails")
			}
		}
	})
}

func BenchmarkHolds(b *testing.B) {
	c := compiled(b, source)
	rec := sample(b, c)
	e, err := condition.Parse("KIND = 'OPEN' AND AMT < 100 AND CNT IN (5, 7)", condition.Scope{Codecs: []*copybooks.Codec{c}})
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if ok, _ := e.Holds(rec, 0); !ok {
			b.Fatal("does not hold")
		}
	}
}
