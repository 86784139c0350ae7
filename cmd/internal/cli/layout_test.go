package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A record of a whole program, with its member in another folder and the
// currency and comma of another country.
func TestLayoutOfAProgram(t *testing.T) {
	dir, library := t.TempDir(), t.TempDir()
	program := filepath.Join(dir, "P.cbl")
	require.NoError(t, os.WriteFile(program, []byte("       DATA DIVISION.\n       FILE SECTION.\n       FD  F.\n       01  IN-REC.\n           COPY M.\n       PROCEDURE DIVISION.\n           STOP RUN.\n"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(library, "M.cpy"), []byte("           05 A PIC UU9,99.\n           05 B PIC S9(9) COMP SYNC.\n           05 C PIC X.\n"), 0o644))
	out, _, err := execute(t, newLayoutCommand(), "--members", library, "--currency", "U=EUR", "--decimal-comma", "--record", "IN-REC", program)
	require.NoError(t, err)
	require.Contains(t, out, "IN-REC, 13 bytes")
	require.Contains(t, out, "numeric-edited")
	require.Contains(t, out, "SYNCHRONIZED")
	for flag, want := range map[string]string{"--currency=EUR": "expected one symbol", "--source-format=wide": "expected auto, fixed, variable or free"} {
		_, _, err := execute(t, newLayoutCommand(), flag, program)
		require.ErrorContains(t, err, want)
	}
}
