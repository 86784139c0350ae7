package cli

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestArguments: a command names the argument that it misses, or of which it got
// several.
func TestArguments(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"assess"}, "FILE is missing; tidewaiter assess --help"},
		{[]string{"assess", "a", "b"}, "2 arguments where one FILE is taken; tidewaiter assess --help"},
		{[]string{"catair", "show"}, "FILE is missing; tidewaiter catair show --help"},
		{[]string{"catair", "respond"}, "FILE is missing"},
		{[]string{"layout"}, "COPYBOOK is missing"},
		{[]string{"decode", "--copybook", "F"}, "DATA is missing"},
		{[]string{"encode", "--copybook", "F"}, "JSONL is missing"},
		{[]string{"inspect"}, "DATA is missing"},
		{[]string{"parity", "run"}, "PLAN is missing"},
		{[]string{"reference", "show"}, "TABLE is missing; tidewaiter reference show --help"},
	} {
		var stdout, stderr bytes.Buffer
		require.Equal(t, exitCouldNotRun, Main(c.args, &stdout, &stderr), c.args)
		require.Contains(t, stderr.String(), c.want, c.args)
		require.Empty(t, stdout.String())
	}
}
