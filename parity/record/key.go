package record

import (
	"fmt"

	"tidewaiter/copybooks"
)

// Key makes the canonical bytes of some fields of a record.
type Key struct {
	Names  []string // as the plan names them, groups not resolved
	Parts  []int    // the elements, in key order
	length int
	parts  []keyPart
}

type keyPart struct {
	field copybooks.Field
	width int // bytes in the key
	text  bool
}

// mostKeyDigits is what fits a 64-bit value.
const mostKeyDigits = 18

// Key compiles the named fields, in this order.
func (s *Schema) Key(names ...string) (*Key, error) {
	k := &Key{Names: names}
	for _, name := range names {
		found, err := s.Find(name)
		if err != nil {
			return nil, err
		}
		for _, i := range found {
			part, err := newKeyPart(s.Elements[i])
			if err != nil {
				return nil, err
			}
			k.Parts = append(k.Parts, i)
			k.parts = append(k.parts, part)
			k.length += part.width
		}
	}
	return k, nil
}

func newKeyPart(e Element) (keyPart, error) {
	it := e.Field.Item()
	switch {
	case e.Field.Occurs() > 1:
		return keyPart{}, fmt.Errorf("%s occurs %d times and cannot be part of a key", e.Name, e.Field.Occurs())
	case it.Usage == copybooks.FloatShort || it.Usage == copybooks.FloatLong:
		return keyPart{}, fmt.Errorf("%s is floating point and cannot be part of a key", e.Name)
	case !e.Field.Numeric():
		return keyPart{field: e.Field, width: e.Field.Length(), text: true}, nil
	case it.Usage == copybooks.Binary || it.Usage == copybooks.NativeInt:
		return keyPart{field: e.Field, width: 8}, nil
	case it.Digits > mostKeyDigits:
		return keyPart{}, fmt.Errorf("%s has %d digits, a key field at most %d", e.Name, it.Digits, mostKeyDigits)
	}
	// One digit more than the PICTURE: the pad nibble of an even packed field.
	return keyPart{field: e.Field, width: signedWidth(min(it.Digits+1, mostKeyDigits))}, nil
}

// signedWidth is the fewest bytes that hold ± any number of that many digits.
func signedWidth(digits int) int {
	largest := uint64(1)
	for range digits {
		largest *= 10
	}
	width := 1
	for ; width < 8 && uint64(1)<<(8*width-1) < largest; width++ {
	}
	return width
}

// Length is the number of bytes of a key.
func (k *Key) Length() int { return k.length }

// Append appends the key of rec. A key field whose bytes hold no value is a
// *copybooks.FieldError.
func (k *Key) Append(dst, rec []byte) ([]byte, error) {
	for i := range k.parts {
		p := &k.parts[i]
		if p.text {
			raw, err := p.field.Raw(rec, 0)
			if err != nil {
				return dst, err
			}
			dst = append(dst, raw...)
			continue
		}
		v, err := p.field.Int(rec, 0)
		if err != nil {
			return dst, err
		}
		dst = appendOrdered(dst, v, p.width)
	}
	return dst, nil
}

// appendOrdered writes v so that byte order is the order of numbers.
func appendOrdered(dst []byte, v int64, width int) []byte {
	u := uint64(v) + 1<<(8*width-1)
	for shift := 8 * (width - 1); shift >= 0; shift -= 8 {
		dst = append(dst, byte(u>>shift))
	}
	return dst
}
