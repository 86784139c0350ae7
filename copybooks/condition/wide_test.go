package condition_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/condition"
)

// Conditions on NATIONAL and UTF-8 items: each kind of literal is text in the
// characters of the item, and a hexadecimal one its bytes (Enterprise COBOL
// Language Reference, "Literals" and "Figurative constants").
func TestWideConditions(t *testing.T) {
	c := compiled(t, `01 R.
		05 N PIC N(2). 88 N-TEXT VALUE N'日'. 88 N-HEX VALUE NX'65E50020'. 88 N-ZERO VALUE ZEROS. 88 N-BLANK VALUE SPACES. 88 N-HIGH VALUE HIGH-VALUES.
		05 U PIC U(2). 88 U-TEXT VALUE U'日'. 88 U-HEX VALUE UX'E697A52020202020'. 88 U-ZERO VALUE ZERO.
		05 D PIC 9(2) NATIONAL. 88 D-ONE VALUE 1.`)
	for name, want := range map[string][]string{
		"日":  {"N-TEXT", "N-HEX", "U-TEXT", "U-HEX"},
		"00": {"N-ZERO", "U-ZERO"},
		"":   {"N-BLANK"},
	} {
		rec := put(t, c, map[string]string{"N": name, "U": name})
		for _, cond := range []string{"N-TEXT", "N-HEX", "N-ZERO", "N-BLANK", "N-HIGH", "U-TEXT", "U-HEX", "U-ZERO"} {
			e, err := condition.Parse(cond, condition.Scope{Codecs: []*copybooks.Codec{c}})
			require.NoError(t, err)
			holds, err := e.Holds(rec, 0)
			require.NoError(t, err)
			require.Equal(t, slices.Contains(want, cond), holds, "%s %q", cond, name)
		}
	}
}
