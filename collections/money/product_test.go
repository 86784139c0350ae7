package money_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/money"
)

// TestModes is the table of ISO/IEC 1989:2014, 14.7.4 ROUNDED phrase, on whole
// numbers: each row rounds a value with one decimal.
func TestModes(t *testing.T) {
	const inexact = math.MinInt64
	for _, c := range []struct {
		mode money.Mode
		// results for 25, -25, 35, 24, -26, 26, 20 tenths
		want [7]int64
	}{
		{money.AwayFromZero, [7]int64{3, -3, 4, 3, -3, 3, 2}},
		{money.NearestAwayFromZero, [7]int64{3, -3, 4, 2, -3, 3, 2}},
		{money.NearestEven, [7]int64{2, -2, 4, 2, -3, 3, 2}},
		{money.NearestTowardZero, [7]int64{2, -2, 3, 2, -3, 3, 2}},
		{money.Prohibited, [7]int64{inexact, inexact, inexact, inexact, inexact, inexact, 2}},
		{money.TowardGreater, [7]int64{3, -2, 4, 3, -2, 3, 2}},
		{money.TowardLesser, [7]int64{2, -3, 3, 2, -3, 2, 2}},
		{money.Truncation, [7]int64{2, -2, 3, 2, -2, 2, 2}},
	} {
		t.Run(c.mode.String(), func(t *testing.T) {
			for i, in := range []int64{25, -25, 35, 24, -26, 26, 20} {
				got, err := money.Multiply(in, 1).Round(1, c.mode)
				if c.want[i] == inexact {
					require.ErrorIs(t, err, money.ErrInexact)
					continue
				}
				require.NoError(t, err)
				require.Equal(t, c.want[i], got, "%d tenths", in)
			}
			back, err := money.ParseMode(c.mode.String())
			require.NoError(t, err)
			require.Equal(t, c.mode, back)
		})
	}
	require.Len(t, money.Modes(), 8)
	_, err := money.ParseMode("HALF-UP")
	require.Error(t, err)
	_, err = money.Multiply(1, 1).Round(1, money.Mode(8))
	require.Error(t, err)
	_, err = money.Multiply(1, 1).Round(money.MaxPlaces+1, money.Truncation)
	require.Error(t, err)
}

// slowRound is the obviously correct twin of Multiply and Round: decimals, and
// for each mode the definition of the standard.
func slowRound(a, b int64, places int, m money.Mode) (decimal.Decimal, bool) {
	d := decimal.New(a, 0).Mul(decimal.New(b, 0)).Shift(int32(-places))
	down, one := d.Truncate(0), decimal.New(int64(d.Sign()), 0)
	rest := d.Sub(down).Abs()
	half := rest.Cmp(decimal.RequireFromString("0.5"))
	away := false
	switch m {
	case money.AwayFromZero:
		away = !rest.IsZero()
	case money.NearestAwayFromZero:
		away = half >= 0
	case money.NearestTowardZero:
		away = half > 0
	case money.NearestEven:
		odd := down.BigInt().Bit(0) == 1
		away = half > 0 || half == 0 && odd
	case money.TowardGreater:
		away = !rest.IsZero() && d.Sign() > 0
	case money.TowardLesser:
		away = !rest.IsZero() && d.Sign() < 0
	case money.Prohibited:
		if !rest.IsZero() {
			return decimal.Zero, false
		}
	}
	if away {
		down = down.Add(one)
	}
	return down, true
}

// drawOperand prefers numbers whose products are exact ties.
func drawOperand(t *rapid.T, name string) int64 {
	return rapid.OneOf(
		rapid.Int64Range(-1_000_000, 1_000_000),
		rapid.Int64Range(math.MinInt64, math.MaxInt64),
		rapid.Map(rapid.Int64Range(-1e9, 1e9), func(n int64) int64 { return n * 5 }),
		rapid.SampledFrom([]int64{0, 1, -1, 125_000, 346_400, 5, 50_000_000, math.MaxInt64, math.MinInt64}),
	).Draw(t, name)
}

func TestProductAgreesWithDecimals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawOperand(t, "a"), drawOperand(t, "b")
		places := rapid.IntRange(0, money.MaxPlaces).Draw(t, "places")
		mode := rapid.SampledFrom(money.Modes()).Draw(t, "mode")
		require.True(t, money.Multiply(a, b).Decimal(0).Equal(decimal.New(a, 0).Mul(decimal.New(b, 0))))
		want, exact := slowRound(a, b, places, mode)
		got, err := money.Multiply(a, b).Round(places, mode)
		largest := decimal.New(math.MaxInt64, 0)
		switch {
		case !exact && err != nil: // a result may be inexact and too large at once
			return
		case want.Abs().GreaterThan(largest):
			require.ErrorIs(t, err, money.ErrOverflow)
		default:
			require.NoError(t, err)
			require.True(t, want.Equal(decimal.New(got, 0)), "%s != %d", want, got)
		}
	})
}

// TestHalfCentTies: every mode on exact half cents, by construction.
func TestHalfCentTies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(-1e12, 1e12).Draw(t, "cents")
		mode := rapid.SampledFrom(money.Modes()).Draw(t, "mode")
		tie := cents*10 + 5 // mills
		want, exact := slowRound(tie, 1, 1, mode)
		got, err := money.Multiply(tie, 1).Round(1, mode)
		if !exact {
			require.ErrorIs(t, err, money.ErrInexact)
			return
		}
		require.NoError(t, err)
		require.Equal(t, want.IntPart(), got)
	})
}

func TestAddIsExact(t *testing.T) {
	limit := new(big.Int).Lsh(big.NewInt(1), 127)
	rapid.Check(t, func(t *rapid.T) {
		var sum money.Product
		want := new(big.Int)
		for range rapid.IntRange(1, 6).Draw(t, "terms") {
			a, b := drawOperand(t, "a"), drawOperand(t, "b")
			want.Add(want, new(big.Int).Mul(big.NewInt(a), big.NewInt(b)))
			next, err := sum.Add(money.Multiply(a, b))
			if want.CmpAbs(limit) >= 0 {
				if err == nil && want.Sign() < 0 && want.CmpAbs(limit) == 0 {
					return // -2^127 itself fits
				}
				require.ErrorIs(t, err, money.ErrOverflow)
				return
			}
			require.NoError(t, err)
			sum = next
		}
		require.Zero(t, sum.Decimal(0).BigInt().Cmp(want))
	})
}

func BenchmarkMultiplyRound(b *testing.B) {
	b.ReportAllocs()
	value := int64(3333)
	for b.Loop() {
		cents, err := money.Multiply(value, 346_400).Round(6, money.NearestAwayFromZero)
		if err != nil || cents == 0 {
			b.Fatal(err)
		}
	}
}

func BenchmarkMultiplyRoundDecimal(b *testing.B) {
	b.ReportAllocs()
	value, rate := decimal.New(3333, 0), decimal.New(346_400, -8)
	for b.Loop() {
		if _, err := money.FromDecimal(value.Mul(rate), money.NearestAwayFromZero); err != nil {
			b.Fatal(err)
		}
	}
}

// TestTimesIsExact: a third factor, and a fourth, give what big integers give,
// or ErrOverflow beyond 127 bits: never a wrapped product.
func TestTimesIsExact(t *testing.T) {
	limit := new(big.Int).Lsh(big.NewInt(1), 127)
	rapid.Check(t, func(t *rapid.T) {
		product, exact := money.Multiply(1, 1), big.NewInt(1)
		for range rapid.IntRange(1, 4).Draw(t, "factors") {
			factor := drawOperand(t, "factor")
			exact.Mul(exact, big.NewInt(factor))
			next, err := product.Times(factor)
			if new(big.Int).Abs(exact).Cmp(limit) >= 0 {
				require.ErrorIs(t, err, money.ErrOverflow)
				return
			}
			require.NoError(t, err)
			product = next
			require.True(t, decimal.NewFromBigInt(exact, 0).Equal(product.Decimal(0)), "%s", exact)
		}
		other := money.Multiply(drawOperand(t, "a"), drawOperand(t, "b"))
		require.Equal(t, product.Decimal(0).LessThan(other.Decimal(0)), product.Less(other))
	})
}

// TestProductText: the text of a product is that of its decimal.
func TestProductText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := money.Multiply(drawOperand(t, "a"), drawOperand(t, "b"))
		scale := rapid.IntRange(0, money.MaxPlaces).Draw(t, "scale")
		require.Equal(t, "x"+p.Decimal(scale).String(), string(p.Append([]byte("x"), scale)))
	})
	large := money.Multiply(math.MinInt64, math.MinInt64) // 2^126
	require.Equal(t, "85070591730234615865843651857942052864", string(large.Append(nil, 0)))
	require.Equal(t, "0.05", string(money.Multiply(5, 100).Append(nil, 4)))
	require.Equal(t, "-100000000000000000000", string(money.Multiply(-1e10, 1e10).Append(nil, 0)))
	require.Zero(t, testing.AllocsPerRun(10, func() {
		var buffer [64]byte
		large.Append(buffer[:0], 8)
	}))
}
