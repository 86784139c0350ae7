package stack

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// oldestPostgres is the oldest major version the ledger is tested with.
const oldestPostgres = 15

// postgresBinaries is a folder with the server's programs.
type postgresBinaries struct {
	dir   string
	major int
}

func (b postgresBinaries) path(program string) string { return filepath.Join(b.dir, program) }

// findPostgres looks for server binaries where pg_config says they are, where
// Debian and the PostgreSQL project's packages put them, and on PATH. It takes
// the newest, or the given major version when major is not 0: a cluster can
// only be opened by the version that made it.
func findPostgres(ctx context.Context, major int) (postgresBinaries, error) {
	var best postgresBinaries
	var seen []string
	for _, dir := range postgresFolders(ctx) {
		v, err := postgresVersion(ctx, dir)
		if err != nil {
			continue
		}
		seen = append(seen, fmt.Sprintf("%s (version %d)", dir, v))
		if v >= oldestPostgres && v > best.major && (major == 0 || v == major) {
			best = postgresBinaries{dir: dir, major: v}
		}
	}
	if best.major != 0 {
		return best, nil
	}
	wanted := fmt.Sprintf("PostgreSQL %d or later", oldestPostgres)
	if major != 0 {
		wanted = fmt.Sprintf("PostgreSQL %d, which made this cluster,", major)
	}
	found := "none was found by pg_config, in /usr/lib/postgresql/*/bin, /usr/pgsql-*/bin or on PATH"
	if len(seen) > 0 {
		found = "found only " + strings.Join(seen, ", ")
	}
	return best, fmt.Errorf("%s is needed and %s; install it (Debian, Ubuntu: sudo apt-get install postgresql) or set DATABASE_URL to a running server", wanted, found)
}

func postgresFolders(ctx context.Context) []string {
	var dirs []string
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin"} {
		found, err := filepath.Glob(pattern)
		if err == nil {
			dirs = append(dirs, found...)
		}
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	return dirs
}

var postgresVersionText = regexp.MustCompile(`^postgres \(PostgreSQL\) (\d+)`)

// postgresVersion is the major version of the server in dir, which must hold
// initdb too: client packages ship neither.
func postgresVersion(ctx context.Context, dir string) (int, error) {
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return 0, err
	}
	m := postgresVersionText.FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("postgres in %s does not say its version", dir)
	}
	return strconv.Atoi(string(m[1]))
}
