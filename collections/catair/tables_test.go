package catair

import (
	"bytes"
	"encoding/csv"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/reference"
)

// TestFaultTable: each row names a field of a record, and a condition of
// conditions.csv.
func TestFaultTable(t *testing.T) {
	tables, err := reference.Default()
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(faultTable)).ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		l := layouts[layoutKey{Chapter(row[0]), Input, row[1]}]
		require.NotNil(t, l, row)
		require.NotNil(t, l.Field(row[2]), row)
		require.NotNil(t, tables.Condition(row[4]), row)
	}
	for _, g := range grammars {
		checkConditions(t, tables, g.root)
	}
	for _, code := range []string{codeUnknownRecord, codeOutOfOrder, codeTooMany, codeExtraneous, codeFiller, codeNonStandard, "X01", "X03", "X04", "X05", "X06", "X14", "X19", "X32", "X42"} {
		require.NotNil(t, tables.Condition(code), code)
	}
}

func checkConditions(t *testing.T, tables *reference.Tables, g *group) {
	for _, s := range g.slots {
		for _, code := range []string{s.missing, s.exceeded} {
			require.True(t, code == "" || tables.Condition(code) != nil, "%s %s: %s", g.name, s.member, code)
		}
		if s.group != nil {
			checkConditions(t, tables, s.group)
		}
	}
}

// TestEveryLayoutHasAPlace: each record with a layout stands in the map of its
// chapter, the envelope's apart and 4A, which stands among the records of an
// entry summary.
func TestEveryLayoutHasAPlace(t *testing.T) {
	require.Len(t, layoutList, 115)
	for _, l := range layoutList {
		if l.Chapter != Envelope && l.Record != "4A" {
			require.NotEqual(t, noOrdinal, l.ordinal, "%s %s %s", l.Chapter, l.Direction, l.Record)
		}
	}
}

// TestBadTables: a table that does not fit together is refused.
func TestBadTables(t *testing.T) {
	const head = "chapter,direction,record,title,field,class,from,to,presence,decimals\n"
	for name, c := range map[string]struct{ row, want string }{
		"gap":           {"AE,input,10,T,Control Identifier,2AN,1,2,M,\nAE,input,10,T,Filler,77S,4,80,M,\n", "positions 4 to 80 after position 2"},
		"too short":     {"AE,input,10,T,Control Identifier,2AN,1,2,M,\n", "ends at position 2"},
		"wrong width":   {"AE,input,10,T,Control Identifier,3AN,1,2,M,\n", "does not fill positions 1 to 2"},
		"unknown class": {"AE,input,10,T,Control Identifier,2Q,1,2,M,\n", "class"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := readLayouts([]byte(head + c.row))
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := readStructure([]byte("chapter,direction,group,rank,member,least,most,missing,exceeded,citation,verified\nAE,input,block,one,10,1,1,,,c,no\n"))
	require.ErrorContains(t, err, "structure.csv row 2: rank")
}
