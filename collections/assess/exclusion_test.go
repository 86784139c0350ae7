package assess_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
)

// exclusions writes what is not charged as "line class of: reason".
func exclusions(a *assess.Assessment) []string {
	var lines []string
	for _, e := range a.Exclusions {
		lines = append(lines, fmt.Sprintf("%d %s %s: %s", e.Line, e.Class, e.Of, e.Reason))
	}
	return lines
}

// TestExclusions: each reason for which a fee is not charged is named, with the
// code it is about.
func TestExclusions(t *testing.T) {
	tables := exampleTables(t)
	free, component := tariff("9500000000", 10_000), func(s *entry.Summary) { s.Lines[0].Set = entry.SetComponent }
	for _, c := range []struct {
		name   string
		change func(*entry.Summary)
		spi    string
		hts    entry.Tariff
		want   []string
	}{
		{"AE note m: a program that exempts", nil, "S", free, []string{"1 499 S: " + assess.ProgramExempt}},
		{"AE note k: a set component", component, "", free, []string{"1 499 : " + assess.SetComponentExempt, "1 501 : " + assess.SetComponentExempt}},
		{"58c(b)(8)(D): chapter 98", nil, "", tariff("9801001010", 10_000), []string{"1 499 9801001010: " + assess.Chapter98Exempt}},
		{"AE note m: domestic goods of a zone", func(s *entry.Summary) { s.Type, s.Lines[0].FTZStatus = "06", entry.Domestic }, "", free,
			[]string{"1 499 : " + assess.DomesticExempt, "0 501 06: " + assess.TypeOwesNone}},
		{"AE note n: a temporary importation", func(s *entry.Summary) { s.Type = "23" }, "", free, []string{"0 499 23: " + assess.TypeOwesNone}},
		{"AE note o: goods that come by air", func(s *entry.Summary) { s.Mode = "40" }, "", free,
			[]string{"0 499 : " + assess.WithinLimits, "0 501 40: " + assess.ModeOwesNone}},
		{"AE note x: a pipeline has no limits", func(s *entry.Summary) { s.Mode = "70" }, "", free,
			[]string{"0 499 70: " + assess.ModeHasNoLimits, "0 501 70: " + assess.ModeOwesNone}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := with(consumption(date(t, "2026-01-15")), c.spi, c.hts)
			if c.change != nil {
				c.change(s)
			}
			require.Equal(t, c.want, exclusions(mustAssess(t, tables, s)))
			var plain assess.Assessment
			require.NoError(t, assess.New(tables, assess.Regulation).Assess(&plain, s))
			require.Empty(t, plain.Exclusions)
		})
	}
}

// TestExampleT9Exclusion: the 3.00 that are not collected are named with their
// amount.
func TestExampleT9Exclusion(t *testing.T) {
	s := with(consumption(date(t, "2026-01-15")), "S", tariff("9500000000", 2_400))
	a := mustAssess(t, exampleTables(t), s)
	last := a.Exclusions[len(a.Exclusions)-1]
	require.Equal(t, assess.HarborNotCollected, last.Reason)
	require.Equal(t, "3.00", last.Amount.String())
}
