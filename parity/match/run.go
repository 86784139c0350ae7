package match

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// runBuffer is the read-ahead of one run, in bytes. A hundred runs hold 25 MiB.
const runBuffer = 256 << 10

// largestEntry bounds what a length in a run may claim, in bytes.
const largestEntry = 16 << 20

// entries gives entries in order. An entry is valid until the next call.
type entries interface {
	next() ([]byte, error)
	close() error
}

// memoryRun is a sorted part of the arena.
type memoryRun struct {
	sorter *sorter
	refs   []ref
}

func (m *memoryRun) next() ([]byte, error) {
	if len(m.refs) == 0 {
		return nil, io.EOF
	}
	entry := m.sorter.entry(m.refs[0])
	m.refs = m.refs[1:]
	return entry, nil
}

func (m *memoryRun) close() error { return nil }

// fileRun is a sorted run in the temporary folder: each entry behind its
// length in four bytes.
type fileRun struct {
	file  *os.File
	r     *bufio.Reader
	entry []byte
}

func openRun(path string, keyLen int) (*fileRun, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &fileRun{file: file, r: bufio.NewReaderSize(file, runBuffer), entry: make([]byte, keyLen+positionBytes)}, nil
}

func (f *fileRun) next() ([]byte, error) {
	var length [4]byte
	if _, err := io.ReadFull(f.r, length[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, fmt.Errorf("reading sorted run %s: %w", f.file.Name(), err)
	}
	size := int(binary.BigEndian.Uint32(length[:]))
	if size > largestEntry {
		return nil, fmt.Errorf("reading sorted run %s: an entry claims %d bytes", f.file.Name(), size)
	}
	if size > cap(f.entry) {
		f.entry = make([]byte, size)
	}
	f.entry = f.entry[:size]
	if _, err := io.ReadFull(f.r, f.entry); err != nil {
		return nil, fmt.Errorf("reading sorted run %s: %w", f.file.Name(), err)
	}
	return f.entry, nil
}

func (f *fileRun) close() error { return f.file.Close() }

// writeRun writes what the merger gives to a new file.
func writeRun(ctx context.Context, path string, in *merger, keyLen int) (err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := bufio.NewWriterSize(file, 1<<20)
	for n := 0; ; n++ {
		if n%contextEvery == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		entry, err := in.next()
		if errors.Is(err, io.EOF) {
			return w.Flush()
		}
		if err != nil {
			return err
		}
		if err := writeEntry(w, entry); err != nil {
			return err
		}
	}
}

func writeEntry(w *bufio.Writer, entry []byte) error {
	if len(entry) > largestEntry {
		return fmt.Errorf("a record of %d bytes is longer than this program sorts (%d)", len(entry), largestEntry)
	}
	if _, err := w.Write(binary.BigEndian.AppendUint32(w.AvailableBuffer(), uint32(len(entry)))); err != nil {
		return err
	}
	_, err := w.Write(entry)
	return err
}

func closeAll(inputs []entries, err error) error {
	for _, in := range inputs {
		err = errors.Join(err, in.close())
	}
	return err
}
