package copybooks_test

import (
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
)

// witness compiles a COBOL program with GnuCOBOL, runs it and returns what it
// prints. GnuCOBOL is a witness, not an oracle: where it is known to differ from
// IBM's rules the tables say so.
func witness(t *testing.T, program string, flags ...string) string {
	t.Helper()
	cobc, err := exec.LookPath("cobc")
	if err != nil {
		t.Skip("GnuCOBOL's cobc is not installed")
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "witness.cob")
	require.NoError(t, os.WriteFile(source, []byte(program), 0o644))
	binary := filepath.Join(dir, "witness")
	flags = append(flags, "-x", "-free", "-fbinary-truncate", "-w", "-o", binary, source)
	out, err := exec.Command(cobc, flags...).CombinedOutput()
	require.NoError(t, err, "%s\n%s", out, program)
	run := exec.Command(binary)
	run.Dir = dir
	out, err = run.Output()
	require.NoError(t, err)
	return string(out)
}

// editedCase is a numeric-edited item, the number moved to it, and what it then
// holds by Enterprise COBOL Language Reference, "PICTURE clause editing".
type editedCase struct {
	picture, value, want string
	// gnu is what GnuCOBOL 3.1 holds instead. It prints a fixed minus before a
	// currency sign for positive numbers too, and does not suppress a slash.
	gnu string
}

var editedCases = []editedCase{
	// Simple insertion: B 0 / and the comma.
	{picture: "99,B999,B000", value: "1234", want: "01, 234, 000"},
	{picture: "99/99/99", value: "112226", want: "11/22/26"},
	{picture: "9B9B0", value: "12", want: "1 2 0"},
	// Special insertion: the point.
	{picture: "999.99", value: "1.23", want: "001.23"},
	{picture: "999.99", value: "12.34", want: "012.34"},
	// Fixed insertion: currency and sign.
	{picture: "999.99+", value: "555.55", want: "555.55+"},
	{picture: "+9999.99", value: "-6555.55", want: "-6555.55"},
	{picture: "9999.99-", value: "1234.56", want: "1234.56 "},
	{picture: "$999.99", value: "-123.45", want: "$123.45"},
	{picture: "-$999.99", value: "-123.45", want: "-$123.45"},
	{picture: "-$999.99", value: "123.45", want: " $123.45", gnu: "-$123.45"},
	{picture: "$9999.99CR", value: "123.45", want: "$0123.45  "},
	{picture: "$9999.99DB", value: "-123.45", want: "$0123.45DB"},
	{picture: "$9999.99CR", value: "-123.45", want: "$0123.45CR"},
	{picture: "+$ZZ9", value: "7", want: "+$  7"},
	// Floating insertion.
	{picture: "$$$$.99", value: "0.12", want: "   $.12"},
	{picture: "$$$9.99", value: "0.12", want: "  $0.12"},
	{picture: "$,$$$,999.99", value: "-1234.56", want: "   $1,234.56"},
	{picture: "$,$$$,999.99", value: "123456.78", want: " $123,456.78"},
	{picture: "+,+++,999.99", value: "-123456.78", want: " -123,456.78"},
	{picture: "$$,$$$,$$$.99CR", value: "-1234567", want: "$1,234,567.00CR"},
	{picture: "++,+++,+++.+++", value: "0000.00", want: "              "},
	{picture: "----9", value: "-7", want: "   -7"},
	{picture: "----9", value: "7", want: "    7"},
	{picture: "----9", value: "-1234", want: "-1234"},
	{picture: "++++", value: "0", want: "    "},
	{picture: "++++", value: "12", want: " +12"},
	{picture: "$$.$$", value: "0", want: "     "},
	{picture: "$$.$$", value: "0.05", want: " $.05"},
	{picture: "$$$,$$9.99", value: "0", want: "     $0.00"},
	// Zero suppression.
	{picture: "****.**", value: "0", want: "****.**"},
	{picture: "ZZZZ.ZZ", value: "0", want: "       "},
	{picture: "ZZZZ.99", value: "0", want: "    .00"},
	{picture: "****.99", value: "0", want: "****.00"},
	{picture: "ZZ99.99", value: "0", want: "  00.00"},
	{picture: "Z,ZZZ.ZZ+", value: "123.45", want: "  123.45+"},
	{picture: "*,***.**+", value: "-123.45", want: "**123.45-"},
	{picture: "**,***,***.**+", value: "12345678.9", want: "12,345,678.90+"},
	{picture: "$Z,ZZZ,ZZZ.ZZCR", value: "12345.67", want: "$   12,345.67  "},
	{picture: "$B*,***,***.**BBDB", value: "-12345.67", want: "$ ***12,345.67  DB"},
	{picture: "Z,ZZZ.ZZ", value: "0.05", want: "     .05"},
	{picture: "ZZZ/ZZ", value: "5", want: "     5", gnu: "   / 5"},
	{picture: "ZZ9V99", value: "1.25", want: "  125"},
	{picture: "0ZZ9", value: "7", want: "0  7"},
	{picture: "ZZ9-", value: "-7", want: "  7-"},
	{picture: "**9CR", value: "7", want: "**7  "},
	{picture: "***CR", value: "0", want: "*****"},
	{picture: "ZZ9PP", value: "1200", want: " 12"},
	{picture: "Z(9)9", value: "1234567890", want: "1234567890"},
	{picture: "zz9.99cr", value: "-1.5", want: "  1.50CR"},
	{picture: "99.99 BLANK WHEN ZERO", value: "0", want: "     "},
	{picture: "$$9.99 BLANK WHEN ZERO", value: "0", want: "      "},
	{picture: "ZZ9 BLANK ZERO", value: "12", want: " 12"},
	{picture: "+ZZ9.99 BLANK WHEN ZERO", value: "0", want: "       "},
	// The same forms mixed: insertion inside floating and suppressed strings,
	// signs at either end, repetitions in parentheses.
	{picture: "Z,ZZZ.99DB", value: "-1.5", want: "    1.50DB"},
	{picture: "**,**9.99-", value: "-12.3", want: "****12.30-"},
	{picture: "--,--9.99", value: "-12.3", want: "   -12.30"},
	{picture: "--,--9.99", value: "12.3", want: "    12.30"},
	{picture: "++9", value: "5", want: " +5"},
	{picture: "$$$,$$$.$$", value: "1234.5", want: " $1,234.50"},
	{picture: "$$$,$$$.$$", value: "0.05", want: "      $.05"},
	{picture: "+$$,$$9", value: "12", want: "+   $12"},
	{picture: "$(4).9(2)CR", value: "-1.5", want: "  $1.50CR"},
	{picture: "ZZ,ZZZ", value: "0", want: "      "},
	{picture: "Z9,999", value: "12", want: " 0,012"},
	{picture: "B9(3)", value: "12", want: " 012"},
	{picture: "9(3)B", value: "12", want: "012 "},
	{picture: "99/99/9999", value: "3042026", want: "03/04/2026"},
	{picture: "Z9/99/99", value: "30426", want: " 3/04/26"},
	{picture: "9B9/9,9.90", value: "1234.5", want: "1 2/3,4.50"},
	{picture: "ZBZ9", value: "7", want: "   7"},
	{picture: "Z0Z9", value: "107", want: "1007"},
	{picture: "+Z,ZZ9", value: "-5", want: "-    5"},
	{picture: "Z,ZZ9+", value: "5", want: "    5+"},
	{picture: "-9(3)", value: "5", want: " 005"},
	{picture: "9(3)CR", value: "5", want: "005  "},
	{picture: "$ZZ9.99CR", value: "-1.5", want: "$  1.50CR"},
	{picture: "$**9.99DB", value: "1.5", want: "$**1.50  "},
	{picture: "***9PP", value: "1200", want: "**12"},
	{picture: "$$$9PP", value: "1200", want: " $12"},
	{picture: "Z(3).Z(2)", value: "0.01", want: "   .01"},
	{picture: "*(3).*(2)", value: "0.01", want: "***.01"},
	{picture: "*(3).*(2)+", value: "0", want: "***.***"},
	{picture: "Z(3).Z(2)CR", value: "0", want: "        "},
	{picture: "+(5).99", value: "-0.5", want: "    -.50"},
	{picture: "-(5)9", value: "-12345", want: "-12345"},
}

// Each edited picture: the same bytes as GnuCOBOL, and the number comes back.
func TestEditedWitness(t *testing.T) {
	var program strings.Builder
	program.WriteString("IDENTIFICATION DIVISION.\nPROGRAM-ID. WITNESS.\nDATA DIVISION.\nWORKING-STORAGE SECTION.\n")
	for i, c := range editedCases {
		fmt.Fprintf(&program, "01 E%d PIC %s.\n", i, c.picture)
	}
	program.WriteString("PROCEDURE DIVISION.\n")
	for i, c := range editedCases {
		fmt.Fprintf(&program, "MOVE %s TO E%d. DISPLAY E%d \"|\" LENGTH OF E%d.\n", c.value, i, i, i)
	}
	program.WriteString("STOP RUN.\n")
	lines := strings.Split(witness(t, program.String(), "-std=ibm"), "\n")
	for i, c := range editedCases {
		gnu := c.gnu
		if gnu == "" {
			gnu = c.want
		}
		assert.Equal(t, fmt.Sprintf("%s|%d", gnu, len(c.want)), lines[i], c.picture)
	}
}

// Each edited picture holds what IBM's rules say, and the number comes back.
func TestEdited(t *testing.T) {
	for _, c := range editedCases {
		t.Run(c.picture+" "+c.value, func(t *testing.T) {
			cc := codec(t, "01 R. 05 A PIC "+c.picture+".")
			rec := cc.Blank(nil)
			f := field(t, cc, "A")
			require.False(t, f.Numeric())
			require.Equal(t, len(c.want), f.Length())
			value := c.value
			if !f.Item().Signed {
				value = strings.TrimPrefix(value, "-")
			}
			require.NoError(t, f.PutNumber(rec, 0, value))
			text, err := cc.CodePage().AppendText(nil, rec)
			require.Zero(t, err)
			require.Equal(t, c.want, string(text))
			number, bad := f.AppendNumber(nil, rec, 0)
			require.NoError(t, bad)
			want, ok := new(big.Rat).SetString(value)
			require.True(t, ok)
			got, ok := new(big.Rat).SetString(string(number))
			require.True(t, ok, "%s", number)
			require.Zero(t, want.Cmp(got), "%s", number)
		})
	}
}

// What no number prints is no number, whatever digits are in it.
func TestEditedRefuses(t *testing.T) {
	for _, c := range []struct{ picture, text, want string }{
		{"ZZ9.99", " 12.3", "not a number"},
		{"ZZ9.99", " 12,34", "not a number"},
		{"ZZ9.99", "012.34", "not a number"},
		{"ZZ9.99", "1 2.34", "not a number"},
		{"ZZ9.99", "      ", "spaces in a numeric field"},
		{"$$,$$9", "$ 1,23", "not a number"},
		{"Z9CR", "12DB", "not a number"},
		{"---9", "--12", "not a number"},
	} {
		cc := codec(t, "01 R. 05 A PIC "+c.picture+".")
		rec := cc.Blank(nil)
		f := field(t, cc, "A")
		require.NoError(t, f.PutText(rec, 0, c.text))
		_, err := f.Int(rec, 0)
		require.ErrorContains(t, err, c.want, c.text)
		text, err := f.Append(nil, rec, 0)
		require.NoError(t, err)
		require.Equal(t, strings.TrimRight(c.text, " "), string(text))
	}
	f := field(t, codec(t, "01 R. 05 A PIC ZZ9.99."), "A")
	rec := make([]byte, 6)
	require.ErrorContains(t, f.PutInt(rec, 0, -1), "minus sign")
	require.ErrorContains(t, f.PutInt(rec, 0, 100000), "more digits")
	require.ErrorContains(t, f.PutNumber(rec, 0, "1.234"), "more decimal places")
}

// DECIMAL-POINT IS COMMA and CURRENCY SIGN (Language Reference, "SPECIAL-NAMES
// paragraph").
func TestEditedOptions(t *testing.T) {
	opts := copybooks.Options{Format: copybooks.FreeFormat, DecimalComma: true, Currencies: []copybooks.Currency{{Symbol: 'U', Sign: "EUR "}, {Symbol: '$', Sign: "$"}}}
	for _, c := range []struct{ picture, value, want string }{
		{"Z.ZZ9,99", "1234.56", "1.234,56"},
		{"UUU.UU9,99-", "-1234.56", " EUR 1.234,56-"},
		{"U99,99", "1.5", "EUR 01,50"},
		{"$$.$$9,99", "12.34", "   $12,34"},
	} {
		book, err := copybooks.Parse("t", []byte("01 R. 05 A PIC "+c.picture+"."), opts)
		require.NoError(t, err)
		cc, err := book.Records[0].Codec(copybooks.CodecOptions{})
		require.NoError(t, err)
		f, rec := field(t, cc, "A"), cc.Blank(nil)
		require.NoError(t, f.PutNumber(rec, 0, c.value))
		text, _ := cc.CodePage().AppendText(nil, rec)
		require.Equal(t, c.want, string(text))
	}
	_, err := copybooks.Parse("t", []byte("01 R. 05 A PIC $99."), copybooks.Options{Format: copybooks.FreeFormat, Currencies: []copybooks.Currency{{Symbol: 'U', Sign: "EUR"}}})
	require.Error(t, err)
}

// Law: what is edited reads back as the same number, for every picture.
func TestEditedGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(editedCases).Draw(t, "case")
		book, err := free("01 R. 05 A PIC " + c.picture + ".")
		require.NoError(t, err)
		cc, err := book.Records[0].Codec(copybooks.CodecOptions{})
		require.NoError(t, err)
		f, err := cc.Field("A")
		require.NoError(t, err)
		limit := int64(1)
		for range f.Item().Digits {
			limit *= 10
		}
		v := rapid.Int64Range(0, limit-1).Draw(t, "value")
		if f.Item().Signed && rapid.Bool().Draw(t, "minus") {
			v = -v
		}
		rec := cc.Blank(nil)
		require.NoError(t, f.PutInt(rec, 0, v))
		got, err := f.Int(rec, 0)
		require.NoError(t, err)
		require.Equal(t, v, got)
	})
}

// In JSON an edited field is its text; a number is edited into it.
func TestEditedJSON(t *testing.T) {
	cc := codec(t, "01 R. 05 A PIC $$,$$9.99CR. 05 B PIC 9(3) BLANK WHEN ZERO. 05 C PIC X.")
	rec, err := cc.NewEncoder(copybooks.JSONOptions{}).Append(nil, []byte(`{"A":-1234.5,"B":0,"C":"x"}`))
	require.NoError(t, err)
	line, errs := cc.AppendJSON(nil, rec, copybooks.JSONOptions{})
	require.Empty(t, errs)
	require.Equal(t, `{"A":"$1,234.50CR","B":0,"C":"x"}`, string(line))
	back, err := cc.NewEncoder(copybooks.JSONOptions{}).Append(nil, line)
	require.NoError(t, err)
	require.Equal(t, rec, back)
}
