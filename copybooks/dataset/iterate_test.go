package dataset_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks/dataset"
)

func ExampleReader_Records() {
	file := strings.NewReader("\x00\x07\x00\x00ABC\x00\x05\x00\x00D")
	r, err := dataset.NewReader(file, dataset.Format{RECFM: dataset.VB})
	if err != nil {
		panic(err)
	}
	for rec, err := range r.Records() {
		if err != nil {
			panic(err)
		}
		fmt.Println(rec.Number, rec.Offset, string(rec.Bytes))
	}
	// Output:
	// 1 0 ABC
	// 2 7 D
}

// What cannot be cut ends the iteration with its error.
func TestRecordsEndsWithError(t *testing.T) {
	r, err := dataset.NewReader(strings.NewReader("\x00\x05\x00\x00A\x00\x09\x00\x00B"), dataset.Format{RECFM: dataset.VB})
	require.NoError(t, err)
	var got []string
	for rec, err := range r.Records() {
		if err != nil {
			var bad *dataset.FramingError
			require.ErrorAs(t, err, &bad)
			got = append(got, "error")
			continue
		}
		got = append(got, string(rec.Bytes))
	}
	require.Equal(t, []string{"A", "error"}, got)
}
