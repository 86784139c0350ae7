package copybooks_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
)

// Enterprise COBOL Programming Guide, "Examples: numeric data and internal
// representation": the table of that page, line by line.
func TestPublishedRepresentations(t *testing.T) {
	for _, c := range []struct{ entry, value, hex string }{
		{"PIC S9999 DISPLAY", "1234", "F1F2F3C4"},
		{"PIC S9999 DISPLAY", "-1234", "F1F2F3D4"},
		{"PIC 9999 DISPLAY", "1234", "F1F2F3F4"},
		{"PIC S9999 DISPLAY SIGN LEADING", "1234", "C1F2F3F4"},
		{"PIC S9999 DISPLAY SIGN LEADING", "-1234", "D1F2F3F4"},
		{"PIC S9999 DISPLAY SIGN LEADING SEPARATE", "1234", "4EF1F2F3F4"},
		{"PIC S9999 DISPLAY SIGN LEADING SEPARATE", "-1234", "60F1F2F3F4"},
		{"PIC S9999 DISPLAY SIGN TRAILING SEPARATE", "1234", "F1F2F3F44E"},
		{"PIC S9999 DISPLAY SIGN TRAILING SEPARATE", "-1234", "F1F2F3F460"},
		{"PIC S9999 BINARY", "1234", "04D2"},
		{"PIC S9999 COMP", "-1234", "FB2E"},
		{"PIC 9999 COMP-4", "1234", "04D2"},
		{"PIC S9999 COMP-5", "12345", "3039"},
		{"PIC S9999 COMP-5", "-12345", "CFC7"},
		{"PIC 9999 COMP-5", "60000", "EA60"},
		{"PIC S9999 PACKED-DECIMAL", "1234", "01234C"},
		{"PIC S9999 COMP-3", "-1234", "01234D"},
		{"PIC 9999 COMP-3", "1234", "01234F"},
		{"COMP-1", "1234", "434D2000"},
		{"COMP-1", "-1234", "C34D2000"},
		{"COMP-2", "1234", "434D200000000000"},
		{"COMP-2", "-1234", "C34D200000000000"},
	} {
		t.Run(c.entry+" = "+c.value, func(t *testing.T) {
			cc := codec(t, "01 R. 05 A "+c.entry+".")
			f, rec := field(t, cc, "A"), cc.Blank(nil)
			require.NoError(t, f.Put(rec, 0, c.value))
			require.Equal(t, c.hex, strings.ToUpper(hex.EncodeToString(rec)))
			text, err := f.Append(nil, rec, 0)
			require.NoError(t, err)
			require.Equal(t, c.value, string(text))
		})
	}
}

// z/Architecture Principles of Operation, "Hexadecimal-floating-point": X'43142EFC'
// is X'142EFC' / 16**6 * 16**3 = 1,322,748 / 4,096 = 322.9365234375, the COMP-1
// nearest to 322.9365.
func TestPublishedHexadecimalFloat(t *testing.T) {
	f := field(t, codec(t, "01 R. 05 A COMP-1."), "A")
	text, err := f.Append(nil, bytesOf(t, "43142EFC"), 0)
	require.NoError(t, err)
	require.Equal(t, "322.9365", string(text))
}

// Enterprise COBOL Programming Guide, appendix "Complex OCCURS DEPENDING ON": its
// example, with a record of each size.
func TestPublishedComplexODO(t *testing.T) {
	book, err := free(`01 FIELD-A.
   02 COUNTER-1 PIC S99.
   02 COUNTER-2 PIC S99.
   02 TABLE-1.
      03 RECORD-1 OCCURS 1 TO 5 TIMES DEPENDING ON COUNTER-1 PIC X(3).
   02 EMPLOYEE-NUMBER PIC X(5).
   02 TABLE-2 OCCURS 5 TIMES INDEXED BY INDX.
      03 TABLE-ITEM PIC 99.
      03 RECORD-2 OCCURS 1 TO 3 TIMES DEPENDING ON COUNTER-2.
         04 DATA-NUM PIC S99.`)
	require.NoError(t, err)
	l := book.Records[0]
	require.Equal(t, []int{4 + 3 + 5 + 5*(2+2), 4 + 15 + 5 + 5*(2+6)}, []int{l.MinLength, l.MaxLength})
	require.Equal(t, "COUNTER-1 0+2, COUNTER-2 2+2, RECORD-1 4+3*5, EMPLOYEE-NUMBER 19+5, TABLE-2 24+8*5, TABLE-ITEM 24+2, RECORD-2 26+2*3, DATA-NUM 26+2", places(book))
	cc, err := l.Codec(copybooks.CodecOptions{CodePage: "ascii"})
	require.NoError(t, err)
	for rec, want := range map[string]string{
		"0{0AAAAEEEEE" + strings.Repeat("010A", 5):        `{"COUNTER-1":0`,
		"0A0AAAAEEEEE" + strings.Repeat("010A", 5):        `{"COUNTER-1":1,"COUNTER-2":1,"TABLE-1":{"RECORD-1":["AAA"]},"EMPLOYEE-NUMBER":"EEEEE","TABLE-2":[` + strings.TrimSuffix(strings.Repeat(`{"TABLE-ITEM":1,"RECORD-2":[{"DATA-NUM":1}]},`, 5), ",") + `]}`,
		"0B0CAAABBBEEEEE" + strings.Repeat("020A0B0}", 5): `{"COUNTER-1":2,"COUNTER-2":3,"TABLE-1":{"RECORD-1":["AAA","BBB"]},"EMPLOYEE-NUMBER":"EEEEE","TABLE-2":[` + strings.TrimSuffix(strings.Repeat(`{"TABLE-ITEM":2,"RECORD-2":[{"DATA-NUM":1},{"DATA-NUM":2},{"DATA-NUM":-0}]},`, 5), ",") + `]}`,
	} {
		line, errs := cc.AppendJSON(nil, []byte(rec), copybooks.JSONOptions{})
		require.True(t, strings.HasPrefix(string(line), want), "%s", line)
		back, err := cc.NewEncoder(copybooks.JSONOptions{}).Append(nil, line)
		require.NoError(t, err)
		require.Equal(t, rec, string(back))
		require.Equal(t, strings.HasPrefix(rec, "0{"), len(errs) > 0)
	}
}

// Enterprise COBOL Language Reference, "RENAMES clause": the four records of its
// figure, which gives no sizes; here DN-n has n bytes unless it is a group.
func TestPublishedRenames(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"RECORD-I", "05 DN-1 PIC X. 05 DN-2 PIC XX. 05 DN-3 PIC X(3). 05 DN-4 PIC X(4). 66 DN-6 RENAMES DN-1 THROUGH DN-3.", "DN-1 0+1, DN-2 1+2, DN-3 3+3, DN-4 6+4, DN-6 0+6"},
		{"RECORD-II", "05 DN-1. 10 DN-2 PIC XX. 10 DN-2A PIC X(4). 05 DN-1A REDEFINES DN-1. 10 DN-3A PIC X. 10 DN-3 PIC X(3). 10 DN-3B PIC XX. 05 DN-5 PIC X(5). 66 DN-6 RENAMES DN-2 THROUGH DN-3.", "DN-2 0+2, DN-2A 2+4, DN-3A 0+1, DN-3 1+3, DN-3B 4+2, DN-5 6+5, DN-6 0+4"},
		{"RECORD-III", "05 DN-2. 10 DN-3 PIC X(3). 10 DN-4 PIC X(4). 05 DN-5 PIC X(5). 66 DN-6 RENAMES DN-2.", "DN-3 0+3, DN-4 3+4, DN-5 7+5, DN-6 0+7"},
		{"RECORD-IV", "05 DN-1. 10 DN-2A PIC XX. 10 DN-2B PIC X(4). 10 DN-2C REDEFINES DN-2B. 15 DN-2 PIC XX. 15 DN-2D PIC XX. 05 DN-3 PIC X(3). 66 DN-4 RENAMES DN-1 THROUGH DN-2. 66 DN-5 RENAMES DN-1 THROUGH DN-3.", "DN-2A 0+2, DN-2B 2+4, DN-2 2+2, DN-2D 4+2, DN-3 6+3, DN-4 0+4, DN-5 0+9"},
	} {
		t.Run(c.name, func(t *testing.T) {
			book, err := free("01 " + c.name + ". " + c.src)
			require.NoError(t, err)
			require.Equal(t, c.want, places(book))
		})
	}
}
