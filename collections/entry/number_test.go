package entry_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/entry"
)

// TestExampleT1D1CheckDigit: T1 is the worked example of CATAIR appendix E, D1
// follows from its rule.
func TestExampleT1D1CheckDigit(t *testing.T) {
	for _, c := range []struct {
		name, filer, serial string
		want                byte
	}{
		{"T1 CATAIR appendix E", "B76", "0324527", '8'},
		{"D1 by the rule of appendix E", "ABC", "1234567", '6'},
		{"D1 by the rule of appendix E", "SV9", "0000001", '6'},
		{"D1 by the rule of appendix E", "001", "9999999", '6'},
		{"D1 by the rule of appendix E", "XYZ", "0000000", '7'},
	} {
		t.Run(c.name+" "+c.filer+"-"+c.serial, func(t *testing.T) {
			got, err := entry.CheckDigit(c.filer, c.serial)
			require.NoError(t, err)
			require.Equal(t, string(c.want), string(got))
			require.True(t, entry.Number(c.filer+c.serial+string(c.want)).Valid())
		})
	}
}

// TestCheckDigitFactor: a filer that starts over adds its factor (appendix E,
// ERR B16).
func TestCheckDigitFactor(t *testing.T) {
	for factor, want := range map[int]byte{0: '8', 1: '9', 2: '0', 9: '7'} {
		got, err := entry.CheckDigitFactor("B76", "0324527", factor)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got))
	}
	require.NoError(t, entry.Number("B7603245279").Check(1))
	require.ErrorIs(t, entry.Number("B7603245279").Check(0), entry.ErrCheckDigit)
	_, err := entry.CheckDigitFactor("B76", "0324527", 10)
	require.Error(t, err)
}

func TestNumberForm(t *testing.T) {
	for _, bad := range []entry.Number{"", "B76", "B7603245278 ", "b7603245278", "B76-0324527", "B7603245 78", "B76032452-8", "\u00c476032452"} {
		require.False(t, bad.WellFormed(), "%q", string(bad))
		require.Error(t, bad.Check(0))
	}
	_, err := entry.CheckDigit("B7", "0324527")
	require.Error(t, err)
	_, err = entry.CheckDigit("B76", "032452X")
	require.Error(t, err)
	_, err = entry.CheckDigit("B76", "032452")
	require.Error(t, err)
}

// TestCheckDigitFindsOneWrongDigit: changing one digit of the serial number
// changes the check digit.
func TestCheckDigitFindsOneWrongDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		serial := fmt.Sprintf("%07d", rapid.IntRange(0, 9_999_999).Draw(t, "serial"))
		right, err := entry.CheckDigit("B76", serial)
		require.NoError(t, err)
		at := rapid.IntRange(0, 6).Draw(t, "position")
		other := []byte(serial)
		other[at] = '0' + (other[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		wrong, err := entry.CheckDigit("B76", string(other))
		require.NoError(t, err)
		require.NotEqual(t, right, wrong)
	})
}
