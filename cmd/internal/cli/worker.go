package cli

import (
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/spf13/cobra"
	"go.temporal.io/sdk/log"

	"tidewaiter/cmd/internal/stack"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/reference"
	"tidewaiter/workflows"
)

func newWorkerCommand() *cobra.Command {
	var database string
	cmd := &cobra.Command{
		Use:   "worker",
		Short: "Run a Temporal worker for the collection workflows",
		Long: `Runs a worker for the workflows CollectionDay and ParallelRun on the task queue
"` + workflows.TaskQueue + `", until Ctrl-C. The Temporal service is named by TEMPORAL_ADDRESS and
TEMPORAL_NAMESPACE, the ledger's database by --database or DATABASE_URL. The
ledger must have been migrated.

EXIT STATUS
  0    ended by Ctrl-C or SIGTERM
  2    could not run`,
		Example: `  TEMPORAL_ADDRESS=temporal.example:7233 DATABASE_URL=postgres://tidewaiter_app@db.example/tidewaiter tidewaiter worker`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if os.Getenv("TEMPORAL_ADDRESS") == "" {
				return errors.New("TEMPORAL_ADDRESS is not set; name the Temporal service, for example TEMPORAL_ADDRESS=127.0.0.1:7233")
			}
			if database == "" {
				return errors.New("no database; set DATABASE_URL or give --database")
			}
			return runWorker(cmd, database)
		},
	}
	cmd.Flags().StringVar(&database, "database", os.Getenv("DATABASE_URL"), "Postgres URL of the ledger (default $DATABASE_URL)")
	cmd.Flags().Lookup("database").DefValue = "" // the help must not print a password
	return cmd
}

// runWorker works until the command's context ends.
func runWorker(cmd *cobra.Command, database string) error {
	ctx := cmd.Context()
	books, err := ledger.Open(ctx, ledger.Config{URL: database})
	if err != nil {
		return err
	}
	defer books.Close()
	tables, err := reference.Default()
	if err != nil {
		return err
	}
	service, err := stack.StartTemporal(ctx, stack.TemporalConfig{})
	if err != nil {
		return err
	}
	temporal, err := service.Dial(ctx, log.NewStructuredLogger(slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))))
	if err != nil {
		return err
	}
	defer temporal.Close()
	w := workflows.NewWorker(ctx, temporal, &workflows.Activities{Ledger: books, Tables: tables, Database: database})
	if err := w.Start(); err != nil {
		return fmt.Errorf("starting the worker: %w", err)
	}
	cmd.PrintErrf("worker: task queue %s at %s, ledger %s\n", workflows.TaskQueue, service.Address, books.Address())
	<-ctx.Done()
	w.Stop()
	return nil
}
