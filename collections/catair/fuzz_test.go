package catair_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
)

// seed adds the fixtures, in two more forms, and what once was of interest.
func seed(f *testing.F) {
	for _, file := range fixtureFiles(f) {
		f.Add(file)
		f.Add(inForm(f, file, catair.Form{EBCDIC: true}))
		f.Add(inForm(f, file, catair.Form{LineEnd: "\r\n"}))
	}
	f.Add([]byte("10"))
	f.Add([]byte("\n\n\r\nA"))
	f.Add([]byte("\xC1\x25\x15"))
	f.Add(bytes.Repeat([]byte("X"), 10_000))
}

// FuzzReader: no bytes make the checker panic, every byte is in the Raw of one
// record, and reading and writing gives the same bytes.
func FuzzReader(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := copyFile(t, file)
		if err != nil {
			require.ErrorIs(t, err, catair.ErrNotText)
			return
		}
		require.True(t, bytes.Equal(file, got))
		c := catair.NewChecker(catair.NewReader(bytes.NewReader(file)))
		for {
			rec, err := c.Next()
			for _, e := range c.Faults() {
				require.NotEmpty(t, e.Error())
			}
			if err == io.EOF {
				return
			}
			require.NoError(t, err)
			require.Len(t, rec.Text, catair.Length)
		}
	})
}

// FuzzSummaries: an entry without faults can be written, and is the same when it
// is read again.
func FuzzSummaries(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, file []byte) {
		summaries := catair.NewSummaries(bytes.NewReader(file), "fuzz")
		for {
			var s entry.Summary
			if err := summaries.Next(&s); err != nil {
				return
			}
			faults, _ := summaries.Faults()
			if len(faults) > 0 || summaries.Action() != catair.Add {
				continue
			}
			var out bytes.Buffer
			w := catair.NewWriter(&out, catair.Lines)
			require.NoError(t, w.WriteSummary(&s, catair.Filing{}))
			require.NoError(t, w.Flush())
			again := readAE(t, out.Bytes())
			require.Len(t, again, 1)
			again[0].ProcessingPort, again[0].ReceivedDate = s.ProcessingPort, s.ReceivedDate
			s.Source = entry.Source{}
			want, err := s.MarshalJSON()
			require.NoError(t, err)
			got, err := again[0].MarshalJSON()
			require.NoError(t, err)
			require.Equal(t, string(want), string(got))
		}
	})
}
