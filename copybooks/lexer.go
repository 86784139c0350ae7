package copybooks

import (
	"bytes"
	"fmt"
	"strings"
)

type tokenKind uint8

const (
	endToken     tokenKind = iota
	wordToken              // a word or a number
	literalToken           // a quoted literal
	periodToken            // a separator period
	badToken               // reported already
)

// token is one piece of source with its place.
type token struct {
	kind   tokenKind
	text   string // a word as written, a literal without its quotes
	prefix string // of a literal: X, N, Z, ... or ""
	file   string
	line   int
	column int
}

// is reports whether the token is the keyword, in any case.
func (t token) is(keyword string) bool {
	return t.kind == wordToken && strings.EqualFold(t.text, keyword)
}

// shown is the token as a message shows it.
func (t token) shown() string {
	switch t.kind {
	case endToken:
		return "the end of the copybook"
	case periodToken:
		return `"."`
	case literalToken:
		return fmt.Sprintf("the literal %s'%s'", t.prefix, t.text)
	}
	return fmt.Sprintf("%q", t.text)
}

// lexer cuts a source into tokens.
type lexer struct {
	src    *source
	at     int
	report func(token, string)
	// rest is the text that follows src, from rest.at on: src is a stretch of it
	// that REPLACE has changed.
	rest *lexer
}

func (l *lexer) token(kind tokenKind, from, to int) token {
	line, column := l.src.position(from)
	return token{kind: kind, text: string(l.src.text[from:to]), file: l.src.file, line: line, column: column}
}

// next returns the next token.
func (l *lexer) next() token {
	l.skip()
	text := l.src.text
	if l.at >= len(text) && l.rest != nil {
		l.src, l.at, l.rest = l.rest.src, l.rest.at, l.rest.rest
		return l.next()
	}
	if l.at >= len(text) {
		end := len(bytes.TrimRight(text, " \n"))
		return l.token(endToken, end, end)
	}
	start := l.at
	c := text[start]
	switch {
	case c == '.' && l.separates(start):
		l.at++
		return l.token(periodToken, start, l.at)
	case c == '\'' || c == '"':
		return l.literal(start, start)
	}
	for l.at < len(text) && !l.ends(l.at) {
		if c := text[l.at]; c == '\'' || c == '"' {
			return l.literal(start, l.at)
		}
		l.at++
	}
	return l.token(wordToken, start, l.at)
}

// picture returns the character string of a PICTURE clause, in which a period
// or a comma is part of the picture unless a blank follows.
func (l *lexer) picture() token {
	l.skip()
	start := l.at
	for l.at < len(l.src.text) && !l.ends(l.at) {
		l.at++
	}
	if start == l.at {
		return l.next()
	}
	return l.token(wordToken, start, l.at)
}

// skip passes blanks and the separators comma and semicolon.
func (l *lexer) skip() {
	text := l.src.text
	for l.at < len(text) && (isBlank(text[l.at]) || text[l.at] == ',' || text[l.at] == ';') {
		l.at++
	}
}

// ends reports whether a word ends before text[at].
func (l *lexer) ends(at int) bool {
	c := l.src.text[at]
	return isBlank(c) || (c == '.' || c == ',' || c == ';') && l.separates(at)
}

// separates reports whether the punctuation at text[at] is a separator: one
// that a blank follows.
func (l *lexer) separates(at int) bool {
	return at+1 >= len(l.src.text) || isBlank(l.src.text[at+1])
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\f' }

// continued returns where the literal goes on after a hyphen behind its quote:
// at the quote of the next line, as in free format. 0 means that it does not.
func continued(text []byte, at int, mark byte) int {
	if at >= len(text) || text[at] != '-' {
		return 0
	}
	lines := 0
	for at++; at < len(text) && isBlank(text[at]); at++ {
		if text[at] == '\n' {
			lines++
		}
	}
	if lines == 0 || at >= len(text) || text[at] != mark {
		return 0
	}
	return at
}

// literal reads a quoted literal whose quote stands at quote and whose prefix
// starts at start. A quote inside is written twice.
func (l *lexer) literal(start, quote int) token {
	text := l.src.text
	mark := text[quote]
	var value []byte
	for i := quote + 1; i < len(text) && text[i] != '\n'; i++ {
		if text[i] != mark {
			value = append(value, text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == mark {
			value = append(value, mark)
			i++
			continue
		}
		if next := continued(text, i+1, mark); next > 0 {
			i = next
			continue
		}
		l.at = i + 1
		t := l.token(literalToken, start, quote)
		t.text, t.prefix = string(value), strings.ToUpper(string(text[start:quote]))
		return t
	}
	for l.at = quote; l.at < len(text) && text[l.at] != '\n'; l.at++ {
		continue
	}
	t := l.token(badToken, start, l.at)
	l.report(t, "the literal has no closing quote")
	return t
}
