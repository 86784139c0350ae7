package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
	"tidewaiter/collections/statement"
)

// charge is a due charge of line 1.
func charge(class reference.Class, amount money.Cents) assess.Charge {
	return assess.Charge{Line: 1, Class: class, Amount: amount, Base: 1000, RateDate: 20250930, Disposition: assess.Due}
}

// deferred turns a charge into one whose payment is deferred.
func deferred(c assess.Charge) assess.Charge {
	c.Disposition = assess.Deferred
	return c
}

// postDeferred posts, for one filer, what issue 4 added: an entry with wine tax
// due and fees of five agricultural boards beside the user fees, one with coffee
// into Puerto Rico, one whose spirits and wine taxes are deferred, and one that
// owes nothing but a deferred tax.
func postDeferred(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	var b ledger.Batch
	b.Reset("taxes", 0)
	for n, list := range [][]assess.Charge{
		{charge("001", 10000), charge("017", 1070), charge("053", 11), charge("079", 12), charge("107", 13), charge("108", 14), charge("110", 15),
			charge("496", 739), charge("499", 3358), charge("500", 403), charge("501", 1250)},
		{charge("001", 500), charge("672", 2500)},
		{charge("001", 20000), deferred(charge("016", 135000)), deferred(charge("017", 2140)), charge("499", 3358)},
		{charge("001", 0), deferred(charge("022", 1600))},
	} {
		require.NoError(t, ledger.JournalFor(b.Add(), summary(t, "B76", n+1), &assess.Assessment{Charges: list}, businessDate))
	}
	_, err := l.PostBatch(t.Context(), &b)
	require.NoError(t, err)
}

// TestDeferredTaxIsReportedAndNotDue: PF Q2, amount due is duty, tax unless
// deferred, cash deposits and fees; PF Q1 and Q3 report deferred tax beside it.
func TestDeferredTaxIsReportedAndNotDue(t *testing.T) {
	l, db := open(t)
	postDeferred(t, l)
	saved, err := l.SaveStatements(t.Context(), businessDate, build(t, l))
	require.NoError(t, err)
	assert.Equal(t, ledger.SaveResult{Statements: 1, Entries: 4}, saved)
	again, err := l.SaveStatements(t.Context(), businessDate, build(t, l))
	require.NoError(t, err)
	assert.True(t, again.Done)
	requireWhole(t, l)

	// Duty 305.00 with 25.00 of coffee; tax 10.70; fees 0.65 + 7.39 + 67.16 + 4.03 + 12.50.
	assert.Equal(t, "330.00|10.70|91.73|432.43|3|1|1387.40|{053,079,107,108,110,496,499,500,501}", value[string](t, db.Application,
		`SELECT concat_ws('|', duty_amount, tax_amount, fee_total, total_due, revenue_entries, nonrevenue_entries, deferred_tax, fee_class) FROM tidewaiter.daily_statement`))
	assert.Equal(t, "1 N 0.00, 2 N 0.00, 3 Y 1371.40, 4 Y 16.00", value[string](t, db.Application,
		`SELECT string_agg(concat_ws(' ', ordinal, deferred, deferred_tax), ', ' ORDER BY ordinal) FROM tidewaiter.daily_statement_entry`))
	assert.Equal(t, "432.43", value[string](t, db.Application, `SELECT sum(amount)::text FROM tidewaiter.control_total`),
		"control totals are of what is due")

	balances, err := l.TrialBalance(t.Context())
	require.NoError(t, err)
	found, sum := map[string]money.Cents{}, money.Cents(0)
	for _, a := range balances {
		found[a.Code], sum = a.Balance, sum+a.Balance
		assert.False(t, a.Memorandum, a.Code)
	}
	assert.Zero(t, sum)
	assert.Equal(t, money.Cents(43243), found["1110"], "what is due")
	assert.Equal(t, money.Cents(138740), found["1325"], "what is owed later")
	assert.Equal(t, money.Cents(-2140), found["5824.017"])
	assert.Equal(t, money.Cents(-1070), found["5804.017"])
	assert.Equal(t, money.Cents(-14), found["2400.108"])

	totals, err := l.DailyTotals(t.Context(), businessDate, businessDate)
	require.NoError(t, err)
	assert.Contains(t, totals, ledger.DailyTotal{Date: businessDate, Class: "017", Disposition: "F", Charges: 1, Amount: 2140})
	assert.Contains(t, totals, ledger.DailyTotal{Date: businessDate, Class: "672", Disposition: "D", Charges: 1, Amount: 2500})
	assert.Len(t, totals, 15)
}

func TestEntryDuesKeepDeferredTaxApart(t *testing.T) {
	l, _ := open(t)
	postDeferred(t, l)
	amounts := map[entry.Number][]statement.ClassAmount{}
	later := map[entry.Number][]statement.ClassAmount{}
	for d, err := range l.EntryDues(t.Context(), businessDate) {
		require.NoError(t, err)
		amounts[d.Entry] = append([]statement.ClassAmount(nil), d.Amounts...)
		later[d.Entry] = append([]statement.ClassAmount(nil), d.Deferred...)
	}
	third := number(t, "B76", 3)
	assert.Equal(t, []statement.ClassAmount{{Class: "001", Amount: 20000}, {Class: "499", Amount: 3358}}, amounts[third])
	assert.Equal(t, []statement.ClassAmount{{Class: "016", Amount: 135000}, {Class: "017", Amount: 2140}}, later[third])
	assert.Empty(t, later[number(t, "B76", 1)])
}

// TestVerifyNamesDeferredTaxThatIsWrong corrupts what a statement says of
// deferred tax past all guards.
func TestVerifyNamesDeferredTaxThatIsWrong(t *testing.T) {
	for _, tc := range []struct{ name, sql, want string }{
		{"an amount", `UPDATE tidewaiter.statement_deferral SET amount = amount + 1 WHERE class = '017'`, "class 017 is 2141, its postings give 2140"},
		{"a deferral is gone", `DELETE FROM tidewaiter.statement_deferral WHERE class = '022'`, "class 022 is missing, its postings give 1600"},
		{"a deferral too many", `INSERT INTO tidewaiter.statement_deferral SELECT print_date, statement_number, entry_number, '018', 5 FROM tidewaiter.statement_deferral WHERE class = '022'`,
			"class 018 is 5, its postings give nothing"},
		{"deferred tax made due", `UPDATE tidewaiter.posting SET disposition = 'D' WHERE class = '022' AND disposition = 'F'`, "tax is 1070, its entries' postings give 2670"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l, db := open(t)
			postDeferred(t, l)
			_, err := l.SaveStatements(t.Context(), businessDate, build(t, l))
			require.NoError(t, err)
			require.NoError(t, sql(t, db.Superuser, `SET session_replication_role = replica`, tc.sql))
			report, err := l.Verify(t.Context())
			require.NoError(t, err)
			var found []string
			for _, f := range report.Findings {
				if f.Check == ledger.CheckStatements {
					assert.Contains(t, f.Subject, "statement 2726274001 of 2025-10-01")
					found = append(found, f.Detail)
				}
			}
			require.NotEmpty(t, found)
			assert.Contains(t, found[0]+found[len(found)-1], tc.want)
		})
	}
}
