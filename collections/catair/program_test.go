package catair

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestProgram: a layout's program says of a record what looking at each character
// of each field says.
func TestProgram(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(layoutList).Draw(t, "layout")
		text := drawText(t, l)
		rec := &Record{Layout: l, Text: text[:]}
		var c Checker
		c.unsound(rec)
		want := len(c.faults) == 0
		for i := range l.Fields {
			f := &l.Fields[i]
			for _, character := range rec.Bytes(f) { // the program leaves marks in codes to be looked at, and the check of dates comes after it
				is := kinds[character]
				if is == isMark && f.forbidden(l.Direction)&isOther != 0 || f.Class == Date && is&(isDigit|isBlank) == 0 {
					want = false
				}
			}
			if f.required() && rec.Bytes(f)[0] == ' ' {
				want = false
			}
		}
		require.Equal(t, want, l.program.sound((*[Length]byte)(rec.Text)), "%q", text)
	})
}

// drawText draws a record of that layout, each field as its class wants it, and
// perhaps changes some characters.
func drawText(t *rapid.T, l *Layout) (text [Length]byte) {
	alphabets := map[Class]string{Spaces: " ", Alphabetic: "AZ", Numeric: "09", SpacedNumber: "09", AlphaNumeric: "A9", Date: "01", Any: "a/"}
	for i := range l.Fields {
		f := &l.Fields[i]
		blank := !f.required() && rapid.Bool().Draw(t, "blank")
		for at := f.From; at <= f.To; at++ {
			text[at-1] = rapid.SampledFrom([]byte(alphabets[f.Class])).Draw(t, "character")
			if blank {
				text[at-1] = ' '
			}
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "changes") {
		at := rapid.IntRange(0, Length-1).Draw(t, "position")
		text[at] = rapid.OneOf(rapid.SampledFrom([]byte(" /09:@AZ[`az{+#~\x7f\x80\xa0\xb0\xc1")), rapid.Byte()).Draw(t, "byte")
	}
	return text
}
