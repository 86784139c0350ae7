package copybooks

import (
	"fmt"
	"strings"
)

// wideSymbol finds the symbol that makes a picture one of characters of more than
// a byte: N, G or U. It is 0 for all other pictures.
func (r pictureRules) wideSymbol(text string) byte {
	inside := false
	for i := range len(text) {
		c := text[i] &^ 0x20 // in upper case, when it is a letter
		switch {
		case text[i] == '(':
			inside = true
		case text[i] == ')':
			inside = false
		case inside || r.currency(text[i]) != "":
		case c == 'N' || c == 'G' || c == 'U':
			return c
		}
	}
	return 0
}

// wideCompanions are the symbols that edit characters of N, G and U (Enterprise
// COBOL Language Reference, "National-edited items", "DBCS items", "UTF-8 items").
var wideCompanions = map[byte]string{'N': "NB0/", 'G': "GB", 'U': "U"}

// parseWide reads a picture of N, G or U. What edits it takes a character too.
func parseWide(text string, symbol byte, rules pictureRules) (picture, error) {
	p := picture{wide: symbol}
	text = strings.ToUpper(text)
	for i := 0; i < len(text); {
		count, next, err := repetition(text, i+1)
		switch {
		case err != nil:
			return p, err
		case !strings.Contains(wideCompanions[symbol], text[i:i+1]):
			return p, fmt.Errorf("a picture with %c may have %s, not %q", symbol, strings.Join(strings.Split(wideCompanions[symbol], ""), ", "), text[i])
		case p.chars > maxPicture/bytesPerUTF8-count:
			return p, fmt.Errorf("the picture is longer than %d bytes", maxPicture)
		}
		p.chars += count
		i = next
	}
	return p, nil
}

// The bytes of a character position (Enterprise COBOL Language Reference,
// "Character-string and item size").
const (
	bytesPerWide = 2 // NATIONAL and DISPLAY-1
	bytesPerUTF8 = 4 // UTF-8, what is not needed is padded with blanks
)

// wideUsage is the usage of an item whose picture has N, G or U, or Display when
// the usage that was written does not go with it.
func (p *parser) wideUsage(e *entry) Usage {
	symbol, u := e.picture.wide, e.item.Usage
	switch {
	case symbol == 'U' && (u == UTF8 || !e.usage):
		return UTF8
	case symbol == 'G' && (u == DoubleByte || !e.usage):
		return DoubleByte
	case symbol == 'N' && e.usage && (u == National || u == DoubleByte):
		return u
	case symbol == 'N' && !e.usage && p.nsymbolDBCS:
		return DoubleByte
	case symbol == 'N' && !e.usage:
		return National
	}
	return Display
}

// wideItem gives an item of N, G or U its usage and its length.
func (p *parser) wideItem(e *entry) {
	it, pic := e.item, e.picture
	u := p.wideUsage(e)
	if u == Display {
		p.report(e.pictureTok, fmt.Sprintf("a picture of %c does not go with %s", pic.wide, it.Usage))
		return
	}
	e.usage, it.Usage = true, u
	it.Length = pic.chars * bytesPerWide
	switch {
	case u != UTF8:
	case it.Justified:
		p.report(e.pictureTok, "JUSTIFIED does not go with UTF-8")
	case e.byteLength > 0:
		it.Length = e.byteLength
	case it.inUTF8Group():
		p.report(e.pictureTok, "an item of a GROUP-USAGE UTF-8 group needs PIC U with BYTE-LENGTH")
	default:
		it.Characters, it.Length = pic.chars, pic.chars*bytesPerUTF8
	}
}

func (it *Item) inUTF8Group() bool {
	for g := it.parent; g != nil; g = g.parent {
		if g.GroupUsage && g.Usage == UTF8 {
			return true
		}
	}
	return false
}

// nationalItem makes a number, an edited number or a floating-point one of
// national characters.
func (p *parser) nationalItem(e *entry) {
	it := e.item
	it.Length *= bytesPerWide
	if it.Signed && !it.Edited && !it.SignSeparate {
		p.report(e.pictureTok, "a signed NATIONAL number needs SIGN LEADING or TRAILING SEPARATE")
	}
}

// byteLength reads BYTE-LENGTH [IS] n after a picture of one U.
func (p *parser) byteLength(e *entry) bool {
	at := p.tok
	if !p.accept("BYTE-LENGTH") {
		return true
	}
	if e.picture.wide != 'U' || e.picture.chars != 1 {
		p.report(at, "BYTE-LENGTH follows PIC U")
		return false
	}
	p.accept("IS")
	var ok bool
	e.byteLength, ok = p.count(1)
	return ok
}

// groupUsage reads GROUP-USAGE [IS] NATIONAL or UTF-8: the usage of all items of
// the group, which as a whole is text of that kind.
func (p *parser) groupUsage(e *entry, at token) bool {
	p.accept("IS")
	u := National
	if p.tok.is("UTF-8") {
		u = UTF8
	}
	if !p.accept("NATIONAL", "UTF-8") {
		p.report(p.tok, "expected NATIONAL or UTF-8 after GROUP-USAGE")
		return false
	}
	e.item.GroupUsage = true
	return p.setUsage(e, at, u)
}

// dynamicLength reads DYNAMIC [LENGTH] [LIMIT [IS] n].
func (p *parser) dynamicLength(e *entry, _ token) bool {
	p.accept("LENGTH")
	e.item.Dynamic = true
	if !p.accept("LIMIT") {
		return true
	}
	p.accept("IS")
	var ok bool
	e.item.Limit, ok = p.count(1)
	return ok
}

// dynamicItem checks an item whose bytes a program keeps elsewhere: it takes none
// in the record.
func (p *parser) dynamicItem(e *entry) {
	it, pic := e.item, e.picture
	switch {
	case pic == nil || pic.chars != 1 || pic.numeric || strings.IndexByte("XxUu", it.Picture[0]) < 0:
		p.report(e.at, "DYNAMIC LENGTH needs PIC X or PIC U")
	case e.byteLength > 0:
		p.report(e.at, "DYNAMIC LENGTH does not go with BYTE-LENGTH")
	case it.Redefines != "":
		p.report(e.redefines, "an item of DYNAMIC LENGTH redefines nothing")
	case pic.wide == 'U':
		it.Usage = UTF8
	}
}
