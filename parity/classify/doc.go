// Package classify keeps the accounts of a comparison: the control totals of
// each side, and every differing item booked to exactly one cause per total, so
// that the difference of the totals is the sum of the classified differences.
//
// Words: a [Measure] is a field that is summed by group. A [Dimension] is what
// groups are made of. [Sums] are the totals of one side, added up while it is
// read and before anything is paired. [Book] collects differing items in
// buckets: verdict, field, pattern and dimensions. [Book.Finish] folds buckets
// that are too small to be a cause of their own into their size class.
//
// Promises: sums are integers in units of the field's last decimal place and
// never overflow silently. The order of items decides nothing but which of them
// are kept as examples, and items come in key order. Memory is bounded: exact
// differences and exact pairs of texts are told apart up to a number a field
// and group; beyond it they go to their size class.
package classify
