package main

import (
	"os"
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
// copybooks of the legacy system. exits checks an exact exit status.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("COPYBOOKS", e.WorkDir+"/copybooks")
			return os.CopyFS(e.WorkDir, fixtures.Copybooks)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
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
		code = string(rune('0' + exit.ExitCode()))
	}
	if code != args[0] {
		ts.Fatalf("%v: exit status %s, want %s", args[1:], code, args[0])
	}
}
