package assess_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
)

// dutiable is an entry of one line, 10,000 dollars at 7 percent: 700.00.
func dutiable(t testing.TB) *entry.Summary {
	return with(alone(t), "", tariff("8700000007", 10_000))
}

// alone is an entry of 15 January 2026 that is on no statement, without lines.
func alone(t testing.TB) *entry.Summary {
	s := consumption(date(t, "2026-01-15"))
	s.PaymentType = '1'
	return s
}

func dutyConditions() []conditionCase {
	off := func(line, grand money.Cents) func(*entry.Summary) {
		return func(s *entry.Summary) {
			s.Lines[0].Tariffs[0].FiledDuty += line
			s.Filed.Grand.Duty += grand
		}
	}
	return []conditionCase{
		{name: "624 and 627 duty 3.00 more, 2.99 passes (ERR 624, 627)", entry: dutiable, wrong: off(300, 300), want: []string{"1 624", "0 627"}, near: off(299, 299)},
		{name: "624 and 627 duty 3.00 less, 2.99 passes (ERR 624, 627)", entry: dutiable, wrong: off(-300, -300), want: []string{"1 624", "0 627"}, near: off(-299, -299)},
		{name: "624 duty of 0.01 on a line that is free by its program, 0.00 passes (ERR 624)", entry: func(t testing.TB) *entry.Summary {
			return with(alone(t), "S", tariff("8700000007", 10_000))
		}, wrong: off(1, 1), want: []string{"1 624"}, near: off(0, 0)},
		{name: "625 duty on a set component (ERR 625)", entry: func(t testing.TB) *entry.Summary {
			s := with(with(alone(t), "", tariff("8700000007", 10_000)), "", tariff("8700000007", 100))
			s.Lines[0].Set, s.Lines[1].Set = 'X', 'V'
			return s
		}, wrong: func(s *entry.Summary) { s.Lines[1].Tariffs[0].FiledDuty = 1; s.Filed.Grand.Duty++ }, want: []string{"2 625"}},
		{name: "626 other duty on goods processed abroad (ERR 626)", entry: func(t testing.TB) *entry.Summary {
			return with(alone(t), "", tariff("9802006000", 0), tariff("8700000007", 10_000))
		}, wrong: off(300, 300), want: []string{"1 626"}, near: off(299, 299)},
		{name: "627 but not what was taken on the line (ERR 626, 627)", entry: func(t testing.TB) *entry.Summary {
			return with(with(alone(t), "", tariff("9802006000", 0), tariff("8700000007", 10_000)), "", tariff("8700000007", 10_000))
		}, wrong: func(s *entry.Summary) {
			off(50_000, 50_299)(s)
			s.Lines[1].Tariffs[0].FiledDuty += 300
			s.Filed.Grand.Duty++
		}, want: []string{"1 626", "2 624", "0 627"}},
		{name: "628 other duty on goods processed abroad under a remedy (ERR 628)", entry: func(t testing.TB) *entry.Summary {
			return with(alone(t), "", tariff("9802006000", 0), tariff("8700000007", 10_000), tariff("9903000025", 0))
		}, wrong: off(300, 300), want: []string{"1 628"}, near: off(299, 299)},
		{name: "628 other duty on a number whose duty derives from another's (ERR 628, appendix F code 9)", entry: func(t testing.TB) *entry.Summary {
			return with(alone(t), "", tariff("1000000039", 0), tariff("8700000007", 10_000))
		}, wrong: off(300, 300), want: []string{"1 628"}, near: off(299, 299)},
		{name: "622 duty of a number without formula is taken, of one with a formula is not (ERR 622)", entry: withDuty("1000000040", 12_345),
			wrong: func(*entry.Summary) {}, want: []string{"1 622"}, near: another("1000000001", 53)}, // 0.35 * 1.50 = 0.525
		{name: "623 duty of a number with two formulas is taken (ERR 623)", entry: withDuty("1000000033", 52),
			wrong: func(*entry.Summary) {}, want: []string{"1 623"}, near: another("1000000001", 53)},
		{name: "722 grand total 0.01 off the lines (ERR 722)", entry: dutiable, wrong: off(0, 1), want: []string{"0 722"}, near: off(1, 1)},
		{name: "722 and 627 grand total 3.00 off the lines (ERR 627, 722)", entry: dutiable, wrong: off(0, 300), want: []string{"0 722", "0 627"}},
	}
}

// withDuty is an entry of a number with 1.50 units, whose duty stands there before
// the entry is assessed.
func withDuty(hts string, duty money.Cents) func(testing.TB) *entry.Summary {
	return func(t testing.TB) *entry.Summary {
		s := with(alone(t), "", tariff(hts, 10_000, 150, 0, 0))
		s.Lines[0].Tariffs[0].FiledDuty = duty
		return s
	}
}

// another puts another number, and its duty, in the place of the first.
func another(hts string, duty money.Cents) func(*entry.Summary) {
	return func(s *entry.Summary) {
		t := &s.Lines[0].Tariffs[0]
		s.Filed.Grand.Duty += duty - t.FiledDuty
		t.HTS, t.FiledDuty = hts, duty
	}
}

// TestNoConditionsWithoutFigures: what was not filed is not compared.
func TestNoConditionsWithoutFigures(t *testing.T) {
	s := dutiable(t)
	s.Lines[0].Tariffs[0].FiledDuty = 1
	s.Filed.Grand.Duty, s.Filed.HasGrand = 7, true
	require.Empty(t, mustAssess(t, exampleTables(t), s).Conditions)
}

// TestConditionJSON is the form of a condition in the output.
func TestConditionJSON(t *testing.T) {
	tables := exampleTables(t)
	s := filed(t, tables, dutiable(t))
	s.Lines[0].Tariffs[0].FiledDuty, s.Filed.Grand.Duty = 70_300, 70_300
	var a assess.Assessment
	require.NoError(t, assess.New(tables, assess.Regulation).Assess(&a, s))
	require.True(t, a.Rejected())
	require.Contains(t, string(a.AppendJSON(nil)), `"conditions":[`+
		`{"code":"624","line":1,"filed":"703.00","computed":"700.00","severity":"fatal","text":"EST DUTY/CALC'D DUTY MISMATCH - LINE"},`+
		`{"code":"627","line":0,"of":"90 duty","filed":"703.00","computed":"700.00","severity":"fatal","text":"Est Duty/Calc'd Duty Mismatch - Total"}]}`)
}
