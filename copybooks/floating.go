package copybooks

import (
	"fmt"
	"strings"
)

// floating is what the PICTURE of an external floating-point item says: sign,
// mantissa, E, sign, exponent (Enterprise COBOL Language Reference, "External
// floating-point items"). +9.99E+99 is nine characters.
type floating struct {
	sign, exponentSign byte // + shows both signs, - only the minus
	digits             int  // of the mantissa
	scale              int  // of them after its point
	point              bool // the point takes a character: . and not V
	exponent           int  // digits of the exponent
	comma              bool // DECIMAL-POINT IS COMMA
}

// mostMantissa is how many digits a mantissa may have.
const mostMantissa = 16

// floats reports whether a picture has an E outside the parentheses of a
// repetition.
func (r pictureRules) floats(text string) bool {
	inside := false
	for i := range len(text) {
		switch c := text[i]; {
		case c == '(':
			inside = true
		case c == ')':
			inside = false
		case !inside && (c == 'E' || c == 'e') && r.currency(c) == "":
			return true
		}
	}
	return false
}

// parseFloating reads the picture of an external floating-point item.
func parseFloating(text string, rules pictureRules) (picture, error) {
	symbols, err := rules.symbols(text)
	if err != nil {
		return picture{}, err
	}
	mantissa, exponent, _ := strings.Cut(string(symbols), "E")
	f := &floating{comma: rules.comma}
	wrong := fmt.Errorf("expected a floating-point picture such as +9.99E+99 or -V9(8)E-99")
	if len(mantissa) < 2 || len(exponent) < 2 || strings.Trim(mantissa[:1]+exponent[:1], "+-") != "" {
		return picture{}, wrong
	}
	f.sign, f.exponentSign, f.exponent = mantissa[0], exponent[0], len(exponent)-1
	if strings.Trim(exponent[1:], "9") != "" || f.exponent < 2 || f.exponent > 3 {
		return picture{}, fmt.Errorf("expected an exponent of 99 or 999")
	}
	at := strings.IndexAny(mantissa, ".V")
	if at < 0 || strings.Trim(mantissa[1:at]+mantissa[at+1:], "9") != "" {
		return picture{}, wrong
	}
	f.digits, f.scale, f.point = len(mantissa)-2, len(mantissa)-at-1, mantissa[at] == '.'
	if f.digits < 1 || f.digits > mostMantissa {
		return picture{}, fmt.Errorf("expected a mantissa of 1 to %d digits", mostMantissa)
	}
	return picture{chars: f.length(), floating: f}, nil
}

// length is the characters of the item.
func (f *floating) length() int {
	n := 1 + f.digits + len("E+") + f.exponent
	if f.point {
		n++
	}
	return n
}
