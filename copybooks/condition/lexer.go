package condition

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

type kind uint8

const (
	endToken kind = iota
	wordToken
	literalToken
	symbolToken
	badToken // a literal without its closing quote
)

// token is one piece of a condition.
type token struct {
	kind     kind
	text     string // of a literal, what is between the quotes
	prefix   string // of a literal: X or nothing, in upper case
	from, to int    // in the text of the condition
}

// is reports whether the token is the keyword, in any case.
func (t token) is(keyword string) bool {
	return t.kind == wordToken && strings.EqualFold(t.text, keyword)
}

// symbol reports whether the token is the sign.
func (t token) symbol(sign string) bool { return t.kind == symbolToken && t.text == sign }

// lexer cuts a condition into tokens.
type lexer struct {
	text string
	at   int
}

const symbols = "=<>(),:"

func (l *lexer) next() token {
	for l.at < len(l.text) && blank(l.text[l.at]) {
		l.at++
	}
	start := l.at
	if start == len(l.text) {
		return token{kind: endToken, from: start, to: start}
	}
	switch c := l.text[start]; {
	case c == '\'' || c == '"':
		return l.literal(start)
	case strings.IndexByte(symbols, c) >= 0:
		l.at++
		if two := l.text[start:min(start+2, len(l.text))]; two == "<>" || two == "<=" || two == ">=" {
			l.at++
		}
		return l.token(symbolToken, start)
	}
	for l.at < len(l.text) {
		c := l.text[l.at]
		if c == '\'' || c == '"' {
			return l.literal(start)
		}
		if blank(c) || strings.IndexByte(symbols, c) >= 0 {
			break
		}
		l.at++
	}
	return l.token(wordToken, start)
}

func (l *lexer) token(k kind, start int) token {
	return token{kind: k, text: l.text[start:l.at], from: start, to: l.at}
}

// literal reads from the quote at l.at, before which the prefix starts at start.
// A quote inside is written twice.
func (l *lexer) literal(start int) token {
	mark := l.text[l.at]
	t := token{kind: literalToken, prefix: strings.ToUpper(l.text[start:l.at]), from: start}
	var value []byte
	for l.at++; l.at < len(l.text); l.at++ {
		c := l.text[l.at]
		if c == mark {
			if l.at++; l.at == len(l.text) || l.text[l.at] != mark {
				t.text, t.to = string(value), l.at
				return t
			}
		}
		value = append(value, c)
	}
	return l.token(badToken, start)
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// fail is the error of a token.
func (l *lexer) fail(t token, expected string) error {
	found := strconv.Quote(l.text[t.from:t.to])
	switch t.kind {
	case endToken:
		found = "the end"
	case badToken:
		found, expected = "a literal", "it has no closing quote"
	}
	return &SyntaxError{Text: l.text, Column: utf8.RuneCountInString(l.text[:t.from]) + 1, Found: found, Expected: expected}
}
