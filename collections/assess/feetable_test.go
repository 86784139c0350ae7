package assess_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// TestExampleT11Charges is the published fee table of ACE CATAIR AE notes n, p,
// q, r and w as it bites: each row's rate and minimum and maximum, its informal
// fee, manual surcharge and mail fee, charged on an entry of its first day. The
// table's figures themselves, first and last days, are tested in reference.
func TestExampleT11Charges(t *testing.T) {
	tables := exampleTables(t)
	for _, c := range []struct{ from, rate, minimum, maximum, informal, surcharge, mail string }{
		{"1987-10-01", "1700.00", "", "", "2.00", "3.00", "5.00"},
		{"1990-10-01", "1700.00", "21.00", "400.00", "", "", ""},
		{"1992-10-01", "1900.00", "21.00", "400.00", "", "", ""},
		{"1995-01-01", "2100.00", "25.00", "485.00", "2.00", "3.00", "5.00"},
		{"2011-10-01", "3464.00", "25.00", "485.00", "2.00", "3.00", "5.00"},
		{"2018-01-01", "3464.00", "25.67", "497.99", "2.05", "3.08", "5.65"},
		{"2018-10-01", "3464.00", "26.22", "508.70", "2.10", "3.15", "5.77"},
		{"2019-10-01", "3464.00", "26.79", "519.76", "2.14", "3.21", "5.89"},
		{"2020-10-01", "3464.00", "27.23", "528.33", "2.18", "3.27", "5.99"},
		{"2021-10-01", "3464.00", "27.75", "538.40", "2.22", "3.33", "6.11"},
		{"2022-10-01", "3464.00", "29.66", "575.35", "2.37", "3.56", "6.52"},
		{"2023-10-01", "3464.00", "31.67", "614.35", "2.53", "3.80", "6.97"},
		{"2024-10-01", "3464.00", "32.71", "634.62", "2.62", "3.93", "7.20"},
		{"2025-10-01", "3464.00", "33.58", "651.50", "2.69", "4.03", "7.39"},
	} {
		// entered gives an entry by air of the row's first day.
		entered := func(value int64, change func(*entry.Summary)) *entry.Summary {
			s := with(consumption(date(t, c.from)), "", tariff("9500000000", value))
			s.Mode = "40"
			if change != nil {
				change(s)
			}
			return s
		}
		run := func(what, want string, s *entry.Summary, class reference.Class) {
			if want == "" {
				return // the published table prints none
			}
			t.Run("T11 AE notes n p q r w: "+c.from+" "+what+" "+want, func(t *testing.T) {
				a := mustAssess(t, tables, s)
				var sum money.Cents
				for _, charge := range a.Charges {
					if charge.Class == class {
						sum += charge.Amount
					}
				}
				require.Equal(t, want, sum.String())
			})
		}
		run("499 of a million dollars, consolidated and so without maximum", c.rate,
			entered(1_000_000, func(s *entry.Summary) { s.Consolidated = true }), reference.ClassMPF)
		run("499 minimum", c.minimum, entered(1, nil), reference.ClassMPF)
		run("499 maximum", c.maximum, entered(1_000_000, nil), reference.ClassMPF)
		run("311", c.informal, entered(1, func(s *entry.Summary) { s.Type = "11" }), reference.ClassInformalFee)
		run("500", c.surcharge, entered(1, func(s *entry.Summary) { s.Manual = true }), reference.ClassSurcharge)
		run("496", c.mail, entered(0, func(s *entry.Summary) {
			s.Mode = "50"
			s.Lines[0].Tariffs[0] = tariff("8700000007", 1_000)
		}), reference.ClassMailFee)
	}
}
