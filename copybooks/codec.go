package copybooks

import "errors"

// CodecOptions choose how bytes are read. The zero value is z/OS: cp037,
// NUMPROC(NOPFD), TRUNC(STD), tables as long as their counter says.
type CodecOptions struct {
	CodePage string // "" is cp037
}

// Codec reads and writes the records of one layout. It never changes after
// Layout.Codec made it and is safe for concurrent use.
type Codec struct {
	layout *Layout
	fields []Field
}

var errNotYet = errors.New("the codec is not there yet")

// Codec compiles the layout.
func (l *Layout) Codec(o CodecOptions) (*Codec, error) { return nil, errNotYet }

// Field finds a field by name, "CD-AMOUNT", or by qualified name, "N OF H".
func (c *Codec) Field(name string) (Field, error) { return Field{}, errNotYet }

// Fields returns the elementary fields in copybook order, FILLER among them.
func (c *Codec) Fields() []Field { return c.fields }

// Layout returns the layout the codec was compiled from.
func (c *Codec) Layout() *Layout { return c.layout }

// Length returns how long rec really is, given its counters.
func (c *Codec) Length(rec []byte) (int, error) { return 0, errNotYet }

// Blank appends a record of maximum length to dst: blanks in text, zeros in
// numbers, the smallest allowed count in counters.
func (c *Codec) Blank(dst []byte) []byte { return dst }
