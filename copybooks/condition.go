package copybooks

import (
	"fmt"
	"strings"
)

// figuratives are the figurative constants a VALUE may have, each with the name
// the layout keeps.
var figuratives = map[string]string{
	"ZERO": "ZEROS", "ZEROS": "ZEROS", "ZEROES": "ZEROS",
	"SPACE": "SPACES", "SPACES": "SPACES",
	"HIGH-VALUE": "HIGH-VALUES", "HIGH-VALUES": "HIGH-VALUES",
	"LOW-VALUE": "LOW-VALUES", "LOW-VALUES": "LOW-VALUES",
	"QUOTE": "QUOTES", "QUOTES": "QUOTES", "NULL": "NULLS", "NULLS": "NULLS",
}

// condition reads VALUE[S] ... of an 88-level.
func (p *parser) condition(e *entry) bool {
	if e.item.Name == fillerName {
		p.report(p.tok, "expected a condition name after 88")
		return false
	}
	if !p.accept("VALUE", "VALUES") {
		p.report(p.tok, "expected VALUE or VALUES in the condition "+e.item.Name)
		return false
	}
	p.accept("IS", "ARE")
	c := Condition{Line: e.at.line}
	for len(c.Values) == 0 || p.tok.kind == wordToken || p.tok.kind == literalToken {
		if len(c.Values) > 0 && (p.tok.is("WHEN") || p.tok.is("SET") || p.tok.is("FALSE")) {
			return p.falseValue(e, c)
		}
		p.numberList()
		v, ok := p.literal()
		if !ok {
			return false
		}
		if p.accept("THRU", "THROUGH") {
			to, ok := p.literal()
			if !ok {
				return false
			}
			v.Through, v.Figurative = to.From, v.Figurative || to.Figurative
		}
		c.Values = append(c.Values, v)
	}
	e.item.Conditions = []Condition{c}
	return true
}

// numberList takes 1,2,3 apart: numbers with commas that no blank follows.
func (p *parser) numberList() {
	if t := p.tok; t.kind == wordToken && !p.rules.comma && strings.Contains(t.text, ",") {
		p.tok.text, _, _ = strings.Cut(t.text, ",")
		for i := range len(t.text) {
			if t.text[i] != ',' {
				continue
			}
			next := t
			next.text, _, _ = strings.Cut(t.text[i+1:], ",")
			next.column += i + 1
			p.pending = append(p.pending, next)
		}
	}
}

// falseValue reads WHEN SET TO FALSE IS literal: what SET ... TO FALSE moves,
// which is no value of the condition.
func (p *parser) falseValue(e *entry, c Condition) bool {
	p.accept("WHEN")
	p.accept("SET")
	p.accept("TO")
	if !p.accept("FALSE") {
		p.report(p.tok, "expected WHEN SET TO FALSE")
		return false
	}
	p.accept("IS")
	v, ok := p.literal()
	c.False = &v
	e.item.Conditions = []Condition{c}
	return ok
}

// literal reads one value: quoted, numeric or figurative.
func (p *parser) literal() (v ConditionValue, ok bool) {
	v.All = p.accept("ALL")
	t := p.tok
	switch {
	case t.kind == literalToken && t.prefix == "":
		v.From = t.text
		for p.advance(); p.tok.is("&"); p.advance() {
			if p.advance(); p.tok.kind != literalToken {
				p.report(p.tok, "expected a literal after &")
				return v, false
			}
			v.From += p.tok.text
		}
		return v, true
	case t.kind == literalToken && isPrefix(t.prefix):
		if digits := hexDigitsOf[t.prefix]; digits > 0 && !isHex(t.text, digits) {
			p.report(t, fmt.Sprintf("expected hexadecimal digits, %d for each character", digits))
			return v, false
		}
		v.Prefix, v.From = t.prefix, t.prefix+"'"+t.text+"'"
	case t.kind == wordToken && figuratives[strings.ToUpper(t.text)] != "":
		v.From, v.Figurative, v.All = figuratives[strings.ToUpper(t.text)], true, false
	case t.kind == wordToken && isNumber(t.text, p.rules.comma):
		v.From = t.text
	default:
		p.report(t, "expected a literal or a figurative constant")
		return v, false
	}
	p.advance()
	return v, true
}

// hexDigitsOf are the prefixes of literals in hexadecimal, with the digits of a
// character (Enterprise COBOL Language Reference, "Literals").
var hexDigitsOf = map[string]int{"X": 2, "NX": 4, "GX": 4, "UX": 2, "BX": 1}

// isPrefix reports whether a literal may have the prefix: a hexadecimal one,
// null-terminated, national, DBCS, UTF-8 or Boolean.
func isPrefix(s string) bool {
	return hexDigitsOf[s] > 0 || s == "Z" || s == "N" || s == "G" || s == "U" || s == "B"
}

// isHex reports whether s is hexadecimal digits, a multiple of n of them.
func isHex(s string, n int) bool {
	for i := range len(s) {
		if !strings.Contains("0123456789ABCDEFabcdef", s[i:i+1]) {
			return false
		}
	}
	return len(s) > 0 && len(s)%n == 0
}

// isNumber reports whether s is a numeric literal: a sign, digits, one point,
// and perhaps an exponent.
func isNumber(s string, comma bool) bool {
	s = strings.TrimLeft(s[:1], "+-") + s[1:]
	point := byte('.')
	if comma {
		point = ','
	}
	if mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E"); ok {
		return mantissa != "" && exponent != "" && isNumber(mantissa, comma) && isNumber(exponent, comma)
	}
	digits, points := 0, 0
	for i := range len(s) {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			digits++
		case s[i] == point:
			points++
		default:
			return false
		}
	}
	return digits > 0 && points <= 1 && s[len(s)-1] != point
}

// value reads the VALUE clause of an item. It says what a program puts there
// first, so a layout only keeps it.
func (p *parser) value(e *entry, _ token) bool {
	p.accept("IS", "ARE")
	v, ok := p.literal()
	e.item.Value, e.item.ValueAll = v.From, v.All
	return ok
}

// renames reads RENAMES first [THRU last] of a level 66.
func (p *parser) renames(e *entry) bool {
	if !p.accept("RENAMES") {
		p.report(p.tok, "expected RENAMES after a level 66 name")
		return false
	}
	var ok bool
	if e.renames[0], ok = p.qualifiedName("RENAMES"); !ok {
		return false
	}
	e.renames[1] = e.renames[0]
	if p.accept("THRU", "THROUGH") {
		e.renames[1], ok = p.qualifiedName("THRU")
	}
	return ok
}
