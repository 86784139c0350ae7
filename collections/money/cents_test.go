package money_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/money"
)

// TestExampleT2Rounding is the published list of ACE CATAIR AE usage note hh,
// example T2: values to whole dollars, money to cents, quantities to 3 and 4
// decimals, and the digits that a record's field holds.
func TestExampleT2Rounding(t *testing.T) {
	for _, c := range []struct {
		name, in string
		places   int
		want     string
		field    int64 // with the field's implied decimals
	}{
		{"value", "123.49", 0, "123", 123},
		{"value", "123.50", 0, "124", 124},
		{"value", "123.51", 0, "124", 124},
		{"money", "123.58155", 2, "123.58", 12358},
		{"money", "123.56451", 2, "123.56", 12356},
		{"money", "123.54500", 2, "123.55", 12355},
		{"money", "181.56451", 2, "181.56", 18156},
		{"money", "256.18515", 2, "256.19", 25619},
		{"quantity, 3 decimals", "123.4598000", 3, "123.460", 123460},
		{"quantity, 3 decimals", "123.0854509", 3, "123.085", 123085},
		{"quantity, 4 decimals", "123.5678490", 4, "123.5678", 1235678},
		{"quantity, 4 decimals", "123.0375550", 4, "123.0376", 1230376},
	} {
		t.Run("T2 AE note hh: "+c.name+" "+c.in, func(t *testing.T) {
			const scale = 7
			exact, err := money.ParseScaled(c.in, scale)
			require.NoError(t, err)
			got, err := money.Multiply(exact, 1).Round(scale-c.places, money.NearestAwayFromZero)
			require.NoError(t, err)
			require.Equal(t, c.field, got)
			require.Equal(t, c.want, string(money.AppendScaled(nil, got, c.places)))
			if c.places == 2 {
				cents, err := money.FromDecimal(decimal.RequireFromString(c.in), money.NearestAwayFromZero)
				require.NoError(t, err)
				require.Equal(t, c.want, cents.String())
			}
		})
	}
}

func TestCentsText(t *testing.T) {
	for c, want := range map[money.Cents]string{
		0: "0.00", 5: "0.05", -5: "-0.05", 1230: "12.30", -1230: "-12.30", 100: "1.00",
		math.MaxInt64: "92233720368547758.07", math.MinInt64: "-92233720368547758.08",
	} {
		require.Equal(t, want, c.String())
		require.True(t, c.Decimal().Equal(decimal.RequireFromString(want)))
	}
}

func TestParseCents(t *testing.T) {
	for in, want := range map[string]money.Cents{
		"0": 0, "12": 1200, "12.3": 1230, "-12.30": -1230, "-0.05": -5, "0012.00": 1200, "92233720368547758.07": math.MaxInt64,
	} {
		got, err := money.ParseCents(in)
		require.NoError(t, err, in)
		require.Equal(t, want, got, in)
	}
	for _, in := range []string{"", "-", ".", ".5", "5.", "1.005", "1,000.00", "+1", " 1", "1 ", "1e2", "1.2.3", "--1", "$1", "\u0661",
		"92233720368547758.08", "100000000000000000000"} {
		_, err := money.ParseCents(in)
		require.Error(t, err, "%q", in)
	}
}

func TestCentsJSON(t *testing.T) {
	b, err := json.Marshal(map[string]money.Cents{"due": 332069})
	require.NoError(t, err)
	require.Equal(t, `{"due":"3320.69"}`, string(b))
	var back map[string]money.Cents
	require.NoError(t, json.Unmarshal(b, &back))
	require.EqualValues(t, 332069, back["due"])
	require.Error(t, json.Unmarshal([]byte(`{"due":3320.69}`), &back), "a JSON number may have been a float")
	require.Error(t, json.Unmarshal([]byte(`{"due":"3320.695"}`), &back))
}

func TestFromDecimal(t *testing.T) {
	_, err := money.FromDecimal(decimal.RequireFromString("1.005"), money.Prohibited)
	require.ErrorIs(t, err, money.ErrInexact)
	_, err = money.FromDecimal(decimal.RequireFromString("92233720368547758.08"), money.Prohibited)
	require.ErrorIs(t, err, money.ErrOverflow)
	got, err := money.FromDecimal(decimal.RequireFromString("-1.005"), money.NearestAwayFromZero)
	require.NoError(t, err)
	require.Equal(t, "-1.01", got.String())
}

func TestParseRate(t *testing.T) {
	for _, in := range []string{"0.003464", "0.00125", "25", "0.07", "99999.999999", "0.00000001"} {
		r, err := money.ParseRate(in)
		require.NoError(t, err)
		require.Equal(t, in, r.String())
	}
	_, err := money.ParseRate("0.000000001")
	require.Error(t, err, "a ninth decimal would be lost")
}

// TestCentsRoundTrip: text and number are one to one.
func TestCentsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := money.Cents(rapid.Int64Range(-math.MaxInt64, math.MaxInt64).Draw(t, "cents"))
		back, err := money.ParseCents(c.String())
		require.NoError(t, err)
		require.Equal(t, c, back)
	})
}

// FuzzParseCents: no text panics, and what is read is written back as an equal
// decimal.
func FuzzParseCents(f *testing.F) {
	for _, seed := range []string{"0", "-12.30", "92233720368547758.07", "1e5000000", "1.005", "-", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := money.ParseCents(s)
		if err != nil {
			return
		}
		require.True(t, c.Decimal().Equal(decimal.RequireFromString(s)))
		back, err := money.ParseCents(c.String())
		require.NoError(t, err)
		require.Equal(t, c, back)
	})
}
