package statement

import (
	"errors"
	"fmt"

	"tidewaiter/collections/reference"
)

// sequenceDigits are the digits of a statement's sequence number. The alphabet
// of XXX in DDFYJJJXXX is not published; counting in base 36 is our convention,
// which the legacy fixtures share.
const sequenceDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// MaxSequence is the last sequence number, ZZZ: how many statements a district
// can have on one day.
const MaxSequence = 36*36*36 - 1

// ErrSequence says that a district has more statements on a day than there are
// numbers for.
var ErrSequence = errors.New("the district has used up its statement numbers of the day")

// Number gives a daily statement number, DDFYJJJXXX: district, fiscal year of
// the print date, day of the year, sequence within the district from 001 (PF,
// Q3 record).
func Number(district string, print reference.Date, sequence int) (string, error) {
	if len(district) != 2 {
		return "", fmt.Errorf("numbering a statement: district %q is not two characters", district)
	}
	if sequence < 1 || sequence > MaxSequence {
		return "", fmt.Errorf("numbering statement %d of district %s on %s: %w", sequence, district, print, ErrSequence)
	}
	n := fmt.Appendf(nil, "%s%02d%03d", district, print.FiscalYear()%100, print.DayOfYear())
	n = append(n, sequenceDigits[sequence/36/36], sequenceDigits[sequence/36%36], sequenceDigits[sequence%36])
	return string(n), nil
}
