package dataset

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// Compression is how a whole file is compressed.
type Compression string

// The compressions.
const (
	None  Compression = "none"
	Gzip  Compression = "gzip"
	Zstd  Compression = "zstd"
	Bzip2 Compression = "bzip2"
)

// magic is what the files start with (RFC 1952, RFC 8878, bzip2's block
// header). No RDW or BDW is like them: their third and fourth bytes are not zero.
var magic = []struct {
	bytes       string
	compression Compression
}{
	{"\x1F\x8B\x08", Gzip},
	{"\x28\xB5\x2F\xFD", Zstd},
	{"BZh", Bzip2},
}

// maxWindow bounds what decompressing holds: the largest window that zstd's own
// tool accepts without being told to.
const maxWindow = 128 << 20

// A file that grows more than maxGrowth times over, and beyond freeGrowth, was
// made to fill disks: gzip shrinks nothing but blanks to a thousandth, and
// records with anything in them never come near.
const (
	maxGrowth  = 2_000
	freeGrowth = 1 << 30
)

// ErrBomb says that a compressed file holds absurdly much.
var ErrBomb = errors.New("decompressing gives more than 2,000 times the bytes of the file: decompress it yourself if that is right")

// Decompress returns the content of src, which may be compressed, and how it
// was. It looks at the first bytes. Memory stays bounded however large the
// content is; content out of all proportion is refused with ErrBomb. Close ends
// the decompression and leaves src open.
func Decompress(src io.Reader) (io.ReadCloser, Compression, error) {
	ahead := bufio.NewReaderSize(src, 1<<16)
	head, err := ahead.Peek(10)
	if err != nil && err != io.EOF {
		return nil, None, fmt.Errorf("reading the first bytes: %w", err)
	}
	found := None
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			found = m.compression
		}
	}
	if found == Bzip2 && !bytes.HasPrefix(head[min(4, len(head)):], []byte("\x31\x41\x59\x26\x53\x59")) {
		found = None // letters of a text; a bzip2 block starts with the digits of pi
	}
	if found == None {
		return io.NopCloser(ahead), None, nil
	}
	packed := &counter{src: ahead}
	content, err := found.open(packed)
	if err != nil {
		return nil, found, fmt.Errorf("reading %s: %w", found, err)
	}
	return &bounded{ReadCloser: content, packed: packed}, found, nil
}

// counter counts the bytes of the compressed file.
type counter struct {
	src io.Reader
	n   int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	c.n += int64(n)
	return n, err
}

// bounded stops content that grows out of proportion.
type bounded struct {
	io.ReadCloser
	packed *counter
	n      int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.n += int64(n); b.n > freeGrowth && b.n/maxGrowth > b.packed.n {
		return 0, ErrBomb
	}
	return n, err
}

func (c Compression) open(src io.Reader) (io.ReadCloser, error) {
	switch c {
	case Gzip:
		return gzip.NewReader(src)
	case Zstd:
		d, err := zstd.NewReader(src, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	case Bzip2:
		return io.NopCloser(bzip2.NewReader(src)), nil
	}
	return io.NopCloser(src), nil
}
