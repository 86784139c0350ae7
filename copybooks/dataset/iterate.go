package dataset

import (
	"errors"
	"io"
	"iter"
)

// Record is one record with its place in the file.
type Record struct {
	Number int64 // 1-based
	Offset int64 // of its first byte in the file, of its RDW when it has one
	// Bytes are the record without its descriptor word, valid until the next one.
	Bytes []byte
}

// Records iterates over the records that are left. An error comes with a zero
// Record and is the last pair; at the end of the file there is none.
func (r *Reader) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for {
			rec, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Record{}, err)
				return
			}
			if !yield(Record{Number: r.Record(), Offset: r.Offset(), Bytes: rec}, nil) {
				return
			}
		}
	}
}
