package copybooks

import (
	"fmt"
	"strings"
)

// Copybook is a parsed source: its records in the order they stand.
type Copybook struct {
	Name    string
	Records []*Layout
}

// Layout is one level-01 (or 77) record with the place of each item in it.
type Layout struct {
	Name string
	Root *Item
	// MinLength and MaxLength are the record's bytes with every OCCURS
	// DEPENDING ON at its smallest and its largest.
	MinLength, MaxLength int
	// Renames are the level-66 entries: other names for stretches of the record.
	Renames []*Item

	named map[string][]*Item // the items of a name, upper case, in copybook order
}

// Record returns the layout called name, in any case. With an empty name the
// copybook must have exactly one record.
func (c *Copybook) Record(name string) (*Layout, error) {
	if name == "" && len(c.Records) == 1 {
		return c.Records[0], nil
	}
	names := make([]string, 0, len(c.Records))
	for _, l := range c.Records {
		if name != "" && strings.EqualFold(l.Name, name) {
			return l, nil
		}
		names = append(names, l.Name)
	}
	if name == "" {
		return nil, fmt.Errorf("copybook %s has %d records, name one of %s", c.Name, len(names), strings.Join(names, ", "))
	}
	return nil, fmt.Errorf("copybook %s has no record %s, it has %s", c.Name, name, strings.Join(names, ", "))
}

// Merge returns the records of several copybooks as those of one, in the order
// given. Their names must differ.
func Merge(books ...*Copybook) (*Copybook, error) {
	if len(books) == 1 {
		return books[0], nil
	}
	out := &Copybook{}
	from := map[string]int{} // the copybook that has the record
	names := make([]string, len(books))
	for i, b := range books {
		names[i] = b.Name
		for _, l := range b.Records {
			name := strings.ToUpper(l.Name)
			if other, twice := from[name]; twice && other != i {
				return nil, fmt.Errorf("copybooks %s and %s both have a record %s", names[other], b.Name, l.Name)
			}
			from[name] = i
			out.Records = append(out.Records, l)
		}
	}
	out.Name = strings.Join(names, "+")
	return out, nil
}
