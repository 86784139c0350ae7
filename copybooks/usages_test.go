package copybooks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// Enterprise COBOL Language Reference, "Character-string and item size",
// "PICTURE clause", "USAGE clause" and "GROUP-USAGE clause": the usage and the
// bytes of each item that is not of single bytes.
func TestWideItems(t *testing.T) {
	for _, c := range []struct {
		src    string
		dbcs   bool // NSYMBOL(DBCS)
		usage  copybooks.Usage
		length int
	}{
		{src: "PIC N(4)", usage: copybooks.National, length: 8},
		{src: "PIC N(4)", dbcs: true, usage: copybooks.DoubleByte, length: 8},
		{src: "PIC N(4) USAGE NATIONAL", dbcs: true, usage: copybooks.National, length: 8},
		{src: "PIC N(4) DISPLAY-1", usage: copybooks.DoubleByte, length: 8},
		{src: "PIC NN/NNB0", usage: copybooks.National, length: 14},
		{src: "PIC nn", usage: copybooks.National, length: 4},
		{src: "PIC G(4)", usage: copybooks.DoubleByte, length: 8},
		{src: "PIC G(2)BG USAGE IS DISPLAY-1", usage: copybooks.DoubleByte, length: 8},
		{src: "PIC 9(4) NATIONAL", usage: copybooks.National, length: 8},
		{src: "PIC S9(4)V99 NATIONAL SIGN LEADING SEPARATE", usage: copybooks.National, length: 14},
		{src: "PIC $Z,ZZ9.99- NATIONAL", usage: copybooks.National, length: 20},
		{src: "PIC +9.99E+99 NATIONAL", usage: copybooks.National, length: 18},
		{src: "PIC U(10)", usage: copybooks.UTF8, length: 40},
		{src: "PIC UUUU USAGE UTF-8", usage: copybooks.UTF8, length: 16},
		{src: "PIC U BYTE-LENGTH 10", usage: copybooks.UTF8, length: 10},
		{src: "PIC U BYTE-LENGTH IS 7 USAGE UTF-8", usage: copybooks.UTF8, length: 7},
		{src: "PIC +9.99E+99", usage: copybooks.Display, length: 9},
		{src: "PIC -V9(9)E-99", usage: copybooks.Display, length: 14},
		{src: "PIC X(4) DATE FORMAT IS YYXX", usage: copybooks.Display, length: 4},
	} {
		t.Run(c.src, func(t *testing.T) {
			book, err := copybooks.Parse("t", []byte("01 R. 05 A "+c.src+". 05 Z PIC X."), copybooks.Options{Format: copybooks.FreeFormat, NSymbolDBCS: c.dbcs})
			require.NoError(t, err)
			a := book.Records[0].Root.Children[0]
			require.Equal(t, c.usage, a.Usage)
			require.Equal(t, c.length, a.Length)
			require.Equal(t, c.length+1, book.Records[0].MaxLength)
			cc, err := book.Records[0].Codec(copybooks.CodecOptions{CodePage: "cp939"})
			require.NoError(t, err)
			_, errs := cc.AppendJSON(nil, cc.Blank(nil), copybooks.JSONOptions{})
			require.Empty(t, errs)
		})
	}
}

// What IBM's compiler refuses is refused with the place and the reason.
func TestWideItemsRefused(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"PIC NX", "a picture with N may have N, B, 0, /, not 'X'"},
		{"PIC GN", "a picture with G may have G, B, not 'N'"},
		{"PIC UB", "a picture with U may have U, not 'B'"},
		{"PIC N(4) COMP-3", "a picture of N does not go with COMP-3"},
		{"PIC G(4) NATIONAL", "a picture of G does not go with NATIONAL"},
		{"PIC U(4) DISPLAY", "a picture of U does not go with DISPLAY"},
		{"PIC X(4) NATIONAL", "NATIONAL needs a picture of N, of digits"},
		{"PIC X(4) UTF-8", "UTF-8 needs a picture of"},
		{"PIC 9(4) DISPLAY-1", "DISPLAY-1 does not go with a picture of digits"},
		{"PIC S9(4) NATIONAL", "a signed NATIONAL number needs SIGN LEADING or TRAILING SEPARATE"},
		{"USAGE NATIONAL", "expected a PICTURE for A, or items below it"},
		{"PIC U(2) JUSTIFIED", "JUSTIFIED does not go with UTF-8"},
		{"PIC U(2) BYTE-LENGTH 2", "BYTE-LENGTH follows PIC U"},
		{"PIC X BYTE-LENGTH 2", "BYTE-LENGTH follows PIC U"},
		{"GROUP-USAGE NATIONAL. 10 B PIC 9 COMP-3", "B is COMP-3 but its group A is NATIONAL"},
		{"GROUP-USAGE UTF-8. 10 B PIC U(3)", "needs PIC U with BYTE-LENGTH"},
		{"GROUP-USAGE COMP. 10 B PIC 9", "expected NATIONAL or UTF-8 after GROUP-USAGE"},
		{"PIC 9(6) DATE YYXXXX", "expected FORMAT after DATE"},
		{"PIC 9(6) DATE FORMAT YYMMDD", "expected a date pattern such as YYXXXX"},
		{"PIC 9(6) DATE FORMAT XXYYXX", "expected a date pattern such as YYXXXX"},
		{"PIC 9(8) DATE FORMAT YYXXXX", "the date pattern has 6 positions, the picture 9(8) 8"},
		{"PIC 9(4)V99 DATE FORMAT YYXXXX", "DATE FORMAT does not go with 9(4)V99"},
		{"PIC X(9) DYNAMIC", "DYNAMIC LENGTH needs PIC X or PIC U"},
		{"PIC +9.9E99", "expected a floating-point picture such as +9.99E+99"},
		{"PIC +99E+99", "expected a floating-point picture"},
		{"PIC +9.9E+9", "expected an exponent of 99 or 999"},
		{"PIC +9(17).E+99", "expected a mantissa of 1 to 16 digits"},
		{"PIC +9.9E+99 BLANK WHEN ZERO", "BLANK WHEN ZERO belongs to"},
	} {
		t.Run(c.src, func(t *testing.T) {
			_, err := free("01 R. 05 A " + c.src + ".")
			require.ErrorContains(t, err, c.want)
		})
	}
}

// wideValues are bytes of a field and what they say, both ways (Enterprise COBOL
// Programming Guide, "Storage of character data", "National decimal": the digits
// are NX'0030' to NX'0039', the signs NX'002B' and NX'002D').
var wideValues = []struct{ src, hex, json string }{
	{"PIC N(3)", "65E5 672C 0020", `"日本"`},
	{"PIC N(3)", "D842 DFB7 0041", `"𠮷A"`}, // a surrogate pair takes two positions
	{"PIC N(3) JUSTIFIED", "0020 0022 0041", `"\"A"`},
	{"PIC G(3)", "4562 4566 4040", `"日本"`},
	{"PIC G(3) JUSTIFIED", "4040 4562 4566", `"日本"`},
	{"PIC G(2)", "4040 4562", `"　日"`},
	{"PIC 9(4) NATIONAL", "0030 0031 0032 0033", `123`},
	{"PIC 9(3)V99 NATIONAL", "0030 0031 0032 0033 0030", `12.30`},
	{"PIC S9(2) NATIONAL SIGN TRAILING SEPARATE", "0031 0032 002D", `-12`},
	{"PIC S9(2) NATIONAL SIGN LEADING SEPARATE", "002B 0031 0032", `12`},
	{"PIC 9(2) NATIONAL BLANK WHEN ZERO", "0020 0020", `0`},
	{"PIC $ZZ9.99- NATIONAL", "0024 0020 0031 0032 002E 0035 0030 002D", `"$ 12.50-"`},
	{"PIC U(2)", "E697A5 41 20202020", `"日A"`},
	{"PIC U(2)", "F0A0AEB7 20202020", `"𠮷"`},
	{"PIC U BYTE-LENGTH 5", "E697A5 4120", `"日A"`},
	{"PIC +9.99E+99", "4E F1 4B F2 F3 C5 4E F0 F5", `"+1.23E+05"`},
	{"PIC -V99E-99", "60 F1 F2 C5 40 F0 F5", `"-12E 05"`},
	{"PIC +9.9E+99 NATIONAL", "002D 0031 002E 0032 0045 002D 0030 0031", `"-1.2E-01"`},
	{"GROUP-USAGE NATIONAL. 10 B PIC 9(2). 10 C PIC N", "0031 0032 65E5", `{"B":12,"C":"日"}`},
	{"NATIONAL SIGN LEADING SEPARATE. 10 B PIC S9. 10 C PIC NN", "002D 0032 65E5 0020", `{"B":-2,"C":"日"}`},
	{"DISPLAY-1. 10 B PIC G. 10 C PIC N", "4562 4566", `{"B":"日","C":"本"}`},
	{"GROUP-USAGE UTF-8. 10 B PIC U BYTE-LENGTH 3. 10 C PIC U BYTE-LENGTH 2", "E697A5 4120", `{"B":"日","C":"A"}`},
	{"PIC 9(6) DATE FORMAT YYXXXX", "F2F6F1F1F2F2", `261122`},
}

func TestWideValues(t *testing.T) {
	for _, c := range wideValues {
		t.Run(c.src, func(t *testing.T) {
			book, err := free("01 R. 05 A " + c.src + ".")
			require.NoError(t, err)
			cc, err := book.Records[0].Codec(copybooks.CodecOptions{CodePage: "cp939"})
			require.NoError(t, err)
			rec := bytesOf(t, c.hex)
			want := `{"A":` + c.json + `}`
			line, errs := cc.AppendJSON(nil, rec, copybooks.JSONOptions{})
			require.Empty(t, errs)
			require.Equal(t, want, string(line))
			for _, blank := range []string{"", " "} {
				back, err := cc.NewEncoder(copybooks.JSONOptions{}).Append(nil, []byte(blank+want))
				require.NoError(t, err)
				require.Equal(t, fmt.Sprintf("%X", rec), fmt.Sprintf("%X", back))
			}
		})
	}
}

// Bytes that are no value of a usage are a fault of their own.
func TestWideFaults(t *testing.T) {
	for _, c := range []struct {
		src, hex string
		want     ebcdic.Fault
	}{
		{"PIC 9(2) NATIONAL", "0000 0000", ebcdic.LowValues},
		{"PIC 9(2) NATIONAL", "FFFF FFFF", ebcdic.HighValues},
		{"PIC 9(2) NATIONAL", "0020 0020", ebcdic.Spaces},
		{"PIC 9(2) NATIONAL", "4040 4040", ebcdic.Spaces}, // those of the group
		{"PIC 9(2) NATIONAL", "0031 0041", ebcdic.InvalidZone},
		{"PIC S9 NATIONAL SIGN LEADING SEPARATE", "0031 0031", ebcdic.InvalidSign},
		{"PIC N", "D842", ebcdic.NotEncodable},
		{"PIC G", "4041", ebcdic.NotEncodable},
		{"PIC U BYTE-LENGTH 2", "E697", ebcdic.NotEncodable},
		{"PIC U(1)", "41422020", ebcdic.TooLong},
	} {
		t.Run(c.src, func(t *testing.T) {
			book, err := free("01 R. 05 A " + c.src + ".")
			require.NoError(t, err)
			cc, err := book.Records[0].Codec(copybooks.CodecOptions{CodePage: "cp939"})
			require.NoError(t, err)
			_, errs := cc.AppendJSON(nil, bytesOf(t, c.hex), copybooks.JSONOptions{})
			require.Len(t, errs, 1)
			require.Equal(t, c.want.String(), errs[0].Reason)
		})
	}
	cc := codec(t, "01 R. 05 A PIC G.") // cp037 has no double-byte characters
	_, errs := cc.AppendJSON(nil, bytesOf(t, "4562"), copybooks.JSONOptions{})
	require.Equal(t, ebcdic.SingleByte, errs[0].Fault)
}

// COBOL stores a floating-point text with a digit other than zero first
// (Enterprise COBOL Programming Guide, "External floating-point items").
func TestExternalFloatingPoint(t *testing.T) {
	for _, c := range []struct{ picture, number, text, back string }{
		{"+9.99E+99", "123000", "+1.23E+05", "1.23E5"},
		{"+9.99E+99", "-0.000123", "-1.23E-04", "-1.23E-4"},
		{"+9.99E+99", "0", "+0.00E+00", "0.00E0"},
		{"-9V9(3)E-99", "1234", " 1234E 03", "1.234E3"},
		{"-V9(3)E-99", "-0.05", "-500E-01", "-0.500E-1"},
		{"+99.E+999", "1E200", "+10.E+199", "10E199"},
		{"+.9(4)E-99", "1.5E3", "+.1500E 04", "0.1500E4"},
		{"-999.9E+99", "100.25E-7", "", "more decimal places"},
		{"+9.9E+99", "1E100", "", "too large or too small"},
		{"+9.9E+99", "1..2", "", "not a number"},
	} {
		t.Run(c.picture+" "+c.number, func(t *testing.T) {
			cc := codec(t, "01 R. 05 A PIC "+c.picture+".")
			f, rec := field(t, cc, "A"), cc.Blank(nil)
			err := f.PutNumber(rec, 0, c.number)
			if c.text == "" {
				require.ErrorContains(t, err, c.back)
				require.Equal(t, cc.Blank(nil), rec)
				return
			}
			require.NoError(t, err)
			text, _ := cc.CodePage().AppendText(nil, rec)
			require.Equal(t, c.text, string(text))
			number, err := f.AppendNumber(nil, rec, 0)
			require.NoError(t, err)
			require.Equal(t, c.back, string(number))
			again := cc.Blank(nil)
			require.NoError(t, f.PutNumber(again, 0, string(number)))
			require.Equal(t, rec, again)
		})
	}
	cc := codec(t, "01 R. 05 A PIC +9.9E+99.")
	f, rec := field(t, cc, "A"), cc.Blank(nil)
	for text, want := range map[string]string{"        ": "spaces", "+1,2E+01": "not a number", "+1.2E 01": "invalid sign", "+1.2E+0A": "invalid digit", "+1.2F+01": "not a number"} {
		require.NoError(t, f.PutText(rec, 0, text))
		_, err := f.AppendNumber(nil, rec, 0)
		require.ErrorContains(t, err, want)
	}
}

// A dynamic-length item is in no record of a file (Enterprise COBOL Language
// Reference, "DYNAMIC LENGTH clause": not in the FILE SECTION). Its program can
// still be read for its other records.
func TestDynamicLength(t *testing.T) {
	book, err := free("01 W. 05 A PIC X. 05 D PIC X DYNAMIC LENGTH LIMIT IS 100. 01 U1 PIC U DYNAMIC. 01 R. 05 B PIC X(3).")
	require.NoError(t, err)
	d := book.Records[0].Root.Children[1]
	require.True(t, d.Dynamic)
	require.Equal(t, []int{100, 0, 1}, []int{d.Limit, d.Length, book.Records[0].MaxLength})
	for _, name := range []string{"W", "U1"} {
		l, err := book.Record(name)
		require.NoError(t, err)
		_, err = l.Codec(copybooks.CodecOptions{})
		require.ErrorContains(t, err, "DYNAMIC LENGTH: a program keeps the bytes of the item outside the record")
	}
	l, err := book.Record("R")
	require.NoError(t, err)
	_, err = l.Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
}

// The text of a whole GROUP-USAGE NATIONAL group is national too.
func TestNationalGroupIsText(t *testing.T) {
	cc := codec(t, "01 R. 05 G GROUP-USAGE NATIONAL. 10 A PIC NN. 10 H. 15 B PIC 9.")
	rec := bytesOf(t, "65E5 0041 0037")
	for name, want := range map[string]string{"G": "日A7", "H": "7"} {
		text, err := field(t, cc, name).Text(rec, 0)
		require.NoError(t, err)
		require.Equal(t, want, text)
	}
	require.Equal(t, bytesOf(t, "0020 0020 0030"), cc.Blank(nil))
}

// Every form of literal and every figurative constant may be a VALUE and the
// value of a condition; the layout keeps it as it was written (Enterprise COBOL
// Language Reference, "Literals", "Figurative constants").
func TestLiteralsOfValues(t *testing.T) {
	for literal, want := range map[string]string{
		"'it''s'": "it's", `"A" & "B"`: "AB", "X'C1C2'": "X'C1C2'", "Z'AB'": "Z'AB'", "N'日本'": "N'日本'", "NX'65E5672C'": "NX'65E5672C'",
		"G'日'": "G'日'", "U'é'": "U'é'", "UX'C3A9'": "UX'C3A9'", "n'a'": "N'a'", "ALL '*'": "*", "-1.5": "-1.5", "1.5E-3": "1.5E-3",
		"ZERO": "ZEROS", "ZEROES": "ZEROS", "SPACE": "SPACES", "HIGH-VALUE": "HIGH-VALUES", "LOW-VALUES": "LOW-VALUES", "QUOTE": "QUOTES", "NULL": "NULLS",
	} {
		book, err := free("01 R. 05 A PIC X(8) VALUE IS " + literal + ". 88 C VALUES ARE " + literal + ".")
		require.NoError(t, err, literal)
		a := book.Records[0].Root.Children[0]
		require.Equal(t, want, a.Value)
		require.Equal(t, want, a.Conditions[0].Values[0].From)
		prefix, _, _ := strings.Cut(want, "'")
		if prefix == want || want == "it's" {
			prefix = ""
		}
		require.Equal(t, prefix, a.Conditions[0].Values[0].Prefix)
	}
}

// DECIMAL-POINT IS COMMA changes the point of a floating-point picture, and a
// symbol of CURRENCY SIGN is none of N, G, U and E.
func TestWidePictureOptions(t *testing.T) {
	opts := copybooks.Options{Format: copybooks.FreeFormat, DecimalComma: true, Currencies: []copybooks.Currency{{Symbol: 'U', Sign: "€"}}}
	book, err := copybooks.Parse("t", []byte("01 R. 05 A PIC +9,99E+99. 05 B PIC UZZ9,99 NATIONAL."), opts)
	require.NoError(t, err)
	cc, err := book.Records[0].Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	rec := cc.Blank(nil)
	require.NoError(t, field(t, cc, "A").PutNumber(rec, 0, "1230"))
	require.NoError(t, field(t, cc, "B").PutNumber(rec, 0, "12.5"))
	line, errs := cc.AppendJSON(nil, rec, copybooks.JSONOptions{})
	require.Empty(t, errs)
	require.Equal(t, `{"A":"+1,23E+03","B":"€ 12,50"}`, string(line))
	n, err := field(t, cc, "B").Int(rec, 0)
	require.NoError(t, err)
	require.EqualValues(t, 1250, n)
}

// Neither reading nor writing wide and mixed text allocates.
func TestWideNoAllocations(t *testing.T) {
	book, err := free("01 R. 05 A PIC N(4). 05 B PIC G(4). 05 C PIC U(4). 05 D PIC X(12). 05 E PIC S9(5) NATIONAL SIGN LEADING SEPARATE. 05 F PIC ZZ9.99 NATIONAL. 05 G PIC +9.99E+99. 05 H PIC X(12) JUSTIFIED.")
	require.NoError(t, err)
	cc, err := book.Records[0].Codec(copybooks.CodecOptions{CodePage: "cp939"})
	require.NoError(t, err)
	encoder := cc.NewEncoder(copybooks.JSONOptions{})
	line := []byte(`{"A":"日本","B":"日本","C":"日本","D":"A日B\"","E":-12,"F":"  1.50","G":"+1.23E+05","H":"日本"}`)
	rec, err := encoder.Append(nil, line)
	require.NoError(t, err)
	back, errs := cc.AppendJSON(nil, rec, copybooks.JSONOptions{})
	require.Empty(t, errs)
	require.Equal(t, string(line), string(back))
	require.Zero(t, testing.AllocsPerRun(100, func() { back, _ = cc.AppendJSON(back[:0], rec, copybooks.JSONOptions{}) }))
	fields := cc.Fields()
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for _, f := range fields {
			back, _ = f.Append(back[:0], rec, 0)
		}
		_ = fields[4].PutInt(rec, 0, -7)
		_ = fields[5].PutInt(rec, 0, 7)
		back, _ = fields[6].AppendNumber(back[:0], rec, 0)
	}))
	plain := []byte(`{"A":"日本","B":"日本","C":"日本","D":"A日B","E":-12,"F":"  1.50","G":"+1.23E+05","H":"日本"}`)
	require.Zero(t, testing.AllocsPerRun(100, func() { rec, _ = encoder.Append(rec[:0], plain) }))
}

// A literal with a prefix is not the text that a record's field reads as.
func TestDiscriminatorHasNoPrefixes(t *testing.T) {
	book, err := free("01 A. 05 T PIC X. 88 IS-A VALUE X'C1'. 01 B. 05 U PIC X. 88 IS-B VALUE 'B'.")
	require.NoError(t, err)
	_, _, ok := book.Discriminator()
	require.False(t, ok)
}
