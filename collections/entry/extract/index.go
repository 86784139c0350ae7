package extract

import (
	"context"
	"errors"
	"fmt"
	"io"

	"tidewaiter/copybooks/dataset"
)

// Chunk is a stretch of an extract that begins at a header and ends before
// another, or at the end of the file. A Reader on an io.SectionReader of Offset
// and Length, told StartAt(Offset, Record), reads the chunk as the reader of
// the whole file would.
type Chunk struct {
	Offset  int64 // byte offset of the first header's RDW
	Length  int64 // bytes to the next chunk
	Record  int64 // 1-based number of the first header's record
	Entries int   // headers in the chunk; refused entries count too
	// Repeats are the headers of the chunk whose entry number stood in the file
	// before. Whether they say the same or not, an entry is collected once.
	Repeats []Repeat `json:",omitempty"`
}

// Repeat is a header with the entry number of an earlier one.
type Repeat struct {
	Record int64 // 1-based number of the header's record
	First  int64 // number of the record where the entry number stood first
}

// MaxRepeats bounds the repeats of a file: one with more was joined from
// others, and is no day's extract.
const MaxRepeats = 10_000

// ErrRepeats says that an extract has more than MaxRepeats repeated entries.
var ErrRepeats = errors.New("more than 10,000 entry numbers stand in the file twice; was it joined from several?")

// Index cuts an extract into chunks of so many entries each. It looks at record
// lengths, types and entry numbers only. Records before the first header belong
// to the first chunk, so that a reader reports them. Memory grows by some 50
// bytes an entry, for the numbers seen.
//
// When the file cannot be cut into records to its end, Index returns the chunks
// of what can be read and the *dataset.FramingError; the last chunk runs up to
// the broken record, or, with a length of at least that, to the end of r.
func Index(ctx context.Context, r io.Reader, file string, entries int) ([]Chunk, error) {
	if entries <= 0 {
		return nil, fmt.Errorf("indexing %s: chunks of %d entries cannot be cut", file, entries)
	}
	format, err := Format()
	if err != nil {
		return nil, err
	}
	counted := &counter{src: r}
	data, err := dataset.NewReader(counted, format)
	if err != nil {
		return nil, err
	}
	var chunks []Chunk
	open := Chunk{Record: 1}
	seen, repeats := make(map[numberBytes]int64), 0
	for {
		rec, err := data.Next()
		if err != nil {
			return closeIndex(chunks, open, data, counted, file, err)
		}
		if kindOf(rec) != headerKind {
			continue
		}
		if open.Entries == entries {
			open.Length = data.Offset() - open.Offset
			chunks = append(chunks, open)
			open = Chunk{Offset: data.Offset(), Record: data.Record()}
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("indexing %s: %w", file, err)
			}
		}
		open.Entries++
		if len(rec) < numberEnd {
			continue // the reader says what is wrong with it
		}
		number := numberBytes(rec[numberStart:numberEnd])
		first, repeated := seen[number]
		if !repeated {
			seen[number] = data.Record()
			continue
		}
		if repeats++; repeats > MaxRepeats {
			return nil, fmt.Errorf("indexing %s: record %d at byte %d: %w", file, data.Record(), data.Offset(), ErrRepeats)
		}
		open.Repeats = append(open.Repeats, Repeat{Record: data.Record(), First: first})
	}
}

// Where EH-ENTRY-NUMBER stands in ESHDR.cpy.
const (
	numberStart = 2
	numberEnd   = 13
)

// numberBytes is an entry number as it stands in the file.
type numberBytes [numberEnd - numberStart]byte

// closeIndex ends the last chunk. Where a record is broken the chunk includes
// the rest of the file, so that its reader meets and reports the same break.
func closeIndex(chunks []Chunk, open Chunk, data *dataset.Reader, counted *counter, file string, err error) ([]Chunk, error) {
	end := data.NextOffset()
	var framing *dataset.FramingError
	if errors.As(err, &framing) {
		rest, copyErr := io.Copy(io.Discard, counted.src)
		if copyErr != nil {
			return nil, fmt.Errorf("indexing %s: %w", file, copyErr)
		}
		end = counted.read + rest
	}
	if open.Length = end - open.Offset; open.Length > 0 {
		chunks = append(chunks, open)
	}
	if err == io.EOF {
		return chunks, nil
	}
	return chunks, fmt.Errorf("indexing %s: %w", file, err)
}

// counter counts the bytes read, since a dataset reader reads ahead.
type counter struct {
	src  io.Reader
	read int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	c.read += int64(n)
	return n, err
}
