// Package statement builds daily statements: what each payer owes on a print
// date, entry by entry, in the order of the mainframe. It does no I/O.
//
// # Words
//
//   - Key: what is put on one statement: processing port, payment type, filer,
//     importer (whole, without suffix, or not at all, by payment type) and
//     client branch. Keys are bytes of code page 037: sorted as bytes they are
//     in the mainframe's order, letters before digits.
//   - Part: a statement holds at most 2,000 entries; a key that has more gets
//     further parts, each a statement with a number of its own.
//   - Revenue entry: an entry with something due.
//   - Deferral: an internal revenue tax that the statement reports and does not
//     collect; it is billed by itself (19 CFR 24.4).
//
// # Promises
//
//   - Amounts are of due charges only. Their sum over all statements is the sum
//     over all entries added: nothing is lost between parts. Deferred tax stands
//     beside them, never in the total.
//   - Input out of order, or an entry twice, is an error and not a wrong
//     statement. So is a district that runs out of numbers.
//   - Memory is bounded by one statement.
//
// # Example
//
//	builder := statement.NewBuilder(tables, printDate, func(s *statement.Statement) error {
//		return write(s)
//	})
//	for _, due := range sorted {
//		if err := builder.Add(&due); err != nil {
//			return err
//		}
//	}
//	return builder.Close()
package statement
