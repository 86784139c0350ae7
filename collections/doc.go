// Package collections is the room of customs: what is owed, why, and what was
// posted. Its packages, lowest floor first; each imports only lower ones:
//
//   - money: exact amounts, rates, and the eight named rounding modes
//   - reference: effective-dated tables with citations, and the calendar
//   - entry: the entry summary; entry/extract reads and writes the legacy
//     system's extract of entry summaries
//   - assess: the charges of an entry, each with its working
//   - statement: the daily statements of a print date
//   - ledger: the double-entry journal in Postgres
//
// Nothing below ledger does I/O but entry/extract, and ledger decides nothing about what is owed.
package collections
