package assess_test

import (
	"testing"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// deposits is an entry of type 03 by air with an antidumping and a
// countervailing case.
func deposits(claim byte, cases ...entry.Case) func(testing.TB) *entry.Summary {
	return func(t testing.TB) *entry.Summary {
		s := free(25_000)(t)
		s.Type = "03"
		for _, c := range cases {
			c.Claim = claim
			s.Lines[0].Cases = append(s.Lines[0].Cases, c)
		}
		return s
	}
}

func depositConditions() []conditionCase {
	ad := entry.Case{Number: "A570001000", RateType: 'A', Rate: 1_017}                      // 10.17 percent: 2,542.50
	cvd := entry.Case{Number: "C570001000", RateType: 'S', Rate: 11_025, Quantity: 123_456} // 110.25 * 12.3456: 1,361.10
	zero := entry.Case{Number: "A570001000", RateType: 'A'}                                 // a zero-rate case
	cash, bonded := deposits(entry.Cash, ad, cvd), deposits(entry.Bonded, ad, cvd)
	off := func(i int, by money.Cents) func(*entry.Summary) {
		return func(s *entry.Summary) { changeDeposit(s, &s.Lines[0].Cases[i], by) }
	}
	return []conditionCase{
		{name: "507 case on the header of a set, a component has it (ERR 507, AE note k)", entry: cash, wrong: func(s *entry.Summary) { s.Lines[0].Set = 'X' }, want: []string{"1 507"},
			near: func(s *entry.Summary) {
				second := s.Lines[0]
				second.Number, second.Set, s.Lines[0].Set = 2, 'V', 'X'
				second.Filed.Fees, s.Lines[0].Cases = nil, nil
				s.Lines = append(s.Lines, second)
			}},
		{name: "541 quantity with an ad valorem rate (ERR 541, AE note ff)", entry: cash, wrong: func(s *entry.Summary) { s.Lines[0].Cases[0].Quantity = 1 }, want: []string{"1 541"}},
		{name: "542 value with a specific rate (ERR 542, AE note ff)", entry: cash, wrong: func(s *entry.Summary) { s.Lines[0].Cases[1].Value = 1 }, want: []string{"1 542"}},
		{name: "570 duty on a zero-rate case (ERR 570)", entry: deposits(entry.Cash, zero), wrong: off(0, 1), want: []string{"1 570"}, near: off(0, 0)},
		{name: "571 quantity of a zero-rate case (ERR 571, AE note ff)", entry: deposits(entry.Cash, zero), wrong: func(s *entry.Summary) { s.Lines[0].Cases[0].Quantity = 1 }, want: []string{"1 571"}},
		{name: "572 zero-rate case filed as specific (ERR 572, AE note ff)", entry: deposits(entry.Cash, zero), wrong: func(s *entry.Summary) { s.Lines[0].Cases[0].RateType = 'S' }, want: []string{"1 572"}},
		{name: "575 specific rate without quantity", entry: cash, wrong: func(s *entry.Summary) {
			s.Lines[0].Cases[1].Quantity = 0
			off(1, -136_110)(s)
		}, want: []string{"1 575"}},
		{name: "576 antidumping duty one cent more (ERR 576)", entry: cash, wrong: off(0, 1), want: []string{"1 576"}, near: off(0, 0)},
		{name: "576 antidumping duty one cent less (ERR 576)", entry: cash, wrong: off(0, -1), want: []string{"1 576"}, near: off(0, 0)},
		{name: "576 countervailing duty one cent more, bonded (ERR 576)", entry: bonded, wrong: off(1, 1), want: []string{"1 576"}, near: off(1, 0)},
		{name: "576 countervailing duty one cent less, cash (ERR 576)", entry: cash, wrong: off(1, -1), want: []string{"1 576"}, near: off(1, 0)},
		{name: "576 duty of a case with a value of its own, one cent more (ERR 576, AE note ff)", entry: deposits(entry.Cash,
			entry.Case{Number: "A570001000", RateType: 'A', Rate: 1_017, Value: 5}), wrong: off(0, 1), want: []string{"1 576"}, near: off(0, 0)}, // 0.5085, that is 0.51
		{name: "727 totals of deposits without a case (ERR 727)", entry: free(10_000), wrong: func(s *entry.Summary) { s.Filed.HasDeposits = true }, want: []string{"0 727"}},
		{name: "735 no totals of deposits (ERR 735)", entry: cash, wrong: func(s *entry.Summary) { s.Filed.HasDeposits = false }, want: []string{"0 735"}},
		{name: "737 bonded antidumping total 0.01 off (ERR 737)", entry: bonded, wrong: func(s *entry.Summary) { s.Filed.Deposits.BondedAD++ }, want: []string{"0 737"}},
		{name: "739 cash antidumping total 0.01 off (ERR 739)", entry: cash, wrong: func(s *entry.Summary) { s.Filed.Deposits.CashAD++ }, want: []string{"0 739"}},
		{name: "741 bonded countervailing total 0.01 off (ERR 741)", entry: bonded, wrong: func(s *entry.Summary) { s.Filed.Deposits.BondedCVD-- }, want: []string{"0 741"}},
		{name: "743 cash countervailing total 0.01 off (ERR 743)", entry: cash, wrong: func(s *entry.Summary) { s.Filed.Deposits.CashCVD-- }, want: []string{"0 743"}},
		{name: "744 grand antidumping total without a case (ERR 744)", entry: free(10_000), wrong: func(s *entry.Summary) { s.Filed.Grand.AD = 1 }, want: []string{"0 744"}},
		{name: "745 grand antidumping total 0.01 off (ERR 745)", entry: cash, wrong: func(s *entry.Summary) { s.Filed.Grand.AD++ }, want: []string{"0 745"}},
		{name: "746 grand countervailing total without a case (ERR 746)", entry: free(10_000), wrong: func(s *entry.Summary) { s.Filed.Grand.CVD = 1 }, want: []string{"0 746"}},
		{name: "747 grand countervailing total 0.01 off (ERR 747)", entry: bonded, wrong: func(s *entry.Summary) { s.Filed.Grand.CVD-- }, want: []string{"0 747"}},
	}
}

// TestStatementConditions: received 15 January 2026 (a Thursday); Monday the 19th
// is a holiday; the 11th working days of January and February are the 16th and
// the 17th (section 5.3 of the rules: 2026 as computed).
func statementConditions() []conditionCase {
	daily := func(t testing.TB) *entry.Summary {
		s := free(10_000)(t)
		s.ReceivedDate, s.PrintDate, s.PaymentType = date(t, "2026-01-15"), date(t, "2026-01-20"), '2'
		return s
	}
	monthly := func(t testing.TB) *entry.Summary {
		s := daily(t)
		s.PaymentType, s.PeriodicMonth, s.BondType = '7', 2, entry.Continuous
		return s
	}
	standing := func(on entry.Standing) func(*entry.Summary) {
		return func(s *entry.Summary) { s.Standing = on }
	}
	correction := func(t testing.TB) *entry.Summary {
		s := free(10_000)(t)
		s.Correction, s.PaymentType = true, ' '
		return s
	}
	print := func(day reference.Date) func(*entry.Summary) {
		return func(s *entry.Summary) { s.PrintDate = day }
	}
	month := func(m int) func(*entry.Summary) { return func(s *entry.Summary) { s.PeriodicMonth = m } }
	return []conditionCase{
		{name: "202 no print date (ERR 202)", entry: daily, wrong: print(0), want: []string{"0 202"}, near: func(s *entry.Summary) { s.PrintDate, s.PaymentType = 0, '1' }},
		{name: "204 print date on a Saturday (ERR 204)", entry: daily, wrong: print(20260117), want: []string{"0 204"}, near: print(20260116)},
		{name: "204 print date on a holiday (ERR 204; 5 USC 6103)", entry: daily, wrong: print(20260119), want: []string{"0 204"}, near: print(20260120)},
		{name: "205 print date on the day of receipt (ERR 205)", entry: daily, wrong: print(20260115), want: []string{"0 205"}, near: print(20260116)},
		{name: "206 print date 91 days ahead, 90 pass (ERR 206)", entry: daily, wrong: print(20260416), want: []string{"0 206"}, near: print(20260415)},
		{name: "207 no statements at the port, a single payment needs none (ERR 207)", entry: daily, wrong: standing(entry.NoStatements), want: []string{"0 207"},
			near: func(s *entry.Summary) { s.Standing, s.PrintDate, s.PaymentType = entry.NoStatements, 0, '1' }},
		{name: "209 filer without an account, a daily statement needs none (ERR 209)", entry: monthly, wrong: standing(entry.NoFilerAccount), want: []string{"0 209"},
			near: func(s *entry.Summary) { s.Standing, s.PaymentType = entry.NoFilerAccount, '3' }},
		{name: "210 importer without an account, a daily statement needs none (ERR 210)", entry: monthly, wrong: standing(entry.NoImporterAccount), want: []string{"0 210"},
			near: func(s *entry.Summary) { s.Standing, s.PaymentType = entry.NoImporterAccount, '3' }},
		{name: "214 amount with a continuous bond, a single one has it (ERR 214)", entry: monthly, wrong: func(s *entry.Summary) { s.BondAmount = 1 }, want: []string{"0 214"},
			near: func(s *entry.Summary) { s.BondAmount, s.BondType, s.PaymentType = 1, entry.SingleTransaction, '3' }},
		{name: "216 statement printed already (ERR 216)", entry: daily, wrong: standing(entry.StatementProduced), want: []string{"0 216"},
			near: func(s *entry.Summary) { s.Standing, s.PrintDate, s.PaymentType = entry.StatementProduced, 0, '1' }},
		{name: "337 importer on sanction, who may pay daily (ERR 337)", entry: monthly, wrong: standing(entry.Sanctioned), want: []string{"0 337"},
			near: func(s *entry.Summary) { s.Standing, s.PaymentType = entry.Sanctioned, '3' }},
		{name: "B29 change while Customs works on it, a correction is for that (ERR B29)", entry: daily, wrong: standing(entry.UnderControl), want: []string{"0 B29"},
			near: func(s *entry.Summary) {
				s.Standing, s.Correction, s.PaymentType, s.PrintDate = entry.UnderControl, true, ' ', 0
			}},
		{name: "B30 change of a liquidated summary (ERR B30)", entry: daily, wrong: standing(entry.Liquidated), want: []string{"0 B30"}, near: standing(entry.Reconciled)},
		{name: "B47 correction of an unpaid summary, which can still be replaced (ERR B47)", entry: correction, wrong: standing(entry.Unpaid), want: []string{"0 B47"},
			near: func(s *entry.Summary) { s.Standing, s.Correction, s.PaymentType = entry.Unpaid, false, '1' }},
		{name: "B49 correction of an informal entry, of a formal one it may be (ERR B49, AE note gg)", entry: func(t testing.TB) *entry.Summary {
			s := informal(t)
			s.PaymentType = '1'
			return s
		}, wrong: func(s *entry.Summary) { s.Correction, s.PaymentType = true, ' ' }, want: []string{"0 B49"}},
		{name: "B50 correction of a liquidated summary (ERR B50)", entry: correction, wrong: standing(entry.Liquidated), want: []string{"0 B50"}, near: standing(entry.StatementLocked)},
		{name: "B52 correction of a reconciled summary (ERR B52)", entry: correction, wrong: standing(entry.Reconciled), want: []string{"0 B52"}, near: standing(0)},
		{name: "B72 change while the statement is being paid (ERR B72)", entry: daily, wrong: standing(entry.StatementLocked), want: []string{"0 B72"}, near: standing(entry.Unpaid)},
		{name: "208 monthly statement without a continuous bond (ERR 208)", entry: monthly, wrong: func(s *entry.Summary) { s.BondType = entry.SingleTransaction }, want: []string{"0 208"},
			near: func(s *entry.Summary) { s.BondType, s.PaymentType = entry.SingleTransaction, '3' }},
		{name: "208 monthly statement by filer, payment type 6 (ERR 208)", entry: monthly, wrong: func(s *entry.Summary) { s.BondType, s.PaymentType = entry.SingleTransaction, '6' }, want: []string{"0 208"},
			near: func(s *entry.Summary) { s.BondType, s.PaymentType = entry.SingleTransaction, '5' }},
		{name: "211 no month (ERR 211)", entry: monthly, wrong: month(0), want: []string{"0 211"}},
		{name: "212 month 13 (ERR 212)", entry: monthly, wrong: month(13), want: []string{"0 212"}},
		{name: "213 month three ahead, two pass (ERR 213)", entry: monthly, wrong: month(4), want: []string{"0 213"}, near: month(3)},
		{name: "215 print day after the monthly statement's (ERR 215)", entry: monthly, wrong: print(20260218), want: []string{"0 215"}, near: print(20260217)},
		{name: "215 print day after this month's (ERR 215)", entry: monthly, wrong: month(1), want: []string{"0 215"}, near: func(s *entry.Summary) { s.PeriodicMonth, s.PrintDate = 1, 20260116 }},
		{name: "217 payment on a correction (ERR 217)", entry: correction, wrong: func(s *entry.Summary) { s.PaymentType = '1' }, want: []string{"0 217"}},
		{name: "218 estimated date of entry after the print date (ERR 218)", entry: daily, wrong: func(s *entry.Summary) { s.EstimatedDate = 20260121 }, want: []string{"0 218"},
			near: func(s *entry.Summary) { s.EstimatedDate = 20260120 }},
	}
}
