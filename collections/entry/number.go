package entry

import (
	"errors"
	"fmt"
)

// Number is an entry number: three characters of filer code, seven digits and
// a check digit, without hyphens: "B7603245278".
type Number string

// NumberLength is the length of an entry number.
const NumberLength = 11

// ErrCheckDigit says that the check digit of an entry number does not match.
var ErrCheckDigit = errors.New("check digit does not match")

// CheckDigit computes the check digit of a filer code and a seven-digit serial
// number (CATAIR appendix E): letters become digits, every second digit is
// doubled and its digits added, and the sum is filled up to a multiple of ten.
// B76-0324527 gives '8'.
func CheckDigit(filer, serial string) (byte, error) {
	return CheckDigitFactor(filer, serial, 0)
}

// CheckDigitFactor is CheckDigit for a filer that has used up its numbers and
// goes through them again with a factor of 1 to 9, which is added to the digit
// (modulo 10).
func CheckDigitFactor(filer, serial string, factor int) (byte, error) {
	if factor < 0 || factor > 9 {
		return 0, fmt.Errorf("check-digit factor %d is not between 0 and 9", factor)
	}
	if !filerCode(filer) {
		return 0, fmt.Errorf("filer code %q is not three characters of the published patterns", filer)
	}
	if len(serial) != 7 {
		return 0, fmt.Errorf("serial number %q is not seven digits", serial)
	}
	sum := 0
	for i := 0; i < 10; i++ {
		var c byte
		if i < 3 {
			c = filer[i]
		} else {
			c = serial[i-3]
		}
		if i >= 3 && !digit(c) {
			return 0, fmt.Errorf("serial number %q is not seven digits", serial)
		}
		sum += weighed(digitOf(c), i)
	}
	return byte('0' + (10-sum%10+factor)%10), nil
}

// weighed doubles the digits at even positions counted from 1, and casts out
// the tens ("add 1 and keep the units").
func weighed(d, index int) int {
	if index%2 == 0 {
		return d
	}
	if d *= 2; d > 9 {
		d -= 9
	}
	return d
}

// digitOf turns a letter of a filer code into its digit: A to I are 1 to 9, J
// to R are 1 to 9, S to Z are 2 to 9.
func digitOf(c byte) int {
	switch {
	case c >= 'A' && c <= 'I':
		return int(c-'A') + 1
	case c >= 'J' && c <= 'R':
		return int(c-'J') + 1
	case c >= 'S' && c <= 'Z':
		return int(c-'S') + 2
	}
	return int(c - '0')
}

// filerCode says whether a filer code is one of the patterns NNN, ANN, AAN,
// AAA, ANA, NAN, NNA and NAA: all there are of three letters and digits.
func filerCode(s string) bool {
	if len(s) != 3 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !digit(s[i]) && (s[i] < 'A' || s[i] > 'Z') {
			return false
		}
	}
	return true
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// Filer gives the filer code of a well-formed number.
func (n Number) Filer() string { return string(n[:3]) }

// Serial gives the seven digits of a well-formed number.
func (n Number) Serial() string { return string(n[3:10]) }

// WellFormed says whether the number has the form of an entry number, whatever
// its check digit.
func (n Number) WellFormed() bool {
	if len(n) != NumberLength || !filerCode(string(n[:3])) {
		return false
	}
	for i := 3; i < NumberLength; i++ {
		if !digit(n[i]) {
			return false
		}
	}
	return true
}

// Valid says whether the number is well formed and carries the check digit of a
// filer whose factor is 0.
func (n Number) Valid() bool { return n.Check(0) == nil }

// Check checks form and check digit for a filer's factor. A digit that does
// not match is ErrCheckDigit.
func (n Number) Check(factor int) error {
	if !n.WellFormed() {
		return fmt.Errorf("entry number %q is not three characters of filer code and eight digits", string(n))
	}
	want, err := CheckDigitFactor(n.Filer(), n.Serial(), factor)
	if err != nil {
		return err
	}
	if n[10] != want {
		return fmt.Errorf("entry number %s: %w: %c, computed %c with factor %d", string(n), ErrCheckDigit, n[10], want, factor)
	}
	return nil
}
