package catair_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/reference"
)

// codesOf gives the conditions of a message's faults.
func codesOf(t require.TestingT, file []byte, factors func(string, reference.Date) int) []string {
	c := catair.NewChecker(catair.NewReader(bytes.NewReader(file)))
	c.UseFactors(factors)
	var codes []string
	for {
		_, err := c.Next()
		for _, e := range c.Faults() {
			codes = append(codes, e.Code)
		}
		if err != nil {
			return codes
		}
	}
}

// deposits is an 88 record before line 18, which becomes line 19: totals of
// antidumping and countervailing duty at 3-13 15-25 27-37 39-49 (ACE CATAIR AE, 88).
func deposits(text string) edit { return insert(18, "88"+text) }

// TestConditionsOfTotals: the non-numeric and malformed totals of the 88, 89 and 90
// records (ACE Error Dictionary), each with its nearest neighbour that is in order.
func TestConditionsOfTotals(t *testing.T) {
	const none = "00000000000 00000000000 00000000000 00000000000"
	grand := func(from int, text string) edit { return put(19, from, text) }
	for _, c := range []struct {
		code, name string
		bad, good  edit
	}{
		{"714", "total fee", put(18, 6, "000000O4276"), put(18, 6, "00000004276")},
		{"714", "second total fee", put(18, 20, "0000007793 "), put(18, 20, "      07793")},
		{"721", "grand duty, a letter", grand(3, "0000032O000"), grand(3, "00000320000")},
		{"721", "grand duty, at the left", grand(3, "320000     "), grand(3, "     320000")},
		{"721", "grand duty, a sign", grand(3, "-0000320000"), grand(3, " 0000320000")},
		{"725", "grand fees, a point", grand(15, "00000120.69"), grand(15, "00000012069")},
		{"723", "grand tax, a letter", grand(27, "0000000000A"), grand(27, "00000000000")},
		{"728", "grand antidumping, a blank inside", grand(39, "00000 00000"), grand(39, "      00000")},
		{"729", "grand countervailing, a sign at the end", grand(51, "0000000000-"), grand(51, "00000000000")},
		{"767", "grand other revenue, a comma", grand(63, "0000000,000"), grand(63, "00000000000")},
		{"736", "bonded antidumping", deposits("0000000000X" + none[11:]), deposits(none)},
		{"738", "cash antidumping", deposits(none[:12] + "0000.000000" + none[23:]), deposits(none[:12] + "      00000" + none[23:])},
		{"740", "bonded countervailing", deposits(none[:24] + "00000-00000" + none[35:]), deposits(none[:24] + "00000000001" + none[35:])},
		{"742", "cash countervailing", deposits(none[:36] + "100        "), deposits(none[:36] + "        100")},
	} {
		t.Run("ACE Error Dictionary "+c.code+" "+c.name, func(t *testing.T) {
			require.Equal(t, []string{c.code}, codesOf(t, edited(t, c.bad), nil))
			require.Empty(t, codesOf(t, edited(t, c.good), nil))
		})
	}
}

// TestConditionB16: the check digit of B76-0324527 is 8 (CATAIR appendix E), and 1
// more with each step of the filer's factor.
func TestConditionB16(t *testing.T) {
	for factor := range 10 {
		right := byte('0' + (8+factor)%10)
		for digit := byte('0'); digit <= '9'; digit++ {
			var want []string
			if digit != right {
				want = []string{"B16"}
			}
			got := codesOf(t, edited(t, put(2, 16, string(digit))), func(filer string, on reference.Date) int {
				require.Equal(t, "B76", filer)
				require.Equal(t, reference.Date(20260115), on)
				return factor
			})
			require.Equal(t, want, got, "digit %c, factor %d", digit, factor)
		}
	}
}

// TestConditionsOfTable: each row of faults.csv about a number, a date or a missing
// value of an AE record is raised for its field, and not for a field in order.
func TestConditionsOfTable(t *testing.T) {
	table, err := os.ReadFile("tables/faults.csv")
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	require.NoError(t, err)
	tried := 0
	for _, row := range rows[1:] {
		l := catair.Find(catair.Chapter(row[0]), catair.Input, row[1])
		f := l.Field(row[2])
		if row[0] != "AE" || row[1] == "10" {
			continue
		}
		fill := map[catair.Class]byte{catair.Numeric: '0', catair.SpacedNumber: '0', catair.Date: '0'}[f.Class]
		if fill == 0 {
			fill = '1'
		}
		good := recordOf(l, '1')
		copy(good[f.From-1:f.To], bytes.Repeat([]byte{fill}, f.To-f.From+1))
		bad := bytes.Clone(good)
		switch row[3] {
		case "number":
			bad[f.To-1] = 'O'
		case "date":
			copy(bad[f.From-1:], "023026")
		case "missing":
			if f.Presence != catair.Mandatory {
				continue
			}
			copy(bad[f.From-1:f.To], bytes.Repeat([]byte{' '}, f.To-f.From+1))
		default:
			continue
		}
		tried++
		require.NotContains(t, codesOf(t, append([]byte("10\n"), good...), nil), row[4], "%v", row)
		require.Contains(t, codesOf(t, append([]byte("10\n"), bad...), nil), row[4], "%v", row)
	}
	require.Greater(t, tried, 60)
}

// recordOf gives a record whose fields are all filled as their class wants it.
func recordOf(l *catair.Layout, fill byte) []byte {
	text := bytes.Repeat([]byte{' '}, catair.Length)
	for i := range l.Fields {
		f := &l.Fields[i]
		switch {
		case f.Filler(), f.Class == catair.Spaces:
		case f.Class == catair.Date:
			copy(text[f.From-1:f.To], "010126")
		case f.Class == catair.Alphabetic:
			copy(text[f.From-1:f.To], bytes.Repeat([]byte{'A'}, f.To-f.From+1))
		default:
			copy(text[f.From-1:f.To], bytes.Repeat([]byte{fill}, f.To-f.From+1))
		}
	}
	copy(text, l.Record)
	return text
}
