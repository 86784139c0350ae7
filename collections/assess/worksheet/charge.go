package worksheet

import (
	"fmt"
	"strings"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// numbers prints the line's tariff numbers, with the values and quantities that
// the charges below are computed on.
func (p *page) numbers(l *entry.Line) {
	for i := range l.Tariffs {
		t := &l.Tariffs[i]
		text := fmt.Sprintf("      %-10s  V %s", t.HTS, separated(fmt.Sprint(t.Value)))
		for n, q := range t.Quantities {
			text += fmt.Sprintf("  Q%d %s %s", n+1, separated(string(money.AppendScaled(nil, q.Amount, 2))), q.Unit)
		}
		p.printf("%s", text)
	}
}

// charge prints a charge, its steps and their reference rows. The line is nil for
// what is charged once.
func (p *page) charge(l *entry.Line, c *assess.Charge) {
	text := "  " + p.class(c.Class)
	if c.Disposition != assess.Due {
		text += " (" + c.Disposition.String() + ")"
	}
	p.amount(text+limited(c), c.Amount)
	if c.Working == nil {
		return
	}
	for i := range c.Working.Steps {
		s := &c.Working.Steps[i]
		text := "      "
		if s.Of != "" {
			text += s.Of + "  "
		}
		if len(s.Terms) > 0 {
			text += s.Formula + ": "
		}
		p.printf("%s%s", text, rounded.Replace(s.Sentence()))
		if l != nil {
			p.base(l, c, s)
		}
		if s.Operation == assess.Capped { // the row below has the cap, this one the rate
			if row, err := p.tables.Tariff(s.Of, reference.General, c.RateDate); err == nil {
				p.row("hts", &row.Validity)
			}
		}
		p.row(s.Table, s.Row)
	}
}

// rounded puts the rounding of a step into an accountant's words.
var rounded = strings.NewReplacer(money.NearestAwayFromZero.String()+" per line", "half up", money.NearestAwayFromZero.String()+" per tariff", "half up for the number",
	money.NearestAwayFromZero.String(), "half up", "difference", "the difference is")

// limited says that a charge is what a limit of 499 adds or takes off.
func limited(c *assess.Charge) string {
	if c.Working == nil || len(c.Working.Steps) != 1 || c.Working.Steps[0].Operation != assess.Limit {
		return ""
	}
	if c.Amount > 0 {
		return ": raised to the minimum by"
	}
	return ": lowered to the maximum by"
}

// base says what V stands for where it is not the number's own value.
func (p *page) base(l *entry.Line, c *assess.Charge, s *assess.Step) {
	const indent = "          "
	for i := range s.Terms {
		t := &s.Terms[i]
		if t.QuantityName != "V" {
			continue
		}
		switch {
		case c.Class == reference.ClassDuty && t.Quantity != valueOf(l, s.Of):
			p.printf(indent + "V is the value of the line's numbers of chapters 1 to 97")
		case c.Class == reference.ClassMPF && t.Quantity != l.Value():
			p.printf(indent+"V is the entered value less %s on numbers of 9802.00.60 and 9802.00.80 (19 USC 58c(b)(8)(D))", separated(fmt.Sprint(l.Value()-t.Quantity)))
		case (c.Class == reference.ClassAntidumping || c.Class == reference.ClassCountervailing) && t.Quantity != l.Value():
			p.printf(indent + "V is the case's own value, as filed")
		}
		break
	}
	if s.Row == nil && (c.Class == reference.ClassAntidumping || c.Class == reference.ClassCountervailing) {
		p.printf(indent + "the case's rate, as filed")
	}
}

// valueOf gives the entered value of a number of the line; that of all numbers for
// a step that is about the line.
func valueOf(l *entry.Line, hts string) int64 {
	for i := range l.Tariffs {
		if l.Tariffs[i].HTS == hts {
			return l.Tariffs[i].Value
		}
	}
	return l.Value()
}

// row prints a reference row: where it stands, its days, its citation.
func (p *page) row(table string, row *reference.Validity) {
	if row == nil {
		return
	}
	mark := ""
	if !row.Verified {
		mark = " [unverified]"
	}
	p.printf("          %s.csv row %d, %s to %s: %s%s", table, row.Row, row.From, row.To, row.Citation, mark)
}

// exclusions prints why classes are not charged on a line, or on the entry (0).
func (p *page) exclusions(line int) {
	for i := range p.a.Exclusions {
		e := &p.a.Exclusions[i]
		if e.Line != line {
			continue
		}
		text := e.Reason
		switch {
		case e.Reason == assess.ProgramExempt:
			text = "program " + e.Of + ": " + text
		case e.Of != "":
			text = codeOf[e.Table] + e.Of + ": " + text
		}
		switch {
		case e.Minimum != 0 || e.Maximum != 0:
			p.printf("  %s stays %s (%s): %s", e.Class, separated(e.Amount.String()), limits(e), text)
		case e.Amount != 0:
			p.printf("  %s of %s not collected: %s", e.Class, separated(e.Amount.String()), text)
		default:
			p.printf("  %s not charged: %s", e.Class, text)
		}
		p.row(e.Table, e.Row)
	}
}

// codeOf says what a code is by the table that it stands in.
var codeOf = map[string]string{
	"entry_types": "type ", "transport_modes": "mode ", "chapter98": "number ", "districts": "port ", "ports": "port ", "mpf_exemptions": "origin ",
}

// limits names minimum and maximum; a consolidated summary has none above.
func limits(e *assess.Exclusion) string {
	if e.Maximum == 0 {
		return "minimum " + separated(e.Minimum.String()) + ", no maximum"
	}
	return "minimum " + separated(e.Minimum.String()) + ", maximum " + separated(e.Maximum.String())
}
