// Package record gives one comparison its record: the elementary fields of a
// copybook layout under the names a plan uses, the canonical key of a record's
// bytes, and the way from named text values (a row of a query, a CSV line, a
// JSON object) to the bytes of a record.
//
// Words: a [Schema] is a layout with its codec and its fields in copybook order.
// An [Element] is one elementary field. Naming a group names the elements in it;
// naming FILLER names every FILLER. An element that redefines other bytes is
// meant only when it is named itself.
//
// Promises: two records have the same [Key] exactly when their key fields have
// the same values, whatever sign nibble, zone or pad carries them, and the byte
// order of keys is the order of the values (text in the order of its bytes, as
// the mainframe sorts). Key parts have fixed lengths, so (1, 11) and (11, 1)
// differ. A value that does not fit its field exactly is an error with its
// reason: never cut, never rounded, never guessed.
//
// Example:
//
//	schema, err := record.New(layout, copybooks.CodecOptions{})
//	key, err := schema.Key("CD-ENTRY-NUMBER", "CD-LINE-NUMBER")
//	bytes, err := key.Append(nil, rec)
package record
