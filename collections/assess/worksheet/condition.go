package worksheet

import (
	"fmt"
	"strings"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// conditions prints what Customs answers about the filer's figures: code, place
// and text of the error dictionary, below it what that means and the amounts.
func (p *page) conditions() {
	if len(p.a.Conditions) == 0 {
		return
	}
	p.printf("\nCONDITIONS")
	for i := range p.a.Conditions {
		p.condition(&p.a.Conditions[i])
	}
}

func (p *page) condition(c *assess.Condition) {
	text := "  " + c.Code
	if c.Line != 0 {
		text += fmt.Sprintf(", line %d", c.Line)
	}
	if c.Of != "" {
		text += ", " + p.of(c.Of)
	}
	if c.Text != "" {
		text += ": " + c.Text
	}
	if c.Severity != reference.SeverityUnknown {
		text += fmt.Sprintf(" (%s)", c.Severity)
	}
	p.printf("%s", text)
	if meaning := meanings[c.Code]; meaning != "" {
		p.printf("      %s", meaning)
	}
	if c.Against != assess.NoAmount {
		p.printf("      %s", compared(c))
	}
}

// of names what a condition is about; a class code has its name with it.
func (p *page) of(of string) string {
	if len(of) == 3 && strings.Trim(of, "0123456789") == "" {
		return p.class(reference.Class(of))
	}
	return of
}

// compared says what was filed, what it was compared with, and by how much it is
// off.
func compared(c *assess.Condition) string {
	filed, expected := separated(c.Filed.String()), separated(c.Expected.String())
	switch {
	case c.Against == assess.OwnFigures:
		return fmt.Sprintf("filed %s, while the filer's own figures come to %s: %s", filed, expected, difference(c.Filed-c.Expected))
	case c.Filed == c.Expected: // figures that must not stand there at all
		return fmt.Sprintf("filed %s", filed)
	case c.Expected == 0:
		return fmt.Sprintf("filed %s, and nothing is owed", filed)
	}
	return fmt.Sprintf("filed %s, computed %s: %s", filed, expected, difference(c.Filed-c.Expected))
}

// difference says how much too much, or too little, was filed.
func difference(d money.Cents) string {
	if d < 0 {
		return separated((-d).String()) + " too little"
	}
	return separated(d.String()) + " too much"
}
