package cli

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

// openInput opens a file, or standard input for "-"; size is 0 when unknown.
func openInput(cmd *cobra.Command, path string) (in io.Reader, size int64, closeIn func(), err error) {
	if path == "-" {
		return cmd.InOrStdin(), 0, func() {}, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, nil, fmt.Errorf("opening input: %w", err)
	}
	if info, err := file.Stat(); err == nil {
		size = info.Size()
	}
	return file, size, func() { _ = file.Close() }, nil
}

// meter reports how many bytes have been read.
type meter struct {
	src    io.Reader
	read   int64
	report func(int64)
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.src.Read(p)
	m.read += int64(n)
	m.report(m.read)
	return n, err
}

// untilInterrupted gives what in gives until the context ends, and from then on
// errInterrupted: also while a read of in blocks, which standard input may do
// until somebody ends it.
func untilInterrupted(ctx context.Context, in io.Reader) io.Reader {
	out, into := io.Pipe()
	context.AfterFunc(ctx, func() { _ = into.CloseWithError(errInterrupted) })
	go func() {
		_, err := io.Copy(into, in)
		_ = into.CloseWithError(err)
	}()
	return out
}
