package catair_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/reference"
)

// edit is a change of example D11's message: its lines, counted from 0.
type edit func(lines []string) []string

// d11 gives the lines of the message; 2 is the 10 record, 6 the first 40, 7 its
// first 50, 9 its first 62, 18 the 89, 19 the 90, 20 Y, 21 Z.
func d11(t require.TestingT) []string {
	b, err := os.ReadFile("testdata/d11.ae")
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	require.Len(t, lines, 22)
	return lines
}

func edited(t require.TestingT, e edit) []byte {
	return []byte(strings.Join(e(d11(t)), "\n") + "\n")
}

// put writes text over a line, from a 1-based position.
func put(line, from int, text string) edit {
	return func(l []string) []string {
		l[line] = l[line][:from-1] + text + l[line][from-1+len(text):]
		return l
	}
}

// without leaves lines out.
func without(from, n int) edit {
	return func(l []string) []string { return append(l[:from:from], l[from+n:]...) }
}

// repeat has a line n times.
func repeat(line, n int) edit {
	return func(l []string) []string {
		out := append([]string(nil), l[:line]...)
		for range n {
			out = append(out, l[line])
		}
		return append(out, l[line+1:]...)
	}
}

// insert puts a record of that text before a line.
func insert(line int, text string) edit {
	return func(l []string) []string {
		return append(append(append([]string(nil), l[:line]...), fmt.Sprintf("%-80s", text)), l[line:]...)
	}
}

// replicate has the first line of the summary n times, with identifiers of its own.
func replicate(n int) edit {
	return func(l []string) []string {
		out := append([]string(nil), l[:6]...)
		for i := range n {
			out = append(out, l[6][:4]+fmt.Sprintf("%03d", (i+1)%1000)+l[6][7:])
			out = append(out, l[7:11]...)
		}
		return append(out, l[18:]...)
	}
}

// TestFaults: each fault of an AE message, with record, positions and the
// condition of the ACE Error Dictionary; and its neighbour, which is none.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name string
		edit edit
		want []string // beginnings and ends of the faults, in order; none when nothing is wrong
	}{
		{"nothing wrong", put(2, 1, "10"), nil},
		{"B01 action missing", put(2, 3, " "), []string{"record 3 (10), positions 3-3, Summary Filing Action Request Code " + `" "` + "…(condition B01)"}},
		{"B03 port missing", put(2, 18, "    "), []string{"record 3 (10), positions 18-21…(condition B03)"}},
		{"B14 number missing", put(2, 9, "        "), []string{"record 3 (10), positions 9-16…(condition B14)"}},
		{"B15 number not numeric", put(2, 9, "O3245278"), []string{"record 3 (10), positions 9-16…(condition B15)"}},
		{"B16 check digit", put(2, 16, "9"), []string{"record 3 (10), positions 9-16…(condition B16)"}},
		{"B17 type missing", put(2, 34, "  "), []string{"record 3 (10), positions 34-35…(condition B17)"}},
		{"100 importer missing", put(3, 3, "            "), []string{"record 4 (11), positions 3-14…(condition 100)"}},
		{"128 30 February", put(3, 48, "023026"), []string{"record 4 (11), positions 48-53…(condition 128)"}},
		{"29 February 2024", put(3, 48, "022924"), nil},
		{"128 29 February 2026", put(3, 48, "022926"), []string{"record 4 (11), positions 48-53…(condition 128)"}},
		{"a date of zeros is none", put(3, 48, "000000"), nil},
		{"402 line identifier missing", put(6, 5, "   "), []string{"record 7 (40), positions 5-7…(condition 402)"}},
		{"404 component without a header", put(6, 8, "V"), []string{"record 7 (40), positions 8-8…(condition 404)"}},
		{"component behind a line that is none of a set", put(11, 8, "V"), []string{"record 12 (40), positions 8-8…(condition 404)"}},
		{"components behind their header", func(l []string) []string { return put(14, 8, "V")(put(11, 8, "V")(put(6, 8, "X")(l))) }, nil},
		{"518 line identifier twice", put(11, 5, "001"), []string{"record 12 (40), positions 5-7…(condition 518)"}},
		{"407 origin missing", put(6, 9, "  "), []string{"record 7 (40), positions 9-10…(condition 407)"}},
		{"421 weight", put(6, 42, "12OO      "), []string{"record 7 (40), positions 42-51…(condition 421)"}},
		{"432 tariff number missing", put(7, 3, "          "), []string{"record 8 (50), positions 3-12…(condition 432)"}},
		{"438 duty", put(7, 14, "00000700O0"), []string{"record 8 (50), positions 14-23, Duty Amount \"00000700O0\"…(condition 438)"}},
		{"438 negative duty", put(7, 14, "-000070000"), []string{"record 8 (50), positions 14-23…(condition 438)"}},
		{"438 duty at the left", put(7, 14, "70000     "), []string{"record 8 (50), positions 14-23…(condition 438)"}},
		{"duty with blanks before it", put(7, 14, "     70000"), nil},
		{"437 value with a point", put(7, 25, "10000.00  "), []string{"record 8 (50), positions 25-34…(condition 437)"}},
		{"440 quantity", put(7, 36, "000000000A00"), []string{"record 8 (50), positions 36-47…(condition 440)"}},
		{"439 quantity without its unit", put(7, 48, "   "), []string{"record 8 (50), positions 48-50…(condition 439)"}},
		{"248 fee class missing", put(9, 3, "   "), []string{"record 10 (62), positions 3-5…(condition 248)"}},
		{"252 fee missing", put(9, 6, "        "), []string{"record 10 (62), positions 6-13…(condition 252)"}},
		{"253 fee", put(9, 6, "0000x464"), []string{"record 10 (62), positions 6-13…(condition 253)"}},
		{"254 class twice in an 89 record", put(18, 31, "49900000000001"), []string{"record 19 (89), positions 31-33…(condition 254)"}},
		{"254 class twice in two 89 records", insert(19, "8950100000000001"), []string{"record 20 (89), positions 3-5…(condition 254)"}},
		{"three classes in an 89 record", put(18, 31, "05600000000001"), nil},
		{"721 grand total", put(19, 3, "000003200.0"), []string{"record 20 (90), positions 3-13…(condition 721)"}},
		{"X39 data in filler", put(19, 80, "1"), []string{"record 20 (90), positions 74-80…(condition X39)"}},
		{"X40 lower case in a code", put(2, 18, "27o4"), []string{"record 3 (10), positions 18-21…(condition X40)"}},
		{"X40 control character in a text", put(2, 22, "REF\x001    "), []string{"record 3 (10), positions 22-30…(condition X40)"}},
		{"X40 no ASCII", put(2, 22, "RÉF1"), []string{"record 3 (10), positions 22-30…(condition X40)"}},
		{"punctuation in a text", put(2, 22, "a/b c.d-e"), nil},

		{"A02 unknown record", insert(19, "QX"), []string{"record 20 (QX)…(condition A02)"}},
		{"another agency's record", insert(9, "PG01001FDA"), nil},
		{"A04 no 40 before the 50", without(6, 1), []string{"record 7 (50)…(condition A04)", "record 8 (50)…(condition A04)", "record 9 (62)…(condition A04)", "record 10 (62)…(condition A04)"}},
		{"A04 62 before the 50", func(l []string) []string { l[7], l[9] = l[9], l[7]; return l }, []string{"record 9 (50)…(condition A04)", "record 10 (50)…(condition A04)"}},
		{"A04 20 after the 31", func(l []string) []string { l[4], l[5] = l[5], l[4]; return l }, []string{"record 6 (20)…(condition A04)"}},
		{"400 no line", without(6, 12), []string{"record 3 (10)…has no line (condition 400)"}},
		{"431 line without tariff number", without(7, 2), []string{"record 7 (40)…has no 50 (condition 431)"}},
		{"701 no grand totals", without(19, 1), []string{"record 3 (10)…has no 90 (condition 701)"}},
		{"no 11 record", without(3, 1), []string{"record 3 (10)…has no 11"}},
		{"two 11 records", repeat(3, 2), []string{"record 5 (11)…(condition A24)"}},
		{"32 tariff numbers", repeat(8, 31), nil},
		{"A11 33 tariff numbers", repeat(8, 32), []string{"record 40 (50)…(condition A11)"}},
		{"9 fees", repeat(9, 8), nil},
		{"A19 10 fees", repeat(9, 9), []string{"record 19 (62)…(condition A19)"}},
		{"two cases", insert(9, "53A570001000C00001017A"+strings.Repeat(" ", 24)+"0000000000"), nil},
		{"998 lines", replicate(998), nil},
		{"A08 999 lines", replicate(999), []string{"record 4997 (40)…(condition A08)"}},
		{"B24 a deletion with data", put(2, 3, "D"), []string{"record 4 (11)…(condition B24)"}},
		{"a deletion", func(l []string) []string { return put(2, 3, "D")(append(l[:3:3], l[20:]...)) }, nil},

		{"X06 no Z record", without(21, 1), []string{"record 21 (Y)…(condition X06)"}},
		{"X05 no Y record", without(20, 1), []string{"record 21 (Z)…(condition X05)"}},
		{"X05 X06 cut at a record", without(20, 2), []string{"record 20 (90)…(condition X05)", "record 20 (90)…(condition X06)"}},
		{"X01 no A record", without(0, 1), []string{"record 1 (B)…(condition X01)", "record 21 (Z)…(condition X01)"}},
		{"X03 no B record", without(1, 1), []string{"record 2 (10)…(condition X03)", "record 20 (Y)…(condition X03)"}},
		{"X04 empty block", without(2, 18), []string{"record 3 (Y)…(condition X04)"}},
		{"X14 Z of another site", put(21, 2, "1001"), []string{"record 22 (Z), positions 2-5…(condition X14)"}},
		{"X32 Y of another filer", put(20, 8, "ABC"), []string{"record 21 (Y), positions 8-10…(condition X32)"}},
		{"X19 block of another application", put(1, 11, "DE"), []string{"record 2 (B), positions 11-12…(condition X19)"}},
		{"X12 unknown application", put(0, 26, "ZZ"), []string{"record 1 (A), positions 26-27…(condition X12)", "record 2 (B), positions 11-12…(condition X19)"}},
		{"without an envelope", func(l []string) []string { return l[2:20] }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := faultsOf(t, edited(t, c.edit))
			if c.name == "X19 block of another application" { // the records are then a drawback claim's
				got = got[:1]
			}
			require.Len(t, got, len(c.want), "%q", got)
			for i, want := range c.want {
				begin, end, _ := strings.Cut(want, "…")
				require.True(t, strings.HasPrefix(got[i], begin) && strings.HasSuffix(got[i], end), "%s\nis not\n%s", got[i], want)
			}
		})
	}
}

// TestFilerFactor: a filer that has used up its numbers adds to its check digits
// (collections.md 1.1): 8 + 1 is 9.
func TestFilerFactor(t *testing.T) {
	for _, c := range []struct {
		digit  string
		factor int
		right  bool
	}{{"8", 0, true}, {"9", 0, false}, {"9", 1, true}, {"8", 1, false}, {"1", 3, true}} {
		r := catair.NewReader(bytes.NewReader(edited(t, put(2, 16, c.digit))))
		checker := catair.NewChecker(r)
		checker.UseFactors(func(filer string, on reference.Date) int {
			require.Equal(t, "B76", filer)
			require.Equal(t, reference.Date(20260115), on)
			return c.factor
		})
		for range 3 {
			_, err := checker.Next()
			require.NoError(t, err)
		}
		require.Equal(t, c.right, len(checker.Faults()) == 0, "digit %s, factor %d", c.digit, c.factor)
	}
}

// TestFilerFactorWithoutHeader: an entry whose message does not say when it was sent
// is looked up on its statement print date (10 record, 52-57).
func TestFilerFactorWithoutHeader(t *testing.T) {
	c := catair.NewChecker(catair.NewReader(bytes.NewReader(edited(t, func(l []string) []string { return put(0, 16, "9")(l[2:20]) }))))
	c.UseFactors(func(_ string, on reference.Date) int {
		require.Equal(t, reference.Date(20260120), on)
		return 1
	})
	_, err := c.Next()
	require.NoError(t, err)
	require.Empty(t, c.Faults())
}

// TestMissingRecordsOfStatements: the map of the monthly statement (MS output).
func TestMissingRecordsOfStatements(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(string(dailyStatement(t)), "\n"), "\n")
	drop := func(id string) string {
		for i, l := range lines {
			if strings.HasPrefix(l, id) {
				return strings.Join(append(append([]string(nil), lines[:i]...), lines[i+1:]...), "\n") + "\n"
			}
		}
		t.Fatal(id)
		return ""
	}
	count := `record 11 (Y), positions 13-17, Output Transaction Image Count "00009"`
	for id, want := range map[string]string{"Q2": "has no Q2", "Q3": "has no Q3", "Q4": "has no Q4", "Q6": "has no Q6", "Q5": "may not stand here"} {
		t.Run(id, func(t *testing.T) {
			got := strings.Join(faultsOf(t, []byte(drop(id))), "\n")
			require.Contains(t, got, want)
			require.Contains(t, got, count)
		})
	}
	six := strings.Replace(strings.Join(lines, "\n")+"\n", lines[4]+"\n", strings.Repeat(lines[4]+"\n", 6), 1)
	require.Contains(t, strings.Join(faultsOf(t, []byte(six)), "\n"), "record 10 (QA): too many records: entry QA has at most 5")
}
