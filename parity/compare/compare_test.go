package compare

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
	"tidewaiter/fixtures"
	"tidewaiter/parity/record"
)

const source = `       01  REC.
           05  R-KEY       PIC 9(04).
           05  R-PACKED    PIC S9(05)V99 COMP-3.
           05  R-ZONED     PIC S9(03).
           05  R-COMP      PIC S9(04) COMP.
           05  R-TEXT      PIC X(06).
           05  R-DATE      PIC 9(08).
           05  R-MANY      PIC 9(02) OCCURS 3 TIMES.
`

func schema(t testing.TB) *record.Schema {
	book, err := copybooks.Parse("REC", []byte(source), copybooks.Options{})
	require.NoError(t, err)
	layout, err := book.Record("")
	require.NoError(t, err)
	s, err := record.New(layout, copybooks.CodecOptions{})
	require.NoError(t, err)
	return s
}

func rec(t testing.TB, s *record.Schema, values map[string]string) []byte {
	out := s.Codec.Blank(nil)
	for name, value := range values {
		i, err := s.One(name)
		require.NoError(t, err)
		require.NoError(t, s.Elements[i].Field.Put(out, 0, value))
	}
	return out
}

func all(s *record.Schema, m Mode) []Rule {
	var rules []Rule
	for i := range s.Elements {
		rules = append(rules, Rule{Element: i, Mode: m})
	}
	return rules
}

// set changes one byte of the named field.
func set(t testing.TB, s *record.Schema, rec []byte, name string, at int, b byte) []byte {
	i, err := s.One(name)
	require.NoError(t, err)
	out := append([]byte(nil), rec...)
	out[s.Elements[i].Field.Offset()+at] = b
	return out
}

// Signs and zones: cobol-arithmetic, "Numbers as bytes"; IBM z/Architecture
// Principles of Operation, decimal sign codes.
func TestVerdicts(t *testing.T) {
	s := schema(t)
	base := rec(t, s, map[string]string{"R-KEY": "7", "R-PACKED": "12.34", "R-ZONED": "5", "R-TEXT": "ABC", "R-DATE": "20251001"})
	for name, c := range map[string]struct {
		right  []byte
		mode   Mode
		want   Verdict
		kind   Kind
		detail int64
	}{
		"the same bytes":                           {base, Exact, Equal, 0, 0},
		"packed sign F for C is the same value":    {set(t, s, base, "R-PACKED", 3, 0x4F), Value, ValueEqual, SignNibble, 0},
		"but not the same bytes":                   {set(t, s, base, "R-PACKED", 3, 0x4F), Exact, Different, SignNibble, 0},
		"zoned sign C for F is the same value":     {set(t, s, base, "R-ZONED", 2, 0xF5), Value, ValueEqual, SignNibble, 0},
		"one cent":                                 {rec(t, s, map[string]string{"R-KEY": "7", "R-PACKED": "12.35", "R-ZONED": "5", "R-TEXT": "ABC", "R-DATE": "20251001"}), Value, Different, By, 1},
		"a digit that is none":                     {set(t, s, base, "R-PACKED", 1, 0xA1), Value, Invalid, Undecodable, 0},
		"a sign that is none":                      {set(t, s, base, "R-PACKED", 3, 0x41), Value, Invalid, Undecodable, 0},
		"a digit that is none is no mere byte":     {set(t, s, base, "R-PACKED", 1, 0xA1), Exact, Invalid, Undecodable, 0},
		"letter case":                              {set(t, s, base, "R-TEXT", 0, 0x81), Value, Different, LetterCase, 0},
		"low-values are no blanks":                 {set(t, s, base, "R-TEXT", 5, 0x00), Value, Different, TextPair, 0},
		"the second of three occurrences":          {set(t, s, base, "R-MANY", 3, 0xF9), Value, Different, LeftZero, 0},
		"a date one day later":                     {set(t, s, base, "R-DATE", 7, 0xF2), Value, Different, DaysApart, 1},
		"a record that is too short is not judged": {base[:len(base)-1], Value, Invalid, Undecodable, 0},
		"a record that is too long is not judged":  {append(base[:len(base):len(base)], 0x40), Value, Invalid, Undecodable, 0},
	} {
		t.Run(name, func(t *testing.T) {
			cmp, err := New(s, all(s, c.mode))
			require.NoError(t, err)
			got, findings := cmp.Compare(base, c.right, nil)
			require.Equal(t, c.want, got)
			if c.want == Equal {
				require.Empty(t, findings)
				return
			}
			require.Len(t, findings, 1)
			p := cmp.Pattern(findings[0], base, c.right, false)
			require.Equal(t, c.kind, p.Kind)
			require.Equal(t, c.detail, p.Delta)
		})
	}
}

func TestNegativeZeroIsZero(t *testing.T) {
	s := schema(t)
	zero := rec(t, s, nil)
	minus := set(t, s, zero, "R-PACKED", 3, 0x0D) // X'0D'
	c, err := New(s, all(s, Value))
	require.NoError(t, err)
	v, findings := c.Compare(zero, minus, nil)
	require.Equal(t, ValueEqual, v)
	require.Equal(t, NegativeZero, c.Pattern(findings[0], zero, minus, false).Kind)
}

func TestTolerance(t *testing.T) {
	s := schema(t)
	packed, err := s.One("R-PACKED")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		right string
		want  Verdict
	}{
		"none":                     {"10.00", Equal},
		"within":                   {"10.02", Equivalent},
		"within, below":            {"9.98", Equivalent},
		"a cent beyond is not cut": {"10.03", Different},
	} {
		t.Run(name, func(t *testing.T) {
			cmp, err := New(s, []Rule{{Element: packed, Mode: Tolerance, Tolerance: 2}})
			require.NoError(t, err)
			v, _ := cmp.Compare(rec(t, s, map[string]string{"R-PACKED": "10.00"}), rec(t, s, map[string]string{"R-PACKED": c.right}), nil)
			require.Equal(t, c.want, v)
		})
	}
	text, err := s.One("R-TEXT")
	require.NoError(t, err)
	_, err = New(s, []Rule{{Element: text, Mode: Tolerance, Tolerance: 1}})
	require.ErrorContains(t, err, "tolerance means nothing")
}

// Judging does not depend on the side: exchanged records give the same verdict
// and the opposite delta.
func TestSidesAreSymmetric(t *testing.T) {
	s := schema(t)
	c, err := New(s, all(s, Value))
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		size := s.Layout.MaxLength
		left := rapid.SliceOfN(rapid.Byte(), size, size).Draw(t, "left")
		right := append([]byte(nil), left...)
		for range rapid.IntRange(0, 3).Draw(t, "changes") {
			right[rapid.IntRange(0, size-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		v, f := c.Compare(left, right, nil)
		w, g := c.Compare(right, left, nil)
		if v != w || len(f) != len(g) {
			t.Fatalf("%s and %s", v, w)
		}
		for i := range f {
			if f[i].Delta != -g[i].Delta {
				t.Fatalf("%d and %d", f[i].Delta, g[i].Delta)
			}
		}
	})
}

func collectionDetail(b testing.TB) *record.Schema {
	book, err := copybooks.ParseFS(fixtures.Copybooks, "copybooks/COLREC.cpy", copybooks.Options{})
	require.NoError(b, err)
	layout, err := book.Record("")
	require.NoError(b, err)
	s, err := record.New(layout, copybooks.CodecOptions{})
	require.NoError(b, err)
	return s
}

func detailComparer(b testing.TB, s *record.Schema) *Comparer {
	var rules []Rule
	for i, e := range s.Elements {
		if !e.Redefining && e.Name != "CD-RECORD-SEQUENCE" {
			rules = append(rules, Rule{Element: i, Mode: Value})
		}
	}
	c, err := New(s, rules)
	require.NoError(b, err)
	return c
}

func TestEqualPairsDoNotAllocate(t *testing.T) {
	s := collectionDetail(t)
	c := detailComparer(t, s)
	left := s.Codec.Blank(nil)
	right := append([]byte(nil), left...)
	signs := append([]byte(nil), left...)
	i, err := s.One("CD-AMOUNT")
	require.NoError(t, err)
	f := s.Elements[i].Field
	signs[f.Offset()+f.Length()-1] = 0x0F
	findings := make([]Finding, 0, 8)
	require.Zero(t, testing.AllocsPerRun(100, func() { _, findings = c.Compare(left, right, findings[:0]) }))
	require.Zero(t, testing.AllocsPerRun(100, func() { _, findings = c.Compare(left, signs, findings[:0]) }))
}

// One pair of 80-byte collection-detail records, equal and with one sign nibble
// changed.
func BenchmarkCompare(b *testing.B) {
	s := collectionDetail(b)
	c := detailComparer(b, s)
	left := s.Codec.Blank(nil)
	right := append([]byte(nil), left...)
	amount, err := s.One("CD-AMOUNT")
	require.NoError(b, err)
	f := s.Elements[amount].Field
	signs := append([]byte(nil), left...)
	signs[f.Offset()+f.Length()-1] = 0x0F
	for name, other := range map[string][]byte{"equal": right, "value equal": signs} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			findings := make([]Finding, 0, 8)
			for b.Loop() {
				_, findings = c.Compare(left, other, findings[:0])
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pairs/s")
		})
	}
}
