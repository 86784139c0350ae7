package copybooks

// Field reads and writes one field of record bytes. i is the 0-based subscript,
// 0 for a field that does not occur. No method allocates unless it fails.
type Field struct{ p *field }

type field struct {
	item  *Item
	scale int
}

// Int returns the unscaled value: -12345 for -123.45 in S9(5)V99.
func (f Field) Int(rec []byte, i int) (int64, error) { return 0, errNotYet }

// Text returns the decoded text without trailing blanks.
func (f Field) Text(rec []byte, i int) (string, error) { return "", errNotYet }

// AppendText appends what Text returns.
func (f Field) AppendText(dst, rec []byte, i int) ([]byte, error) { return dst, errNotYet }

// Raw returns the field's bytes inside rec.
func (f Field) Raw(rec []byte, i int) ([]byte, error) { return nil, errNotYet }

// PutInt writes the unscaled value v; it is an error if v does not fit the PICTURE.
func (f Field) PutInt(rec []byte, i int, v int64) error { return errNotYet }

// PutText writes s padded with blanks; it is an error if s does not fit.
func (f Field) PutText(rec []byte, i int, s string) error { return errNotYet }

// Append appends the canonical text: a number with the copybook's decimal
// places, "-12.30", or text without trailing blanks.
func (f Field) Append(dst, rec []byte, i int) ([]byte, error) { return dst, errNotYet }

// Put writes canonical text, the inverse of Append.
func (f Field) Put(rec []byte, i int, s string) error { return errNotYet }

// Item returns the layout's item.
func (f Field) Item() *Item { return f.p.item }

// Name returns the item's name.
func (f Field) Name() string { return f.p.item.Name }

// Scale returns the decimal places of Int's value.
func (f Field) Scale() int { return f.p.scale }

// Numeric reports whether the field holds a number.
func (f Field) Numeric() bool { return f.p.item.Numeric() }

// Offset returns the 0-based position of the first occurrence, variable tables
// before it at their largest.
func (f Field) Offset() int { return f.p.item.Offset }

// Length returns the bytes of one occurrence.
func (f Field) Length() int { return f.p.item.Length }

// Occurs returns the largest number of occurrences, 1 for a field that does
// not occur.
func (f Field) Occurs() int { return 1 }

// Stride returns the bytes from one occurrence to the next, 0 for a field that
// does not occur.
func (f Field) Stride() int { return 0 }
