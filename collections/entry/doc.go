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
// Decode reads one summary from JSON, MarshalJSON writes it. Numbers with
// decimals are strings, dates are "2006-01-02"; set, ftz_status, dates,
// quantities and cases may be left out, everything else that an assessment needs
// may not. Unknown and doubled fields, a second value after the first, numbers
// out of range and texts that are too long are a *FieldError that names the
// field:
//
//	{"entry":"B7603245278","type":"01","mode":"11","port":"2704","processing_port":"2704",
//	 "importer":"12-345678900","entry_date":"2026-01-15","import_date":"2026-01-12","payment_type":"7",
//	 "print_date":"2026-01-20","lines":[{"line":1,"origin":"CN",
//	  "tariffs":[{"hts":"8500000001","value":10000,"quantities":[{"amount":"12.50","unit":"NO"}]},
//	             {"hts":"9903000002","value":0}]}]}
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
