package money

import "fmt"

// Mode is one of the eight rounding modes of ISO/IEC 1989:2014 (COBOL 2014).
type Mode int

const (
	// NearestAwayFromZero is half up on the magnitude: plain ROUNDED in COBOL,
	// and the rule of customs amounts (ACE CATAIR AE usage note hh).
	NearestAwayFromZero Mode = iota
	// AwayFromZero goes up in magnitude whenever there is a remainder.
	AwayFromZero
	// NearestEven sends a tie to the even neighbour (bankers' rounding).
	NearestEven
	// NearestTowardZero sends a tie down in magnitude.
	NearestTowardZero
	// Prohibited allows no remainder at all: it is ErrInexact.
	Prohibited
	// TowardGreater goes to the next number above (ceiling).
	TowardGreater
	// TowardLesser goes to the next number below (floor).
	TowardLesser
	// Truncation drops the remainder: a COBOL store without ROUNDED.
	Truncation
)

var modeNames = [...]string{
	NearestAwayFromZero: "NEAREST-AWAY-FROM-ZERO",
	AwayFromZero:        "AWAY-FROM-ZERO",
	NearestEven:         "NEAREST-EVEN",
	NearestTowardZero:   "NEAREST-TOWARD-ZERO",
	Prohibited:          "PROHIBITED",
	TowardGreater:       "TOWARD-GREATER",
	TowardLesser:        "TOWARD-LESSER",
	Truncation:          "TRUNCATION",
}

// Modes lists the eight modes, the law's first.
func Modes() []Mode {
	modes := make([]Mode, len(modeNames))
	for i := range modes {
		modes[i] = Mode(i)
	}
	return modes
}

// String gives the mode's name in the COBOL standard: "NEAREST-EVEN".
func (m Mode) String() string {
	if m < 0 || int(m) >= len(modeNames) {
		return fmt.Sprintf("MODE-%d", int(m))
	}
	return modeNames[m]
}

// ParseMode finds a mode by the name that String gives.
func ParseMode(name string) (Mode, error) {
	for i, n := range modeNames {
		if n == name {
			return Mode(i), nil
		}
	}
	return 0, fmt.Errorf("rounding mode %q is not one of %v", name, modeNames)
}
