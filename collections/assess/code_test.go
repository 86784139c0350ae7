package assess_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/reference"
)

// TestCodesAreLookedUpAnew: an Assessment that is used again remembers the codes
// of a day and of a set of tables, and of no other. Panama left the Caribbean
// Basin program after 30 October 2012.
func TestCodesAreLookedUpAnew(t *testing.T) {
	tables := exampleTables(t)
	files := exampleFiles(t)
	files["origins.csv"].Data = []byte(strings.ReplaceAll(string(files["origins.csv"].Data), "CBERA,PA,", "FAS,PA,"))
	others, err := reference.Load(files)
	require.NoError(t, err)
	var a assess.Assessment
	for _, c := range []struct {
		tables *reference.Tables
		on     reference.Date
		owed   bool
	}{{tables, 20121030, false}, {tables, 20121031, true}, {tables, 20121030, false}, {others, 20121030, true}, {tables, 20121030, false}} {
		s := with(consumption(c.on), "", tariff("9500000000", 20_000))
		s.Lines[0].Origin, s.Mode = "PA", "40"
		require.NoError(t, assess.New(c.tables, assess.Regulation).Assess(&a, s))
		require.Equal(t, c.owed, len(a.Charges) > 1, "%s", c.on)
	}
}
