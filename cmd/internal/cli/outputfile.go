package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

// partialSuffix is what a file is called after until it is whole.
const partialSuffix = ".partial"

// outputFile has its own name only once it is whole, so that nobody takes half
// a file for all of it. Until then, and for good where writing it failed, it is
// called after partialSuffix.
type outputFile struct {
	*os.File
	path string
}

// createOutput creates the file at path. One that is there and no regular file
// (a pipe, /dev/null) is written as it is.
func createOutput(path string) (*outputFile, error) {
	name := path + partialSuffix
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		name = path
	}
	file, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("creating output: %w", err)
	}
	return &outputFile{file, path}, nil
}

// end closes the file and gives it its name, unless err says that it is not
// whole. It returns err, with what became of the file.
func (f *outputFile) end(err error) error {
	size := int64(0)
	if info, statErr := f.Stat(); statErr == nil {
		size = info.Size()
	}
	if closeErr := f.Close(); closeErr != nil {
		err = errors.Join(err, fmt.Errorf("closing %s: %w", f.Name(), closeErr))
	}
	whole := err == nil || isVerdict(err)
	switch {
	case f.Name() == f.path:
		return err
	case whole:
		if renameErr := os.Rename(f.Name(), f.path); renameErr != nil {
			return fmt.Errorf("naming the output: %w", renameErr)
		}
		return err
	case size == 0:
		return errors.Join(err, os.Remove(f.Name()))
	}
	return fmt.Errorf("%w\nwhat was written is in %s", err, f.Name())
}

// openOutput creates a file, or takes standard output for "" and "-". closeOut
// takes the error of writing to it, and only when it answers nil or a verdict is
// the file there and whole.
func openOutput(cmd *cobra.Command, path string) (out io.Writer, closeOut func(error) error, err error) {
	if path == "" || path == "-" {
		return cmd.OutOrStdout(), func(err error) error { return err }, nil
	}
	file, err := createOutput(path)
	if err != nil {
		return nil, nil, err
	}
	return file, file.end, nil
}

// errInterrupted is the reason of a command that Ctrl-C ended.
var errInterrupted = errors.New("interrupted")

// interrupted returns err, or what a person knows it by when the command's
// context ended.
func interrupted(cmd *cobra.Command, err error) error {
	if cmd.Context().Err() != nil && errors.Is(err, cmd.Context().Err()) {
		return errInterrupted
	}
	return err
}
