// Command setup finds the Temporal server, or builds it once into the user's
// cache, and says where it is. `make setup` runs it so that neither the demo
// nor the tests start with a build of several minutes.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"tidewaiter/cmd/internal/stack"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if _, err := stack.TemporalBinary(ctx, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "setup:", err)
		os.Exit(2)
	}
}
