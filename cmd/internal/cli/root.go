package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes of every command (EXIT STATUS in its help).
const (
	exitOK           = 0
	exitDifferences  = 1
	exitCouldNotRun  = 2
	exitInconclusive = 3
	exitInterrupted  = 130 // the shell's convention for Ctrl-C
)

// Main runs the command line and returns the process's exit code. Ctrl-C and
// SIGTERM cancel the command's context once; a second one ends the program at
// once.
func Main(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	root := newRootCommand()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err != nil && !isVerdict(err) {
		_, _ = fmt.Fprintf(stderr, "tidewaiter: %v\n", err)
		if ctx.Err() != nil {
			return exitInterrupted
		}
	}
	return exitCode(err)
}

// isVerdict reports whether err only carries a result the command has already
// printed.
func isVerdict(err error) bool {
	return errors.Is(err, errDifferences) || errors.Is(err, errBadRecords) || errors.Is(err, errInconclusive)
}

func exitCode(err error) int {
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errDifferences), errors.Is(err, errBadRecords):
		return exitDifferences
	case errors.Is(err, errInconclusive):
		return exitInconclusive
	default:
		return exitCouldNotRun
	}
}

func newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "tidewaiter",
		Short: "Collect duties, taxes and fees, and prove that the new system agrees with the old one",
		Long: `Tidewaiter replaces a mainframe COBOL system that collects a country's customs
duties, taxes and fees, and proves line by line that both agree before cutover.

EXIT STATUS
  0  all well
  1  differences, a failed gate, or records that could not be used
  2  could not run
  3  inconclusive`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		newDemoCommand(),
		newGenerateCommand(),
		newLayoutCommand(),
		newDecodeCommand(),
		newEncodeCommand(),
		newInspectCommand(),
		newAssessCommand(),
		newCatairCommand(),
		newReferenceCommand(),
		newParityCommand(),
		newLedgerCommand(),
		newWorkerCommand(),
	)
	return root
}
