package classify

import (
	"tidewaiter/parity/record"
)

// Dimension is one part of a group: the value of a field or group of fields,
// or whether it has a certain value.
type Dimension struct {
	Label    string
	Elements []int
	Test     bool   // the group is yes or no: whether the value is Equals
	Equals   string // in canonical text
}

// groups keeps the groups seen, by the text of their dimensions.
type groups struct {
	schema     *record.Schema
	dimensions []Dimension
	index      map[string]int
	values     [][]string // of each group, one text a dimension
	scratch    []byte
}

func newGroups(s *record.Schema, d []Dimension) *groups {
	return &groups{schema: s, dimensions: d, index: map[string]int{}}
}

// of returns the number of the group that rec belongs to. Each part is written
// behind its length, so that parts never run into one another.
func (g *groups) of(rec []byte) int {
	g.scratch = g.scratch[:0]
	for i := range g.dimensions {
		d := &g.dimensions[i]
		at := len(g.scratch)
		g.scratch = append(g.scratch, 0, 0)
		g.scratch = g.schema.AppendText(g.scratch, rec, d.Elements...)
		if d.Test {
			answer := "no"
			if string(g.scratch[at+2:]) == d.Equals {
				answer = "yes"
			}
			g.scratch = append(g.scratch[:at+2], answer...)
		}
		size := len(g.scratch) - at - 2
		g.scratch[at], g.scratch[at+1] = byte(size>>8), byte(size)
	}
	if n, ok := g.index[string(g.scratch)]; ok {
		return n
	}
	n := len(g.values)
	g.index[string(g.scratch)] = n
	g.values = append(g.values, split(g.scratch))
	return n
}

func split(group []byte) []string {
	values := []string{}
	for len(group) > 0 {
		size := int(group[0])<<8 | int(group[1])
		values = append(values, string(group[2:2+size]))
		group = group[2+size:]
	}
	return values
}
