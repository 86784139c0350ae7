package ledger_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
	"tidewaiter/fixtures/everyrule"
	"tidewaiter/fixtures/generate"
)

// eachAssessed assesses the entries of a day made to meet every rule. Entries
// with a fault are refused and left out.
func eachAssessed(t *testing.T, tables *reference.Tables, seed uint64, entries int, use func(s *entry.Summary, a *assess.Assessment)) {
	t.Helper()
	dir := t.TempDir()
	_, err := generate.Day{Seed: seed, Entries: entries, Date: businessDate, EveryRule: true, Tables: tables}.Write(t.Context(), dir)
	require.NoError(t, err)
	file, err := os.Open(filepath.Join(dir, generate.EntriesFile))
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	r, err := extract.NewReader(file, generate.EntriesFile)
	require.NoError(t, err)
	assessor := assess.New(tables, assess.Regulation)
	var s entry.Summary
	var a assess.Assessment
	for {
		err := r.Next(&s)
		if errors.Is(err, io.EOF) {
			return
		}
		var unreadable *extract.EntryError
		if errors.As(err, &unreadable) {
			continue
		}
		require.NoError(t, err)
		if assessor.Assess(&a, &s) == nil {
			use(&s, &a)
		}
	}
}

// TestWhatIsOnlyReportedIsNotDue: PF Q1 and Q2: what is only reported (bonded deposits,
// deferred tax, what a warehouse entry or a temporary importation does not pay)
// is never in the amount due. Each entry's totals, its journal's balancing
// debits and its part of the statement say the same.
func TestWhatIsOnlyReportedIsNotDue(t *testing.T) {
	chart, err := ledger.DefaultChart()
	require.NoError(t, err)
	memorandum := map[string]bool{}
	for _, account := range chart.Accounts() {
		memorandum[account.Code] = account.Memorandum()
	}
	tables, err := everyrule.Tables()
	require.NoError(t, err)
	seen := map[string]int{}
	var j ledger.Journal
	each := func(s *entry.Summary, a *assess.Assessment) {
		require.NoError(t, ledger.JournalFor(&j, s, a, businessDate))
		var sum money.Cents
		balancing := map[string]money.Cents{}
		for _, p := range j.Postings {
			sum += p.Amount
			if p.Disposition == 0 {
				balancing[p.Account] += p.Amount
				continue
			}
			assert.Equal(t, p.Disposition == 'B' || p.Disposition == 'N', memorandum[p.Account], "entry %s, account %s", s.Number, p.Account)
		}
		require.Zero(t, sum)
		totals := &a.Totals
		assert.Equal(t, [...]money.Cents{totals.Due, totals.Deferred, totals.Bonded, totals.NotDue},
			[...]money.Cents{balancing["1110"], balancing["1325"], balancing["9199"], balancing["9299"]}, "entry %s", s.Number)
		assert.Equal(t, totals.Due+totals.Deferred+totals.Bonded+totals.NotDue, totals.Reported.Grand.Total(), "entry %s", s.Number)
		payable(t, s, a, seen)
	}
	rapid.Check(t, func(r *rapid.T) {
		eachAssessed(t, tables, rapid.Uint64().Draw(r, "seed of the day"), 40, each)
		if t.Failed() {
			r.FailNow()
		}
	})
	for _, kind := range []string{"warehouse", "re-warehouse", "temporary importation", "bonded", "deferred", "not due"} {
		assert.Positive(t, seen[kind], "entries met: %s", kind)
	}
}

// TestJournalBalancesByDisposition: whatever an entry is charged, each disposition
// balances by itself, on its own account, and no charge is lost.
func TestJournalBalancesByDisposition(t *testing.T) {
	chart, err := ledger.DefaultChart()
	require.NoError(t, err)
	balancedBy := map[assess.Disposition]string{assess.Due: "1110", assess.Deferred: "1325", assess.Bonded: "9199", assess.NotDue: "9299"}
	rapid.Check(t, func(r *rapid.T) {
		a := &assess.Assessment{}
		want := map[string]money.Cents{}
		for line := range rapid.IntRange(0, 30).Draw(r, "charges") {
			c := assess.Charge{Line: line, Class: rapid.SampledFrom(assess.Classes()).Draw(r, "class"),
				Amount:      money.Cents(rapid.Int64Range(-1e11, 1e11).Draw(r, "amount")),
				Disposition: rapid.SampledFrom([]assess.Disposition{assess.Due, assess.Deferred, assess.Bonded, assess.NotDue}).Draw(r, "disposition")}
			account, err := chart.ForCharge(c.Class, c.Disposition)
			if err != nil {
				continue // only taxes are deferred, only deposits bonded
			}
			a.Charges = append(a.Charges, c)
			want[account] -= c.Amount
			want[balancedBy[c.Disposition]] += c.Amount
		}
		if len(a.Charges) == 0 {
			want["1110"] = 0
		}
		var j ledger.Journal
		require.NoError(r, ledger.JournalFor(&j, summary(t, "B76", 1), a, businessDate))
		got := map[string]money.Cents{}
		for _, p := range j.Postings {
			got[p.Account] += p.Amount
		}
		require.Equal(r, want, got)
	})
}

// payable checks the dispositions of an entry's charges by the rule of its type:
// PF, page 8: type 21 pays its harbor maintenance fee, 22 nothing, 23 its harbor
// maintenance fee; 19 CFR 24.4: only internal revenue taxes are deferred; ACE
// CATAIR AE note ff: claim code B is a bond's.
func payable(t *testing.T, s *entry.Summary, a *assess.Assessment, seen map[string]int) {
	t.Helper()
	bonds := false
	for _, l := range s.Lines {
		for _, c := range l.Cases {
			bonds = bonds || c.Claim == 'B'
		}
	}
	defers := s.DeferredTax == '1' || s.DeferredTax == '2'
	onlyHarbor := map[string]string{"21": "warehouse", "22": "re-warehouse", "23": "temporary importation"}[s.Type]
	if onlyHarbor != "" {
		seen[onlyHarbor]++
	}
	for _, c := range a.Charges {
		tax := c.Class == reference.ClassSpiritsTax || c.Class == reference.ClassWineTax || c.Class == reference.ClassTobaccoTax || c.Class == reference.ClassOtherTax
		switch c.Disposition {
		case assess.Due:
			assert.False(t, onlyHarbor != "" && (c.Class != reference.ClassHMF || s.Type == "22"), "entry %s, type %s, class %s", s.Number, s.Type, c.Class)
			assert.False(t, defers && tax, "entry %s defers its taxes, class %s", s.Number, c.Class)
		case assess.Deferred:
			assert.True(t, defers && tax, "entry %s, class %s", s.Number, c.Class)
			seen["deferred"]++
		case assess.Bonded:
			assert.True(t, bonds && (c.Class == reference.ClassAntidumping || c.Class == reference.ClassCountervailing), "entry %s, class %s", s.Number, c.Class)
			seen["bonded"]++
		case assess.NotDue:
			assert.NotEmpty(t, onlyHarbor, "entry %s, type %s, class %s", s.Number, s.Type, c.Class)
			seen["not due"]++
		}
	}
}
