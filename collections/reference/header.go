package reference

import (
	"fmt"
	"slices"
	"strings"
)

// header knows where each column of a table stands.
type header struct {
	names     []string // as the table's definition has them
	positions []int    // in the file
	next      int      // the name that is probably asked for next
}

// read reads the first row: the given columns and those of Validity, each once,
// in any order.
func (h *header) read(source *records, columns []string) error {
	found, _, err := source.next()
	if err != nil {
		return fmt.Errorf("reading the column names: %w", err)
	}
	h.names = append(slices.Clone(columns), validityColumns...)
	for i, name := range found {
		if !slices.Contains(h.names, name) {
			return fmt.Errorf("column %q is not one of %s", name, strings.Join(h.names, ","))
		}
		if slices.Index(found, name) != i {
			return fmt.Errorf("column %q stands twice", name)
		}
	}
	h.positions = make([]int, len(h.names))
	for i, name := range h.names {
		if h.positions[i] = slices.Index(found, name); h.positions[i] < 0 {
			return fmt.Errorf("column %q is missing", name)
		}
	}
	return nil
}

// position gives the place of a column in the records. Columns are asked for in
// nearly the same order row after row, so the search begins where it ended.
func (h *header) position(column string) int {
	for range h.names {
		i := h.next
		if h.next++; h.next == len(h.names) {
			h.next = 0
		}
		if h.names[i] == column {
			return h.positions[i]
		}
	}
	panic("reference: no table has a column " + column) // a mistake in this package
}
