package copybooks_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// A lenient codec gives damaged numbers as a program may have read them, reports
// each, and writes the same bytes back.
func TestLenientJSON(t *testing.T) {
	const src = "01 R. 05 A PIC S9(3). 05 B PIC 9(3)V9 COMP-3. 05 C PIC S9(4) COMP. 05 D PIC 9(4) COMP-6. 05 F PIC S9(3)."
	book, err := free(src)
	require.NoError(t, err)
	cc, err := book.Records[0].Codec(copybooks.CodecOptions{Lenient: true})
	require.NoError(t, err)
	rec := bytesOf(t, "F140F3 91234D 3039 1234 404040")
	line, errs := cc.AppendJSON(nil, rec, copybooks.JSONOptions{})
	require.Equal(t, `{"A":103,"B":-123.4,"C":12345,"D":1234,"F":null,"_errors":[`+
		`{"field":"A","offset":0,"hex":"f140f3","reason":"space in place of a digit, read as 103"},`+
		`{"field":"B","offset":3,"hex":"91234d","reason":"pad nibble is not zero, read as -123.4"},`+
		`{"field":"C","offset":6,"hex":"3039","reason":"value has more digits than the field, read as 12345"},`+
		`{"field":"F","offset":10,"hex":"404040","reason":"spaces in a numeric field"}]}`, string(line))
	require.Len(t, errs, 4)
	require.Equal(t, ebcdic.EmbeddedSpace, errs[0].Fault)
	back, err := cc.NewEncoder(copybooks.JSONOptions{}).Append(nil, line)
	require.NoError(t, err)
	require.Equal(t, rec, back)
	_, err = cc.NewEncoder(copybooks.JSONOptions{}).Append(nil, append([]byte(`{"A":104`), line[len(`{"A":103`):]...))
	require.ErrorContains(t, err, "A has a value, but _errors gives its bytes too")
}

// The same where something redefines the damaged number.
func TestLenientRedefined(t *testing.T) {
	book, err := free("01 R. 05 A PIC S9(3). 05 B REDEFINES A PIC X(3). 05 C PIC X.")
	require.NoError(t, err)
	cc, err := book.Records[0].Codec(copybooks.CodecOptions{Lenient: true})
	require.NoError(t, err)
	rec := bytesOf(t, "F140F3 C1")
	line, _ := cc.AppendJSON(nil, rec, copybooks.JSONOptions{})
	require.Contains(t, string(line), `{"A":103,"B":"1 3","C":"A"`)
	back, err := cc.NewEncoder(copybooks.JSONOptions{}).Append(nil, line)
	require.NoError(t, err)
	require.Equal(t, rec, back)
}

// Each state of a number that is none has a reason of its own, in the error and
// in JSON; none of them is a value.
func TestStatesAreToldApart(t *testing.T) {
	for _, c := range []struct {
		src, hex string
		want     ebcdic.Fault
	}{
		{"PIC 9(3)", "000000", ebcdic.LowValues},
		{"PIC 9(3)", "FFFFFF", ebcdic.HighValues},
		{"PIC 9(3)", "404040", ebcdic.Spaces},
		{"PIC 9(3)", "F140F3", ebcdic.EmbeddedSpace},
		{"PIC 9(3)", "F1F2D3", ebcdic.MinusUnsigned},
		{"PIC 9(3)", "F1C2F3", ebcdic.InvalidZone},
		{"PIC S9(3)", "F1FAF3", ebcdic.InvalidDigit},
		{"PIC S9(3)", "F1F253", ebcdic.InvalidSign},
		{"PIC S9(4) COMP-3", "000000", ebcdic.LowValues},
		{"PIC S9(4) COMP-3", "FFFFFF", ebcdic.HighValues},
		{"PIC S9(4) COMP-3", "404040", ebcdic.Spaces},
		{"PIC S9(4) COMP-3", "11234C", ebcdic.DirtyPad},
		{"PIC S9(4) COMP-3", "012345", ebcdic.InvalidSign},
		{"PIC S9(4) COMP-3", "01A34C", ebcdic.InvalidDigit},
		{"PIC 9(3) COMP-6", "1234", ebcdic.DirtyPad},
		{"PIC 9(4) COMP", "FFFF", ebcdic.HighValues},
		{"PIC 9(4) COMP", "4040", ebcdic.Spaces},
		{"PIC 9(4) COMP", "3039", ebcdic.OutOfRange},
		{"PIC 9(3) NATIONAL", "003100200033", ebcdic.EmbeddedSpace},
		{"PIC 9(3) NATIONAL", "FFFFFFFFFFFF", ebcdic.HighValues},
	} {
		t.Run(c.src+" "+c.hex, func(t *testing.T) {
			cc := codec(t, "01 R. 05 A "+c.src+".")
			line, errs := cc.AppendJSON(nil, bytesOf(t, c.hex), copybooks.JSONOptions{})
			require.Len(t, errs, 1)
			require.Equal(t, c.want, errs[0].Fault, errs[0].Reason)
			require.Contains(t, string(line), `{"A":null,"_errors":[{"field":"A","offset":0,"hex":"`)
			require.Contains(t, string(line), `"reason":"`+c.want.String()+`"`)
			_, err := field(t, cc, "A").Int(bytesOf(t, c.hex), 0)
			require.ErrorContains(t, err, c.want.String())
		})
	}
	// A lenient codec has no reading of national characters either.
	book, err := free("01 R. 05 A PIC 9(36) NATIONAL.")
	require.NoError(t, err)
	cc, err := book.Records[0].Codec(copybooks.CodecOptions{Lenient: true})
	require.NoError(t, err)
	line, _ := cc.AppendJSON(nil, make([]byte, 72), copybooks.JSONOptions{})
	require.Contains(t, string(line), `{"A":null,`)
}
