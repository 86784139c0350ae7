package assess_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
)

// TestEntryTypes is one shipment under each type of ACE CATAIR AE table 2: 20,000
// dollars by vessel with an additional remedy of 25 percent, of a number at 3
// percent until 30 September 2025 and at 4 percent from then on. It moved in bond
// on 20 September and was entered on 10 October: the quota types have the rate of
// the entry date, the others that of the in-bond date (note j), and zone goods
// that of their privileged date, here 10 October.
func TestEntryTypes(t *testing.T) {
	tables := exampleTables(t)
	duty3, duty4 := "1 001 5600.00", "1 001 5800.00" // 600 or 800, and 5,000
	mpf, hmf, case10 := "1 499 69.28", "1 501 25.00", "1 012 2000.00"
	for _, c := range []struct {
		kind, rule string
		charges    []string
		due        string
	}{
		{"01", "AE table 2: duty, 499 and 501", []string{duty3, mpf, hmf}, "5694.28"},
		{"02", "AE note j: quota, by the entry date", []string{duty4, mpf, hmf}, "5894.28"},
		{"03", "AE note ff: with a deposit", []string{duty3, case10, mpf, hmf}, "7694.28"},
		{"06", "AE notes j o, 19 CFR 24.24(e)(2): privileged date, 501 was paid on admission", []string{duty4, mpf}, "5869.28"},
		{"07", "AE notes j ff: quota, with a deposit", []string{duty4, case10, mpf, hmf}, "7894.28"},
		{"11", "AE notes o p: 311 in place of 499, no 501", []string{duty3, "0 311 2.69"}, "5602.69"},
		{"12", "AE notes j o p: quota, 311 in place of 499, no 501", []string{duty4, "0 311 2.69"}, "5802.69"},
		{"21", "PF Q1: of a warehouse entry 501 is due", []string{duty3 + " not due", mpf + " not due", hmf}, "25.00"},
		{"22", "PF Q1: of a re-warehouse entry nothing is due", []string{duty3 + " not due"}, "0.00"},
		{"23", "AE note m, PF Q1: no 499 on a temporary importation, 501 is due", []string{duty3 + " not due", hmf}, "25.00"},
		{"31", "AE note o: 501 was paid with the warehouse entry", []string{duty3, mpf}, "5669.28"},
		{"32", "AE notes j o: quota", []string{duty4, mpf}, "5869.28"},
		{"34", "AE notes o ff: with a deposit", []string{duty3, case10, mpf}, "7669.28"},
		{"38", "AE notes j o ff: quota, with a deposit", []string{duty4, case10, mpf}, "7869.28"},
		{"51", "AE note ii: no remedy on goods for the armed forces", []string{"1 001 600.00", mpf, hmf}, "694.28"},
		{"52", "AE table 2: duty, 499 and 501", []string{duty3, mpf, hmf}, "5694.28"},
	} {
		t.Run("type "+c.kind+" "+c.rule, func(t *testing.T) {
			s := with(consumption(date(t, "2025-10-10")), "", tariff("1000000010", 20_000), tariff("9903000025", 0))
			s.Type, s.InBondDate = c.kind, date(t, "2025-09-20")
			line := &s.Lines[0]
			switch c.kind {
			case "03", "07", "34", "38":
				line.Cases = []entry.Case{deposit('C')}
			case "06":
				line.FTZStatus, line.PrivilegedDate = entry.Privileged, date(t, "2025-10-10")
			}
			a := mustAssess(t, tables, s)
			require.Equal(t, c.charges, listing(a))
			require.Equal(t, c.due, a.Totals.Due.String())
		})
	}
}

// TestTypesNotFiled: types that CATAIR appendix B has and AE table 2 has not are
// refused by name, with what to do instead.
func TestTypesNotFiled(t *testing.T) {
	tables := exampleTables(t)
	for kind, want := range map[string]string{
		"04": "appraisement: .*by hand", "05": "vessel repair: .*by hand", "08": "duty deferral: .*by hand",
		"09": "reconciliation: .*assess the entries that it reconciles", "13": "international mail shipment: .*by hand",
		"24": "trade fair: .*by hand", "25": "permanent exhibition: .*by hand",
		"26": "foreign-trade zone admission: .*assess the type 06 entry", "33": "aircraft and vessel supply: .*by hand",
		"41": "drawback: .*the entries that it names", "42": "drawback: .*the entries that it names", "43": "drawback: .*the entries that it names",
		"44": "drawback: .*the entries that it names", "45": "drawback: .*the entries that it names", "46": "drawback: .*the entries that it names",
		"47": "drawback: .*the entries that it names",
		"61": "immediate transportation: .*the entry that ends it", "62": "transportation and exportation: .*the entry that ends it",
		"63": "immediate exportation: .*the entry that ends it", "64": "barge movement: .*the entry that ends it",
		"65": "permit to proceed: .*the entry that ends it", "66": "baggage: .*by hand",
		"86": "section 321 shipment: .*filed as type 11 or 01",
		"99": "table entry_types has no row for .*99.*correct the entry type", // in no table
	} {
		t.Run("type "+kind, func(t *testing.T) {
			s := with(consumption(date(t, "2025-10-10")), "", tariff("9500000000", 20_000))
			s.Type = kind
			e := refusal(t, tables, s)
			require.Equal(t, assess.ReasonStructure, e.Reason)
			require.Regexp(t, `^entry B7603245278, type "`+kind+`": .*`+want, e.Error())
			require.Equal(t, "B18", e.Condition())
		})
	}
}
