package parity

import (
	"fmt"

	"tidewaiter/parity/classify"
	"tidewaiter/parity/compare"
	"tidewaiter/parity/match"
	"tidewaiter/parity/record"
	"tidewaiter/parity/report"
)

// item renders a differing item: decoded values, bytes and places, masked
// fields replaced.
func (r *running) item(s *classify.Sample) report.Item {
	it := report.Item{
		Key: r.keyOf(s), Verdict: s.Verdict, Ordinal: s.Ordinal,
		Left: r.left.place(s.Left), Right: r.right.place(s.Right),
	}
	for _, f := range s.Findings {
		it.Fields = append(it.Fields, r.fieldDiff(f, bytesOf(s.Left), bytesOf(s.Right)))
	}
	if len(s.Findings) == 0 {
		it.Fields = append(it.Fields, r.recordDiff(s))
	}
	for _, i := range r.show {
		pair := report.FieldPair{Name: r.schema.Elements[i].Name}
		if v := r.value(bytesOf(s.Left), i, 0); v != nil {
			pair.Left = *v
		}
		if v := r.value(bytesOf(s.Right), i, 0); v != nil {
			pair.Right = *v
		}
		it.Show = append(it.Show, pair)
	}
	return it
}

func bytesOf(it *match.Item) []byte {
	if it == nil {
		return nil
	}
	return it.Record
}

// keyOf reads the key in clear, from the side that has it. A record that is not
// one of the layout has none.
func (r *running) keyOf(s *classify.Sample) report.Key {
	key := report.Key{Comparison: r.Name}
	rec := bytesOf(s.Left)
	if rec == nil {
		rec = bytesOf(s.Right)
	}
	if compare.BadLength(r.schema, rec) != "" {
		return key
	}
	for i, name := range r.key.Names {
		part := report.KeyField{Name: name, Value: string(r.schema.AppendText(nil, rec, r.keyParts[i]...))}
		for _, element := range r.keyParts[i] {
			part.Masked = part.Masked || r.masked[element]
		}
		key.Fields = append(key.Fields, part)
	}
	return key
}

func (r *running) fieldDiff(f compare.Finding, left, right []byte) report.FieldDiff {
	d := report.FieldDiff{Verdict: f.Verdict, Reason: f.Reason}
	if f.Element < 0 {
		d.LeftHex, d.RightHex = r.recordHex(left), r.recordHex(right)
		return d
	}
	e := r.schema.Elements[f.Element]
	d.Field = e.Name
	if e.Field.Occurs() > 1 {
		d.Field = fmt.Sprintf("%s(%d)", e.Name, f.Occurrence+1)
	}
	d.Copybook = r.sources.line(e.Field.Item())
	d.Left, d.Right = r.value(left, f.Element, f.Occurrence), r.value(right, f.Element, f.Occurrence)
	d.LeftHex, d.RightHex = r.hex(left, f.Element, f.Occurrence), r.hex(right, f.Element, f.Occurrence)
	switch {
	case r.masked[f.Element]:
		if f.Verdict == compare.Invalid {
			d.Reason = "the value does not fit the field"
		}
	case f.HasDelta && !compare.IsDate(e.Field):
		d.Difference = record.Decimal(f.Delta, e.Field.Scale())
	}
	if f.Verdict == compare.Invalid {
		d.Reason = fmt.Sprintf("offset %d of the record: %s", e.At(f.Occurrence), d.Reason)
		if f.RightBad && !r.masked[f.Element] && r.right.spec.Data == "" {
			d.Right = nil // what was written in its place is not the row's value
			d.RightHex = ""
		}
	}
	return d
}

// recordDiff describes an item that differs as a whole. Its value is that of
// the first total's field.
func (r *running) recordDiff(s *classify.Sample) report.FieldDiff {
	left, right := bytesOf(s.Left), bytesOf(s.Right)
	d := report.FieldDiff{Verdict: s.Verdict, Reason: s.Reason, LeftHex: r.recordHex(left), RightHex: r.recordHex(right)}
	if len(r.measures) == 0 {
		return d
	}
	element := r.measures[0].Element
	d.Left, d.Right = r.value(left, element, 0), r.value(right, element, 0)
	var delta int64
	for sign, rec := range map[int64][]byte{-1: left, 1: right} {
		if rec == nil || compare.BadLength(r.schema, rec) != "" {
			continue
		}
		v, err := r.schema.Elements[element].Field.Int(rec, 0)
		if err != nil {
			return d
		}
		delta += sign * v
	}
	d.Difference = record.Decimal(delta, r.schema.Elements[element].Field.Scale())
	return d
}

// value decodes one occurrence of a field, nil when there is no record, or no
// such occurrence.
func (r *running) value(rec []byte, element, occurrence int) *string {
	if rec == nil || compare.BadLength(r.schema, rec) != "" {
		return nil
	}
	if _, err := r.schema.Elements[element].Field.Raw(rec, occurrence); err != nil {
		return nil
	}
	text := report.Masked
	if !r.masked[element] {
		text = r.schema.Text(rec, element, occurrence)
	}
	return &text
}

func (r *running) hex(rec []byte, element, occurrence int) string {
	if rec == nil || r.masked[element] {
		return ""
	}
	raw, err := r.schema.Elements[element].Field.Raw(rec, occurrence)
	if err != nil {
		return ""
	}
	return string(record.AppendHex(nil, raw))
}

// recordHex is the hexadecimal of a record, ** for each byte of masked fields.
// Where those cannot be placed for certain, nothing is shown.
func (r *running) recordHex(rec []byte) string {
	if rec == nil {
		return ""
	}
	hex := record.AppendHex(nil, rec)
	for element, masked := range r.masked {
		if !masked {
			continue
		}
		if !r.schema.Fixed() || len(rec) != r.schema.Layout.MaxLength {
			return ""
		}
		e := r.schema.Elements[element]
		for n := range e.Field.Occurs() {
			for i := 2 * e.At(n); i < 2*(e.At(n)+e.Field.Length()); i++ {
				hex[i] = '*'
			}
		}
	}
	return string(hex)
}

// line is the copybook line of an element, nil for a record as a whole.
func (r *running) line(element int) *report.Source {
	if element < 0 {
		return nil
	}
	return r.sources.line(r.schema.Elements[element].Field.Item())
}
