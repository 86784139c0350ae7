package ledger

import (
	"context"
	"fmt"
	"time"
)

// attempt calls try, which has one effect however often it is called, until it
// succeeds, its error is not worth another attempt, or Config.Attempts are used
// up. The pauses grow: 0.1, 0.4, 0.9 seconds.
func attempt[R any](ctx context.Context, l *Ledger, doing string, try func() (R, error)) (R, error) {
	var none R
	for n := 1; ; n++ {
		result, err := try()
		if err == nil {
			return result, nil
		}
		if n >= l.attempts || !worthRetrying(err) || ctx.Err() != nil {
			return none, l.explain(doing, err)
		}
		select {
		case <-ctx.Done():
			return none, fmt.Errorf("%s: %w", doing, ctx.Err())
		case <-time.After(time.Duration(n*n) * 100 * time.Millisecond):
		}
	}
}
