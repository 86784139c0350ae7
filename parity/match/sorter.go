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

// ref points at one entry of the arena.
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
	arena   []byte
	refs    []ref
	ordered bool // whether the arena's entries came in order
	dir     string
	runs    []string
}

func newSorter(keyLen int, o Options) *sorter {
	return &sorter{keyLen: keyLen, opts: o, ordered: true}
}

func (s *sorter) entry(r ref) []byte { return s.arena[r.at : r.at+r.size] }

// full reports whether one more entry of the given size would pass the budget.
func (s *sorter) full(size int) bool {
	used := int64(len(s.arena)) + int64(len(s.refs))*refBytes
	return len(s.refs) > 0 && used+int64(size)+refBytes > s.opts.budget()
}

func (s *sorter) entrySize(it *Item) int { return s.keyLen + positionBytes + len(it.Record) }

// add keeps an item; the caller has asked full before.
func (s *sorter) add(it *Item) {
	s.grow(s.entrySize(it))
	at := len(s.arena)
	s.arena = appendEntry(s.arena, it)
	r := ref{prefix: prefix(it.Key), at: uint32(at), size: uint32(len(s.arena) - at)}
	if s.ordered && len(s.refs) > 0 && s.less(r, s.refs[len(s.refs)-1]) {
		s.ordered = false
	}
	s.refs = append(s.refs, r)
}

// grow doubles the arena up to the budget, so that append never overshoots it.
func (s *sorter) grow(size int) {
	if need := len(s.arena) + size; need > cap(s.arena) {
		room := max(2*cap(s.arena), 1<<16, need)
		if room > int(s.opts.budget()) {
			room = max(need, int(s.opts.budget()))
		}
		larger := make([]byte, len(s.arena), room)
		copy(larger, s.arena)
		s.arena = larger
	}
}

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
	s.arena, s.refs, s.ordered = s.arena[:0], s.refs[:0], true
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
	s.arena, s.refs = nil, nil
	if s.dir == "" {
		return nil
	}
	return os.RemoveAll(s.dir)
}
