package worksheet

import (
	"fmt"
	"strings"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// width is where amounts end.
const width = 100

// Sheet writes worksheets of assessments made by one set of tables and one
// method. It is immutable and safe for concurrent use.
type Sheet struct {
	tables *reference.Tables
	method assess.Method
}

// New gives a sheet. Tables and method are those of the assessor.
func New(t *reference.Tables, m assess.Method) *Sheet { return &Sheet{tables: t, method: m} }

// page is the worksheet of one entry.
type page struct {
	*Sheet
	s     *entry.Summary
	a     *assess.Assessment
	on    reference.Date // what codes mean is looked up on
	quota bool
	text  []byte
}

// Append appends the worksheet of an explained assessment (Assessor.Explain),
// with an empty line behind it.
func (w *Sheet) Append(dst []byte, s *entry.Summary, a *assess.Assessment) []byte {
	p := page{Sheet: w, s: s, a: a, text: dst}
	if a.Entered != nil {
		s, p.s = a.Entered, a.Entered
	}
	p.on, _, _ = w.method.ProcessingDate.Choose(s)
	p.header()
	p.dates()
	p.invoices()
	charges := a.Charges
	for i := range s.Lines {
		n := 0
		for n < len(charges) && charges[n].Line == s.Lines[i].Number {
			n++
		}
		p.line(&s.Lines[i], charges[:n])
		charges = charges[n:]
	}
	p.whole(charges)
	p.totals()
	p.filed()
	p.conditions()
	return append(p.text, '\n')
}

// printf appends a line.
func (p *page) printf(format string, args ...any) {
	p.text = append(fmt.Appendf(p.text, format, args...), '\n')
}

// amount appends a line that ends in an amount.
func (p *page) amount(text string, amount money.Cents) {
	p.printf("%s%*s", text, max(1, width-len([]rune(text))), separated(amount.String()))
}

// header names the entry and what its codes mean.
func (p *page) header() {
	number := string(p.s.Number)
	if p.s.Number.WellFormed() {
		number = p.s.Number.Filer() + "-" + p.s.Number.Serial() + "-" + number[entry.NumberLength-1:]
	}
	p.printf("ENTRY SUMMARY %s", number)
	kind, mode := p.s.Type, p.s.Mode
	if t, err := p.tables.EntryType(p.s.Type, p.on); err == nil {
		kind, p.quota = kind+" "+t.Name, t.Quota
	}
	if m, err := p.tables.Mode(p.s.Mode, p.on); err == nil {
		mode += " " + m.Name
	}
	port := p.s.Port
	if p.s.UnladingPort != "" && p.s.UnladingPort != port {
		port += ", unloaded at " + p.s.UnladingPort
	}
	p.printf("type %s; mode %s; port %s; method: %s", kind, mode, port, p.method.Name)
}

// dates says for each class which date selected its rate, and why that one.
func (p *page) dates() {
	p.printf("\nDates that select the rates")
	seen := map[string]bool{}
	for i := range p.a.Charges {
		c := &p.a.Charges[i]
		text := fmt.Sprintf("  %s  %s  %s", c.Class, c.RateDate, p.reason(c))
		if !seen[text] {
			seen[text] = true
			p.printf("%s", text)
		}
	}
}

// reason says which date of the entry a charge's is.
func (p *page) reason(c *assess.Charge) string {
	on, chosen, blank := p.method.DateOrderOf(c.Class, p.quota).Choose(p.s)
	if on != c.RateDate {
		for i := range p.s.Lines {
			if l := &p.s.Lines[i]; l.Number == c.Line && l.PrivilegedDate == c.RateDate {
				return fmt.Sprintf("privileged filing date of line %d", l.Number)
			}
		}
		return "a date of the line"
	}
	if len(blank) == 0 {
		return chosen.String()
	}
	names := make([]string, len(blank))
	for i, f := range blank {
		names[i] = f.String()
	}
	return chosen.String() + "; blank before it: " + strings.Join(names, ", ")
}

// line prints a line of the entry.
func (p *page) line(l *entry.Line, charges []assess.Charge) {
	text := fmt.Sprintf("\nLINE %d  origin %s", l.Number, l.Origin)
	for _, part := range []struct{ name, code string }{
		{"program", l.SPI}, {"article set", code(l.Set)}, {"zone status", code(l.FTZStatus)},
		{"product claim", code(l.ProductClaim)}, {"fee exemption", code(l.FeeExemption)},
	} {
		if part.code != "" {
			text += "  " + part.name + " " + part.code
		}
	}
	if p.tables.ColumnTwo(l.Origin, p.on) != nil {
		text += "  rates of column 2"
	}
	p.printf("%s  entered value %s", text, separated(fmt.Sprint(l.Value())))
	p.numbers(l)
	for i := range charges {
		p.charge(l, &charges[i])
	}
	p.exclusions(l.Number)
}

// class gives a class code with its name.
func (p *page) class(class reference.Class) string {
	if row, err := p.tables.Class(class, p.on); err == nil {
		return string(class) + " " + row.Name
	}
	return string(class)
}

// code gives a one-letter code, "" when it is blank.
func code(b byte) string {
	if b == 0 || b == entry.None {
		return ""
	}
	return string(rune(b))
}

// separated puts commas between the thousands of a number.
func separated(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, cents, point := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + cents
	}
	return sign + whole
}
