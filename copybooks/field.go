package copybooks

import (
	"slices"
	"strconv"
	"strings"

	"tidewaiter/ebcdic"
)

// Field reads and writes one field of record bytes. i is the 0-based subscript,
// 0 for a field that does not occur; in nested tables it counts the occurrences
// of the innermost table through all the outer ones. No method allocates unless
// it fails. A failure is a *FieldError.
type Field struct{ p *field }

// What is read for every record stands first, in as few cache lines as it can.
type field struct {
	number *ebcdic.Number // nil for text and groups
	text   *charset
	at     place // of the first occurrence
	// steady says that it stands at the same place in every record and does
	// not occur; then it ends before end.
	steady bool
	// direct says that it is steady and its number reads its bytes as they are.
	direct bool
	// straight says that its number reads and writes its bytes as they are, and
	// blanks are no zero; paged that it is text of a code page padded at its end.
	// Most fields are one of the two, and take a shorter way.
	straight, paged bool
	// blankZero says that blanks are zero, zero how Append writes it.
	blankZero bool
	storage   storage
	over      overlay
	end       int
	length    int // of one occurrence, tables at their largest
	scale     int

	codec    *Codec
	item     *Item
	edit     *editor          // of a numeric-edited item
	float    *ebcdic.Float    // of COMP-1 and COMP-2
	exponent *floatEditor     // of an external floating-point item
	digits   *ebcdic.CodePage // of the characters of a number
	zero     []byte
	size     extent       // of one occurrence
	whole    extent       // of all occurrences
	until    *extent      // where a level 66 ends
	dims     []*dimension // outermost first
	occurs   int          // with tables TO UNBOUNDED as long as Item.Size says
	reach    int          // as many as a record may have
	needs    tableSet     // what must be measured to know where it stands
	measures int          // how many of Codec.measured that is at most
	stack    int          // the table of what it redefines and is redefined by, or -1
	step     int          // of Codec.plan, or -1
	uneven   bool         // a table around it has its own measure of others in each occurrence
}

// Item returns the layout's item.
func (f Field) Item() *Item { return f.p.item }

// Name returns the item's name.
func (f Field) Name() string { return f.p.item.Name }

// Scale returns the decimal places of Int's value.
func (f Field) Scale() int { return f.p.scale }

// Numeric reports whether the field holds a number that programs compute with.
// A numeric-edited field is text to Append, and a number to Int and PutInt. A
// floating-point field is a number to Append and Put only: it has no exact value.
func (f Field) Numeric() bool { return f.p.number != nil }

// CodePage returns the code page of the field's text, or of its zoned number.
func (f Field) CodePage() *ebcdic.CodePage { return f.p.text.page }

// Offset returns the 0-based position of the first occurrence, variable tables
// before it at their largest.
func (f Field) Offset() int { return f.p.item.Offset }

// Length returns the bytes of one occurrence.
func (f Field) Length() int { return f.p.length }

// Occurs returns the largest number of occurrences, 1 for a field that does
// not occur.
func (f Field) Occurs() int { return f.p.occurs }

// Stride returns the bytes from one occurrence to the next in the innermost
// table, 0 for a field that does not occur.
func (f Field) Stride() int {
	if len(f.p.dims) == 0 {
		return 0
	}
	for it := f.p.item; ; it = it.parent {
		if it.Occurs != nil {
			return it.Length
		}
	}
}

// Raw returns the field's bytes inside rec.
func (f Field) Raw(rec []byte, i int) ([]byte, error) {
	b, _, err := f.p.find(rec, i)
	return b, err
}

// Int returns the unscaled value: -12345 for -123.45 in S9(5)V99.
func (f Field) Int(rec []byte, i int) (int64, error) {
	if p := f.p; p.direct && i == 0 && p.end <= len(rec) {
		if v, fault := p.number.Int64(rec[p.at.fixed:p.end]); fault == ebcdic.OK {
			return v, nil
		}
	}
	return f.intAnywhere(rec, i)
}

// intAnywhere is Int of a field that moves or occurs, or that has a fault.
func (f Field) intAnywhere(rec []byte, i int) (int64, error) {
	b, at, err := f.p.find(rec, i)
	if err != nil {
		return 0, err
	}
	v, fault := f.p.readInt(b)
	if fault != ebcdic.OK {
		return 0, f.p.fault(b, at, i, fault)
	}
	return v, nil
}

// PutInt writes the unscaled value v; it is an error if v does not fit the
// PICTURE, and then rec is as it was.
func (f Field) PutInt(rec []byte, i int, v int64) error {
	b, at, err := f.p.find(rec, i)
	if err != nil {
		return err
	}
	if fault := f.p.writeInt(b, v); fault != ebcdic.OK {
		return f.p.refuse(at, f.p.subscripted(i), strconv.FormatInt(v, 10), fault)
	}
	return nil
}

// Text returns the decoded text without the blanks that pad it: trailing ones,
// or leading ones in a JUSTIFIED field.
func (f Field) Text(rec []byte, i int) (string, error) {
	b, err := f.AppendText(nil, rec, i)
	return string(b), err
}

// AppendText appends what Text returns.
func (f Field) AppendText(dst, rec []byte, i int) ([]byte, error) {
	if p := f.p; p.steady && i == 0 && p.end <= len(rec) {
		var text []byte
		var fault ebcdic.Fault
		if b := rec[p.at.fixed:p.end]; p.paged {
			text, fault = p.text.page.AppendText(dst, p.text.page.TrimRight(b))
		} else {
			text, fault = p.text.append(dst, p.trim(b))
		}
		if fault == ebcdic.OK {
			return text, nil
		}
	}
	b, at, err := f.p.find(rec, i)
	if err != nil {
		return dst, err
	}
	dst, fault := f.p.text.append(dst, f.p.trim(b))
	if fault != ebcdic.OK {
		return dst, f.p.fault(b, at, i, fault)
	}
	return dst, nil
}

// PutText writes s padded with blanks; it is an error if s does not fit, and
// then rec is as it was.
func (f Field) PutText(rec []byte, i int, s string) error {
	b, at, err := f.p.find(rec, i)
	if err != nil {
		return err
	}
	if fault := f.p.putText(b, []byte(s)); fault != ebcdic.OK {
		return f.p.refuse(at, f.p.subscripted(i), s, fault)
	}
	return nil
}

// Append appends the canonical text: a number with the copybook's decimal
// places, "-12.30", or text as AppendText has it.
func (f Field) Append(dst, rec []byte, i int) ([]byte, error) {
	if !f.p.prints() {
		return f.AppendText(dst, rec, i)
	}
	return f.AppendNumber(dst, rec, i)
}

// AppendNumber appends the number a field holds, that of a numeric-edited field
// too, with the copybook's decimal places.
func (f Field) AppendNumber(dst, rec []byte, i int) ([]byte, error) {
	b, at, err := f.p.find(rec, i)
	if err != nil {
		return dst, err
	}
	dst, fault := f.p.appendNumber(dst, b)
	if fault != ebcdic.OK {
		return dst, f.p.fault(b, at, i, fault)
	}
	return dst, nil
}

// Put writes canonical text, the inverse of Append. A number must fit exactly.
func (f Field) Put(rec []byte, i int, s string) error {
	if !f.p.prints() {
		return f.PutText(rec, i, s)
	}
	return f.PutNumber(rec, i, s)
}

// PutNumber writes a number, into a numeric-edited field as its picture prints
// it. It must fit exactly.
func (f Field) PutNumber(rec []byte, i int, s string) error {
	b, at, err := f.p.find(rec, i)
	if err != nil {
		return err
	}
	if fault := f.p.putNumber(b, []byte(s)); fault != ebcdic.OK {
		return f.p.refuse(at, f.p.subscripted(i), s, fault)
	}
	return nil
}

func (p *field) trim(b []byte) []byte {
	if p.item.Justified {
		return p.text.trimLeft(b)
	}
	return p.text.trimRight(b)
}

func (p *field) putText(b, s []byte) ebcdic.Fault { return p.text.put(b, s, p.item.Justified) }

// fault makes the error of bytes that hold no value.
func (p *field) fault(b []byte, at, i int, fault ebcdic.Fault) *FieldError {
	return &FieldError{Field: p.subscripted(i), Offset: at, Bytes: slices.Clone(b), Reason: fault.String(), Fault: fault}
}

// refuse makes the error of a value the field cannot hold.
func (p *field) refuse(at int, name, value string, fault ebcdic.Fault) *FieldError {
	picture := p.item.Picture
	if picture == "" {
		picture = "the group's " + strconv.Itoa(p.length) + " bytes"
	}
	return &FieldError{Field: name, Offset: at, Reason: strconv.Quote(value) + " into " + picture + ": " + fault.String(), Fault: fault}
}

// subscripted is the name with the 1-based subscripts COBOL would write.
func (p *field) subscripted(i int) string {
	if len(p.dims) == 0 {
		return p.item.Name
	}
	subscripts := p.subscripts(i)
	return p.named(subscripts[:len(p.dims)])
}

// subscripts are the 0-based subscripts of occurrence i.
func (p *field) subscripts(i int) (s [maxDimensions]int) {
	for d := len(p.dims) - 1; d > 0; d-- {
		s[d] = i % p.dims[d].max
		i /= p.dims[d].max
	}
	s[0] = i
	return s
}

func (p *field) named(subscripts []int) string {
	var name strings.Builder
	name.WriteString(p.item.Name)
	for d, i := range subscripts {
		name.WriteByte("(,"[min(d, 1)])
		name.WriteString(strconv.Itoa(i + 1))
	}
	if len(subscripts) > 0 {
		name.WriteByte(')')
	}
	return name.String()
}
