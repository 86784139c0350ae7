package dataset_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/copybooks/dataset"
)

func resynced(t require.TestingT, data []byte, f dataset.Format) (records [][]byte, skips []dataset.Skip) {
	r, err := dataset.NewReader(bytes.NewReader(data), f)
	require.NoError(t, err)
	r.Resync(func(s dataset.Skip) { skips = append(skips, s) })
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return records, skips
		}
		require.NoError(t, err)
		records = append(records, bytes.Clone(rec))
	}
}

func TestResync(t *testing.T) {
	vb := strings.Repeat("\x00\x05\x00\x00A", 4)
	block := "\x00\x18\x00\x00" + vb
	for _, c := range []struct {
		name, data string
		format     dataset.Format
		records    int
		skips      []dataset.Skip
	}{
		{"VB, rubbish between", vb + "rubbish" + vb, dataset.Format{RECFM: dataset.VB}, 8,
			[]dataset.Skip{{Record: 5, Offset: 20, Bytes: 7, Reason: "RDW X'72756262' reads 29301"}}},
		{"VB, cut off at the end", vb + "\x00\x09\x00\x00A", dataset.Format{RECFM: dataset.VB}, 4,
			[]dataset.Skip{{Record: 5, Offset: 20, Bytes: 5, Reason: "file ends after 5 bytes of an RDW and its record of 9 bytes"}}},
		{"VB with BDW, on to the next block", block + "\x00\x18\x00\x00\xFF\xFF\xFF\xFF" + vb[4:] + block, dataset.Format{RECFM: dataset.VB, BDW: true}, 8,
			[]dataset.Skip{{Record: 5, Offset: 24, Bytes: 24, Reason: "RDW X'FFFFFFFF' reads 65535"}}},
		{"VBS, a record without end", "\x00\x05\x01\x00X" + vb, dataset.Format{RECFM: dataset.VBS}, 4,
			[]dataset.Skip{{Record: 1, Offset: 0, Bytes: 5, Reason: "a segment with code 0 inside the record that begins at byte 0"}}},
		{"FB, a rest at the end", "AABBC", dataset.Format{RECFM: dataset.FB, LRECL: 2}, 2,
			[]dataset.Skip{{Record: 3, Offset: 4, Bytes: 1, Reason: "file ends after 1 bytes of a record of 2 bytes"}}},
		{"TEXT, a line too long", "A\nBBBBB\nC\n", dataset.Format{RECFM: dataset.Text, LRECL: 2}, 2,
			[]dataset.Skip{{Record: 2, Offset: 2, Bytes: 6, Reason: "a line of 5 bytes is longer than 2"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, skips := resynced(t, []byte(c.data), c.format)
			require.Len(t, records, c.records)
			require.Equal(t, c.skips, skips)
		})
	}
}

// Law: in a damaged file of records, every byte is in a record, a descriptor
// word or a reported stretch, and reading ends.
func TestResyncAccountsForEveryByte(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := dataset.Format{RECFM: dataset.VB}
		var data []byte
		for range rapid.IntRange(1, 4).Draw(t, "parts") {
			data = append(data, written(t, f, rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 9), 0, 9).Draw(t, "records")...)...)
			data = append(data, rapid.SliceOfN(rapid.Byte(), 0, 9).Draw(t, "rubbish")...)
		}
		records, skips := resynced(t, data, f)
		sum := 0
		for _, rec := range records {
			sum += 4 + len(rec)
		}
		for _, s := range skips {
			require.Positive(t, s.Bytes)
			sum += int(s.Bytes)
		}
		require.Equal(t, len(data), sum)
	})
}

// FuzzResync: reading ends, whatever the bytes and the format, and the stretches
// reported do not overlap.
func FuzzResync(f *testing.F) {
	f.Add([]byte("\x00\x05\x00\x00A??\x00\x05\x00\x00A"), uint8(4), 0, false)
	f.Add([]byte("\x00\x09\x00\x00\x00\x05\x00\x00A????"), uint8(4), 0, true)
	f.Add([]byte("\x00\x05\x01\x00A\x00\x05\x00\x00A"), uint8(5), 0, false)
	f.Add([]byte("0005A??0005A"), uint8(6), 0, false)
	f.Add([]byte("\x00\x06\x00\x00AB???"), uint8(2), 2, true)
	f.Fuzz(func(t *testing.T, data []byte, recfm uint8, lrecl int, bdw bool) {
		format := dataset.Format{RECFM: dataset.RECFM(recfm), LRECL: lrecl % 4096, BDW: bdw}
		if _, err := dataset.NewReader(nil, format); err != nil {
			return
		}
		_, skips := resynced(t, data, format)
		end := int64(0)
		for _, s := range skips {
			require.GreaterOrEqual(t, s.Offset, end)
			require.GreaterOrEqual(t, s.Bytes, int64(0)) // 0 where a block lacks its rest
			end = s.Offset + s.Bytes
		}
		require.LessOrEqual(t, end, int64(len(data)))
	})
}
