package assess_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// plain is the regulation written down a second time, over decimals, rule by
// rule and without regard to speed. It follows the rules, not the code, and
// gives the charges as listing does, or the reason for refusing the entry.
type plain struct {
	tables *reference.Tables
	s      *entry.Summary
	out    []plainCharge
}

type plainCharge struct {
	line        int
	class       string
	amount      decimal.Decimal
	base        int64
	disposition string
}

type refused assess.Reason

func plainly(tables *reference.Tables, s *entry.Summary) (charges []plainCharge, reason assess.Reason) {
	defer func() {
		if r := recover(); r != nil {
			charges, reason = nil, assess.Reason(r.(refused))
		}
	}()
	p := &plain{tables: tables, s: s}
	for i := range s.Lines {
		p.line(&s.Lines[i])
	}
	p.casesGiven()
	p.entry()
	return p.out, ""
}

func must[R any](reason assess.Reason) func(R, error) R {
	return func(r R, err error) R {
		if err != nil {
			panic(refused(reason))
		}
		return r
	}
}

func hundredths(n int64) decimal.Decimal { return decimal.New(n, -2) }
func whole(n int64) decimal.Decimal      { return decimal.New(n, 0) }

func (p *plain) is(types ...string) bool { return slices.Contains(types, p.s.Type) }

func (p *plain) charge(line int, class string, amount decimal.Decimal, base int64, bonded bool) {
	disposition := ""
	switch {
	case bonded:
		disposition = " bonded"
	case p.is("22"), p.is("21", "23") && class != "501":
		disposition = " not due"
	}
	if amount.Abs().GreaterThan(hundredths(999_999_999_99)) {
		panic(refused(assess.ReasonStructure))
	}
	p.out = append(p.out, plainCharge{line, class, amount, base, disposition})
}

func (p *plain) line(l *entry.Line) {
	s := p.s
	all := int64(0)
	for _, t := range l.Tariffs {
		all += t.Value
	}
	if l.Set != 'V' {
		p.charge(l.Number, "001", p.duty(l), all, false)
	}
	p.cases(l, all)
	if !p.exempt(l) && !p.is("11", "12", "22", "23") {
		rate := must[*reference.Fee](assess.ReasonFee)(p.tables.Fee("499", s.EntryDate)).Rate.Decimal()
		base := all
		for _, t := range l.Tariffs {
			if t.HTS[:8] == "98020060" || t.HTS[:8] == "98020080" {
				base -= t.Value
			}
		}
		p.charge(l.Number, "499", rate.Mul(whole(base)).Round(2), base, false)
	}
	if slices.Contains([]string{"10", "11", "12"}, s.Mode) && p.harbor() && l.Set != 'V' && !p.is("11", "12", "06", "22", "31", "32", "34", "38") {
		on := s.EntryDate
		if s.InBondDate != 0 {
			on = s.InBondDate
		}
		if s.ImportDate != 0 {
			on = s.ImportDate
		}
		rate := must[*reference.Fee](assess.ReasonFee)(p.tables.Fee("501", on)).Rate.Decimal()
		p.charge(l.Number, "501", rate.Mul(whole(all)).Round(2), all, false)
	}
}

// casesGiven holds the types that must have a case to it (ACE CATAIR AE note
// ff).
func (p *plain) casesGiven() {
	if p.is("03", "07", "34", "38") && !slices.ContainsFunc(p.s.Lines, func(l entry.Line) bool { return len(l.Cases) > 0 }) {
		panic(refused(assess.ReasonCase))
	}
}

func (p *plain) cases(l *entry.Line, all int64) {
	if len(l.Cases) > 0 && !p.is("03", "07", "34", "38", "06", "21", "22", "23") {
		panic(refused(assess.ReasonCase))
	}
	for _, class := range []string{"012", "013"} {
		letter := map[string]string{"012": "A", "013": "C"}[class]
		seen := false
		for _, c := range l.Cases {
			if !strings.HasPrefix(c.Number, letter) {
				continue
			}
			if seen {
				panic(refused(assess.ReasonCase))
			}
			seen = true
			if c.RateType == 'S' {
				p.charge(l.Number, class, hundredths(c.Rate).Mul(decimal.New(c.Quantity, -4)).Round(2), 0, c.Claim == 'B')
				continue
			}
			base := all
			if c.Value > 0 {
				base = c.Value
			}
			p.charge(l.Number, class, hundredths(c.Rate).Shift(-2).Mul(whole(base)).Round(2), base, c.Claim == 'B')
		}
	}
}

// harbor says whether 19 CFR 24.24(b) lists the port of unlading. Goods that came
// to the port of entry in bond were unloaded elsewhere.
func (p *plain) harbor() bool {
	port := p.s.UnladingPort
	if port == "" && p.s.InBondDate == 0 {
		port = p.s.Port
	}
	return !slices.Contains([]string{"1704", "0971", "1481"}, port)
}

func (p *plain) exempt(l *entry.Line) bool {
	if l.SPI != "" {
		must[*reference.SPI](assess.ReasonRate)(p.tables.SPI(l.SPI, p.s.EntryDate))
		if l.SPI == "S" || l.SPI == "KR" { // of those that are drawn
			return true
		}
	}
	// Products of Israel, of the insular possessions, of Caribbean Basin and of
	// least developed countries: some of each.
	if slices.Contains([]string{"IL", "GU", "JM", "BB", "BD", "KH"}, l.Origin) {
		return true
	}
	for _, t := range l.Tariffs {
		if t.HTS[:2] == "98" && t.HTS[:8] != "98020060" && t.HTS[:8] != "98020080" {
			return true
		}
	}
	return l.Set == 'V' || p.s.Express || p.is("06") && l.FTZStatus == 'D'
}

func (p *plain) entry() {
	s := p.s
	once := func(class string) {
		fee := must[*reference.Fee](assess.ReasonFee)(p.tables.Fee(reference.Class(class), s.EntryDate))
		p.charge(0, class, fee.Amount.Decimal(), 0, false)
	}
	if p.is("11", "12") && s.Mode != "50" && s.Port != "0971" && s.Port != "1481" && slices.ContainsFunc(s.Lines, func(l entry.Line) bool { return !p.exempt(&l) }) {
		if s.Manual {
			panic(refused(assess.ReasonFee))
		}
		once("311")
	}
	if s.Mode == "50" && slices.ContainsFunc(p.out, func(c plainCharge) bool { return c.class <= "013" && c.amount.IsPositive() }) {
		once("496")
	}
	sum, base, lines := decimal.Zero, int64(0), 0
	for _, c := range p.out {
		if c.class == "499" {
			sum, base, lines = sum.Add(c.amount), base+c.base, lines+1
		}
	}
	if lines > 0 && s.Mode != "70" {
		fee := must[*reference.Fee](assess.ReasonFee)(p.tables.Fee("499", s.EntryDate))
		clamped := decimal.Max(sum, fee.Minimum.Decimal())
		if !s.Consolidated {
			clamped = decimal.Min(clamped, fee.Maximum.Decimal())
		}
		if !clamped.Equal(sum) {
			p.charge(0, "499", clamped.Sub(sum), base, false)
		}
	}
	if lines > 0 && s.Manual {
		once("500")
	}
	harbor, rest := decimal.Zero, decimal.Zero
	for _, c := range p.out {
		switch {
		case c.disposition != "":
		case c.class == "501":
			harbor = harbor.Add(c.amount)
		default:
			rest = rest.Add(c.amount)
		}
	}
	if rest.IsZero() && harbor.LessThanOrEqual(whole(3)) {
		p.out = slices.DeleteFunc(p.out, func(c plainCharge) bool { return c.class == "501" })
	}
}

// drawEntry draws an entry whose numbers, programs and dates mostly fit the
// tables, so that most entries are assessed and some are refused.
func drawEntry(t *rapid.T, tables *reference.Tables, numbers []string) *entry.Summary {
	pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	dates := []reference.Date{20250918, 20250930, 20251001, 20251002, 20210701}
	maybe := func(label string) reference.Date {
		return rapid.SampledFrom([]reference.Date{0, 0, 20250920, 20250925, 20250926, 20251001}).Draw(t, label)
	}
	s := &entry.Summary{
		Number: "B7603245278", Type: pick("type", "01", "01", "01", "03", "03", "06", "06", "11", "12", "02", "07", "21", "22", "23", "31", "34"),
		Mode: pick("mode", "10", "11", "11", "12", "31", "40", "50", "70"), PaymentType: '7',
		// Los Angeles, Atlanta, an express facility, a user-fee airport.
		Port: pick("port", "2704", "2704", "1704", "0971", "1481"), UnladingPort: pick("unlading", "", "", "2709", "1704"),
		EntryDate: rapid.SampledFrom(dates).Draw(t, "entry date"), ImportDate: maybe("import"), InBondDate: maybe("in-bond"),
	}
	s.Consolidated, s.Manual = rapid.IntRange(0, 7).Draw(t, "consolidated") == 0, rapid.IntRange(0, 15).Draw(t, "manual") == 0
	s.Express = s.Type == "11" && rapid.Bool().Draw(t, "express")
	deposits := slices.Contains([]string{"03", "07", "34", "06", "21", "22", "23"}, s.Type)
	value := rapid.OneOf(rapid.Int64Range(0, 3_000), rapid.Int64Range(0, 250_000), rapid.Int64Range(0, 90_000_000),
		rapid.Custom(func(t *rapid.T) int64 { return rapid.Int64Range(0, 500).Draw(t, "eighths")*8 + 4 })) // half cents at 0.125 percent
	s.Filed.Given = rapid.IntRange(0, 3).Draw(t, "filed") > 0
	for n := range rapid.IntRange(1, 5).Draw(t, "lines") {
		l := entry.Line{Number: n + 1, Set: pick("set", " ", " ", " ", " ", "X", "V")[0], FTZStatus: pick("ftz", " ", "P", "N", "D")[0], PrivilegedDate: maybe("privileged"),
			Origin: pick("origin", "CN", "CN", "CN", "DE", "MX", "CU", "RU", "BD", "JM")}
		first := rapid.SampledFrom(numbers).Draw(t, "hts")
		for _, spi := range []string{"S", "KR", "JP", "A"} {
			if _, err := tables.Tariff(first, reference.Column(spi), s.EntryDate); err == nil && rapid.IntRange(0, 2).Draw(t, "claim") == 0 {
				l.SPI = spi
			}
		}
		add := func(hts string, v int64) {
			tf := entry.Tariff{HTS: hts, Value: v}
			quantities := 3
			if rapid.IntRange(0, 39).Draw(t, "fewer quantities") == 0 {
				quantities = rapid.IntRange(1, 2).Draw(t, "quantities")
			}
			for n := range quantities {
				tf.Quantities = append(tf.Quantities, entry.Quantity{Amount: rapid.Int64Range(0, 5_000_000).Draw(t, "quantity"), Unit: unitOf(hts, n)})
			}
			tf.FiledDuty = money.Cents(rapid.Int64Range(0, 400_000).Draw(t, "filed duty"))
			l.Tariffs = append(l.Tariffs, tf)
		}
		add(first, value.Draw(t, "value"))
		switch rapid.IntRange(0, 7).Draw(t, "more") {
		case 4, 5:
			add(pick("every code", everyCode...), value.Draw(t, "value"))
			for range rapid.IntRange(0, 2).Draw(t, "remedies") {
				add(pick("every remedy", everyRemedy...), rapid.SampledFrom([]int64{0, 700}).Draw(t, "content"))
			}
		case 0:
			add(pick("98", "9801001010", "9802006000", "9802008068", "9813000540", "9817950100"), value.Draw(t, "value"))
		case 1:
			add(pick("99", "9903900025", "9903900033", "9903900020", "9903900091"), 0)
		case 2:
			add(pick("99", "9903950030", "9903950004"), 0)
			add("9903900007", 0)
		case 3:
			if l.SPI == "" {
				add(rapid.SampledFrom(numbers).Draw(t, "hts"), value.Draw(t, "value"))
			}
		}
		if deposits && rapid.Bool().Draw(t, "cases") {
			for _, letter := range []string{"C", "A"}[rapid.IntRange(0, 1).Draw(t, "first"):] {
				l.Cases = append(l.Cases, entry.Case{Number: letter + "570001000", Claim: pick("claim", "C", "B")[0], RateType: pick("rate type", "A", "S")[0],
					Rate: rapid.Int64Range(0, 30_000).Draw(t, "rate"), Value: rapid.SampledFrom([]int64{0, 0, 12_345}).Draw(t, "case value"),
					Quantity: rapid.Int64Range(0, 90_000_000).Draw(t, "case quantity")})
			}
		}
		// A number without the column that origin or claim asks for is refused;
		// a few such lines are enough.
		if !inColumns(tables, &l, s.EntryDate) && rapid.IntRange(0, 19).Draw(t, "no column") > 0 {
			l.Origin, l.SPI = "CN", ""
		}
		s.Lines = append(s.Lines, l)
	}
	return s
}

// inColumns says whether the ordinary numbers of a line have a row in the column
// of its claim, and in column 2 where the origin may be put there.
func inColumns(tables *reference.Tables, l *entry.Line, on reference.Date) bool {
	var columns []reference.Column
	if l.SPI != "" {
		columns = append(columns, reference.Column(l.SPI))
	}
	if l.Origin == "CU" || l.Origin == "RU" {
		columns = append(columns, reference.ColumnTwo)
	}
	for _, column := range columns {
		for i := range l.Tariffs {
			if _, err := tables.Tariff(l.Tariffs[i].HTS, column, on); err != nil && l.Tariffs[i].HTS < "98" {
				return false
			}
		}
	}
	return true
}

// TestAgreesWithPlainPath: the scaled integers and the decimals give the same
// charges, in the same order, and refuse the same entries.
func TestAgreesWithPlainPath(t *testing.T) {
	tables := plainTables(t)
	var numbers []string
	for _, row := range tables.Tariffs() {
		if row.Column == reference.General && row.HTS < "98" {
			numbers = append(numbers, row.HTS)
		}
	}
	numbers = append(numbers, everyCode...)
	assessor := assess.New(tables, assess.Regulation)
	var got assess.Assessment
	done, kept := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := drawEntry(t, tables, numbers)
		want, reason := plainly(tables, s)
		if rapid.IntRange(0, 7).Draw(t, "invoiced") == 0 {
			leaveToInvoices(t, s)
		}
		err := assessor.Explain(&got, s)
		done++
		if reason != "" {
			var e *assess.Error
			require.ErrorAs(t, err, &e)
			return // which fault is met first is no rule
		}
		require.NoError(t, err)
		kept++
		var lines []string
		due := decimal.Zero
		for _, c := range want {
			lines = append(lines, fmt.Sprintf("%d %s %s%s", c.line, c.class, c.amount.StringFixed(2), c.disposition))
			if c.disposition == "" {
				due = due.Add(c.amount)
			}
		}
		require.Equal(t, lines, listing(&got))
		require.Equal(t, due.StringFixed(2), got.Totals.Due.String())
		for i, c := range got.Charges {
			require.Equal(t, want[i].base, c.Base)
			again, err := c.Working.Execute()
			require.NoError(t, err)
			require.Equal(t, c.Amount, again)
		}
		conserved(t, &got)
	})
	require.Greater(t, kept*10, done*6, "most drawn entries are assessable")
}

// conserved checks that the totals are the sums of the charges.
func conserved(t require.TestingT, a *assess.Assessment) {
	var due, bonded, notDue, deferred, classes decimal.Decimal
	for _, c := range a.Charges {
		switch c.Disposition {
		case assess.Due:
			due = due.Add(c.Amount.Decimal())
		case assess.Bonded:
			bonded = bonded.Add(c.Amount.Decimal())
		case assess.NotDue:
			notDue = notDue.Add(c.Amount.Decimal())
		case assess.Deferred:
			deferred = deferred.Add(c.Amount.Decimal())
		}
	}
	for _, c := range a.Totals.Classes {
		classes = classes.Add(c.Amount.Decimal())
	}
	require.True(t, due.Equal(a.Totals.Due.Decimal()))
	require.True(t, classes.Equal(due))
	require.True(t, bonded.Equal(a.Totals.Bonded.Decimal()))
	require.True(t, notDue.Equal(a.Totals.NotDue.Decimal()))
	require.True(t, deferred.Equal(a.Totals.Deferred.Decimal()))
	require.Equal(t, a.Totals.Due+a.Totals.Bonded+a.Totals.NotDue+a.Totals.Deferred, a.Totals.Reported.Grand.Total())
	require.Equal(t, a.Totals.Due, a.Totals.Duty+a.Totals.Tax+a.Totals.AD+a.Totals.CVD+a.Totals.Fees+a.Totals.Other)
}
