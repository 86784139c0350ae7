package condition

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// figuratives are the figurative constants, each with the name it goes by here.
var figuratives = map[string]string{
	"SPACE": "SPACES", "SPACES": "SPACES", "ZERO": "ZEROS", "ZEROS": "ZEROS", "ZEROES": "ZEROS",
	"LOW-VALUE": "LOW-VALUES", "LOW-VALUES": "LOW-VALUES", "NULL": "LOW-VALUES", "NULLS": "LOW-VALUES",
	"HIGH-VALUE": "HIGH-VALUES", "HIGH-VALUES": "HIGH-VALUES", "QUOTE": "QUOTES", "QUOTES": "QUOTES",
}

// value reads what an operand is compared with. attached says that no blank
// stands between it and the sign before it, listed that it is one of a list.
func (p *parser) value(o operand, r relation, attached, listed bool) (node, error) {
	t := p.tok
	if t.kind == literalToken {
		return p.literal(o, r)
	}
	if t.kind != wordToken {
		return node{}, p.expected("a value: a literal, a number, a figurative constant or a field")
	}
	if name := figuratives[strings.ToUpper(t.text)]; name != "" {
		p.advance()
		return p.figurative(t, o, r, name)
	}
	if p.isField(t) {
		if attached {
			return node{}, p.lex.fail(t, fmt.Sprintf("%s is a field too: write '%s' in quotes for the text, or a blank before it for the field", t.text, t.text))
		}
		return p.other(o, r)
	}
	text := p.words(listed)
	switch {
	case o.numeric() && !isNumber(text):
		return node{}, p.lex.fail(t, "expected a number, or a field: "+o.name()+" is a number")
	case o.numeric() || o.editedNumber() && isNumber(text):
		return numberNode(o, r, text), nil
	}
	return p.textNode(t, o, r, text)
}

// editedNumber reports whether the field prints a number.
func (o *operand) editedNumber() bool { return !o.raw && !o.part && o.field.Item().Edited }

func (p *parser) isField(t token) bool {
	for _, c := range p.scope.Codecs {
		if c.Layout().Has(t.text) {
			return true
		}
	}
	return false
}

// words takes an unquoted value to the next AND, OR, parenthesis or, in a list,
// comma.
func (p *parser) words(listed bool) string {
	from, to := p.tok.from, p.tok.to
	for p.advance(); ; p.advance() {
		t := p.tok
		if t.kind != wordToken && !t.symbol(":") && (listed || !t.symbol(",")) || t.is("AND") || t.is("OR") {
			return p.lex.text[from:to]
		}
		to = t.to
	}
}

// literal reads 'text' or X'hex'.
func (p *parser) literal(o operand, r relation) (node, error) {
	t := p.tok
	p.advance()
	switch t.prefix {
	case "":
		if o.numeric() && !o.text() {
			return node{}, p.lex.fail(t, fmt.Sprintf("expected a number without quotes: %s is %s", o.name(), o.field.Item().Usage))
		}
		return p.textNode(t, o, r, t.text)
	case "X":
		return p.hexNode(t, o, r)
	}
	return node{}, p.lex.fail(t, "expected a literal in quotes, or X'...' for bytes")
}

// textNode compares with text.
func (p *parser) textNode(t token, o operand, r relation, text string) (node, error) {
	want, fault := o.encode(text)
	if fault == ebcdic.TooLong {
		return node{}, p.lex.fail(t, fmt.Sprintf("%s has %d bytes and is never longer", o.name(), o.size()))
	}
	if fault != ebcdic.OK {
		return node{}, p.lex.fail(t, fmt.Sprintf("%s in code page %s of %s", fault, o.page.Name(), o.name()))
	}
	return node{test: test{kind: textTest, relation: r, left: o, want: o.unpadded(want), pad: o.page.Space()}}, nil
}

// unpadded takes the blanks off where the operand may be shorter than its size.
func (o *operand) unpadded(want []byte) []byte {
	if o.raw || o.part || o.field.Item().IsGroup() {
		return bytes.TrimRight(want, string([]byte{o.page.Space()}))
	}
	return want
}

func (p *parser) hexNode(t token, o operand, r relation) (node, error) {
	want, err := hex.DecodeString(t.text)
	switch {
	case err != nil || len(want) == 0:
		return node{}, p.lex.fail(t, "expected pairs of hexadecimal digits between the quotes")
	case len(want) > o.size():
		return node{}, p.lex.fail(t, fmt.Sprintf("%s has %d bytes and is never longer", o.name(), o.size()))
	case o.numeric() && len(want) != o.size():
		return node{}, p.lex.fail(t, fmt.Sprintf("expected all %d bytes of the number %s", o.size(), o.name()))
	}
	return node{test: test{kind: textTest, relation: r, left: o, want: want, pad: o.page.Space()}}, nil
}

// figurative compares with a figurative constant, which is as long as the field.
func (p *parser) figurative(t token, o operand, r relation, name string) (node, error) {
	n := test{kind: fillTest, relation: r, left: o}
	switch name {
	case "SPACES":
		if !o.numeric() {
			return p.textNode(t, o, r, "")
		}
		n.fill = o.page.Space()
	case "LOW-VALUES":
		n.fill = 0
	case "HIGH-VALUES":
		n.fill = 0xFF
	default:
		if name == "ZEROS" && o.numeric() {
			return numberNode(o, r, "0"), nil
		}
		character := '0'
		if name == "QUOTES" {
			character = '"'
		}
		if wide := o.wideCharacters(); wide > 0 {
			return p.textNode(t, o, r, strings.Repeat(string(character), wide))
		}
		var ok bool
		if n.fill, ok = o.page.Byte(character); !ok {
			return node{}, p.lex.fail(t, "the code page has no such character")
		}
	}
	return node{test: n}, nil
}

// other compares with another field.
func (p *parser) other(o operand, r relation) (node, error) {
	t := p.tok
	right, named, err := p.operand()
	switch {
	case err != nil:
		return node{}, err
	case named != nil:
		return node{}, p.lex.fail(t, "expected a value or a field: this is a condition name")
	case o.numeric() && right.numeric():
		return node{test: test{kind: fieldsTest, relation: r, left: o, right: right}}, nil
	case o.numeric() != right.numeric() && !(o.text() && right.text()):
		return node{}, p.lex.fail(t, fmt.Sprintf("expected a field of the kind of %s: one is a number that is not DISPLAY", o.name()))
	case o.page.Name() != right.page.Name():
		return node{}, p.lex.fail(t, fmt.Sprintf("%s has the code page %s and %s has %s", o.name(), o.page.Name(), right.name(), right.page.Name()))
	}
	return node{test: test{kind: fieldTest, relation: r, left: o, right: right, pad: o.page.Space()}}, nil
}

// numberNode compares with a number.
func numberNode(o operand, r relation, text string) node {
	t := test{kind: numberTest, relation: r, left: o, number: []byte(text)}
	if !o.floating() {
		t.int, t.small = scaled(text, o.field.Scale())
	}
	return node{test: t}
}

// conditionName is the test of a level 88: any of its values or ranges.
func (p *parser) conditionName(t token, o operand, c *copybooks.Condition) (node, error) {
	if o.part {
		return node{}, p.lex.fail(t, "expected no part: this is a condition name")
	}
	var kids []node
	for _, v := range c.Values {
		if v.All && !v.Figurative && v.From != "" {
			v.From = strings.Repeat(v.From, o.size()/len(v.From)+1)[:o.size()]
		}
		n, err := p.conditionValue(t, o, equal, v.From)
		if v.Through != "" {
			var low, high node
			if low, err = p.conditionValue(t, o, greaterOrEqual, v.From); err == nil {
				high, err = p.conditionValue(t, o, lessOrEqual, v.Through)
			}
			n = node{kind: allOf, kids: []node{low, high}}
		}
		if err != nil {
			return n, err
		}
		kids = append(kids, n)
	}
	return join(anyOf, kids), nil
}

// conditionValue compares with one value of an 88 as the layout keeps it.
func (p *parser) conditionValue(t token, o operand, r relation, text string) (node, error) {
	if name := figuratives[text]; name != "" && text == strings.ToUpper(text) {
		return p.figurative(t, o, r, name)
	}
	if prefix, rest, ok := strings.Cut(text, "'"); ok && slices.Contains([]string{"X", "N", "Z", "G", "U", "NX", "GX", "UX", "B", "BX"}, prefix) && strings.HasSuffix(rest, "'") {
		t.text = strings.TrimSuffix(rest, "'")
		switch prefix {
		case "X", "NX", "GX", "UX":
			return p.hexNode(t, o, r)
		case "N", "G", "U", "Z":
			return p.textNode(t, o, r, t.text)
		}
		return node{}, p.lex.fail(t, fmt.Sprintf("its value %s is of a kind that conditions do not compare", text))
	}
	if o.numeric() {
		number := strings.Replace(text, ",", ".", 1)
		if !isNumber(number) {
			return node{}, p.lex.fail(t, fmt.Sprintf("its value %q is no number and %s is one", text, o.name()))
		}
		return numberNode(o, r, number), nil
	}
	return p.textNode(t, o, r, text)
}
