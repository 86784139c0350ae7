package stack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
)

// temporalVersion is the newest Temporal CLI that installs from the module
// proxy alone: later ones replace a module of theirs, which go install refuses.
const temporalVersion = "v1.5.1"

// Temporal is a Temporal service that workflows can be sent to.
type Temporal struct {
	Address   string // host:port of the front end
	Namespace string
	WebUI     string // address of the web console; empty for a service that is not ours
	process   *process
}

// TemporalConfig says where a private Temporal server keeps its state.
type TemporalConfig struct {
	Dir string    // holds temporal.db and temporal.log; made if missing
	Log io.Writer // told of long work, such as building the server; may be nil
}

// StartTemporal returns the service named by TEMPORAL_ADDRESS when that is
// set, else starts the real temporal development server on free loopback ports,
// its state in cfg.Dir, so that workflows survive the end of the process.
func StartTemporal(ctx context.Context, cfg TemporalConfig) (*Temporal, error) {
	if address := os.Getenv("TEMPORAL_ADDRESS"); address != "" {
		t := &Temporal{Address: address, Namespace: namespace()}
		if err := t.reachable(ctx); err != nil {
			return nil, fmt.Errorf("reaching Temporal at %s (from TEMPORAL_ADDRESS), namespace %s: %w; start it or unset TEMPORAL_ADDRESS to use a private server", t.Address, t.Namespace, err)
		}
		return t, nil
	}
	binary, err := TemporalBinary(ctx, cfg.Log)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cfg.Dir, 0o755); err != nil {
		return nil, fmt.Errorf("making the Temporal folder: %w", err)
	}
	logPath := filepath.Join(cfg.Dir, "temporal.log")
	logFile, err := os.Create(logPath)
	if err != nil {
		return nil, fmt.Errorf("making the Temporal log: %w", err)
	}
	defer func() { _ = logFile.Close() }()
	ports, err := freePorts(4)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(binary, "server", "start-dev",
		"--ip", "127.0.0.1", "--port", strconv.Itoa(ports[0]),
		"--ui-ip", "127.0.0.1", "--ui-port", strconv.Itoa(ports[1]),
		"--http-port", strconv.Itoa(ports[2]), "--metrics-port", strconv.Itoa(ports[3]),
		"--db-filename", filepath.Join(cfg.Dir, "temporal.db"),
		"--log-level", "error")
	cmd.Stdout, cmd.Stderr = logFile, logFile
	p, err := startProcess("Temporal server", cmd)
	if err != nil {
		return nil, err
	}
	t := &Temporal{
		Address:   "127.0.0.1:" + strconv.Itoa(ports[0]),
		Namespace: client.DefaultNamespace,
		WebUI:     "http://127.0.0.1:" + strconv.Itoa(ports[1]),
		process:   p,
	}
	ready, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := p.waitUntil(ready, t.reachable); err != nil {
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		return nil, errors.Join(fmt.Errorf("%w; its log is %s", err, logPath), p.stop(stopping, syscall.SIGTERM))
	}
	return t, nil
}

// Dial connects a client. The client's own log lines go to logger.
func (t *Temporal) Dial(ctx context.Context, logger log.Logger) (client.Client, error) {
	c, err := client.DialContext(ctx, client.Options{HostPort: t.Address, Namespace: t.Namespace, Logger: logger})
	if err != nil {
		return nil, fmt.Errorf("reaching Temporal at %s: %w", t.Address, err)
	}
	return c, nil
}

// Stop ends a private server; a service that is not ours is left alone.
func (t *Temporal) Stop(ctx context.Context) error {
	if t == nil || t.process == nil {
		return nil
	}
	return t.process.stop(ctx, syscall.SIGTERM)
}

// reachable asks the service for its health and for the namespace.
func (t *Temporal) reachable(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	c, err := client.DialContext(ctx, client.Options{HostPort: t.Address, Namespace: t.Namespace, Logger: silent{}})
	if err != nil {
		return err
	}
	defer c.Close()
	ns, err := client.NewNamespaceClient(client.Options{HostPort: t.Address, Logger: silent{}})
	if err != nil {
		return err
	}
	defer ns.Close()
	_, err = ns.Describe(ctx, t.Namespace)
	return err
}

func namespace() string {
	if ns := os.Getenv("TEMPORAL_NAMESPACE"); ns != "" {
		return ns
	}
	return client.DefaultNamespace
}

// TemporalBinary finds the temporal command on PATH or in the user's cache,
// and otherwise builds it once into that cache with the Go toolchain: eight to
// nine minutes on two cores.
func TemporalBinary(ctx context.Context, progress io.Writer) (string, error) {
	if path, err := exec.LookPath("temporal"); err == nil {
		return path, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("looking for a cache folder to build the Temporal server in: %w", err)
	}
	dir := filepath.Join(cache, "tidewaiter", "temporal-"+temporalVersion)
	path := filepath.Join(dir, "temporal")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	module := "github.com/temporalio/cli/cmd/temporal@" + temporalVersion
	hint := "install the temporal command yourself and put it on PATH, or set TEMPORAL_ADDRESS to a running service"
	goTool, err := exec.LookPath("go")
	if err != nil {
		return "", fmt.Errorf("no temporal command on PATH and no Go toolchain to build it: %s", hint)
	}
	if progress != nil {
		_, _ = fmt.Fprintf(progress, "building the Temporal server once into %s (several minutes)\n", dir)
	}
	cmd := exec.CommandContext(ctx, goTool, "install", module)
	cmd.Env = append(os.Environ(), "GOBIN="+dir, "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the Temporal server (go install %s): %w\n%s\n%s", module, err, tail(out, 2000), hint)
	}
	return path, nil
}

func tail(b []byte, n int) []byte { return b[max(0, len(b)-n):] }

// silent drops the Temporal client's log lines while we only ask whether a
// service is there.
type silent struct{}

func (silent) Debug(string, ...any) {}
func (silent) Info(string, ...any)  {}
func (silent) Warn(string, ...any)  {}
func (silent) Error(string, ...any) {}
