package copybooks

import (
	"fmt"
	"strings"
)

// dateFormat reads DATE [FORMAT] [IS] pattern, of the millennium language
// extensions: it says that the item holds a date and changes none of its bytes.
func (p *parser) dateFormat(e *entry, _ token) bool {
	if !p.accept("FORMAT") {
		p.report(p.tok, "expected FORMAT after DATE")
		return false
	}
	p.accept("IS")
	pattern := strings.ToUpper(p.tok.text)
	if p.tok.kind != wordToken || !isDatePattern(pattern) {
		p.report(p.tok, "expected a date pattern such as YYXXXX, YYYYXXXX or XXYY")
		return false
	}
	e.item.DateFormat, e.dateTok = pattern, p.tok
	p.advance()
	return true
}

// isDatePattern reports whether s is a year of two or four Y with up to four X
// before or after it (COBOL for Linux Language Reference, "DATE FORMAT clause").
func isDatePattern(s string) bool {
	year := strings.Trim(s, "X")
	others := len(s) - len(year)
	return (year == "YY" || year == "YYYY") && others <= 4 &&
		(strings.HasPrefix(s, year) || strings.HasSuffix(s, year))
}

// checkDate compares the pattern with the item: one position for each digit or
// character.
func (p *parser) checkDate(e *entry) {
	it, pic := e.item, e.picture
	switch {
	case it.DateFormat == "" || pic == nil:
	case pic.wide != 0 || pic.edit != nil || pic.floating != nil || pic.numeric && pic.scale != 0 || it.Usage == National:
		p.report(e.dateTok, "DATE FORMAT does not go with "+strings.TrimSpace(it.Picture+" "+it.Usage.String()))
	case pic.chars != len(it.DateFormat):
		p.report(e.dateTok, fmt.Sprintf("the date pattern has %d positions, the picture %s %d", len(it.DateFormat), it.Picture, pic.chars))
	}
}
