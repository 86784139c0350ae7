package parity

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"tidewaiter/parity/report"
)

// folder is where a run writes. Its files are written apart and take their
// names together at the end, so that a run that fails leaves no part of a
// report, least of all beside another run's. Without a name nothing is written.
type folder struct {
	name        string
	draft       string // inside the folder: renaming must not cross file systems
	file        *os.File
	differences *report.Differences
}

func openFolder(name string) (*folder, error) {
	if name == "" {
		return &folder{differences: report.NewDifferences(io.Discard)}, nil
	}
	if err := os.MkdirAll(name, 0o755); err != nil {
		return nil, fmt.Errorf("making the run's folder: %w", err)
	}
	draft, err := os.MkdirTemp(name, ".unfinished-")
	if err != nil {
		return nil, fmt.Errorf("writing into the run's folder: %w", err)
	}
	file, err := os.Create(filepath.Join(draft, Differences))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("writing into the run's folder: %w", err), os.RemoveAll(draft))
	}
	return &folder{name: name, draft: draft, file: file, differences: report.NewDifferences(file)}, nil
}

// write completes the three files and gives them their names.
func (f *folder) write(r *Report) error {
	if err := f.differences.Flush(); err != nil || f.name == "" {
		return err
	}
	if err := f.create(ReportJSON, r.WriteJSON); err != nil {
		return err
	}
	if err := f.create(ReportHTML, r.WriteHTML); err != nil {
		return err
	}
	for _, name := range []string{Differences, ReportJSON, ReportHTML} {
		if err := os.Rename(filepath.Join(f.draft, name), filepath.Join(f.name, name)); err != nil {
			return fmt.Errorf("writing %s: %w", name, err)
		}
	}
	return nil
}

func (f *folder) create(name string, write func(io.Writer) error) (err error) {
	file, err := os.Create(filepath.Join(f.draft, name))
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return write(file)
}

// close removes what was not completed.
func (f *folder) close() error {
	if f.name == "" {
		return nil
	}
	return errors.Join(f.file.Close(), os.RemoveAll(f.draft))
}
