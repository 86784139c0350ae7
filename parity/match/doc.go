// Package match pairs the records of two sides by key, all of them, in bounded
// memory.
//
// Words: an [Item] is one record with its key, its number and its byte offset.
// A key is a byte string of one fixed length whose byte order is the order of
// the values it encodes, so two keys are the same when their bytes are. A side
// is put in order with [Order] and two sides are paired with [Join].
//
// Promises:
//
//   - Every item of both sides comes out of Join exactly once.
//   - A key that occurs more than once on either side is never overwritten and
//     never chosen from: each of its records comes out as [Duplicate].
//   - What comes out, and in which order, depends on the items alone: items
//     of one side are ordered by key, then by record bytes, then by record
//     number, never by the order they were read in or by timing.
//   - No more than the budget of [Options] is held in memory a side. What does
//     not fit is sorted in pieces in a temporary folder and merged. An input
//     that is in order already and can be read again is not written at all: it
//     is read twice.
//
// Example:
//
//	left, err := match.Order(ctx, leftCursor, leftAgain, 14, match.Options{})
//	right, err := match.Order(ctx, rightCursor, nil, 14, match.Options{})
//	err = match.Join(ctx, left, right, func(p *match.Pair) error { ... })
package match
