package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// endlessRecords are records of blanks; after some the command is interrupted.
type endlessRecords struct {
	read      int
	interrupt func()
}

func (r *endlessRecords) Read(p []byte) (int, error) {
	if r.read += len(p); r.read > 1<<22 {
		r.interrupt()
	}
	return copy(p, bytes.Repeat([]byte{0x40}, len(p))), nil
}

// Ctrl-C leaves what was written under a name that says it is not whole.
func TestDecodeInterrupted(t *testing.T) {
	folder := t.TempDir()
	book, out := filepath.Join(folder, "r.cpy"), filepath.Join(folder, "out.jsonl")
	require.NoError(t, os.WriteFile(book, []byte("       01  R. 05 T PIC X(80)."), 0o644))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c := newDecodeCommand()
	c.SetArgs([]string{"--copybook", book, "-", "-o", out})
	c.SetIn(&endlessRecords{interrupt: cancel})
	c.SetErr(&bytes.Buffer{})
	err := c.ExecuteContext(ctx)
	require.ErrorIs(t, err, errInterrupted)
	require.Regexp(t, `^decoding -: interrupted\n[0-9,]+ records before it are written\nwhat was written is in .*out.jsonl.partial$`, err.Error())
	require.NoFileExists(t, out)
	require.FileExists(t, out+partialSuffix)
}

func TestOutputFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	require.NoError(t, os.WriteFile(path, []byte("before"), 0o644))
	boom := errors.New("boom")
	write := func(text string, err error) error {
		f, createErr := createOutput(path)
		require.NoError(t, createErr)
		_, writeErr := f.WriteString(text)
		require.NoError(t, writeErr)
		return f.end(err)
	}
	holds := func(want string) {
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, want, string(got))
	}
	require.ErrorIs(t, write("half", boom), boom)
	holds("before")
	require.FileExists(t, path+partialSuffix)
	require.ErrorIs(t, write("", boom), boom)
	require.NoFileExists(t, path+partialSuffix, "nothing was written")
	require.ErrorIs(t, write("with bad fields", errBadRecords), errBadRecords)
	holds("with bad fields")
	require.NoError(t, write("whole", nil))
	holds("whole")
	null, err := createOutput(os.DevNull)
	require.NoError(t, err)
	require.Equal(t, os.DevNull, null.Name())
	require.NoError(t, null.end(nil))
}

// TestInterrupted ends commands while they wait for standard input, as Ctrl-C does.
func TestInterrupted(t *testing.T) {
	for _, args := range [][]string{{"assess", "-"}, {"catair", "show", "-"}, {"catair", "respond", "-"}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			silent, quiet := io.Pipe() // nobody writes to it
			defer quiet.Close()
			c := newRootCommand()
			c.SetIn(silent)
			c.SetArgs(args)
			c.SetOut(io.Discard)
			c.SetErr(io.Discard)
			time.AfterFunc(10*time.Millisecond, cancel)
			require.ErrorIs(t, c.ExecuteContext(ctx), errInterrupted)
		})
	}
}
