package ledger

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"tidewaiter/collections/reference"
)

func TestDaysSince2000AgreesWithTheCalendar(t *testing.T) {
	zero := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(r *rapid.T) {
		day := time.Date(rapid.IntRange(1, 9999).Draw(r, "year"), 1, rapid.IntRange(1, 366).Draw(r, "day"), 0, 0, 0, 0, time.UTC)
		if day.Year() > 9999 {
			r.Skip()
		}
		want := int32((day.Unix() - zero.Unix()) / 86400) // a time.Duration holds 292 years only
		if got := daysSince2000(reference.DateOf(day)); got != want {
			r.Fatalf("%s: %d, want %d", day, got, want)
		}
	})
}

func TestChartIsRefused(t *testing.T) {
	const head = "code,name,class,disposition,side,citation,verified\n"
	const whole = "1110,cash,,,debit,c,no\n9199,b,,B,debit,c,no\n9299,n,,N,debit,c,no\n1325,f,,F,debit,c,no\n"
	_, err := readChart(head + whole)
	assert.NoError(t, err)
	for _, tc := range []struct{ name, text, want string }{
		{"other columns", "code,name\n", "the first line must be"},
		{"ragged", head + "1110,cash\n", "wrong number of fields"},
		{"no contra account", head + "1110,cash,,,debit,c,no\n", "no account balances charges with disposition bonded"},
		{"account twice", head + whole + "1110,cash,001,D,debit,c,no\n", "line 6: account 1110 is given twice"},
		{"no receivable for deferred tax", head + "1110,cash,,,debit,c,no\n9199,b,,B,debit,c,no\n9299,n,,N,debit,c,no\n", "no account balances charges with disposition deferred"},
		{"two accounts for a charge", head + whole + "1,a,001,D,credit,c,no\n2,a,001,D,credit,c,no\n", "both take class 001"},
		{"two contra accounts", head + whole + "1,a,,,debit,c,no\n", "both balance charges with disposition due"},
		{"side", head + "1110,cash,,,left,c,no\n", `side "left"`},
		{"disposition", head + "1110,cash,,X,debit,c,no\n", `disposition "X"`},
		{"no citation", head + "1110,cash,,,debit,,no\n", "citation must be given"},
		{"verified", head + "1110,cash,,,debit,c,maybe\n", `verified "maybe"`},
		{"class", head + "1,cash,1,D,debit,c,no\n", `class "1" is not three characters`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := readChart(tc.text)
			assert.ErrorContains(t, err, tc.want)
		})
	}
}
