package record

import (
	"bytes"
	"cmp"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
)

const source = `       01  REC.
           05  R-ID.
               10  R-CODE   PIC X(03).
               10  R-SERIAL PIC 9(04).
           05  R-PACKED     PIC S9(07)V99 COMP-3.
           05  R-ZONED      PIC S9(05).
           05  R-COMP       PIC S9(09) COMP.
           05  R-MANY       PIC 9(02) OCCURS 3 TIMES.
           05  R-WIDE       PIC 9(19).
           05  FILLER       PIC X(02).
           05  FILLER       PIC X(01).
`

func schema(t testing.TB) *Schema {
	book, err := copybooks.Parse("REC", []byte(source), copybooks.Options{})
	require.NoError(t, err)
	layout, err := book.Record("")
	require.NoError(t, err)
	s, err := New(layout, copybooks.CodecOptions{})
	require.NoError(t, err)
	return s
}

func put(t require.TestingT, s *Schema, rec []byte, name string, v int64) {
	i, err := s.One(name)
	require.NoError(t, err)
	require.NoError(t, s.Elements[i].Field.PutInt(rec, 0, v))
}

// The byte order of keys is the order of the values, field by field.
func TestKeyOrderIsValueOrder(t *testing.T) {
	s := schema(t)
	names := []string{"R-PACKED", "R-ZONED", "R-COMP"}
	key, err := s.Key(names...)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) []int64 {
			return []int64{
				rapid.Int64Range(-999999999, 999999999).Draw(t, name+" packed"),
				rapid.Int64Range(-99999, 99999).Draw(t, name+" zoned"),
				rapid.Int64Range(-999999999, 999999999).Draw(t, name+" comp"),
			}
		}
		a, b := draw("a"), draw("b")
		if rapid.Bool().Draw(t, "same first") {
			b[0] = a[0]
		}
		encode := func(values []int64) []byte {
			rec := s.Codec.Blank(nil)
			for i, name := range names {
				put(t, s, rec, name, values[i])
			}
			k, err := key.Append(nil, rec)
			require.NoError(t, err)
			require.Len(t, k, key.Length())
			return k
		}
		want := cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]), cmp.Compare(a[2], b[2]))
		require.Equal(t, want, bytes.Compare(encode(a), encode(b)))
	})
}

// A key is made of values: another sign nibble or zone is the same key
// (cobol-arithmetic, "Numbers as bytes").
func TestKeysIgnoreHowASignIsWritten(t *testing.T) {
	s := schema(t)
	key, err := s.Key("R-PACKED", "R-ZONED")
	require.NoError(t, err)
	rec := s.Codec.Blank(nil)
	put(t, s, rec, "R-PACKED", 1234)
	put(t, s, rec, "R-ZONED", 5)
	plain, err := key.Append(nil, rec)
	require.NoError(t, err)
	rec[7+4] = rec[7+4]&0xF0 | 0x0F
	rec[12+4] = 0xF5
	other, err := key.Append(nil, rec)
	require.NoError(t, err)
	require.Equal(t, plain, other)
	rec[12+4] = 0xA5
	rec[7] = 0xAA
	_, err = key.Append(nil, rec)
	require.ErrorContains(t, err, "R-PACKED")
}

func TestFieldsThatCannotBeKeys(t *testing.T) {
	s := schema(t)
	_, err := s.Key("R-MANY")
	require.ErrorContains(t, err, "occurs 3 times")
	_, err = s.Key("R-WIDE")
	require.ErrorContains(t, err, "19 digits")
	_, err = s.Key("R-ABSENT")
	require.ErrorContains(t, err, "no field R-ABSENT")
}

func TestFind(t *testing.T) {
	s := schema(t)
	for name, want := range map[string]int{"R-ID": 2, "r-code": 1, "FILLER": 2, "R-MANY": 1, "REC": 9} {
		found, err := s.Find(name)
		require.NoError(t, err, name)
		require.Len(t, found, want, name)
	}
	require.Equal(t, "R-", s.Prefix())
	for column, want := range map[string]string{"serial": "R-SERIAL", "r_serial": "R-SERIAL", "id": "R-ID", "many_2": "R-MANY(2)"} {
		got, ok := s.ByColumn(column)
		require.True(t, ok, column)
		require.Equal(t, want, got)
	}
	for _, column := range []string{"colour", "many_4", "serial_1x"} {
		_, ok := s.ByColumn(column)
		require.False(t, ok, column)
	}
}

func TestEncoder(t *testing.T) {
	s := schema(t)
	encoder, err := s.Encoder([]string{"R-ID", "R-PACKED", "", "R-MANY"})
	require.NoError(t, err)
	text := func(v string) Value { return Value{Text: v} }
	many := func(v ...string) Value {
		list := Value{Many: true}
		for _, one := range v {
			list.List = append(list.List, text(one))
		}
		return list
	}
	for name, c := range map[string]struct {
		row  []Value
		want string // of the problem
	}{
		"fits":                               {[]Value{text("AB 0042"), text("-12.3"), text("dropped"), many("1", "22")}, ""},
		"a group's digits must all be there": {[]Value{text("ABC42"), text("1"), text(""), many()}, "R-SERIAL needs 4 digits"},
		"a group's text must end":            {[]Value{text("ABC00421"), text("1"), text(""), many()}, `"1" is left over`},
		"a group's digits must be digits":    {[]Value{text("ABC00X2"), text("1"), text(""), many()}, "R-ID"},
		"a third decimal is not rounded":     {[]Value{text("ABC0042"), text("1.005"), text(""), many()}, "R-PACKED"},
		"an absent value is no zero":         {[]Value{text("ABC0042"), {Null: true}, text(""), many()}, "the value is null"},
		"a list longer than the table":       {[]Value{text("ABC0042"), text("1"), text(""), many("1", "2", "3", "4")}, "4 values for a field that occurs 3 times"},
	} {
		t.Run(name, func(t *testing.T) {
			rec, problem := encoder.Append(nil, c.row)
			require.Len(t, rec, s.Layout.MaxLength)
			if c.want == "" {
				require.Nil(t, problem)
				require.Equal(t, "AB 0042", string(s.AppendText(nil, rec, 0, 1)))
				require.Equal(t, "-12.30", s.Text(rec, 2, 0))
				require.Equal(t, "22", s.Text(rec, 5, 1))
				return
			}
			require.NotNil(t, problem)
			require.Contains(t, problem.Error(), c.want)
		})
	}
	_, err = s.Encoder([]string{"R-ID", "R-CODE"})
	require.ErrorContains(t, err, "the same field")
	encoder.NullIsBlank = true
	rec, problem := encoder.Append(nil, []Value{text("ABC0042"), {Null: true}, {}, many()})
	require.Nil(t, problem)
	require.Equal(t, "0.00", s.Text(rec, 2, 0))
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct {
		units  int64
		places int
		text   string
	}{{0, 2, "0.00"}, {-5, 2, "-0.05"}, {123456, 2, "1234.56"}, {-100, 2, "-1.00"}, {7, 0, "7"}, {-9223372036854775808, 2, "-92233720368547758.08"}} {
		require.Equal(t, c.text, Decimal(c.units, c.places))
		back, err := ParseDecimal(c.text, c.places)
		require.NoError(t, err)
		require.Equal(t, c.units, back)
	}
	for _, bad := range []string{"", ".", "1.234", "+1", "1e2", "one", "--1", "1.-5"} {
		_, err := ParseDecimal(bad, 2)
		require.Error(t, err, bad)
	}
	require.Equal(t, "0.1", fmt.Sprint(Decimal(1, 1)))
}
