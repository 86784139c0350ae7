package condition

import (
	"fmt"
	"slices"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// operand is a field, a part of one, or a stretch of the record.
type operand struct {
	field copybooks.Field
	raw   bool // a stretch of the record: no field
	page  *ebcdic.CodePage
	// fixed is the occurrence the subscripts give. Of the occurrence asked about,
	// those of the shared tables count: i / per * times are before the field.
	fixed, per, times int
	part              bool // a part of the field, or of the record
	from, length      int  // length -1 goes to the end
}

// index is the occurrence of the field for occurrence i of what is asked about.
func (o *operand) index(i int) int {
	if o.per == 0 {
		return o.fixed
	}
	return i/o.per*o.times + o.fixed
}

// bytes returns the operand's bytes in rec.
func (o *operand) bytes(rec []byte, i int) ([]byte, ebcdic.Fault) {
	b := rec
	if !o.raw {
		var fault ebcdic.Fault
		if b, fault = o.field.Peek(rec, o.index(i)); fault != ebcdic.OK {
			return nil, fault
		}
	}
	if !o.part {
		return b, ebcdic.OK
	}
	end := o.from + o.length
	if o.length < 0 {
		end = len(b)
	}
	if end > len(b) || o.from > end {
		return nil, ebcdic.Short
	}
	return b[o.from:end], ebcdic.OK
}

// explain is the error of a fault.
func (o *operand) explain(rec []byte, i int, fault ebcdic.Fault) error {
	if !o.raw {
		return o.field.Explain(rec, o.index(i), fault)
	}
	return &copybooks.FieldError{
		Field: fmt.Sprintf("RECORD(%d:%d)", o.from+1, o.length), Offset: o.from, Fault: fault,
		Bytes: slices.Clone(rec[min(o.from, len(rec)):]), Reason: fmt.Sprintf("%s: the record is %d bytes long", fault, len(rec)),
	}
}

// name is the operand as messages show it.
func (o *operand) name() string {
	if o.raw {
		return "RECORD"
	}
	return o.field.Name()
}

// numeric reports whether the operand is compared as a number.
func (o *operand) numeric() bool {
	return !o.raw && !o.part && (o.field.Numeric() || o.floating())
}

func (o *operand) floating() bool {
	if o.raw {
		return false
	}
	u := o.field.Item().Usage
	return !o.field.Item().IsGroup() && (u == copybooks.FloatShort || u == copybooks.FloatLong)
}

// text reports whether the bytes are characters: those of a group, of text and
// of a number in DISPLAY.
func (o *operand) text() bool {
	return o.raw || o.part || o.field.Item().IsGroup() || !o.numeric() || o.field.Item().Usage == copybooks.Display
}

// wideCharacters is how many characters a field has that are not single bytes of
// its code page, 0 for all other operands.
func (o *operand) wideCharacters() int {
	if o.raw || o.part || o.field.Item().IsGroup() && !o.field.Item().GroupUsage {
		return 0
	}
	switch it := o.field.Item(); {
	case it.Usage == copybooks.National, it.Usage == copybooks.DoubleByte:
		return it.Length / 2
	case it.Usage == copybooks.UTF8 && it.Characters > 0:
		return it.Characters
	case it.Usage == copybooks.UTF8:
		return it.Length
	}
	return 0
}

// size is the most bytes the operand has.
func (o *operand) size() int {
	switch {
	case o.part && o.length >= 0:
		return o.length
	case o.part:
		return o.field.Length() - o.from
	}
	return o.field.Length()
}

// encode returns the bytes of a value of the operand, padded to its size.
func (o *operand) encode(text string) ([]byte, ebcdic.Fault) {
	if !o.raw && !o.part && !o.numeric() {
		return o.field.TextBytes(text)
	}
	b := make([]byte, o.size())
	return b, o.page.PutText(b, text)
}
