package copybooks

// Usage says how the bytes of an elementary item hold its value.
type Usage uint8

// The usages a layout can carry. COMP, COMP-4 and BINARY are one usage; so are
// COMP-3 and PACKED-DECIMAL.
const (
	Display    Usage = iota // one character or one zoned digit a byte
	Binary                  // COMP, COMP-4, BINARY: big-endian two's complement
	NativeInt               // COMP-5: binary that uses every bit of its bytes
	Packed                  // COMP-3, PACKED-DECIMAL: two digits a byte, sign last
	FloatShort              // COMP-1: four bytes of floating point
	FloatLong               // COMP-2: eight bytes of floating point

	UnsignedPacked   // COMP-6: two digits a byte, no sign
	CompX            // COMP-X: big-endian binary of one to eight bytes
	Comp9            // COMP-9: little-endian binary
	Index            // INDEX: four bytes
	Pointer          // POINTER: four bytes
	FunctionPointer  // FUNCTION-POINTER: four bytes
	ProcedurePointer // PROCEDURE-POINTER: eight bytes

	National   // NATIONAL: UTF-16, big-endian, also numbers and edited ones
	DoubleByte // DISPLAY-1: characters of two bytes without shifts
	UTF8       // UTF-8: one to four bytes a character
)

var usageNames = [...]string{
	"DISPLAY", "COMP", "COMP-5", "COMP-3", "COMP-1", "COMP-2",
	"COMP-6", "COMP-X", "COMP-9", "INDEX", "POINTER", "FUNCTION-POINTER", "PROCEDURE-POINTER",
	"NATIONAL", "DISPLAY-1", "UTF-8",
}

// String returns the usage as a copybook writes it.
func (u Usage) String() string { return usageNames[u] }

// MarshalText writes the usage as a copybook does.
func (u Usage) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// Item is one data description entry of a record: a group, or an elementary
// item with a PICTURE.
type Item struct {
	Level   int
	Name    string // "FILLER" when the entry has no name
	Picture string // as written; "" for a group
	Usage   Usage

	// Offset is the 0-based position of the first occurrence in the record,
	// with every table that DEPENDs ON a counter at its largest.
	Offset int
	// Length is the number of bytes of one occurrence.
	Length int

	Digits       int  // decimal digits a numeric item stores, 0 for text
	Scale        int  // decimal places; negative when P stands right of the digits
	Signed       bool // the PICTURE has an S
	SignLeading  bool // SIGN IS LEADING
	SignSeparate bool // SIGN ... SEPARATE CHARACTER
	Justified    bool // JUSTIFIED RIGHT
	BlankZero    bool // BLANK WHEN ZERO
	Synchronized bool // SYNCHRONIZED, of the item or of a group it is in
	Slack        bool // bytes that SYNCHRONIZED inserts before the next item
	Edited       bool // numeric-edited: Digits, Scale and Signed are those of its number
	Floating     bool // external floating-point, PIC +9.99E+99
	GroupUsage   bool // GROUP-USAGE NATIONAL or UTF-8: the group as a whole is text
	Characters   int  // most characters of PIC U(n), 0 when only Length bounds them
	// Dynamic says DYNAMIC LENGTH: the item has no bytes in the record, where it
	// takes none. Limit is the LIMIT that was written, or 0.
	Dynamic    bool
	Limit      int
	DateFormat string // DATE FORMAT: YYXXXX

	Occurs     *Occurs
	Redefines  string
	Conditions []Condition
	Value      string // VALUE literal, "" when there is none
	ValueAll   bool   // VALUE ALL literal: Value as often as it fills the item
	Children   []*Item

	File string // copybook member the entry stands in
	Line int    // and its line

	edit     *editing  // of a numeric-edited item
	floating *floating // of an external floating-point item
	parent   *Item
	// first and last are the items that a level 66 renames.
	first, last *Item
	column      int
}

// Occurs is the OCCURS clause of a table.
type Occurs struct {
	Min, Max int
	// Unbounded is OCCURS n TO UNBOUNDED. Offsets and lengths then count Max
	// occurrences, of about a megabyte; a record may have any number of them.
	Unbounded   bool
	DependingOn string // name of the counter, qualified as written; "" for a fixed table
	Keys        []string
	IndexedBy   []string

	counter *Item // the item DependingOn names
}

// Condition is an 88-level: a name for some values of the item above it.
type Condition struct {
	Name   string
	Values []ConditionValue
	False  *ConditionValue // WHEN SET TO FALSE: what SET ... TO FALSE moves, or nil
	Line   int
}

// ConditionValue is one value, or with Through the range From THRU Through. A
// figurative constant keeps its name, for instance "SPACES". All is ALL literal:
// From as often as it fills the item.
type ConditionValue struct {
	From, Through string
	Figurative    bool
	All           bool // ALL From: repeated to the length of the item
	// Prefix is that of a literal with one, X, N, NX, G, U, UX or Z, which From has
	// too: N'text'.
	Prefix string
}

// String returns the value as a copybook writes it, a literal without its quotes.
func (v ConditionValue) String() string {
	s := v.From
	if v.All {
		s = "ALL " + s
	}
	if v.Through != "" {
		s += " THRU " + v.Through
	}
	return s
}

// IsGroup reports whether the item has items below it and so no PICTURE.
func (it *Item) IsGroup() bool { return len(it.Children) > 0 }

// IsFiller reports whether the item has no name a program could use.
func (it *Item) IsFiller() bool { return it.Name == fillerName }

// Numeric reports whether the item is elementary and holds a number that is not
// edited.
func (it *Item) Numeric() bool { return it.Digits > 0 && !it.Edited }

// Parent returns the group the item belongs to, nil for a level 01.
func (it *Item) Parent() *Item { return it.parent }

// Size returns the bytes of all occurrences, tables at their largest.
func (it *Item) Size() int {
	return it.Length * it.most()
}

// most is how often the item occurs at most, 1 when it has no OCCURS.
func (it *Item) most() int {
	if it.Occurs == nil {
		return 1
	}
	return it.Occurs.Max
}

const fillerName = "FILLER"
