package parity

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/parity/record"
)

// The message that ends a run with too many unusable records names the last
// one, and is as careful with masked values as the report.
func TestTooManyUnusableRecordsDoNotShowAMaskedValue(t *testing.T) {
	b := newBench(t)
	b.write("left.fb", nil)
	c, err := b.load(detailPlan(rightDataset)).compile(0)
	require.NoError(t, err)
	importer, err := c.schema.One("CD-IMPORTER-NUMBER")
	require.NoError(t, err)
	s := c.newSide(&c.Right, "right", Options{}, &meter{})
	problem := &record.FieldProblem{
		Element: importer, Field: "CD-IMPORTER-NUMBER", Value: "98-7654321ZZZ", Reason: `"98-7654321ZZZ" into X(12): too long`, Refused: []int{importer},
	}
	for n := range int64(mostProblems) {
		require.NoError(t, s.remember(n+1, problem))
	}
	err = s.remember(mostProblems+1, problem)
	require.ErrorContains(t, err, "right.fb")
	require.ErrorContains(t, err, "100001")
	require.ErrorContains(t, err, "CD-IMPORTER-NUMBER")
	require.NotContains(t, err.Error(), "7654321")
}
