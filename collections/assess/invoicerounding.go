package assess

import (
	"strconv"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
)

// InvoiceRounding is how the values of an invoice became whole dollars: its total
// half up, its rate classes so that they make the total, and the tariff numbers of
// each class so that they make the class (19 CFR 159.3(a)).
type InvoiceRounding struct {
	Invoice string
	Total   money.Cents
	Rounded int64 // whole dollars; of the sum of the classes, if the method leaves the allocation out
	Classes []ClassRounding
}

// ClassRounding is merchandise of an invoice that is subject to one rate of duty.
type ClassRounding struct {
	Duty string // what the duty is computed by: "code 7 P2 0.07"
	// Rate is the duty as a fraction of the unrounded value, of its goods the
	// lowest: it decides between equal fractions.
	Rate    money.Rate
	Value   money.Cents
	Rounded int64
	Numbers []NumberRounding
}

// NumberRounding is the value of one tariff number on the invoice, of all its
// items.
type NumberRounding struct {
	Line    int
	HTS     string
	Value   money.Cents
	Rounded int64
}

// Allocated gives 1 when a class below 50 cents was taken up so that the total
// is right, -1 when one of 50 cents or more was dropped, and 0 for half up.
func (c *ClassRounding) Allocated() int64 { return allocated(c.Value, c.Rounded) }

// Allocated is the same for a number in its class.
func (n *NumberRounding) Allocated() int64 { return allocated(n.Value, n.Rounded) }

func allocated(value money.Cents, rounded int64) int64 { return rounded - int64((value+50)/100) }

// QuantityRounding is how a quantity of the invoices became what is entered (19
// CFR 159.3(b)).
type QuantityRounding struct {
	Line    int
	HTS     string
	Unit    string
	Exact   int64      // in units of 10^-8
	Rate    money.Rate // dollars a unit; 0 when no specific rate applies to it
	Rounded int64      // in hundredths
}

// appendInvoices appends how invoices were rounded, nothing when there are none.
func (a *Assessment) appendInvoices(dst []byte) []byte {
	for i := range a.Invoices {
		if i == 0 {
			dst = append(dst, `,"invoices":[`...)
		} else {
			dst = append(dst, ',')
		}
		dst = a.Invoices[i].appendJSON(dst)
	}
	if len(a.Invoices) > 0 {
		dst = append(dst, ']')
	}
	for i := range a.Quantities {
		if i == 0 {
			dst = append(dst, `,"quantities":[`...)
		} else {
			dst = append(dst, ',')
		}
		dst = a.Quantities[i].appendJSON(dst)
	}
	if len(a.Quantities) > 0 {
		dst = append(dst, ']')
	}
	return dst
}

func (r *InvoiceRounding) appendJSON(dst []byte) []byte {
	dst = appendString(append(dst, `{"invoice":`...), r.Invoice)
	dst = appendWhole(appendAmount(dst, "total", r.Total), "rounded", r.Rounded)
	dst = append(dst, `,"rates":[`...)
	for i := range r.Classes {
		c := &r.Classes[i]
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(append(dst, `{"duty":`...), c.Duty)
		dst = append(c.Rate.Append(append(dst, `,"rate":"`...)), '"')
		dst = appendAmount(dst, "value", c.Value)
		dst = appendWhole(appendWhole(dst, "rounded", c.Rounded), "allocated", c.Allocated())
		dst = append(dst, `,"numbers":[`...)
		for k := range c.Numbers {
			number := &c.Numbers[k]
			if k > 0 {
				dst = append(dst, ',')
			}
			dst = strconv.AppendInt(append(dst, `{"line":`...), int64(number.Line), 10)
			dst = appendAmount(appendText(dst, "hts", number.HTS), "value", number.Value)
			dst = append(appendWhole(dst, "rounded", number.Rounded), '}')
		}
		dst = append(dst, ']', '}')
	}
	return append(dst, ']', '}')
}

func (q *QuantityRounding) appendJSON(dst []byte) []byte {
	dst = strconv.AppendInt(append(dst, `{"line":`...), int64(q.Line), 10)
	dst = appendText(appendText(dst, "hts", q.HTS), "unit", q.Unit)
	dst = money.AppendScaled(append(dst, `,"exact":"`...), q.Exact, entry.InvoicePlaces)
	dst = q.Rate.Append(append(dst, `","rate":"`...))
	dst = money.AppendScaled(append(dst, `","rounded":"`...), q.Rounded, inputPlaces)
	return append(dst, '"', '}')
}

// appendWhole appends a further member with a whole number.
func appendWhole(dst []byte, name string, n int64) []byte {
	dst = append(dst, ',', '"')
	dst = append(dst, name...)
	return strconv.AppendInt(append(dst, '"', ':'), n, 10)
}
