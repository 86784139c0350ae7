package assess_test

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// entryTypes are all types that are filed as an entry summary, and the modes, ports
// and days that faultless entries are drawn from.
var (
	entryTypes = strings.Fields("01 02 03 06 07 11 12 21 22 23 31 32 34 38 51 52")
	entryModes = strings.Fields("10 11 11 12 20 30 40 40 50 60 70")
	entryPorts = strings.Fields("2704 2704 1001 4909 4909 5101 3901")
	entryDays  = []reference.Date{20260115, 20251001, 20250930, 20221201, 20200715}
)

// drawLine are the numbers of a line, each with a value, and what has to be filed
// before the entry can be assessed.
type drawLine struct {
	numbers []string
	spi     string
	tax     reference.Class // taken as filed
	other   reference.Class
	fee     reference.Class // may be owed, or is taken as filed
	special bool            // of no use in article sets and informal entries
}

// plainLines owe duty and fees only; chargedLines owe more.
var (
	plainLines = []drawLine{
		{numbers: []string{"8700000007"}}, {numbers: []string{"9500000000"}}, {numbers: []string{"8700000007"}, spi: "S"}, {numbers: []string{"9500000000"}, spi: "S"},
		{numbers: []string{"8700000007"}, spi: "JP"}, {numbers: []string{"8700000007"}, spi: "C#"}, {numbers: []string{"8700000007", "9903000025"}},
		{numbers: []string{"8700000007", "9903000030"}}, {numbers: []string{"1000000006"}}, {numbers: []string{"1000000032"}}, {numbers: []string{"1000000036"}},
		{numbers: []string{"1000000037"}}, {numbers: []string{"1000000033"}}, {numbers: []string{"1000000040"}}, {numbers: []string{"8700000007", "1000000004", "9500000000"}},
		{numbers: []string{"9801001010"}, special: true}, {numbers: []string{"9801001010", "8700000007"}, special: true}, {numbers: []string{"9802006000", "8700000007"}, special: true},
		{numbers: []string{"9802008068", "8700000007", "9903000025"}, special: true}, {numbers: []string{"8700000007", "1000000039"}},
	}
	chargedLines = []drawLine{
		{numbers: []string{"2208000000"}}, {numbers: []string{"2204000000"}}, {numbers: []string{"2402100000"}}, {numbers: []string{"2203000000"}},
		{numbers: []string{"0804504045"}}, {numbers: []string{"5201000000"}}, {numbers: []string{"0406000000"}}, {numbers: []string{"1704000000"}},
		{numbers: []string{"0804504045", "0406000000"}}, {numbers: []string{"0901000000"}}, {numbers: []string{"5201000000", "9802008068"}, special: true}, {numbers: []string{"0804400000"}, fee: "107"}, {numbers: []string{"0804400000"}},
		{numbers: []string{"0409000000"}, fee: "055"}, {numbers: []string{"2202000000"}, tax: "022"}, {numbers: []string{"2205000000"}, tax: "017"}, {numbers: []string{"2101000000"}, other: "672"},
	}
)

// drawFaultless draws an entry of a type with nothing wrong about it but that its
// figures are not filed yet.
func drawFaultless(t *rapid.T, tables *reference.Tables, kind string) *entry.Summary {
	draw := func(label string, of int) int { return rapid.IntRange(0, of-1).Draw(t, label) }
	on := rapid.SampledFrom(entryDays).Draw(t, "day")
	s := &entry.Summary{Number: "B7603245278", Importer: "12-345678900", Type: kind, Mode: rapid.SampledFrom(entryModes).Draw(t, "mode"),
		Port: rapid.SampledFrom(entryPorts).Draw(t, "port"), EntryDate: on, ReceivedDate: on, PaymentType: '1', BondType: entry.Continuous, DeferredTax: entry.None}
	s.Filed.Given = true
	informal := kind == "11" || kind == "12"
	s.Consolidated, s.Manual = draw("consolidated", 8) == 0, !informal && draw("manual", 8) == 0
	s.Express = kind == "11" && draw("express", 4) == 0
	if draw("deferred", 8) == 0 {
		s.DeferredTax = '1'
	}
	if !informal && draw("correction", 10) == 0 {
		s.Correction, s.PaymentType = true, entry.None
	}
	count := 1 + draw("lines", 4)
	largest := rapid.SampledFrom([]int64{3_000, 300_000, 90_000_000}).Draw(t, "largest")
	if informal {
		largest = int64(2_500 / (3 * count))
	}
	charged := !s.Express && draw("charged goods", 2) == 0
	for range count {
		lines := plainLines
		if charged && draw("charged line", 3) > 0 {
			lines = chargedLines
		}
		drawOne(t, s, rapid.SampledFrom(lines).Draw(t, "goods"), largest)
	}
	drawSet(t, s)
	drawCases(t, s)
	if !s.Correction {
		drawPayment(t, tables, s, charged)
	}
	return s
}

// drawOne adds a line.
func drawOne(t *rapid.T, s *entry.Summary, goods drawLine, largest int64) {
	if goods.special && (s.Type == "11" || s.Type == "12") {
		goods = plainLines[0]
	}
	amounts := rapid.OneOf(rapid.Just(money.Cents(0)), rapid.Custom(func(t *rapid.T) money.Cents { return money.Cents(rapid.Int64Range(0, 99_999_99).Draw(t, "cents")) }))
	l := entry.Line{Number: len(s.Lines) + 1, Origin: "CN", SPI: goods.spi, Set: entry.None, FTZStatus: entry.None}
	for _, hts := range goods.numbers {
		value := rapid.Int64Range(0, largest).Draw(t, "value")
		if strings.HasPrefix(hts, "99") {
			value = 0
		}
		n := tariff(hts, value, rapid.Int64Range(0, 9_000_00).Draw(t, "quantity 1"), rapid.Int64Range(0, 9_000_00).Draw(t, "quantity 2"), rapid.Int64Range(0, 99_00).Draw(t, "quantity 3"))
		if hts == "1000000040" || hts == "1000000033" { // taken as filed, or decided by it
			n.FiledDuty = amounts.Draw(t, "duty filed")
		}
		l.Tariffs = append(l.Tariffs, n)
	}
	l.Filed.Tax = reference.ClassAmount{Class: goods.tax, Amount: amounts.Draw(t, "tax filed")}
	l.Filed.Other = reference.ClassAmount{Class: goods.other, Amount: amounts.Draw(t, "other revenue filed")}
	if goods.fee != "" {
		l.Filed.Fees = []reference.ClassAmount{{Class: goods.fee, Amount: amounts.Draw(t, "fee filed")}}
	}
	if s.Type == "06" {
		l.FTZStatus = rapid.SampledFrom([]byte("PND")).Draw(t, "zone status")
		if l.FTZStatus == entry.Privileged {
			l.PrivilegedDate = s.EntryDate
		}
	}
	l.FeeExemption = rapid.SampledFrom([]byte("      12")).Draw(t, "fee exemption")
	s.Lines = append(s.Lines, l)
}

// drawSet makes an article set of some entries with two lines and more: a header
// line and its components.
func drawSet(t *rapid.T, s *entry.Summary) {
	special := func(l entry.Line) bool { return strings.HasPrefix(l.Tariffs[0].HTS, "98") }
	if len(s.Lines) < 2 || slices.ContainsFunc(s.Lines, special) || rapid.IntRange(0, 3).Draw(t, "set") > 0 {
		return
	}
	for i := range s.Lines {
		s.Lines[i].Set = entry.SetComponent
		for j := range s.Lines[i].Tariffs {
			s.Lines[i].Tariffs[j].FiledDuty = 0
		}
	}
	s.Lines[0].Set, s.Lines[0].Filed = entry.SetHeader, entry.LineFiled{}
}

// drawCases gives lines their antidumping and countervailing cases, where the type
// of entry has any: one at least, where it must.
func drawCases(t *rapid.T, s *entry.Summary) {
	must := slices.Contains([]string{"03", "07", "34", "38"}, s.Type)
	if !must && (!slices.Contains([]string{"06", "21", "22", "23"}, s.Type) || rapid.Bool().Draw(t, "no case")) {
		return
	}
	for i := len(s.Lines) - 1; i >= 0; i-- {
		l := &s.Lines[i]
		if l.Set == entry.SetHeader || !(must && i == len(s.Lines)-1) && rapid.Bool().Draw(t, "no case on the line") {
			continue
		}
		letters := rapid.SampledFrom([]string{"A", "C", "AC", "CA"}).Draw(t, "cases")
		for _, letter := range letters {
			c := entry.Case{Number: string(letter) + "570001000", Claim: rapid.SampledFrom([]byte("BC")).Draw(t, "claim"), RateType: entry.AdValorem,
				Rate: rapid.SampledFrom([]int64{0, 1, 1_017, 20_000}).Draw(t, "rate")}
			switch {
			case c.Rate == 0:
			case rapid.Bool().Draw(t, "specific"):
				c.RateType, c.Quantity = entry.Specific, rapid.Int64Range(1, 90_000_000).Draw(t, "case quantity")
			case rapid.Bool().Draw(t, "value of its own"):
				c.Value = rapid.Int64Range(1, 90_000).Draw(t, "case value")
			}
			l.Cases = append(l.Cases, c)
		}
	}
}

// drawPayment puts the entry on a statement, or on none: a monthly one only when
// its goods owe no tax.
func drawPayment(t *rapid.T, tables *reference.Tables, s *entry.Summary, charged bool) {
	types := "123556778"
	if charged {
		types = "1235"
	}
	s.PaymentType = rapid.SampledFrom([]byte(types)).Draw(t, "payment type")
	if s.PaymentType == '1' {
		return
	}
	s.PrintDate = s.ReceivedDate.AddDays(1)
	for !tables.WorkingDay(s.PrintDate) {
		s.PrintDate = s.PrintDate.AddDays(1)
	}
	if s.PaymentType >= '6' {
		s.PeriodicMonth = int(s.ReceivedDate.Month())%12 + 1
	}
}
