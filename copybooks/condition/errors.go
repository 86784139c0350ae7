package condition

import "fmt"

// SyntaxError is what is wrong with the text of a condition.
type SyntaxError struct {
	Text     string
	Column   int    // 1-based, in characters
	Found    string // the token that stands there
	Expected string
}

// Error shows the place, what stands there and what was expected.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("condition %q, column %d: found %s: %s", e.Text, e.Column, e.Found, e.Expected)
}
