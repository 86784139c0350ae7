package dataset

import (
	"encoding/binary"
	"fmt"
)

// descriptor reads the descriptor word in front of a record: an RDW, an SDW of
// a segment, or the four characters of format D. It returns the bytes that
// follow the word.
func (f *Format) descriptor(word []byte) (length int, ok bool) {
	switch f.RECFM {
	case D:
		return f.decimalLength(word)
	case VS, VBS:
		return f.segmentLength(word)
	}
	return f.recordLength(word)
}

// recordLength returns the record's bytes after the RDW word.
func (f *Format) recordLength(word []byte) (int, bool) {
	n := f.statedLength(word)
	rest := word[2] | word[3]
	if f.RDW.Last {
		rest = word[0] | word[1]
	}
	limit := f.LRECL
	if limit == 0 {
		limit = maxLRECL
	}
	return n, rest == 0 && n >= 0 && n+rdwLength <= limit
}

// read returns the two bytes of length in a descriptor word.
func (d RDW) read(word []byte) uint16 {
	if d.Last {
		word = word[2:]
	}
	if d.LittleEndian {
		return binary.LittleEndian.Uint16(word)
	}
	return binary.BigEndian.Uint16(word)
}

// write is the inverse of read, the other two bytes zero.
func (d RDW) write(word []byte, n uint16) {
	clear(word)
	if d.Last {
		word = word[2:]
	}
	if d.LittleEndian {
		binary.LittleEndian.PutUint16(word, n)
		return
	}
	binary.BigEndian.PutUint16(word, n)
}

// statedLength is the length in an RDW or SDW without the word itself.
func (f *Format) statedLength(word []byte) int {
	n := int(f.RDW.read(word)) + f.RDW.Adjust
	if !f.RDW.ExcludesSelf {
		n -= rdwLength
	}
	return n
}

// decimalLength reads the four decimal characters of ISO/ANSI format D, in
// ASCII as the tape has them or in EBCDIC. They count themselves.
func (f *Format) decimalLength(word []byte) (int, bool) {
	n := 0
	zone := word[0] & 0xF0
	for _, c := range word[:rdwLength] {
		if c&0xF0 != zone || zone != 0x30 && zone != 0xF0 || c&0x0F > 9 {
			return 0, false
		}
		n = 10*n + int(c&0x0F)
	}
	n += f.RDW.Adjust
	if !f.RDW.ExcludesSelf {
		n -= rdwLength
	}
	return n, n >= 0 && n <= f.longest()
}

// nextDescribed cuts a record of V, VB or D.
func (r *Reader) nextDescribed() ([]byte, error) {
	if len(r.buf)-r.pos < rdwLength && !r.fill(rdwLength) {
		return nil, r.end("an RDW", rdwLength)
	}
	word := r.buf[r.pos : r.pos+rdwLength]
	length, ok := r.format.descriptor(word)
	if !ok {
		return nil, r.fail(r.format.badRDW(word), r.diagnose())
	}
	return r.take("an RDW and its record", rdwLength, length)
}

// startBlock reads the block descriptor word and sets where the block ends.
func (r *Reader) startBlock() error {
	if len(r.buf)-r.pos < rdwLength && !r.fill(rdwLength) {
		return r.end("a BDW", rdwLength)
	}
	word := r.buf[r.pos : r.pos+rdwLength]
	length, ok := r.format.blockLength(word)
	if !ok {
		hint := "the file may have no BDW"
		if r.record > 0 {
			hint = ""
		}
		return r.fail(fmt.Sprintf("BDW X'%X' reads a block of %d bytes", word, length), hint)
	}
	if rest := length - rdwLength; r.fixed > 0 && rest%int64(r.fixed) != 0 {
		return r.fail(fmt.Sprintf("BDW X'%X' reads a block of %d bytes of records, not a multiple of LRECL %d", word, rest, r.fixed), "the file may have no BDW")
	}
	r.blockEnd = r.NextOffset() + length
	r.pos += rdwLength
	return nil
}

// blockLength reads a block descriptor word: two bytes of length counting
// itself and two zero bytes, or 31 bits when the first bit is set (extended).
// In format D it is the block prefix, four decimal characters.
func (f *Format) blockLength(word []byte) (length int64, ok bool) {
	least := int64(rdwLength + 1)
	switch {
	case f.RECFM == D:
		n, ok := (&Format{RECFM: D}).decimalLength(word)
		return int64(n + rdwLength), ok && n >= rdwLength
	case f.RDW.LittleEndian, f.RDW.Last:
		length = int64(f.RDW.read(word))
	case word[0]&0x80 != 0:
		return int64(binary.BigEndian.Uint32(word) & 0x7FFFFFFF), binary.BigEndian.Uint32(word)&0x7FFFFFFF >= uint32(least)
	default:
		length = int64(binary.BigEndian.Uint16(word))
	}
	if f.described() {
		least = 2 * rdwLength
	}
	rest := word[2] | word[3]
	if f.RDW.Last {
		rest = word[0] | word[1]
	}
	return length, length >= least && rest == 0
}

// nextBlock cuts a record of U: the whole block after a BDW, else LRECL bytes,
// of which the last block may have fewer.
func (r *Reader) nextBlock() ([]byte, error) {
	if !r.format.BDW {
		if len(r.buf)-r.pos < r.format.LRECL && !r.fill(r.format.LRECL) && len(r.buf) > r.pos && r.ended() {
			return r.take("a block", 0, len(r.buf)-r.pos)
		}
		return r.take("a block", 0, r.format.LRECL)
	}
	length := r.blockEnd - r.NextOffset()
	if length > int64(r.format.longest()) {
		return nil, r.fail(fmt.Sprintf("a block of %d bytes is longer than %d", length, r.format.longest()), "")
	}
	return r.take("a block", 0, int(length))
}
