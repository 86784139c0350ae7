package ebcdic

import "math/bits"

// natural is a whole number of up to 2048 bits on the stack, least significant
// word first. It is what exact conversion between hexadecimal floating point and
// decimal text needs: at most 10^494 (see maxTextDigits), and 57 bits of room.
type natural struct {
	n     int // words used; the last of them is not 0
	words [32]uint64
}

func (x *natural) set(v uint64) {
	x.n, x.words[0] = 0, v
	if v != 0 {
		x.n = 1
	}
}

func (x *natural) bitLen() int {
	if x.n == 0 {
		return 0
	}
	return 64*(x.n-1) + bits.Len64(x.words[x.n-1])
}

// mulAdd makes x = x*m + a.
func (x *natural) mulAdd(m, a uint64) {
	for i := range x.n {
		high, low := bits.Mul64(x.words[i], m)
		var carry uint64
		x.words[i], carry = bits.Add64(low, a, 0)
		a = high + carry
	}
	if a != 0 {
		x.words[x.n] = a
		x.n++
	}
}

// mulPower makes x = x * 10^power.
func (x *natural) mulPower(power int) {
	for ; power > 0; power -= int64Digits {
		x.mulAdd(powers[min(power, int64Digits)], 0)
	}
}

// shift makes x = x * 2^by.
func (x *natural) shift(by int) {
	if x.n == 0 || by == 0 {
		return
	}
	words, rest := by/64, by%64
	top := x.words[x.n-1] >> (64 - rest) // 0 for a rest of 0
	for i := x.n - 1; i > 0; i-- {
		x.words[i+words] = x.words[i]<<rest | x.words[i-1]>>(64-rest)
	}
	x.words[words] = x.words[0] << rest
	clear(x.words[:words])
	x.n += words
	if top != 0 {
		x.words[x.n] = top
		x.n++
	}
}

// compare returns -1, 0 or 1 as x is less than y, equal or greater.
func (x *natural) compare(y *natural) int {
	if x.n != y.n {
		return sign(x.n < y.n)
	}
	for i := x.n - 1; i >= 0; i-- {
		if x.words[i] != y.words[i] {
			return sign(x.words[i] < y.words[i])
		}
	}
	return 0
}

func sign(less bool) int {
	if less {
		return -1
	}
	return 1
}

// sub makes x = x - y; x is not less than y.
func (x *natural) sub(y *natural) {
	var borrow uint64
	for i := range x.n {
		var v uint64
		if i < y.n {
			v = y.words[i]
		}
		x.words[i], borrow = bits.Sub64(x.words[i], v, borrow)
	}
	for x.n > 0 && x.words[x.n-1] == 0 {
		x.n--
	}
}

// add makes x = x + y.
func (x *natural) add(y *natural) {
	n := max(x.n, y.n)
	var carry uint64
	for i := range n {
		var a, b uint64
		if i < x.n {
			a = x.words[i]
		}
		if i < y.n {
			b = y.words[i]
		}
		x.words[i], carry = bits.Add64(a, b, carry)
	}
	if x.n = n; carry != 0 {
		x.words[n] = carry
		x.n++
	}
}
