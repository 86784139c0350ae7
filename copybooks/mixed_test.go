package copybooks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// mixedPages have shift-out and shift-in.
var mixedPages = []string{"cp930", "cp933", "cp935", "cp937", "cp939", "cp1364", "cp1388", "cp1390", "cp1399"}

// mixedText draws text of the page: characters of one byte, of two, and what JSON
// escapes.
func mixedText(t *rapid.T, page *ebcdic.CodePage) string {
	var text []byte
	for range rapid.IntRange(0, 8).Draw(t, "characters") {
		if rapid.Bool().Draw(t, "single") {
			if c := rapid.SampledFrom([]byte(` "A1/~`)).Draw(t, "character"); has(page, c) {
				text = append(text, c)
			}
			continue
		}
		pair := []byte{rapid.ByteRange(0x41, 0x6F).Draw(t, "ward"), rapid.ByteRange(0x41, 0xFE).Draw(t, "point")}
		text, _ = page.AppendDouble(text, pair) // pairs without a character are left out
	}
	return string(text)
}

func has(page *ebcdic.CodePage, c byte) bool {
	_, ok := page.Byte(rune(c))
	return ok
}

// Law: text of every mixed page goes into a field, through JSON and back with the
// same bytes, on either side of the padding.
func TestMixedTextGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(mixedPages).Draw(t, "page")
		book, err := free("01 R. 05 A PIC X(24). 05 B PIC X(24) JUSTIFIED. 05 C PIC X(9) OCCURS 2. 05 N PIC S9(3).")
		require.NoError(t, err)
		cc, err := book.Records[0].Codec(copybooks.CodecOptions{CodePage: name})
		require.NoError(t, err)
		rec := cc.Blank(nil)
		for _, f := range cc.Fields() {
			for i := range f.Occurs() {
				text := mixedText(t, cc.CodePage())
				n, fault := cc.CodePage().TextLength([]byte(text))
				require.Zero(t, fault)
				before := string(rec)
				if err := f.PutText(rec, i, text); n > f.Length() {
					require.ErrorIs(t, err.(*copybooks.FieldError).Fault, ebcdic.TooLong)
					require.Equal(t, before, string(rec))
					continue
				} else if require.NoError(t, err); f.Numeric() {
					require.NoError(t, f.PutInt(rec, i, -7))
					continue
				}
				got, err := f.Text(rec, i)
				require.NoError(t, err)
				if f.Item().Justified {
					require.Equal(t, strings.TrimLeft(text, " "), got)
				} else {
					require.Equal(t, strings.TrimRight(text, " "), got)
				}
			}
		}
		o := copybooks.JSONOptions{Trim: rapid.SampledFrom([]copybooks.Trim{copybooks.TrimPadding, copybooks.TrimNone}).Draw(t, "trim")}
		same(t, name, cc, o, rec)
	})
}

// Whatever bytes a mixed field has, they come back: redundant shifts through
// "_raw", and what is no text through "_errors".
func TestMixedBytesGoBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book, err := free("01 R. 05 A PIC X(12). 05 B PIC X(8) JUSTIFIED.")
		require.NoError(t, err)
		cc, err := book.Records[0].Codec(copybooks.CodecOptions{CodePage: rapid.SampledFrom(mixedPages).Draw(t, "page")})
		require.NoError(t, err)
		bytes := rapid.SampledFrom([]byte{0x0E, 0x0F, 0x40, 0x41, 0x42, 0x45, 0xC1, 0x7F, 0xE0, 0x00})
		same(t, "", cc, copybooks.JSONOptions{Raw: true}, rapid.SliceOfN(bytes, 20, 20).Draw(t, "record"))
	})
}

// X'0E' 4562 4566 0F is 日本 in IBM-939 (CDRA, "CCSID 939").
func TestMixedJSON(t *testing.T) {
	book, err := free("01 R. 05 A PIC X(8). 05 B PIC X(8) JUST. 05 C PIC X(4).")
	require.NoError(t, err)
	cc, err := book.Records[0].Codec(copybooks.CodecOptions{CodePage: "cp939"})
	require.NoError(t, err)
	rec := bytesOf(t, "0E 4562 4566 0F 4040  4040 0E 4562 4566 0F  0E 4562 40")
	line, errs := cc.AppendJSON(nil, rec, copybooks.JSONOptions{})
	require.Len(t, errs, 1)
	require.Equal(t, ebcdic.BrokenShift, errs[0].Fault)
	require.Equal(t, `{"A":"日本","B":"日本","C":null,"_errors":[{"field":"C","offset":16,"hex":"0e456240","reason":"shift-out without shift-in, or half of a double-byte character"}]}`, string(line))
	require.ErrorContains(t, field(t, cc, "B").PutText(rec, 0, "日本語文"), "longer than the field") // 10 bytes
}

// A field, or all fields of a group, may have a page of their own: ä is X'43' in
// cp037 and X'C0' in cp273.
func TestPagesOfFields(t *testing.T) {
	book, err := free("01 R. 05 A PIC X(2). 05 G. 10 B PIC X(2). 10 C PIC X(2). 05 N PIC S9(2). 05 D PIC X(6).")
	require.NoError(t, err)
	pages := map[string]string{"g": "cp273", "C OF G": "ascii", "N": "ascii", "D": "cp939"}
	cc, err := book.Records[0].Codec(copybooks.CodecOptions{Pages: pages})
	require.NoError(t, err)
	rec := bytesOf(t, "4340 C040 6120 314A 0E4562456 60F")
	want := `{"A":"ä","G":{"B":"ä","C":"a"},"N":-11,"D":"日本"}`
	line, errs := cc.AppendJSON(nil, rec, copybooks.JSONOptions{})
	require.Empty(t, errs)
	require.Equal(t, want, string(line))
	for _, blank := range []string{"", " "} {
		back, err := cc.NewEncoder(copybooks.JSONOptions{}).Append(nil, []byte(blank+want))
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("%X", rec), fmt.Sprintf("%X", back))
	}
	require.Equal(t, "cp273", field(t, cc, "G").CodePage().Name())
	require.Equal(t, bytesOf(t, "4040 4040 2020 307B 404040404040"), cc.Blank(nil))
	for name, want := range map[string]string{"X": "no field X", "A OF G": "no field"} {
		_, err := book.Records[0].Codec(copybooks.CodecOptions{Pages: map[string]string{name: "cp500"}})
		require.ErrorContains(t, err, want)
	}
	_, err = book.Records[0].Codec(copybooks.CodecOptions{Pages: map[string]string{"A": "cp1"}})
	require.ErrorContains(t, err, `field A: code page "cp1" is not one of`)
}
