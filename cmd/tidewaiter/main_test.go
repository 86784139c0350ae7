package main

import (
	"encoding/hex"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"tidewaiter/cmd/internal/cli"
	"tidewaiter/fixtures"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"tidewaiter": func() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the binary as a user does. $COPYBOOKS is a folder with the
// copybooks of the legacy system; the messages of fixtures/catair are in catair/. exits checks an exact exit status; unhex makes a
// file of the bytes that a text has in hexadecimal.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("COPYBOOKS", e.WorkDir+"/copybooks")
			return errors.Join(os.CopyFS(e.WorkDir, fixtures.Copybooks), os.CopyFS(e.WorkDir, fixtures.Catair))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "unhex": unhex},
	})
}

// exits runs "exits CODE tidewaiter ARGS..." and fails on any other status.
func exits(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGS...]")
	}
	code := "0"
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := err.(interface{ ExitCode() int })
		if !ok {
			ts.Fatalf("%v: %v", args[1:], err)
		}
		code = strconv.Itoa(exit.ExitCode())
	}
	if code != args[0] {
		ts.Fatalf("%v: exit status %s, want %s", args[1:], code, args[0])
	}
}

// unhex runs "unhex TEXT FILE": blanks and what follows # in a line are left
// out of TEXT.
func unhex(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: unhex TEXT FILE")
	}
	var digits strings.Builder
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		line, _, _ = strings.Cut(line, "#")
		digits.WriteString(strings.Join(strings.Fields(line), ""))
	}
	b, err := hex.DecodeString(digits.String())
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b, 0o644))
}
