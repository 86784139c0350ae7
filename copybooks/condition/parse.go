package condition

import (
	"strings"
)

// Limits of a condition: one that reaches them was not written by hand.
const (
	maxText  = 1 << 16
	maxDepth = 64
)

// parser reads a condition by recursive descent.
type parser struct {
	lex   lexer
	tok   token
	scope Scope
	depth int
}

// Parse reads a condition. An error in it is a *SyntaxError.
func Parse(text string, s Scope) (*Expr, error) {
	p := &parser{lex: lexer{text: text}, scope: s}
	p.advance()
	if len(text) > maxText {
		return nil, p.expected("a condition of at most 65536 bytes")
	}
	root, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.tok.kind != endToken {
		return nil, p.expected("AND, OR or the end")
	}
	return &Expr{text: text, root: root}, nil
}

func (p *parser) advance() { p.tok = p.lex.next() }

func (p *parser) accept(keyword string) bool {
	if !p.tok.is(keyword) {
		return false
	}
	p.advance()
	return true
}

func (p *parser) acceptSymbol(sign string) bool {
	if !p.tok.symbol(sign) {
		return false
	}
	p.advance()
	return true
}

// expected is the error of the token that stands there.
func (p *parser) expected(what string) error { return p.lex.fail(p.tok, "expected "+what) }

func (p *parser) or() (node, error) {
	return p.chain(anyOf, "OR", func() (node, error) {
		return p.chain(allOf, "AND", p.negation)
	})
}

// chain reads what stands between the keywords.
func (p *parser) chain(kind nodeKind, keyword string, part func() (node, error)) (node, error) {
	var kids []node
	for {
		n, err := part()
		if err != nil {
			return node{}, err
		}
		kids = append(kids, n)
		if !p.accept(keyword) {
			return join(kind, kids), nil
		}
	}
}

func (p *parser) negation() (node, error) {
	if p.depth++; p.depth > maxDepth {
		return node{}, p.expected("fewer parentheses and NOT inside each other")
	}
	defer func() { p.depth-- }()
	if p.accept("NOT") {
		n, err := p.negation()
		return node{kind: not, kids: []node{n}}, err
	}
	if !p.acceptSymbol("(") {
		return p.condition()
	}
	n, err := p.or()
	if err == nil && !p.acceptSymbol(")") {
		err = p.expected("a closing parenthesis")
	}
	return n, err
}

// condition reads a comparison, a class test or a condition name.
func (p *parser) condition() (node, error) {
	start := p.tok
	o, named, err := p.operand()
	if err != nil {
		return node{}, err
	}
	if named != nil {
		return p.conditionName(start, o, named)
	}
	is := p.accept("IS")
	negated := p.accept("NOT")
	n, err := p.predicate(o, is)
	if err != nil || !negated {
		return n, err
	}
	return node{kind: not, kids: []node{n}}, nil
}

func (p *parser) predicate(o operand, is bool) (node, error) {
	switch {
	case p.tok.is("NUMERIC") || p.tok.is("ALPHABETIC"):
		return p.class(o)
	case p.accept("IN"):
		return p.list(o)
	}
	r, ok := p.relation()
	if !ok && is {
		return node{}, p.expected("NUMERIC, ALPHABETIC or a comparison after IS")
	}
	if !ok {
		return node{}, p.expected("= <> < <= > >= IN or IS after " + o.name())
	}
	attached := p.tok.from > 0 && !blank(p.lex.text[p.tok.from-1])
	return p.value(o, r, attached, false)
}

var relations = map[string]relation{
	"=": equal, "<>": unequal, "<": less, "<=": lessOrEqual, ">": greater, ">=": greaterOrEqual,
}

func (p *parser) relation() (relation, bool) {
	if p.tok.kind != symbolToken {
		return 0, false
	}
	r, ok := relations[p.tok.text]
	if ok {
		p.advance()
	}
	return r, ok
}

// list reads the values of IN.
func (p *parser) list(o operand) (node, error) {
	if !p.acceptSymbol("(") {
		return node{}, p.expected("an opening parenthesis after IN")
	}
	var kids []node
	for {
		n, err := p.value(o, equal, false, true)
		if err != nil {
			return n, err
		}
		kids = append(kids, n)
		if p.acceptSymbol(")") {
			return join(anyOf, kids), nil
		}
		if !p.acceptSymbol(",") {
			return node{}, p.expected("a comma or a closing parenthesis")
		}
	}
}

// class reads NUMERIC or ALPHABETIC.
func (p *parser) class(o operand) (node, error) {
	t := test{kind: classTest, left: o, pad: o.page.Space()}
	switch {
	case p.tok.is("ALPHABETIC") && o.numeric():
		return node{}, p.lex.fail(p.tok, "expected NUMERIC: "+o.name()+" is a number")
	case o.numeric():
		t.kind = validTest
	case p.tok.is("NUMERIC"):
		t.class = classOf(o.page, "0123456789")
	default:
		upper := "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		t.class = classOf(o.page, " "+upper+strings.ToLower(upper))
	}
	p.advance()
	return node{test: t}, nil
}
