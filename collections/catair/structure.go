package catair

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
)

// A structure map says which record follows which, and how often. It is a tree of
// groups: the members of a group are records and other groups. A group begins
// with its leader, the first record of its rows. Members of higher rank follow
// those of lower rank; rank 0 may stand anywhere in the group.

// noOrdinal is the ordinal of a record that the chapter's map does not have.
const noOrdinal = -1

// Limits of the maps; the table is checked against them.
const (
	maxOrdinals = 64
	maxSlots    = 32
	maxDepth    = 4
)

// unbounded is the most of a member without one.
const unbounded = 1 << 30

// slot is a member of a group.
type slot struct {
	member            string
	group             *group // nil for a record
	rank, least, most int
	missing, exceeded string // condition codes, "" when none is known
}

// group is a group of a structure map.
type group struct {
	name   string
	slots  []slot
	leader string            // "" in the outermost group
	slotOf [maxOrdinals]int8 // by ordinal of the record that enters the slot; -1 for none
	any    int8              // slot of every other record; -1 for none
}

// grammar is the structure map of a chapter in one direction.
type grammar struct {
	chapter   Chapter
	direction Direction
	root      *group
	ordinals  map[uint32]int // by packed identifier
	agencies  int            // ordinal of records whose identifier begins with PG
}

type grammarKey struct {
	chapter   Chapter
	direction Direction
}

//go:embed tables/structure.csv
var structureTable []byte

var grammars = mustReadStructure(structureTable)

func mustReadStructure(table []byte) map[grammarKey]*grammar {
	g, err := readStructure(table)
	if err != nil {
		panic(err)
	}
	return g
}

// readStructure reads the maps; the first group of a chapter is its outermost.
func readStructure(table []byte) (map[grammarKey]*grammar, error) {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading structure.csv: %w", err)
	}
	out := map[grammarKey]*grammar{}
	groups := map[grammarKey]map[string]*group{}
	for i, row := range rows[1:] {
		key := grammarKey{Chapter(row[0]), Direction(row[1])}
		g := out[key]
		if g == nil {
			g = &grammar{chapter: key.chapter, direction: key.direction, ordinals: map[uint32]int{}, agencies: noOrdinal}
			out[key], groups[key] = g, map[string]*group{}
		}
		in := groups[key][row[2]]
		if in == nil {
			in = &group{name: row[2]}
			groups[key][row[2]] = in
			if g.root == nil {
				g.root = in
			}
		}
		s, err := readSlot(row)
		if err != nil {
			return nil, fmt.Errorf("structure.csv row %d: %w", i+2, err)
		}
		in.slots = append(in.slots, s)
		if len(in.slots) > maxSlots {
			return nil, fmt.Errorf("structure.csv row %d: group %s has more than %d members", i+2, in.name, maxSlots)
		}
	}
	for key, g := range out {
		if err := g.link(groups[key]); err != nil {
			return nil, fmt.Errorf("structure.csv, chapter %s %s: %w", key.chapter, key.direction, err)
		}
	}
	return out, nil
}

// readSlot reads rank, member, least, most and the two codes of a row.
func readSlot(row []string) (slot, error) {
	s := slot{member: row[4], most: unbounded, missing: row[7], exceeded: row[8]}
	var err error
	if s.rank, err = strconv.Atoi(row[3]); err != nil {
		return s, fmt.Errorf("rank: %w", err)
	}
	if s.least, err = strconv.Atoi(row[5]); err != nil {
		return s, fmt.Errorf("least: %w", err)
	}
	if row[6] != "" {
		if s.most, err = strconv.Atoi(row[6]); err != nil {
			return s, fmt.Errorf("most: %w", err)
		}
	}
	return s, nil
}

// link finds the groups that rows name, and which record enters which slot.
func (g *grammar) link(groups map[string]*group) error {
	for _, in := range groups {
		if in != g.root {
			in.leader = in.slots[0].member
		}
		for i := range in.slots {
			s := &in.slots[i]
			if s.group = groups[s.member]; s.group == nil {
				if err := g.number(s.member); err != nil {
					return err
				}
			}
		}
	}
	for _, in := range groups {
		in.any = -1
		for i := range in.slotOf {
			in.slotOf[i] = -1
		}
		for i := range in.slots {
			s := &in.slots[i]
			enters := s.member
			if s.group != nil {
				enters = s.group.leader
			}
			switch {
			case enters == "*":
				in.any = int8(i)
			case enters != in.leader:
				in.slotOf[g.ordinals[packed([]byte(enters))]] = int8(i)
			}
		}
	}
	for _, l := range layoutList {
		if n, ok := g.ordinals[packed([]byte(l.Record))]; ok && l.Chapter == g.chapter && l.Direction == g.direction {
			l.ordinal, l.grammar = n, g
		}
	}
	return nil
}

// number gives a record its ordinal.
func (g *grammar) number(record string) error {
	id := packed([]byte(record))
	if _, ok := g.ordinals[id]; ok || record == "*" {
		return nil
	}
	n := len(g.ordinals)
	if n == maxOrdinals {
		return fmt.Errorf("more than %d records", maxOrdinals)
	}
	g.ordinals[id] = n
	if record == "PG*" {
		g.agencies = n
	}
	return nil
}

// ordinal gives the ordinal of a record.
func (g *grammar) ordinal(rec *Record) int {
	if l := rec.Layout; l != nil && l.grammar == g {
		return l.ordinal
	}
	if n, ok := g.ordinals[packed([]byte(rec.ID))]; ok {
		return n
	}
	if len(rec.ID) == 4 && rec.ID[:2] == "PG" {
		return g.agencies
	}
	return noOrdinal
}
