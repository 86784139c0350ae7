package assess

import (
	"strings"

	"tidewaiter/collections/money"
)

// Sentence writes the step as one line that an accountant can check by hand:
//
//	0.003464 x 3333 = 11.545512, NEAREST-AWAY-FROM-ZERO per line: 11.55
func (s *Step) Sentence() string {
	var b strings.Builder
	switch s.Operation {
	case Fixed:
		b.WriteString("fixed amount " + s.Amount.String())
		return b.String()
	case Limit:
		b.WriteString("sum of lines " + s.Amount.String())
		if s.Minimum != 0 {
			b.WriteString(", minimum " + s.Minimum.String())
		}
		if s.Maximum != 0 {
			b.WriteString(", maximum " + s.Maximum.String())
		}
		b.WriteString(": difference " + s.Result.String())
		return b.String()
	case Replaced:
		return "owed in place of this duty: the replacement remedy; 0.00"
	case Excluded:
		return s.Formula + ": 0.00"
	case Accepted:
		return "no formula; the amount filed is accepted: " + s.Amount.String()
	case Greatest:
		b.WriteString("greater of " + s.sum(false) + " and " + s.sum(true))
	case Capped:
		b.WriteString("lesser of " + s.sum(false) + " and " + s.sum(true) + " less normal duty " + s.Amount.String())
	default:
		b.WriteString(s.sum(false))
	}
	if product, scale, err := s.Unrounded(); err == nil && len(s.Terms) > 0 {
		b.WriteString(" = " + string(product.Append(nil, scale)) + ", " + s.Rounding.Mode.String() + " per " + s.Rounding.Place.String())
	}
	b.WriteString(": " + s.Result.String())
	return b.String()
}

// sum writes the first or second sum of the terms; "free" when it has none.
func (s *Step) sum(second bool) string {
	var b strings.Builder
	for i := range s.Terms {
		t := &s.Terms[i]
		switch {
		case t.Second != second:
			continue
		case t.Minus && b.Len() == 0:
			b.WriteString("-")
		case t.Minus:
			b.WriteString(" - ")
		case b.Len() > 0:
			b.WriteString(" + ")
		}
		b.WriteString(t.Rate.String() + " x ")
		b.Write(money.AppendScaled(nil, t.Quantity, t.Places))
		if t.ByName != "" {
			b.WriteString(" x ")
			b.Write(money.AppendScaled(nil, t.By, t.ByPlaces))
		}
	}
	if b.Len() == 0 {
		return "free"
	}
	return b.String()
}
