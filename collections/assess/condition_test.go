package assess_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// filed puts into an entry the figures that a filer without mistakes would
// file: those that are computed, as other tests show them to be right.
func filed(t testing.TB, tables *reference.Tables, s *entry.Summary) *entry.Summary {
	t.Helper()
	var a assess.Assessment
	require.NoError(t, assess.New(tables, assess.Regulation).Explain(&a, s))
	s.Filed.Given, s.Filed.HasGrand = true, true
	lines := map[int]*entry.Line{}
	for i := range s.Lines {
		lines[s.Lines[i].Number] = &s.Lines[i]
	}
	grand := &s.Filed.Grand
	totals := map[reference.Class]money.Cents{}
	for _, c := range a.Charges {
		line := lines[c.Line]
		switch kind, err := tables.Class(c.Class, s.EntryDate); {
		case c.Class == reference.ClassDuty:
			for i := range line.Tariffs {
				for _, step := range c.Working.Steps {
					if step.Of == line.Tariffs[i].HTS {
						line.Tariffs[i].FiledDuty = step.Result
					}
				}
			}
			grand.Duty += c.Amount
		case c.Class == reference.ClassAntidumping || c.Class == reference.ClassCountervailing:
			fileDeposit(s, line, c)
		case err == nil && kind.Kind == "tax":
			line.Filed.Tax = reference.ClassAmount{Class: c.Class, Amount: c.Amount}
			grand.Tax += c.Amount
		case c.Class == "672":
			line.Filed.Other = reference.ClassAmount{Class: c.Class, Amount: c.Amount}
			grand.Other += c.Amount
		case line != nil:
			line.Filed.Fees = append(line.Filed.Fees, reference.ClassAmount{Class: c.Class, Amount: c.Amount})
			totals[c.Class] += c.Amount
		default:
			if c.Class != reference.ClassMPF {
				s.Filed.HeaderFees = append(s.Filed.HeaderFees, reference.ClassAmount{Class: c.Class, Amount: c.Amount})
			}
			totals[c.Class] += c.Amount
		}
	}
	for class := range 1000 {
		class := reference.Class(fmt.Sprintf("%03d", class))
		if amount, ok := totals[class]; ok {
			s.Filed.Totals = append(s.Filed.Totals, reference.ClassAmount{Class: class, Amount: amount})
			grand.Fees += amount
		}
	}
	return s
}

// fileDeposit files a case as it is computed, and adds it to the totals.
func fileDeposit(s *entry.Summary, line *entry.Line, c assess.Charge) {
	s.Filed.HasDeposits = true
	for i := range line.Cases {
		k := &line.Cases[i]
		antidumping := k.Number[0] == 'A'
		if antidumping != (c.Class == reference.ClassAntidumping) {
			continue
		}
		k.FiledDuty = c.Amount
		d, g := &s.Filed.Deposits, &s.Filed.Grand
		cash, bonded, grand := &d.CashAD, &d.BondedAD, &g.AD
		if !antidumping {
			cash, bonded, grand = &d.CashCVD, &d.BondedCVD, &g.CVD
		}
		if k.Claim == entry.Bonded {
			cash = bonded
		}
		*cash += c.Amount
		*grand += c.Amount
	}
}

// codes writes conditions as "line code", with what it is about behind it.
func codes(a *assess.Assessment) []string {
	list := []string{}
	for _, c := range a.Conditions {
		list = append(list, fmt.Sprintf("%d %s", c.Line, c.Code))
	}
	return list
}

// conditionCase files an entry without mistakes, changes it, and says which
// conditions that raises; near is a change that raises none.
type conditionCase struct {
	name   string // the condition, what is wrong, where the rule stands
	entry  func(testing.TB) *entry.Summary
	wrong  func(*entry.Summary)
	want   []string
	near   func(*entry.Summary)
	tables *reference.Tables // nil: those of the examples
}

func (c *conditionCase) run(t *testing.T, tables *reference.Tables) {
	t.Helper()
	if c.tables != nil {
		tables = c.tables
	}
	assessor := assess.New(tables, assess.Regulation)
	var a assess.Assessment
	s := filed(t, tables, c.entry(t))
	require.NoError(t, assessor.Assess(&a, s))
	require.Empty(t, codes(&a), "without mistakes")
	if c.near != nil {
		c.near(s)
		require.NoError(t, assessor.Assess(&a, s))
		require.Empty(t, codes(&a), "the neighbour")
		s = filed(t, tables, c.entry(t))
	}
	c.wrong(s)
	require.NoError(t, assessor.Assess(&a, s))
	require.Equal(t, c.want, codes(&a))
	for _, condition := range a.Conditions {
		require.NotEmpty(t, condition.Text)
		require.NotEqual(t, reference.SeverityUnknown, condition.Severity)
	}
}

// runConditions runs a table.
func runConditions(t *testing.T, cases []conditionCase) {
	tables := exampleTables(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.run(t, tables) })
	}
}

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

func TestDutyConditions(t *testing.T) {
	off := func(line, grand money.Cents) func(*entry.Summary) {
		return func(s *entry.Summary) {
			s.Lines[0].Tariffs[0].FiledDuty += line
			s.Filed.Grand.Duty += grand
		}
	}
	runConditions(t, []conditionCase{
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
		}, wrong: off(300, 0), want: []string{"1 626", "0 722"}, near: off(299, 299)},
		{name: "628 other duty on goods processed abroad under a remedy (ERR 628)", entry: func(t testing.TB) *entry.Summary {
			return with(alone(t), "", tariff("9802006000", 0), tariff("8700000007", 10_000), tariff("9903000025", 0))
		}, wrong: off(300, 0), want: []string{"1 628", "0 722"}, near: off(299, 299)},
		{name: "722 grand total 0.01 off the lines (ERR 722)", entry: dutiable, wrong: off(0, 1), want: []string{"0 722"}, near: off(1, 1)},
		{name: "722 and 627 grand total 3.00 off the lines (ERR 627, 722)", entry: dutiable, wrong: off(0, 300), want: []string{"0 722", "0 627"}},
	})
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
		`{"code":"627","line":0,"of":"001","filed":"703.00","computed":"700.00","severity":"fatal","text":"Est Duty/Calc'd Duty Mismatch - Total"}]}`)
}

// TestDutyAcceptedAsFiled: a number without formula, or with two, says that the
// filer's figure was taken (ERR 622, 623).
func TestDutyAcceptedAsFiled(t *testing.T) {
	tables := exampleTables(t)
	for _, c := range []struct {
		name, hts string
		duty      money.Cents
		want      []string
	}{
		{"622 code X", "1000000040", 12_345, []string{"1 622"}},
		{"623 code C", "1000000033", 52, []string{"1 623"}}, // P1*Q1 = 0.35 * 1.50 = 0.525, which is 0.53
		{"no condition on code 1", "1000000001", 53, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(alone(t), "", tariff(c.hts, 10_000, 150, 0, 0))
			s.Mode, s.Filed.Given, s.Filed.HasGrand = "40", true, true
			s.Lines[0].Tariffs[0].FiledDuty, s.Filed.Grand.Duty = c.duty, c.duty
			s.Lines[0].Filed.Fees = []reference.ClassAmount{{Class: "499", Amount: 3464}}
			s.Filed.Totals, s.Filed.Grand.Fees = []reference.ClassAmount{{Class: "499", Amount: 3464}}, 3464
			var a assess.Assessment
			require.NoError(t, assess.New(tables, assess.Regulation).Assess(&a, s))
			require.Equal(t, c.want, codes(&a))
			require.False(t, a.Rejected())
		})
	}
}
