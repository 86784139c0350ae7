package export

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// value turns a scalar of the JSON into one of the column's type.
func (w *parquetRows) value(n *parquetNode, v value) (parquet.Value, error) {
	start := len(w.text)
	switch n.store {
	case storeText:
		var err error
		w.text, err = v.text(w.text)
		return parquet.ByteArrayValue(w.text[start:len(w.text):len(w.text)]), err
	case storeReal:
		f, err := strconv.ParseFloat(string(v.span), 64)
		return parquet.DoubleValue(f), err
	case storeWide:
		var err error
		w.text, err = appendWide(w.text, v.span, n.scale)
		return parquet.FixedLenByteArrayValue(w.text[start:len(w.text):len(w.text)]), err
	}
	i, err := unscaled(v.span, n.scale)
	switch {
	case err != nil:
		return parquet.Value{}, err
	case n.store == storeInt64:
		return parquet.Int64Value(i), nil
	case i < math.MinInt32 || i > math.MaxInt32:
		return parquet.Value{}, fmt.Errorf("%s does not fit its column's 32 bits", v.span)
	}
	return parquet.Int32Value(int32(i)), nil
}

// unscaled reads a number with exactly scale decimal places: -30.50 with 2 is
// -3050.
func unscaled(s []byte, scale int) (int64, error) {
	digits, negative, err := digitsOf(s, scale)
	if err != nil {
		return 0, err
	}
	var n uint64
	for _, c := range digits {
		if c == '.' {
			continue
		}
		if n > (math.MaxInt64-9)/10 {
			return 0, fmt.Errorf("%s does not fit its column's 64 bits", s)
		}
		n = n*10 + uint64(c-'0')
	}
	if negative {
		return -int64(n), nil
	}
	return int64(n), nil
}

// appendWide appends the unscaled number in 16 bytes, big-endian two's
// complement (Parquet, LogicalTypes, "DECIMAL").
func appendWide(dst, s []byte, scale int) ([]byte, error) {
	digits, negative, err := digitsOf(s, scale)
	if err != nil {
		return dst, err
	}
	text := make([]byte, 0, wideDigits)
	for _, c := range digits {
		if c != '.' {
			text = append(text, c)
		}
	}
	n, ok := new(big.Int).SetString(string(text), 10)
	if !ok || n.BitLen() >= wideBytes*8 {
		return dst, fmt.Errorf("%s does not fit its column's %d digits", s, wideDigits)
	}
	if negative {
		n.Sub(new(big.Int).Lsh(big.NewInt(1), wideBytes*8), n)
		n.And(n, allOnes)
	}
	high := new(big.Int).Rsh(n, 64)
	dst = binary.BigEndian.AppendUint64(dst, high.Uint64())
	return binary.BigEndian.AppendUint64(dst, n.And(n, lowOnes).Uint64()), nil
}

// Masks of two's complement arithmetic in 128 bits.
var (
	allOnes = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), wideBytes*8), big.NewInt(1))
	lowOnes = new(big.Int).SetUint64(math.MaxUint64)
)

// digitsOf takes the sign off a number and checks its form: digits, and with a
// scale a point and that many more.
func digitsOf(s []byte, scale int) (digits []byte, negative bool, err error) {
	digits = s
	if len(s) > 0 && s[0] == '-' {
		digits, negative = s[1:], true
	}
	point := len(digits)
	if scale > 0 {
		point = len(digits) - scale - 1
	}
	for i, c := range digits {
		if (c < '0' || c > '9') && (i != point || c != '.') {
			return nil, false, fmt.Errorf("%q is not a number with %d decimal places", s, scale)
		}
	}
	if point < 0 || len(digits) == 0 || point < len(digits) && digits[point] != '.' {
		return nil, false, fmt.Errorf("%q is not a number with %d decimal places", s, scale)
	}
	return digits, negative, nil
}
