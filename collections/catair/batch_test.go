package catair_test

import (
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
)

// batchOf gives a message with example D11 under so many numbers: lines 2 to 19
// are the first entry, 20 to 37 the second.
func batchOf(t require.TestingT, serials ...string) []string {
	lines := d11(t)
	batch := append([]string(nil), lines[:2]...)
	for _, serial := range serials {
		digit, err := entry.CheckDigit("B76", serial)
		require.NoError(t, err)
		first := lines[2][:8] + serial + string(digit) + lines[2][16:]
		batch = append(append(batch, first), lines[3:20]...)
	}
	return append(batch, lines[20:]...)
}

// TestOneRecordIsBad: whatever record of a batch is bad, the entries that it is
// not in are read without a fault.
func TestOneRecordIsBad(t *testing.T) {
	const first, second, third = "B7603245278", "B7600000015", "B7600000023"
	for _, c := range []struct {
		name   string
		edit   edit
		good   []string
		faulty []string
		around string // in the faults that belong to no entry
	}{
		{"none", put(0, 1, "A"), []string{first, second, third}, nil, ""},
		{"A record", put(0, 1, "garbage in place of the header"), []string{first, second, third}, nil, "record 1 (ga)"},
		{"A record missing", without(0, 1), []string{first, second, third}, nil, "record 1 (B): the envelope does not fit together: no A record before it (condition X01)"},
		{"B record", put(1, 1, "XXXXXXXXXXXX"), []string{first, second, third}, nil, "(condition X03)"},
		{"B record missing", without(1, 1), []string{first, second, third}, nil, "(condition X03)"},
		{"first 10 record", put(2, 1, "1O"), []string{second, third}, nil, "record 3 (1O)"},
		{"second 10 record", put(20, 1, "1O"), []string{first, third}, nil, "record 21 (1O): the message has no such record (condition A02)"},
		{"second 10 record missing", without(20, 1), []string{first, third}, nil, "record 21 (11)"},
		{"number of the second", put(20, 9, "0000001X"), []string{first, third}, []string{"B760000001X"}, ""},
		{"check digit of the second", put(20, 16, "6"), []string{first, third}, []string{"B7600000016"}, ""},
		{"40 record of the second", put(24, 1, "4O"), []string{first, third}, []string{second}, ""},
		{"amount of the second", put(25, 14, "00000700O0"), []string{first, third}, []string{second}, ""},
		{"90 record of the second missing", without(37, 1), []string{first, third}, []string{second}, ""},
		{"90 record of the second twice", repeat(37, 2), []string{first, third}, []string{second}, ""},
		{"89 behind the 90", func(l []string) []string { l[36], l[37] = l[37], l[36]; return l }, []string{first, third}, []string{second}, ""},
		{"Y and Z records missing", without(56, 2), []string{first, second, third}, nil, "record 56 (90): the envelope does not fit together: the file ends without a Y record (condition X05)"},
		{"Y record", put(56, 1, "?"), []string{first, second, third}, nil, "record 57 (? )"},
		{"cut behind the second's 40 record", func(l []string) []string { return l[:25] }, []string{first}, []string{second}, "(condition X06)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			message := strings.Join(c.edit(batchOf(t, "0324527", "0000001", "0000002")), "\n") + "\n"
			require.True(t, catair.Recognize([]byte(message)))
			x := catair.NewSummaries(strings.NewReader(message), "batch")
			var good, faulty []string
			for {
				var s entry.Summary
				err := x.Next(&s)
				if err == io.EOF {
					break
				}
				require.NoError(t, err)
				if faults, _ := x.Faults(); len(faults) > 0 {
					faulty = append(faulty, string(s.Number))
					continue
				}
				require.Len(t, s.Lines, 3)
				require.True(t, s.Filed.HasGrand)
				good = append(good, string(s.Number))
			}
			require.Equal(t, c.good, good)
			require.Equal(t, c.faulty, faulty)
			var around []string
			faults, _ := x.EnvelopeFaults()
			for _, e := range faults {
				around = append(around, e.Error())
			}
			require.Equal(t, c.around != "", len(around) > 0, "%q", around)
			require.Contains(t, strings.Join(around, "\n"), c.around)
		})
	}
}

// TestOtherMessagesHaveNoEntries: the 10 record of a drawback claim is no entry
// summary, nor is anything in a response or a statement.
func TestOtherMessagesHaveNoEntries(t *testing.T) {
	for _, name := range []string{"drawback-claim.de", "entry-response.ax", "daily-statement.pf", "query-response.er"} {
		file, err := os.ReadFile(folder + name)
		require.NoError(t, err)
		var s entry.Summary
		require.Equal(t, io.EOF, catair.NewSummaries(strings.NewReader(string(file)), name).Next(&s), name)
	}
}

// TestRecognizeDamaged: a message is recognized by any of its first records.
func TestRecognizeDamaged(t *testing.T) {
	lines := d11(t)
	for name, c := range map[string]struct {
		head string
		want bool
	}{
		"lower case":                     {strings.ToLower(strings.Join(lines, "\n")), true},
		"first record damaged":           {"what is this\n" + strings.Join(lines[1:], "\n"), true},
		"first two damaged":              {"what is\nthis\n" + strings.Join(lines[2:], "\r\n"), true},
		"first damaged, no line ends":    {strings.Repeat("?", 80) + strings.Join(lines[1:], ""), true},
		"a line of JSON":                 {`{"entry":"B7603245278"}`, false},
		"numbers in lines":               {"10,20,30\n40,50,60\n", false},
		"COBOL":                          {"       01  REC.\n           10 FIELD PIC X.\n", false},
		"empty":                          {"", false},
		"one letter":                     {"A", false},
		"no UTF-8":                       {"A\xff\xff\xff", false},
		"a header with a control":        {"A\x002704B76XXXXXX01152\x00     AE", false},
		"a good header behind a control": {"\x07\x07\n" + lines[0], true},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, catair.Recognize([]byte(c.head))) })
	}
}
