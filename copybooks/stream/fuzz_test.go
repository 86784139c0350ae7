package stream_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/stream"
)

// FuzzLength: whatever the rule for lengths and the bytes, reading ends, and
// records that were cut by it are written back as they were.
func FuzzLength(f *testing.F) {
	c := compiled(f, "01 R. 05 L PIC 9(2). 05 T PIC X. 05 P PIC S9(3) COMP-3. 05 N PIC S9(9) COMP.")
	f.Add("L", []byte("\xF0\xF9\xC1\x00\x1C\x00\x00\x00\x01"), 0)
	f.Add("L + 4", []byte("\xF0\xF5\xC1\x00\x1C\x00\x00\x00\x01"), 0)
	f.Add("2 * P - 3", []byte("\xF0\xF5\xC1\x00\x6C\x00\x00\x00\x01"), 0)
	f.Add("T[A=9,B=12]", []byte("\xF0\xF5\xC1\x00\x6C\x00\x00\x00\x01"), 0)
	f.Add("N + L", []byte("\xFF\xF0\xF5\xC1\x00\x6C\x00\x00\x00\x05"), 1)
	f.Add("-1 * N", []byte("\xF0\xF5\xC1\x00\x6C\xFF\xFF\xFF\xF7"), 0)
	f.Fuzz(func(t *testing.T, text string, data []byte, skip int) {
		rule, err := stream.ParseLength(text, func(name string) (copybooks.Field, error) { return c.Field(name) }, max(0, skip%64))
		if err != nil {
			return
		}
		format := dataset.Format{RECFM: dataset.U, Length: rule}
		r, err := dataset.NewReader(bytes.NewReader(data), format)
		require.NoError(t, err)
		var out bytes.Buffer
		w, err := dataset.NewWriter(&out, format)
		require.NoError(t, err)
		for {
			rec, err := r.Next()
			if err != nil {
				var broken *dataset.FramingError
				require.True(t, errors.Is(err, io.EOF) || errors.As(err, &broken), err)
				break
			}
			require.NoError(t, w.Write(rec))
		}
		require.NoError(t, w.Flush())
		require.True(t, bytes.Equal(data[:out.Len()], out.Bytes()))
	})
}

// FuzzCutFraming: whatever the line, what is left of it is an object without the
// members about framing, or the line as it was.
func FuzzCutFraming(f *testing.F) {
	f.Add([]byte(`{"_prefix":"01","_suffix":"","_framing":["0005",3,"15",0],"A":1}`))
	f.Add([]byte(`{"A":"\"_prefix\"","_framing":["",1]}`))
	f.Add([]byte(`{"_header":"00"}`))
	f.Add([]byte(`{"_trailer":"0"}`))
	f.Add([]byte(`{"_framing":[1]}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		framing, rest, err := stream.CutFraming(line)
		if err != nil || rest == nil || bytes.Equal(rest, line) {
			return
		}
		for _, s := range framing.Stretches {
			require.GreaterOrEqual(t, s.Record, 0)
		}
		var object map[string]json.RawMessage
		require.NoError(t, json.Unmarshal(rest, &object))
		require.NotContains(t, object, "_framing")
	})
}

// What decode writes of the framing, encode reads again.
func TestFramingMembers(t *testing.T) {
	c := compiled(t, "01 R. 05 T PIC X(2).")
	data := "\x00\x0A\x00\x00\x00\x06\x00\x00\xC1\xC2\x00\x0A\x00\x00\x00\x06\x00\x00\xC3\xC4"
	r, err := dataset.NewReader(bytes.NewReader([]byte(data)), dataset.Format{RECFM: dataset.VB, BDW: true})
	require.NoError(t, err)
	r.KeepFraming()
	var out bytes.Buffer
	_, err = stream.ToJSON(context.Background(), r, &out, stream.Options{Router: stream.Single(c, copybooks.JSONOptions{}), Framing: true})
	require.NoError(t, err)
	lines := bytes.SplitAfter(out.Bytes(), []byte("\n"))
	require.Equal(t, `{"_framing":["000a000000060000",2],"T":"AB"}`+"\n", string(lines[0]))
	framing, rest, err := stream.CutFraming(bytes.TrimSpace(lines[1]))
	require.NoError(t, err)
	require.Equal(t, `{"T":"CD"}`, string(rest))
	require.Equal(t, []dataset.Stretch{{Bytes: []byte("\x00\x0A\x00\x00\x00\x06\x00\x00"), Record: 2}}, framing.Stretches)
	_, _, err = stream.CutFraming([]byte(`{"_framing":["0"]}`))
	require.EqualError(t, err, `reading "_framing": expected an array of pairs: bytes in hexadecimal, a number of bytes of the record`)
	_, _, err = stream.CutFraming([]byte(`{"_prefix":"xy"}`))
	require.EqualError(t, err, `reading "_prefix": expected a string of hexadecimal digits`)
}
