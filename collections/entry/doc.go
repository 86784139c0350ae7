// Package entry holds the entry summary (CBP form 7501): what the importer
// declares about one shipment, from which duties, taxes and fees are computed.
//
// # Words
//
//   - Entry number: filer code, seven digits, check digit (Number).
//   - Line: an item of the summary, with its country of origin, its special
//     program claim, one or more tariff numbers and its antidumping or
//     countervailing cases.
//   - Entered value: whole U.S. dollars of one tariff number.
//   - Set: an article set has a header line (X) and component lines (V).
//   - Standing: what Customs has on file that stands in the way of the summary;
//     no message says it.
//   - Source: where the summary stands in the file it was read from, so that an
//     amount can be tied to bytes.
//
// # Promises
//
// Entered values are whole dollars, quantities hundredths of their unit, case rates
// hundredths (of a percent, or of a dollar a unit), case quantities
// ten-thousandths: the scales of the entry summary records (ESREC; ACE CATAIR
// AE records 50 and 53). Nothing here is a float. A Summary's slices may be
// reused by a reader; Reset keeps their memory.
//
// # JSON
//
// Decode reads one summary from JSON, MarshalJSON writes it:
//
//	{"entry":"B7603245278","type":"01","mode":"11","port":"2704","processing_port":"2704",
//	 "importer":"12-345678900","entry_date":"2026-01-15","import_date":"2026-01-12","payment_type":"7",
//	 "print_date":"2026-01-20","lines":[{"line":1,"origin":"CN",
//	  "tariffs":[{"hts":"8500000001","value":10000,"quantities":[{"amount":"12.50","unit":"NO"}]},
//	             {"hts":"9903000002","value":0}]}]}
//
// Whole dollars and counts are numbers, amounts and quantities with decimals are
// strings, dates are "2006-01-02". Unknown and doubled members, a second value
// after the first, numbers out of range and texts that are too long are a
// *FieldError that names the member. A star marks what must be given; what is left
// out is absent. The records are those of an ACE CATAIR AE message.
//
//	summary
//	  entry*            filer code, seven digits, check digit (10)
//	  type* mode*       two characters each (10)
//	  port*             of entry, four characters (10)
//	  payment_type*     "1" on no statement, "2" "3" "5" daily, "6" "7" "8" monthly (10); a correction has none
//	  entry_date estimated_date received_date
//	                    as Customs recorded it; as filed (11); when the message came: one of them*
//	  import_date (11)  in_bond_date arrival_date (20)  release_date  print_date (10)
//	  periodic_month    1 to 12, the statement month of payment types 6 to 8 (10)
//	  processing_port unlading_port importer client_branch broker_reference surety
//	  bond_type         "8" continuous, "9" single transaction (31), with bond_amount in dollars
//	  deferred_tax      "1" or "2": payment of internal revenue taxes is deferred (10)
//	  consolidated express correction (10)  manual
//	                    true: one summary for several releases; express informal;
//	                    post summary correction; made by a Customs user
//	  standing          list of what Customs has on file: under_control liquidated unpaid reconciled
//	                    statement_locked no_statements statement_produced no_filer_account
//	                    no_importer_account sanctioned
//	  filed             the filer's totals; without it no figure of the filer's is compared
//	    fees            list of {class, amount}, header fees (34)
//	    totals          list of {class, amount}, fees by class code (89)
//	    deposits        bonded_ad cash_ad bonded_cvd cash_cvd (88)
//	    grand           duty fees ir_tax ad cvd other (90)
//	  invoices          see below
//	  lines*
//	line
//	  line* origin*     1 to 99,999, ascending; country (40)
//	  spi               special program claimed (40)
//	  set               "X" header of an article set, "V" component, behind its header (40)
//	  ftz_status privileged_date
//	                    "P" "N" "D", zone status and privileged filing date (41)
//	  export_country export_date product_claim fee_exemption gross_weight charges
//	                    (40); product_claim "C", fee_exemption "1" cotton, "2" organic
//	  tariffs*          list of
//	    hts*            ten digits; a number of chapter 98 or 99 without suffix may have eight
//	    value*          whole dollars, 0 where the number carries none; or see invoices (50)
//	    quantities      list of {amount, unit}
//	    filed_duty      the filer's duty (50)
//	  cases             antidumping, countervailing (53): list of
//	    case* claim* rate_type* rate*
//	                    "A" or "C" and nine digits; "C" cash or "B" bond; "A" percent or "S" dollars a unit
//	    value quantity filed_duty
//	  licenses          list of {type, number} (52)
//	  filed             ir_tax (60), other (61): {class, amount}; fees (62): list of {class, amount}
//
// The filer's action is a message's and has no member: a summary in JSON is there
// to be assessed.
//
// # Invoices
//
// Whole dollars come from invoices in dollars and cents, and the law rounds an
// invoice as a whole (19 CFR 159.3(a)). A summary may carry them, and then leave
// out the values, and the amounts of quantities, that the assessment is to round:
//
//	"invoices":[{"invoice":"A-1","total":"601.20","items":[
//	   {"line":1,"value":"100.40"},
//	   {"line":2,"value":"200.40","hts":"8500000002","quantities":["12.3456"]},
//	   {"line":3,"value":"300.40"}]}],
//	"lines":[{"line":1,"origin":"CN","tariffs":[{"hts":"8500000001"}]},
//	         {"line":2,"origin":"CN","tariffs":[{"hts":"8500000002","quantities":[{"unit":"KG"}]}]}, ...]
//
// An item names its tariff number where the line has more than one of chapters 1
// to 97. Its quantities, with up to eight decimals, are all of the number's own, in
// their order. The items of an invoice add up to its total, and every value of the
// summary is on an invoice when one is; a value or amount that is given as well
// must be what the invoices are rounded to.
package entry
