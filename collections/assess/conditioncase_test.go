package assess_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// conditionCase files an entry without mistakes, changes it, and says which
// conditions that raises. The entry as it was is one neighbour that raises none;
// near makes another, the one on the other side of the edge.
type conditionCase struct {
	name   string // the condition, what is wrong, where the rule stands
	entry  func(testing.TB) *entry.Summary
	wrong  func(*entry.Summary)
	want   []string // "line code", 0 for the summary as a whole
	near   func(*entry.Summary)
	tables func(testing.TB) *reference.Tables // nil: those of the examples
}

// conditionTables are all cases, by what they are about.
var conditionTables = []struct {
	name  string
	cases []conditionCase
}{
	{"duty", dutyConditions()},
	{"merchandise processing fee", processingConditions()},
	{"limits of 499", limitConditions()},
	{"fees of the header", informalConditions()},
	{"totals of the header's fees", headerTotalConditions()},
	{"harbor maintenance fee", harborConditions()},
	{"internal revenue tax", taxConditions()},
	{"agricultural fees", agriculturalConditions()},
	{"coffee into Puerto Rico", coffeeConditions()},
	{"de minimis of 501", deMinimisConditions()},
	{"deposits", depositConditions()},
	{"statement", statementConditions()},
}

// TestConditions runs every case and its neighbour.
func TestConditions(t *testing.T) {
	tables := exampleTables(t)
	for _, group := range conditionTables {
		t.Run(group.name, func(t *testing.T) {
			for _, c := range group.cases {
				t.Run(c.name, func(t *testing.T) { c.run(t, tables) })
			}
		})
	}
}

func (c *conditionCase) run(t *testing.T, tables *reference.Tables) {
	t.Helper()
	if c.tables != nil {
		tables = c.tables(t)
	}
	assessor := assess.New(tables, assess.Regulation)
	var a assess.Assessment
	s := filed(t, tables, c.entry(t))
	require.NoError(t, assessor.Assess(&a, s))
	require.Empty(t, mistakes(&a), "without mistakes")
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

// codes writes conditions as "line code".
func codes(a *assess.Assessment) []string {
	list := []string{}
	for _, c := range a.Conditions {
		list = append(list, fmt.Sprintf("%d %s", c.Line, c.Code))
	}
	return list
}

// mistakes is codes without those that only say that a figure was taken as it
// was filed, which nothing can be wrong with (622, 623, 658, 659, 668).
func mistakes(a *assess.Assessment) []string {
	return slices.DeleteFunc(codes(a), func(c string) bool {
		return slices.Contains([]string{"622", "623", "658", "659", "668"}, c[len(c)-3:])
	})
}

// filed puts into an entry the figures that a filer without mistakes would
// file: those that are computed, as other tests show them to be right. What the
// goods may owe and what has no formula must be filed before.
func filed(t require.TestingT, tables *reference.Tables, s *entry.Summary) *entry.Summary {
	s.Filed.Given, s.Filed.HasGrand = true, true
	var a assess.Assessment
	require.NoError(t, assess.New(tables, assess.Regulation).Explain(&a, s))
	fileComputed(tables, s, &a)
	return s
}

// fileComputed files the charges of an assessment.
func fileComputed(tables *reference.Tables, s *entry.Summary, a *assess.Assessment) {
	s.Filed = entry.Filed{Given: true, HasGrand: true}
	lines := map[int]*entry.Line{}
	for i := range s.Lines {
		lines[s.Lines[i].Number] = &s.Lines[i]
		s.Lines[i].Filed = entry.LineFiled{}
	}
	totals := map[reference.Class]money.Cents{}
	grand := &s.Filed.Grand
	for _, c := range a.Charges {
		line := lines[c.Line]
		amount := reference.ClassAmount{Class: c.Class, Amount: c.Amount}
		row, err := tables.Class(c.Class, 20260115)
		if err != nil {
			panic(err)
		}
		switch row.Kind {
		case reference.KindDuty:
			fileDuty(line, c)
			grand.Duty += c.Amount
		case reference.KindAntidumping, reference.KindCountervailing:
			fileDeposit(s, line, c)
		case reference.KindTax:
			line.Filed.Tax = amount
			grand.Tax += c.Amount
		case reference.KindOther:
			line.Filed.Other = amount
			grand.Other += c.Amount
		default:
			totals[c.Class] += c.Amount
			grand.Fees += c.Amount
			switch {
			case line != nil:
				line.Filed.Fees = append(line.Filed.Fees, amount)
			case c.Class != reference.ClassMPF: // line 0 of 499 is what the limits make of it
				s.Filed.HeaderFees = append(s.Filed.HeaderFees, amount)
			}
		}
	}
	for class, amount := range totals {
		s.Filed.Totals = append(s.Filed.Totals, reference.ClassAmount{Class: class, Amount: amount})
	}
	slices.SortFunc(s.Filed.Totals, func(a, b reference.ClassAmount) int { return cmp.Compare(a.Class, b.Class) })
}

// fileDuty files the duty of each tariff number of a line: its step of the
// working.
func fileDuty(line *entry.Line, c assess.Charge) {
	done := make([]bool, len(line.Tariffs))
	for i := range line.Tariffs {
		line.Tariffs[i].FiledDuty = 0
	}
	for _, step := range c.Working.Steps {
		for i := range line.Tariffs {
			if line.Tariffs[i].HTS == step.Of && !done[i] {
				line.Tariffs[i].FiledDuty, done[i] = step.Result, true
				break
			}
		}
	}
}

// fileDeposit files a case as it is computed, and adds it to the totals.
func fileDeposit(s *entry.Summary, line *entry.Line, c assess.Charge) {
	s.Filed.HasDeposits = true
	for i := range line.Cases {
		k := &line.Cases[i]
		if antidumping := k.Number[0] == 'A'; antidumping == (c.Class == reference.ClassAntidumping) {
			k.FiledDuty = 0
			changeDeposit(s, k, c.Amount)
		}
	}
}

// changeDeposit changes what is filed of a case, in the totals too.
func changeDeposit(s *entry.Summary, k *entry.Case, by money.Cents) {
	k.FiledDuty += by
	d, g := &s.Filed.Deposits, &s.Filed.Grand
	switch antidumping, bonded := k.Number[0] == 'A', k.Claim == entry.Bonded; {
	case antidumping && bonded:
		d.BondedAD += by
		g.AD += by
	case antidumping:
		d.CashAD += by
		g.AD += by
	case bonded:
		d.BondedCVD += by
		g.CVD += by
	default:
		d.CashCVD += by
		g.CVD += by
	}
}
