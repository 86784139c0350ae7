package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"

	"tidewaiter/parity/record"
)

// Row is one record.
type Row struct {
	Bytes   []byte // valid until the next call
	Number  int64  // 1-based record, line or row number
	Offset  int64  // byte offset in the file, -1 when there is no file
	Problem *record.FieldProblem
	// Unframed says that Bytes are not a record: the file cannot be cut here,
	// and this is its last row.
	Unframed bool
}

// Reader gives rows, io.EOF at the end.
type Reader interface {
	Next(*Row) error
	Close() error
	// Covers lists the elements the source has values for; nil means all.
	Covers() map[int]bool
	// Digest is the SHA-256 of the file, in hexadecimal, once it has been read
	// to its end; "" when there is no file.
	Digest() string
}

// digestFile is a file that is hashed while it is read.
type digestFile struct {
	file *os.File
	hash hash.Hash
	tee  io.Reader
}

func openDigest(path string) (*digestFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	return &digestFile{file: file, hash: h, tee: io.TeeReader(file, h)}, nil
}

func (d *digestFile) Read(p []byte) (int, error) { return d.tee.Read(p) }

func (d *digestFile) Close() error { return d.file.Close() }

func (d *digestFile) sum() string { return hex.EncodeToString(d.hash.Sum(nil)) }

// rest reads what a reader left of the file, so that the digest is the whole
// file's.
func (d *digestFile) rest() error {
	if _, err := io.Copy(io.Discard, d.tee); err != nil {
		return fmt.Errorf("reading %s: %w", d.file.Name(), err)
	}
	return nil
}
