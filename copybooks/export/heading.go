package export

import (
	"fmt"
	"strconv"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/shape"
)

// maxColumns is how many columns a spreadsheet has (XFD). A record that needs
// more is better read as JSON lines or Parquet.
const maxColumns = 16384

// csvNode is a member with the place of its cells in the row.
type csvNode struct {
	name     string // in JSON
	key      string // the same with quotes and colon
	offset   int    // of its first cell after its group's first
	width    int    // cells of one element
	table    bool
	max      int
	verbatim bool // its JSON is the cell
	members  []*csvNode
}

// csvColumns lays the members out in a row.
func csvColumns(m *shape.Member, o copybooks.JSONOptions) (*csvNode, error) {
	n := csvNodeOf(m)
	n.members = append(n.members, &csvNode{name: "_errors", width: 1, max: 1, verbatim: true})
	if o.Raw {
		n.members = append(n.members, &csvNode{name: "_raw", width: 1, max: 1})
	}
	if n.place(); n.width > maxColumns {
		return nil, fmt.Errorf("its tables make %d columns, and CSV is written with up to %d: use jsonl or parquet", n.width, maxColumns)
	}
	return n, nil
}

func csvNodeOf(m *shape.Member) *csvNode {
	n := &csvNode{name: m.Name, table: m.Table, max: m.Max}
	for _, c := range m.Members {
		n.members = append(n.members, csvNodeOf(c))
	}
	return n
}

// names of the member as the JSON has it.
func (n *csvNode) names() (name, key string) { return n.name, n.key }

func (n *csvNode) place() {
	n.key, n.width = `"`+n.name+`":`, 0
	for _, c := range n.members {
		c.place()
		c.offset = n.width
		n.width += c.width * c.max
	}
	if len(n.members) == 0 {
		n.width = 1
	}
}

// headings names the columns: by the field, after its groups where several
// fields have the name, with subscripts.
func (n *csvNode) headings(names copybooks.Names) []string {
	fields := map[string]int{}
	n.count(fields)
	var out []string
	n.each(nil, nil, func(path []string, subscripts []int) {
		name := path[len(path)-1]
		if fields[strings.ToUpper(name)] > 1 {
			name = strings.Join(path, ".")
		}
		out = append(out, subscripted(name, subscripts, names))
	})
	return out
}

func (n *csvNode) count(fields map[string]int) {
	for _, c := range n.members {
		if len(c.members) == 0 {
			fields[strings.ToUpper(c.name)]++
		}
		c.count(fields)
	}
}

// repeated returns a heading that stands twice: A-1 beside the first of a table
// A does, when hyphen and subscript both become a low line.
func repeated(headings []string) string {
	seen := make(map[string]bool, len(headings))
	for _, h := range headings {
		if seen[h] {
			return h
		}
		seen[h] = true
	}
	return ""
}

// each visits the columns in their order.
func (n *csvNode) each(path []string, subscripts []int, visit func([]string, []int)) {
	for _, c := range n.members {
		below := append(path[:len(path):len(path)], c.name)
		for i := range c.max {
			at := subscripts
			if c.table {
				at = append(subscripts[:len(subscripts):len(subscripts)], i+1)
			}
			if len(c.members) == 0 {
				visit(below, at)
			}
			c.each(below, at, visit)
		}
	}
}

// subscripted is FEE(2,1), or fee_2_1 where names are made for SQL.
func subscripted(name string, subscripts []int, names copybooks.Names) string {
	if len(subscripts) == 0 {
		return name
	}
	words := make([]string, len(subscripts))
	for i, s := range subscripts {
		words[i] = strconv.Itoa(s)
	}
	if names != copybooks.CobolNames {
		return name + "_" + strings.Join(words, "_")
	}
	return name + "(" + strings.Join(words, ",") + ")"
}
