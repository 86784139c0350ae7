package copybooks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// usageCase is a record of which each named item gets a value. Its bytes, over
// a record full of dots, are the same here and in GnuCOBOL, except where ibm
// says what IBM's rules give instead.
type usageCase struct {
	name   string
	src    string
	values []string // NAME VALUE pairs
	length int      // worked out by hand from the rules
	std    string   // of cobc, "ibm" when empty
	gnu    string   // why GnuCOBOL is known to differ
	// gnuLength is the length GnuCOBOL gives the record, when it is another.
	gnuLength int
}

var usageCases = []usageCase{
	{name: "zoned", src: "05 A PIC S9(4). 05 B PIC 9(3)V99. 05 C PIC S9(5)V99.", values: []string{"A", "-1234", "B", "1.5", "C", "12.34"}, length: 16},
	{name: "sign forms", src: "05 A PIC S9(3) SIGN LEADING. 05 B PIC S9(3) SIGN TRAILING SEPARATE. 05 C PIC S9(3) SIGN IS LEADING SEPARATE CHARACTER.", values: []string{"A", "-123", "B", "-45", "C", "7"}, length: 11},
	{name: "sign of a group", src: "05 G SIGN LEADING SEPARATE. 10 A PIC S9(3). 10 B PIC 9(3). 10 C PIC S9(3) SIGN TRAILING.", values: []string{"A", "-123", "B", "45", "C", "-67"}, length: 10},
	{name: "packed", src: "05 A PIC S9(5)V99 COMP-3. 05 B PIC 9(4) PACKED-DECIMAL. 05 C PIC S9(18) COMP-3.", values: []string{"A", "-12345.67", "B", "42", "C", "-123456789012345678"}, length: 17},
	{name: "binary", src: "05 A PIC S9(4) COMP. 05 B PIC 9(9) BINARY. 05 C PIC S9(18) COMP-4. 05 D PIC S9(3)V9 COMP.", values: []string{"A", "-2", "B", "123456789", "C", "-123456789012345678", "D", "-1.5"}, length: 16},
	{name: "P scaling", src: "05 A PIC 9(3)PP. 05 C PIC S9(2)PPP COMP.", values: []string{"A", "12300", "C", "-12000"}, length: 5},
	{name: "P before the digits", src: "05 B PIC SPP9(3) COMP-3.", values: []string{"B", "-0.00123"}, length: 2, gnu: "GnuCOBOL stores 001: it leaves the P out of the scale of a packed number"},
	{name: "usage of a group", src: "05 G COMP-3. 10 A PIC S9(3). 10 H. 15 B PIC 9(5). 05 C PIC 9.", values: []string{"A", "-1", "B", "7", "C", "1"}, length: 6},
	{name: "COMP-6", src: "05 A PIC 9(4) COMP-6. 05 B PIC 9(5)V99 COMP-6.", values: []string{"A", "1234", "B", "123.45"}, length: 6, std: "default"},
	{name: "COMP-X of digits", src: "05 A PIC 9(2) COMP-X. 05 B PIC 9(4) COMP-X. 05 C PIC 9(7) COMP-X. 05 D PIC 9(9) COMP-X. 05 E PIC 9(12) COMP-X.", values: []string{"A", "99", "B", "1234", "C", "1234567", "D", "123456789", "E", "123456789012"}, length: 15, std: "default"},
	{name: "COMP-X of characters", src: "05 A PIC X COMP-X. 05 B PIC X(2) COMP-X. 05 C PIC X(4) COMP-X.", values: []string{"A", "200", "B", "60000", "C", "123456"}, length: 7, std: "default"},
	{name: "COMP-5", src: "05 A PIC S9(4) COMP-5. 05 B PIC 9(9) COMP-5.", values: []string{"A", "-2", "B", "1"}, length: 6, gnu: "COMP-5 is in the machine's own byte order, which on z/OS is big-endian"},
	{name: "floating point", src: "05 A COMP-1. 05 B COMP-2.", values: []string{"A", "-1.5", "B", "322.9375"}, length: 12, gnu: "COMP-1 and COMP-2 are IEEE in the machine's byte order, on z/OS hexadecimal"},
	{name: "SYNC of floating point", src: "05 A PIC X. 05 B COMP-1 SYNC. 05 C COMP-2 SYNC.", length: 16},
	{name: "JUSTIFIED", src: "05 A PIC X(5) JUSTIFIED RIGHT. 05 B PIC X(3).", values: []string{"A", "'AB'", "B", "'C'"}, length: 8},
	{name: "SYNC of halfword and fullword", src: "05 A PIC X. 05 B PIC S9(4) COMP SYNC. 05 C PIC X. 05 D PIC S9(9) COMP SYNC. 05 E PIC X.", values: []string{"A", "'A'", "B", "1", "C", "'C'", "D", "2", "E", "'E'"}, length: 13},
	{name: "IBM's COMP-RECORD", src: "05 A-1 PIC X(5). 05 A-2 PIC X(3). 05 A-3 PIC X(3). 05 B-1 PIC S9999 COMP SYNCHRONIZED. 05 B-2 PIC S99999 COMP SYNCHRONIZED. 05 B-3 PIC S9999 COMP SYNCHRONIZED.", values: []string{"B-1", "1", "B-2", "2", "B-3", "3"}, length: 22},
	{name: "IBM's FIELD-A", src: "05 FIELD-B PIC X(5). 05 FIELD-C. 10 FIELD-D PIC XX. 10 FIELD-E COMP PIC S9(6) SYNC.", values: []string{"FIELD-E", "6"}, length: 12},
	{name: "IBM's FIELD-L", src: "05 FIELD-M PIC X(5). 05 FIELD-N PIC XX. 05 FIELD-O. 10 FIELD-P COMP PIC S9(6) SYNC.", values: []string{"FIELD-P", "6"}, length: 12},
	{name: "IBM's WORK-RECORD", src: "05 WORK-CODE PIC X. 05 COMP-TABLE OCCURS 10 TIMES. 10 COMP-TYPE PIC X. 10 COMP-PAY PIC S9(4)V99 COMP SYNC. 10 COMP-HOURS PIC S9(3) COMP SYNC. 10 COMP-NAME PIC X(5).", values: []string{"COMP-PAY(1)", "1", "COMP-PAY(2)", "2", "COMP-HOURS(10)", "3"}, length: 161},
	{name: "NATIONAL text", src: "05 A PIC N(3). 05 B PIC N(2) JUSTIFIED. 05 C PIC X.", values: []string{"A", "'AB'", "B", "'C'", "C", "'D'"}, length: 11, gnu: "GnuCOBOL gives NATIONAL two bytes a character and fills them with single-byte text"},
	{name: "NATIONAL number", src: "05 A PIC 9(4) NATIONAL. 05 B PIC S9(2) NATIONAL SIGN LEADING SEPARATE.", values: []string{"A", "123", "B", "-4"}, length: 14, gnu: "GnuCOBOL gives a NATIONAL number a byte a digit", gnuLength: 7},
	{name: "NATIONAL edited", src: "05 A PIC ZZ9.99- NATIONAL.", values: []string{"A", "-1.5"}, length: 14, gnu: "GnuCOBOL gives a NATIONAL edited number a byte a character", gnuLength: 7},
	{name: "floating-point picture", src: "05 A PIC +9.99E+99.", values: []string{"A", "123"}, length: 9, gnu: "GnuCOBOL gives +9.99E+99 eight bytes and no exponent", gnuLength: 8},
	{name: "SYNC of a doubleword number", src: "05 A PIC X. 05 B PIC S9(18) COMP SYNC.", values: []string{"B", "-1"}, length: 12, gnu: "IBM aligns eight bytes on a fullword, GnuCOBOL on a doubleword", gnuLength: 16},
	{name: "separate signs in a table", src: "05 T OCCURS 2 SIGN TRAILING SEPARATE. 10 A PIC S9(2)V9. 10 B PIC S9(3) SIGN LEADING SEPARATE. 10 C PIC S9(2) SIGN LEADING.", values: []string{"A(1)", "-1.5", "B(1)", "-45", "C(1)", "-7", "A(2)", "12.3", "B(2)", "0", "C(2)", "10"}, length: 20},
	{name: "every overpunch", src: "05 T OCCURS 10. 10 A PIC S9. 10 B PIC S9 SIGN LEADING.", values: overpunches(), length: 20},
	{name: "zero, nines and eighteen digits", src: "05 A PIC S9(18). 05 B PIC 9(18). 05 C PIC S9(9)V9(9) SIGN LEADING SEPARATE.", values: []string{"A", "-999999999999999999", "B", "999999999999999999", "C", "0"}, length: 55},
	{name: "packed of each length", src: "05 A PIC S9 COMP-3. 05 B PIC S99 COMP-3. 05 C PIC S9(3) COMP-3. 05 D PIC 9(4) COMP-3. 05 E PIC V99 COMP-3. 05 F PIC SV9(5) COMP-3. 05 G PIC 9(17) COMP-3.", values: []string{"A", "-1", "B", "-12", "C", "123", "D", "1234", "E", "0.05", "F", "-0.00001", "G", "12345678901234567"}, length: 22},
	{name: "packed of 31 digits", src: "05 A PIC S9(31) COMP-3. 05 B PIC S9(29)V99. 05 C PIC 9(30) COMP-3.", values: []string{"A", "-1234567890123456789012345678901", "B", "12345678901234567890123456789.01", "C", "123456789012345678901234567890"}, length: 63, std: "default"},
	{name: "binary at the ends of its PICTURE", src: "05 A PIC S9(4) COMP. 05 B PIC 9(4) COMP. 05 C PIC S9(5) COMP. 05 D PIC S9(9) COMP. 05 E PIC S9(10) COMP. 05 F PIC 9(18) COMP. 05 G PIC SV9(4) COMP.", values: []string{"A", "-9999", "B", "9999", "C", "-99999", "D", "-999999999", "E", "9999999999", "F", "999999999999999999", "G", "-0.9999"}, length: 30},
	{name: "COMP-5 of each size", src: "05 A PIC S9 COMP-5. 05 B PIC 9(5) COMP-5. 05 C PIC S9(10) COMP-5. 05 D PIC 9(18) COMP-5.", values: []string{"A", "1", "B", "1", "C", "-2", "D", "5"}, length: 22, gnu: "COMP-5 is in the machine's own byte order, and one digit takes one byte", gnuLength: 21},
	{name: "COMP-X of eight characters", src: "05 A PIC X(3) COMP-X. 05 B PIC X(5) COMP-X. 05 C PIC X(8) COMP-X.", values: []string{"A", "16777215", "B", "1099511627775", "C", "123456789012345678"}, length: 16, std: "default"},
	{name: "P on either side", src: "05 A PIC 9(2)P(3). 05 B PIC VP(2)9(3). 05 C PIC P(2)9(3). 05 D PIC 9(3)P COMP. 05 E PIC SP(3)9(2) COMP. 05 F PIC S9P(4) SIGN LEADING SEPARATE.", values: []string{"A", "12000", "B", "0.00123", "C", "0.00045", "D", "1230", "E", "-0.00012", "F", "-50000"}, length: 14},
	{name: "P to the right of packed", src: "05 A PIC S9(3)PP COMP-3. 05 B PIC 9(4)P(3) COMP-3.", values: []string{"A", "-12300", "B", "1234000"}, length: 5, gnu: "GnuCOBOL leaves the P out of the scale of a packed number here too"},
	{name: "BLANK WHEN ZERO without editing", src: "05 A PIC 9(3) BLANK WHEN ZERO. 05 B PIC 9(3) BLANK WHEN ZERO.", values: []string{"A", "0", "B", "12"}, length: 6},
	{name: "BLANK WHEN ZERO with decimal places", src: "05 A PIC 9(3)V9 BLANK WHEN ZERO.", values: []string{"A", "12.5"}, length: 4, gnu: "GnuCOBOL gives the V a byte: it stores 01250", gnuLength: 5},
	{name: "JUSTIFIED in a table", src: "05 T OCCURS 2 PIC X(4) JUST. 05 A PIC A(3) JUST RIGHT.", values: []string{"T(1)", "'AB'", "T(2)", "'WXYZ'", "A", "'Q'"}, length: 11},
	{name: "SYNC in nested tables", src: "05 A PIC X. 05 T OCCURS 2. 10 B PIC X. 10 U OCCURS 3. 15 C PIC X. 15 D PIC S9(4) COMP SYNC. 10 E PIC S9(9) COMP SYNC.", values: []string{"E(1)", "1", "E(2)", "2"}, length: 41, gnu: "GnuCOBOL puts the fullword after the inner table on offset 17, which is no fullword boundary"},
	{name: "SYNC of a redefinition and what follows", src: "05 A PIC X(5). 05 B REDEFINES A PIC X(2). 05 C PIC S9(9) COMP SYNC. 05 D REDEFINES C PIC X(4). 05 E PIC X. 05 F PIC S9(4) COMP SYNC.", values: []string{"C", "1", "F", "2"}, length: 16},
	{name: "SYNC of display and packed says nothing", src: "05 A PIC X. 05 B PIC S9(5) COMP-3 SYNC. 05 C PIC 9(3) SYNC.", values: []string{"B", "1", "C", "2"}, length: 7},
}

// overpunches gives each digit both signs, minus at the end and plus in front.
func overpunches() (values []string) {
	for d := range 10 {
		minus := fmt.Sprint(-d)
		values = append(values, fmt.Sprintf("A(%d)", d+1), minus, fmt.Sprintf("B(%d)", d+1), fmt.Sprint(d))
	}
	return values
}

// Each USAGE, SIGN and SYNCHRONIZED form has the length of the rules and, where
// the two agree, the bytes GnuCOBOL writes.
func TestUsageWitness(t *testing.T) {
	for _, c := range usageCases {
		t.Run(c.name, func(t *testing.T) {
			rec := written(t, c)
			require.Len(t, rec, c.length)
			std := c.std
			if std == "" {
				std = "ibm"
			}
			got := witness(t, c.program(), "-std="+std, "-fsign=EBCDIC")
			size, bytes, _ := strings.Cut(got, "\n")
			if c.gnuLength == 0 {
				c.gnuLength = c.length
			}
			assert.Equal(t, fmt.Sprint(c.gnuLength), strings.TrimLeft(size, "0"))
			if c.gnu != "" {
				require.NotEqual(t, string(rec), bytes, "GnuCOBOL agrees after all")
				return
			}
			assert.Equal(t, fmt.Sprintf("%q", rec), fmt.Sprintf("%q", bytes))
		})
	}
}

// written is the record of dots with the case's values in it.
func written(t *testing.T, c usageCase) []byte {
	book, err := free("01 R. " + c.src)
	require.NoError(t, err)
	cc, err := book.Records[0].Codec(copybooks.CodecOptions{CodePage: "ascii"})
	require.NoError(t, err)
	rec := []byte(strings.Repeat(".", book.Records[0].MaxLength))
	for i := 0; i < len(c.values); i += 2 {
		name, subscript, _ := strings.Cut(c.values[i], "(")
		at := 1
		if subscript != "" {
			_, err := fmt.Sscan(strings.TrimSuffix(subscript, ")"), &at)
			require.NoError(t, err)
		}
		f := field(t, cc, name)
		value := strings.Trim(c.values[i+1], "'")
		if f.Item().Edited || f.Item().Floating {
			require.NoError(t, f.PutNumber(rec, at-1, value))
			continue
		}
		require.NoError(t, f.Put(rec, at-1, value))
		text, err := f.Append(nil, rec, at-1)
		require.NoError(t, err)
		again := append([]byte(nil), rec...)
		require.NoError(t, f.Put(again, at-1, string(text)))
		require.Equal(t, rec, again)
	}
	return rec
}

// program writes the length of the record on a line, then the record.
func (c usageCase) program() string {
	var p strings.Builder
	p.WriteString("IDENTIFICATION DIVISION.\nPROGRAM-ID. WITNESS.\nDATA DIVISION.\nWORKING-STORAGE SECTION.\n01 R.\n")
	p.WriteString(strings.ReplaceAll(c.src, ". ", ".\n"))
	p.WriteString("\n01 L PIC 9(9).\nPROCEDURE DIVISION.\nMOVE LENGTH OF R TO L. DISPLAY L.\nMOVE ALL \".\" TO R.\n")
	for i := 0; i < len(c.values); i += 2 {
		fmt.Fprintf(&p, "MOVE %s TO %s.\n", c.values[i+1], c.values[i])
	}
	p.WriteString("DISPLAY R WITH NO ADVANCING.\nSTOP RUN.\n")
	return p.String()
}

// Addresses have the sizes of 31-bit z/OS programs; GnuCOBOL has the machine's.
func TestAddressUsages(t *testing.T) {
	cc := codec(t, "01 R. 05 A INDEX. 05 B USAGE POINTER. 05 C USAGE IS FUNCTION-POINTER. 05 D PROCEDURE-POINTER. 05 E PIC 9(4) COMP-9.")
	require.Equal(t, 22, cc.Layout().MaxLength)
	rec := cc.Blank(nil)
	require.NoError(t, field(t, cc, "A").PutInt(rec, 0, -1))
	require.NoError(t, field(t, cc, "E").PutInt(rec, 0, 0x102))
	require.Equal(t, bytesOf(t, "FFFFFFFF 00000000 00000000 0000000000000000 0201"), rec)
	line, errs := cc.AppendJSON(nil, rec, copybooks.JSONOptions{})
	require.Empty(t, errs)
	require.Equal(t, `{"A":-1,"B":0,"C":0,"D":0,"E":258}`, string(line))
}

// Enterprise COBOL Language Reference, "Slack bytes within records": slack is
// an item of the group that the item before it is in.
func TestSlackIsPartOfTheGroup(t *testing.T) {
	book, err := free("01 R SYNC. 05 G. 10 A PIC X. 05 H. 10 B PIC S9(9) COMP. 05 T OCCURS 2. 10 C PIC X. 10 D PIC S9(4) COMP. 10 E PIC X.")
	require.NoError(t, err)
	g, h, table := book.Records[0].Root.Children[0], book.Records[0].Root.Children[1], book.Records[0].Root.Children[2]
	require.Equal(t, []int{0, 4, 2}, []int{g.Offset, g.Length, len(g.Children)})
	require.True(t, g.Children[1].Slack)
	require.Equal(t, []int{4, 4}, []int{h.Offset, h.Length})
	require.Equal(t, []int{8, 6, 20}, []int{table.Offset, table.Length, book.Records[0].MaxLength})
}

// What is stored in a way no value has is a fault, not a number.
func TestStorageRefuses(t *testing.T) {
	cc := codec(t, "01 R. 05 A PIC 9(3) COMP-6. 05 B PIC X COMP-X.")
	a, b := field(t, cc, "A"), field(t, cc, "B")
	for hex, want := range map[string]string{"123400": "pad nibble", "01FA00": "invalid digit"} {
		_, err := a.Int(bytesOf(t, hex), 0)
		require.ErrorContains(t, err, want)
	}
	rec := cc.Blank(nil)
	require.ErrorContains(t, b.PutInt(rec, 0, 256), "more digits")
	require.ErrorContains(t, a.PutInt(rec, 0, -1), "minus sign")
	require.Equal(t, cc.Blank(nil), rec)
}

// z/Architecture Principles of Operation, "Hexadecimal-floating-point": 1.0 is
// X'41100000', and 0.5 has a fraction of 8/16. IEEE is an option.
func TestFloatingPoint(t *testing.T) {
	book, err := free("01 R. 05 A COMP-1. 05 B COMP-2 OCCURS 2.")
	require.NoError(t, err)
	for _, c := range []struct {
		format    ebcdic.FloatFormat
		hex, json string
	}{
		{ebcdic.HexFloat, "41100000 4080000000000000 C118000000000000", `{"A":1,"B":[0.5,-1.5]}`},
		{ebcdic.IEEEFloat, "3F800000 3FE0000000000000 BFF8000000000000", `{"A":1,"B":[0.5,-1.5]}`},
	} {
		cc, err := book.Records[0].Codec(copybooks.CodecOptions{Float: c.format})
		require.NoError(t, err)
		rec := bytesOf(t, c.hex)
		line, errs := cc.AppendJSON(nil, rec, copybooks.JSONOptions{})
		require.Empty(t, errs)
		require.Equal(t, c.json, string(line))
		for _, blank := range []string{"", " "} {
			back, err := cc.NewEncoder(copybooks.JSONOptions{}).Append(nil, append([]byte(blank), line...))
			require.NoError(t, err)
			require.Equal(t, rec, back)
		}
		f := field(t, cc, "B")
		require.NoError(t, f.Put(rec, 1, "2.5"))
		text, err := f.Append(nil, rec, 1)
		require.NoError(t, err)
		require.Equal(t, "2.5", string(text))
		_, err = f.Int(rec, 0)
		require.ErrorContains(t, err, "not a number")
		require.Equal(t, make([]byte, 20), cc.Blank(nil))
	}
}
