package compare

import "fmt"

// Verdict of a compared item, best to worst.
type Verdict uint8

const (
	Equal        Verdict = iota // the compared bytes are the same
	ValueEqual                  // the values are the same, bytes differ: sign nibble, zone, pad
	Equivalent                  // the values differ within the tolerance that the plan grants
	Different                   // the values differ
	Missing                     // on the left only
	Extra                       // on the right only
	Duplicate                   // the key occurs more than once on a side
	Invalid                     // the bytes hold no value, or a value does not fit the record
	Inconclusive                // nothing could be judged
)

// Verdicts is how many there are.
const Verdicts = int(Inconclusive) + 1

var verdictNames = [Verdicts]string{"EQUAL", "VALUE_EQUAL", "EQUIVALENT", "DIFFERENT", "MISSING", "EXTRA", "DUPLICATE", "INVALID", "INCONCLUSIVE"}

// String gives the name used in every report.
func (v Verdict) String() string { return verdictNames[v] }

// MarshalText gives the name.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the name.
func (v *Verdict) UnmarshalText(text []byte) error {
	for i, name := range verdictNames {
		if name == string(text) {
			*v = Verdict(i)
			return nil
		}
	}
	return fmt.Errorf("no verdict is called %q", text)
}

// Passes reports whether an item of this verdict passes a gate.
func (v Verdict) Passes() bool { return v <= Equivalent }
