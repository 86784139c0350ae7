package match

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"sync"
)

// DefaultBudget is the memory one side may hold, in bytes.
const DefaultBudget = 256 << 20

// smallestBudget still holds some thousands of records; with less, the number
// of runs would grow out of hand.
const smallestBudget = 64 << 10

// largestBudget keeps positions inside an arena within 32 bits.
const largestBudget = 3 << 30

// blockBits is the size of an arena's blocks as a power of two. Blocks are never
// moved, so an entry stays where it was written.
const (
	blockBits = 20
	blockSize = 1 << blockBits
	// mostBlocks leaves block numbers within the 32 bits of a ref.
	mostBlocks = 1<<(32-blockBits) - 1
)

// Options bound what ordering a side may use.
type Options struct {
	Budget  int64  // bytes of memory a side; 0 means DefaultBudget
	TempDir string // where runs are spilled; "" means the system's
	Jobs    int    // goroutines that sort; 0 means 1
}

func (o Options) budget() int64 {
	if o.Budget <= 0 {
		return DefaultBudget
	}
	return min(max(o.Budget, smallestBudget), largestBudget)
}

func (o Options) jobs() int { return max(o.Jobs, 1) }

// ref points at one entry of the arena: the block number and the place in the
// block in one number.
type ref struct {
	prefix uint64
	at     uint32
	size   uint32
}

const refBytes = 16

// sorter collects entries in an arena, and when that is full writes them as a
// sorted run.
type sorter struct {
	keyLen  int
	opts    Options
	blocks  [][]byte
	used    int   // blocks that have entries
	size    int64 // bytes of all entries
	refs    []ref
	ordered bool // whether the arena's entries came in order
	dir     string
	runs    []string
}

func newSorter(keyLen int, o Options) *sorter {
	return &sorter{keyLen: keyLen, opts: o, ordered: true}
}

func (s *sorter) entry(r ref) []byte {
	at := r.at & (blockSize - 1)
	return s.blocks[r.at>>blockBits][at : at+r.size]
}

// full reports whether one more entry of the given size would pass the budget.
func (s *sorter) full(size int) bool {
	return len(s.refs) > 0 && (s.size+int64(size)+int64(len(s.refs)+1)*refBytes > s.opts.budget() || s.used >= mostBlocks)
}

func (s *sorter) entrySize(it *Item) int { return s.keyLen + positionBytes + len(it.Record) }

// add keeps an item; the caller has asked full before.
func (s *sorter) add(it *Item) {
	size := s.entrySize(it)
	block := s.room(size)
	at := len(s.blocks[block])
	s.blocks[block] = appendEntry(s.blocks[block], it)
	s.size += int64(size)
	r := ref{prefix: prefix(it.Key), at: uint32(block<<blockBits | at), size: uint32(size)}
	if s.ordered && len(s.refs) > 0 && s.less(r, s.refs[len(s.refs)-1]) {
		s.ordered = false
	}
	s.refs = append(s.refs, r)
}

// room is the block that has room for size more bytes, a new one if need be. An
// entry larger than a block has one of its own.
func (s *sorter) room(size int) int {
	if s.used > 0 {
		last := s.blocks[s.used-1]
		if len(last)+size <= cap(last) && len(last) < blockSize {
			return s.used - 1
		}
	}
	if s.used == len(s.blocks) {
		s.blocks = append(s.blocks, nil)
	}
	if cap(s.blocks[s.used]) < size {
		s.blocks[s.used] = make([]byte, 0, max(blockSize, size))
	}
	s.blocks[s.used] = s.blocks[s.used][:0]
	s.used++
	return s.used - 1
}

// empty forgets all entries and keeps the memory for others.
func (s *sorter) empty() { s.used, s.size, s.refs, s.ordered = 0, 0, s.refs[:0], true }

// release gives the memory back.
func (s *sorter) release() { s.blocks, s.used, s.size, s.refs = nil, 0, 0, nil }

func (s *sorter) less(a, b ref) bool { return s.compare(a, b) < 0 }

func (s *sorter) compare(a, b ref) int {
	if a.prefix != b.prefix {
		return cmp.Compare(a.prefix, b.prefix)
	}
	return compareEntries(s.entry(a), s.entry(b), s.keyLen)
}

// sortParts sorts the arena as one part a job and returns the parts, each in
// order; the merge puts them together.
func (s *sorter) sortParts() [][]ref {
	if s.ordered {
		return [][]ref{s.refs}
	}
	size := max((len(s.refs)+s.opts.jobs()-1)/s.opts.jobs(), 1)
	var (
		parts [][]ref
		group sync.WaitGroup
	)
	for part := range slices.Chunk(s.refs, size) {
		parts = append(parts, part)
		group.Go(func() { slices.SortFunc(part, s.compare) })
	}
	group.Wait()
	return parts
}

// spill writes the arena as one run and empties it.
func (s *sorter) spill(ctx context.Context) error {
	if s.dir == "" {
		dir, err := os.MkdirTemp(s.opts.TempDir, "tidewaiter-match-")
		if err != nil {
			return fmt.Errorf("making a folder for sorted runs: %w", err)
		}
		s.dir = dir
	}
	path := fmt.Sprintf("%s/run-%06d", s.dir, len(s.runs))
	if err := writeRun(ctx, path, s.memory(), s.keyLen); err != nil {
		return fmt.Errorf("writing sorted run %s: %w", path, err)
	}
	s.runs = append(s.runs, path)
	s.empty()
	return nil
}

// memory merges the sorted parts of the arena.
func (s *sorter) memory() *merger {
	var inputs []entries
	for _, part := range s.sortParts() {
		inputs = append(inputs, &memoryRun{sorter: s, refs: part})
	}
	return newMerger(inputs, s.keyLen)
}

// sorted merges everything that was added, from memory alone when nothing was
// spilled.
func (s *sorter) sorted() (*merger, error) {
	var inputs []entries
	for _, path := range s.runs {
		run, err := openRun(path, s.keyLen)
		if err != nil {
			return nil, closeAll(inputs, fmt.Errorf("opening sorted run %s: %w", path, err))
		}
		inputs = append(inputs, run)
	}
	for _, part := range s.sortParts() {
		inputs = append(inputs, &memoryRun{sorter: s, refs: part})
	}
	return newMerger(inputs, s.keyLen), nil
}

// close removes the runs.
func (s *sorter) close() error {
	s.release()
	if s.dir == "" {
		return nil
	}
	return os.RemoveAll(s.dir)
}
