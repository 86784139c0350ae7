// Package assess computes what an entry summary owes, and why. It does no I/O.
//
// # What it computes
//
//	class  charge                                  once for           rounded
//	001    duty, every code, chapters 98 and 99     line               each tariff number
//	012    antidumping deposit                      case of a line     the case
//	013    countervailing deposit                   case of a line     the case
//	016+   internal revenue tax 016 017 018 022    line               the line
//	053+   agricultural fees 053 to 125             line               the line
//	311    informal entry fee                       entry              fixed amount
//	496    dutiable mail fee                        entry              fixed amount
//	499    merchandise processing fee               line; limits once  the line
//	500    manual entry surcharge                   entry              fixed amount
//	501    harbor maintenance fee                   line               the line
//	672    coffee into Puerto Rico                  line               the line
//
// Entry types are those of reference table entry_types. Not looked at, since an
// entry summary does not say it: the lesser 499 of temporary programs of monthly
// entries (19 CFR 24.23(d)(1): at most 400 dollars a day and port), and what is
// no commercial cargo for 501 (bunker fuel, ship's stores, fish of one's own
// catch, what a ferry carries; 19 CFR 24.24(b) and (c)).
//
// # Words
//
//   - Charge: an amount of one class on one line. Line 0 holds what is charged
//     once per entry: 311, 496, 500, and the difference that minimum or maximum make to
//     the sum of the 499 of the lines. Adding all 499 charges of an entry gives
//     what is payable, while the lines keep their own amounts (ACE CATAIR AE
//     notes w, x).
//   - Disposition: whether a charge is due with this entry, secured by a bond,
//     not due (warehouse and temporary-import entries pay their 501 only), or an
//     internal revenue tax whose payment is deferred (19 CFR 24.4). Totals count
//     due charges; Bonded, NotDue and Deferred are totals of their own.
//   - Invoice: where a summary has invoices (entry.Invoice), the values and
//     quantities it leaves to them are rounded before anything is computed (19
//     CFR 159.3): Assessment.Entered is the summary as it was assessed, and
//     Invoices and Quantities say how it came about. The rates that decide between
//     equal fractions are found by the unrounded values; no row of hts.csv itself
//     depends on value.
//   - Working: the inputs of a charge, the reference row, the exact value and
//     the rounding. Execute computes the amount from it again.
//   - Condition: what Customs answers to the filer's own figures, compared only
//     where they are filed. Conditions never change an amount; the filer's duty is
//     assessed only for codes X and C (622, 623), and taken by Customs but not
//     assessed for 626 and 628, as is 499 for 631. A total is compared with what is
//     computed, or with the filer's own figures that it sums up (Against). What
//     Customs has on file is entry.Standing (207 209 210 216 337 B29 B30 B47 B72).
//     Severities are not published (conditions.csv), nor is the tolerance of 634 and
//     641: 2.99 is taken.
//   - Normal duty: the duty of a line's chapter 1 to 97 numbers, owed or replaced
//     by a remedy. Remedies on the duty and caps go by it. Code 9 derives from the
//     duty of "the other tariff number" (appendix F); of several we take all that are
//     not derived themselves, and no remedy. Where code C leaves the rate to the
//     filer and nothing is filed, the first one counts.
//   - Method: every arithmetic and date choice. Regulation is the law's.
//
// # Promises
//
//   - Amounts are exact products in 128 bits, rounded once, by the method's mode
//     at the method's place. A property test compares them with a plain path
//     over shopspring/decimal.
//   - What is missing or not supported is an *Error that names entry, line,
//     field and value, with the code of the legacy reject dataset: never a zero.
//     An entry is assessed whole or not at all.
//   - A quantity has the unit that the rows of hts.csv and article_charges.csv name
//     in its position, in an entry from a message, JSON or the extract alike: any
//     other unit is refused (condition 442), nothing is converted.
//   - Assess allocates nothing per line once its Assessment has grown, unless the
//     entry has invoices.
//   - Lines ascend in an entry, and charges come in the order of the collection
//     detail: lines ascending, in each by class code; then line 0.
//
// # JSON
//
// AppendJSON writes an assessment as one object. Amounts are strings with two
// decimals; members with a question mark are left out when there is nothing to say:
//
//	entry            entry number
//	lines            list of {line, charges}
//	charges?         what is charged once per entry
//	invoices?        with working: list of {invoice, total, rounded, rates}; rates: list of
//	                 {duty, rate, value, rounded, allocated, numbers}; numbers: list of
//	                 {line, hts, value, rounded}; rounded and allocated are whole dollars
//	quantities?      with working: list of {line, hts, unit, exact, rate, rounded}
//	totals           of what is due: duty ir_tax ad cvd fees other due; fees is an object with
//	                 a member a class code. Beside them: bonded not_due deferred?
//	  reported?      when not all is due, the 88, 89 and 90 records: duty ir_tax ad cvd fees
//	                 other bonded_ad cash_ad bonded_cvd cash_cvd
//	conditions       list of {code, line, of?, filed?, computed? or sum?, severity?, text};
//	                 line 0 is the summary as a whole
//
//	charge           class amount disposition? working?
//	  disposition    "bonded" "not due" "deferred"; none means due
//	  working        base, whole dollars; rate_date; steps: list of
//	    formula of?  of names a tariff number or case
//	    inputs       list of {name, value}
//	    unrounded? rounding? place?
//	    result
//	    row?         table row effective_from effective_to citation verified
//
// # Example
//
//	assessor := assess.New(tables, assess.Regulation)
//	var a assess.Assessment
//	if err := assessor.Explain(&a, &summary); err != nil {
//		return err
//	}
//	for _, c := range a.Charges {
//		fmt.Println(c.Line, c.Class, c.Amount, c.Working.Steps[0].Formula)
//	}
package assess
