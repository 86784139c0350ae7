package stack

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"
)

// Stack is the pair of services that Tidewaiter runs on.
type Stack struct {
	Postgres *Postgres
	Temporal *Temporal
}

// Start starts both services side by side, their state under dir. When one
// fails the other is stopped again.
func Start(ctx context.Context, dir string, log io.Writer) (*Stack, error) {
	s := &Stack{}
	var g errgroup.Group
	g.Go(func() (err error) {
		s.Postgres, err = StartPostgres(ctx, PostgresConfig{DataDir: dir, Log: log})
		return err
	})
	g.Go(func() (err error) {
		s.Temporal, err = StartTemporal(ctx, TemporalConfig{Dir: filepath.Join(dir, "temporal"), Log: log})
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// Stop ends what Start started, within half a minute.
func (s *Stack) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var err error
	if s.Temporal != nil {
		err = s.Temporal.Stop(ctx)
	}
	if s.Postgres != nil {
		err = errors.Join(err, s.Postgres.Stop(ctx))
	}
	return err
}

// Clear deletes the state that services keep under dir. A Postgres server that
// a killed run left behind is stopped first.
func Clear(ctx context.Context, dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	c, err := openCluster(PostgresConfig{DataDir: dir})
	if err != nil {
		return err
	}
	err = errors.Join(c.stopOrphan(ctx), os.RemoveAll(c.home), c.lock.Close())
	return errors.Join(err, os.RemoveAll(dir))
}
