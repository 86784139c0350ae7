package match

import (
	"bytes"
	"encoding/binary"
)

// Item is one record of a side.
type Item struct {
	Key    []byte // of the length given to Order
	Record []byte
	Number int64 // 1-based record or row number in its source
	Offset int64 // byte offset in its file; -1 when there is none
}

// Cursor gives the items of a side one after another, io.EOF at the end. An
// item's slices are valid until the next call.
type Cursor interface {
	Next(*Item) error
	Close() error
}

// An entry is an item as the sorter keeps it, in memory and in runs:
//
//	key | number, 8 bytes | offset, 8 bytes | record
const positionBytes = 16

func appendEntry(dst []byte, it *Item) []byte {
	dst = append(dst, it.Key...)
	dst = binary.BigEndian.AppendUint64(dst, uint64(it.Number))
	dst = binary.BigEndian.AppendUint64(dst, uint64(it.Offset))
	return append(dst, it.Record...)
}

// item reads an entry back without copying it.
func (it *Item) fromEntry(entry []byte, keyLen int) {
	it.Key = entry[:keyLen]
	it.Number = int64(binary.BigEndian.Uint64(entry[keyLen:]))
	it.Offset = int64(binary.BigEndian.Uint64(entry[keyLen+8:]))
	it.Record = entry[keyLen+positionBytes:]
}

// compareEntries orders by key, then record bytes, then number, so that the
// records of a duplicated key stand in the same order however they were read.
func compareEntries(a, b []byte, keyLen int) int {
	if c := bytes.Compare(a[:keyLen], b[:keyLen]); c != 0 {
		return c
	}
	if c := bytes.Compare(a[keyLen+positionBytes:], b[keyLen+positionBytes:]); c != 0 {
		return c
	}
	return bytes.Compare(a[keyLen:keyLen+8], b[keyLen:keyLen+8])
}

// prefix is the first eight bytes of a key as a number of the same order: most
// comparisons of a sort are settled by it without touching the entry.
func prefix(key []byte) uint64 {
	if len(key) >= 8 {
		return binary.BigEndian.Uint64(key)
	}
	var b [8]byte
	copy(b[:], key)
	return binary.BigEndian.Uint64(b[:])
}
