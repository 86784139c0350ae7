package stack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// The database and the roles of a private cluster. The ledger's migrations
// grant the application role what it may do.
const (
	postgresDatabase  = "tidewaiter"
	postgresOwnerRole = "tidewaiter_owner"
	postgresAppRole   = "tidewaiter_app"
	postgresSuperuser = "postgres"

	postgresStartTimeout = 2 * time.Minute // a crash recovery fits in it
	postgresStopTimeout  = 30 * time.Second
)

// ErrPostgresInUse is returned when another living program holds the data
// folder.
var ErrPostgresInUse = errors.New("the private Postgres cluster is in use by another program")

// PostgresConfig says where a private cluster lives.
type PostgresConfig struct {
	DataDir  string    // the cluster is made in its folder "postgres"; made if missing
	Log      io.Writer // told of what takes long or goes elsewhere than asked; may be nil
	Private  bool      // start the private cluster even if DATABASE_URL is set
	Existing bool      // open a cluster that is there, make none
}

// Postgres is a database for the ledger: the user's own, or a private cluster
// that ends with this program.
type Postgres struct {
	superuserURL string
	ownerURL     string
	appURL       string
	home         string
	lock         *os.File
	process      *process
}

// StartPostgres returns the database named by DATABASE_URL when that is set,
// else starts a private cluster in cfg.DataDir from the machine's own binaries,
// making it first when there is none. It listens on a free port of 127.0.0.1
// and on a socket inside its folder, and asks for a generated password on both.
//
// A server that a killed run left behind is stopped first; the cluster then
// recovers what was committed. ctx bounds the start, not the server's life.
func StartPostgres(ctx context.Context, cfg PostgresConfig) (*Postgres, error) {
	if given := os.Getenv("DATABASE_URL"); given != "" && !cfg.Private {
		p := &Postgres{ownerURL: given, appURL: given}
		if err := p.reachable(ctx, given); err != nil {
			return nil, fmt.Errorf("reaching Postgres at %s (from DATABASE_URL): %w; start it or unset DATABASE_URL to use a private cluster", maskURL(given), err)
		}
		return p, nil
	}
	ctx, cancel := context.WithTimeout(ctx, postgresStartTimeout)
	defer cancel()
	c, err := openCluster(cfg)
	if err != nil {
		return nil, err
	}
	p, err := c.start(ctx)
	if err != nil {
		return nil, errors.Join(err, c.lock.Close())
	}
	return p, nil
}

// OwnerURL connects as the role that owns the schema and runs the migrations.
// It contains a password.
func (p *Postgres) OwnerURL() string { return p.ownerURL }

// AppURL connects as the role that may read and append, and nothing else. It
// contains a password. For a database of the user's own it is DATABASE_URL: the
// ledger then takes the application role after connecting.
func (p *Postgres) AppURL() string { return p.appURL }

// SuperuserURL connects to a private cluster as the role that may do anything,
// for repairs and for tests that break things on purpose. It contains a
// password. It is empty for a database of the user's own.
func (p *Postgres) SuperuserURL() string { return p.superuserURL }

// Home is the folder of a private cluster, empty for a database of the user's
// own.
func (p *Postgres) Home() string { return p.home }

// Done is closed when a private server has ended, whoever ended it. It is nil
// for a database of the user's own.
func (p *Postgres) Done() <-chan struct{} {
	if p.process == nil {
		return nil
	}
	return p.process.done
}

// Stop shuts a private server down: sessions are ended, what is committed is
// kept, the next start needs no recovery. A server that is not down at the
// context's deadline, or after 30 seconds, is killed, which loses nothing
// committed either. A database of the user's own is left alone.
func (p *Postgres) Stop(ctx context.Context) error {
	if p == nil || p.process == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, postgresStopTimeout)
	defer cancel()
	err := p.process.stop(ctx, syscall.SIGINT) // SIGINT is Postgres's fast shutdown
	if closing := p.lock.Close(); err == nil && closing != nil && !errors.Is(closing, os.ErrClosed) {
		err = fmt.Errorf("releasing the lock of %s: %w", p.home, closing)
	}
	return err
}

// Remove stops a private server and deletes its cluster with all data in it.
func (p *Postgres) Remove(ctx context.Context) error {
	if p == nil || p.process == nil {
		return nil
	}
	err := p.Stop(ctx)
	if removing := os.RemoveAll(p.home); removing != nil {
		err = errors.Join(err, fmt.Errorf("removing the cluster: %w", removing))
	}
	return err
}

func (p *Postgres) reachable(ctx context.Context, to string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, to)
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// postgresURL is the address of a private cluster's database for one role.
func postgresURL(role, password, database string, port int) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(role, password),
		Host:     "127.0.0.1:" + strconv.Itoa(port),
		Path:     "/" + database,
		RawQuery: "sslmode=disable", // loopback only
	}
	return u.String()
}

// maskURL hides the password of a database address for messages.
func maskURL(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme == "" {
		return "the given address" // a keyword/value string may hold a password anywhere
	}
	q := u.Query()
	if q.Has("password") {
		q.Set("password", "xxxxx")
		u.RawQuery = q.Encode()
	}
	return u.Redacted()
}

// start brings the cluster up: stop what a killed run left, make the cluster if
// there is none, launch the server, make roles and database.
func (c *cluster) start(ctx context.Context) (*Postgres, error) {
	if err := c.stopOrphan(ctx); err != nil {
		return nil, err
	}
	if err := c.initialise(ctx); err != nil {
		return nil, err
	}
	secrets, err := c.readSecrets()
	if err != nil {
		return nil, err
	}
	server, port, err := c.launch(ctx, secrets)
	if err != nil {
		return nil, err
	}
	p := &Postgres{
		superuserURL: postgresURL(postgresSuperuser, secrets.Superuser, postgresDatabase, port),
		ownerURL:     postgresURL(postgresOwnerRole, secrets.Owner, postgresDatabase, port),
		appURL:       postgresURL(postgresAppRole, secrets.Application, postgresDatabase, port),
		home:         c.home,
		lock:         c.lock,
		process:      server,
	}
	if err := c.makeDatabase(ctx, secrets, port); err != nil {
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), postgresStopTimeout)
		defer cancel()
		return nil, errors.Join(err, server.stop(stopping, syscall.SIGINT))
	}
	return p, nil
}

// logPath is where the server's own messages go.
func (c *cluster) logPath() string { return filepath.Join(c.home, "server.log") }

// say tells the user something worth knowing while the cluster starts.
func (c *cluster) say(format string, args ...any) {
	if c.log != nil {
		_, _ = fmt.Fprintf(c.log, format+"\n", args...)
	}
}
