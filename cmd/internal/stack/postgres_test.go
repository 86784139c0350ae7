package stack

import (
	"bufio"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// postgresFolder is a data folder the server's account may enter: a test's own
// temporary folder is closed to others.
func postgresFolder(t *testing.T) string {
	t.Helper()
	t.Setenv("DATABASE_URL", "")
	dir, err := os.MkdirTemp("", "tw-pg-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() { assert.NoError(t, os.RemoveAll(dir)) })
	return dir
}

func startPostgres(t *testing.T, dir string) *Postgres {
	t.Helper()
	p, err := StartPostgres(t.Context(), PostgresConfig{DataDir: dir, Log: t.Output()})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, p.Stop(context.Background())) })
	return p
}

func execute(t *testing.T, to, sql string) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, to)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, sql)
	return err
}

func TestPostgresKeepsItsDataBetweenRuns(t *testing.T) {
	dir := postgresFolder(t)
	p := startPostgres(t, dir)
	require.NoError(t, execute(t, p.OwnerURL(), "CREATE SCHEMA s; CREATE TABLE s.t AS SELECT 42 AS n"))
	require.NoError(t, p.Stop(t.Context()))
	require.NoError(t, p.Stop(t.Context()), "stopping twice is harmless")

	p = startPostgres(t, dir)
	require.NoError(t, execute(t, p.OwnerURL(), "SELECT n FROM s.t"))
	require.NoError(t, p.Remove(t.Context()))
	assert.NoDirExists(t, p.Home())
}

func TestPostgresIsClosedToOthers(t *testing.T) {
	p := startPostgres(t, postgresFolder(t))
	u, err := url.Parse(p.AppURL())
	require.NoError(t, err)
	assert.Equal(t, "127.0.0.1", u.Hostname())
	assert.NoError(t, execute(t, p.AppURL(), "SELECT 1"))
	assert.Error(t, execute(t, p.AppURL(), "CREATE TABLE public.t (n int)"), "the application role makes no tables")
	u.User = url.UserPassword(u.User.Username(), "wrong")
	assert.ErrorContains(t, execute(t, u.String(), "SELECT 1"), "password authentication failed")
	info, err := os.Stat(filepath.Join(p.Home(), "secrets.json"))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestPostgresFolderHasOneUserAtATime(t *testing.T) {
	dir := postgresFolder(t)
	startPostgres(t, dir)
	_, err := StartPostgres(t.Context(), PostgresConfig{DataDir: dir})
	require.ErrorIs(t, err, ErrPostgresInUse)
	assert.ErrorContains(t, err, strconv.Itoa(os.Getpid()))
}

// TestPostgresAfterKill starts a server in a second process, kills that process
// with SIGKILL in three ways a run can die, and starts again in its folder.
func TestPostgresAfterKill(t *testing.T) {
	if dir := os.Getenv("TIDEWAITER_TEST_POSTGRES_CHILD"); dir != "" {
		p, err := StartPostgres(t.Context(), PostgresConfig{DataDir: dir})
		require.NoError(t, err)
		fmt.Println("server", p.process.cmd.Process.Pid, p.OwnerURL())
		select {}
	}
	for _, tc := range []struct {
		name  string
		kill  func(t *testing.T, program, server int)
		gone  bool // the server must end by itself
		crash bool
	}{
		{name: "our program is killed: the server ends by itself", gone: true, kill: func(t *testing.T, program, _ int) {
			require.NoError(t, syscall.Kill(program, syscall.SIGKILL))
		}},
		{name: "both are killed: a stale pid file stays", gone: true, kill: func(t *testing.T, program, server int) {
			require.NoError(t, syscall.Kill(server, syscall.SIGKILL))
			require.NoError(t, syscall.Kill(program, syscall.SIGKILL))
		}},
		{name: "our program is killed and the server hangs: the next start ends it", kill: func(t *testing.T, program, server int) {
			require.NoError(t, syscall.Kill(server, syscall.SIGSTOP))
			require.NoError(t, syscall.Kill(program, syscall.SIGKILL))
			time.AfterFunc(time.Second, func() { _ = syscall.Kill(server, syscall.SIGCONT) })
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := postgresFolder(t)
			child := exec.Command(os.Args[0], "-test.run=^TestPostgresAfterKill$", "-test.v")
			child.Env = append(os.Environ(), "TIDEWAITER_TEST_POSTGRES_CHILD="+dir)
			out, err := child.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, child.Start())
			server, address := readChild(t, bufio.NewScanner(out))
			require.NoError(t, execute(t, address, "CREATE TABLE public.kept AS SELECT 42 AS n"))

			tc.kill(t, child.Process.Pid, server)
			_ = child.Wait()
			if tc.gone {
				require.Eventually(t, func() bool { return syscall.Kill(server, 0) != nil }, 20*time.Second, 50*time.Millisecond)
			}
			p := startPostgres(t, dir)
			assert.NoError(t, execute(t, p.OwnerURL(), "SELECT n FROM public.kept"))
		})
	}
}

func readChild(t *testing.T, lines *bufio.Scanner) (server int, address string) {
	t.Helper()
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), "server "); ok {
			pid, url, _ := strings.Cut(rest, " ")
			server, err := strconv.Atoi(pid)
			require.NoError(t, err)
			return server, url
		}
	}
	t.Fatal("the second process did not start a server")
	return 0, ""
}

func TestPostgresDoesNotHearCtrlC(t *testing.T) {
	p := startPostgres(t, postgresFolder(t))
	group, err := syscall.Getpgid(p.process.cmd.Process.Pid)
	require.NoError(t, err)
	assert.NotEqual(t, syscall.Getpgrp(), group, "the terminal signals our process group, the server must not be in it")
}

func TestPostgresOfTheUsersOwn(t *testing.T) {
	t.Run("unreachable: address named, password hidden", func(t *testing.T) {
		t.Setenv("DATABASE_URL", "postgres://u:geheim@127.0.0.1:1/d?sslmode=disable")
		_, err := StartPostgres(t.Context(), PostgresConfig{DataDir: t.TempDir()})
		require.ErrorContains(t, err, "127.0.0.1:1/d")
		assert.ErrorContains(t, err, "DATABASE_URL")
		assert.NotContains(t, err.Error(), "geheim")
	})
	t.Run("reachable: used as given and left running", func(t *testing.T) {
		own := startPostgres(t, postgresFolder(t))
		t.Setenv("DATABASE_URL", own.OwnerURL())
		p, err := StartPostgres(t.Context(), PostgresConfig{DataDir: t.TempDir()})
		require.NoError(t, err)
		assert.Equal(t, own.OwnerURL(), p.AppURL())
		require.NoError(t, p.Stop(t.Context()))
		assert.NoError(t, execute(t, own.OwnerURL(), "SELECT 1"))
	})
}

func TestMaskURL(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"postgres://u:p@h:1/d", "postgres://u:xxxxx@h:1/d"},
		{"postgres://h/d?password=p", "postgres://h/d?password=xxxxx"},
		{"host=h password=p", "the given address"},
	} {
		assert.Equal(t, tc.want, maskURL(tc.in))
	}
}

func TestPostgresExistingOnly(t *testing.T) {
	dir := postgresFolder(t)
	_, err := StartPostgres(t.Context(), PostgresConfig{DataDir: dir, Existing: true})
	require.ErrorContains(t, err, "there is no Postgres cluster in")
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left, "looking for a cluster makes nothing")
}
