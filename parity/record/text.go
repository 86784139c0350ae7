package record

import "errors"

// AppendText appends the canonical text of the named elements of rec, one after
// the other without a separator, as a group prints. Elements that hold no value
// print as hexadecimal, X'40F1'.
func (s *Schema) AppendText(dst, rec []byte, elements ...int) []byte {
	for _, i := range elements {
		dst = s.appendElement(dst, rec, i, 0, len(elements) > 1)
	}
	return dst
}

// Text is AppendText of one occurrence of an element as a string.
func (s *Schema) Text(rec []byte, element, occurrence int) string {
	return string(s.appendElement(nil, rec, element, occurrence, false))
}

func (s *Schema) appendElement(dst, rec []byte, element, occurrence int, inGroup bool) []byte {
	f := s.Elements[element].Field
	start := len(dst)
	var err error
	if f.Numeric() {
		dst, err = f.Append(dst, rec, occurrence)
	} else {
		dst, err = f.AppendText(dst, rec, occurrence)
	}
	if err != nil {
		return append(dst[:start], s.hexOf(rec, element, occurrence)...)
	}
	if inGroup {
		dst = fill(dst, start, f.Length(), f.Numeric())
	}
	return dst
}

// fill gives a group's part its full width: leading zeros for digits, trailing
// blanks for text.
func fill(dst []byte, start, width int, digits bool) []byte {
	missing := width - (len(dst) - start)
	if missing <= 0 {
		return dst
	}
	if !digits {
		for range missing {
			dst = append(dst, ' ')
		}
		return dst
	}
	for range missing {
		dst = append(dst, '0')
	}
	copy(dst[start+missing:], dst[start:len(dst)-missing])
	for i := range missing {
		dst[start+i] = '0'
	}
	return dst
}

const hexDigits = "0123456789ABCDEF"

func (s *Schema) hexOf(rec []byte, element, occurrence int) []byte {
	raw, err := s.Elements[element].Field.Raw(rec, occurrence)
	if err != nil {
		return []byte("(not there)")
	}
	return append(AppendHex([]byte("X'"), raw), '\'')
}

// AppendHex appends bytes as upper-case hexadecimal.
func AppendHex(dst, raw []byte) []byte {
	for _, b := range raw {
		dst = append(dst, hexDigits[b>>4], hexDigits[b&0x0F])
	}
	return dst
}

var errAbsent = errors.New("the value is null")
