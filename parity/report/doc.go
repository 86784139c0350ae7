// Package report is what a comparison leaves behind: the model of report.json,
// the lines of differences.jsonl, and report.html.
//
// Words: a [Total] is one group of a control total on both sides. A [Cause] is
// a group of differing items that read as one: the same verdict, field, pattern
// and group values. An [Item] is one differing item with what is needed to show
// it. A [Working] is our own calculation of an amount.
//
// Promises: money is a string with the decimal places of its field. Everything
// that depends on the time or the machine stands in [Run] and nowhere else, so
// two runs over the same inputs differ only there. Values of masked fields are
// never written, neither decoded nor as hexadecimal. report.html needs no other
// file, shows a bounded number of items a cause and says how many there are
// beyond and where they stand.
package report
