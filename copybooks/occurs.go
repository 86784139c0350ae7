package copybooks

import (
	"fmt"
	"strconv"
	"strings"
)

// occurs reads OCCURS n [TO m] TIMES [DEPENDING ON c] [KEY ...] [INDEXED BY ...].
func (p *parser) occurs(e *entry, at token) bool {
	if e.item.Occurs != nil {
		p.report(at, "an item has one OCCURS")
		return false
	}
	o := &Occurs{}
	var ok bool
	if o.Max, ok = p.count(0); !ok {
		return false
	}
	o.Min = o.Max
	ranged := p.accept("TO")
	switch {
	case ranged && p.accept("UNBOUNDED"):
		o.Max, o.Unbounded = max(o.Min, 1), true
	case ranged:
		if o.Max, ok = p.count(1); !ok {
			return false
		}
	}
	p.accept("TIMES")
	e.item.Occurs = o
	for {
		word := p.tok
		switch {
		case p.accept("DEPENDING"):
			p.accept("ON")
			ok = p.dependingOn(e, ranged)
		case p.accept("ASCENDING", "DESCENDING"):
			p.accept("KEY")
			p.accept("IS")
			ok = p.names(&o.Keys, word)
		case p.accept("INDEXED"):
			p.accept("BY")
			ok = p.names(&o.IndexedBy, word)
		default:
			return p.occursRange(o, at, ranged)
		}
		if !ok {
			return false
		}
	}
}

func (p *parser) occursRange(o *Occurs, at token, ranged bool) bool {
	switch {
	case ranged && o.DependingOn == "":
		p.report(at, "OCCURS n TO m needs DEPENDING ON")
	case o.Max < 1 || ranged && o.Min >= o.Max && !o.Unbounded:
		p.report(at, "expected the second number of OCCURS to be the larger")
	default:
		return true
	}
	return false
}

// bounds are the occurrences a table may have, as a copybook writes them.
func (o *Occurs) bounds() string {
	if o.Unbounded {
		return fmt.Sprintf("%d TO UNBOUNDED", o.Min)
	}
	return fmt.Sprintf("%d TO %d", o.Min, o.Max)
}

func (p *parser) count(least int) (int, bool) {
	n, err := strconv.Atoi(p.tok.text)
	if p.tok.kind != wordToken || err != nil || n < least || n > maxPicture {
		what := "expected how often the item occurs"
		if p.tok.is("UNBOUNDED") {
			what = "expected OCCURS n TO UNBOUNDED DEPENDING ON"
		}
		p.report(p.tok, what)
		return 0, false
	}
	p.advance()
	return n, true
}

// dependingOn reads the counter, qualified by OF or IN. OCCURS m DEPENDING ON
// without TO means from 1 to m (Enterprise COBOL Language Reference, "OCCURS
// DEPENDING ON clause").
func (p *parser) dependingOn(e *entry, ranged bool) bool {
	name, ok := p.qualifiedName("DEPENDING ON")
	if !ok {
		return false
	}
	e.counter, e.item.Occurs.DependingOn = name, name.text
	if !ranged {
		e.item.Occurs.Min = 1
	}
	return true
}

// names reads data names up to the next clause.
func (p *parser) names(into *[]string, after token) bool {
	first := len(*into)
	for p.tok.kind == wordToken && isDataName(p.tok.text) && !startsClause(p.tok) &&
		!p.tok.is("INDEXED") && !p.tok.is("ASCENDING") && !p.tok.is("DESCENDING") && !p.tok.is("DEPENDING") {
		*into = append(*into, p.tok.text)
		p.advance()
	}
	if len(*into) == first {
		p.report(p.tok, "expected a data name after "+strings.ToUpper(after.text))
		return false
	}
	return true
}
