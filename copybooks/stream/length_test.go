package stream_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks/stream"
)

func TestLength(t *testing.T) {
	c := compiled(t, "01 R. 05 T PIC X. 05 REC-LEN PIC 99. 05 B PIC 9(4) COMP. 05 D PIC 9V9.")
	rec := []byte{0xC1, 0xF1, 0xF2, 0x00, 0x0A, 0xF1, 0xF2} // A, 12, 10, 1.2
	for _, good := range []struct {
		text        string
		want, least int
	}{
		{"REC-LEN", 12, 3},
		{"REC-LEN + 4", 16, 3},
		{"B - 4", 6, 5},
		{"2 * B+1", 21, 5},
		{"REC-LEN + B * 3 - 1", 41, 5},
		{"T[A=80,B=120]", 80, 1},
		{"T[A=80,B=120] + REC-LEN", 92, 3},
	} {
		l, err := stream.ParseLength(good.text, c.Field, 0)
		require.NoError(t, err, good.text)
		n, err := l.RecordLength(rec)
		require.NoError(t, err, good.text)
		require.Equal(t, good.want, n, good.text)
		require.Equal(t, good.least, l.Least(), good.text)
	}
	for _, bad := range []struct{ text, want string }{
		{"", "is not a field"}, {"12", "it names no field"}, {"NONE", "NONE"}, {"D", "field D is not a whole number"}, {"T", "field T is not a whole number"},
		{"B * B", "is not a field"}, {"T[A=80", "closing bracket"}, {"T[A]", `"A" is not VALUE=LENGTH`}, {"B +", "is not a field"},
	} {
		_, err := stream.ParseLength(bad.text, c.Field, 0)
		require.ErrorContains(t, err, bad.want, bad.text)
	}
	l, err := stream.ParseLength("T[B=9]", c.Field, 0)
	require.NoError(t, err)
	_, err = l.RecordLength(rec)
	require.EqualError(t, err, `no length is known for T "A"`)
	l, err = stream.ParseLength("REC-LEN", c.Field, 0)
	require.NoError(t, err)
	_, err = l.RecordLength([]byte{0xC1, 0x40, 0x40})
	require.ErrorContains(t, err, "length of the record: field REC-LEN at offset 1")
	l, err = stream.ParseLength("REC-LEN", c.Field, 2)
	require.NoError(t, err)
	require.Equal(t, 5, l.Least())
}
