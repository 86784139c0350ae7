package stack

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
)

// cluster is a private cluster's folder, locked for this program:
//
//	lock          held while a program uses the cluster
//	secrets.json  the generated passwords, readable by this account only
//	data/         Postgres's own, belongs to the server's account
//	run/          the socket, same
//	server.log    what the server said
type cluster struct {
	home    string
	account serverAccount
	log     io.Writer
	lock    *os.File
}

// clusterSecrets are the passwords of the cluster's roles.
type clusterSecrets struct {
	Superuser   string `json:"superuser"`
	Owner       string `json:"owner"`
	Application string `json:"application"`
}

// openCluster makes the folder and takes its lock. The kernel releases the lock
// when this program ends, however it ends.
func openCluster(cfg PostgresConfig) (*cluster, error) {
	account, err := chooseAccount()
	if err != nil {
		return nil, err
	}
	c := &cluster{account: account, log: cfg.Log}
	wanted, err := filepath.Abs(filepath.Join(cfg.DataDir, "postgres"))
	if err != nil {
		return nil, fmt.Errorf("finding the data folder: %w", err)
	}
	c.home = wanted
	if !cfg.Existing {
		if err := os.MkdirAll(filepath.Dir(wanted), 0o755); err != nil {
			return nil, fmt.Errorf("making the data folder: %w", err)
		}
	}
	if blocked := account.blockedAt(filepath.Dir(wanted)); blocked != "" {
		// A clone in root's home, which no other account may enter, is usual on
		// a fresh server. The name is derived from the folder so that the same
		// folder finds the same cluster again.
		sum := sha256.Sum256([]byte(wanted))
		c.home = filepath.Join("/var/lib/tidewaiter", "postgres-"+hex.EncodeToString(sum[:6]))
		c.say("postgres: account %s cannot enter %s, so the cluster is in %s", account.name, blocked, c.home)
	}
	if cfg.Existing && !c.made() {
		return nil, fmt.Errorf("there is no Postgres cluster in %s; was it made under another folder?", c.home)
	}
	if err := os.MkdirAll(c.home, 0o755); err != nil {
		return nil, fmt.Errorf("making the cluster's folder: %w", err)
	}
	if err := os.Chmod(c.home, 0o711); err != nil {
		return nil, fmt.Errorf("protecting the cluster's folder: %w", err)
	}
	return c, c.takeLock()
}

func (c *cluster) takeLock() error {
	path := filepath.Join(c.home, "lock")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("opening the cluster's lock: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		holder := make([]byte, 32)
		n, _ := f.ReadAt(holder, 0)
		_ = f.Close()
		return fmt.Errorf("%w: process %s holds %s; end it, or give another data folder", ErrPostgresInUse, strings.TrimSpace(string(holder[:n])), c.home)
	}
	if err := f.Truncate(0); err == nil {
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	c.lock = f
	return nil
}

func (c *cluster) dataDir() string { return filepath.Join(c.home, "data") }

// made says whether initialise has made the cluster.
func (c *cluster) made() bool {
	_, err := os.Stat(filepath.Join(c.dataDir(), "PG_VERSION"))
	return err == nil
}

// initialise runs initdb once. It works in a second folder that is renamed when
// complete, so that a killed run leaves no half-made cluster.
func (c *cluster) initialise(ctx context.Context) error {
	if c.made() {
		return nil
	}
	bin, err := findPostgres(ctx, 0)
	if err != nil {
		return err
	}
	c.say("postgres: making a private cluster (version %d) in %s", bin.major, c.home)
	secrets := clusterSecrets{Superuser: newPassword(), Owner: newPassword(), Application: newPassword()}
	if err := c.writeSecrets(secrets); err != nil {
		return err
	}
	fresh := filepath.Join(c.home, "data.new")
	if err := os.RemoveAll(fresh); err != nil {
		return fmt.Errorf("removing a half-made cluster: %w", err)
	}
	if err := c.account.makeFolder(fresh); err != nil {
		return err
	}
	pwfile := filepath.Join(c.home, "initdb.pw")
	defer func() { _ = os.Remove(pwfile) }()
	if err := c.account.writeFile(pwfile, []byte(secrets.Superuser+"\n")); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, bin.path("initdb"),
		"--pgdata", fresh, "--username", postgresSuperuser, "--pwfile", pwfile,
		"--auth-local", "scram-sha-256", "--auth-host", "scram-sha-256",
		"--encoding", "UTF8", "--locale", "C", "--data-checksums")
	cmd.Dir = "/"
	cmd.SysProcAttr = c.account.attributes()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("making a Postgres cluster in %s: %w\n%s", fresh, err, tail(out, 2000))
	}
	if err := os.Rename(fresh, c.dataDir()); err != nil {
		return fmt.Errorf("moving the new cluster into place: %w", err)
	}
	return nil
}

func newPassword() string { return rand.Text() }

func (c *cluster) secretsPath() string { return filepath.Join(c.home, "secrets.json") }

func (c *cluster) writeSecrets(s clusterSecrets) error {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	part := c.secretsPath() + ".new"
	if err := os.WriteFile(part, append(b, '\n'), 0o600); err != nil {
		return fmt.Errorf("writing the cluster's passwords: %w", err)
	}
	if err := os.Rename(part, c.secretsPath()); err != nil {
		return fmt.Errorf("writing the cluster's passwords: %w", err)
	}
	return nil
}

func (c *cluster) readSecrets() (clusterSecrets, error) {
	var s clusterSecrets
	b, err := os.ReadFile(c.secretsPath())
	if err != nil {
		return s, fmt.Errorf("reading the cluster's passwords: %w; without that file the cluster in %s cannot be opened", err, c.home)
	}
	if err := json.Unmarshal(b, &s); err != nil {
		return s, fmt.Errorf("reading the cluster's passwords from %s: %w", c.secretsPath(), err)
	}
	return s, nil
}

// makeDatabase makes the roles and the database that are missing. It may run
// again after a start that was killed in the middle.
func (c *cluster) makeDatabase(ctx context.Context, s clusterSecrets, port int) (err error) {
	conn, err := pgx.Connect(ctx, postgresURL(postgresSuperuser, s.Superuser, "postgres", port))
	if err != nil {
		return fmt.Errorf("connecting to the private cluster: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	ensure := func(question, name, statement string) error {
		var there bool
		if err := conn.QueryRow(ctx, question, name).Scan(&there); err != nil {
			return fmt.Errorf("looking for %s in the private cluster: %w", name, err)
		}
		if there {
			return nil
		}
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("making %s in the private cluster: %w", name, err)
		}
		return nil
	}
	const roleThere = `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)`
	const databaseThere = `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`
	// Passwords are generated from base32 letters and digits: no quoting needed.
	return errors.Join(
		ensure(roleThere, postgresOwnerRole, "CREATE ROLE "+postgresOwnerRole+" LOGIN PASSWORD '"+s.Owner+"'"),
		ensure(roleThere, postgresAppRole, "CREATE ROLE "+postgresAppRole+" LOGIN PASSWORD '"+s.Application+"'"),
		ensure(databaseThere, postgresDatabase, "CREATE DATABASE "+postgresDatabase+" OWNER "+postgresOwnerRole),
	)
}
