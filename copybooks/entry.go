package copybooks

import "strings"

// Entry returns the data description entry of an elementary item by itself, as
// level 01 called FIELD, and the options to parse it with. Usage and sign are
// those in effect, also when they come from a group. Generated code keeps it of
// items that only a Field can read.
func (it *Item) Entry() (string, Options) {
	o := Options{Format: FreeFormat}
	words := []string{"01 FIELD"}
	if it.Picture != "" {
		words = append(words, "PIC "+it.Picture)
	}
	if it.Usage != Display {
		words = append(words, "USAGE "+it.Usage.String())
	}
	if it.Signed && (it.SignLeading || it.SignSeparate) {
		sign := "SIGN TRAILING"
		if it.SignLeading {
			sign = "SIGN LEADING"
		}
		if it.SignSeparate {
			sign += " SEPARATE"
		}
		words = append(words, sign)
	}
	if it.Justified {
		words = append(words, "JUSTIFIED RIGHT")
	}
	if it.BlankZero {
		words = append(words, "BLANK WHEN ZERO")
	}
	if it.edit != nil {
		o.DecimalComma, o.Currencies = it.edit.comma, it.edit.currencies
	}
	return strings.Join(words, " ") + ".", o
}
