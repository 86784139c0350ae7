package dataset

import "fmt"

// RECFM is the record format of a dataset.
type RECFM uint8

// The record formats. Blocked formats differ from unblocked ones only on the
// mainframe's disk: a transferred file holds the records one after the other.
const (
	F   RECFM = iota + 1 // fixed length
	FB                   // fixed length, blocked
	V                    // variable length, each record after its RDW
	VB                   // variable length, blocked
	VBS                  // variable length, blocked, records may span segments
	D                    // variable length with a length in characters
)

var recfmNames = [...]string{"", "F", "FB", "V", "VB", "VBS", "D"}

// String returns the format as JCL writes it.
func (f RECFM) String() string {
	if int(f) < len(recfmNames) {
		return recfmNames[f]
	}
	return fmt.Sprintf("RECFM(%d)", f)
}

// ParseRECFM reads F, FB, V, VB, VBS or D.
func ParseRECFM(s string) (RECFM, error) {
	for i := 1; i < len(recfmNames); i++ {
		if recfmNames[i] == s {
			return RECFM(i), nil
		}
	}
	return 0, fmt.Errorf("record format %q is not one of F, FB, V, VB, VBS, D", s)
}

// RDW says how the four-byte record descriptor word in front of a variable
// record is written. The zero value is z/OS: big-endian, counting itself.
type RDW struct {
	LittleEndian bool
	ExcludesSelf bool // the length counts the record only, not the four bytes
	Adjust       int  // added to the length read, subtracted from the length written
}

// Format describes how a file is cut into records.
type Format struct {
	RECFM RECFM
	// LRECL is the record length of F and FB. For V and VB it is the largest
	// length including the RDW, 0 for the most z/OS allows (32,760).
	LRECL int
	RDW   RDW
	// BDW says that each block of V or VB starts with a block descriptor word.
	BDW bool
	// LayoutLength is the length of the copybook's record. It is used only to
	// suggest a better format in a FramingError.
	LayoutLength int
}

// maxLRECL is the largest record of a variable dataset, RDW included (z/OS DFSMS
// Using Data Sets, variable-length record formats).
const maxLRECL = 32760

func (f Format) check() error {
	switch f.RECFM {
	case F, FB:
		if f.LRECL <= 0 {
			return fmt.Errorf("RECFM %s needs an LRECL above 0, got %d", f.RECFM, f.LRECL)
		}
		if f.BDW {
			return fmt.Errorf("RECFM %s has no block descriptor word", f.RECFM)
		}
	case V, VB:
		if f.LRECL < 0 {
			return fmt.Errorf("LRECL %d is below 0", f.LRECL)
		}
	case VBS, D:
		return fmt.Errorf("RECFM %s is not supported yet; unload the dataset as VB or FB", f.RECFM)
	default:
		return fmt.Errorf("RECFM %s is not one of F, FB, V, VB", f.RECFM)
	}
	return nil
}

func (f Format) variable() bool { return f.RECFM == V || f.RECFM == VB }

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
