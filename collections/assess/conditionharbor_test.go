package assess_test

import (
	"testing"

	"tidewaiter/collections/entry"
)

// exemptByVessel is an entry of free goods by vessel that a program exempts from
// 499, so that 501 stands alone. 2,400 dollars owe 3.00, 2,403 owe 3.00 (3.00375)
// and 2,404 owe 3.01 (3.005).
func exemptByVessel(mode string, values ...int64) func(testing.TB) *entry.Summary {
	return func(t testing.TB) *entry.Summary {
		s := alone(t)
		s.Mode = mode
		for _, v := range values {
			with(s, "S", tariff("9500000000", v))
		}
		return s
	}
}

// withDeposit gives the first line of an entry a deposit of one cent: 0.01 percent
// of a value of its own of 100 dollars.
func withDeposit(base func(testing.TB) *entry.Summary, claim byte) func(testing.TB) *entry.Summary {
	return into(base, func(s *entry.Summary) {
		s.Type, s.Lines[0].Cases = "03", []entry.Case{{Number: "A570001000", Claim: claim, RateType: 'A', Rate: 1, Value: 100}}
	})
}

// withoutHarbor files no 501 at all.
func withoutHarbor(s *entry.Summary) {
	for i := range s.Lines {
		s.Lines[i].Filed.Fees = without(s.Lines[i].Filed.Fees, "501")
	}
	for _, f := range s.Filed.Totals {
		if f.Class == "501" {
			s.Filed.Grand.Fees -= f.Amount
		}
	}
	s.Filed.Totals = without(s.Filed.Totals, "501")
}

// deMinimisConditions are the edges of the harbor maintenance fee's de minimis:
// 3.00 or less of it, and nothing else due, is not filed (ERR 602; ACE CATAIR AE
// note o; example T9); of 3.01, or beside anything else that is due, it is owed to
// the cent (ERR 601), and must be there by border water (ERR 600).
func deMinimisConditions() []conditionCase {
	same := func(*entry.Summary) {}
	dutiable := func(t testing.TB) *entry.Summary { // 0.07 of duty on a dollar: 499 of 33.58 is due as well
		return with(exemptByVessel("12", 2_400)(t), "", tariff("8700000007", 1))
	}
	return []conditionCase{
		{name: "602 3.00 and nothing else, unfiled it passes (T9)", entry: exemptByVessel("11", 2_400), wrong: onEntry(1, "501", 300), want: []string{"0 602"}, near: same},
		{name: "602 3.00375, which is 3.00", entry: exemptByVessel("11", 2_403), wrong: onEntry(1, "501", 300), want: []string{"0 602"}, near: same},
		{name: "602 0.00 of it, filed", entry: exemptByVessel("11", 0), wrong: onEntry(1, "501", 0), want: []string{"0 602"}, near: same},
		{name: "602 by border water too", entry: exemptByVessel("12", 2_400), wrong: onEntry(1, "501", 300), want: []string{"0 602"}, near: same},
		{name: "602 1.50 and 1.50 on two lines, which are 3.00", entry: exemptByVessel("11", 1_200, 1_200),
			wrong: func(s *entry.Summary) { onEntry(1, "501", 150)(s); onEntry(2, "501", 150)(s) }, want: []string{"0 602"}, near: same},
		{name: "602 beside a bonded deposit, which is not due", entry: withDeposit(exemptByVessel("11", 2_400), entry.Bonded), wrong: onEntry(1, "501", 300), want: []string{"0 602"}, near: same},
		{name: "601 3.005, which is 3.01: one cent less", entry: exemptByVessel("11", 2_404), wrong: onEntry(1, "501", -1), want: []string{"1 601"}, near: same},
		{name: "600 3.01 left out by border water", entry: exemptByVessel("12", 2_404), wrong: withoutHarbor, want: []string{"1 600"}, near: same},
		{name: "601 1.50 and 1.51 on two lines, which are 3.01: one cent more", entry: exemptByVessel("11", 1_200, 1_208), wrong: onEntry(2, "501", 1), want: []string{"2 601"}, near: withoutHarbor},
		{name: "601 3.00 beside a cent of deposit: one cent less", entry: withDeposit(exemptByVessel("11", 2_400), entry.Cash), wrong: onEntry(1, "501", -1), want: []string{"1 601"}, near: same},
		{name: "600 3.00 beside duty left out by border water", entry: dutiable, wrong: withoutHarbor, want: []string{"1 600", "2 600"}, near: same},
		{name: "719 total of 501 0.01 less than the lines", entry: exemptByVessel("11", 1_200, 1_208), wrong: func(s *entry.Summary) { total(s, "501", -1) }, want: []string{"0 719"}, near: withoutHarbor},
		{name: "481 501 on a warehouse withdrawal, type 31", entry: into(exemptByVessel("11", 10_000), func(s *entry.Summary) { s.Type = "31" }), wrong: onEntry(1, "501", 1250), want: []string{"1 481"}, near: same},
		{name: "481 501 on an informal entry, type 11", entry: into(exemptByVessel("11", 2_500), func(s *entry.Summary) { s.Type = "11" }), wrong: onEntry(1, "501", 313), want: []string{"1 481"}, near: same},
		{name: "601 501 at a port of unlading that 19 CFR 24.24(b) does not list", entry: into(exemptByVessel("11", 10_000), func(s *entry.Summary) { s.UnladingPort = "3101" }),
			wrong: onEntry(1, "501", 1250), want: []string{"1 601"}, near: same},
		{name: "482 501 by truck", entry: exemptByVessel("30", 10_000), wrong: onEntry(1, "501", 1250), want: []string{"1 482"}, near: same},
	}
}
