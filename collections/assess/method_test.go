package assess_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
)

// TestEveryMethodField: each choice of a Method changes some result, an amount or
// the date that selected its rate. A field without a case here fails.
func TestEveryMethodField(t *testing.T) {
	tables := articleTables(t)
	truncate := assess.Rounding{Mode: money.Truncation, Place: assess.PerLine}
	order := assess.DateOrder{assess.ReleaseDate}
	type choice struct {
		choose  func(*assess.Method)
		change  func(*entry.Summary)
		tariffs []entry.Tariff
	}
	free := []entry.Tariff{tariff("9500000000", 13_333)} // 499: 46.185512, 501: 16.66625
	cases := map[string]choice{
		"Name":            {},
		"Duty":            {func(m *assess.Method) { m.Duty = truncate }, nil, []entry.Tariff{tariff("1000000007", 12_345)}},             // 506.145
		"WholeQuantities": {func(m *assess.Method) { m.WholeQuantities = true }, nil, []entry.Tariff{tariff("1000000001", 100, 67_890)}}, // 678.90, 679
		"ValuesAlone": {func(m *assess.Method) { m.ValuesAlone = true }, func(s *entry.Summary) { // 300.80 is 301, not 300
			s.Invoices = []entry.Invoice{{Number: "A-1", Total: 300_80, Items: []entry.InvoiceItem{{Line: 1, Value: 100_40}, {Line: 1, Tariff: 1, Value: 200_40}}}}
		}, []entry.Tariff{{HTS: seven, Value: entry.FromInvoices}, {HTS: fourCent, Value: entry.FromInvoices}}},
		"PartUnits": {func(m *assess.Method) { m.PartUnits = true }, func(s *entry.Summary) { // 678.50 kilograms, or 679
			s.Invoices = []entry.Invoice{{Number: "A-1", Total: 100_00, Items: []entry.InvoiceItem{{Line: 1, Value: 100_00, Quantities: []int64{678_50000000}}}}}
		}, []entry.Tariff{{HTS: byWeight, Value: entry.FromInvoices, Quantities: []entry.Quantity{{Amount: entry.FromInvoices, Unit: "KG"}}}}},
		"EitherSecond": {func(m *assess.Method) { m.EitherSecond = true }, nil, []entry.Tariff{tariff("1000000033", 100, 67_890)}}, // 0.35, 0.041
		"MPF":          {func(m *assess.Method) { m.MPF = truncate }, func(s *entry.Summary) { s.Mode = "40" }, free},
		"MPFZone":      {func(m *assess.Method) { m.MPFZone = truncate }, func(s *entry.Summary) { s.Type = "06" }, free},
		"HMF":          {func(m *assess.Method) { m.HMF = truncate }, nil, free},
		"Deposit": {func(m *assess.Method) { m.Deposit = money.Truncation }, func(s *entry.Summary) {
			s.Type, s.Lines[0].Cases = "03", []entry.Case{{Number: "A570001000", Claim: 'C', RateType: 'A', Rate: 1_015}} // 1353.2995
		}, free},
		"Tax":           {func(m *assess.Method) { m.Tax = money.Truncation }, nil, []entry.Tariff{goods("2208000000", 100, 1, "PFG")}},         // 0.135
		"ArticleFee":    {func(m *assess.Method) { m.ArticleFee = money.Truncation }, nil, []entry.Tariff{goods("0804504045", 100, 100, "KG")}}, // 0.0165345
		"DutyDate":      {func(m *assess.Method) { m.DutyDate = order }, func(s *entry.Summary) { s.ReleaseDate = 20250930 }, []entry.Tariff{tariff("1000000010", 100)}},
		"QuotaDutyDate": {func(m *assess.Method) { m.QuotaDutyDate = order }, func(s *entry.Summary) { s.Type, s.ReleaseDate = "02", 20250930 }, []entry.Tariff{tariff("1000000010", 100)}},
		"IgnorePrivilegedDate": {func(m *assess.Method) { m.IgnorePrivilegedDate = true }, func(s *entry.Summary) {
			s.Type, s.Lines[0].FTZStatus, s.Lines[0].PrivilegedDate = "06", 'P', 20250930
		}, []entry.Tariff{tariff("1000000010", 100)}},
		"ProcessingDate": {func(m *assess.Method) { m.ProcessingDate = order }, func(s *entry.Summary) { s.ReleaseDate = 20250930 }, []entry.Tariff{tariff("9500000000", 100)}},
		"HarborDate":     {func(m *assess.Method) { m.HarborDate = order }, func(s *entry.Summary) { s.ReleaseDate = 19901231 }, free},
		"DepositDate": {func(m *assess.Method) { m.DepositDate = order }, func(s *entry.Summary) {
			s.Type, s.ReleaseDate, s.Lines[0].Cases = "03", 20250930, []entry.Case{deposit('C')}
		}, free},
		"FeeRowDelay":     {func(m *assess.Method) { m.FeeRowDelay = 1 }, func(s *entry.Summary) { s.EntryDate = 20251001 }, []entry.Tariff{tariff("9500000000", 100)}},
		"HarborDeMinimis": {func(m *assess.Method) { m.HarborDeMinimis = -1 }, func(s *entry.Summary) { s.Lines[0].SPI = "S" }, []entry.Tariff{tariff("9500000000", 100)}},
		"IgnoreLimits":    {func(m *assess.Method) { m.IgnoreLimits = true }, nil, []entry.Tariff{tariff("9500000000", 100)}},
	}
	dated := func(a *assess.Assessment) (lines []string) {
		for i, line := range listing(a) {
			lines = append(lines, fmt.Sprint(line, " ", a.Charges[i].RateDate))
		}
		return lines
	}
	fields := reflect.TypeFor[assess.Method]()
	for i := range fields.NumField() {
		name := fields.Field(i).Name
		t.Run(name, func(t *testing.T) {
			c, found := cases[name]
			require.True(t, found, "a choice of the method that no test shows")
			if name == "Name" {
				return
			}
			s := with(consumption(20260115), "", c.tariffs...)
			if c.change != nil {
				c.change(s)
			}
			other := assess.Regulation
			c.choose(&other)
			require.NotEqual(t, dated(mustAssess(t, tables, s)), dated(mustAssessBy(t, tables, other, s)))
		})
	}
}

// goods is a tariff number with one quantity, in hundredths, of a unit.
func goods(hts string, value, quantity int64, unit string) entry.Tariff {
	return entry.Tariff{HTS: hts, Value: value, Quantities: []entry.Quantity{{Amount: quantity, Unit: unit}}}
}
