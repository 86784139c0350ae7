package dataset

import (
	"fmt"
	"strings"
)

// RECFM is the record format of a dataset.
type RECFM uint8

// The record formats. Without block descriptor words a transferred file of a
// blocked format is the same as one of the unblocked format: the records one
// after the other.
const (
	F    RECFM = iota + 1 // fixed length
	FB                    // fixed length, blocked
	V                     // variable length, each record after its RDW
	VB                    // variable length, blocked
	VBS                   // variable length, blocked, records may span segments
	D                     // ISO/ANSI tape: each record after its length in four decimal characters
	VS                    // variable length, records may span blocks
	U                     // undefined length: a block is a record
	Text                  // lines with a delimiter after each
)

var recfmNames = [...]string{"", "F", "FB", "V", "VB", "VBS", "D", "VS", "U", "TEXT"}

// String returns the format as JCL writes it.
func (f RECFM) String() string {
	if int(f) < len(recfmNames) {
		return recfmNames[f]
	}
	return fmt.Sprintf("RECFM(%d)", f)
}

// ParseRECFM reads F, FB, V, VB, VBS, D, VS, U or TEXT.
func ParseRECFM(s string) (RECFM, error) {
	for i := 1; i < len(recfmNames); i++ {
		if recfmNames[i] == s {
			return RECFM(i), nil
		}
	}
	return 0, fmt.Errorf("record format %q is not one of %s", s, strings.Join(recfmNames[1:], ", "))
}

// RDW says how the four-byte record descriptor word in front of a variable
// record is written. The zero value is z/OS: big-endian, counting itself.
type RDW struct {
	LittleEndian bool
	// Last says that the length stands in the last two bytes, after two zero
	// ones: a number of four bytes in either order, as programs on other systems
	// write it.
	Last         bool
	ExcludesSelf bool // the length counts the record only, not the four bytes
	Adjust       int  // added to the length read, subtracted from the length written
}

// Format describes how a file is cut into records.
type Format struct {
	RECFM RECFM
	// LRECL is the record length of F and FB, and the block length of U. For V
	// and VB it is the largest length including the RDW, 0 for the most z/OS
	// allows (32,760); for the others the largest length of the record.
	LRECL int
	RDW   RDW
	// BDW says that each block starts with a block descriptor word.
	BDW bool
	// BLKSIZE is the largest block that is written, its BDW included; 0 is
	// 32,760. Blocks are cut wherever BDW is set or records span them. Above
	// 32,760 the block descriptor words are extended ones. Reading ignores it.
	BLKSIZE int
	// Length, for U, tells each record's length from its own bytes.
	Length LengthRule
	// Delimiter ends the lines of Text; "" is X'0A'.
	Delimiter string
	// LayoutLength is the length of the copybook's record. It is used only to
	// suggest a better format in a FramingError.
	LayoutLength int
}

// Bounds of z/OS DFSMS Using Data Sets: variable-length record formats, spanned
// records, ISO/ANSI format-D records, block descriptor words.
const (
	maxLRECL   = 32760
	maxBLKSIZE = 32760
	maxDecimal = 9999 // what four decimal characters hold
	// maxLargeBlock bounds a block written with extended descriptor words.
	maxLargeBlock = 16 << 20
	// maxRecord bounds a record that no descriptor word bounds: 16 MB, the most
	// the extended logical record interface moves.
	maxRecord = 16 << 20
)

// String names the format as a person would: "FB, LRECL 80" or "VB with BDW".
func (f *Format) String() string {
	s := f.RECFM.String()
	if f.fixed() || f.RECFM == U && f.LRECL > 0 {
		s += fmt.Sprintf(", LRECL %d", f.LRECL)
	}
	if f.RECFM == Text {
		s += fmt.Sprintf(", delimiter X'%X'", f.delimiter())
	}
	if f.BDW {
		s += " with BDW"
	}
	if f.RDW.LittleEndian {
		s += ", little-endian RDW"
	}
	if f.RDW.Last {
		s += ", RDW with its length in the last two bytes"
	}
	if f.RDW.ExcludesSelf {
		s += ", RDW that does not count itself"
	}
	return s
}

func (f *Format) check() error {
	if f.LRECL < 0 || f.BLKSIZE < 0 {
		return fmt.Errorf("LRECL %d or BLKSIZE %d is below 0", f.LRECL, f.BLKSIZE)
	}
	if f.LRECL > maxRecord || f.BLKSIZE > maxLargeBlock {
		return fmt.Errorf("LRECL %d or BLKSIZE %d is more than %d", f.LRECL, f.BLKSIZE, maxRecord)
	}
	if f.RDW.Last && f.spanned() {
		return fmt.Errorf("RECFM %s has a segment code in the third byte of its descriptor words, not a length", f.RECFM)
	}
	if f.BLKSIZE > 0 && f.BLKSIZE < 3*rdwLength {
		return fmt.Errorf("BLKSIZE %d has no room for a BDW, an RDW and data", f.BLKSIZE)
	}
	if f.Length != nil && (f.RECFM != U || f.BDW) {
		return fmt.Errorf("RECFM %s does not go with a length from a field: that is RECFM U without BDW", f.RECFM)
	}
	switch f.RECFM {
	case F, FB:
		if f.LRECL == 0 {
			return fmt.Errorf("RECFM %s needs an LRECL above 0", f.RECFM)
		}
	case V, VB, VBS, VS, D:
	case U:
		if f.LRECL == 0 && !f.BDW && f.Length == nil {
			return fmt.Errorf("RECFM U needs an LRECL, the length of its blocks, or a length from a field: a transferred file does not say where blocks end")
		}
	case Text:
		if f.BDW {
			return fmt.Errorf("RECFM TEXT has no block descriptor words")
		}
	default:
		return fmt.Errorf("RECFM %s is not one of %s", f.RECFM, strings.Join(recfmNames[1:], ", "))
	}
	return nil
}

func (f *Format) fixed() bool { return f.RECFM == F || f.RECFM == FB }

func (f *Format) variable() bool { return f.RECFM == V || f.RECFM == VB }

func (f *Format) spanned() bool { return f.RECFM == VS || f.RECFM == VBS }

// described reports whether a descriptor word stands before each record.
func (f *Format) described() bool { return f.variable() || f.spanned() || f.RECFM == D }

// longest is the most bytes a record may have, its descriptor word not counted.
func (f *Format) longest() int {
	switch {
	case f.variable() && f.LRECL == 0:
		return maxLRECL - rdwLength
	case f.variable():
		return f.LRECL - rdwLength
	case f.RECFM == D:
		return maxDecimal - rdwLength
	case f.LRECL == 0:
		return maxRecord
	}
	return f.LRECL
}

// FramingError says where a file could not be cut into records. The records
// before it are good.
type FramingError struct {
	Record int64 // 1-based number of the record that should have started here
	Offset int64 // byte offset in the file
	Reason string
	Hint   string // what the file looks like instead; "" when nothing fits
}

// Error names record, offset, reason and hint.
func (e *FramingError) Error() string {
	s := fmt.Sprintf("record %d at byte %d: %s", e.Record, e.Offset, e.Reason)
	if e.Hint != "" {
		s += "; " + e.Hint
	}
	return s
}
