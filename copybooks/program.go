package copybooks

import "strings"

// A whole program holds its records in the sections of the DATA DIVISION. The
// parser takes the data description entries of FILE, WORKING-STORAGE,
// LOCAL-STORAGE and LINKAGE and passes everything else.

// heading passes a division or section header, a file description or an EXEC
// block, and reports whether there was one.
func (p *parser) heading() bool {
	at := p.tok
	switch {
	case p.accept("IDENTIFICATION", "ID", "ENVIRONMENT", "CONFIGURATION", "PROCEDURE", "SCREEN", "REPORT", "COMMUNICATION"):
		if !p.tok.is("DIVISION") && !p.tok.is("SECTION") {
			p.report(at, "expected a level number: 01 to 49, 66, 77 or 88")
			p.sentence()
			return true
		}
		p.toData(at)
	case p.accept("DATA", "FILE", "WORKING-STORAGE", "LOCAL-STORAGE", "LINKAGE"):
		switch {
		case !p.accept("DIVISION", "SECTION"):
			p.report(p.tok, "expected DIVISION or SECTION")
			p.sentence()
		case p.tok.kind == periodToken:
			p.advance()
		default:
			p.report(p.tok, "expected a period after the header "+strings.ToUpper(at.text))
		}
	case p.accept("FD", "SD", "CD", "RD"):
		p.sentence()
	case p.accept("EXEC"):
		p.exec()
	default:
		return false
	}
	return true
}

// toData passes text that is not data description, up to the next header of
// data; it begins under the header that heading names. What SPECIAL-NAMES says
// there about pictures counts from here on, also in a member that is copied.
func (p *parser) toData(heading token) {
	var words []token // the last ones
	for {
		t := p.feed.word()
		if isHeading(t, words) {
			heading = words[len(words)-1]
		}
		switch {
		case t.is("COPY") && heading.configures():
			p.feed.copy()
			continue
		case t.is("REPLACE") && (heading.configures() || heading.is("INPUT-OUTPUT")):
			p.feed.replaceStatement()
			continue
		}
		if t.kind == endToken {
			p.tok = t
			return
		}
		last := token{}
		if len(words) > 0 {
			last = words[len(words)-1]
		}
		data := t.is("DIVISION") && last.is("DATA") ||
			t.is("SECTION") && (last.is("FILE") || last.is("WORKING-STORAGE") || last.is("LOCAL-STORAGE") || last.is("LINKAGE"))
		if data {
			p.advance()
			p.sentence()
			return
		}
		p.specialName(words, t)
		if words = append(words, t); len(words) > 8 {
			words = words[1:]
		}
	}
}

// isHeading reports whether t, after the words before it, is the DIVISION or
// SECTION of a header.
func isHeading(t token, before []token) bool {
	return (t.is("DIVISION") || t.is("SECTION")) && len(before) > 0
}

// configures reports whether SPECIAL-NAMES may stand under the header. What is
// copied elsewhere before the data says nothing about pictures.
func (t token) configures() bool { return t.is("ENVIRONMENT") || t.is("CONFIGURATION") }

// specialName takes DECIMAL-POINT IS COMMA and CURRENCY SIGN from the words of
// SPECIAL-NAMES (Enterprise COBOL Language Reference, "SPECIAL-NAMES paragraph").
func (p *parser) specialName(before []token, t token) {
	after := func(skipped ...string) token {
		for i := len(before) - 1; i >= 0; i-- {
			optional := false
			for _, s := range skipped {
				optional = optional || before[i].is(s)
			}
			if !optional {
				return before[i]
			}
		}
		return token{}
	}
	switch {
	case t.is("COMMA") && after("IS").is("DECIMAL-POINT"):
		p.rules.comma = true
	case t.kind != literalToken || t.text == "":
	case after("IS", "SIGN").is("CURRENCY"):
		p.rules.currencies = append(p.rules.currencies, Currency{t.text[0], t.text})
	case after("IS").is("SYMBOL") && len(p.rules.currencies) > 0:
		p.rules.currencies[len(p.rules.currencies)-1].Symbol = t.text[0]
	}
}

// exec passes EXEC ... END-EXEC. EXEC SQL INCLUDE copies a member.
func (p *parser) exec() {
	for p.tok.kind != endToken && !p.tok.is("END-EXEC") {
		if !p.tok.is("INCLUDE") {
			p.tok = p.feed.word()
			continue
		}
		member := p.feed.word()
		p.tok = p.feed.word()
		if p.tok.is("END-EXEC") && !strings.EqualFold(member.text, "SQLCA") && !strings.EqualFold(member.text, "SQLDA") {
			p.feed.period()
			p.feed.incomplete = !p.feed.open(member, nil) || p.feed.incomplete
			p.advance()
			return
		}
	}
	p.sentence()
}

// word returns the next token without looking at COPY and without complaint:
// the text is not data description.
func (f *feed) word() token {
	for {
		l := f.stack[len(f.stack)-1]
		quiet := *l
		quiet.report = func(token, string) {}
		t := quiet.next()
		quiet.report = l.report
		*l = quiet
		if t.kind != endToken || len(f.stack) == 1 {
			return t
		}
		f.pop()
	}
}

// period passes a separator period that stands next.
func (f *feed) period() {
	l := f.stack[len(f.stack)-1]
	before := *l
	if l.next().kind != periodToken {
		*l = before
	}
}
