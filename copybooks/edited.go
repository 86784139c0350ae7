package copybooks

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"tidewaiter/ebcdic"
)

// editing is what the PICTURE of a numeric-edited item says (Enterprise COBOL
// Language Reference, "PICTURE clause editing").
type editing struct {
	parts    []editPart
	digits   int // digit positions
	scale    int // decimal places, negative for P right of them
	length   int // bytes
	signed   bool
	float    byte // '+', '-' or '$' when a string of it floats, else 0
	fill     byte // what suppressed zeros become: ' ' or '*'
	currency string
	// currencies are the options it was read with.
	currencies []Currency
	// vanishes says that every digit is suppressed: zero leaves only fill.
	vanishes  bool
	blankZero bool
	comma     bool // DECIMAL-POINT IS COMMA
}

// editPart is one character position of the picture.
type editPart struct {
	kind   editKind
	symbol byte
}

type editKind uint8

const (
	editDigit    editKind = iota // 9
	editSuppress                 // Z, *, or a floating symbol after its first
	editFloat                    // the first symbol of a floating string
	editInsert                   // B 0 / and the comma
	editPoint                    // the decimal point
	editVirtual                  // V: a point that takes no byte
	editSign                     // a fixed + or -
	editCredit                   // CR or DB
	editCurrency                 // a fixed currency sign
)

// Currency is a CURRENCY SIGN: the symbol that stands for it in a PICTURE, and
// the characters it prints. CURRENCY SIGN IS "EUR" WITH PICTURE SYMBOL "U" is
// Currency{'U', "EUR"}.
type Currency struct {
	Symbol byte
	Sign   string
}

// maxEdited is the longest edited item: the limit of Enterprise COBOL.
const maxEdited = 249

// pictureRules are the options that change the meaning of picture symbols.
type pictureRules struct {
	comma      bool // DECIMAL-POINT IS COMMA
	currencies []Currency
}

// currency returns the sign a symbol prints, "" when it is none.
func (r pictureRules) currency(symbol byte) string {
	for _, c := range r.currencies {
		if c.Symbol == symbol {
			return c.Sign
		}
	}
	if symbol == '$' && len(r.currencies) == 0 {
		return "$"
	}
	return ""
}

// edits reports whether the picture has an editing symbol outside the
// parentheses of a repetition.
func (r pictureRules) edits(text string) bool {
	inside := false
	for i := range len(text) {
		switch c := text[i]; {
		case c == '(':
			inside = true
		case c == ')':
			inside = false
		case inside:
		case strings.IndexByte("ZzBb0*+-/,.", c) >= 0, r.currency(c) != "":
			return true
		case c == 'C' || c == 'c' || c == 'D' || c == 'd':
			return true
		}
	}
	return false
}

// symbols writes the repetitions of a picture out and swaps point and comma
// where DECIMAL-POINT IS COMMA does. CR becomes C, DB becomes D, a currency
// symbol stays as written.
func (r pictureRules) symbols(text string) ([]byte, error) {
	var out []byte
	for i := 0; i < len(text); {
		symbol := text[i]
		if r.currency(symbol) == "" {
			symbol = strings.ToUpper(text[i : i+1])[0]
		}
		next := i + 1
		if pair := strings.ToUpper(text[i:min(i+2, len(text))]); pair == "CR" || pair == "DB" {
			next++
		}
		count, next, err := repetition(text, next)
		if err != nil {
			return nil, err
		}
		if len(out)+count > maxEdited {
			return nil, fmt.Errorf("an edited picture has at most %d characters", maxEdited)
		}
		switch {
		case r.comma && symbol == ',':
			symbol = '.'
		case r.comma && symbol == '.':
			symbol = ','
		}
		for range count {
			out = append(out, symbol)
		}
		i = next
	}
	return out, nil
}

// parseEdited reads a picture with editing symbols.
func parseEdited(text string, rules pictureRules) (picture, error) {
	symbols, err := rules.symbols(text)
	if err != nil {
		return picture{}, err
	}
	if strings.ContainsAny(string(symbols), "XA") {
		for _, c := range symbols {
			if strings.IndexByte("XA9B0/", c) < 0 {
				return picture{}, fmt.Errorf("a picture with X or A may be edited by B, 0 and /, not by %q", c)
			}
		}
		return picture{chars: len(symbols)}, nil
	}
	e := &editing{fill: ' ', comma: rules.comma, currencies: rules.currencies}
	if err := e.shape(symbols, rules); err != nil {
		return picture{}, err
	}
	p := &editParser{editing: e, rules: rules, symbols: symbols}
	for i, c := range symbols {
		if err := p.symbol(i, c); err != nil {
			return picture{}, err
		}
	}
	if err := p.finish(); err != nil {
		return picture{}, err
	}
	return picture{chars: e.length, edit: e}, nil
}

// shape finds which symbol floats and which suppresses.
func (e *editing) shape(symbols []byte, rules pictureRules) error {
	counts := map[byte]int{}
	for _, c := range symbols {
		if rules.currency(c) != "" {
			c = '$'
		}
		counts[c]++
	}
	for _, c := range []byte("+-$") {
		if counts[c] < 2 {
			continue
		}
		if e.float != 0 {
			return fmt.Errorf("only one of + - and the currency sign can float")
		}
		e.float = c
	}
	if counts['*'] > 0 {
		e.fill = '*'
	}
	suppressors := 0
	for _, used := range []bool{e.float != 0, counts['Z'] > 0, counts['*'] > 0} {
		if used {
			suppressors++
		}
	}
	switch {
	case suppressors > 1:
		return fmt.Errorf("only one of Z, * and a floating symbol can suppress zeros")
	case counts['.']+counts['V'] > 1:
		return fmt.Errorf("a picture has one decimal point")
	case counts['+'] > 0 && counts['-'] > 0, counts['C']+counts['D'] > 1, counts['C']+counts['D'] > 0 && counts['+']+counts['-'] > 0:
		return fmt.Errorf("a picture has one of + - CR and DB")
	}
	return nil
}

// editParser turns symbols into parts.
type editParser struct {
	*editing
	rules       pictureRules
	symbols     []byte
	point       bool
	nines       int
	left, right int // P before and after the digits
}

func (p *editParser) symbol(i int, c byte) error {
	kind, bytes := editInsert, 1
	sign := p.rules.currency(c)
	if sign != "" {
		c = '$'
		if p.currency != "" && p.currency != sign {
			return fmt.Errorf("a picture has one currency sign")
		}
		p.currency = sign
	}
	switch {
	case c == '9':
		kind = editDigit
		p.nines++
	case c == 'Z' || c == '*':
		kind = editSuppress
	case p.float != 0 && c == p.float:
		if kind = editSuppress; !p.floats() {
			kind = editFloat
			if c == '$' {
				bytes = utf8.RuneCountInString(sign)
			}
		}
		p.signed = p.signed || c != '$'
	case c == '+' || c == '-' || c == 'C' || c == 'D':
		kind, p.signed = editSign, true
		if c == 'C' || c == 'D' {
			kind, bytes = editCredit, 2
		}
		if i > 0 && i < len(p.symbols)-1 || kind == editCredit && i == 0 {
			return fmt.Errorf("a fixed %c stands at an end of the picture", c)
		}
	case c == '$':
		kind, bytes = editCurrency, utf8.RuneCountInString(sign)
		if i > 1 || i == 1 && (len(p.parts) == 0 || p.parts[0].kind != editSign) {
			return fmt.Errorf("a fixed currency sign stands at the left end of the picture, or after a fixed + or -")
		}
	case c == '.':
		kind, p.point = editPoint, true
	case c == 'V':
		kind, bytes, p.point = editVirtual, 0, true
	case c == 'P':
		return p.scaling()
	case strings.IndexByte("B0/,", c) < 0:
		return fmt.Errorf("expected a picture of Z * 9 B 0 / , . + - CR DB V P and a currency sign, not %q", c)
	}
	if kind == editDigit || kind == editSuppress {
		if kind == editSuppress && p.nines > 0 || p.right > 0 {
			return fmt.Errorf("a %c may not follow a 9 or a P", c)
		}
		p.digits++
		if p.point {
			p.scale++
		}
	}
	p.length += bytes
	p.parts = append(p.parts, editPart{kind, c})
	return nil
}

// floats reports whether the floating string has begun.
func (p *editParser) floats() bool {
	for _, part := range p.parts {
		if part.kind == editFloat {
			return true
		}
	}
	return false
}

// scaling counts a P: a position that takes no byte.
func (p *editParser) scaling() error {
	if p.digits == 0 {
		p.left++
	} else {
		p.right++
	}
	if p.left > 0 && p.right > 0 || p.point && p.right > 0 {
		return fmt.Errorf("a P stands at one end only")
	}
	return nil
}

// finish checks the whole picture.
func (p *editParser) finish() error {
	switch {
	case p.digits == 0:
		return fmt.Errorf("expected at least one 9, Z, * or floating digit in the edited picture")
	case p.digits+p.left+p.right > ebcdic.MaxDigits:
		return fmt.Errorf("%d digits are more than the %d a number may have", p.digits+p.left+p.right, ebcdic.MaxDigits)
	case p.length > maxEdited:
		return fmt.Errorf("an edited picture has at most %d characters", maxEdited)
	case p.left > 0:
		p.scale = p.left + p.digits
	case p.right > 0:
		p.scale = -p.right
	}
	p.vanishes = p.nines == 0
	return nil
}
