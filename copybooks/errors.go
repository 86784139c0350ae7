package copybooks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tidewaiter/ebcdic"
)

// SyntaxError is one thing wrong with a copybook.
type SyntaxError struct {
	File         string
	Line, Column int    // 1-based, as an editor shows them
	Found        string // the token that stands there
	Expected     string // what would have been right, or what is wrong with it
}

// Error gives file:line:column, what was found and what was expected.
func (e *SyntaxError) Error() string {
	if e.Found == "" {
		return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Expected)
	}
	return fmt.Sprintf("%s:%d:%d: found %s: %s", e.File, e.Line, e.Column, e.Found, e.Expected)
}

// SyntaxErrors are all the errors of a copybook in source order, at most
// MaxErrors of them.
type SyntaxErrors []*SyntaxError

// MaxErrors is how many errors a copybook may have before parsing gives up.
const MaxErrors = 25

// sort puts the errors in source order: file by file, as the first error in each
// came, and by place within a file.
func (e SyntaxErrors) sort() {
	first := map[string]int{}
	for i, one := range e {
		if _, ok := first[one.File]; !ok {
			first[one.File] = i
		}
	}
	slices.SortStableFunc(e, func(a, b *SyntaxError) int {
		return cmp.Or(cmp.Compare(first[a.File], first[b.File]), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// Error lists the errors, one a line.
func (e SyntaxErrors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find the single errors.
func (e SyntaxErrors) Unwrap() []error {
	out := make([]error, len(e))
	for i, one := range e {
		out[i] = one
	}
	return out
}

// FieldError is one field whose bytes do not hold a value, or a value that the
// field cannot hold.
type FieldError struct {
	Field  string // name, with its subscript when it occurs: EL-CASE-RATE(2)
	Offset int    // 0-based position in the record
	Bytes  []byte // the bytes found there; a copy
	Reason string
	Fault  ebcdic.Fault // the same as a value to test for
}

// Error names field, offset, bytes and reason.
func (e *FieldError) Error() string {
	if len(e.Bytes) == 0 {
		return fmt.Sprintf("field %s at offset %d: %s", e.Field, e.Offset, e.Reason)
	}
	return fmt.Sprintf("field %s at offset %d, X'%X': %s", e.Field, e.Offset, e.Bytes, e.Reason)
}
