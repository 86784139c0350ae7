package ledger

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"tidewaiter/collections/reference"
)

// copyData builds the bytes of a COPY ... FROM STDIN (FORMAT binary) in one
// buffer that is used again: a day has ten million rows, so no row may cost an
// allocation (PostgreSQL documentation, COPY, binary format).
type copyData struct {
	buf []byte
	err error // the first value that does not fit; names the column
}

var copySignature = []byte("PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00")

func (c *copyData) reset() {
	c.buf = append(c.buf[:0], copySignature...)
	c.err = nil
}

// finish ends the data and gives it, or the first error.
func (c *copyData) finish() ([]byte, error) {
	c.buf = binary.BigEndian.AppendUint16(c.buf, 0xFFFF)
	return c.buf, c.err
}

func (c *copyData) row(columns uint16) { c.buf = binary.BigEndian.AppendUint16(c.buf, columns) }

func (c *copyData) null() { c.buf = binary.BigEndian.AppendUint32(c.buf, 0xFFFFFFFF) }

func (c *copyData) int2(v int16) {
	c.buf = binary.BigEndian.AppendUint32(c.buf, 2)
	c.buf = binary.BigEndian.AppendUint16(c.buf, uint16(v))
}

func (c *copyData) int4(column string, v int) {
	if v < math.MinInt32 || v > math.MaxInt32 {
		c.fail(column, fmt.Errorf("%d does not fit 32 bits", v))
	}
	c.buf = binary.BigEndian.AppendUint32(c.buf, 4)
	c.buf = binary.BigEndian.AppendUint32(c.buf, uint32(v))
}

func (c *copyData) int8(v int64) {
	c.buf = binary.BigEndian.AppendUint32(c.buf, 8)
	c.buf = binary.BigEndian.AppendUint64(c.buf, uint64(v))
}

func (c *copyData) text(column, s string) {
	if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
		c.fail(column, fmt.Errorf("%q is no text Postgres can keep", s))
	}
	c.buf = binary.BigEndian.AppendUint32(c.buf, uint32(len(s)))
	c.buf = append(c.buf, s...)
}

func (c *copyData) bytes(b []byte) {
	c.buf = binary.BigEndian.AppendUint32(c.buf, uint32(len(b)))
	c.buf = append(c.buf, b...)
}

func (c *copyData) char(b byte) {
	c.buf = binary.BigEndian.AppendUint32(c.buf, 1)
	c.buf = append(c.buf, b)
}

// date appends a day, null when absent.
func (c *copyData) date(column string, d reference.Date) {
	if d == 0 {
		c.null()
		return
	}
	if !d.Valid() {
		c.fail(column, fmt.Errorf("%d is no calendar day", int32(d)))
	}
	c.buf = binary.BigEndian.AppendUint32(c.buf, 4)
	c.buf = binary.BigEndian.AppendUint32(c.buf, uint32(daysSince2000(d)))
}

func (c *copyData) fail(column string, err error) {
	if c.err == nil {
		c.err = fmt.Errorf("%s: %w", column, err)
	}
}

// daysSince2000 counts days from 2000-01-01, Postgres's day zero, in the
// Gregorian calendar: years begin in March, so that the leap day comes last.
func daysSince2000(d reference.Date) int32 {
	y, m, day := int(d)/10000, int(d)/100%100, int(d)%100
	if m <= 2 {
		y, m = y-1, m+12
	}
	const dayZero = 730426 // 2000-01-01 counted in this way
	return int32(y*365 + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + day - dayZero)
}
