package catair

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTexts: a code is itself, however many others there were, and a page's
// texts stay what they are when it is full.
func TestTexts(t *testing.T) {
	x := texts{all: map[string]string{}}
	var first []string
	for range 2 {
		for i := range 3 * recentTexts {
			want := fmt.Sprintf("%0*d", i%17, i)
			first = append(first, x.code([]byte(want)))
			require.Equal(t, want, first[i])
			require.Equal(t, want, first[len(first)-1])
		}
	}
	require.Empty(t, x.code(nil))
	require.Zero(t, testing.AllocsPerRun(100, func() { x.code([]byte("8708290010")) }))
	long := strings.Repeat("X", 2*pageSize)
	require.Equal(t, long+"Y", x.page.keep([]byte(long), []byte("Y")))
	require.Equal(t, "B7603245278", x.page.keep([]byte("B76"), []byte("03245278")))
}
