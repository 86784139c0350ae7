package match

import (
	"errors"
	"io"
)

// merger puts several ordered inputs into one order with a binary heap.
type merger struct {
	keyLen int
	heap   []head
	all    []entries
	begun  bool
}

// head is the foremost entry of one input.
type head struct {
	prefix uint64
	entry  []byte
	from   entries
}

func newMerger(inputs []entries, keyLen int) *merger {
	return &merger{keyLen: keyLen, all: inputs}
}

// next gives the least entry. It is valid until the next call: the input it
// came from moves on only then.
func (m *merger) next() ([]byte, error) {
	if !m.begun {
		if err := m.begin(); err != nil {
			return nil, err
		}
	} else if err := m.advance(); err != nil {
		return nil, err
	}
	if len(m.heap) == 0 {
		return nil, io.EOF
	}
	return m.heap[0].entry, nil
}

func (m *merger) begin() error {
	m.begun = true
	for _, in := range m.all {
		h := head{from: in}
		switch err := m.read(&h); {
		case errors.Is(err, io.EOF):
		case err != nil:
			return err
		default:
			m.heap = append(m.heap, h)
		}
	}
	for i := len(m.heap)/2 - 1; i >= 0; i-- {
		m.sink(i)
	}
	return nil
}

// advance replaces the head that was given out with the next of its input.
func (m *merger) advance() error {
	if len(m.heap) == 0 {
		return nil
	}
	err := m.read(&m.heap[0])
	if errors.Is(err, io.EOF) {
		last := len(m.heap) - 1
		m.heap[0] = m.heap[last]
		m.heap = m.heap[:last]
	} else if err != nil {
		return err
	}
	if len(m.heap) > 1 {
		m.sink(0)
	}
	return nil
}

func (m *merger) read(h *head) error {
	entry, err := h.from.next()
	if err != nil {
		return err
	}
	h.entry, h.prefix = entry, prefix(entry[:m.keyLen])
	return nil
}

func (m *merger) sink(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(m.heap); child++ {
			if m.less(child, least) {
				least = child
			}
		}
		if least == i {
			return
		}
		m.heap[i], m.heap[least] = m.heap[least], m.heap[i]
		i = least
	}
}

func (m *merger) less(i, j int) bool {
	a, b := &m.heap[i], &m.heap[j]
	if a.prefix != b.prefix {
		return a.prefix < b.prefix
	}
	return compareEntries(a.entry, b.entry, m.keyLen) < 0
}

func (m *merger) close() error { return closeAll(m.all, nil) }
