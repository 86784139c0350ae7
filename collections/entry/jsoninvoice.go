package entry

import (
	"errors"
	"fmt"
	"strings"

	"tidewaiter/collections/money"
)

// The JSON form of invoices. The tariff number of an item may be left out where
// the line has only one of chapters 1 to 97; the value of a tariff number, and the
// amounts of its quantities, may be left out where an item has them.
type (
	invoiceJSON struct {
		Invoice string     `json:"invoice"`
		Total   string     `json:"total"`
		Items   []itemJSON `json:"items"`
	}
	itemJSON struct {
		Line       int      `json:"line"`
		HTS        string   `json:"hts,omitempty"`
		Value      string   `json:"value"`
		Quantities []string `json:"quantities,omitempty"`
	}
)

// invoices reads the invoices of a summary whose lines have been read, and checks
// that they and the lines complete each other.
func (f *fields) invoices(s *Summary, from []invoiceJSON) {
	f.line, f.path = 0, ""
	if len(from) > MaxInvoices {
		f.fail("invoices", fmt.Errorf("%d invoices; at most %d are possible", len(from), MaxInvoices))
		return
	}
	if len(from) == 0 {
		f.complete(s, nil)
		return
	}
	lines, seen := s.lineIndex(), make(map[string]bool, len(from))
	for i := range from {
		f.line, f.path = 0, fmt.Sprintf("invoices[%d].", i)
		v := f.invoice(s, &from[i], lines)
		if seen[v.Number] {
			f.fail("invoice", fmt.Errorf("%q stands twice; put its items together", v.Number))
		}
		seen[v.Number] = true
		s.Invoices = append(s.Invoices, v)
		if f.err != nil {
			return
		}
	}
	f.complete(s, s.stated(lines))
}

// invoice reads one invoice and adds it up.
func (f *fields) invoice(s *Summary, j *invoiceJSON, lines map[int]int) Invoice {
	v := Invoice{Number: f.text("invoice", j.Invoice, MaxInvoiceNumber)}
	if v.Number == "" {
		f.fail("invoice", errors.New("is missing: the number of the invoice"))
	}
	if j.Total == "" {
		f.fail("total", errors.New("is missing: the value of all items, in dollars and cents"))
	}
	v.Total = f.cents("total", j.Total)
	if len(j.Items) == 0 {
		f.fail("items", errors.New("are missing: the value of each tariff number on the invoice"))
	}
	path := f.path
	var sum money.Cents
	for i := range j.Items {
		f.line, f.path = 0, fmt.Sprintf("%sitems[%d].", path, i)
		item := f.item(s, &j.Items[i], lines)
		sum += item.Value
		v.Items = append(v.Items, item)
		if f.err != nil {
			return v
		}
	}
	f.line, f.path = 0, path
	if sum != v.Total {
		f.fail("total", fmt.Errorf("%s, but the items add up to %s; an item is missing or one of the amounts is wrong", v.Total, sum))
	}
	return v
}

// item reads what an invoice states about a tariff number.
func (f *fields) item(s *Summary, j *itemJSON, lines map[int]int) InvoiceItem {
	item := InvoiceItem{Line: j.Line}
	at, found := lines[j.Line]
	if !found {
		f.fail("line", fmt.Errorf("the summary has no line %d", j.Line))
		return item
	}
	f.line = j.Line
	line := &s.Lines[at]
	item.Tariff = f.numberOf(line, j.HTS)
	if f.err != nil {
		return item
	}
	if j.Value == "" {
		f.fail("value", errors.New("is missing: dollars and cents as invoiced"))
	}
	item.Value = f.cents("value", j.Value)
	if own := len(line.Tariffs[item.Tariff].Quantities); len(j.Quantities) > 0 && len(j.Quantities) != own {
		f.fail("quantities", fmt.Errorf("%d quantities, but the tariff number has %d", len(j.Quantities), own))
	}
	for i, q := range j.Quantities {
		name := fmt.Sprintf("quantities[%d]", i)
		if q == "" {
			f.fail(name, errors.New("is missing; a quantity of none is 0"))
		}
		item.Quantities = append(item.Quantities, f.decimal(name, q, InvoicePlaces, MaxInvoiceQuantity))
	}
	return item
}

// numberOf gives the place of an item's tariff number on its line: the named one,
// or else the only one of chapters 1 to 97.
func (f *fields) numberOf(line *Line, hts string) int {
	hts = strings.TrimRight(hts, " ")
	at, found := 0, 0
	for i := range line.Tariffs {
		own := line.Tariffs[i].HTS
		if own == hts || hts == "" && own < "98" {
			at, found = i, found+1
		}
	}
	switch {
	case found == 1:
	case hts != "" && found == 0:
		f.fail("hts", fmt.Errorf("%q is no tariff number of the line", shortened(hts)))
	case hts != "":
		f.fail("hts", fmt.Errorf("%q stands %d times on the line; report them on lines of their own", shortened(hts), found))
	default:
		f.fail("hts", fmt.Errorf("is missing: the line has %d numbers of chapters 1 to 97, and the item must name one", found))
	}
	return at
}

// stated is what the invoices say about a tariff number, in all.
type stated struct {
	value                 money.Cents
	items, withQuantities int
	quantities            [MaxQuantities]int64
}

// stated adds up the items of each tariff number.
func (s *Summary) stated(lines map[int]int) map[*Tariff]*stated {
	sums := make(map[*Tariff]*stated)
	for i := range s.Invoices {
		for k := range s.Invoices[i].Items {
			item := &s.Invoices[i].Items[k]
			t := s.tariffOf(item, lines)
			sum := sums[t]
			if sum == nil {
				sum = &stated{}
				sums[t] = sum
			}
			sum.items++
			sum.value += item.Value
			if item.Quantities != nil {
				sum.withQuantities++
			}
			for n, q := range item.Quantities {
				sum.quantities[n] = min(sum.quantities[n]+q, MaxInvoiceQuantity+1)
			}
		}
	}
	return sums
}

// complete checks that each value and quantity left to the invoices is on one,
// that all of the goods are, and that the sums stay within the 50 record.
func (f *fields) complete(s *Summary, sums map[*Tariff]*stated) {
	for i := range s.Lines {
		line := &s.Lines[i]
		for k := range line.Tariffs {
			if name, err := line.Tariffs[k].complete(sums[&line.Tariffs[k]], len(s.Invoices) > 0); err != nil {
				f.line, f.path = line.Number, fmt.Sprintf("lines[%d].tariffs[%d].", i, k)
				f.fail(name, err)
				return
			}
		}
	}
}

// complete gives the field of a tariff number that is wrong beside what the
// invoices state about it, which is nil when they do not name it.
func (t *Tariff) complete(sum *stated, invoiced bool) (string, error) {
	switch {
	case sum == nil && t.Value == FromInvoices:
		return "value", errors.New("is missing, and so is an invoice item; a number without value has 0")
	case sum == nil && t.Value != 0 && invoiced:
		return "value", fmt.Errorf("%d stands here and on no invoice; add the item, for the values of an entry are on invoices all or none", t.Value)
	case sum == nil:
		sum = &stated{}
	case sum.value > MaxValue*100:
		return "value", fmt.Errorf("the invoices state %s; at most %d are possible", sum.value, MaxValue)
	case sum.withQuantities != 0 && sum.withQuantities != sum.items:
		return "quantities", fmt.Errorf("%d of its %d invoice items state quantities; all must, or none", sum.withQuantities, sum.items)
	}
	for n := range t.Quantities {
		name := [MaxQuantities]string{"quantities[0].amount", "quantities[1].amount", "quantities[2].amount"}[n]
		if t.Quantities[n].Amount == FromInvoices && sum.withQuantities == 0 {
			return name, errors.New("is missing, and so is an invoice item with quantities")
		}
		if sum.quantities[n] > MaxInvoiceQuantity {
			return name, fmt.Errorf("the invoices state more than %s", scaled(MaxQuantity, 2))
		}
	}
	return "", nil
}

// invoicesOf gives the JSON form of a summary's invoices.
func invoicesOf(s *Summary) []invoiceJSON {
	if len(s.Invoices) == 0 {
		return nil
	}
	var to []invoiceJSON
	lines := s.lineIndex()
	for i := range s.Invoices {
		v := &s.Invoices[i]
		j := invoiceJSON{Invoice: v.Number, Total: v.Total.String()}
		for k := range v.Items {
			item := &v.Items[k]
			one := itemJSON{Line: item.Line, HTS: s.tariffOf(item, lines).HTS, Value: item.Value.String()}
			for _, q := range item.Quantities {
				one.Quantities = append(one.Quantities, strings.TrimSuffix(strings.TrimRight(scaled(q, InvoicePlaces), "0"), "."))
			}
			j.Items = append(j.Items, one)
		}
		to = append(to, j)
	}
	return to
}
