package entry

import "tidewaiter/collections/money"

// Invoice has the values of goods as a commercial invoice states them, before
// they become whole dollars. The rounding of its total bounds that of its values
// (19 CFR 159.3(a)), which is why it must be complete: Decode demands that the
// items add up to Total, and that every entered value of the summary is on an
// invoice when some is.
type Invoice struct {
	Number string // up to MaxInvoiceNumber characters
	Total  money.Cents
	Items  []InvoiceItem
}

// InvoiceItem is what an invoice states about one tariff number of a line. A
// number may have several items, on one invoice or on more.
type InvoiceItem struct {
	Line   int         // the line's number
	Tariff int         // 0-based, of the line's tariff numbers
	Value  money.Cents // not negative
	// Quantities are unrounded, in units of 10^-8, in the order of the number's
	// own; nil when those are not from invoices.
	Quantities []int64
}

// FromInvoices stands for an entered value, or the amount of a quantity, that the
// summary leaves to its invoices: the assessment rounds what they state, since it
// takes the duty rates to round by.
const FromInvoices int64 = -1

// Limits of invoices.
const (
	MaxInvoices      = 9_999 // of a summary: a bound of ours
	MaxInvoiceNumber = 22
	// InvoicePlaces is the number of decimals of an item's quantities.
	InvoicePlaces = 8
	// MaxInvoiceQuantity is the largest quantity of an item: what the 50 record
	// holds, with the item's decimals.
	MaxInvoiceQuantity = MaxQuantity * 1_000_000
)

// tariffOf gives the tariff number that an item is about; lines is the summary's
// lineIndex.
func (s *Summary) tariffOf(item *InvoiceItem, lines map[int]int) *Tariff {
	return &s.Lines[lines[item.Line]].Tariffs[item.Tariff]
}

// lineIndex gives the place of each line by its number.
func (s *Summary) lineIndex() map[int]int {
	index := make(map[int]int, len(s.Lines))
	for i := range s.Lines {
		index[s.Lines[i].Number] = i
	}
	return index
}
