package assess_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
)

// TestExampleD5DutyCodes is example D5 of the rules (codes 1 3 4 5 7), and every other
// duty computation code of CATAIR appendix F by hand from the same inputs:
// V = 12,345, Q1 = 678.90, Q2 = 12.50, Q3 = 99.20, P1 = 0.35, P2 = 0.041,
// P3 = 0.02.
func TestExampleD5DutyCodes(t *testing.T) {
	tables := exampleTables(t)
	for _, c := range []struct{ code, hts, want, sentence string }{
		{"0", "9500000000", "0.00", "free: 0.00"},
		{"1", "1000000001", "237.62", "0.35 x 678.90 = 237.615"},
		{"2", "1000000002", "4.38", "0.35 x 12.50 = 4.375"},
		{"3", "1000000003", "237.87", "0.35 x 678.90 + 0.02 x 12.50 = 237.865"},
		{"4", "1000000004", "743.76", "0.35 x 678.90 + 0.041 x 12345 = 743.76"},
		{"5", "1000000005", "510.52", "0.35 x 12.50 + 0.041 x 12345 = 510.52"},
		{"6", "1000000006", "744.01", "0.35 x 678.90 + 0.02 x 12.50 + 0.041 x 12345 = 744.01"},
		{"7", "1000000007", "506.15", "0.041 x 12345 = 506.145"},
		// 0.041 + 0.02 * 99.20 is 2.025
		{"A", "1000000031", "24998.63", "0.041 x 12345 + 0.02 x 99.20 x 12345 = 24998.625"},
		{"B", "1000000032", "25003.00", "0.35 x 12.50 + 0.041 x 12345 + 0.02 x 99.20 x 12345 = 25003"},
		{"C", "1000000033", "237.62", "0.35 x 678.90 = 237.615"},
		// 34.72 + 506.145
		{"D", "1000000034", "540.87", "0.35 x 99.20 + 0.041 x 12345 = 540.865"},
		// 4.375 + 1.984 + 506.145
		{"E", "1000000035", "512.50", "0.35 x 12.50 + 0.02 x 99.20 + 0.041 x 12345 = 512.504"},
		// 678.90 * (0.35 + 0.25)
		{"F", "1000000036", "407.34", "0.35 x 678.90 + 0.02 x 12.50 x 678.90 = 407.34"},
		// 12.50 * (0.35 - 0.041 * 0.80) = 12.50 * 0.3172, against 0.25
		{"J", "1000000037", "3.97", "greater of 0.35 x 12.50 - 0.041 x 12.50 x 0.80 and 0.02 x 12.50 = 3.965"},
		// 678.90 * (0.35 - 0.041 * 87.50) = 678.90 * -3.2375, against 13.578
		{"K", "1000000038", "13.58", "greater of 0.35 x 678.90 - 0.041 x 678.90 x 87.50 and 0.02 x 678.90 = 13.578"},
	} {
		t.Run("D5 appendix F code "+c.code, func(t *testing.T) {
			s := with(consumption(date(t, "2026-01-15")), "", tariff(c.hts, 12_345, 67_890, 1_250, 9_920))
			a := mustAssess(t, tables, s)
			require.Equal(t, c.want, a.Totals.Duty.String())
			require.Contains(t, a.Charges[0].Working.Steps[0].Sentence(), c.sentence)
			perLine := assess.Regulation
			perLine.Duty.Place = assess.PerLine
			require.Equal(t, c.want, mustAssessBy(t, tables, perLine, s).Totals.Duty.String())
		})
	}
}

// TestSugarCodeK takes raw sugar of 96 degrees: 100,000 kg at 3.661 cents less
// 0.0373 cents for each degree under 100, but not less than 3.4531 cents. At 96
// degrees the rate is 0.03661 - 4 * 0.000373 = 0.035118, at 90 the floor counts.
func TestSugarCodeK(t *testing.T) {
	tables := exampleTables(t)
	for degrees, want := range map[int64]string{9_600: "3511.80", 10_000: "3661.00", 9_443: "3453.24", 9_442: "3453.10", 9_000: "3453.10"} {
		s := with(consumption(20260115), "", tariff("1000000041", 50_000, 10_000_000, degrees))
		require.Equal(t, want, mustAssess(t, tables, s).Totals.Duty.String(), "%d hundredths of a degree", degrees)
	}
}

// TestDerivedDutyCode9: P2 times the duty computed on the other tariff number,
// wherever it stands: 0.041 * 506.15 = 20.75215.
func TestDerivedDutyCode9(t *testing.T) {
	tables := exampleTables(t)
	for name, tariffs := range map[string][]entry.Tariff{
		"first": {tariff("1000000039", 0), tariff("1000000007", 12_345)},
		"last":  {tariff("1000000007", 12_345), tariff("1000000039", 0)},
	} {
		t.Run(name, func(t *testing.T) {
			s := with(consumption(20260115), "", tariffs...)
			a := mustAssess(t, tables, s)
			require.Equal(t, "526.90", a.Totals.Duty.String())
			require.Contains(t, a.Charges[0].Working.Steps[1].Sentence(), "0.041 x 506.15 = 20.75215")
		})
	}
	t.Run("of a free number", func(t *testing.T) {
		s := with(consumption(20260115), "", tariff("1000000039", 0), tariff("9500000000", 12_345))
		require.Equal(t, "0.00", mustAssess(t, tables, s).Totals.Duty.String())
	})
	t.Run("of no number", func(t *testing.T) {
		s := with(consumption(20260115), "", tariff("1000000039", 12_345))
		require.ErrorContains(t, refusal(t, tables, s), `hts "1000000039": its duty is derived from that of another tariff number, and the line has none (RATE)`)
	})
	t.Run("even where a remedy replaces that duty", func(t *testing.T) {
		s := with(consumption(20260115), "", tariff("1000000007", 12_345), tariff("1000000039", 0), tariff("9903000030", 0))
		// The number of code 9 is one of chapter 10: it is replaced as well.
		require.Equal(t, "3703.50", mustAssess(t, tables, s).Totals.Duty.String())
	})
}

// TestEitherRateCodeC: the filer decides which rate is correct; the filed duty
// tells which it was. Without one it is P1, or what the method says.
func TestEitherRateCodeC(t *testing.T) {
	tables := exampleTables(t)
	for _, c := range []struct {
		name  string
		filed money.Cents
		given bool
		want  string
	}{
		{"nothing filed: P1", 0, false, "237.62"},
		{"P1 filed", 23762, true, "237.62"},
		{"P2 filed", 2783, true, "27.83"},
		{"P2 filed with a slip", 2984, true, "27.83"},
		{"neither filed: the nearer", 20000, true, "237.62"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(consumption(20260115), "", tariff("1000000033", 12_345, 67_890))
			s.Filed.Given, s.Lines[0].Tariffs[0].FiledDuty = c.given, c.filed
			require.Equal(t, c.want, mustAssess(t, tables, s).Totals.Duty.String())
		})
	}
	second := assess.Regulation
	second.EitherSecond = true
	s := with(consumption(20260115), "", tariff("1000000033", 12_345, 67_890))
	require.Equal(t, "27.83", mustAssessBy(t, tables, second, s).Totals.Duty.String())
}

// TestNoFormulaCodeX: the filed duty is accepted; without one there is none.
func TestNoFormulaCodeX(t *testing.T) {
	tables := exampleTables(t)
	s := with(consumption(20260115), "", tariff("1000000040", 12_345))
	require.ErrorContains(t, refusal(t, tables, s), "duty computation code X of hts.csv row")
	s.Filed.Given, s.Lines[0].Tariffs[0].FiledDuty = true, 98_765
	a := mustAssess(t, tables, s)
	require.Equal(t, "987.65", a.Totals.Duty.String())
	require.Equal(t, "no formula; the amount filed is accepted: 987.65", a.Charges[0].Working.Steps[0].Sentence())
	s.Lines[0].Tariffs[0].FiledDuty = -1
	require.ErrorContains(t, refusal(t, tables, s), "filed_duty")
}

// TestFormulaOverflow: a product of three factors beyond 128 bits, or a duty
// beyond its field, is refused and never wraps.
func TestFormulaOverflow(t *testing.T) {
	tables := exampleTables(t)
	for _, tariff := range []entry.Tariff{
		tariff("1000000042", entry.MaxValue, 0, 0, entry.MaxQuantity),
		tariff("1000000031", entry.MaxValue, 0, 0, entry.MaxQuantity),
		tariff("1000000036", 0, entry.MaxQuantity, entry.MaxQuantity),
	} {
		s := with(consumption(20260115), "", tariff)
		require.ErrorContains(t, refusal(t, tables, s), "computing the amount")
	}
}

// TestQuantitiesAbsent: a formula names the quantity that it needs.
func TestQuantitiesAbsent(t *testing.T) {
	tables := exampleTables(t)
	for hts, want := range map[string]string{
		"1000000031": "needs quantity 3 (L)", "1000000032": "needs quantity 2 (NO)", "1000000034": "needs quantity 3 (L)",
		"1000000036": "needs quantity 2 (NO)", "1000000037": "needs quantity 2 (NO)", "1000000038": "needs quantity 2 (NO)",
		"1000000033": "needs quantity 1 (KG)",
	} {
		t.Run(hts, func(t *testing.T) {
			tf := tariff(hts, 12_345, 100)
			if hts == "1000000033" {
				tf.Quantities = nil
			}
			e := refusal(t, tables, with(consumption(20260115), "", tf))
			require.Equal(t, assess.ReasonQuantity, e.Reason)
			require.ErrorContains(t, e, want)
		})
	}
}
