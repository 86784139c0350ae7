// Command lend starts a private Postgres cluster in a temporary folder, writes
// its addresses to standard output as one line of JSON, and removes the cluster
// when its standard input closes. So a test of any package can borrow a real
// server that cannot outlive it, however the test ends. DATABASE_URL is ignored:
// tests make and break databases.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"tidewaiter/cmd/internal/stack"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "lend:", err)
		os.Exit(2)
	}
}

func run() (err error) {
	// Ctrl-C reaches the borrower too, which then closes our input.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	dir, err := os.MkdirTemp("", "tidewaiter-lend-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	// The server's account must be able to enter it.
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	p, err := stack.StartPostgres(ctx, stack.PostgresConfig{DataDir: dir, Private: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Remove(context.Background())) }()
	err = json.NewEncoder(os.Stdout).Encode(map[string]string{
		"superuser": p.SuperuserURL(), "owner": p.OwnerURL(), "application": p.AppURL(),
	})
	if err != nil {
		return err
	}
	returned := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(returned)
	}()
	select {
	case <-returned:
		return nil
	case <-p.Done():
		return errors.New("the Postgres server ended by itself")
	}
}
