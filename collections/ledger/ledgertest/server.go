package ledgertest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tidewaiter/collections/ledger"
)

// lender is the command that runs the server. It is run, not imported: the
// rooms below cmd know nothing of how services are started.
const lender = "tidewaiter/cmd/internal/stack/lend"

// Database is the addresses of one database, for each role. They contain
// passwords.
type Database struct {
	Superuser   string `json:"superuser"`
	Owner       string `json:"owner"`
	Application string `json:"application"`
}

// server is the borrowed cluster of this test program.
var server struct {
	start sync.Once
	base  Database
	err   error
	give  func() error // gives the server back
	count atomic.Int64 // databases made
}

// Main runs a package's tests and gives the server back afterwards. It does not
// return.
func Main(m *testing.M) {
	code := m.Run()
	if server.give != nil {
		if err := server.give(); err != nil {
			fmt.Fprintln(os.Stderr, "ledgertest:", err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// NewDatabase makes a database with the ledger's schema, removed when the test
// is over.
func NewDatabase(tb testing.TB) Database {
	tb.Helper()
	db := NewEmptyDatabase(tb)
	if err := ledger.Migrate(tb.Context(), db.Owner); err != nil {
		tb.Fatal(err)
	}
	return db
}

// NewEmptyDatabase makes a database that no migration has seen.
func NewEmptyDatabase(tb testing.TB) Database {
	tb.Helper()
	server.start.Do(func() { server.base, server.give, server.err = borrow() })
	if server.err != nil {
		tb.Fatal(server.err)
	}
	name := fmt.Sprintf("test_%d", server.count.Add(1))
	if err := administer(tb.Context(), "CREATE DATABASE "+name+" OWNER tidewaiter_owner"); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := administer(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			tb.Error(err)
		}
	})
	return Database{
		Superuser:   inDatabase(server.base.Superuser, name),
		Owner:       inDatabase(server.base.Owner, name),
		Application: inDatabase(server.base.Application, name),
	}
}

func inDatabase(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address // the lender made it
	}
	u.Path = "/" + name
	return u.String()
}

func administer(ctx context.Context, statement string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, server.base.Superuser)
	if err != nil {
		return fmt.Errorf("connecting to the test server: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	_, err = conn.Exec(ctx, statement)
	return err
}

// borrow starts the lender and reads the addresses. The server ends when our end
// of its standard input closes, which the kernel does even if this program is
// killed.
func borrow() (Database, func() error, error) {
	var base Database
	cmd := exec.Command("go", "run", lender)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is ours alone
	var said strings.Builder
	cmd.Stderr = &said
	in, err := cmd.StdinPipe()
	if err != nil {
		return base, nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return base, nil, err
	}
	if err := cmd.Start(); err != nil {
		return base, nil, fmt.Errorf("starting a Postgres server for the tests: %w", err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &base)
	}
	if err != nil {
		_ = in.Close()
		_ = cmd.Wait()
		return base, nil, fmt.Errorf("starting a Postgres server for the tests: %w\n%s", err, said.String())
	}
	return base, func() error {
		if err := errors.Join(in.Close(), cmd.Wait()); err != nil {
			return fmt.Errorf("stopping the test server: %w\n%s", err, said.String())
		}
		return nil
	}, nil
}
