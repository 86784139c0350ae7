// Package money holds exact amounts: whole cents, rates with eight decimals,
// and the 128-bit product of the two, rounded once, by a named mode, at a named
// place.
//
// # Words
//
//   - Cents: an amount of U.S. money in whole cents. Amounts are integers in
//     loops and in the ledger, decimal.Decimal at the edges, and text with two
//     decimals ("-12.30") in JSON. No float appears anywhere.
//   - Rate: a factor with eight decimals, such as 0.003464 (an ad valorem
//     rate, as a fraction) or 0.35 (dollars a unit).
//   - Product: the exact, unrounded product of two integers, or a sum of such
//     products of one scale.
//   - Mode: one of the eight rounding modes of ISO/IEC 1989:2014, the COBOL
//     standard. The law's half up is NearestAwayFromZero, the zero value.
//
// # Promises
//
// Nothing is rounded unless Round is called with a Mode. What does not fit 64
// bits is ErrOverflow, what must not be rounded (Prohibited) is ErrInexact, and
// text that is not an exact amount is an error: no digit is dropped in silence.
// Multiply, Add and Round allocate nothing. A property test compares them with
// the slow path over shopspring/decimal on random operands and on exact ties.
//
// # Example
//
// The merchandise processing fee of a line of 3,333 dollars in fiscal year 2026:
//
//	rate, _ := money.ParseRate("0.003464")
//	fee := money.Multiply(3333, int64(rate))      // 11.54551200, exact
//	cents, err := fee.Round(6, money.NearestAwayFromZero) // 11.55; 8 decimals less 6 leaves cents
package money
