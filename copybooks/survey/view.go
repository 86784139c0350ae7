package survey

import (
	"errors"
	"fmt"
	"io"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// FieldView is one field of a record as its bytes and as its value.
type FieldView struct {
	Name   string `json:"name"` // with its subscript when it occurs
	Offset int    `json:"offset"`
	Hex    string `json:"hex"`
	Value  string `json:"value,omitempty"`
	Fault  string `json:"fault,omitempty"` // why there is no value
}

// Fields returns the fields of rec, tables with each occurrence that is there.
func Fields(c *copybooks.Codec, rec []byte) (views []FieldView) {
	for _, f := range c.Fields() {
		for i := range f.Occurs() {
			raw, err := f.Raw(rec, i)
			if err != nil {
				if f.Occurs() == 1 {
					views = append(views, FieldView{Name: f.Name(), Offset: f.Offset(), Fault: reason(err)})
				}
				break // the occurrences behind the counter are not in the record
			}
			v := FieldView{Name: f.Name(), Offset: place(rec, raw), Hex: fmt.Sprintf("%X", raw)}
			if f.Occurs() > 1 {
				v.Name = fmt.Sprintf("%s(%d)", f.Name(), i+1)
			}
			text, err := f.Append(nil, rec, i)
			if v.Value = string(text); err != nil {
				v.Value, v.Fault = "", reason(err)
			}
			views = append(views, v)
		}
	}
	return views
}

// place finds where in rec the bytes of raw stand: tables with counters move
// fields from where the layout has them.
func place(rec, raw []byte) int {
	for i := range rec {
		if len(raw) > 0 && &rec[i] == &raw[0] {
			return i
		}
	}
	return len(rec)
}

func reason(err error) string {
	var bad *copybooks.FieldError
	if errors.As(err, &bad) {
		return bad.Reason
	}
	return err.Error()
}

const shownHex = 12 // bytes of a field that its line shows

// WriteFields writes views as a table: offset, name, bytes, value.
func WriteFields(w io.Writer, views []FieldView) error {
	for _, v := range views {
		hex := v.Hex
		if len(hex) > 2*shownHex {
			hex = hex[:2*shownHex-2] + ".."
		}
		value := v.Value
		if v.Fault != "" {
			value = "?? " + v.Fault
		}
		if _, err := fmt.Fprintf(w, "  %6d  %-28s %-*s  %s\n", v.Offset, v.Name, 2*shownHex, hex, value); err != nil {
			return err
		}
	}
	return nil
}

// WriteHex writes b as a dump of 16 bytes a line beside the characters that
// page has for them, a dot where it has none that prints. At is the offset of
// the first byte.
func WriteHex(w io.Writer, b []byte, at int64, page *ebcdic.CodePage) error {
	const width = 16
	for len(b) > 0 {
		line := b[:min(width, len(b))]
		b = b[len(line):]
		chars := make([]rune, len(line))
		for i, c := range line {
			if chars[i] = page.Rune(c); chars[i] < ' ' || chars[i] >= 0x7F && chars[i] < 0xA0 {
				chars[i] = '.'
			}
		}
		if _, err := fmt.Fprintf(w, "  %8d  %-*s  %s\n", at, 3*width-1, fmt.Sprintf("% X", line), string(chars)); err != nil {
			return err
		}
		at += int64(len(line))
	}
	return nil
}
