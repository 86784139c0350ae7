package ebcdic

import (
	"encoding/json"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func float(t require.TestingT, s FloatSpec) *Float {
	f, err := NewFloat(s)
	require.NoError(t, err)
	return f
}

// The first rows are the examples of z/Architecture Principles of Operation,
// "Hexadecimal-floating-point instructions".
var hexExamples = []struct{ hex, text, same string }{
	{"41100000", "1", ""},
	{"40800000", "0.5", ""},
	{"3F400000", "0.015625", ""}, // 1/64
	{"00000000", "0", ""},
	{"80000000", "-0", ""},
	{"C1F00000", "-15", ""},
	{"0010000000000000", "5.397605346934028e-79", ""},  // 16^-65, the smallest normal number
	{"7FFFFFFFFFFFFFFF", "7.2370055773322621e+75", ""}, // (1-16^-14) * 16^63, the largest
	{"7FFFFFFF", "7.237005e+75", "7.237005145973116e+75"},
	{"C276A000", "-118.625", ""},
	{"43142EFC", "322.9365", "322.9365234375"}, // X'142EFC' / 16^3, to the last place
	{"4019999A", "0.1", "0.100000001"},
	{"401999999999999A", "0.1", "0.1000000000000000001"},
	{"4264000000000000", "100", "1e2"},
	{"4811E1A3", "300000000", "3e8"},
	{"60000000", "0", ""}, // a zero fraction is zero whatever the exponent
	{"46000001", "1", ""}, // not normal: reads 1, and 1 is written as X'41100000'
	{"40404040", "0.2509804", ""},
	{"0000000000000001", "1e-94", "1.2e-94"}, // 16^-78
	{"4D38D7EA4C680000", "1000000000000000", "1e15"},
	{"5156BC75E2D63100", "100000000000000000000", "1e+20"},
	{"523635C9ADC5DEA0", "1e+21", "1000000000000000000000"},
}

func TestHexFloatExamples(t *testing.T) {
	for _, c := range hexExamples {
		b := unhex(t, c.hex)
		f := float(t, FloatSpec{Long: len(b) == 8})
		text, fault := f.Append([]byte("x"), b)
		require.Equal(t, OK, fault)
		require.Equal(t, "x"+c.text, string(text), c.hex)
		if c.hex == "46000001" || c.hex == "60000000" {
			continue
		}
		for _, s := range []string{string(text[1:]), c.same} {
			if s == "" {
				continue
			}
			back := make([]byte, len(b))
			require.Equal(t, OK, f.Put(back, s))
			require.Equal(t, b, back, "%s %s", c.hex, s)
		}
	}
}

// hexValue reads a HexFloat by its definition.
func hexValue(b []byte) *big.Rat {
	v := new(big.Rat).SetInt(new(big.Int).SetBytes(b[1:]))
	power := 4 * (int(b[0]&0x7F) - 64 - 2*(len(b)-1))
	two := new(big.Int).Lsh(big.NewInt(1), uint(max(power, -power)))
	if power < 0 {
		v.Quo(v, new(big.Rat).SetInt(two))
	} else {
		v.Mul(v, new(big.Rat).SetInt(two))
	}
	if b[0] >= 0x80 {
		v.Neg(v)
	}
	return v
}

// neighbours returns the values below and above |v| of the normal number b.
func neighbours(b []byte) (below, above *big.Rat) {
	v := new(big.Rat).Abs(hexValue(b))
	unit := slices.Clone(b)
	clear(unit[1:])
	unit[0] &= 0x7F
	unit[len(b)-1] = 1
	above = new(big.Rat).Add(v, hexValue(unit))
	if b[1] == 0x10 && strings.Trim(string(b[2:]), "\x00") == "" && unit[0] > 0 {
		unit[0]--
	}
	return new(big.Rat).Sub(v, hexValue(unit)), above
}

func decimal(t require.TestingT, s string) *big.Rat {
	v, ok := new(big.Rat).SetString(s)
	require.True(t, ok, s)
	return v
}

// hexBytes draws a normal number, or one below the smallest normal.
func hexBytes(long bool) *rapid.Generator[[]byte] {
	length := 4
	if long {
		length = 8
	}
	return rapid.Custom(func(t *rapid.T) []byte {
		b := rapid.SliceOfN(rapid.Byte(), length, length).Draw(t, "bytes")
		if rapid.IntRange(0, 3).Draw(t, "edge") == 0 { // powers of 16 have uneven neighbours
			clear(b[1:])
			b[1] = 0x10
		}
		if b[0]&0x7F != 0 && b[1] < 0x10 {
			b[1] |= 0x10
		}
		return b
	})
}

// Law: the text is nearer to the number than to its neighbours, no text with a
// digit less is, and it is written back as the same bytes.
func TestHexFloatShortest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		long := rapid.Bool().Draw(t, "long")
		f, b := float(t, FloatSpec{Long: long}), hexBytes(long).Draw(t, "number")
		text, fault := f.Append(nil, b)
		require.Equal(t, OK, fault)
		v, got := hexValue(b), decimal(t, string(text))
		back := make([]byte, len(b))
		require.Equal(t, OK, f.PutBytes(back, text))
		require.Equal(t, b, back, "%s", text)
		if v.Sign() == 0 {
			return
		}
		low, high := neighbours(b)
		v.Abs(v)
		got.Abs(got)
		half := big.NewRat(1, 2)
		low.Mul(low.Add(low, v), half)
		high.Mul(high.Add(high, v), half)
		even := b[len(b)-1]&1 == 0
		within := func(d *big.Rat) bool {
			l, h := d.Cmp(low), d.Cmp(high)
			return l > 0 && h < 0 || even && (l == 0 || h == 0)
		}
		require.True(t, within(got), "%s is not %s", text, v.FloatString(100))

		digits, unit := significant(t, string(text))
		shorter := new(big.Rat).Mul(unit, big.NewRat(10, 1)) // of a text with one digit less
		floor := new(big.Int).Quo(new(big.Rat).Quo(v, shorter).Num(), new(big.Rat).Quo(v, shorter).Denom())
		for _, d := range []int64{0, 1} {
			other := new(big.Rat).SetInt(new(big.Int).Add(floor, big.NewInt(d)))
			other.Mul(other, shorter)
			require.False(t, digits > 1 && within(other), "%s has a digit too many: %s", text, other.FloatString(100))
		}
		for _, d := range []int64{-1, 1} { // and none of the same length is nearer
			other := new(big.Rat).Mul(unit, big.NewRat(d, 1))
			other.Add(other, got)
			far := new(big.Rat).Sub(got, v)
			require.False(t, within(other) && other.Sub(other, v).Abs(other).Cmp(far.Abs(far)) < 0, "%s", text)
		}
	})
}

// significant counts the digits of text and returns the weight of the last.
func significant(t require.TestingT, text string) (digits int, unit *big.Rat) {
	mantissa, exponent, _ := strings.Cut(strings.TrimPrefix(text, "-"), "e")
	whole, places, _ := strings.Cut(mantissa, ".")
	all := strings.TrimLeft(whole+places, "0")
	cut := strings.TrimRight(all, "0")
	unit = decimal(t, "1e"+strconv.Itoa(len(all)-len(cut)-len(places)))
	if exponent != "" {
		unit.Mul(unit, decimal(t, "1e"+exponent))
	}
	return len(cut), unit
}

// Law: Put takes the nearest number, also of texts with many digits: the middle
// between two numbers goes to the even one, a little more or less does not.
func TestHexFloatNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		long := rapid.Bool().Draw(t, "long")
		f, b := float(t, FloatSpec{Long: long}), hexBytes(long).Draw(t, "number")
		b[0] &= 0x7F
		_, high := neighbours(b)
		middle := high.Mul(high.Add(high, hexValue(b)), big.NewRat(1, 2))
		text := middle.FloatString(330) // exact: no number has more binary places
		require.Equal(t, 0, middle.Cmp(decimal(t, text)))
		up := new(big.Int).Add(new(big.Int).SetBytes(b), big.NewInt(1)).FillBytes(make([]byte, len(b)))
		if b[0] == 0x7F || up[1] == 0 {
			return // beyond the largest, or at the next power of 16
		}
		even := b
		if b[len(b)-1]&1 == 1 {
			even = up
		}
		for s, want := range map[string][]byte{text: even, text + "000000001": up, lessThan(text): b} {
			got := make([]byte, len(b))
			if fault := f.Put(got, s); fault == OutOfMagnitude {
				require.Zero(t, hexValue(want).Sign())
				continue
			}
			require.Equal(t, want, got, s)
		}
	})
}

// lessThan makes the decimal text a little smaller: 0.5 becomes 0.4999.
func lessThan(text string) string {
	b := []byte(strings.TrimRight(text, "0"))
	for i := len(b) - 1; i >= 0; i-- {
		switch {
		case b[i] == '.':
		case b[i] == '0':
			b[i] = '9'
		default:
			b[i]--
			if b[len(b)-1] == '.' {
				b = append(b, '9')
			}
			return string(b) + "999"
		}
	}
	return string(b)
}

func TestFloatRefuses(t *testing.T) {
	for _, s := range []FloatSpec{{}, {Long: true}, {Format: IEEEFloat}, {Long: true, Format: IEEEFloat}} {
		f := float(t, s)
		b := make([]byte, f.Length())
		b[0] = 0x42
		before := slices.Clone(b)
		for _, text := range []string{"", "-", ".", "1.", ".5", "1e", "1e+", "e5", "1.2.3", "0x1p4", "inf", "NaN", "1_0", " 1", "1 "} {
			require.Equal(t, NotNumber, f.Put(b, text), "%q", text)
		}
		for _, text := range []string{"1e400", "-1e400", "1e-400", "1e99999999999999999999"} {
			require.Equal(t, OutOfMagnitude, f.Put(b, text), "%q", text)
		}
		require.Equal(t, Short, f.Put(b[1:], "1"))
		_, fault := f.Append(nil, b[1:])
		require.Equal(t, Short, fault)
		_, fault = f.Float64(b[1:])
		require.Equal(t, Short, fault)
		require.Equal(t, before, b)
	}
	require.Equal(t, OutOfMagnitude, float(t, FloatSpec{}).Put(make([]byte, 4), "7.23700557733226222e75"))
	_, err := NewFloat(FloatSpec{Format: 2})
	require.ErrorContains(t, err, "format 2")
}

// The texts of IEEE numbers are those of encoding/json, and GnuCOBOL 3.1.2 on
// x86 stores COMP-1 VALUE -118.625 as X'0040EDC2'.
func TestIEEEFloat(t *testing.T) {
	little := float(t, FloatSpec{Format: IEEEFloat, LittleEndian: true})
	b := make([]byte, 4)
	require.Equal(t, OK, little.Put(b, "-118.625"))
	require.Equal(t, unhex(t, "0040EDC2"), b)
	long := float(t, FloatSpec{Format: IEEEFloat, Long: true})
	require.Equal(t, OK, long.Put(make([]byte, 8), "0e-999"))
	for _, bad := range []string{"7FF0000000000000", "FFF0000000000000", "7FF8000000000001"} {
		text, fault := long.Append([]byte("x"), unhex(t, bad))
		require.Equal(t, NotFinite, fault)
		require.Equal(t, "x", string(text))
	}
	rapid.Check(t, func(t *rapid.T) {
		s := FloatSpec{Format: IEEEFloat, Long: rapid.Bool().Draw(t, "long"), LittleEndian: rapid.Bool().Draw(t, "little")}
		f := float(t, s)
		b := rapid.SliceOfN(rapid.Byte(), f.Length(), f.Length()).Draw(t, "bytes")
		v, fault := f.Float64(b)
		require.Equal(t, OK, fault)
		text, fault := f.Append(nil, b)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			require.Equal(t, NotFinite, fault)
			return
		}
		want, err := json.Marshal(v)
		if !s.Long {
			want, err = json.Marshal(float32(v))
		}
		require.NoError(t, err)
		require.Equal(t, string(want), string(text))
		back := make([]byte, len(b))
		require.Equal(t, OK, f.PutBytes(back, text))
		require.Equal(t, b, back)
	})
}

// Float64 is the exact value where a float64 has it.
func TestHexFloat64(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		long := rapid.Bool().Draw(t, "long")
		b := hexBytes(long).Draw(t, "number")
		v, fault := float(t, FloatSpec{Long: long}).Float64(b)
		require.Equal(t, OK, fault)
		want, exact := hexValue(b).Float64()
		require.Equal(t, want, v)
		require.True(t, exact || long)
	})
}

func TestFloatDoesNotAllocate(t *testing.T) {
	b, dst := unhex(t, "43142EFC0A1B2C3D"), make([]byte, 0, 40)
	for _, s := range []FloatSpec{{Long: true}, {Long: true, Format: IEEEFloat}} {
		f := float(t, s)
		require.Zero(t, testing.AllocsPerRun(10, func() {
			dst, _ = f.Append(dst[:0], b)
			f.PutBytes(b, dst)
		}))
	}
}

// FuzzFloat reads any text and writes what it is nearest to. Nothing was found
// so far.
func FuzzFloat(f *testing.F) {
	for _, c := range hexExamples {
		f.Add(c.text, true, false)
		f.Add(c.same, false, true)
	}
	f.Fuzz(func(t *testing.T, s string, long, ieee bool) {
		spec := FloatSpec{Long: long}
		if ieee {
			spec.Format = IEEEFloat
		}
		n := float(t, spec)
		b := make([]byte, n.Length())
		if n.Put(b, s) != OK {
			return
		}
		text, fault := n.Append(nil, b)
		require.Equal(t, OK, fault)
		back := make([]byte, len(b))
		require.Equal(t, OK, n.PutBytes(back, text))
		require.Equal(t, b, back)
	})
}

func BenchmarkFloat(b *testing.B) {
	for _, c := range []struct{ name, hex string }{{"comp-1", "43142EFC"}, {"comp-2", "43142EFC0A1B2C3D"}} {
		field := unhex(b, c.hex)
		f := float(b, FloatSpec{Long: len(field) == 8})
		dst := make([]byte, 0, 40)
		b.Run(c.name+"/append", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				dst, _ = f.Append(dst[:0], field)
			}
		})
		b.Run(c.name+"/put", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f.PutBytes(field, dst)
			}
		})
	}
}
