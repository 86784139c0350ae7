package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// appRole is the role that may read and append, made by the migrations.
const appRole = "tidewaiter_app"

// Config says which database holds the ledger.
type Config struct {
	// URL connects as the application role, or as a role that is a member of
	// it: the ledger then takes the application role after connecting.
	URL string
	// MaxConns bounds the connections; 0 means 4. One or two writers are faster
	// than more on a small machine.
	MaxConns int
	// Attempts is how often a batch is sent when sessions collide or the
	// connection breaks; 0 means 4.
	Attempts int
	// StatementTimeout bounds each statement; 0 means 10 minutes, which a sum
	// over a full day needs on a slow machine.
	StatementTimeout time.Duration
}

// Ledger is a connection pool to the journal. It is safe for concurrent use.
type Ledger struct {
	pool     *pgxpool.Pool
	address  string
	attempts int
	accounts map[string]int16 // code to id
	codes    map[int16]string
	writers  sync.Pool // of *writer
	runs     sync.Map  // run name to id
}

// Open connects, takes the application role and reads the chart of accounts.
func Open(ctx context.Context, c Config) (*Ledger, error) {
	pc, err := pgxpool.ParseConfig(c.URL)
	if err != nil {
		return nil, fmt.Errorf("reading the database address: %w", err) // pgx masks the password
	}
	l := &Ledger{
		address:  address(pc.ConnConfig),
		attempts: orDefault(c.Attempts, 4),
		accounts: make(map[string]int16),
		codes:    make(map[int16]string),
	}
	l.writers.New = func() any { return newWriter() }
	configure(pc, c)
	if l.pool, err = pgxpool.NewWithConfig(ctx, pc); err != nil {
		return nil, l.explain("opening the ledger", err)
	}
	if err := l.readAccounts(ctx); err != nil {
		l.pool.Close()
		return nil, l.explain("opening the ledger", err)
	}
	return l, nil
}

// Close ends all connections.
func (l *Ledger) Close() { l.pool.Close() }

// Address is the server and database of the ledger, without any secret.
func (l *Ledger) Address() string { return l.address }

func address(c *pgx.ConnConfig) string {
	return net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port))) + "/" + c.Database
}

func orDefault[T int | time.Duration](v, standard T) T {
	if v > 0 {
		return v
	}
	return standard
}

// configure puts a limit on everything that can hang.
func configure(pc *pgxpool.Config, c Config) {
	pc.MaxConns = int32(orDefault(c.MaxConns, 4))
	pc.MaxConnIdleTime = 5 * time.Minute
	pc.ConnConfig.ConnectTimeout = 10 * time.Second
	ms := func(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
	for name, value := range map[string]string{
		"application_name":                    "tidewaiter ledger",
		"statement_timeout":                   ms(orDefault(c.StatementTimeout, 10*time.Minute)),
		"lock_timeout":                        ms(2 * time.Minute),
		"idle_in_transaction_session_timeout": ms(2 * time.Minute),
		"tcp_user_timeout":                    ms(time.Minute),
		"timezone":                            "UTC",
	} {
		pc.ConnConfig.RuntimeParams[name] = value
	}
	pc.AfterConnect = takeAppRole
}

// takeAppRole leaves every right behind that the ledger does not need.
func takeAppRole(ctx context.Context, conn *pgx.Conn) error {
	var there, is, may bool
	err := conn.QueryRow(ctx, `SELECT count(*) > 0, current_user = $1, coalesce(bool_or(pg_has_role(current_user, oid, 'MEMBER')), false)
		FROM pg_roles WHERE rolname = $1`, appRole).Scan(&there, &is, &may)
	switch {
	case err != nil || is:
		return err
	case !there:
		return fmt.Errorf("%w (role %s is missing); run the migrations with the owner's URL first", ErrNotMigrated, appRole)
	case !may:
		return fmt.Errorf("user %s is not a member of role %s; a superuser can GRANT %s TO %[1]s", conn.Config().User, appRole, appRole)
	}
	_, err = conn.Exec(ctx, "SET ROLE "+appRole)
	return err
}

func (l *Ledger) readAccounts(ctx context.Context) error {
	rows, err := l.pool.Query(ctx, `SELECT id, code FROM tidewaiter.account`)
	if err != nil {
		return err
	}
	var id int16
	var code string
	_, err = pgx.ForEachRow(rows, []any{&id, &code}, func() error {
		l.accounts[code], l.codes[id] = id, code
		return nil
	})
	return err
}

// unexpectedEnd says that the other side closed the connection in the middle.
func unexpectedEnd(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}
