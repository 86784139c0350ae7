package day

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tidewaiter/cmd/internal/stack"
)

// state is what a folder remembers of the day that was run in it.
type state struct {
	Entries  int    `json:"entries"`
	Seed     uint64 `json:"seed"`
	Date     int32  `json:"date"`
	Live     bool   `json:"live"` // the COBOL programs run; else their stored output is used
	Finished bool   `json:"finished"`
}

const stateName = "state.json"

// openFolder prepares dir for want. It keeps what an interrupted day of the
// same parameters left there and clears away everything else a day left; a
// folder that holds other things is refused.
func openFolder(ctx context.Context, dir string, want state) (resumed bool, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return false, fmt.Errorf("making the day's folder: %w", err)
	}
	have, err := readState(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		entries, err := os.ReadDir(dir)
		if err != nil {
			return false, fmt.Errorf("reading the day's folder: %w", err)
		}
		if len(entries) > 0 {
			return false, fmt.Errorf("%s is not empty and no day was run in it; choose another folder with --dir", dir)
		}
	case err != nil:
		return false, err
	case have == want:
		return true, nil
	default:
		if err := clearFolder(ctx, dir); err != nil {
			return false, err
		}
	}
	return false, writeState(dir, want)
}

// clearFolder removes what days make. The compiled legacy programs stay, since
// they do not depend on the day, and so does the state, so that a folder half
// cleared is still known as ours.
func clearFolder(ctx context.Context, dir string) error {
	if err := stack.Clear(ctx, filepath.Join(dir, servicesFolder)); err != nil {
		return fmt.Errorf("clearing the day before: %w", err)
	}
	for _, name := range []string{dataFolder, legacyOutput, runFolder, copybooksFolder, planName, workerLog} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("clearing the day before: %w", err)
		}
	}
	return nil
}

func readState(dir string) (state, error) {
	var s state
	b, err := os.ReadFile(filepath.Join(dir, stateName))
	if err != nil {
		return s, fmt.Errorf("reading the day's state: %w", err)
	}
	if err := json.Unmarshal(b, &s); err != nil {
		return s, fmt.Errorf("reading %s: %w; remove the folder to start afresh", filepath.Join(dir, stateName), err)
	}
	return s, nil
}

// writeState replaces the state in one step.
func writeState(dir string, s state) error {
	b, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("writing the day's state: %w", err)
	}
	path := filepath.Join(dir, stateName)
	if err := os.WriteFile(path+".tmp", append(b, '\n'), 0o644); err != nil {
		return fmt.Errorf("writing the day's state: %w", err)
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		return fmt.Errorf("writing the day's state: %w", err)
	}
	return nil
}
