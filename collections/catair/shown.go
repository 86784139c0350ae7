package catair

import (
	"strconv"

	"tidewaiter/collections/money"
)

// Show gives a field as a person reads it: an amount with its decimal point, a
// date as 2006-01-02, an importer number masked but for its last two characters,
// a password masked altogether. A blank field gives "". What is not printable, or
// not the number or date it should be, stands as it is, in Go's quotes.
func (r *Record) Show(f *Field) string {
	b := r.Trimmed(f)
	switch {
	case len(b) == 0:
		return ""
	case f.Name == "Communication Password":
		return masked(b, 0)
	case f.personal():
		return masked(b, 2)
	case f.Class == Date:
		d, err := r.ReadDate(f)
		switch {
		case err != nil:
			return strconv.Quote(string(r.Bytes(f)))
		case d != 0:
			return d.String()
		}
	case f.Decimals != Unscaled && f.number():
		v, _, err := r.ReadNumber(f)
		if err != nil {
			return strconv.Quote(string(r.Bytes(f)))
		}
		return string(money.AppendScaled(nil, v, f.Decimals))
	case f.Decimals != Unscaled:
		if v, err := strconv.ParseInt(string(b), 10, 64); err == nil {
			return string(money.AppendScaled(nil, v, f.Decimals))
		}
	}
	return printable(b)
}

// ShowText gives the whole record, of use when its layout is not known, with
// everything masked that may be an importer number: nine digits or more, hyphens
// among them.
func (r *Record) ShowText() string {
	text := append([]byte(nil), r.Trimmed(&Field{From: 1, To: Length})...)
	for i := 0; i < len(text); {
		j, digits := i, 0
		for j < len(text) && (kinds[text[j]] == isDigit || digits > 0 && text[j] == '-') {
			if text[j] != '-' {
				digits++
			}
			j++
		}
		if digits >= 9 {
			copy(text[i:j], masked(text[i:j], 2))
		}
		i = max(j, i+1)
	}
	return printable(text)
}

// Filler says whether the field has no meaning.
func (f *Field) Filler() bool { return f.filler() || f.Name == "Control Identifier" }

// masked gives stars for all letters and digits but the last few characters.
func masked(b []byte, last int) string {
	out := append([]byte(nil), b...)
	for i := range max(len(out)-last, 0) {
		if out[i] != '-' {
			out[i] = '*'
		}
	}
	return printable(out)
}

// printable gives text that is safe to print on a terminal.
func printable(b []byte) string {
	for _, c := range b {
		if kinds[c] == isControl {
			return strconv.Quote(string(b))
		}
	}
	return string(b)
}
