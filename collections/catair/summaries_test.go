package catair_test

import (
	"io"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// TestMessageD11: the entry of example D11 as an AE message, from its records to
// what is owed. The filer's grand totals in it are the published ones.
func TestMessageD11(t *testing.T) {
	file, err := os.Open("testdata/d11.ae")
	require.NoError(t, err)
	defer file.Close()
	summaries := catair.NewSummaries(file, "d11.ae")
	var s entry.Summary
	require.NoError(t, summaries.Next(&s))
	faults, more := summaries.Faults()
	require.Empty(t, faults)
	require.Zero(t, more)
	require.Equal(t, catair.Add, summaries.Action())

	require.Equal(t, entry.Number("B7603245278"), s.Number)
	require.Equal(t, entry.Source{File: "d11.ae", Record: 3, Offset: 2 * 81}, s.Source)
	require.Equal(t, reference.Date(20260115), s.EstimatedDate)
	require.Equal(t, entry.FiledGrand{Duty: 320_000, Fees: 12_069}, s.Filed.Grand)
	require.Equal(t, []entry.Quantity{{Amount: 1_200, Unit: "NO"}}, s.Lines[0].Tariffs[0].Quantities)

	tables, err := reference.Default()
	require.NoError(t, err)
	var a assess.Assessment
	require.NoError(t, assess.New(tables, assess.Regulation).Assess(&a, &s))
	require.Equal(t, "3320.69", a.Totals.Due.String())

	require.Equal(t, io.EOF, summaries.Next(&s))
}
