package assess_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// TestDateHierarchies walks each hierarchy from its first date to its last: the
// summary has every date, the first is taken away, the next one must count.
// The sources are ACE CATAIR AE notes j, n, o and ff.
func TestDateHierarchies(t *testing.T) {
	type field struct {
		name string
		date func(*entry.Summary) *reference.Date
	}
	var (
		entryDate = field{"entry", func(s *entry.Summary) *reference.Date { return &s.EntryDate }}
		inBond    = field{"in-bond", func(s *entry.Summary) *reference.Date { return &s.InBondDate }}
		imported  = field{"import", func(s *entry.Summary) *reference.Date { return &s.ImportDate }}
		estimated = field{"estimated", func(s *entry.Summary) *reference.Date { return &s.EstimatedDate }}
		released  = field{"release", func(s *entry.Summary) *reference.Date { return &s.ReleaseDate }}
		printed   = field{"print", func(s *entry.Summary) *reference.Date { return &s.PrintDate }}
		arrival   = field{"arrival", func(s *entry.Summary) *reference.Date { return &s.ArrivalDate }}
		received  = field{"received", func(s *entry.Summary) *reference.Date { return &s.ReceivedDate }}
	)
	for _, c := range []struct {
		name, kind string
		class      reference.Class
		order      []field
	}{
		{"AE note j: duty", "01", reference.ClassDuty, []field{inBond, entryDate, estimated, released, printed, arrival, received}},
		{"AE note j: duty of quota types", "02", reference.ClassDuty, []field{entryDate, estimated, released, printed, arrival, received}},
		{"AE note n: 499", "01", reference.ClassMPF, []field{entryDate, estimated, released, printed, arrival, received}},
		{"AE note p: 311", "11", reference.ClassInformalFee, []field{entryDate, estimated, released, printed, arrival, received}},
		{"AE note o: 501", "01", reference.ClassHMF, []field{imported, inBond, arrival, received}},
		{"AE note ff: cases", "03", reference.ClassAntidumping, []field{entryDate, estimated, released, arrival, received}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := exampleEntry(c.kind)
			for _, f := range []field{entryDate, inBond, imported, estimated, released, printed, arrival, received} {
				*f.date(s) = 0
			}
			for i, f := range c.order {
				*f.date(s) = reference.Date(20260320 - i)
			}
			if i := len(c.order) - 2; *arrival.date(s) != 0 {
				*arrival.date(s), *received.date(s) = reference.Date(20260320-i), reference.Date(20260319-i)
			}
			if c.class == reference.ClassHMF {
				*entryDate.date(s) = 20260101 // to look the other rates up on
			}
			for _, f := range c.order {
				require.Equal(t, *f.date(s), rateDate(t, s, c.class), f.name)
				*f.date(s) = 0
			}
		})
	}
	t.Run("AE note j: an arrival that is not after the day of receipt does not count", func(t *testing.T) {
		s := exampleEntry("01")
		s.EntryDate, s.ArrivalDate, s.ReceivedDate = 0, 20260110, 20260110
		require.Equal(t, reference.Date(20260110), rateDate(t, s, reference.ClassDuty))
		s.ArrivalDate = 20260109
		require.Equal(t, reference.Date(20260110), rateDate(t, s, reference.ClassDuty))
		s.ArrivalDate = 20260111
		require.Equal(t, reference.Date(20260111), rateDate(t, s, reference.ClassDuty))
	})
}

// TestDutyDateAhead: the date of the rate lies at most 90 days ahead (AE note j).
func TestDutyDateAhead(t *testing.T) {
	s := exampleEntry("01")
	s.ReceivedDate, s.EntryDate = 20260101, 20260401 // 90 days
	require.Equal(t, s.EntryDate, rateDate(t, s, reference.ClassDuty))
	s.EntryDate = 20260402
	var a assess.Assessment
	require.ErrorContains(t, assess.New(exampleTables(t), assess.Regulation).Assess(&a, s),
		`duty date "2026-04-02": more than 90 days after 2026-01-01, the day of receipt`)
}

// exampleEntry is an entry of the type by vessel with a line of 20,000 dollars
// and, where the type needs one, an antidumping case.
func exampleEntry(kind string) *entry.Summary {
	s := with(consumption(20260101), "", tariff("8700000007", 20_000))
	s.Type = kind
	if kind == "03" {
		s.Lines[0].Cases = []entry.Case{deposit(entry.Cash)}
	}
	return s
}

// rateDate gives the date that selected the rate of the class.
func rateDate(t *testing.T, s *entry.Summary, class reference.Class) reference.Date {
	t.Helper()
	var a assess.Assessment
	require.NoError(t, assess.New(exampleTables(t), assess.Regulation).Assess(&a, s))
	for _, c := range a.Charges {
		if c.Class == class {
			return c.RateDate
		}
	}
	t.Fatalf("no charge of class %s in %v", class, a.Charges)
	return 0
}

// TestDepositNeedsADate: the print date, which selects the other rates, is not in
// the hierarchy of cases (ACE CATAIR AE note ff).
func TestDepositNeedsADate(t *testing.T) {
	s := exampleEntry("03")
	s.EntryDate, s.EstimatedDate, s.ReleaseDate, s.ArrivalDate, s.ReceivedDate, s.PrintDate = 0, 0, 0, 0, 0, 20260115
	require.ErrorContains(t, refusal(t, exampleTables(t), s), "no date of the entry selects its cases")
}
