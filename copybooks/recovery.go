package copybooks

import (
	"fmt"
	"strings"
)

// After an error parsing goes on, so that one run reports every error. What only
// follows from an error is not reported: the parser knows which entries are broken
// and which names errors hide.

// sentence skips to after the next period.
func (p *parser) sentence() {
	for p.tok.kind != periodToken && p.tok.kind != endToken {
		p.advance()
	}
	if p.tok.kind == periodToken {
		p.advance()
	}
}

// recover skips to where the next entry begins after an error: after the next
// period, or at a level number or a header that begins a line, should the period be
// missing.
func (p *parser) recover() {
	for before := p.tok; p.tok.kind != periodToken && p.tok.kind != endToken; before = p.tok {
		if p.tok.kind == wordToken {
			p.lose(p.tok.text)
		}
		p.advance()
		if p.tok.begins() && (p.tok.line != before.line || p.tok.file != before.file) {
			return
		}
	}
	if p.tok.kind == periodToken {
		p.advance()
	}
}

// lose notes a name whose entry an error hides.
func (p *parser) lose(name string) {
	if p.lost == nil {
		p.lost = map[string]bool{}
	}
	p.lost[strings.ToUpper(name)] = true
}

// hidden reports whether an error hides the entry of the name, which may be
// qualified: any name may be in a member that is missing.
func (p *parser) hidden(name string) bool {
	name, _ = qualified(name)
	return p.feed.incomplete || p.lost[strings.ToUpper(name)]
}

// blameMargin adds to each error at or right after a line whose last word goes on
// behind column 72 that this may be why: fixed format does not read it.
func (p *parser) blameMargin() {
	for _, e := range p.errs {
		for _, line := range []int{e.Line, e.Line - 1} {
			if p.feed.cut[e.File][line] {
				e.Expected += fmt.Sprintf(" (line %d goes on behind column %d, where fixed format ends; variable format takes all of it)", line, endColumn)
				break
			}
		}
	}
}

// begins reports whether the token may begin an entry or a section.
func (t token) begins() bool {
	if _, ok := levelNumber(t); ok {
		return true
	}
	return t.is("FD") || t.is("SD") || t.is("WORKING-STORAGE") || t.is("LOCAL-STORAGE") || t.is("LINKAGE") || t.is("PROCEDURE")
}

func (e *entry) isBroken() bool { return e.broken }

// astray reports text where an entry should begin: once for all that follows,
// but for what looks like a level number.
func (p *parser) astray() {
	attempt := p.tok.kind == wordToken && p.tok.text[0] >= '0' && p.tok.text[0] <= '9'
	if p.tok.kind != badToken && (attempt || !p.adrift) {
		p.report(p.tok, "expected a level number: 01 to 49, 66, 77 or 88")
	}
	p.adrift = !attempt
	p.recover()
}
