package assess_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
)

// portion is goods of one invoice, or of one rate on it, with its value in
// decimals.
type portion struct {
	value, rate decimal.Decimal
	whole       int64
	at          int // in the order of the invoice
}

// apportion is 19 CFR 159.3(a) once more: half up each, and then, in the order of
// the rule, as many fractions dropped or taken up as the total asks for.
func apportion(portions []*portion, total int64) {
	sum := int64(0)
	for _, p := range portions {
		p.whole = p.value.Round(0).IntPart()
		sum += p.whole
	}
	step, half := int64(1), decimal.NewFromInt(1).Div(whole(2))
	fraction := func(p *portion) decimal.Decimal { return p.value.Sub(p.value.Floor()) }
	candidates := slices.DeleteFunc(slices.Clone(portions), func(p *portion) bool {
		return fraction(p).IsZero() || fraction(p).LessThan(half) == (sum > total) // one that was taken up can be dropped, and the other way round
	})
	slices.SortStableFunc(candidates, func(a, b *portion) int {
		larger := fraction(b).Cmp(fraction(a))
		if sum > total {
			larger = -larger
		}
		return cmp.Or(larger, a.rate.Cmp(b.rate), cmp.Compare(a.at, b.at))
	})
	if sum > total {
		step = -1
	}
	for ; sum != total; sum += step {
		candidates[0].whole += step
		candidates = candidates[1:]
	}
}

// invoiceGoods are the numbers of exampleTariff that an invoice is drawn from, with
// what makes their duty in January 2026: a fraction of the value, or of byWeight
// dollars a kilogram.
var invoiceGoods = []struct{ hts, rate string }{{noDuty, "0"}, {seven, "0.07"}, {fourCent, "0.04"}, {fourOne, "0.041"}, {byWeight, ""}}

// TestInvoicesAgreeWithPlainPath: entered values are what the rule, written down
// again over decimals, makes of the invoices; and everything else is as if they
// had been filed.
func TestInvoicesAgreeWithPlainPath(t *testing.T) {
	tables := exampleTables(t)
	assessor := assess.New(tables, assess.Regulation)
	rapid.Check(t, func(t *rapid.T) {
		s := consumption(20260115)
		var duties []string // of each line: equal for one rate
		var base, extra []decimal.Decimal
		for n := range rapid.IntRange(1, 6).Draw(t, "lines") {
			goods := rapid.SampledFrom(invoiceGoods).Draw(t, "goods")
			with(s, "", entry.Tariff{HTS: goods.hts, Value: entry.FromInvoices,
				Quantities: []entry.Quantity{{Amount: rapid.Int64Range(0, 2_000).Draw(t, "quantity"), Unit: unitOf(goods.hts, 0)}}})
			duty, fraction, more := goods.hts, decimal.Zero, decimal.Zero
			if goods.rate != "" {
				fraction = decimal.RequireFromString(goods.rate)
			}
			switch remedy := rapid.SampledFrom([]string{"", "", "9903000025", "9903000030"}).Draw(t, "remedy"); remedy {
			case "9903000025":
				s.Lines[n].Tariffs = append(s.Lines[n].Tariffs, entry.Tariff{HTS: remedy})
				duty, more = duty+remedy, decimal.New(25, -2)
			case "9903000030": // in place of the duty
				s.Lines[n].Tariffs = append(s.Lines[n].Tariffs, entry.Tariff{HTS: remedy})
				duty, fraction, more = remedy, decimal.Zero, decimal.New(30, -2)
			}
			duties, base, extra = append(duties, duty), append(base, fraction), append(extra, more)
		}
		drawInvoices(t, s)
		stated := make([]decimal.Decimal, len(s.Lines))
		for _, v := range s.Invoices {
			for _, item := range v.Items {
				stated[item.Line-1] = stated[item.Line-1].Add(item.Value.Decimal())
			}
		}
		rate := func(line int) decimal.Decimal {
			tariff := s.Lines[line].Tariffs[0]
			if duties[line] != byWeight && duties[line] != byWeight+"9903000025" || stated[line].IsZero() {
				return base[line].Add(extra[line])
			}
			dollars := decimal.New(35, -2).Mul(hundredths(tariff.Quantities[0].Amount))
			return dollars.DivRound(stated[line], 8).Truncate(8).Add(extra[line])
		}
		want := make([]int64, len(s.Lines))
		for _, v := range s.Invoices {
			plainInvoice(&v, duties, rate, want)
		}
		var got, filed assess.Assessment
		require.NoError(t, assessor.Assess(&got, s))
		require.Equal(t, want, entered(&got))
		for i := range s.Lines {
			s.Lines[i].Tariffs[0].Value = want[i]
		}
		require.NoError(t, assessor.Assess(&got, s), "the rounded values may stand on the entry too")
		s.Invoices = nil
		require.NoError(t, assessor.Assess(&filed, s))
		require.Equal(t, listing(&filed), listing(&got))
	})
}

// leaveToInvoices puts the whole dollars of an entry on an invoice, an item or two
// for each number, and leaves some out of its lines. The items of a number may have
// cents, their sums have none: nothing is rounded, and everything comes out as
// before.
func leaveToInvoices(t *rapid.T, s *entry.Summary) {
	v := entry.Invoice{Number: "A-1"}
	for i := range s.Lines {
		for k := range s.Lines[i].Tariffs {
			number := &s.Lines[i].Tariffs[k]
			item := entry.InvoiceItem{Line: s.Lines[i].Number, Tariff: k, Value: money.Cents(number.Value * 100)}
			v.Total += item.Value
			if item.Value > 0 {
				part := money.Cents(rapid.Int64Range(0, int64(item.Value)).Draw(t, "part"))
				v.Items = append(v.Items, entry.InvoiceItem{Line: item.Line, Tariff: k, Value: part})
				item.Value -= part
			}
			v.Items = append(v.Items, item)
			if rapid.Bool().Draw(t, "left out") {
				number.Value = entry.FromInvoices
			}
		}
	}
	s.Invoices = []entry.Invoice{v}
}

// drawInvoices puts the lines on one or two invoices, all of them on the first,
// with fractions that are often equal.
func drawInvoices(t *rapid.T, s *entry.Summary) {
	cents := rapid.SampledFrom([]money.Cents{0, 20, 40, 40, 49, 50, 50, 60, 60, 99})
	for n := range rapid.IntRange(1, 2).Draw(t, "invoices") {
		v := entry.Invoice{Number: string(rune('A' + n))}
		for i := range s.Lines {
			for range rapid.IntRange(1-n, 2).Draw(t, "items") {
				value := money.Cents(rapid.Int64Range(0, 300).Draw(t, "dollars")*100) + cents.Draw(t, "cents")
				v.Items, v.Total = append(v.Items, entry.InvoiceItem{Line: i + 1, Value: value}), v.Total+value
			}
		}
		s.Invoices = append(s.Invoices, v)
	}
}

// plainInvoice adds the whole dollars that an invoice makes to the lines' values.
func plainInvoice(v *entry.Invoice, duties []string, rate func(line int) decimal.Decimal, to []int64) {
	var classes []*portion
	byDuty := make(map[string]*portion)
	numbers := make(map[*portion][]*portion)
	lines := make(map[int]*portion)
	for at, item := range v.Items {
		duty := duties[item.Line-1]
		c := byDuty[duty]
		if c == nil {
			c = &portion{rate: rate(item.Line - 1), at: len(classes)}
			byDuty[duty], classes = c, append(classes, c)
		}
		c.value = c.value.Add(item.Value.Decimal())
		c.rate = decimal.Min(c.rate, rate(item.Line-1)) // the lowest of its goods
		one := lines[item.Line-1]
		if one == nil {
			one = &portion{at: at}
			numbers[c], lines[item.Line-1] = append(numbers[c], one), one
		}
		one.value = one.value.Add(item.Value.Decimal())
	}
	apportion(classes, v.Total.Decimal().Round(0).IntPart())
	for _, c := range classes {
		apportion(numbers[c], c.whole)
	}
	for line, one := range lines {
		to[line] += one.whole
	}
}
