package report

import (
	"encoding/json"
	"strings"

	"tidewaiter/parity/compare"
)

// Masked is what stands for a value that is never shown.
const Masked = "(masked)"

// KeyField is one part of a key.
type KeyField struct {
	Name   string
	Value  string
	Masked bool
}

// Key identifies a compared item. Its values are in clear for an Explainer;
// what is written has masked parts replaced.
type Key struct {
	Comparison string
	Fields     []KeyField
}

// Get returns the value of the named part, "" when there is none.
func (k Key) Get(name string) string {
	for _, f := range k.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// Shown returns what may be shown of the part.
func (f KeyField) Shown() string {
	if f.Masked && f.Value != "" {
		return Masked
	}
	return f.Value
}

// String joins what may be shown.
func (k Key) String() string {
	parts := make([]string, len(k.Fields))
	for i, f := range k.Fields {
		parts[i] = f.Shown()
		if parts[i] == "" {
			parts[i] = "(blank)"
		}
	}
	return strings.Join(parts, " / ")
}

// MarshalJSON writes the parts in the plan's order, masked ones replaced.
func (k Key) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, f := range k.Fields {
		if i > 0 {
			out = append(out, ',')
		}
		name, err := json.Marshal(f.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(f.Shown())
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, name...), ':'), value...)
	}
	return append(out, '}'), nil
}

// UnmarshalJSON reads the parts back, in the order of their names.
func (k *Key) UnmarshalJSON(data []byte) error {
	var parts map[string]string
	if err := json.Unmarshal(data, &parts); err != nil {
		return err
	}
	k.Fields = nil
	for _, name := range sortedKeys(parts) {
		k.Fields = append(k.Fields, KeyField{Name: name, Value: parts[name], Masked: parts[name] == Masked})
	}
	return nil
}

// Place is where a record stands.
type Place struct {
	Source string `json:"source"`
	Record int64  `json:"record"`           // 1-based record, line or row number
	Offset *int64 `json:"offset,omitempty"` // bytes from the start of the file, where there is a file
}

// Item is one differing item.
type Item struct {
	Key      Key
	Verdict  compare.Verdict
	Left     *Place
	Right    *Place
	Ordinal  int         // of a duplicate
	Fields   []FieldDiff // what differs
	Show     []FieldPair // fields shown for orientation
	Working  *Working
	NoReason string // why there is no working
}

// FieldPair is a field's shown value on both sides.
type FieldPair struct {
	Name, Left, Right string
}

// FieldDiff is one differing field of an item, or the record as a whole.
type FieldDiff struct {
	Field      string // with its subscript when it occurs; "" for the record
	Verdict    compare.Verdict
	Reason     string
	Left       *string // nil: not there
	Right      *string
	LeftHex    string
	RightHex   string
	Difference string // right less left, "" when it is not a number
	Copybook   *Source
}

// Difference is a line of differences.jsonl: one compared item.
type Difference struct {
	Comparison string          `json:"comparison"`
	Key        Key             `json:"key"`
	Field      string          `json:"field"`
	Verdict    compare.Verdict `json:"verdict"`
	Left       *string         `json:"left"`
	Right      *string         `json:"right"`
	LeftHex    string          `json:"left_hex"`
	RightHex   string          `json:"right_hex"`
	Difference string          `json:"difference,omitempty"`
	Reason     string          `json:"reason,omitempty"`
	Ordinal    int             `json:"ordinal,omitempty"`
	Provenance Provenance      `json:"provenance"`
}

// Provenance says where both records of an item stand.
type Provenance struct {
	Left  *Place `json:"left"`
	Right *Place `json:"right"`
}

// Working is our own calculation of the amount of an item.
type Working struct {
	Text string       // one line: "3,417 × 0.003464 = 11.836488, half away from zero: 11.84"
	Rows []WorkingRow // its steps and inputs
}

// WorkingRow is one step or input of a working.
type WorkingRow struct {
	Name, Value, Source string // Source cites the rule or table row
}
