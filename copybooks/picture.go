package copybooks

import (
	"fmt"
	"strconv"
	"strings"

	"tidewaiter/ebcdic"
)

// picture is what a PICTURE character string says.
type picture struct {
	numeric bool
	chars   int // positions of text, or digits of a number
	scale   int
	signed  bool
	edit    *editing // of a numeric-edited item
	// wide is N, G or U for a picture of such characters, floating says that it
	// is an external floating-point one.
	wide     byte
	floating *floating
}

// maxPicture is the largest repetition a picture may have: the largest
// elementary item of Enterprise COBOL.
const maxPicture = 999_999_999

// parsePicture reads a picture.
func parsePicture(text string, rules pictureRules) (picture, error) {
	if symbol := rules.wideSymbol(text); symbol != 0 {
		return parseWide(text, symbol, rules)
	}
	if rules.floats(text) {
		return parseFloating(text, rules)
	}
	if rules.edits(text) {
		return parseEdited(text, rules)
	}
	return parsePlain(text)
}

// parsePlain reads a picture of X, A, 9, S, V and P.
func parsePlain(text string) (picture, error) {
	var p picture
	var point, scaled bool
	left, right, nines := 0, 0, 0 // P before the first 9, after the last; digits
	text = strings.ToUpper(text)
	for i := 0; i < len(text); {
		symbol := text[i]
		count, next, err := repetition(text, i+1)
		if err != nil {
			return p, err
		}
		switch symbol {
		case 'X', 'A':
			p.chars += count
		case '9':
			if right > 0 {
				return p, fmt.Errorf("a 9 may not follow the P after other digits")
			}
			nines += count
			if point {
				p.scale += count
			}
		case 'S':
			if i > 0 || count > 1 {
				return p, fmt.Errorf("an S stands once, at the start")
			}
			p.signed = true
		case 'V':
			if point || count > 1 {
				return p, fmt.Errorf("a V stands once")
			}
			point = true
		case 'P':
			if scaled && text[i-1] != 'P' && text[i-1] != ')' {
				return p, fmt.Errorf("a P stands at one end only")
			}
			scaled = true
			if nines == 0 {
				left += count
			} else {
				right += count
			}
		default:
			return p, fmt.Errorf("expected a picture of X, A, 9, S, V and P or an edited one, not %q", symbol)
		}
		if p.chars > maxPicture || nines > maxPicture || left > maxPicture || right > maxPicture {
			return p, fmt.Errorf("the picture is longer than %d", maxPicture)
		}
		i = next
	}
	return p.finish(nines, left, right, point)
}

// finish checks the whole and works out digits and scale. P counts as a
// position but takes no byte: 9(2)PPP has a scale of -3, PP9(3) one of 5.
func (p picture) finish(nines, left, right int, point bool) (picture, error) {
	if p.chars > 0 {
		// 9 mixed with X or A is alphanumeric and takes one byte.
		p.chars += nines
		if p.signed || point || left+right > 0 {
			return p, fmt.Errorf("the symbols S, V and P belong to numbers, X and A to text")
		}
		return p, nil
	}
	switch {
	case nines == 0:
		return p, fmt.Errorf("expected at least one X, A or 9 in the picture")
	case left > 0 && right > 0:
		return p, fmt.Errorf("a P stands at one end only")
	case nines+left+right > ebcdic.MaxDigits:
		return p, fmt.Errorf("%d digits are more than the %d a number may have", nines+left+right, ebcdic.MaxDigits)
	case left > 0:
		p.scale = left + nines
	case right > 0:
		if p.scale > 0 {
			return p, fmt.Errorf("a P after decimal places has no meaning")
		}
		p.scale = -right
	}
	p.numeric, p.chars = true, nines
	return p, nil
}

// repetition reads "(n)" at text[i:]; without one the count is 1.
func repetition(text string, i int) (count, next int, err error) {
	if i >= len(text) || text[i] != '(' {
		return 1, i, nil
	}
	end := strings.IndexByte(text[i:], ')')
	if end < 0 {
		return 0, 0, fmt.Errorf("expected a ) after the repetition")
	}
	inside := text[i+1 : i+end]
	n, err := strconv.Atoi(inside)
	if err != nil || n < 1 || n > maxPicture {
		return 0, 0, fmt.Errorf("expected a repetition from 1 to %d, not %q", maxPicture, inside)
	}
	return n, i + end + 1, nil
}
