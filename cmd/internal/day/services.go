package day

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"

	"tidewaiter/cmd/internal/stack"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/reference"
	"tidewaiter/workflows"
)

// services are what a day runs on, opened and ready: a migrated ledger and a
// connected Temporal client.
type services struct {
	tables   *reference.Tables
	stack    *stack.Stack
	books    *ledger.Ledger
	temporal client.Client
	log      *os.File
}

// openServices starts the services of a day's folder.
func openServices(ctx context.Context, dir string) (_ *services, err error) {
	s := &services{}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.tables, err = reference.Default(); err != nil {
		return nil, err
	}
	if s.log, err = os.OpenFile(filepath.Join(dir, workerLog), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644); err != nil {
		return nil, fmt.Errorf("opening the worker's log: %w", err)
	}
	if s.stack, err = stack.Start(ctx, filepath.Join(dir, servicesFolder), os.Stderr); err != nil {
		return nil, err
	}
	if err = ledger.Migrate(ctx, s.stack.Postgres.OwnerURL()); err != nil {
		return nil, err
	}
	if s.books, err = ledger.Open(ctx, ledger.Config{URL: s.stack.Postgres.AppURL()}); err != nil {
		return nil, err
	}
	logger := log.NewStructuredLogger(slog.New(slog.NewTextHandler(s.log, nil)))
	if s.temporal, err = s.stack.Temporal.Dial(ctx, logger); err != nil {
		return nil, err
	}
	return s, nil
}

// startWorker starts a worker whose activities are told to end with ctx.
func (s *services) startWorker(ctx context.Context, observe func(workflows.Progress)) (worker.Worker, error) {
	w := workflows.NewWorker(ctx, s.temporal, &workflows.Activities{
		Ledger: s.books, Tables: s.tables, Database: s.stack.Postgres.AppURL(), Observe: observe,
	})
	if err := w.Start(); err != nil {
		return nil, fmt.Errorf("starting the worker: %w", err)
	}
	return w, nil
}

// close ends what openServices started, in the opposite order.
func (s *services) close() error {
	var err error
	if s.temporal != nil {
		s.temporal.Close()
	}
	if s.books != nil {
		s.books.Close()
	}
	if s.stack != nil {
		err = s.stack.Stop()
	}
	if s.log != nil {
		err = errors.Join(err, s.log.Close())
	}
	return err
}
