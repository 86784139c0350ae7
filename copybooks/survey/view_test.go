package survey_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/survey"
	"tidewaiter/ebcdic"
)

func TestFieldsAndHex(t *testing.T) {
	book, err := copybooks.Parse("t.cpy", []byte("01 R. 05 N PIC 9. 05 T PIC X(2) OCCURS 1 TO 3 DEPENDING ON N. 05 A PIC S9(3) COMP-3. 05 B PIC 9(2)."), copybooks.Options{Format: copybooks.FreeFormat})
	require.NoError(t, err)
	c, err := book.Records[0].Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	rec := []byte{0xF2, 0xC1, 0xC2, 0xC3, 0x40, 0x12, 0x3D, 0x40, 0x40}
	require.Equal(t, []survey.FieldView{
		{Name: "N", Offset: 0, Hex: "F2", Value: "2"},
		{Name: "T(1)", Offset: 1, Hex: "C1C2", Value: "AB"},
		{Name: "T(2)", Offset: 3, Hex: "C340", Value: "C"},
		{Name: "A", Offset: 5, Hex: "123D", Value: "-123"},
		{Name: "B", Offset: 7, Hex: "4040", Fault: "spaces in a numeric field"},
	}, survey.Fields(c, rec))
	var out strings.Builder
	require.NoError(t, survey.WriteFields(&out, survey.Fields(c, rec)[3:]))
	require.Equal(t, ""+
		"       5  A                            123D                      -123\n"+
		"       7  B                            4040                      ?? spaces in a numeric field\n", out.String())
	out.Reset()
	require.NoError(t, survey.WriteHex(&out, rec, 100, ebcdic.CP037))
	require.Equal(t, "       100  F2 C1 C2 C3 40 12 3D 40 40                       2ABC ..  \n", out.String())
}
