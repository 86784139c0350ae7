// Package statement builds daily statements: what each payer owes on a print
// date, entry by entry, in the order of the mainframe.
package statement
