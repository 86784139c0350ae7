package copybooks

import (
	"slices"

	"tidewaiter/ebcdic"
)

// storage is a form of numbers that package ebcdic does not read as it stands:
// the bytes are brought into one it does.
type storage uint8

const (
	plainStorage   storage = iota
	unsignedPacked         // COMP-6: packed without a sign nibble
	shortBinary            // COMP-X: big-endian binary of any number of bytes
	littleBinary           // COMP-9: little-endian binary
	nationalDigits         // NATIONAL: UTF-16, see narrow
)

// stored is room for the longest number in its plain form: a packed one of
// MaxDigits digits.
type stored [ebcdic.MaxDigits/2 + 1]byte

func storageOf(u Usage) storage {
	switch u {
	case UnsignedPacked:
		return unsignedPacked
	case CompX:
		return shortBinary
	case Comp9:
		return littleBinary
	case National:
		return nationalDigits
	}
	return plainStorage
}

// plain brings b into the form that the field's number reads.
func (p *field) plain(b []byte, room *stored) []byte {
	out := room[:p.number.Length()]
	switch p.storage {
	case plainStorage:
		return b
	case littleBinary:
		copy(out, b)
		slices.Reverse(out)
	case shortBinary:
		pad := byte(0)
		if p.item.Signed && b[0]&0x80 != 0 {
			pad = 0xFF
		}
		head := len(out) - len(b)
		for i := range head {
			out[i] = pad
		}
		copy(out[head:], b)
	case unsignedPacked:
		// One nibble to the left makes room for the sign. With an odd number
		// of digits the first nibble is a pad that falls off.
		low := len(out) - 1
		out[low] = 0x0F
		for i := len(b) - 1; i >= 0; i-- {
			out[low] |= b[i] << 4
			if low--; low < 0 {
				break
			}
			out[low] = b[i] >> 4
		}
	}
	return out
}

// store is the inverse of plain.
func (p *field) store(b, from []byte) ebcdic.Fault {
	switch p.storage {
	case littleBinary:
		copy(b, from)
		slices.Reverse(b)
	case shortBinary:
		head := len(from) - len(b)
		pad := byte(0)
		if p.item.Signed && from[head]&0x80 != 0 {
			pad = 0xFF
		}
		for _, c := range from[:head] {
			if c != pad {
				return ebcdic.OutOfRange
			}
		}
		copy(b, from[head:])
	case unsignedPacked:
		low := len(from) - 1
		for i := len(b) - 1; i >= 0; i-- {
			b[i] = from[low] >> 4
			if low--; low >= 0 {
				b[i] |= from[low] << 4
			}
		}
	}
	return ebcdic.OK
}

// dirty reports a pad nibble of an odd COMP-6 that is not zero.
func (p *field) dirty(b []byte) bool {
	return p.storage == unsignedPacked && p.item.Digits%2 == 1 && b[0]>>4 != 0
}

// compXLength is the bytes of PIC 9(n) COMP-X: the fewest that hold every value
// of n digits (Micro Focus COBOL Language Reference, "USAGE clause").
func compXLength(digits int, signed bool) int {
	limit := uint64(1)
	for range digits {
		limit *= 10
	}
	limit--
	length := 1
	for room := uint64(0xFF); length < 8; length++ {
		if most := room; limit <= most && !signed || limit <= most>>1 {
			break
		}
		room = room<<8 | 0xFF
	}
	return length
}
