// Package worksheet writes an assessment as an accountant's worksheet: text
// that can be checked by hand from the entry summary and the reference tables.
// It computes nothing; every figure in it comes from the assessment.
//
// # What a worksheet has
//
//   - The entry: number, type, mode, port, and the date that selects each
//     class's rate, with the dates before it that are blank.
//   - Each invoice, where the entry has some: its total and the values of its rates
//     of duty, invoiced and entered, and how each was rounded; quantities likewise.
//   - Each line: its tariff numbers with the values and quantities that are entered
//     (V, Q1 to Q3 in the formulas), each charge with its formula, its inputs, the
//     unrounded product, the rounding and the result, and under it the reference
//     row with its days and citation. Where V is not the number's own value, the
//     line below says what it is. A row that nobody has read at its source is
//     marked "unverified". A fee that is not charged stands there with the reason.
//   - The entry as a whole: sums, minimum and maximum, de minimis, the totals of
//     the 88, 89 and 90 records, what is due, bonded and not due, and, when the
//     filer gave figures, those beside ours.
//
// # Example
//
//	sheet := worksheet.New(tables, assess.Regulation)
//	if err := assessor.Explain(&a, &summary); err != nil {
//		return err
//	}
//	text := sheet.Append(nil, &summary, &a)
package worksheet
