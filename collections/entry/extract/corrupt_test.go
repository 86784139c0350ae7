package extract_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
	"tidewaiter/copybooks/dataset"
)

// The second entry's records in the sample, 0-based.
const (
	header = 7 + iota
	line1
	tariff11
	tariff12
	line2
	tariff21
	trailer
)

// TestBadEntryIsNamedAndSkipped damages the second of three entries in every
// way and expects one refusal, at the right byte, and both other entries.
func TestBadEntryIsNamedAndSkipped(t *testing.T) {
	put := func(record, at int, b ...byte) func([][]byte) [][]byte {
		return func(r [][]byte) [][]byte { copy(r[record][at:], b); return r }
	}
	drop := func(record int) func([][]byte) [][]byte {
		return func(r [][]byte) [][]byte { return append(r[:record], r[record+1:]...) }
	}
	twice := func(record int) func([][]byte) [][]byte {
		return func(r [][]byte) [][]byte {
			return append(r[:record+1], r[record:]...)
		}
	}
	for _, c := range []struct {
		name   string
		damage func([][]byte) [][]byte
		record int // 0-based, in the damaged file
		at     int // byte in the record, -1 for the record as a whole
		field  string
		hex    string
		reason string
	}{
		{"unknown record type", put(tariff11, 0, 0xF5, 0xF1), tariff11, -1, "record type", "F5F1", "unknown record type"},
		{"header's type damaged", put(header, 0, 0xF1, 0xF9), header, -1, "record type", "F1F9", "unknown record type"},
		{"record of one byte", func(r [][]byte) [][]byte { r[line2] = r[line2][:1]; return r }, line2, -1, "record type", "F4", "no record type"},
		{"packed digit invalid", put(tariff12, 30, 0x00, 0x00, 0x0A), tariff12, 30, "ET-ENTERED-VALUE", "00000A10000C", "invalid digit"},
		{"packed sign invalid", put(tariff12, 35, 0x05), tariff12, 30, "ET-ENTERED-VALUE", "000000100005", "invalid sign"},
		{"overpunched sign invalid", put(line1, 44, 0x43), line1, 36, "EL-CHARGES", "F0F0F0F0F0F0F3F143", "invalid sign"},
		{"space among digits", put(header, 43, 0x40), header, 37, "EH-ENTRY-DATE", "F2F0F2F5F1F040F1", "space in place of a digit"},
		{"spaces in a numeric field", put(header, 45, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40), header, 45, "EH-IMPORT-DATE", "4040404040404040", "spaces"},
		{"LOW-VALUES in a text field", put(header, 21, 0x00, 0x00, 0x00, 0x00), header, 21, "EH-PROCESSING-PORT", "00000000", "control character"},
		{"LOW-VALUES in the importer number, whose bytes are not repeated", put(header, 25, 0x00), header, 25, "EH-IMPORTER-NUMBER", "", "control character"},
		{"case counter out of its OCCURS range", put(line1, 45, 0xF3), line1, 45, "EL-CASE-COUNT", "F3", "3 is outside OCCURS 0 TO 2"},
		{"quantity counter out of its OCCURS range", put(tariff12, 36, 0xF4), tariff12, 36, "ET-QUANTITY-COUNT", "F4", "4 is outside OCCURS 0 TO 3"},
		{"quantity counter below what the record holds", put(tariff12, 36, 0xF1), tariff12, -1, "", "", "57 bytes long, its layout and counters say 47"},
		{"record cut short", func(r [][]byte) [][]byte { r[header] = r[header][:60]; return r }, header, -1, "", "", "60 bytes long"},
		{"check digit", put(header, 12, 0xF7), header, 12, "EH-CHECK-DIGIT", "F7", "check digit"},
		{"filer code of two characters", put(header, 4, 0x40), header, 2, "EH-FILER-CODE", "C1C240", "three characters"},
		{"day that is not in the calendar", put(header, 41, 0xF1, 0xF3), header, 37, "EH-ENTRY-DATE", "F2F0F2F5F1F3F0F1", "not a day"},
		{"entry date missing", put(header, 37, []byte("\xF0\xF0\xF0\xF0\xF0\xF0\xF0\xF0")...), header, 37, "EH-ENTRY-DATE", "F0F0F0F0F0F0F0F0", "missing"},
		{"payment type unknown", put(header, 61, 0xF4), header, 61, "EH-PAYMENT-TYPE", "F4", `"4" is none of`},
		{"set indicator unknown", put(line1, 22, 0xE7, 0xE7), line1, 23, "EL-FTZ-STATUS", "E7", `"X" is none of`},
		{"claim code unknown", put(line1, 46+30+10, 0xC4), line1, 86, "EL-CLAIM-CODE(2)", "C4", `"D" is none of`},
		{"value below zero", put(tariff21, 35, 0x5D), tariff21, 30, "ET-ENTERED-VALUE", "00000002345D", "below zero"},
		{"another entry's tariff record", put(tariff12, 2, 0xC2, 0xF7, 0xF6), tariff12, 2, "ET-ENTRY-NUMBER", "C2F7F6F1F2F3F4F5F6F7F6", "another entry"},
		{"line numbers do not ascend", put(line2, 17, 0xF1), line2, 13, "EL-LINE-NUMBER", "F0F0F0F0F1", "do not ascend"},
		{"tariff record of another line", put(tariff12, 17, 0xF2), tariff12, 13, "ET-LINE-NUMBER", "F0F0F0F0F2", "another line than 1"},
		{"tariff record missing", drop(tariff11), tariff11, 18, "ET-TARIFF-SEQUENCE", "F0F2", "not 1"},
		{"tariff record doubled", twice(tariff11), tariff12, 18, "ET-TARIFF-SEQUENCE", "F0F1", "not 2"},
		{"tariff sequence unreadable", put(tariff12, 19, 0xD6), tariff12, 18, "ET-TARIFF-SEQUENCE", "F0D6", "minus sign"},
		{"line without tariff records", drop(tariff21), tariff21, -1, "", "", "line 2 has no tariff record"},
		{"line record missing", drop(line1), line1, -1, "", "", "before the first line"},
		{"trailer missing", drop(trailer), trailer, -1, "", "", "no trailer"},
		{"header missing", drop(header), header, -1, "record type", "F4F0", "outside an entry"},
		{"trailer's line count", put(trailer, 14, 0x03), trailer, 13, "EZ-LINE-COUNT", "0003", "counts 3 lines, the entry has 2"},
		{"trailer's tariff count", put(trailer, 18, 0x02), trailer, 15, "EZ-TARIFF-COUNT", "00000002", "counts 2 tariff records, the entry has 3"},
		{"trailer's total value", put(trailer, 25, 0x6C), trailer, 19, "EZ-TOTAL-VALUE", "0000000012346C", "counts 12346 dollars"},
		{"header's line count", put(header, 82, 0x01), trailer, -1, "EH-LINE-COUNT", "", "header counts 1 lines"},
		{"header's total value", put(header, 89, 0x6C), trailer, -1, "EH-TOTAL-VALUE", "", "header sums 12346"},
	} {
		t.Run(c.name, func(t *testing.T) {
			records := c.damage(split(encode(t, sample())))
			offset := int64(0)
			for _, rec := range records[:c.record] {
				offset += int64(len(rec)) + 4
			}
			if c.at >= 0 {
				offset += int64(c.at) + 4
			}
			r, err := extract.NewReader(bytes.NewReader(join(records)), "day/entries.vb")
			require.NoError(t, err)
			kept, refused, end := outcome(t, r)
			require.NoError(t, end)
			require.Len(t, refused, 1)
			bad := refused[0]
			assert.Equal(t, "day/entries.vb", bad.File)
			assert.EqualValues(t, c.record+1, bad.Record)
			assert.Equal(t, offset, bad.Offset)
			assert.Equal(t, c.field, bad.Field)
			assert.Equal(t, c.hex, bad.Hex)
			assert.Contains(t, bad.Reason, c.reason)
			assert.Contains(t, bad.Error(), "day/entries.vb: record ")
			var numbers []entry.Number
			for _, s := range kept {
				numbers = append(numbers, s.Number)
			}
			assert.Equal(t, []entry.Number{"B7603245278", "SV900000016"}, numbers)
		})
	}
}

func TestTruncatedLastRecordEndsReading(t *testing.T) {
	data := encode(t, sample())
	r, err := extract.NewReader(bytes.NewReader(data[:len(data)-3]), "entries.vb")
	require.NoError(t, err)
	kept, refused, end := outcome(t, r)
	assert.Len(t, kept, 2)
	require.Len(t, refused, 1)
	assert.Equal(t, entry.Number("SV900000016"), refused[0].Entry)
	assert.Contains(t, refused[0].Reason, "file ends after 27 bytes of an RDW")
	var framing *dataset.FramingError
	require.ErrorAs(t, end, &framing)
	assert.EqualValues(t, 21, framing.Record)
	assert.EqualValues(t, len(data)-30, framing.Offset)
	assert.ErrorContains(t, end, "entries.vb")
	// Reading has ended for good.
	assert.ErrorAs(t, r.Next(&entry.Summary{}), &framing)
}

func TestFileThatEndsInsideAnEntry(t *testing.T) {
	records := split(encode(t, sample()))
	r, err := extract.NewReader(bytes.NewReader(join(records[:len(records)-1])), "entries.vb")
	require.NoError(t, err)
	kept, refused, end := outcome(t, r)
	assert.NoError(t, end)
	assert.Len(t, kept, 2)
	require.Len(t, refused, 1)
	assert.Contains(t, refused[0].Reason, "ends inside the entry")
	assert.EqualValues(t, 20, refused[0].Record)
}

func TestEmptyFileHasNoEntries(t *testing.T) {
	r, err := extract.NewReader(bytes.NewReader(nil), "entries.vb")
	require.NoError(t, err)
	kept, refused, end := outcome(t, r)
	assert.Empty(t, kept)
	assert.Empty(t, refused)
	assert.NoError(t, end)
}
