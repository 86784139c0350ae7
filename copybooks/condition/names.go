package condition

import (
	"fmt"
	"strconv"
	"strings"

	"tidewaiter/copybooks"
)

// operand reads a field with its qualification, subscripts and part, or the
// name of a condition, whose values it returns.
func (p *parser) operand() (o operand, named *copybooks.Condition, err error) {
	start := p.tok
	if start.kind != wordToken || reserved[strings.ToUpper(start.text)] {
		return o, nil, p.expected("a field, a condition name, RECORD, NOT or a parenthesis")
	}
	p.advance()
	if start.is("RECORD") && p.tok.symbol("(") {
		o, err = p.record()
		return o, nil, err
	}
	name := start.text
	for p.tok.is("OF") || p.tok.is("IN") {
		save, word := p.lex, p.tok
		if p.advance(); word.is("IN") && p.tok.symbol("(") {
			p.lex, p.tok = save, word // a list of values
			break
		}
		if p.tok.kind != wordToken {
			return o, nil, p.expected("the name of a group after " + strings.ToUpper(word.text))
		}
		name += " OF " + p.tok.text
		p.advance()
	}
	if o, named, err = p.find(start, name); err != nil {
		return o, nil, err
	}
	if err := p.subscripts(start, &o); err != nil {
		return o, nil, err
	}
	return o, named, nil
}

// reserved are the words that start nothing.
var reserved = map[string]bool{"AND": true, "OR": true, "IS": true, "IN": true, "OF": true, "NUMERIC": true, "ALPHABETIC": true}

// find looks for a field and then for a condition name in each codec.
func (p *parser) find(at token, name string) (o operand, named *copybooks.Condition, err error) {
	records := make([]string, len(p.scope.Codecs))
	for i, c := range p.scope.Codecs {
		records[i] = c.Layout().Name
		if f, err := c.Field(name); err == nil {
			return operand{field: f, page: f.CodePage()}, nil, nil
		} else if c.Layout().Has(name) {
			return o, nil, p.lex.fail(at, err.Error())
		}
		fields, conditions := c.Conditions(name)
		switch len(fields) {
		case 0:
			continue
		case 1:
			return operand{field: fields[0], page: fields[0].CodePage()}, &conditions[0], nil
		}
		return o, nil, p.lex.fail(at, fmt.Sprintf("%s has %d conditions %s: qualify it with OF and its field", records[i], len(fields), name))
	}
	return o, nil, p.lex.fail(at, fmt.Sprintf("%s has no field %s and no condition of that name", strings.Join(records, ", "), name))
}

// record reads (FROM:LENGTH) after RECORD.
func (p *parser) record() (operand, error) {
	o := operand{raw: true}
	if len(p.scope.Codecs) == 0 {
		return o, p.expected("fields: there is no copybook")
	}
	o.page = p.scope.Codecs[0].CodePage()
	p.advance()
	if err := p.stretch(&o); err != nil {
		return o, err
	}
	if o.length < 0 {
		return o, p.lex.fail(p.tok, "expected a length: RECORD(FROM:LENGTH)")
	}
	return o, nil
}

// subscripts reads (2), (2,3) and (FROM:LENGTH) after a field.
func (p *parser) subscripts(at token, o *operand) error {
	var given []int
	for p.tok.symbol("(") && !o.part {
		save, open := p.lex, p.tok
		p.advance()
		word := p.tok
		p.advance()
		part := p.tok.symbol(":")
		p.lex, p.tok = save, open
		p.advance()
		switch {
		case part:
			if err := p.stretch(o); err != nil {
				return err
			}
			if err := p.within(word, o); err != nil {
				return err
			}
		case given != nil:
			return p.expected("a part of the field, (FROM:LENGTH)")
		default:
			for {
				n, err := p.number("a subscript from 1 on")
				if err != nil {
					return err
				}
				given = append(given, n)
				if !p.acceptSymbol(",") {
					break
				}
			}
			if !p.acceptSymbol(")") {
				return p.expected("a comma or a closing parenthesis after a subscript")
			}
		}
	}
	return p.locate(at, o, given)
}

// stretch reads FROM:LENGTH) or FROM:), counted from 1 as COBOL does.
func (p *parser) stretch(o *operand) error {
	from, err := p.number("the first byte, counted from 1")
	if err != nil {
		return err
	}
	o.part, o.from, o.length = true, from-1, -1
	if !p.acceptSymbol(":") {
		return p.expected("a colon and the length")
	}
	if !p.tok.symbol(")") {
		if o.length, err = p.number("a length"); err != nil {
			return err
		}
	}
	if !p.acceptSymbol(")") {
		return p.expected("a closing parenthesis")
	}
	return nil
}

// within checks that a part is one of the field.
func (p *parser) within(at token, o *operand) error {
	if end := o.from + max(o.length, 1); end > o.field.Length() {
		return p.lex.fail(at, fmt.Sprintf("%s has %d bytes", o.name(), o.field.Length()))
	}
	return nil
}

// most is the largest number of a subscript, a byte or a length: that of a data
// item's bytes.
const most = 999_999_999

func (p *parser) number(what string) (int, error) {
	n, err := strconv.Atoi(p.tok.text)
	if p.tok.kind != wordToken || err != nil || n < 1 || n > most {
		return 0, p.expected(what)
	}
	p.advance()
	return n, nil
}

// locate works out which occurrence the subscripts mean.
func (p *parser) locate(at token, o *operand, given []int) error {
	tables := tablesOf(o.field.Item())
	around := tablesOf(p.scope.Inside)
	shared := 0
	for shared < len(tables) && shared < len(around) && tables[shared] == around[shared] {
		shared++
	}
	switch {
	case len(given) == len(tables):
		shared = 0
	case len(given) != len(tables)-shared:
		return p.lex.fail(at, fmt.Sprintf("%s is in %d tables and needs as many subscripts: %s(%s)", o.name(), len(tables), o.name(), strings.TrimSuffix(strings.Repeat("1,", len(tables)), ",")))
	}
	for d, n := range given {
		most := tables[shared+d].Occurs.Max
		if n > most {
			return p.lex.fail(at, fmt.Sprintf("%s occurs %d times", tables[shared+d].Name, most))
		}
		o.fixed = o.fixed*most + n - 1
	}
	if shared == 0 {
		return nil
	}
	o.per, o.times = 1, 1
	for _, it := range around[shared:] {
		o.per *= it.Occurs.Max
	}
	for _, it := range tables[shared:] {
		o.times *= it.Occurs.Max
	}
	return nil
}

// tablesOf returns the items that occur around an item and itself, outermost
// first.
func tablesOf(it *copybooks.Item) (tables []*copybooks.Item) {
	for ; it != nil; it = it.Parent() {
		if it.Occurs != nil {
			tables = append([]*copybooks.Item{it}, tables...)
		}
	}
	return tables
}
