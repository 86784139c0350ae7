// Package condition is a small language of conditions on the fields of a record:
// which type a record has, which of several redefinitions is in use, which
// records are asked for.
//
// It owns the language (Parse) and what a condition is of a record (Expr). What
// follows from it is the caller's.
//
//	expr, err := condition.Parse("TYPE = 'A' AND AMOUNT >= 100.50", condition.Scope{Codecs: codecs})
//	ok, err := expr.Holds(record, 0)
//
// # The language
//
//	STATUS = 'OPEN'            text; = <> < <= > >=
//	STATUS = OPEN              the same: a word that is no field is text
//	AMOUNT > 99.95             a number, exact by value
//	AMOUNT = X'0000000C'       bytes
//	NAME = SPACES              SPACES, ZEROS, LOW-VALUES, HIGH-VALUES, QUOTES
//	PAID = BILLED              another field
//	CODE IN (A, B, 'C D')      one of several values
//	DOMESTIC                   a condition name (88) of the copybook
//	AMOUNT IS NUMERIC          holds a number; of text: digits only
//	NAME IS ALPHABETIC         letters and blanks only
//	FEE(2) = 5, N OF H = 5     subscript, qualified name
//	CODE(1:3) = 'ABC'          bytes 1 to 3 of the field
//	RECORD(1:2) = X'C1C2'      bytes 1 and 2 of the record, which no field need have
//	NOT A = 1 AND (B = 2 OR C NOT = 3)
//
// Keywords are in any case; NOT binds tighter than AND, and AND tighter than OR.
// A value without quotes goes on to the next AND, OR, closing parenthesis or, in
// a list, comma. In F=V, without blanks around the sign, V is meant as a value: if
// it is a field as well, Parse asks to say which.
//
// # Rules
//
//   - Text is compared as COBOL does: byte by byte in the order of the code page, the
//     shorter one padded with blanks. A literal longer than its field is an error.
//   - Numbers are compared by value, whatever their usage, scale and sign code;
//     their decimal point is a period.
//   - A field in a table needs its subscripts, those of the tables that
//     Scope.Inside is in apart: there the occurrence asked about is meant.
//   - A field that holds no value makes its comparison undecided, and so does a
//     record that ends before the field. AND with something false is false, OR
//     with something true is true, whichever side stands first; what stays
//     undecided does not hold, and Holds returns the error of the field. So
//     "TYPE = A AND AMOUNT > 5" says nothing of amounts in other types.
//
// An Expr never changes: it is safe for concurrent use, and Holds allocates
// nothing unless it fails.
package condition
