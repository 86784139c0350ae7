package extract_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
	"tidewaiter/copybooks/dataset"
)

func TestBytesFollowTheCopybook(t *testing.T) {
	records := split(encode(t, sample()[:1]))
	require.Len(t, records, 7) // header, line, two tariffs, line, tariff, trailer
	for i, want := range []string{
		// ESHDR: 10 B76 0324527 8 03 11 2704 2720 00-123456700 20251001 20250928
		// 20250929 7 20251001 02 K00000017, then two lines, 12,345 dollars, 036.
		"F1F0" + "C2F7F6" + "F0F3F2F4F5F2F7" + "F8" + "F0F3" + "F1F1" + "F2F7F0F4" + "F2F7F2F0" + "F0F060F1F2F3F4F5F6F7F0F0" +
			"F2F0F2F5F1F0F0F1" + "F2F0F2F5F0F9F2F8" + "F2F0F2F5F0F9F2F9" + "F7" + "F2F0F2F5F1F0F0F1" + "F0F2" + "D2F0F0F0F0F0F0F1F7" +
			"0002" + "0000000012345C" + "F0F3F6" + "404040404040",
		// ESLIN: charges 310 with an overpunched sign, two cases: 10.17 percent of
		// 9,500 dollars; 110.25 dollars on 12.3456 units (T3 and D6 of AE note 53).
		"F4F0" + "C2F7F6" + "F0F3F2F4F5F2F7" + "F8" + "F0F0F0F0F1" + "C3D5" + "4040" + "40" + "40" + "F0F0F0F0F0F0F0F0" + "000004B0" + "F0F0F0F0F0F0F3F1C0" + "F2" +
			"C1F5F7F0F8F7F5F0F0F1" + "C3" + "C1" + "000001017C" + "00000009500C" + "0000000000000C" +
			"C3F5F7F0F8F7F6F0F0F2" + "C2" + "E2" + "000011025C" + "00000000000C" + "0000000123456C",
		// ESTAR without quantities.
		"F5F0" + "C2F7F6" + "F0F3F2F4F5F2F7" + "F8" + "F0F0F0F0F1" + "F0F1" + "F9F9F0F3F9F0F0F0F2F5" + "00000000000C" + "F0",
		// ESTAR with two: 1,234.56 KG and 7.00 NO.
		"F5F0" + "C2F7F6" + "F0F3F2F4F5F2F7" + "F8" + "F0F0F0F0F1" + "F0F2" + "F7F3F1F8F1F5F5F0F9F0" + "00000010000C" + "F2" +
			"0000000123456C" + "D2C740" + "0000000000700C" + "D5D640",
	} {
		assert.Equal(t, want, strings.ToUpper(hex.EncodeToString(records[i])), "record %d", i+1)
	}
	assert.Equal(t, "F9F0C2F7F6F0F3F2F4F5F2F7F8"+"0002"+"00000003"+"0000000012345C", strings.ToUpper(hex.EncodeToString(records[6])))
}

func TestWriteThenReadGivesTheSame(t *testing.T) {
	data := encode(t, sample())
	// A reader that gets one byte at a time sees the same records.
	r, err := extract.NewReader(iotest.OneByteReader(bytes.NewReader(data)), "day/entries.vb")
	require.NoError(t, err)
	kept, refused, end := outcome(t, r)
	require.NoError(t, end)
	require.Empty(t, refused)
	assert.Equal(t, located(sample(), data, "day/entries.vb"), kept)
	offset, record := r.NextOffset()
	assert.EqualValues(t, len(data), offset)
	assert.EqualValues(t, len(split(data))+1, record)
}

func TestReadThenWriteGivesTheSameBytes(t *testing.T) {
	data := generated(t, 3000)
	assert.True(t, bytes.Equal(data, encode(t, readAll(t, data))))
}

func TestReaderReusesMemory(t *testing.T) {
	data := generated(t, 2000)
	var s entry.Summary
	read := func() {
		r, err := extract.NewReader(bytes.NewReader(data), "entries.vb")
		require.NoError(t, err)
		for err = r.Next(&s); err == nil; err = r.Next(&s) {
		}
		require.Equal(t, io.EOF, err)
	}
	read()
	perEntry := testing.AllocsPerRun(3, read) / 2000
	assert.Less(t, perEntry, 0.5, "allocations for an entry")
}

func TestStringsAreNeverOverwritten(t *testing.T) {
	data := encode(t, sample())
	r, err := extract.NewReader(bytes.NewReader(data), "entries.vb")
	require.NoError(t, err)
	var s entry.Summary
	require.NoError(t, r.Next(&s))
	number, importer, hts := s.Number, s.Importer, s.Lines[0].Tariffs[1].HTS
	require.NoError(t, r.Next(&s))
	require.NoError(t, r.Next(&s))
	assert.Equal(t, entry.Number("B7603245278"), number)
	assert.Equal(t, "00-123456700", importer)
	assert.Equal(t, "7318155090", hts)
}

func TestReadErrorIsPassedOn(t *testing.T) {
	broken := errors.New("disk gone")
	data := encode(t, sample())
	half := io.MultiReader(bytes.NewReader(data[:len(data)/2]), iotest.ErrReader(broken))
	r, err := extract.NewReader(half, "entries.vb")
	require.NoError(t, err)
	kept, refused, end := outcome(t, r)
	assert.Len(t, kept, 1)
	assert.Len(t, refused, 1)
	require.ErrorIs(t, end, broken)
	var framing *dataset.FramingError
	assert.NotErrorAs(t, end, &framing)
}

func TestWriterRefusesWhatAFieldCannotHold(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*entry.Summary)
		field  string
	}{
		{"entry number with a wrong check digit", func(s *entry.Summary) { s.Number = "B7603245279" }, "not an entry number"},
		{"entered value of eleven digits", func(s *entry.Summary) { s.Lines[0].Tariffs[0].Value = entry.MaxValue + 1 }, "ET-ENTERED-VALUE"},
		{"tariff number of eleven characters", func(s *entry.Summary) { s.Lines[0].Tariffs[0].HTS = "73181550901" }, "ET-HTS-NUMBER"},
		{"three cases on a line", func(s *entry.Summary) { l := &s.Lines[0]; l.Cases = append(l.Cases, l.Cases[0]) }, "occurs 3 times, the record holds 2"},
		{"four quantities", func(s *entry.Summary) {
			q := entry.Quantity{Amount: 1, Unit: "KG"}
			s.Lines[0].Tariffs[0].Quantities = []entry.Quantity{q, q, q, q}
		}, "occurs 4 times, the record holds 3"},
		{"importer of thirteen characters", func(s *entry.Summary) { s.Importer = "00-1234567000" }, "EH-IMPORTER-NUMBER"},
		{"line number of six digits", func(s *entry.Summary) { s.Lines[1].Number = 100_000 }, "EL-LINE-NUMBER"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sample()[0]
			c.change(s)
			w, err := extract.NewWriter(io.Discard)
			require.NoError(t, err)
			assert.ErrorContains(t, w.Write(s), c.field)
		})
	}
}
