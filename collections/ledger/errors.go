package ledger

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"tidewaiter/collections/entry"
)

var (
	// ErrKeyConflict says that a business key was posted before with different
	// content. The error is a *KeyConflictError.
	ErrKeyConflict = errors.New("business key posted before with different content")
	// ErrChunkConflict says that a chunk of this run is done with different
	// content: the run's name was used for other input.
	ErrChunkConflict = errors.New("chunk done before with different content")
	// ErrStatementConflict says that the statements of a print date were saved
	// before with different content.
	ErrStatementConflict = errors.New("statements of this print date saved before with different content")
	// ErrUnbalanced says that the database refused a journal whose postings do
	// not sum to zero.
	ErrUnbalanced = errors.New("journal does not balance")
	// ErrIncomplete says that the database refused a journal without all the
	// postings it announces, or postings without their journal.
	ErrIncomplete = errors.New("journal is not complete")
	// ErrAppendOnly says that the database refused to change or remove a row.
	ErrAppendOnly = errors.New("the ledger is append-only")
	// ErrUnreachable says that the database did not answer.
	ErrUnreachable = errors.New("database not reachable")
	// ErrNotMigrated says that the database has no ledger yet.
	ErrNotMigrated = errors.New("database has no ledger schema")
)

// SQLSTATEs of the guards in migrations/00001_ledger.sql, and the standard ones
// that are told apart.
const (
	stateAppendOnly      = "TW001"
	stateUnbalanced      = "TW002"
	stateIncomplete      = "TW003"
	stateUniqueViolation = "23505"
	stateSerialization   = "40001"
	stateDeadlock        = "40P01"
	stateNoSchema        = "3F000"
	stateNoTable         = "42P01"
)

// Conflict is a journal that cannot be posted because its key has other content.
type Conflict struct {
	Index  int // in the batch's Journals
	Key    string
	Source entry.Source
}

// KeyConflictError names the journals of a batch whose keys were posted before
// with different content. Nothing of the batch was posted.
type KeyConflictError struct {
	Conflicts []Conflict // at least one
}

func (e *KeyConflictError) Error() string {
	var b strings.Builder
	first := e.Conflicts[0]
	fmt.Fprintf(&b, "key %s", first.Key)
	if first.Source.File != "" {
		fmt.Fprintf(&b, " (%s, record %d, byte %d)", first.Source.File, first.Source.Record, first.Source.Offset)
	}
	fmt.Fprintf(&b, ": %v", ErrKeyConflict)
	if n := len(e.Conflicts) - 1; n > 0 {
		fmt.Fprintf(&b, "; so were %d more of this batch", n)
	}
	b.WriteString("; an entry may be collected once a day, remove the second one or set Batch.RejectConflicts")
	return b.String()
}

func (e *KeyConflictError) Unwrap() error { return ErrKeyConflict }

// explain gives a database error the package's sentinel. The error texts of pgx
// name host and user, never the password.
func (l *Ledger) explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	var state *pgconn.PgError
	if errors.As(err, &state) {
		sentinel, known := map[string]error{
			stateAppendOnly: ErrAppendOnly,
			stateUnbalanced: ErrUnbalanced,
			stateIncomplete: ErrIncomplete,
			stateNoSchema:   ErrNotMigrated,
			stateNoTable:    ErrNotMigrated,
		}[state.Code]
		if !known {
			return fmt.Errorf("%s: %w", doing, err)
		}
		if sentinel == ErrNotMigrated {
			return fmt.Errorf("%s: %w (%s); run the migrations with the owner's URL first", doing, sentinel, state.Message)
		}
		return fmt.Errorf("%s: %w: %w", doing, sentinel, err)
	}
	if connectionLost(err) {
		return fmt.Errorf("%s: %w at %s: %w; check that Postgres runs there and takes connections", doing, ErrUnreachable, l.address, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// connectionLost says that the server did not answer, so that the outcome of
// what was sent is unknown.
func connectionLost(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var connecting *pgconn.ConnectError
	var network net.Error
	var operation *net.OpError
	return errors.As(err, &connecting) || errors.As(err, &operation) || errors.As(err, &network) ||
		errors.Is(err, net.ErrClosed) || unexpectedEnd(err)
}

// worthRetrying says that sending the same batch again may succeed: another
// session was in the way, or the connection broke.
func worthRetrying(err error) bool {
	var state *pgconn.PgError
	if errors.As(err, &state) {
		switch {
		case state.Code == stateSerialization, state.Code == stateDeadlock:
			return true
		case state.Code == stateUniqueViolation:
			return true // a key that another session posted meanwhile: the next look finds it
		case strings.HasPrefix(state.Code, "57P0"): // session ended or server going down
			return true
		}
		return false
	}
	return connectionLost(err)
}
