// Package cli is the tidewaiter command line: one file per command, each with
// its help, its flags and its output, and no rules of its own.
//
// Output rules. Results go to standard output, everything else (progress,
// warnings, errors) to standard error. --json replaces the result with one JSON
// object or JSON lines. A progress bar is drawn only on a terminal. An error is
// one or more lines that say what was being done, to what (file, record, byte
// offset, field; or service and address) and what to do next.
//
// A file that decode or encode writes for -o is called FILE.partial until it is
// whole; what a failure or Ctrl-C leaves keeps that name, and the error says so.
//
// Exit codes, mapped in one place (Main): 0 all well, 1 differences or records
// that could not be used, 2 could not run, 3 inconclusive, 130 interrupted.
package cli
