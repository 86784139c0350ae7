package assess

import (
	"encoding/json"
	"strconv"

	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// AppendJSON appends the assessment as one JSON object, without a newline:
// entry, lines with their charges, charges (what is charged once per entry, left
// out when there is none), totals, conditions. Amounts are strings. A charge
// that is not due carries its disposition, and one that was explained its
// working; so do values and quantities that were rounded from invoices.
func (a *Assessment) AppendJSON(dst []byte) []byte {
	dst = append(dst, `{"entry":`...)
	dst = appendString(dst, string(a.Entry))
	dst = append(dst, `,"lines":[`...)
	charges := a.Charges
	for first := true; len(charges) > 0 && charges[0].Line != 0; first = false {
		n := 1
		for n < len(charges) && charges[n].Line == charges[0].Line {
			n++
		}
		if !first {
			dst = append(dst, ',')
		}
		dst = append(dst, `{"line":`...)
		dst = strconv.AppendInt(dst, int64(charges[0].Line), 10)
		dst = append(dst, `,"charges":`...)
		dst = appendCharges(dst, charges[:n])
		dst = append(dst, '}')
		charges = charges[n:]
	}
	dst = append(dst, ']')
	if len(charges) > 0 {
		dst = append(dst, `,"charges":`...)
		dst = appendCharges(dst, charges)
	}
	dst = a.appendInvoices(dst)
	dst = append(dst, `,"totals":`...)
	dst = a.Totals.appendJSON(dst)
	return append(appendConditions(append(dst, `,"conditions":`...), a.Conditions), '}')
}

func appendCharges(dst []byte, charges []Charge) []byte {
	dst = append(dst, '[')
	for i := range charges {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = charges[i].appendJSON(dst)
	}
	return append(dst, ']')
}

func (c *Charge) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"class":"`...)
	dst = append(dst, c.Class...)
	dst = appendAmount(append(dst, '"'), "amount", c.Amount)
	if c.Disposition != Due {
		dst = appendText(dst, "disposition", c.Disposition.String())
	}
	if c.Working != nil {
		dst = append(dst, `,"working":{"base":"`...)
		dst = strconv.AppendInt(dst, c.Base, 10)
		dst = append(dst, `","rate_date":"`...)
		dst = c.RateDate.Append(dst)
		dst = append(dst, `","steps":[`...)
		for i := range c.Working.Steps {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = c.Working.Steps[i].appendJSON(dst)
		}
		dst = append(dst, `]}`...)
	}
	return append(dst, '}')
}

// appendJSON appends a step: what it is about, formula, inputs, unrounded value,
// rounding, result, reference row.
func (s *Step) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"formula":"`...)
	dst = append(dst, s.Formula...)
	dst = append(dst, '"')
	if s.Of != "" {
		dst = appendText(dst, "of", s.Of)
	}
	dst = append(dst, `,"inputs":[`...)
	switch s.Operation {
	case Sum, Greatest, Capped:
		for i := range s.Terms {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = s.Terms[i].appendJSON(dst)
		}
		if s.Operation == Capped {
			dst = appendInput(append(dst, ','), "normal duty", s.Amount)
		}
	case Accepted:
		dst = appendInput(dst, "filed duty", s.Amount)
	case Fixed:
		dst = appendInput(dst, "amount", s.Amount)
	case Limit:
		dst = appendInput(dst, "sum of lines", s.Amount)
		for _, limit := range []struct {
			name   string
			amount money.Cents
		}{{"minimum", s.Minimum}, {"maximum", s.Maximum}} {
			if limit.amount != 0 {
				dst = appendInput(append(dst, ','), limit.name, limit.amount)
			}
		}
	}
	dst = append(dst, ']')
	if s.Operation == Sum || s.Operation == Greatest || s.Operation == Capped {
		if product, scale, err := s.Unrounded(); err == nil {
			dst = append(product.Append(append(dst, `,"unrounded":"`...), scale), '"')
		}
		dst = appendText(dst, "rounding", s.Rounding.Mode.String())
		dst = appendText(dst, "place", s.Rounding.Place.String())
	}
	dst = appendAmount(dst, "result", s.Result)
	if s.Row != nil {
		dst = appendRow(dst, s.Table, s.Row)
	}
	return append(dst, '}')
}

// appendJSON appends a rate and the quantities it is multiplied with.
func (t *Term) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"name":"`...)
	dst = append(dst, t.RateName...)
	dst = append(dst, `","value":"`...)
	dst = t.Rate.Append(dst)
	dst = append(dst, `"},{"name":"`...)
	dst = append(dst, t.QuantityName...)
	dst = append(dst, `","value":"`...)
	dst = money.AppendScaled(dst, t.Quantity, t.Places)
	if t.ByName != "" {
		dst = append(dst, `"},{"name":"`...)
		dst = append(dst, t.ByName...)
		dst = append(dst, `","value":"`...)
		dst = money.AppendScaled(dst, t.By, t.ByPlaces)
	}
	return append(dst, `"}`...)
}

func appendInput(dst []byte, name string, amount money.Cents) []byte {
	dst = append(dst, `{"name":"`...)
	dst = append(dst, name...)
	return append(appendAmount(append(dst, '"'), "value", amount), '}')
}

// appendRow appends where a rate stands in the reference tables.
func appendRow(dst []byte, table string, row *reference.Validity) []byte {
	dst = append(dst, `,"row":{"table":"`...)
	dst = append(dst, table...)
	dst = append(dst, `","row":`...)
	dst = strconv.AppendInt(dst, int64(row.Row), 10)
	dst = append(dst, `,"effective_from":"`...)
	dst = row.From.Append(dst)
	dst = append(dst, `","effective_to":"`...)
	dst = row.To.Append(dst)
	dst = append(dst, '"')
	dst = appendText(dst, "citation", row.Citation)
	dst = append(dst, `,"verified":`...)
	return append(strconv.AppendBool(dst, row.Verified), '}')
}

// appendJSON appends the totals in the order of the 90 record. The fees are
// those of the totals: after limits and de minimis. What the summary reports
// follows when not all of it is due.
func (t *Totals) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"duty":"`...)
	dst = t.Duty.Append(dst)
	dst = appendAmount(append(dst, '"'), "ir_tax", t.Tax)
	dst = appendAmount(dst, "ad", t.AD)
	dst = appendAmount(dst, "cvd", t.CVD)
	dst = append(dst, `,"fees":{`...)
	first := true
	for _, c := range t.Classes {
		if s, _ := slotOf(c.Class); s.kind() != reference.KindFee {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = appendClass(dst, c)
	}
	dst = append(dst, '}')
	dst = appendAmount(dst, "other", t.Other)
	dst = appendAmount(dst, "due", t.Due)
	dst = appendAmount(dst, "bonded", t.Bonded)
	dst = appendAmount(dst, "not_due", t.NotDue)
	if t.Deferred != 0 {
		dst = appendAmount(dst, "deferred", t.Deferred)
	}
	if t.Reported.Grand.Total() != t.Due {
		dst = t.Reported.appendJSON(append(dst, `,"reported":`...))
	}
	return append(dst, '}')
}

// appendJSON appends the totals of the 88, 89 and 90 records.
func (t *Reported) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"duty":"`...)
	dst = t.Grand.Duty.Append(dst)
	dst = appendAmount(append(dst, '"'), "ir_tax", t.Grand.Tax)
	dst = appendAmount(dst, "ad", t.Grand.AD)
	dst = appendAmount(dst, "cvd", t.Grand.CVD)
	dst = append(dst, `,"fees":{`...)
	for i, c := range t.Fees {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendClass(dst, c)
	}
	dst = append(dst, '}')
	dst = appendAmount(dst, "other", t.Grand.Other)
	dst = appendAmount(dst, "bonded_ad", t.Deposits.BondedAD)
	dst = appendAmount(dst, "cash_ad", t.Deposits.CashAD)
	dst = appendAmount(dst, "bonded_cvd", t.Deposits.BondedCVD)
	return append(appendAmount(dst, "cash_cvd", t.Deposits.CashCVD), '}')
}

// appendClass appends a class code with its amount.
func appendClass(dst []byte, c ClassAmount) []byte {
	dst = append(dst, '"')
	dst = append(dst, c.Class...)
	dst = append(dst, `":"`...)
	return append(c.Amount.Append(dst), '"')
}

// appendAmount appends a further member with an amount.
func appendAmount(dst []byte, name string, amount money.Cents) []byte {
	dst = append(dst, ',', '"')
	dst = append(dst, name...)
	dst = append(dst, '"', ':', '"')
	return append(amount.Append(dst), '"')
}

// appendText appends a further member with a text.
func appendText(dst []byte, name, s string) []byte {
	dst = append(dst, ',', '"')
	dst = append(dst, name...)
	dst = append(dst, '"', ':')
	return appendString(dst, s)
}

// appendString appends a JSON string. Go's own quoting differs from JSON's in
// control and invalid characters, so those go through encoding/json.
func appendString(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, err := json.Marshal(s)
			if err != nil { // a string always marshals
				panic(err)
			}
			return append(dst, quoted...)
		}
	}
	dst = append(dst, '"')
	dst = append(dst, s...)
	return append(dst, '"')
}
