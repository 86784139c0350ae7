package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/reference"
)

// TestEveryClassHasAnAccount: whatever class code the reference tables know can
// be posted as due; what an entry summary carries also as not due, taxes also as
// deferred, deposits also as bonded. Nothing else has an account.
func TestEveryClassHasAnAccount(t *testing.T) {
	tables, err := reference.Default()
	require.NoError(t, err)
	chart, err := ledger.DefaultChart()
	require.NoError(t, err)
	onEntries := map[reference.Class]bool{}
	for _, class := range assess.Classes() {
		onEntries[class] = true
	}
	require.NotEmpty(t, tables.Classes())
	for _, c := range tables.Classes() {
		t.Run(string(c.Class)+" "+c.Name, func(t *testing.T) {
			want := map[assess.Disposition]bool{
				assess.Due:      true,
				assess.NotDue:   onEntries[c.Class],
				assess.Deferred: c.Kind == reference.KindTax,
				assess.Bonded:   c.Kind == reference.KindAntidumping || c.Kind == reference.KindCountervailing,
			}
			for d, has := range want {
				account, err := chart.ForCharge(c.Class, d)
				if has {
					assert.NoError(t, err)
					assert.Contains(t, account, "."+string(c.Class), "accounts end in the class code")
				} else {
					assert.ErrorContains(t, err, "no account for class "+string(c.Class)+" with disposition "+d.String())
				}
			}
		})
	}
}

// TestEveryAccountIsOfAKnownClass finds rows left behind by a class that went.
func TestEveryAccountIsOfAKnownClass(t *testing.T) {
	tables, err := reference.Default()
	require.NoError(t, err)
	chart, err := ledger.DefaultChart()
	require.NoError(t, err)
	for _, a := range chart.Accounts() {
		if a.Class != "" {
			_, err := tables.Class(a.Class, businessDate)
			assert.NoError(t, err, "account %s", a.Code)
		}
		assert.Equal(t, a.Disposition == assess.Bonded || a.Disposition == assess.NotDue, a.Memorandum(), "account %s", a.Code)
	}
}
