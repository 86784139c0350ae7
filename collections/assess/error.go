package assess

import (
	"fmt"
	"strings"

	"tidewaiter/collections/entry"
)

// Reason says in one word why an entry cannot be assessed; the codes are those
// of the legacy reject dataset (REJREC).
type Reason string

// Reasons for refusing an entry.
const (
	ReasonRate      Reason = "RATE" // no tariff, program or remedy row, or a formula not supported
	ReasonFee       Reason = "FEES" // no fee row
	ReasonQuantity  Reason = "QNTY" // a quantity that the formula needs is absent, or in another unit than its row's
	ReasonStructure Reason = "STRU" // the entry contradicts its own form
	ReasonCase      Reason = "CASE" // an antidumping or countervailing case that cannot be
)

// Error says that an entry cannot be assessed. The whole entry is refused: no
// charge of it is of use.
type Error struct {
	Entry  entry.Number
	Line   int    // 0 when the fault is not in one line
	Field  string // "hts", "quantities[2]", "entry_date"
	Value  string // what stood there
	Reason Reason
	Hint   string // what to do next
	Err    error  // what was found; never nil
	code   string // of the condition, where the field does not say it
}

// Error names entry, line, field and value, says what is wrong and what to do.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "entry %s", e.Entry)
	if e.Line != 0 {
		fmt.Fprintf(&b, ", line %d", e.Line)
	}
	fmt.Fprintf(&b, ", %s", e.Field)
	if e.Value != "" {
		fmt.Fprintf(&b, " %q", e.Value)
	}
	fmt.Fprintf(&b, ": %v (%s)", e.Err, e.Reason)
	if e.Hint != "" {
		fmt.Fprintf(&b, "; %s", e.Hint)
	}
	return b.String()
}

// Unwrap gives the cause, such as a *reference.MissingError.
func (e *Error) Unwrap() error { return e.Err }
