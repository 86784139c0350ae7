package survey_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/survey"
)

// FuzzSurvey: whatever the bytes, looking at them ends without a panic, scores
// stay in their range, and a format that is proposed can be read.
func FuzzSurvey(f *testing.F) {
	f.Add([]byte("\x00\x05\x00\x00A\x00\x05\x00\x00B"), 0)
	f.Add([]byte("\xC1\xC2\xC3\x40\xF1\xF2\xC1\xC2\xC3\x40\xF1\xF2\xC1\xC2\xC3\x40\xF1\xF2"), 6)
	f.Add([]byte("A\r\nB\r\n"), 1)
	f.Add([]byte("0005A0005B"), 0)
	f.Fuzz(func(t *testing.T, data []byte, layout int) {
		layout = max(0, layout%4096)
		for _, size := range []int64{0, int64(len(data)), int64(len(data)) + 100} {
			for _, c := range dataset.Recognise(data, size, layout) {
				require.True(t, c.Score >= 0 && c.Score <= 100, c.Score)
				_, err := dataset.NewReader(nil, c.Format)
				require.NoError(t, err)
			}
		}
		for _, c := range survey.CodePages(data) {
			require.True(t, c.Score >= 0 && c.Score <= 100, c.Score)
		}
	})
}
