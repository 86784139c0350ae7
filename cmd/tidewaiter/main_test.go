package main

import (
	"encoding/hex"
	"errors"
	"os"
	"regexp"
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
// file of the bytes that a text has in hexadecimal; refused checks what becomes of
// a bad entry and of a good one behind it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("COPYBOOKS", e.WorkDir+"/copybooks")
			return errors.Join(os.CopyFS(e.WorkDir, fixtures.Copybooks), os.CopyFS(e.WorkDir, fixtures.Catair))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "unhex": unhex, "refused": refused},
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

// refused runs "refused FILE CONDITION PATTERN" on a file with a bad entry and
// behind it example D11 under the number B7603245286. assess ends with status 1,
// refuses the one with the condition ("-" for none) and an error like the pattern,
// gives no amount of it, and assesses the other; a message, a file that is not named
// .jsonl, is answered in the same way.
func refused(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 3 {
		ts.Fatalf("usage: refused FILE CONDITION PATTERN")
	}
	file, condition, pattern := args[0], args[1], regexp.MustCompile(args[2])
	exits(ts, false, []string{"1", "tidewaiter", "assess", file})
	lines := strings.Split(strings.TrimSpace(ts.ReadFile("stdout")), "\n")
	if len(lines) != 2 || strings.Contains(lines[0], `"totals"`) || !strings.Contains(lines[0], `"refused":true`) {
		ts.Fatalf("the first entry is not refused:\n%s", strings.Join(lines, "\n"))
	}
	if condition != "-" && !strings.Contains(lines[0], `"code":"`+condition+`"`) {
		ts.Fatalf("condition %s is not raised: %s", condition, lines[0])
	}
	if !strings.Contains(lines[1], `{"entry":"B7603245286"`) || !strings.Contains(lines[1], `"due":"3320.69"`) {
		ts.Fatalf("the second entry is not assessed: %s", lines[1])
	}
	if report := ts.ReadFile("stderr"); !pattern.MatchString(report) || strings.Contains(report, "345678900") {
		ts.Fatalf("no error like %q, or one with an importer number: %s", pattern, report)
	}
	if strings.HasSuffix(file, ".jsonl") {
		return
	}
	exits(ts, false, []string{"1", "tidewaiter", "catair", "respond", file})
	answer := ts.ReadFile("stdout")
	if condition != "-" && !strings.Contains(answer, "\nE1 F"+condition) {
		ts.Fatalf("condition %s is not in the answer:\n%s", condition, answer)
	}
	if strings.Count(answer, "\nE1RF ") != 1 || strings.Count(answer, "\nE1AI ") != 1 {
		ts.Fatalf("not one entry is rejected and one accepted:\n%s", answer)
	}
}
