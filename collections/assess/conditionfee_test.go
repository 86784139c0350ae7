package assess_test

import (
	"testing"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// lineFee changes the filed fee of a class on a line by an amount.
func lineFee(s *entry.Summary, line int, class reference.Class, by money.Cents) {
	for i := range s.Lines[line-1].Filed.Fees {
		if f := &s.Lines[line-1].Filed.Fees[i]; f.Class == class {
			f.Amount += by
			return
		}
	}
	l := &s.Lines[line-1].Filed
	l.Fees = append(l.Fees, reference.ClassAmount{Class: class, Amount: by})
}

// total changes the filed total of a class, and the grand total with it.
func total(s *entry.Summary, class reference.Class, by money.Cents) {
	s.Filed.Grand.Fees += by
	for i := range s.Filed.Totals {
		if f := &s.Filed.Totals[i]; f.Class == class {
			f.Amount += by
			return
		}
	}
	s.Filed.Totals = append(s.Filed.Totals, reference.ClassAmount{Class: class, Amount: by})
}

// without takes a class out of a list.
func without(list []reference.ClassAmount, class reference.Class) []reference.ClassAmount {
	kept := []reference.ClassAmount{}
	for _, f := range list {
		if f.Class != class {
			kept = append(kept, f)
		}
	}
	return kept
}

// free is an entry of free goods by air, of one line.
func free(value int64) func(testing.TB) *entry.Summary {
	return func(t testing.TB) *entry.Summary {
		s := with(alone(t), "", tariff("9500000000", value))
		s.Mode = "40"
		return s
	}
}

// informal is an informal entry by air.
func informal(t testing.TB) *entry.Summary {
	s := free(2_500)(t)
	s.Type = "11"
	return s
}

// onEntry files one more fee of a class on a line and in the totals.
func onEntry(line int, class reference.Class, amount money.Cents) func(*entry.Summary) {
	return func(s *entry.Summary) {
		lineFee(s, line, class, amount)
		total(s, class, amount)
	}
}

// besideReturned has a line of goods returned and an ordinary number, and another
// that owes 69.28.
func besideReturned(t testing.TB) *entry.Summary {
	s := with(with(alone(t), "", tariff("9801001010", 0), tariff("9500000000", 10_000)), "", tariff("9500000000", 20_000))
	s.Mode = "40"
	return s
}

// onEntryNothing leaves an entry as it is filed.
func onEntryNothing(*entry.Summary) {}

func processingConditions() []conditionCase {
	set := func(t testing.TB) *entry.Summary {
		s := with(free(10_000)(t), "", tariff("9500000000", 100))
		s.Lines[0].Set, s.Lines[1].Set = 'X', 'V'
		return s
	}
	program := func(t testing.TB) *entry.Summary {
		s := with(alone(t), "S", tariff("9500000000", 10_000))
		s.Mode = "40"
		return s
	}
	bothBy := func(by money.Cents) func(*entry.Summary) {
		return func(s *entry.Summary) { lineFee(s, 1, "499", by) }
	}
	return []conditionCase{
		{name: "629 499 on a set component (ERR 629, AE note k)", entry: set, wrong: func(s *entry.Summary) { lineFee(s, 2, "499", 35) }, want: []string{"2 629"}},
		{name: "630 499 on an informal entry (ERR 630)", entry: informal, wrong: onEntry(1, "499", 866), want: []string{"1 630"}},
		{name: "632 499 on an exempt article (ERR 632, AE note m)", entry: program, wrong: onEntry(1, "499", 3464), want: []string{"1 632"}},
		{name: "631 499 on goods returned beside an ordinary number, none passes (ERR 631)", entry: func(t testing.TB) *entry.Summary {
			s := with(alone(t), "", tariff("9801001010", 0), tariff("9500000000", 10_000))
			s.Mode = "40"
			return s
		}, wrong: onEntry(1, "499", 3464), want: []string{"1 631"}, near: onEntryNothing},
		{name: "631 and the total counts what was taken (ERR 631, 641)", entry: besideReturned, wrong: onEntry(1, "499", 3464), want: []string{"1 631"}, near: onEntryNothing},
		{name: "641 total 3.00 more than with what was taken (ERR 631, 641)", entry: besideReturned,
			wrong: func(s *entry.Summary) { onEntry(1, "499", 3464)(s); total(s, "499", 300) }, want: []string{"1 631", "0 641"}, near: onEntryNothing},
		{name: "632 499 on goods returned alone (ERR 632, AE note m)", entry: func(t testing.TB) *entry.Summary {
			s := with(alone(t), "", tariff("9801001010", 10_000))
			s.Mode = "40"
			return s
		}, wrong: onEntry(1, "499", 3464), want: []string{"1 632"}},
		{name: "633 499 left out (ERR 633)", entry: free(10_000), wrong: func(s *entry.Summary) {
			s.Lines[0].Filed.Fees, s.Filed.Totals, s.Filed.Grand.Fees = nil, nil, 0
		}, want: []string{"1 633"}},
		{name: "634 line 3.00 more, 2.99 passes (ERR 634)", entry: free(10_000), wrong: bothBy(300), want: []string{"1 634"}, near: bothBy(299)},
		{name: "634 line 3.00 less, 2.99 passes (ERR 634)", entry: free(10_000), wrong: bothBy(-300), want: []string{"1 634"}, near: bothBy(-299)},
	}
}

func informalConditions() []conditionCase {
	header := func(class reference.Class, by money.Cents) func(*entry.Summary) {
		return func(s *entry.Summary) {
			for i := range s.Filed.HeaderFees {
				if f := &s.Filed.HeaderFees[i]; f.Class == class {
					f.Amount += by
					total(s, class, by)
					return
				}
			}
			s.Filed.HeaderFees = append(s.Filed.HeaderFees, reference.ClassAmount{Class: class, Amount: by})
			total(s, class, by)
		}
	}
	exempt := func(t testing.TB) *entry.Summary {
		s := with(alone(t), "S", tariff("9500000000", 2_500))
		s.Type, s.Mode = "11", "40"
		return s
	}
	returned := func(t testing.TB) *entry.Summary {
		s := with(alone(t), "", tariff("9801001010", 10_000))
		s.Type, s.Mode = "11", "40"
		return s
	}
	return []conditionCase{
		{name: "635 311 on an exempt summary (ERR 635)", entry: exempt, wrong: header("311", 269), want: []string{"0 635"}},
		{name: "636 311 left out (ERR 636)", entry: informal, wrong: func(s *entry.Summary) {
			s.Filed.HeaderFees, s.Filed.Totals, s.Filed.Grand.Fees = nil, nil, 0
		}, want: []string{"0 636"}},
		{name: "637 311 on a formal summary (ERR 637)", entry: free(10_000), wrong: header("311", 269), want: []string{"0 637"}},
		{name: "638 311 one cent less than fixed (ERR 638)", entry: informal, wrong: header("311", -1), want: []string{"0 638"}, near: header("311", 0)},
		{name: "638 311 one cent more, which a consolidated summary may (ERR 638, AE note p)", entry: informal, wrong: header("311", 1), want: []string{"0 638"},
			near: func(s *entry.Summary) { header("311", 1)(s); s.Consolidated = true }},
		{name: "731 total of 311 is not the header's (ERR 731)", entry: informal, wrong: func(s *entry.Summary) { total(s, "311", 1) }, want: []string{"0 731"}},
		{name: "249 class that no table has (ERR 249)", entry: informal, wrong: func(s *entry.Summary) {
			s.Filed.HeaderFees = append(s.Filed.HeaderFees, reference.ClassAmount{Class: "999"})
		}, want: []string{"0 249"}},
		{name: "249 class that no table has, on a line (ERR 249)", entry: informal, wrong: func(s *entry.Summary) { lineFee(s, 1, "999", 1) }, want: []string{"1 249"}},
		{name: "250 header class on a line", entry: informal, wrong: func(s *entry.Summary) { lineFee(s, 1, "311", 0) }, want: []string{"1 250"}},
		{name: "250 mail fee by air (ERR 250, AE note r)", entry: dutiableBy("40"), wrong: header("496", 739), want: []string{"0 250"}, near: onEntryNothing},
		{name: "250 mail fee of free goods by mail (ERR 250, AE note r)", entry: into(free(10_000), func(s *entry.Summary) { s.Mode = "50" }), wrong: header("496", 739), want: []string{"0 250"}, near: onEntryNothing},
		{name: "250 surcharge on a summary that Customs has not made (ERR 250, AE note q)", entry: free(10_000), wrong: header("500", 403), want: []string{"0 250"}, near: onEntryNothing},
		{name: "no 250 mail fee of dutiable goods by mail (AE note r)", entry: dutiableBy("50"), wrong: header("496", 0), want: []string{}},
		{name: "254 class twice in the totals (ERR 254)", entry: informal, wrong: func(s *entry.Summary) {
			s.Filed.Totals = append(s.Filed.Totals, reference.ClassAmount{Class: "311"})
		}, want: []string{"0 254"}},
		{name: "254 class twice on a line (ERR 254)", entry: free(10_000), wrong: func(s *entry.Summary) {
			s.Lines[0].Filed.Fees = append(s.Lines[0].Filed.Fees, reference.ClassAmount{Class: "499"})
		}, want: []string{"1 254"}},
		{name: "646 U.S. goods returned for 10,001, 10,000 pass (ERR 646)", entry: returned, wrong: func(s *entry.Summary) { s.Lines[0].Tariffs[0].Value = 10_001 }, want: []string{"1 646"},
			near: func(s *entry.Summary) { s.Lines[0].Tariffs[0].Value = 10_000 }},
		{name: "648 informal entry of 2,501, 2,500 pass (ERR 648)", entry: informal, wrong: func(s *entry.Summary) { s.Lines[0].Tariffs[0].Value = 2_501 }, want: []string{"0 648"},
			near: func(s *entry.Summary) { s.Lines[0].Tariffs[0].Value = 2_500 }},
		{name: "648 a set of 2,501, 2,500 with components of as much pass (ERR 648, AE note k)", entry: set(informal),
			wrong: func(s *entry.Summary) { s.Lines[0].Tariffs[0].Value = 2_501 }, want: []string{"0 648"}, near: onEntryNothing},
		{name: "715 header fee without total", entry: informal, wrong: func(s *entry.Summary) { s.Filed.Totals, s.Filed.Grand.Fees = nil, 0 }, want: []string{"0 715"}},
		{name: "716 line fee without total", entry: free(10_000), wrong: func(s *entry.Summary) { s.Filed.Totals, s.Filed.Grand.Fees = nil, 0 }, want: []string{"0 716"}},
		{name: "717 total of a class that stands nowhere (ERR 717)", entry: free(10_000), wrong: func(s *entry.Summary) { total(s, "053", 0) }, want: []string{"0 717"}},
		{name: "734 total of a class that no table has", entry: free(10_000), wrong: func(s *entry.Summary) { total(s, "999", 0) }, want: []string{"0 734"}},
		{name: "726 grand total of fees 0.01 off (ERR 726)", entry: free(10_000), wrong: func(s *entry.Summary) { s.Filed.Grand.Fees++ }, want: []string{"0 726"}},
		{name: "701 no grand totals", entry: free(10_000), wrong: func(s *entry.Summary) { s.Filed.HasGrand = false }, want: []string{"0 701"}},
	}
}

// dutiableBy is a dutiable entry by a mode of transport; by mail it owes 496.
func dutiableBy(mode string) func(testing.TB) *entry.Summary {
	return into(dutiable, func(s *entry.Summary) { s.Mode = mode })
}

func headerTotalConditions() []conditionCase {
	manual := func(t testing.TB) *entry.Summary {
		s := free(10_000)(t)
		s.Manual = true
		return s
	}
	return []conditionCase{
		{name: "730 total of 496 is not the header's (ERR 730)", entry: dutiableBy("50"), wrong: func(s *entry.Summary) { total(s, "496", 1) }, want: []string{"0 730"}},
		{name: "732 total of 500 is not the header's (ERR 732)", entry: manual, wrong: func(s *entry.Summary) { total(s, "500", 1) }, want: []string{"0 732"}},
	}
}

func harborConditions() []conditionCase {
	vessel := func(mode string, value int64) func(testing.TB) *entry.Summary {
		return func(t testing.TB) *entry.Summary {
			s := with(alone(t), "S", tariff("9500000000", value)) // exempt from 499
			s.Mode = mode
			return s
		}
	}
	component := func(t testing.TB) *entry.Summary {
		s := with(vessel("11", 10_000)(t), "S", tariff("9500000000", 100))
		s.Lines[0].Set, s.Lines[1].Set = 'X', 'V'
		return s
	}
	zone := func(t testing.TB) *entry.Summary {
		s := vessel("11", 10_000)(t)
		s.Type, s.Lines[0].FTZStatus = "06", entry.NonPrivileged
		return s
	}
	return []conditionCase{
		{name: "480 501 on a set component (ERR 480)", entry: component, wrong: func(s *entry.Summary) { lineFee(s, 2, "501", 13); total(s, "501", 13) }, want: []string{"2 480"}},
		{name: "481 501 on a zone entry (ERR 481)", entry: zone, wrong: onEntry(1, "501", 1250), want: []string{"1 481"}},
		{name: "482 501 by air (ERR 482)", entry: vessel("40", 10_000), wrong: onEntry(1, "501", 1250), want: []string{"1 482"}},
		{name: "600 501 left out by border water (ERR 600)", entry: vessel("12", 10_000), wrong: withoutHarbor, want: []string{"1 600"}},
		{name: "601 501 one cent more (ERR 601)", entry: vessel("11", 10_000), wrong: onEntry(1, "501", 1), want: []string{"1 601"}, near: onEntry(1, "501", 0)},
		{name: "601 501 one cent less (ERR 601)", entry: vessel("11", 10_000), wrong: onEntry(1, "501", -1), want: []string{"1 601"}, near: withoutHarbor},
		{name: "602 501 of 3.00 and nothing else (ERR 602, T9)", entry: vessel("11", 2_400), wrong: onEntry(1, "501", 300), want: []string{"0 602"}},
		{name: "719 total of 501 0.01 off (ERR 719)", entry: vessel("11", 10_000), wrong: func(s *entry.Summary) { total(s, "501", 1) }, want: []string{"0 719"}},
	}
}
