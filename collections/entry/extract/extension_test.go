package extract_test

import (
	"bytes"
	"encoding/hex"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
	"tidewaiter/collections/reference"
)

// extended is the sample's second entry with everything that stands in
// extensions: records 11 behind the header and 41 behind its first line.
func extended() *entry.Summary {
	s := sample()[1]
	s.EntryDate, s.EstimatedDate, s.ReleaseDate, s.ArrivalDate, s.ReceivedDate = 0, 20251001, 20251002, 20250930, 20250929
	s.Consolidated, s.Manual, s.BondType, s.DeferredTax, s.PeriodicMonth = true, true, '8', '2', 11
	l := &s.Lines[0]
	l.ExportCountry, l.ExportDate, l.ProductClaim, l.FeeExemption = "HK", 20250901, 'C', '2'
	l.Licenses = []entry.License{{Type: "22", Number: "0123456789"}, {Type: "14", Number: "A1"}}
	return s
}

func TestExtensionsFollowTheCopybook(t *testing.T) {
	records := split(encode(t, []*entry.Summary{extended()}))
	assert.Equal(t, "F1F1"+strings.ToUpper(hex.EncodeToString(records[0][2:13]))+
		"F2F0F2F5F1F0F0F1"+"F2F0F2F5F1F0F0F2"+"F2F0F2F5F0F9F3F0"+"F2F0F2F5F0F9F2F9"+"E8"+"40"+"E8"+"40"+"F8"+"F2"+"F1F1",
		strings.ToUpper(hex.EncodeToString(records[1])))
	assert.Equal(t, "F4F1"+strings.ToUpper(hex.EncodeToString(records[2][2:18]))+
		"C8D2"+"F2F0F2F5F0F9F0F1"+"C3"+"F2"+"F2"+"F2F2"+"F0F1F2F3F4F5F6F7F8F9"+"F1F4"+"C1F14040404040404040",
		strings.ToUpper(hex.EncodeToString(records[3])))
}

func TestExtensionsOutOfPlace(t *testing.T) {
	for _, c := range []struct {
		name   string
		damage func([][]byte) [][]byte
		record int
		field  string
		reason string
	}{
		{"header extension twice", func(r [][]byte) [][]byte { return append(r[:2], r[1:]...) }, 2, "", "out of place"},
		{"line extension behind the tariff", func(r [][]byte) [][]byte { r[3], r[4] = r[4], r[3]; return r }, 4, "", "out of place"},
		{"line extension before a line", func(r [][]byte) [][]byte { r[2], r[3] = r[3], r[2]; return r }, 2, "", "out of place"},
		{"extension missing, and no entry date", func(r [][]byte) [][]byte { return append(r[:1], r[2:]...) }, 0, "EH-ENTRY-DATE", "missing"},
		{"extension without a date in place of the entry date", func(r [][]byte) [][]byte {
			copy(r[1][13:], bytes.Repeat([]byte{0xF0}, 32))
			return r
		}, 0, "EH-ENTRY-DATE", "missing"},
		{"indicator unknown", func(r [][]byte) [][]byte { r[1][45] = 0xD5; return r }, 1, "EX-CONSOLIDATED", `"N" is none of`},
		{"month 13", func(r [][]byte) [][]byte { r[1][52] = 0xF3; return r }, 1, "EX-PERIODIC-MONTH", "01 to 12"},
		{"extension of another line", func(r [][]byte) [][]byte { r[3][17] = 0xF9; return r }, 3, "LX-LINE-NUMBER", "another line"},
		{"extension of another entry", func(r [][]byte) [][]byte { r[3][12] = 0xF9; return r }, 3, "LX-ENTRY-NUMBER", "another entry"},
		{"seven licenses", func(r [][]byte) [][]byte { r[3][30] = 0xF7; return r }, 3, "LX-LICENSE-COUNT", "outside OCCURS"},
	} {
		t.Run(c.name, func(t *testing.T) {
			records := c.damage(split(encode(t, []*entry.Summary{extended(), sample()[2]})))
			r, err := extract.NewReader(bytes.NewReader(join(records)), "entries.vb")
			require.NoError(t, err)
			kept, refused, end := outcome(t, r)
			require.NoError(t, end)
			require.Len(t, kept, 1)
			require.Len(t, refused, 1)
			assert.Equal(t, c.field, refused[0].Field)
			assert.Contains(t, refused[0].Reason, c.reason)
			assert.EqualValues(t, c.record+1, refused[0].Record)
		})
	}
}

// oneFiler is a filer on its second round of numbers.
type oneFiler struct{}

func (oneFiler) CheckDigitFactor(filer string, on reference.Date) int {
	if filer == "B76" && on >= 20250101 {
		return 1
	}
	return 0
}

// TestCheckDigitFactor: B76-0324527 has check digit 8 (CATAIR appendix E), 9
// with the filer's factor 1 (ACE error B16).
func TestCheckDigitFactor(t *testing.T) {
	s := sample()[0]
	s.Number = "B7603245279"
	var b bytes.Buffer
	w, err := extract.NewWriter(&b)
	require.NoError(t, err)
	require.ErrorContains(t, w.Write(s), "not an entry number")
	b.Reset()
	w, err = extract.NewWriter(&b)
	require.NoError(t, err)
	w.UseFactors(oneFiler{})
	require.NoError(t, w.Write(s))
	require.NoError(t, w.Flush())
	data := b.Bytes()
	var got entry.Summary
	r, err := extract.NewReader(bytes.NewReader(data), "entries.vb")
	require.NoError(t, err)
	require.ErrorContains(t, r.Next(&got), "check digit")
	r, err = extract.NewReader(bytes.NewReader(data), "entries.vb")
	require.NoError(t, err)
	r.UseFactors(oneFiler{})
	require.NoError(t, r.Next(&got))
	require.Equal(t, s.Number, got.Number)
	require.Equal(t, io.EOF, r.Next(&got))
}
