package ledger_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
	"tidewaiter/collections/statement"
)

// postSome posts five entries of two filers for the business date, one of
// another date, one with payment type 1 and one with nothing due.
func postSome(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	var b ledger.Batch
	b.Reset("day", 0)
	add := func(s *entry.Summary, a *assess.Assessment) {
		require.NoError(t, ledger.JournalFor(b.Add(), s, a, businessDate))
	}
	for _, n := range []int{3, 1, 2} {
		add(summary(t, "B76", n), charges(money.Cents(n)))
		add(summary(t, "7AB", n), charges(money.Cents(10*n)))
	}
	later := summary(t, "B76", 4)
	later.PrintDate = 20251002
	add(later, charges(4))
	single := summary(t, "B76", 5)
	single.PaymentType = '1'
	add(single, charges(5))
	add(summary(t, "B76", 6), &assess.Assessment{Charges: []assess.Charge{
		{Line: 1, Class: reference.ClassDuty, Amount: 999, Disposition: assess.NotDue},
	}})
	_, err := l.PostBatch(t.Context(), &b)
	require.NoError(t, err)
}

func TestEntryDues(t *testing.T) {
	l, _ := open(t)
	postSome(t, l)
	type due struct {
		entry   entry.Number
		amounts []statement.ClassAmount
	}
	var got []due
	for d, err := range l.EntryDues(t.Context(), businessDate) {
		require.NoError(t, err)
		require.Len(t, d.Key, statement.KeyLength)
		got = append(got, due{d.Entry, append([]statement.ClassAmount(nil), d.Amounts...)})
	}
	amounts := func(extra money.Cents) []statement.ClassAmount {
		return []statement.ClassAmount{{Class: "001", Amount: 70000 + extra}, {Class: "499", Amount: 3464 - 114}}
	}
	// In EBCDIC letters come before digits: filer B76 before 7AB.
	assert.Equal(t, []due{
		{number(t, "B76", 1), amounts(1)}, {number(t, "B76", 2), amounts(2)}, {number(t, "B76", 3), amounts(3)}, {number(t, "B76", 6), nil},
		{number(t, "7AB", 1), amounts(10)}, {number(t, "7AB", 2), amounts(20)}, {number(t, "7AB", 3), amounts(30)},
	}, got)

	t.Run("a date without entries", func(t *testing.T) {
		for range l.EntryDues(t.Context(), 20240101) {
			t.Fatal("nothing was collected on that day")
		}
	})
	t.Run("the reader may stop early", func(t *testing.T) {
		for range 20 { // more often than there are connections
			for range l.EntryDues(t.Context(), businessDate) {
				break
			}
		}
	})
}

// build makes the statements of the business date as the day's workflow does.
func build(t *testing.T, l *ledger.Ledger) func(emit func(*statement.Statement) error) error {
	tables, err := reference.Default()
	require.NoError(t, err)
	return func(emit func(*statement.Statement) error) error {
		builder := statement.NewBuilder(tables, businessDate, emit)
		for due, err := range l.EntryDues(t.Context(), businessDate) {
			if err != nil {
				return err
			}
			if err := builder.Add(due); err != nil {
				return err
			}
		}
		return builder.Close()
	}
}

func TestSaveStatements(t *testing.T) {
	l, db := open(t)
	postSome(t, l)
	first, err := l.SaveStatements(t.Context(), businessDate, build(t, l))
	require.NoError(t, err)
	assert.Equal(t, ledger.SaveResult{Statements: 2, Entries: 7}, first)
	again, err := l.SaveStatements(t.Context(), businessDate, build(t, l))
	require.NoError(t, err)
	assert.Equal(t, ledger.SaveResult{Done: true, Statements: 2, Entries: 7}, again)
	assert.Equal(t, "d7bcd1c1ed945ef8cc5eaae1d6f12806e09dbb293edc774308ad506326be3afa",
		value[string](t, db.Application, `SELECT encode(content_hash, 'hex') FROM tidewaiter.statement_day`),
		"days that were saved before there was deferred tax keep their hash")
	_, err = l.SaveStatements(t.Context(), businessDate, func(emit func(*statement.Statement) error) error {
		return emit(&statement.Statement{Number: "2726001001", PrintDate: businessDate, Part: 1})
	})
	assert.ErrorIs(t, err, ledger.ErrStatementConflict)
	requireWhole(t, l)

	conn, err := pgx.Connect(t.Context(), db.Application)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	rows, err := conn.Query(t.Context(), `SELECT concat_ws('|', statement_number, processing_port, payment_type, filer_code, importer_number, client_branch,
			part_number, print_date, duty_amount, tax_amount, ad_amount, cvd_amount, fee_total, total_due, revenue_entries, nonrevenue_entries, fee_class, fee_amount)
		FROM tidewaiter.daily_statement ORDER BY statement_number`)
	require.NoError(t, err)
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	// 2025-10-01 is day 274 of fiscal year 26 (PF, statement numbers): B76 owes
	// 3 x 700.00 + 0.06 duty and 3 x (34.64 - 1.14) MPF, entry 6 nothing.
	assert.Equal(t, []string{
		"2726274001|2704|2|B76|||1|20251001|2100.06|0.00|0.00|0.00|100.50|2200.56|3|1|{499}|{100.50}",
		"2726274002|2704|2|7AB|||1|20251001|2100.60|0.00|0.00|0.00|100.50|2201.10|3|0|{499}|{100.50}",
	}, got)
}

func TestViewsShowTheCopybooksColumns(t *testing.T) {
	l, db := open(t)
	var b ledger.Batch
	fill(t, &b, "day", 0, 1, 1)
	_, err := l.PostBatch(t.Context(), &b)
	require.NoError(t, err)
	conn, err := pgx.Connect(t.Context(), db.Application)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	read := func(query string) []string {
		rows, err := conn.Query(t.Context(), query)
		require.NoError(t, err)
		got, err := pgx.CollectRows(rows, pgx.RowTo[string])
		require.NoError(t, err)
		return got
	}
	n := string(number(t, "B76", 1))
	assert.Equal(t, []string{
		n + "|0|499|D|01|2704|2|12-345678900|20251001|20250930|10050|-1.14",
		n + "|1|001|D|01|2704|2|12-345678900|20251001|20250930|10000|700.01",
		n + "|1|012|B|01|2704|2|12-345678900|20251001|20250930|10000|123.45",
		n + "|1|499|D|01|2704|2|12-345678900|20251001|20250930|10000|34.64",
		n + "|2|001|D|01|2704|2|12-345678900|20251001|00000000|50|0.00",
	}, read(`SELECT concat_ws('|', entry_number, line_number, class_code, disposition, entry_type, port_of_entry, payment_type, importer_number,
		collection_date, rate_date, base_value, amount) FROM tidewaiter.collection_detail ORDER BY entry_number, line_number, class_code`))
	assert.Equal(t, []string{"2704|001|2|20251001|2|700.01", "2704|499|2|20251001|2|33.50"},
		read(`SELECT concat_ws('|', port_of_entry, class_code, payment_type, collection_date, charge_count, amount) FROM tidewaiter.control_total ORDER BY 1`))
}

func TestBalances(t *testing.T) {
	l, _ := open(t)
	postSome(t, l)
	balances, err := l.TrialBalance(t.Context())
	require.NoError(t, err)
	var sum money.Cents
	found := map[string]money.Cents{}
	for _, b := range balances {
		sum += b.Balance
		found[b.Code] = b.Balance
	}
	assert.Zero(t, sum)
	assert.Equal(t, money.Cents(-999), found["9200.001"])
	assert.Equal(t, money.Cents(8*12345), found["9199"])

	totals, err := l.DailyTotals(t.Context(), businessDate, businessDate)
	require.NoError(t, err)
	assert.Equal(t, []ledger.DailyTotal{
		{Date: businessDate, Class: "001", Disposition: "D", Charges: 14, Amount: 7*70000 + 6 + 60 + 5},
		{Date: businessDate, Class: "001", Disposition: "N", Charges: 1, Amount: 999},
		{Date: businessDate, Class: "012", Disposition: "B", Charges: 7, Amount: 7 * 12345},
		{Date: businessDate, Class: "499", Disposition: "D", Charges: 14, Amount: 7 * 3350},
	}, totals)
	done, err := l.ChunkDone(t.Context(), "day", 0)
	require.NoError(t, err)
	assert.True(t, done)
	done, err = l.ChunkDone(t.Context(), "day", 1)
	require.NoError(t, err)
	assert.False(t, done)
}
