package extract

import (
	"fmt"
	"strings"

	"tidewaiter/collections/entry"
)

// EntryError says why an entry of an extract was refused. All other entries of
// the file are kept.
type EntryError struct {
	File   string
	Entry  entry.Number // "" when the header could not be read so far
	Record int64        // 1-based number of the record that is wrong
	Offset int64        // byte offset in the file of the field, or of the record's RDW
	Field  string       // copybook name, with its subscript when it occurs; "" for a whole record
	Hex    string       // the bytes found there, upper case; "" for an importer number
	Reason string
	Hint   string
}

// Error names file, record, byte offset, entry, field, bytes, reason and hint.
func (e *EntryError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: record %d at byte %d", e.File, e.Record, e.Offset)
	if e.Entry != "" {
		fmt.Fprintf(&b, ": entry %s", e.Entry)
	}
	if e.Field != "" {
		fmt.Fprintf(&b, ": field %s", e.Field)
	}
	if e.Hex != "" {
		fmt.Fprintf(&b, ", X'%s'", e.Hex)
	}
	fmt.Fprintf(&b, ": %s", e.Reason)
	if e.Hint != "" {
		fmt.Fprintf(&b, "; %s", e.Hint)
	}
	return b.String()
}
