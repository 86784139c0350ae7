package ledger

import (
	"crypto/sha256"
	"encoding/binary"

	"tidewaiter/collections/entry"
)

// Batch is one chunk of a run: what is posted in one transaction. Its memory is
// used again after Reset.
type Batch struct {
	Run        string // names the run; the same run and chunk have one effect
	Chunk      int    // 0 or more
	Journals   []Journal
	Rejections []Rejection
	// RejectConflicts leaves a journal out whose key was posted before with
	// different content, and records it as a rejection with the reason
	// ReasonDuplicate, instead of refusing the whole batch.
	RejectConflicts bool
}

// ReasonDuplicate is the reason for refusing an entry that is there already.
// PostBatch gives it itself where a business key was posted before with
// different content.
const ReasonDuplicate = "DUPL"

// Rejection is an entry that is not posted, and why.
type Rejection struct {
	Entry   entry.Number
	Line    int          // 0 when it is about the whole entry
	Source  entry.Source // where the entry stands
	Reason  string       // four characters: RATE, FEES, QNTY, STRU, CASE, DUPL
	Field   string
	Value   string // the value at fault
	Message string
}

// BatchResult says what a batch did.
type BatchResult struct {
	// Done says that the chunk was done before: nothing was posted now, and the
	// counts are those of that time.
	Done          bool
	Posted        int // journals
	AlreadyPosted int // journals whose key and content were there before
	Postings      int
	Rejected      int        // with conflicts, if they are rejected
	Conflicts     []Conflict // rejected by RejectConflicts; empty when Done
}

// Reset empties the batch for the next chunk and keeps its memory.
func (b *Batch) Reset(run string, chunk int) {
	b.Run, b.Chunk = run, chunk
	b.Journals = b.Journals[:0]
	b.Rejections = b.Rejections[:0]
}

// Add gives the next journal to fill. It keeps the memory of an earlier chunk's
// journal; its content is to be overwritten, as JournalFor does. The pointer is
// valid until the next Add.
func (b *Batch) Add() *Journal {
	if n := len(b.Journals); n < cap(b.Journals) {
		b.Journals = b.Journals[:n+1]
	} else {
		b.Journals = append(b.Journals, Journal{})
	}
	return &b.Journals[len(b.Journals)-1]
}

// Drop takes back the last journal that Add gave.
func (b *Batch) Drop() { b.Journals = b.Journals[:len(b.Journals)-1] }

// contentHash is the hash of all journals' hashes and of the rejections, by
// which a chunk that comes again is known to be the same.
func (b *Batch) contentHash(journals [][sha256.Size]byte) [sha256.Size]byte {
	h := sha256.New()
	for i := range journals {
		h.Write(journals[i][:])
	}
	var buf []byte
	for i := range b.Rejections {
		r := &b.Rejections[i]
		buf = buf[:0]
		for _, s := range [...]string{string(r.Entry), r.Reason, r.Field, r.Value} {
			buf = appendSized(buf, s)
		}
		buf = binary.BigEndian.AppendUint32(buf, uint32(r.Line))
		h.Write(buf)
	}
	return [sha256.Size]byte(h.Sum(nil))
}
