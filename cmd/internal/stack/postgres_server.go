package stack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// longestSocketPath is the room the kernel gives a socket's path, less the name
// Postgres adds (/.s.PGSQL.65535) and the final zero.
const longestSocketPath = 107 - len("/.s.PGSQL.65535")

// launch starts the server and waits until it answers. A port that another
// program took between our asking and Postgres's binding is tried again.
func (c *cluster) launch(ctx context.Context, s clusterSecrets) (*process, int, error) {
	major, err := c.version()
	if err != nil {
		return nil, 0, err
	}
	bin, err := findPostgres(ctx, major)
	if err != nil {
		return nil, 0, err
	}
	if err := c.account.makeFolder(filepath.Join(c.home, "run")); err != nil {
		return nil, 0, err
	}
	for attempt := 1; ; attempt++ {
		ports, err := freePorts(1)
		if err != nil {
			return nil, 0, err
		}
		server, err := c.launchOn(ctx, bin, s, ports[0])
		if err == nil {
			return server, ports[0], nil
		}
		said, _ := os.ReadFile(c.logPath())
		if attempt == 3 || !bytes.Contains(said, []byte("Address already in use")) {
			return nil, 0, fmt.Errorf("%w; its log %s ends:\n%s", err, c.logPath(), tail(said, 1500))
		}
	}
}

func (c *cluster) launchOn(ctx context.Context, bin postgresBinaries, s clusterSecrets, port int) (*process, error) {
	said, err := os.OpenFile(c.logPath(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("making the server's log: %w", err)
	}
	defer func() { _ = said.Close() }()
	cmd := exec.Command(bin.path("postgres"), c.arguments(port)...)
	cmd.Dir = "/"
	cmd.Stdout, cmd.Stderr = said, said
	cmd.SysProcAttr = c.account.attributes()
	// When this program is killed the kernel asks for a fast shutdown, which
	// ends sessions and keeps what is committed.
	cmd.SysProcAttr.Pdeathsig = syscall.SIGINT
	server, err := startProcess("Postgres server", cmd)
	if err != nil {
		return nil, err
	}
	admin := postgresURL(postgresSuperuser, s.Superuser, "postgres", port)
	err = server.waitUntil(ctx, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		conn, err := pgx.Connect(ctx, admin)
		if err != nil {
			return err
		}
		return conn.Close(ctx)
	})
	if err != nil {
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), postgresStopTimeout)
		defer cancel()
		return nil, errors.Join(err, server.stop(stopping, syscall.SIGINT))
	}
	return server, nil
}

// arguments are the server's settings: durable as Postgres comes (fsync and
// synchronous_commit stay on), with room for posting a day in bulk on a small
// machine.
func (c *cluster) arguments(port int) []string {
	socket := filepath.Join(c.home, "run")
	if len(socket) > longestSocketPath {
		socket = "" // loopback only; the password guards it
	}
	settings := []string{
		"listen_addresses=127.0.0.1",
		"port=" + strconv.Itoa(port),
		"unix_socket_directories=" + socket,
		"unix_socket_permissions=0700",
		"max_connections=50",
		"shared_buffers=256MB",
		"work_mem=32MB",
		"temp_buffers=32MB", // the staging tables of one batch
		"maintenance_work_mem=128MB",
		"max_wal_size=4GB", // few checkpoints while a day is posted
		"checkpoint_timeout=15min",
		"jit=off", // compiling costs more than our queries gain
		"log_line_prefix=%m [%p] ",
		"log_timezone=UTC",
		"timezone=UTC",
		"cluster_name=tidewaiter",
	}
	args := []string{"-D", c.dataDir()}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	return args
}

func (c *cluster) version() (int, error) {
	b, err := os.ReadFile(filepath.Join(c.dataDir(), "PG_VERSION"))
	if err != nil {
		return 0, fmt.Errorf("reading the cluster's version: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		return 0, fmt.Errorf("reading the cluster's version from %s: %w", c.dataDir(), err)
	}
	return major, nil
}

// stopOrphan ends the server that a killed run left in this folder. We hold the
// folder's lock, so no living program uses it. A pid file whose process is gone,
// or is no Postgres of this folder any more, is left for Postgres to replace.
func (c *cluster) stopOrphan(ctx context.Context) error {
	b, err := os.ReadFile(filepath.Join(c.dataDir(), "postmaster.pid"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the pid file of an earlier server: %w", err)
	}
	first, _, _ := strings.Cut(string(b), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 || !c.serves(pid) {
		return nil
	}
	c.say("postgres: stopping the server that an earlier run left behind (process %d)", pid)
	for _, step := range []struct {
		signal syscall.Signal
		wait   time.Duration
	}{{syscall.SIGINT, 20 * time.Second}, {syscall.SIGQUIT, 5 * time.Second}, {syscall.SIGKILL, 5 * time.Second}} {
		if err := syscall.Kill(pid, step.signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("stopping an earlier server (process %d): %w", pid, err)
		}
		gone, err := c.waitGone(ctx, pid, step.wait)
		if err != nil {
			return fmt.Errorf("stopping an earlier server (process %d): %w", pid, err)
		}
		if gone {
			return nil
		}
	}
	return fmt.Errorf("the server of an earlier run (process %d) in %s does not end; end it and start again", pid, c.home)
}

func (c *cluster) waitGone(ctx context.Context, pid int, wait time.Duration) (bool, error) {
	deadline := time.NewTimer(wait)
	defer deadline.Stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if !c.serves(pid) {
			return true, nil
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-deadline.C:
			return false, nil
		case <-tick.C:
		}
	}
}

// serves reports whether pid is a Postgres server of this folder: pids are used
// again, and a stale file must not make us signal a stranger.
func (c *cluster) serves(pid int) bool {
	line, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
	if err != nil {
		return false
	}
	args := strings.Split(string(line), "\x00")
	for i := 1; i+1 < len(args); i++ {
		if args[i] == "-D" && args[i+1] == c.dataDir() {
			return filepath.Base(args[0]) == "postgres"
		}
	}
	return false
}
