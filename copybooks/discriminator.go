package copybooks

import (
	"cmp"
	"strings"
)

// Discriminator finds what tells the records of a copybook apart without being
// told: a field that stands at the same place in all of them and has, in each,
// condition names (88) with values no other record has. It returns the name of
// the field in the first record and the record of each value.
func (c *Copybook) Discriminator() (field string, records map[string]*Layout, ok bool) {
	if len(c.Records) < 2 {
		return "", nil, false
	}
	first := c.Records[0]
	moves := false // a table of variable length stands before
	first.walk(first.Root, func(it *Item) {
		moves = moves || it.Occurs != nil && it.Occurs.DependingOn != ""
		if ok || moves || it.IsGroup() || len(it.Conditions) == 0 || it.inTable() {
			return
		}
		if values := c.valuesAt(it); values != nil {
			field, records, ok = it.Name, values, true
		}
	})
	return field, records, ok
}

// valuesAt maps the condition values of the items that stand where it does to
// their records, nil when they do not tell the records apart.
func (c *Copybook) valuesAt(it *Item) map[string]*Layout {
	values := map[string]*Layout{}
	for _, l := range c.Records {
		var twin *Item
		moves := false
		l.walk(l.Root, func(other *Item) {
			if moves = moves || other.Occurs != nil && other.Occurs.DependingOn != ""; moves {
				return
			}
			same := other.Offset == it.Offset && other.Length == it.Length && other.Usage == it.Usage && other.Numeric() == it.Numeric()
			if same && !other.IsGroup() && len(other.Conditions) > 0 && twin == nil {
				twin = other
			}
		})
		if twin == nil {
			return nil
		}
		for _, condition := range twin.Conditions {
			for _, v := range condition.Values {
				value := strings.TrimRight(v.From, " ")
				if twin.Numeric() {
					value = cmp.Or(strings.TrimLeft(value, "+0"), "0")
				}
				if v.Through != "" || v.Figurative || v.All || v.Prefix != "" || values[value] != nil && values[value] != l {
					return nil
				}
				values[value] = l
			}
		}
	}
	return values
}
