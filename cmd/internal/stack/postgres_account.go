package stack

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// serverAccount is the account Postgres runs as: our own, or an unprivileged
// one when we are root, because Postgres refuses root.
type serverAccount struct {
	name   string
	uid    int
	gid    int
	change bool // we are root: files are handed over and the server changes account
}

// chooseAccount takes the account the distribution made for Postgres, else
// nobody.
func chooseAccount() (serverAccount, error) {
	if os.Geteuid() != 0 {
		return serverAccount{name: "this user", uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.Atoi(u.Uid)
		if err != nil || uid == 0 {
			continue
		}
		gid, err := strconv.Atoi(u.Gid)
		if err != nil {
			continue
		}
		return serverAccount{name: name, uid: uid, gid: gid, change: true}, nil
	}
	return serverAccount{}, fmt.Errorf("postgres does not run as root and there is no account postgres or nobody to run it as; make one (useradd --system postgres), or set DATABASE_URL")
}

// attributes make a command run as the account.
func (a serverAccount) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if a.change {
		attr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return attr
}

// blockedAt is the first folder on the way to path that the account may not
// enter, or empty.
func (a serverAccount) blockedAt(path string) string {
	if !a.change {
		return ""
	}
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return path
	}
	parts := strings.Split(path, "/")
	for i := range parts {
		dir := "/" + filepath.Join(parts[:i+1]...)
		info, err := os.Stat(dir)
		if err != nil || !a.mayEnter(info) {
			return dir
		}
	}
	return ""
}

func (a serverAccount) mayEnter(info os.FileInfo) bool {
	st, known := info.Sys().(*syscall.Stat_t)
	mode := info.Mode().Perm()
	switch {
	case known && int(st.Uid) == a.uid:
		return mode&0o100 != 0
	case known && int(st.Gid) == a.gid:
		return mode&0o010 != 0
	default:
		return mode&0o001 != 0
	}
}

// makeFolder makes dir, if missing, for the account alone.
func (a serverAccount) makeFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("making a folder of the cluster: %w", err)
	}
	return a.handOver(dir)
}

// writeFile writes a file that only the account (and root) may read.
func (a serverAccount) writeFile(path string, b []byte) error {
	if err := os.WriteFile(path, b, 0o600); err != nil {
		return fmt.Errorf("writing a file of the cluster: %w", err)
	}
	return a.handOver(path)
}

func (a serverAccount) handOver(path string) error {
	if !a.change {
		return nil
	}
	if err := os.Chown(path, a.uid, a.gid); err != nil {
		return fmt.Errorf("giving %s to account %s: %w", path, a.name, err)
	}
	return nil
}
