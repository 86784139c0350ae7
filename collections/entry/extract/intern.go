package extract

import "strings"

// codes keeps the decoded text of short fields that repeat (ports, countries,
// tariff numbers), found by their raw bytes, so that each is decoded and
// allocated once. A collision only costs a decode.
type codes struct {
	slots [codeSlots]codeSlot
}

const (
	codeSlots  = 4096
	codeLength = 12 // longest field kept
)

type codeSlot struct {
	raw    [codeLength]byte
	length uint8
	text   string
}

// slot gives the slot of raw: one of two neighbours, so that two texts that
// meet do not take turns.
func (c *codes) slot(raw []byte) *codeSlot {
	h := uint32(2166136261) // FNV-1a
	for _, b := range raw {
		h = (h ^ uint32(b)) * 16777619
	}
	at := (h ^ h>>15) % codeSlots
	if first := &c.slots[at]; first.holds(raw) || first.length == 0 {
		return first
	}
	return &c.slots[at^1]
}

func (s *codeSlot) holds(raw []byte) bool {
	return int(s.length) == len(raw) && string(s.raw[:s.length]) == string(raw)
}

func (s *codeSlot) keep(raw []byte, text string) {
	s.length = uint8(copy(s.raw[:], raw))
	s.text = text
}

// arena holds text that differs from entry to entry. It hands out parts of one
// block; a block is never written over, and lives as long as a string in it.
type arena struct{ block strings.Builder }

const arenaBlock = 8 << 10

func (a *arena) hold(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	if a.block.Cap()-a.block.Len() < len(text) {
		a.block = strings.Builder{}
		a.block.Grow(max(arenaBlock, len(text)))
	}
	start := a.block.Len()
	a.block.Write(text)
	return a.block.String()[start:]
}
