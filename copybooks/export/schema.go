package export

import (
	"slices"

	"github.com/parquet-go/parquet-go"

	"tidewaiter/copybooks"
	"tidewaiter/copybooks/shape"
)

// store is how a leaf's values stand in Parquet.
type store uint8

const (
	storeText  store = iota
	storeInt32       // also DECIMAL up to 9 digits
	storeInt64       // also DECIMAL up to 18 digits
	storeWide        // DECIMAL up to 38 digits in 16 bytes
	storeReal
)

// Digits that the integer types hold whatever the value (Parquet, LogicalTypes,
// "DECIMAL"); 16 bytes hold 38 digits, since 10^38 < 2^127.
const (
	int32Digits = 9
	int64Digits = 18
	wideDigits  = 38
	wideBytes   = 16
)

// parquetNode is a member as a column or a group of columns.
type parquetNode struct {
	name    string
	key     string // the name as the JSON has it, with quotes and colon
	table   bool
	members []*parquetNode
	store   store
	scale   int
	first   int // its first leaf column; a leaf's own
	leaves  int
}

// names of the member as the JSON has it.
func (n *parquetNode) names() (name, key string) { return n.name, n.key }

// parquetRecord is the tree of a record with its errors and its bytes.
func parquetRecord(root *shape.Member, form copybooks.JSONOptions, o Options) (*parquetNode, *parquet.Schema) {
	n, node := parquetGroup(root.Members, o)
	n.name = root.Name
	errs := &parquetNode{name: "_errors", table: true}
	fields := map[string]parquet.Node{}
	for _, name := range []string{"field", "offset", "hex", "reason"} {
		leaf, field := &parquetNode{name: name}, parquet.Optional(parquet.String())
		if name == "offset" {
			leaf.store, field = storeInt64, parquet.Optional(parquet.Int(64))
		}
		errs.members = append(errs.members, leaf)
		fields[name] = field
	}
	n.members = append(n.members, errs)
	node.Group[errs.name] = parquet.Optional(parquet.List(ordered(errs.members, fields)))
	if form.Raw {
		n.members = append(n.members, &parquetNode{name: "_raw"})
		node.Group["_raw"] = parquet.Optional(parquet.String())
	}
	n.number(0)
	return n, parquet.NewSchema(root.Name, ordered(n.members, node.Group))
}

func parquetGroup(members []*shape.Member, o Options) (*parquetNode, *group) {
	n := &parquetNode{}
	fields := map[string]parquet.Node{}
	for _, m := range members {
		c, node := parquetMember(m, o)
		if c.name, c.table = m.Name, m.Table; m.Table {
			node = parquet.Optional(parquet.List(node))
		}
		n.members = append(n.members, c)
		fields[m.Name] = node
	}
	return n, ordered(n.members, fields)
}

func parquetMember(m *shape.Member, o Options) (*parquetNode, parquet.Node) {
	switch m.Kind {
	case shape.Group:
		return parquetGroup(m.Members, o)
	case shape.Real:
		return &parquetNode{store: storeReal}, parquet.Optional(parquet.Leaf(parquet.DoubleType))
	case shape.Number:
		return parquetNumber(m.Item, o)
	}
	return &parquetNode{}, parquet.Optional(parquet.String())
}

// parquetNumber picks the smallest type that holds all values of the item. P
// positions count as digits: 99PP goes up to 9900. A number of more digits than
// DECIMAL has stays text.
func parquetNumber(it *copybooks.Item, o Options) (*parquetNode, parquet.Node) {
	digits, scale := it.Digits, max(it.Scale, 0)
	switch it.Usage {
	case copybooks.Display, copybooks.National, copybooks.Packed, copybooks.UnsignedPacked:
	case copybooks.Binary:
		if o.BinaryFull {
			digits = max(digits, binaryDigits(it.Length))
		}
	default: // COMP-5 and its kind use all their bits
		digits = max(digits, binaryDigits(it.Length))
	}
	digits = max(digits-min(it.Scale, 0), scale)
	switch {
	case digits > wideDigits:
		return &parquetNode{}, parquet.Optional(parquet.String())
	case digits <= int32Digits && scale == 0:
		return &parquetNode{store: storeInt32}, parquet.Optional(parquet.Int(32))
	case digits <= int32Digits:
		return &parquetNode{store: storeInt32, scale: scale}, parquet.Optional(parquet.Decimal(scale, digits, parquet.Int32Type))
	case digits <= int64Digits && scale == 0:
		return &parquetNode{store: storeInt64}, parquet.Optional(parquet.Int(64))
	case digits <= int64Digits:
		return &parquetNode{store: storeInt64, scale: scale}, parquet.Optional(parquet.Decimal(scale, digits, parquet.Int64Type))
	}
	wide := parquet.FixedLenByteArrayType(wideBytes)
	return &parquetNode{store: storeWide, scale: scale}, parquet.Optional(parquet.Decimal(scale, digits, wide))
}

// binaryDigits is how many digits the largest value of so many bytes has: 65535
// has 5, 2^32 has 10, 2^64 has 20.
func binaryDigits(length int) int {
	return (length*8*30103 + 99999) / 100000 // log10(2) = 0.30103
}

// number gives the leaves their column numbers, in the order of the schema.
func (n *parquetNode) number(first int) int {
	n.key, n.first, n.leaves = `"`+n.name+`":`, first, 1
	if len(n.members) == 0 {
		return first + 1
	}
	next := first
	for _, m := range n.members {
		next = m.number(next)
	}
	n.leaves = next - first
	return next
}

// group is a parquet.Group whose fields stand in copybook order, not in that of
// the alphabet.
type group struct {
	parquet.Group
	fields []parquet.Field
}

// Fields returns the fields in copybook order.
func (g *group) Fields() []parquet.Field { return g.fields }

func ordered(members []*parquetNode, fields map[string]parquet.Node) *group {
	g := &group{Group: fields}
	place := make(map[string]int, len(members))
	for i, m := range members {
		place[m.name] = i
	}
	g.fields = g.Group.Fields()
	slices.SortFunc(g.fields, func(a, b parquet.Field) int { return place[a.Name()] - place[b.Name()] })
	return g
}
