// Package source reads the records of one side of a comparison: a dataset, JSON
// lines, CSV, or the rows of a SQL query. Whatever the source, what comes out
// is bytes of one record layout and where they came from.
//
// Words: a [Row] is one record with its number, its byte offset where there is
// a file, and what did not fit. A [Reader] gives rows. A digest is the SHA-256
// of a file's bytes.
//
// Promises: rows are given in the order of the source, each once, with numbers
// from 1. A value that does not fit its field makes a Row with a Problem; it is
// never cut, rounded or dropped, and the rest of the row is still read. What
// stops a source names the file, the record and the byte offset.
package source
