package copybooks_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
)

// wideRecord has an item of every usage and text of every kind.
const wideRecord = `
01 WIDE.
   05 NAT       PIC N(8).
   05 NAT-RIGHT PIC N(8) JUSTIFIED.
   05 DBCS      PIC G(8).
   05 UTF       PIC U(6).
   05 UTF-BYTES PIC U BYTE-LENGTH 11.
   05 MIXED-1   PIC X(13).
   05 NUMBERS GROUP-USAGE NATIONAL.
      10 WHOLE  PIC 9(5).
      10 SIGNED PIC S9(3)V99 SIGN TRAILING SEPARATE.
      10 ZEROED PIC 9(3) BLANK WHEN ZERO.
      10 EDITED PIC $ZZ9.99-.
   05 FLT       PIC -9.99E+99.
   05 TABLE-1 OCCURS 2.
      10 CODE-1 PIC N.
`

func wideCodec(t testing.TB) *copybooks.Codec {
	t.Helper()
	book, err := free(wideRecord)
	require.NoError(t, err)
	c, err := book.Records[0].Codec(copybooks.CodecOptions{CodePage: "cp939"})
	require.NoError(t, err)
	return c
}

// Law: what fits goes into a field of any usage, through JSON, and back with the
// same bytes; what does not fit leaves the record as it was.
func TestWideTextGoesBack(t *testing.T) {
	c := wideCodec(t)
	texts := rapid.StringOf(rapid.SampledFrom([]rune("A \"\\é日本語€𠮷\u3000\t")))
	rapid.Check(t, func(t *rapid.T) {
		rec := c.Blank(nil)
		for _, f := range c.Fields() {
			for i := range f.Occurs() {
				before := string(rec)
				var err error
				if text := texts.Draw(t, "text"); f.Numeric() || f.Item().Edited || f.Item().Floating {
					number := rapid.StringMatching(`-?[0-9]{1,5}(\.[0-9]{1,2})?`).Draw(t, "number")
					err = f.PutNumber(rec, i, number)
				} else if err = f.PutText(rec, i, text); err == nil {
					got, err := f.Text(rec, i)
					require.NoError(t, err)
					blanks := " "
					if f.Item().Usage == copybooks.DoubleByte {
						blanks = "\u3000"
					}
					if f.Item().Justified {
						text, got = strings.TrimLeft(text, blanks), strings.TrimLeft(got, blanks)
					} else {
						text = strings.TrimRight(text, blanks)
					}
					require.Equal(t, text, got)
				}
				if err != nil {
					require.Equal(t, before, string(rec))
				}
			}
		}
		same(t, wideRecord, c, copybooks.JSONOptions{Names: copybooks.SnakeNames}, rec)
	})
}

// FuzzFloating writes a number by an arbitrary floating-point picture: no panic,
// and what is written is read back and writes the same bytes.
//
// Found so far: nothing.
func FuzzFloating(f *testing.F) {
	f.Add("+9.99E+99", "123")
	f.Add("-V9(8)E-999", "-0.00012E-5")
	f.Add("+9(16).E+99", "1E99")
	f.Fuzz(func(t *testing.T, picture, number string) {
		book, err := free("01 R. 05 A PIC " + picture + ".")
		if err != nil || book.Records[0].MaxLength > 1<<10 {
			return
		}
		c, err := book.Records[0].Codec(copybooks.CodecOptions{})
		if err != nil {
			return
		}
		a, err := c.Field("A")
		if err != nil || !a.Item().Floating || a.Occurs() != 1 {
			return
		}
		rec := c.Blank(nil)
		if a.PutNumber(rec, 0, number) != nil {
			return
		}
		text, err := a.AppendNumber(nil, rec, 0)
		require.NoError(t, err, "%X", rec)
		again := c.Blank(nil)
		require.NoError(t, a.PutNumber(again, 0, string(text)), "%s", text)
		require.Equal(t, rec, again, "%s", text)
	})
}
