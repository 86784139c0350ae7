package assess_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// figure is an amount that a filer files, with what is filed elsewhere because of
// it: moving it leaves no other figure wrong.
type figure struct {
	name     string
	filed    money.Cents
	up, down money.Cents // how much more, and how much less, passes
	move     func(by money.Cents)
	// over and under are the conditions of a cent beyond up and down; none when
	// nothing is raised however far the figure goes that way.
	over, under []string
}

// exact is a figure that has no tolerance.
func exact(name string, filed money.Cents, move func(money.Cents), raised ...string) figure {
	return figure{name: name, filed: filed, move: move, over: raised, under: raised}
}

// within is a figure that has the same tolerance either way.
func within(name string, filed, tolerance money.Cents, move func(money.Cents), raised ...string) figure {
	return figure{name: name, filed: filed, up: tolerance, down: tolerance, move: move, over: raised, under: raised}
}

// TestFaultlessEntries files what is computed for entries of every type: no
// condition may come of it. Then it moves each figure, one at a time, to the edge
// of its tolerance, where none may come yet, and a cent beyond, where exactly the
// conditions of that figure must.
func TestFaultlessEntries(t *testing.T) {
	tables := chargedTables(t)
	assessor := assess.New(tables, assess.Regulation)
	seen := map[string]bool{}
	for _, kind := range entryTypes {
		t.Run("type "+kind, func(t *testing.T) {
			drawn, kept := 0, 0
			rapid.Check(t, func(t *rapid.T) {
				var a assess.Assessment
				s := drawFaultless(t, tables, kind)
				drawn++
				if assessor.Explain(&a, s) != nil {
					return
				}
				kept++
				fileComputed(tables, s, &a)
				require.Empty(t, conditionsOf(t, assessor, s), "filed as computed")
				for _, f := range figures(tables, s) {
					for _, code := range f.test(t, assessor, s) {
						seen[code] = true
					}
				}
				require.Empty(t, conditionsOf(t, assessor, s), "moved back")
			})
			require.Greater(t, kept*10, drawn*9, "nine of ten entries can be assessed")
		})
	}
	for code := range strings.FieldsSeq("570 576 601 624 625 626 627 628 634 638 639 640 641 660 661 662 663 669 698 719 720 722 724 726 730 731 732 737 739 741 743 744 745 746 747 768") {
		require.True(t, seen[code], "%s was never raised", code)
	}
}

// TestFaultlessMessages: figures filed as computed raise no condition either when
// they come in a message, which has no date of entry but the estimated one.
func TestFaultlessMessages(t *testing.T) {
	tables := chargedTables(t)
	assessor := assess.New(tables, assess.Regulation)
	rapid.Check(t, func(t *rapid.T) {
		s := drawFaultless(t, tables, rapid.SampledFrom(entryTypes).Draw(t, "type"))
		s.Manual, s.Surety, s.EstimatedDate, s.EntryDate = false, "036", s.EntryDate, 0
		var a assess.Assessment
		tooLarge := func(c assess.Charge) bool { return c.Amount > 99_999_999_99 } // for a record of a line
		if assessor.Explain(&a, s) != nil || slices.ContainsFunc(a.Charges, tooLarge) {
			return
		}
		fileComputed(tables, s, &a)
		message := messageOf(t, s.ReceivedDate, s)
		source := catair.NewSummaries(bytes.NewReader(message), "test")
		var read entry.Summary
		require.NoError(t, source.Next(&read))
		faults, _ := source.Faults()
		require.Empty(t, faults)
		require.Empty(t, conditionsOf(t, assessor, &read), "%s", message)
	})
}

// test moves the figure and back, and gives the codes that it raised.
func (f *figure) test(t *rapid.T, assessor *assess.Assessor, s *entry.Summary) []string {
	var raised []string
	try := func(by money.Cents, want []string) {
		if f.filed+by < 0 {
			return
		}
		f.move(by)
		require.Equal(t, want, conditionsOf(t, assessor, s), "%s, filed %s, moved by %s", f.name, f.filed, by)
		f.move(-by)
		for _, c := range want {
			raised = append(raised, c[len(c)-3:])
		}
	}
	slices.Sort(f.over)
	slices.Sort(f.under)
	try(f.up, []string{})
	try(-f.down, []string{})
	if f.over != nil {
		try(f.up+1, f.over)
	}
	if f.under != nil {
		try(-f.down-1, f.under)
	}
	return raised
}

// conditionsOf assesses and gives what is wrong, sorted.
func conditionsOf(t require.TestingT, assessor *assess.Assessor, s *entry.Summary) []string {
	var a assess.Assessment
	require.NoError(t, assessor.Assess(&a, s))
	list := mistakes(&a)
	slices.Sort(list)
	return list
}

// figures are all figures of an entry that has been filed as computed.
func figures(tables *reference.Tables, s *entry.Summary) []figure {
	var list []figure
	for i := range s.Lines {
		l := &s.Lines[i]
		list = append(list, dutyFigures(tables, s, l)...)
		list = append(list, lineFigures(tables, s, l)...)
		for j := range l.Cases {
			c := &l.Cases[j]
			code := "576"
			if c.Rate == 0 {
				code = "570"
			}
			list = append(list, exact(c.Number, c.FiledDuty, func(by money.Cents) { changeDeposit(s, c, by) }, at(l, code)))
		}
	}
	return append(list, totalFigures(tables, s)...)
}

// at writes a condition of a line.
func at(l *entry.Line, code string) string { return fmt.Sprintf("%d %s", l.Number, code) }

// dutyFigures are the duties of a line's numbers. Some Customs does not verify.
func dutyFigures(tables *reference.Tables, s *entry.Summary, l *entry.Line) []figure {
	has := func(prefix string) bool {
		return slices.ContainsFunc(l.Tariffs, func(t entry.Tariff) bool { return strings.HasPrefix(t.HTS, prefix) })
	}
	if has("1000000040") || has("1000000033") {
		return nil // the duty filed decides what is computed
	}
	raised := []string{at(l, "624"), "0 627"}
	switch {
	case has("1000000039") || has("9802") && has("9903"):
		raised = []string{at(l, "628")}
	case has("9802"):
		raised = []string{at(l, "626")}
	}
	var list []figure
	for j := range l.Tariffs {
		t := &l.Tariffs[j]
		move := func(by money.Cents) { t.FiledDuty += by; s.Filed.Grand.Duty += by }
		row, err := tables.Tariff(t.HTS, reference.Column(strings.TrimSuffix(l.SPI, "#")), s.EntryDate)
		switch {
		case l.Set == entry.SetComponent:
			list = append(list, exact("duty of component "+t.HTS, t.FiledDuty, move, at(l, "625")))
		case l.SPI != "" && err == nil && row.DutyCode == '0':
			list = append(list, exact("free duty of "+t.HTS, t.FiledDuty, move, at(l, "624")))
		default:
			list = append(list, within("duty of "+t.HTS, t.FiledDuty, 299, move, raised...))
		}
	}
	return list
}

// accepted says whether what goods owe of a class has no formula.
func accepted(tables *reference.Tables, s *entry.Summary, l *entry.Line, class reference.Class) bool {
	for i := range l.Tariffs {
		for row := range tables.ArticleCharges(l.Tariffs[i].HTS, s.EntryDate) {
			if row.Class == class && row.DutyCode == 'X' {
				return true
			}
		}
	}
	return false
}

// lineFigures are the tax, the fees and the other revenue of a line.
func lineFigures(tables *reference.Tables, s *entry.Summary, l *entry.Line) []figure {
	var list []figure
	if tax := &l.Filed.Tax; tax.Class != "" && !accepted(tables, s, l, tax.Class) {
		list = append(list, taxFigure(s, l))
	}
	if other := &l.Filed.Other; other.Class != "" && !accepted(tables, s, l, other.Class) {
		move := func(by money.Cents) { other.Amount += by; s.Filed.Grand.Other += by }
		list = append(list, within("coffee", other.Amount, 300, move, at(l, "669"), "0 698"))
	}
	for j := range l.Filed.Fees {
		fee := &l.Filed.Fees[j]
		move := func(by money.Cents) { fee.Amount += by; total(s, fee.Class, by) }
		name := fmt.Sprintf("%s of line %d", fee.Class, l.Number)
		switch {
		case fee.Class == "499": // the total is not the sum of the lines
			list = append(list, within(name, fee.Amount, 299, func(by money.Cents) { fee.Amount += by }, at(l, "634")))
		case fee.Class == "501":
			list = append(list, exact(name, fee.Amount, move, at(l, "601")))
		case !accepted(tables, s, l, fee.Class):
			list = append(list, within(name, fee.Amount, 300, move, at(l, "661"), "0 663"))
		}
	}
	return list
}

// spiritsOnly says whether the taxes of an entry are on distilled spirits only, and
// whether it has any.
func spiritsOnly(s *entry.Summary) (only, any bool) {
	only = true
	for i := range s.Lines {
		if tax := s.Lines[i].Filed.Tax; tax.Class != "" {
			only, any = only && tax.Class == "016", any || tax.Amount != 0
		}
	}
	return only, any
}

// taxFigure is the tax of a line; that of spirits may only be less.
func taxFigure(s *entry.Summary, l *entry.Line) figure {
	tax := &l.Filed.Tax
	f := within("tax "+string(tax.Class), tax.Amount, 300, func(by money.Cents) { tax.Amount += by; s.Filed.Grand.Tax += by }, at(l, "660"), "0 662")
	if tax.Class != "016" {
		return f
	}
	f.up, f.over = 0, []string{at(l, "660")}
	if only, _ := spiritsOnly(s); only {
		f.over = append(f.over, "0 662")
	}
	return f
}

// totalFigures are what stands in the header and in the totals.
func totalFigures(tables *reference.Tables, s *entry.Summary) []figure {
	var list []figure
	for i := range s.Filed.HeaderFees {
		fee := &s.Filed.HeaderFees[i]
		if fee.Class != "311" || s.Mode == "70" {
			continue // of 496 and 500 only the total is compared
		}
		f := exact("header fee 311", fee.Amount, func(by money.Cents) { fee.Amount += by; total(s, "311", by) }, "0 638")
		if s.Consolidated {
			f.over = nil
		}
		list = append(list, f)
	}
	codes := map[reference.Class]string{"311": "0 731", "496": "0 730", "500": "0 732", "501": "0 719"}
	for _, fee := range s.Filed.Totals {
		move := func(by money.Cents) { total(s, fee.Class, by) }
		code, known := codes[fee.Class]
		switch {
		case fee.Class == "499":
			list = append(list, processingTotal(tables, s, fee.Amount))
		case known:
			list = append(list, exact("total of "+string(fee.Class), fee.Amount, move, code))
		default:
			list = append(list, exact("total of "+string(fee.Class), fee.Amount, move, "0 720"))
		}
	}
	list = append(list, grandFigures(s)...)
	if s.Filed.HasDeposits {
		d := &s.Filed.Deposits
		for code, field := range map[string]*money.Cents{"737": &d.BondedAD, "739": &d.CashAD, "741": &d.BondedCVD, "743": &d.CashCVD} {
			list = append(list, exact("88 "+code, *field, func(by money.Cents) { *field += by }, "0 "+code))
		}
	}
	return list
}

// processingTotal is the total of 499: at minimum and maximum to the cent.
func processingTotal(tables *reference.Tables, s *entry.Summary, filed money.Cents) figure {
	var sum money.Cents
	for i := range s.Lines {
		for _, fee := range s.Lines[i].Filed.Fees {
			if fee.Class == "499" {
				sum += fee.Amount
			}
		}
	}
	row, err := tables.Fee("499", s.EntryDate)
	if err != nil {
		panic(err)
	}
	move := func(by money.Cents) { total(s, "499", by) }
	switch {
	case s.Mode == "70" || sum > row.Minimum && sum < row.Maximum:
		return within("total of 499", filed, 299, move, "0 641")
	case sum <= row.Minimum:
		return exact("minimum of 499", filed, move, "0 639")
	case s.Consolidated: // down to the maximum anything passes
		return figure{name: "total of 499 over the maximum", filed: filed, down: filed - row.Maximum, move: move, under: []string{"0 640"}}
	}
	return exact("maximum of 499", filed, move, "0 640")
}

// grandFigures are the fields of the 90 record.
func grandFigures(s *entry.Summary) []figure {
	g := &s.Filed.Grand
	antidumping, countervailing := "744", "746"
	for i := range s.Lines {
		for _, c := range s.Lines[i].Cases {
			if c.Number[0] == 'A' {
				antidumping = "745"
			} else {
				countervailing = "747"
			}
		}
	}
	tax := exact("90 tax", g.Tax, func(by money.Cents) { g.Tax += by }, "0 724")
	if only, any := spiritsOnly(s); only && any {
		tax.over = []string{"0 724", "0 662"}
	}
	return []figure{tax,
		exact("90 duty", g.Duty, func(by money.Cents) { g.Duty += by }, "0 722"),
		exact("90 fees", g.Fees, func(by money.Cents) { g.Fees += by }, "0 726"),
		exact("90 other revenue", g.Other, func(by money.Cents) { g.Other += by }, "0 768"),
		exact("90 antidumping duty", g.AD, func(by money.Cents) { g.AD += by }, "0 "+antidumping),
		exact("90 countervailing duty", g.CVD, func(by money.Cents) { g.CVD += by }, "0 "+countervailing),
	}
}
