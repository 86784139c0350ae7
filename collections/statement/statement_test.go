package statement_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
	"tidewaiter/collections/statement"
)

func tables(t testing.TB) *reference.Tables {
	t.Helper()
	tables, err := reference.Default()
	require.NoError(t, err)
	return tables
}

func summary(paymentType byte, importer string) *entry.Summary {
	return &entry.Summary{Number: "B7603245278", ProcessingPort: "2704", PaymentType: paymentType, Importer: importer, ClientBranch: "01"}
}

// TestKey checks what is put together by payment type (ACE CATAIR AE, 10 record
// position 51; code page 037).
func TestKey(t *testing.T) {
	const (
		port    = "f2f7f0f4"
		filer   = "c2f7f6"
		blank12 = "404040404040404040404040"
		branch  = "f0f1"
	)
	for _, c := range []struct {
		name        string
		paymentType byte
		want        string
	}{
		{"2: filer", '2', port + "f2" + filer + blank12 + branch},
		{"3: importer", '3', port + "f3" + filer + "f1f260f3f4f5f6f7f8f9e7e7" + branch},
		{"5: importer without suffix", '5', port + "f5" + filer + "f1f260f3f4f5f6f7f8f94040" + branch},
		{"6: filer", '6', port + "f6" + filer + blank12 + branch},
		{"7: importer", '7', port + "f7" + filer + "f1f260f3f4f5f6f7f8f9e7e7" + branch},
		{"8: importer without suffix", '8', port + "f8" + filer + "f1f260f3f4f5f6f7f8f94040" + branch},
	} {
		t.Run(c.name, func(t *testing.T) {
			key := statement.Key(nil, summary(c.paymentType, "12-3456789XX"))
			require.Len(t, key, statement.KeyLength)
			require.Equal(t, c.want, hex.EncodeToString(key))
		})
	}
	require.Nil(t, statement.Key(nil, summary('1', "12-3456789XX")), "individual payment is on no statement")
	require.Nil(t, statement.Key(nil, summary('4', "12-3456789XX")), "4 is unused")
}

// TestImportersWithoutASuffixStayApart: only an employer number has a suffix.
// Two persons, or two importers numbered by customs, are two payers.
func TestImportersWithoutASuffixStayApart(t *testing.T) {
	for _, c := range []struct {
		name     string
		one, two string
		together bool
	}{
		{"employer number, two suffixes", "12-345678901", "12-345678902", true},
		{"social security form, last digit differs", "900-01-0001", "900-01-0002", false},
		{"assigned by customs, last digits differ", "212402-42801", "212402-42899", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, paymentType := range []byte{'5', '8'} {
				one, two := statement.Key(nil, summary(paymentType, c.one)), statement.Key(nil, summary(paymentType, c.two))
				require.Equal(t, c.together, bytes.Equal(one, two))
			}
		})
	}
}

// TestKeyOrder: letters come before digits, as on the mainframe and not as in
// ASCII.
func TestKeyOrder(t *testing.T) {
	letters, digits := summary('2', ""), summary('2', "")
	letters.Number, digits.Number = "ZZZ00000000", "00000000000"
	require.Negative(t, bytes.Compare(statement.Key(nil, letters), statement.Key(nil, digits)))
	require.Negative(t, statement.CompareEBCDIC("ZZZ00000000", "00000000000"))
	require.Positive(t, statement.CompareEBCDIC("B7600000002", "B7600000001"))
	require.Zero(t, statement.CompareEBCDIC("B7600000001", "B7600000001"))
}

// TestNumber checks DDFYJJJXXX (PF, Q3 record): fiscal year and day of the print
// date, base 36 behind.
func TestNumber(t *testing.T) {
	for _, c := range []struct {
		day      reference.Date
		sequence int
		want     string
	}{
		{20251001, 1, "2726274001"},
		{20250930, 9, "2725273009"},
		{20251001, 10, "272627400A"},
		{20251001, 35, "272627400Z"},
		{20251001, 36, "2726274010"},
		{20241231, 1000, "27253660RS"},
		{20260101, statement.MaxSequence, "2726001ZZZ"},
	} {
		got, err := statement.Number("27", c.day, c.sequence)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
	}
	_, err := statement.Number("27", 20251001, statement.MaxSequence+1)
	require.ErrorIs(t, err, statement.ErrSequence)
	_, err = statement.Number("27", 20251001, 0)
	require.Error(t, err)
	_, err = statement.Number("2", 20251001, 1)
	require.Error(t, err)
}

// due is an entry with what it owes.
func due(port string, paymentType byte, number entry.Number, amounts ...statement.ClassAmount) *statement.EntryDue {
	s := &entry.Summary{Number: number, ProcessingPort: port, PaymentType: paymentType, Importer: "12-345678900"}
	return &statement.EntryDue{Key: statement.Key(nil, s), Entry: number, Amounts: amounts}
}

func number(n int) entry.Number { return entry.Number(fmt.Sprintf("B76%07d0", n)) }

// build gives copies of the statements of the entries.
func build(t testing.TB, entries ...*statement.EntryDue) []statement.Statement {
	var out []statement.Statement
	b := statement.NewBuilder(tables(t), 20251001, func(s *statement.Statement) error {
		c := *s
		c.FeeList, c.Entries, c.Deferrals = slices.Clone(s.FeeList), slices.Clone(s.Entries), slices.Clone(s.Deferrals)
		out = append(out, c)
		return nil
	})
	for _, e := range entries {
		require.NoError(t, b.Add(e))
	}
	require.NoError(t, b.Close())
	return out
}

func TestBuilder(t *testing.T) {
	got := build(t,
		due("2704", '2', number(1), statement.ClassAmount{Class: "001", Amount: 700_00}, statement.ClassAmount{Class: "501", Amount: 12_50}),
		due("2704", '2', number(2), statement.ClassAmount{Class: "012", Amount: 1_00}, statement.ClassAmount{Class: "013", Amount: 2_00},
			statement.ClassAmount{Class: "017", Amount: 4_00}, statement.ClassAmount{Class: "499", Amount: 33_58}),
		due("2704", '2', number(3), statement.ClassAmount{Class: "001"}),
		due("2709", '7', number(4)),
		due("3001", '7', number(5), statement.ClassAmount{Class: "311", Amount: 2_69}),
	)
	require.Equal(t, []statement.Statement{
		{Number: "2726274001", ProcessingPort: "2704", PaymentType: '2', Filer: "B76", Importer: "            ", Branch: "  ", Part: 1, PrintDate: 20251001,
			Duty: 700_00, Tax: 4_00, AD: 1_00, CVD: 2_00, Fees: 46_08, Total: 753_08, Revenue: 2, NonRevenue: 1,
			FeeList: []statement.ClassAmount{{Class: "499", Amount: 33_58}, {Class: "501", Amount: 12_50}},
			Entries: []entry.Number{number(1), number(2), number(3)}},
		{Number: "2726274002", ProcessingPort: "2709", PaymentType: '7', Filer: "B76", Importer: "12-345678900", Branch: "  ", Part: 1, PrintDate: 20251001,
			NonRevenue: 1, FeeList: []statement.ClassAmount{}, Entries: []entry.Number{number(4)}},
		{Number: "3026274001", ProcessingPort: "3001", PaymentType: '7', Filer: "B76", Importer: "12-345678900", Branch: "  ", Part: 1, PrintDate: 20251001,
			Fees: 2_69, Total: 2_69, Revenue: 1, FeeList: []statement.ClassAmount{{Class: "311", Amount: 2_69}}, Entries: []entry.Number{number(5)}},
	}, got)
	require.Empty(t, build(t), "a day without entries has no statement")
}

// TestDeferredTax: PF, Q1 and Q3 records: deferred tax stands beside the tax that
// is due, and the amount due (Q4) leaves it out. An entry that owes nothing else
// is a non-revenue entry.
func TestDeferredTax(t *testing.T) {
	wine := due("2704", '2', number(1), statement.ClassAmount{Class: "001", Amount: 5_00}, statement.ClassAmount{Class: "018", Amount: 1_00})
	wine.Deferred = []statement.ClassAmount{{Class: "016", Amount: 1350_00}, {Class: "017", Amount: 21_40}}
	beer := due("2704", '2', number(2))
	beer.Deferred = []statement.ClassAmount{{Class: "022", Amount: 16_00}}
	got := build(t, wine, beer, due("2709", '2', number(3), statement.ClassAmount{Class: "001", Amount: 1}))
	require.Len(t, got, 2)
	require.Equal(t, statement.Statement{
		Number: "2726274001", ProcessingPort: "2704", PaymentType: '2', Filer: "B76", Importer: "            ", Branch: "  ", Part: 1, PrintDate: 20251001,
		Duty: 5_00, Tax: 1_00, Total: 6_00, Deferred: 1387_40, Revenue: 1, NonRevenue: 1,
		Entries: []entry.Number{number(1), number(2)},
		Deferrals: []statement.Deferral{{Entry: number(1), Class: "016", Amount: 1350_00}, {Entry: number(1), Class: "017", Amount: 21_40},
			{Entry: number(2), Class: "022", Amount: 16_00}},
	}, got[0])
	require.Zero(t, got[1].Deferred)
	require.Empty(t, got[1].Deferrals, "the memory of the statement before is not shown")
}

// TestCoffeeStandsWithDuty: PF, Q1 record: coffee into Puerto Rico (672) is part
// of the estimated duty, and in no fee list.
func TestCoffeeStandsWithDuty(t *testing.T) {
	got := build(t, due("4909", '2', number(1), statement.ClassAmount{Class: "001", Amount: 5_00}, statement.ClassAmount{Class: "672", Amount: 25_00}))
	require.Equal(t, money.Cents(30_00), got[0].Duty)
	require.Equal(t, money.Cents(30_00), got[0].Total)
	require.Empty(t, got[0].FeeList)
}

// TestMostFees: five QE records of five fees (PF). An entry summary can owe 23
// classes of fees; more than 25 exist with those of other collections.
func TestMostFees(t *testing.T) {
	var fees []statement.ClassAmount
	for _, c := range tables(t).Classes() {
		if c.Kind == reference.KindFee {
			fees = append(fees, statement.ClassAmount{Class: c.Class, Amount: 1})
		}
	}
	require.Greater(t, len(fees), statement.MaxFees)
	got := build(t, due("2704", '2', number(1), fees[:statement.MaxFees]...))
	require.Equal(t, fees[:statement.MaxFees], got[0].FeeList)
	b := statement.NewBuilder(tables(t), 20251001, func(*statement.Statement) error { return nil })
	require.ErrorContains(t, b.Add(due("2704", '2', number(1), fees...)), "would be fee 26, and 25 are possible")
}

// TestParts: at most 2,000 entries on a statement (PF); the next part is a
// statement with a number of its own.
func TestParts(t *testing.T) {
	var entries []*statement.EntryDue
	for n := range 2*statement.MaxEntries + 1 {
		entries = append(entries, due("2704", '2', number(n), statement.ClassAmount{Class: "001", Amount: 1}))
	}
	got := build(t, entries...)
	require.Len(t, got, 3)
	for i, want := range []struct {
		number  string
		part, n int
	}{{"2726274001", 1, 2_000}, {"2726274002", 2, 2_000}, {"2726274003", 3, 1}} {
		require.Equal(t, want.number, got[i].Number)
		require.Equal(t, want.part, got[i].Part)
		require.Len(t, got[i].Entries, want.n)
		require.EqualValues(t, want.n, got[i].Total)
	}
	require.Len(t, build(t, entries[:statement.MaxEntries]...), 1)
}

func TestBuilderRefuses(t *testing.T) {
	none := func(*statement.Statement) error { return nil }
	add := func(entries ...*statement.EntryDue) error {
		b := statement.NewBuilder(tables(t), 20251001, none)
		for _, e := range entries {
			if err := b.Add(e); err != nil {
				return err
			}
		}
		return nil
	}
	require.ErrorContains(t, add(due("2704", '2', number(2)), due("2704", '2', number(1))), "does not follow")
	require.ErrorContains(t, add(due("2704", '2', number(2)), due("2704", '2', number(2))), "does not follow")
	require.ErrorContains(t, add(due("2704", '3', number(1)), due("2704", '2', number(2))), "does not follow")
	require.ErrorContains(t, add(due("2704", '1', number(1))), "payment type 1")
	require.ErrorContains(t, add(due("2704", '2', number(1), statement.ClassAmount{Class: "999"})), "class_codes has no row for class 999")
	require.ErrorContains(t, add(due("2704", '2', number(1), statement.ClassAmount{Class: "364"})), "not on daily statements")

	require.ErrorContains(t, add(due("2704", '2', number(1), statement.ClassAmount{Class: "201"})), "class 201 (other) is not on daily statements")
	late := due("2704", '2', number(1))
	late.Deferred = []statement.ClassAmount{{Class: "001", Amount: 1}}
	require.ErrorContains(t, add(late), "class 001 (duty) is deferred, which only an internal revenue tax can be")
	late.Deferred[0].Class = "999"
	require.ErrorContains(t, add(late), "class_codes has no row for class 999")

	full := errors.New("disk full")
	b := statement.NewBuilder(tables(t), 20251001, func(*statement.Statement) error { return full })
	require.NoError(t, b.Add(due("2704", '2', number(1))))
	require.ErrorIs(t, b.Close(), full)
}

// TestDistrictRunsOut: statement 46,656 of a district has no number.
func TestDistrictRunsOut(t *testing.T) {
	count := 0
	b := statement.NewBuilder(tables(t), 20251001, func(*statement.Statement) error { count++; return nil })
	key := func(n int) []byte {
		s := &entry.Summary{Number: "B7600000010", ProcessingPort: "2704", PaymentType: '3', Importer: fmt.Sprintf("%012d", n)}
		return statement.Key(nil, s)
	}
	for n := 1; n <= statement.MaxSequence; n++ {
		require.NoError(t, b.Add(&statement.EntryDue{Key: key(n), Entry: "B7600000010"}))
	}
	require.ErrorIs(t, b.Add(&statement.EntryDue{Key: key(statement.MaxSequence + 1), Entry: "B7600000010"}), statement.ErrSequence)
	require.Equal(t, statement.MaxSequence, count)
}

// TestNothingIsLost: whatever the entries, the statements hold each once and
// their totals are the sum of what is due.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var entries []*statement.EntryDue
		var total, deferred money.Cents
		for n := range rapid.IntRange(0, 40).Draw(rt, "entries") {
			e := due(rapid.SampledFrom([]string{"2704", "2709", "3001", "A101"}).Draw(rt, "port"),
				rapid.SampledFrom([]byte("235678")).Draw(rt, "payment type"), number(n))
			for _, class := range []reference.Class{"001", "012", "013", "017", "056", "108", "311", "496", "499", "500", "501", "672"} {
				if rapid.Bool().Draw(rt, string(class)) {
					amount := money.Cents(rapid.Int64Range(0, 1e9).Draw(rt, "amount"))
					if class == "017" && rapid.Bool().Draw(rt, "deferred") {
						e.Deferred = append(e.Deferred, statement.ClassAmount{Class: class, Amount: amount})
						deferred += amount
						continue
					}
					e.Amounts = append(e.Amounts, statement.ClassAmount{Class: class, Amount: amount})
					total += amount
				}
			}
			entries = append(entries, e)
		}
		slices.SortFunc(entries, func(a, b *statement.EntryDue) int {
			if c := bytes.Compare(a.Key, b.Key); c != 0 {
				return c
			}
			return statement.CompareEBCDIC(a.Entry, b.Entry)
		})
		var sum, later money.Cents
		seen, numbers := 0, map[string]bool{}
		for _, s := range build(t, entries...) {
			require.False(rt, numbers[s.Number], "number %s twice", s.Number)
			numbers[s.Number] = true
			var fees money.Cents
			for _, f := range s.FeeList {
				fees += f.Amount
			}
			require.Equal(rt, s.Fees, fees)
			require.Equal(rt, s.Total, s.Duty+s.Tax+s.AD+s.CVD+s.Fees)
			require.Equal(rt, len(s.Entries), s.Revenue+s.NonRevenue)
			var beside money.Cents
			for _, d := range s.Deferrals {
				beside += d.Amount
			}
			require.Equal(rt, s.Deferred, beside)
			later += beside
			sum += s.Total
			seen += len(s.Entries)
		}
		require.Equal(rt, total, sum)
		require.Equal(rt, deferred, later)
		require.Equal(rt, len(entries), seen)
	})
}

func BenchmarkBuilder(b *testing.B) {
	var entries []*statement.EntryDue
	for n := range 10_000 {
		entries = append(entries, due("2704", '2', number(n), statement.ClassAmount{Class: "001", Amount: 1}, statement.ClassAmount{Class: "499", Amount: 33_58}))
	}
	none := func(*statement.Statement) error { return nil }
	tables := tables(b)
	b.ReportAllocs()
	for b.Loop() {
		builder := statement.NewBuilder(tables, 20251001, none)
		for _, e := range entries {
			if err := builder.Add(e); err != nil {
				b.Fatal(err)
			}
		}
		if err := builder.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(entries))*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}
