package assess_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
)

// Numbers of exampleTariff by their rate in January 2026.
const (
	noDuty   = "9500000000"
	fourCent = "1000000010" // 4 percent
	fourOne  = "1000000007" // 4.1 percent
	seven    = "8700000007" // 7 percent
	byWeight = "1000000001" // 35 cents a kilogram
)

// invoiced gives an entry by air with a line for each number, whose values are on
// one invoice.
func invoiced(numbers []string, values ...money.Cents) *entry.Summary {
	s := consumption(20260115)
	s.Mode = "40"
	v := entry.Invoice{Number: "A-1"}
	for i, hts := range numbers {
		with(s, "", entry.Tariff{HTS: hts, Value: entry.FromInvoices})
		v.Items = append(v.Items, entry.InvoiceItem{Line: i + 1, Value: values[i]})
		v.Total += values[i]
	}
	s.Invoices = []entry.Invoice{v}
	return s
}

// entered gives the entered values of an assessment's lines.
func entered(a *assess.Assessment) (values []int64) {
	for i := range a.Entered.Lines {
		values = append(values, a.Entered.Lines[i].Value())
	}
	return values
}

// TestExampleD7InvoiceAllocation is 19 CFR 159.3(a) from the invoice to the duty.
// D7 are three rates: 601.20 is 601, so that one of three times 0.40 is taken up,
// the one of the lowest rate.
func TestExampleD7InvoiceAllocation(t *testing.T) {
	tables := exampleTables(t)
	for _, c := range []struct {
		name    string
		numbers []string
		values  []money.Cents
		want    []int64
		duty    string
	}{
		{"D7 19 CFR 159.3(a): equal fractions, the lowest rate is taken up", // 7.00 + 8.04 + 12.30
			[]string{seven, fourCent, fourOne}, []money.Cents{100_40, 200_40, 300_40}, []int64{100, 201, 300}, "27.34"},
		{"D7 19 CFR 159.3(a): in any order of the lines",
			[]string{fourOne, seven, fourCent}, []money.Cents{100_40, 200_40, 300_40}, []int64{100, 200, 301}, "30.14"},
		{"159.3(a): free goods have the lowest rate of all",
			[]string{seven, fourCent, noDuty}, []money.Cents{100_40, 200_40, 300_40}, []int64{100, 200, 301}, "15.00"},
		{"159.3(a): the larger fraction is taken up, whatever its rate", // 601.17
			[]string{seven, fourCent, fourOne}, []money.Cents{100_41, 200_40, 300_36}, []int64{101, 200, 300}, "27.37"},
		{"159.3(a): of equal ones of 50 cents and more the lowest rate is dropped", // 601.80 is 602, not 603
			[]string{seven, fourCent, fourOne}, []money.Cents{100_60, 200_60, 300_60}, []int64{101, 200, 301}, "27.41"},
		{"159.3(a): the lower fraction is dropped, whatever its rate", // 601.77
			[]string{seven, fourCent, fourOne}, []money.Cents{100_55, 200_62, 300_60}, []int64{100, 201, 301}, "27.38"},
		{"159.3(a): goods of one rate are a unit", // 100.40 and 200.40 are 300.80, that is 301, and 400.40 is 400
			[]string{seven, seven, fourCent}, []money.Cents{100_40, 200_40, 400_40}, []int64{101, 200, 400}, "37.07"},
		{"159.3(a): half up where that makes the total",
			[]string{seven, fourCent}, []money.Cents{100_40, 200_60}, []int64{100, 201}, "15.04"},
		{"159.3(a): half a dollar of the total is taken up", // 0.50 is 1
			[]string{seven, fourCent}, []money.Cents{25, 25}, []int64{0, 1}, "0.04"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := mustAssess(t, tables, invoiced(c.numbers, c.values...))
			require.Equal(t, c.want, entered(a))
			require.Equal(t, c.duty, a.Totals.Duty.String())
		})
	}
}

// TestInvoiceRounding shows how D7 is rounded, and that fees are computed on the
// rounded values.
func TestInvoiceRounding(t *testing.T) {
	s := invoiced([]string{seven, fourCent, fourOne}, 100_40, 200_40, 300_40)
	a := mustAssess(t, exampleTables(t), s)
	require.Equal(t, []string{
		"1 001 7.00", "1 499 0.35", "2 001 8.04", "2 499 0.70", "3 001 12.30", "3 499 1.04", "0 499 31.49",
	}, listing(a))
	require.EqualValues(t, 201, a.Charges[2].Base)
	require.Len(t, a.Invoices, 1)
	v := a.Invoices[0]
	require.Equal(t, []string{"A-1", "601.20", "601"}, []string{v.Invoice, v.Total.String(), fmt.Sprint(v.Rounded)})
	var classes []string
	for i := range v.Classes {
		c := &v.Classes[i]
		classes = append(classes, fmt.Sprint(c.Duty, ": ", c.Rate, " of ", c.Value, " is ", c.Rounded, " ", c.Allocated()))
	}
	require.Equal(t, []string{"code 7 P2 0.07: 0.07 of 100.40 is 100 0", "code 7 P2 0.04: 0.04 of 200.40 is 201 1", "code 7 P2 0.041: 0.041 of 300.40 is 300 0"}, classes)
	require.Equal(t, entry.FromInvoices, s.Lines[0].Tariffs[0].Value, "the summary itself stays as it is")

	var plain assess.Assessment
	require.NoError(t, assess.New(exampleTables(t), assess.Regulation).Assess(&plain, s))
	require.Empty(t, plain.Invoices)
	require.Equal(t, entered(a), entered(&plain))
	require.NoError(t, assess.New(exampleTables(t), assess.Regulation).Assess(&plain, consumptionOf(seven, 100)))
	require.Nil(t, plain.Entered)
}

func consumptionOf(hts string, value int64) *entry.Summary {
	return with(consumption(20260115), "", tariff(hts, value))
}

// TestInvoices: several invoices, items and numbers.
func TestInvoices(t *testing.T) {
	tables := exampleTables(t)
	t.Run("each invoice is rounded by itself, and a line adds them up", func(t *testing.T) {
		s := invoiced([]string{seven, fourCent}, 100_40, 200_40) // 300.80 is 301: 100, 201
		s.Invoices = append(s.Invoices, entry.Invoice{Number: "A-2", Total: 50_50,
			Items: []entry.InvoiceItem{{Line: 1, Value: 50_10}, {Line: 2, Value: 40}}}) // 51: 50, 1
		require.Equal(t, []int64{150, 202}, entered(mustAssess(t, tables, s)))
	})
	t.Run("the items of a number are added up first", func(t *testing.T) { // 1.00 and 1.00, not 0 and 2
		s := invoiced([]string{seven, seven}, 50, 50)
		s.Invoices[0].Items = append(s.Invoices[0].Items, s.Invoices[0].Items...)
		s.Invoices[0].Total *= 2
		require.Equal(t, []int64{1, 1}, entered(mustAssess(t, tables, s)))
	})
	t.Run("a value that is given as well must be the rounded one", func(t *testing.T) {
		s := invoiced([]string{seven, fourCent, fourOne}, 100_40, 200_40, 300_40)
		s.Lines[1].Tariffs[0].Value = 201
		require.Equal(t, []int64{100, 201, 300}, entered(mustAssess(t, tables, s)))
		s.Lines[1].Tariffs[0].Value = 200
		e := refusal(t, tables, s)
		require.Equal(t, `entry B7603245278, line 2, value "1000000010": the entered value is 200, but the 200.40 that the invoices state is rounded to 201 `+
			`(19 CFR 159.3(a)) (STRU); correct the value or the invoice, or leave the value to the invoices`, e.Error())
	})
	t.Run("a remedy is part of the rate", func(t *testing.T) { // 32 percent and 7 are two classes
		s := invoiced([]string{seven, seven}, 100_40, 200_40)
		s.Lines[0].Tariffs = append(s.Lines[0].Tariffs, tariff("9903000025", 0))
		require.Equal(t, []int64{100, 201}, entered(mustAssess(t, tables, s)))
	})
	t.Run("goods of a country without normal trade relations have the rate of column 2", func(t *testing.T) {
		s := invoiced([]string{seven, fourCent}, 100_40, 200_40)
		s.Lines[0].Origin, s.Lines[1].Tariffs[0].HTS = "CU", seven
		require.Equal(t, []int64{100, 201}, entered(mustAssess(t, tables, s)))
	})
	t.Run("goods that chapter 98 makes free have the lowest rate", func(t *testing.T) {
		s := invoiced([]string{fourCent, seven}, 100_40, 200_40)
		s.Lines[1].Tariffs = append(s.Lines[1].Tariffs, tariff("9801001010", 0))
		require.Equal(t, []int64{100, 201}, entered(mustAssess(t, tables, s)))
	})
	t.Run("a component of a set owes no duty", func(t *testing.T) {
		s := invoiced([]string{seven, fourCent}, 100_40, 200_40)
		s.Lines[1].Set = entry.SetComponent
		s.Lines[1].Tariffs[0].HTS = "0000000000" // whose rate is not looked up
		require.Equal(t, []int64{100, 201}, entered(mustAssess(t, tables, s)))
	})
	t.Run("by a method that allocates nothing", func(t *testing.T) {
		alone := assess.Regulation
		alone.ValuesAlone = true
		s := invoiced([]string{seven, fourCent, fourOne}, 100_40, 200_40, 300_40)
		require.Equal(t, []int64{100, 200, 300}, entered(mustAssessBy(t, tables, alone, s)))
	})
}

// TestInvoiceSpecificRate: a specific rate counts as what it makes of the unrounded
// value. 11.74 kg at 35 cents are 4.109 dollars: of 100.40 that is 4.093 percent,
// less than 4.1; of 100 it would be 4.109, more than 4.1.
func TestInvoiceSpecificRate(t *testing.T) {
	tables := exampleTables(t)
	s := invoiced([]string{byWeight, fourOne, seven}, 100_40, 200_40, 300_40)
	s.Lines[0].Tariffs[0].Quantities = []entry.Quantity{{Amount: 11_74, Unit: "KG"}}
	require.Equal(t, []int64{101, 200, 300}, entered(mustAssess(t, tables, s)))
	s.Lines[0].Tariffs[0].Quantities[0].Amount = 11_77 // 4.1195 dollars, 4.103 percent
	require.Equal(t, []int64{100, 201, 300}, entered(mustAssess(t, tables, s)))
}

// TestInvoiceQuantities is 19 CFR 159.3(b): quantities of the invoices, added up
// and rounded once by the specific rate that applies to them.
func TestInvoiceQuantities(t *testing.T) {
	tables := exampleTables(t)
	quantity := func(hts string, exact ...int64) *entry.Summary {
		s := invoiced([]string{hts}, 1_000_00)
		s.Lines[0].Tariffs[0].Quantities = []entry.Quantity{{Amount: entry.FromInvoices, Unit: unitOf(hts, 0)}}
		s.Invoices[0].Items[0].Quantities = exact
		return s
	}
	for _, c := range []struct {
		name  string
		hts   string
		exact int64
		want  int64
		duty  string
	}{
		{"159.3(b): at 35 cents a fraction below one half is dropped", byWeight, 678_49990000, 678_00, "237.30"},
		{"159.3(b): and one of one half is a unit", byWeight, 678_50000000, 679_00, "237.65"},
		{"AE note hh: no specific rate, two decimals half up", seven, 12_34500000, 12_35, "70.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := mustAssess(t, tables, quantity(c.hts, c.exact))
			require.Equal(t, c.want, a.Entered.Lines[0].Tariffs[0].Quantities[0].Amount)
			require.Equal(t, c.duty, a.Totals.Duty.String())
			require.Equal(t, c.want, a.Quantities[0].Rounded)
		})
	}
	t.Run("the items are added up before they are rounded", func(t *testing.T) {
		s := quantity(byWeight, 40_000000)
		s.Invoices[0].Items = append(s.Invoices[0].Items, s.Invoices[0].Items[0])
		s.Invoices[0].Total *= 2
		require.EqualValues(t, 100, mustAssess(t, tables, s).Entered.Lines[0].Tariffs[0].Quantities[0].Amount)
	})
	t.Run("an amount that is given as well must be the rounded one", func(t *testing.T) {
		s := quantity(byWeight, 678_49990000)
		s.Lines[0].Tariffs[0].Quantities[0].Amount = 678_50
		require.ErrorContains(t, refusal(t, tables, s), `line 1, quantity "1000000001": quantity 1 is 678.50 on the entry, but what the invoices state is rounded to 678.00 (19 CFR 159.3(b))`)
	})
}

// TestInvoiceFaults: what is missing or contradicts itself is never a zero.
func TestInvoiceFaults(t *testing.T) {
	tables := exampleTables(t)
	for _, c := range []struct {
		name   string
		change func(*entry.Summary)
		want   string
	}{
		{"no item for a value", func(s *entry.Summary) {
			s.Invoices[0].Items, s.Invoices[0].Total = s.Invoices[0].Items[:1], 100_40
		}, `line 2, value "1000000010": it is left to the invoices, and none states it`},
		{"no invoice at all", func(s *entry.Summary) { s.Invoices = nil }, `line 1, value "8700000007": it is left to the invoices, and none states it`},
		{"a value on no invoice", func(s *entry.Summary) { with(s, "", tariff(noDuty, 7)) }, "line 3, value \"9500000000\": the entered value 7 is on no invoice"},
		{"a wrong total", func(s *entry.Summary) { s.Invoices[0].Total++ }, `invoices "A-1": the total is 300.81, but the items add up to 300.80`},
		{"a negative item", func(s *entry.Summary) { s.Invoices[0].Items[0].Value = -1 }, `line 1, invoices "A-1": an item of -0.01`},
		{"a line that is not there", func(s *entry.Summary) { s.Invoices[0].Items[0].Line = 9 }, `invoices "A-1": it names tariff number 1 of line 9`},
		{"a number that is not there", func(s *entry.Summary) { s.Invoices[0].Items[0].Tariff = 1 }, `invoices "A-1": it names tariff number 2 of line 1`},
		{"a number without a rate", func(s *entry.Summary) { s.Lines[0].Tariffs[0].HTS = "1111111111" }, `line 1, hts "1111111111": table hts has no row`},
		{"a quantity left to the invoices", func(s *entry.Summary) {
			s.Lines[0].Tariffs[0].Quantities = []entry.Quantity{{Amount: entry.FromInvoices, Unit: "NO"}}
		}, `line 1, quantity "8700000007": it is left to the invoices, and none states it`},
		{"more quantities than the number has", func(s *entry.Summary) { s.Invoices[0].Items[0].Quantities = []int64{1} }, "more quantities than its tariff number"},
		{"a quantity without the formula's", func(s *entry.Summary) { s.Lines[0].Tariffs[0].HTS = byWeight }, "needs quantity 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := invoiced([]string{seven, fourCent}, 100_40, 200_40)
			c.change(s)
			require.ErrorContains(t, refusal(t, tables, s), c.want)
		})
	}
}
