package shape

import (
	"encoding/json"
	"strings"

	"tidewaiter/copybooks"
)

// Schema returns the JSON Schema (draft 2020-12) of the objects AppendJSON
// writes for the layout's records with these options, indented.
func Schema(l *copybooks.Layout, o copybooks.JSONOptions) ([]byte, error) {
	return indented(append(ordered{{"$schema", draft}, {"title", l.Name}}, record(l, o)...))
}

// SchemaOfSeveral returns the JSON Schema of a file with the records of several
// layouts: each object is one of them, told by "_record", or one that has nothing
// but "_errors" with the bytes of a record of no known type.
func SchemaOfSeveral(layouts []*copybooks.Layout, o copybooks.JSONOptions) ([]byte, error) {
	o.Record = true
	var kinds []any
	for _, l := range layouts {
		kinds = append(kinds, append(ordered{{"title", l.Name}}, record(l, o)...))
	}
	kinds = append(kinds, ordered{
		{"title", "a record of no known type"},
		{"type", "object"},
		{"properties", ordered{errorsProperty()}},
		{"required", []string{"_errors"}},
		{"additionalProperties", false},
	})
	return indented(ordered{{"$schema", draft}, {"oneOf", kinds}})
}

const draft = "https://json-schema.org/draft/2020-12/schema"

// indented adds what all records share and writes the schema.
func indented(schema ordered) ([]byte, error) {
	return json.MarshalIndent(append(schema, entry{"$defs", node{"error": errorSchema()}}), "", "  ")
}

// record is the schema of the objects of one layout.
func record(l *copybooks.Layout, o copybooks.JSONOptions) ordered {
	record := object(Of(l, o).Members, !o.OmitNull)
	properties := record["properties"].(ordered)
	required, _ := record["required"].([]string)
	if o.Root {
		name := o.Names.Form(l.Name)
		properties = ordered{{name, record}}
		required = []string{name}
	}
	if o.Record {
		properties = append(ordered{{"_record", node{"const": l.Name}}}, properties...)
		required = append([]string{"_record"}, required...)
	}
	properties = append(properties, errorsProperty())
	if o.Raw {
		properties = append(properties, entry{"_raw", node{"type": "string", "pattern": "^([0-9a-f]{2})*$"}})
		required = append(required, "_raw")
	}
	return ordered{{"type", "object"}, {"properties", properties}, {"required", required}, {"additionalProperties", false}}
}

func errorsProperty() entry {
	return entry{"_errors", node{
		"description": "the fields whose bytes hold no value",
		"type":        "array", "items": node{"$ref": "#/$defs/error"},
	}}
}

// node is a schema whose keywords may stand in any order.
type node map[string]any

func errorSchema() node {
	return node{
		"type": "object",
		"properties": ordered{
			{"field", node{"type": "string"}},
			{"offset", node{"type": "integer", "minimum": 0}},
			{"hex", node{"type": "string"}},
			{"reason", node{"type": "string"}},
		},
		"required":             []string{"field", "offset", "hex", "reason"},
		"additionalProperties": false,
	}
}

// object is the schema of a group. A member is always there unless null is left
// out.
func object(members []*Member, always bool) node {
	properties, required := ordered{}, []string{}
	for _, m := range members {
		properties = append(properties, entry{m.Name, member(m, always)})
		if always {
			required = append(required, m.Name)
		}
	}
	return node{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// member allows null everywhere: bytes may hold no value, and behind a damaged
// counter nothing has a place.
func member(m *Member, always bool) node {
	n := element(m, always)
	if m.Table {
		n = node{"type": "array", "items": nullable(n), "minItems": m.Min, "maxItems": m.Max}
	}
	n = nullable(n)
	if text := describe(m); text != "" {
		n["description"] = text
	}
	return n
}

func nullable(n node) node {
	n["type"] = []string{n["type"].(string), "null"}
	return n
}

func element(m *Member, always bool) node {
	switch m.Kind {
	case Group:
		return object(m.Members, always)
	case Number:
		return number(m.Item)
	case Real:
		return node{"type": "number"}
	}
	return node{"type": "string", "maxLength": characters(m.Item)}
}

// characters is the most that an item of text holds: one a byte under a code page,
// one for two bytes of NATIONAL and DISPLAY-1, as many as PIC U(n) says.
func characters(it *copybooks.Item) int {
	switch {
	case it.Usage == copybooks.National, it.Usage == copybooks.DoubleByte:
		return it.Length / 2
	case it.Characters > 0:
		return it.Characters
	}
	return it.Length
}

// number is an exact decimal with the PICTURE's range. Binary items may hold
// more than their PICTURE says (TRUNC(BIN)), so they get no bounds.
func number(it *copybooks.Item) node {
	n := node{"type": "number"}
	if it.Scale <= 0 {
		n["type"] = "integer"
	}
	switch it.Usage {
	case copybooks.Display, copybooks.National, copybooks.Packed, copybooks.UnsignedPacked:
	default:
		return n
	}
	largest := nines(it.Digits, it.Scale)
	n["maximum"], n["minimum"] = largest, json.Number("0")
	if it.Signed {
		n["minimum"] = "-" + largest
	}
	return n
}

// nines is the largest number of a PICTURE: 999.99 for 9(3)V99, 9900 for 99PP,
// 0.0099 for VPP99.
func nines(digits, scale int) json.Number {
	nines := strings.Repeat("9", digits)
	switch {
	case scale <= 0:
		return json.Number(nines + strings.Repeat("0", -scale))
	case scale >= digits:
		return json.Number("0." + strings.Repeat("0", scale-digits) + nines)
	}
	return json.Number(nines[:digits-scale] + "." + nines[digits-scale:])
}

// describe tells what the copybook says about the field.
func describe(m *Member) string {
	it := m.Item
	var words []string
	if it.Picture != "" {
		words = append(words, "PIC "+it.Picture)
		if it.Usage != copybooks.Display {
			words = append(words, it.Usage.String())
		}
	}
	if it.DateFormat != "" {
		words = append(words, "DATE FORMAT "+it.DateFormat)
	}
	if it.Redefines != "" {
		words = append(words, "REDEFINES "+it.Redefines)
	}
	if it.Occurs != nil && it.Occurs.DependingOn != "" {
		words = append(words, "DEPENDING ON "+it.Occurs.DependingOn)
	}
	for _, c := range it.Conditions {
		words = append(words, c.Name+" "+values(c))
	}
	return strings.Join(words, "; ")
}

func values(c copybooks.Condition) string {
	words := make([]string, len(c.Values))
	for i, v := range c.Values {
		words[i] = v.String()
	}
	return strings.Join(words, ", ")
}
