package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/stream"
)

// maxEnd bounds a header or trailer, which are held in memory.
const maxEnd = 16 << 20

// ends are the first and the last bytes of a file, which are no records.
type ends struct {
	header  []byte
	trailer *trailerReader // nil without a trailer
}

// trimEnds returns the content of a file without its ends.
func trimEnds(r io.Reader, header, trailer int64) (io.Reader, ends, error) {
	var out ends
	if header > maxEnd || trailer > maxEnd {
		return nil, out, fmt.Errorf("a header of %d or a trailer of %d bytes is more than %d", header, trailer, maxEnd)
	}
	if header > 0 {
		var head bytes.Buffer
		if n, err := io.CopyN(&head, r, header); err != nil {
			return nil, out, fmt.Errorf("passing a header of %d bytes: the file has %d: %w", header, n, err)
		}
		out.header = head.Bytes()
	}
	if trailer > 0 {
		out.trailer = &trailerReader{src: r, keep: int(trailer)}
		return out.trailer, out, nil
	}
	return r, out, nil
}

// last returns the trailer, once all before it was read.
func (e ends) last() []byte {
	if e.trailer == nil || !errors.Is(e.trailer.err, io.EOF) {
		return nil
	}
	return e.trailer.held
}

// trailerReader reads all but the last keep bytes.
type trailerReader struct {
	src  io.Reader
	keep int
	held []byte
	err  error
}

func (t *trailerReader) Read(p []byte) (int, error) {
	for len(t.held) <= t.keep && t.err == nil {
		chunk := make([]byte, 1<<16)
		n, err := t.src.Read(chunk)
		t.held, t.err = append(t.held, chunk[:n]...), err
	}
	if len(t.held) <= t.keep {
		if errors.Is(t.err, io.EOF) && len(t.held) < t.keep {
			return 0, fmt.Errorf("the file is shorter than its trailer of %d bytes", t.keep)
		}
		return 0, t.err
	}
	n := copy(p, t.held[:len(t.held)-t.keep])
	t.held = t.held[n:]
	return n, nil
}

// writeEnd writes the line with bytes of the file that no record has.
func writeEnd(w io.Writer, name string, b []byte) error {
	if len(b) == 0 {
		return nil
	}
	_, err := w.Write(stream.AppendEnd(nil, name, b))
	return err
}

// writeTrailer writes what follows the last record, when that was reached.
func writeTrailer(w io.Writer, r *dataset.Reader, e ends) error {
	return writeEnd(w, "_trailer", append(r.Rest(), e.last()...))
}
