package stream_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/condition"
	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/stream"
)

func compiled(t testing.TB, src string) *copybooks.Codec {
	t.Helper()
	book, err := copybooks.Parse("t.cpy", []byte(src), copybooks.Options{Format: copybooks.FreeFormat})
	require.NoError(t, err)
	c, err := book.Records[0].Codec(copybooks.CodecOptions{})
	require.NoError(t, err)
	return c
}

func named(t testing.TB, c *copybooks.Codec, name string) copybooks.Field {
	t.Helper()
	f, err := c.Field(name)
	require.NoError(t, err)
	return f
}

func tested(t testing.TB, c *copybooks.Codec, text string) copybooks.Test {
	t.Helper()
	e, err := condition.Parse(text, condition.Scope{Codecs: []*copybooks.Codec{c}})
	require.NoError(t, err)
	return e
}

// day returns n records of 60 bytes; every bad-th one has a bad number.
func day(t testing.TB, c *copybooks.Codec, n, bad int) []byte {
	t.Helper()
	number, text := named(t, c, "N"), named(t, c, "T")
	var out []byte
	rec := c.Blank(nil)
	for i := range n {
		require.NoError(t, number.PutInt(rec, 0, int64(i)))
		require.NoError(t, text.PutText(rec, 0, fmt.Sprintf("RECORD %d", i)))
		if bad > 0 && i%bad == bad-1 {
			rec[0] = 0xFA
		}
		out = append(out, rec...)
	}
	return out
}

const source = "01 R. 05 N PIC 9(9). 05 T PIC X(51)."

func run(t testing.TB, data []byte, o stream.Options) (string, stream.Summary, error) {
	t.Helper()
	r, err := dataset.NewReader(bytes.NewReader(data), dataset.Format{RECFM: dataset.FB, LRECL: 60})
	require.NoError(t, err)
	var out bytes.Buffer
	sum, err := stream.ToJSON(context.Background(), r, &out, o)
	return out.String(), sum, err
}

// Law: the output does not depend on the number of workers.
func TestSameBytesForAnyJobs(t *testing.T) {
	c := compiled(t, source)
	data := day(t, c, 50_000, 1000)
	router := stream.Single(c, copybooks.JSONOptions{})
	want, sum, err := run(t, data, stream.Options{Router: router})
	require.NoError(t, err)
	require.EqualValues(t, 50_000, sum.Written)
	require.EqualValues(t, 50, sum.Bad)
	require.Equal(t, map[string]int64{"N": 50}, sum.Faults)
	require.Equal(t, 50_000, strings.Count(want, "\n"))
	for _, jobs := range []int{2, 3, 8} {
		got, again, err := run(t, data, stream.Options{Router: router, Jobs: jobs})
		require.NoError(t, err)
		require.True(t, want == got, "jobs %d changed the output", jobs)
		require.Equal(t, sum, again)
	}
}

func TestTruncatedDatasetKeepsTheGoodRecords(t *testing.T) {
	c := compiled(t, source)
	data := day(t, c, 10, 0)
	out, sum, err := run(t, data[:len(data)-7], stream.Options{Router: stream.Single(c, copybooks.JSONOptions{}), Jobs: 2})
	var fe *dataset.FramingError
	require.ErrorAs(t, err, &fe)
	require.EqualValues(t, 10, fe.Record)
	require.EqualValues(t, 540, fe.Offset)
	require.EqualValues(t, 9, sum.Written)
	require.Equal(t, 9, strings.Count(out, "\n"))
}

func TestStrictStopsBeforeTheFirstBadRecord(t *testing.T) {
	c := compiled(t, source)
	data := day(t, c, 30_000, 20_000)
	out, _, err := run(t, data, stream.Options{Router: stream.Single(c, copybooks.JSONOptions{}), Strict: true, Jobs: 2})
	require.ErrorContains(t, err, "record 20000 at byte 1199940: field N at offset 0")
	require.Equal(t, 19_999, strings.Count(out, "\n"))
}

func TestLimitAndWhere(t *testing.T) {
	c := compiled(t, source)
	data := day(t, c, 100, 0)
	router := stream.Single(c, copybooks.JSONOptions{}).Where(tested(t, c, "N = 7"))
	out, sum, err := run(t, data, stream.Options{Router: router})
	require.NoError(t, err)
	require.Equal(t, `{"N":7,"T":"RECORD 7"}`+"\n", out)
	require.EqualValues(t, 100, sum.Read)
	_, sum, err = run(t, data, stream.Options{Router: router, Limit: 5})
	require.NoError(t, err)
	require.EqualValues(t, 5, sum.Read)
	require.Zero(t, sum.Written)
}

func TestUnknownSegment(t *testing.T) {
	c := compiled(t, source)
	data := day(t, c, 3, 0)
	target := &stream.Target{Codec: c}
	router := stream.ByField(named(t, c, "N"), map[string]*stream.Target{"0": target, "2": target})
	out, sum, err := run(t, data, stream.Options{Router: router})
	require.NoError(t, err)
	require.EqualValues(t, 1, sum.Bad)
	lines := strings.Split(out, "\n")
	require.Equal(t, `{"_errors":[{"field":"N","offset":0,"hex":"`+hex.EncodeToString(data[60:120])+`","reason":"no segment is known for \"1\", only for 0 2"}]}`, lines[1])
	require.Equal(t, `{"N":2,"T":"RECORD 2"}`, lines[2])
	_, _, err = run(t, data, stream.Options{Router: router, Strict: true})
	require.ErrorContains(t, err, "record 2 at byte 60")
}

// repeated reads the same bytes n times over.
type repeated struct {
	data []byte
	n    int
	rest []byte
}

func (r *repeated) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		if r.n == 0 {
			return 0, io.EOF
		}
		r.n--
		r.rest = r.data
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func toNowhere(t testing.TB, c *copybooks.Codec, data []byte, times, jobs int) {
	t.Helper()
	r, err := dataset.NewReader(&repeated{data: data, n: times}, dataset.Format{RECFM: dataset.FB, LRECL: 60})
	require.NoError(t, err)
	_, err = stream.ToJSON(context.Background(), r, io.Discard, stream.Options{Router: stream.Single(c, copybooks.JSONOptions{}), Jobs: jobs})
	require.NoError(t, err)
}

// What is allocated does not grow with the dataset: 6 MB or 60 MB take the same
// few batches.
func TestMemoryIsConstant(t *testing.T) {
	c := compiled(t, source)
	data := day(t, c, 10_000, 0)
	allocated := func(times int) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		toNowhere(t, c, data, times, 2)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	allocated(10) // lets the batches reach their size once
	require.Less(t, allocated(100), allocated(10)+8<<20)
}

// The records go nowhere: where they are written to is not measured.
func BenchmarkToJSON(b *testing.B) {
	c := compiled(b, source)
	data := day(b, c, 50_000, 0)
	for _, jobs := range []int{1, 2, 4} {
		b.Run(fmt.Sprint("jobs-", jobs), func(b *testing.B) {
			b.SetBytes(10 * int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				toNowhere(b, c, data, 10, jobs)
			}
		})
	}
}
