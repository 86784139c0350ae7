package catair

// kind is what a character is, one bit each.
type kind = byte

const (
	isBlank kind = 1 << iota
	isDigit
	isUpper
	isMark // + and #, which the guide's own program claim codes hold (S+, B#) in fields of class AN
	isOther
	isControl // and every byte that is not ASCII
)

// kinds gives the kind of each byte.
var kinds = func() (table [256]kind) {
	for i := range table {
		switch c := byte(i); {
		case c == ' ':
			table[i] = isBlank
		case c >= '0' && c <= '9':
			table[i] = isDigit
		case c >= 'A' && c <= 'Z':
			table[i] = isUpper
		case c == '+' || c == '#':
			table[i] = isMark
		case c > ' ' && c < 0x7F:
			table[i] = isOther
		default:
			table[i] = isControl
		}
	}
	return table
}()

// longestCode is the longest AN field that is a code. Longer ones are texts
// (narratives, names, places), and hold punctuation in the guide's own examples.
const longestCode = 12

// forbidden gives the kinds that may not stand in the field.
func (f *Field) forbidden(d Direction) kind {
	const all = isBlank | isDigit | isUpper | isMark | isOther | isControl
	switch f.Class {
	case Spaces:
		if f.filler() {
			return all &^ isBlank
		}
	case Alphabetic:
		return all &^ (isBlank | isUpper)
	case Numeric, SpacedNumber, Date:
		return all &^ (isBlank | isDigit)
	case AlphaNumeric:
		if d == Input && f.length() <= longestCode {
			return all &^ (isBlank | isDigit | isUpper | isMark)
		}
	}
	return isControl
}

// length gives the number of characters.
func (f *Field) length() int { return f.To - f.From + 1 }

// filler says whether the field has no meaning.
func (f *Field) filler() bool {
	return len(f.Name) >= 6 && f.Name[:6] == "Filler" || f.Name == "not published"
}

// number says whether the field holds digits only.
func (f *Field) number() bool { return f.Class == Numeric || f.Class == SpacedNumber }

// required says whether the field has to be filled. In an E1 record a blank is
// one of the values of the disposition and the severity, and no condition code
// stands beside a disposition, though the guide marks all three mandatory.
func (f *Field) required() bool {
	switch f.Name {
	case "Disposition Type Code", "Severity Code", "Condition Code":
		return false
	}
	return f.Presence == Mandatory && !f.filler() && f.Class != Spaces
}
