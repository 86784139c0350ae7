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
		b.WriteString("owed in place of this duty: the replacement remedy; 0.00")
		return b.String()
	}
	for i := range s.Terms {
		t := &s.Terms[i]
		if i > 0 {
			b.WriteString(" + ")
		}
		b.WriteString(t.Rate.String() + " x ")
		b.Write(money.AppendScaled(nil, t.Quantity, t.Places))
	}
	if len(s.Terms) == 0 {
		b.WriteString("free")
	}
	if product, scale, err := s.Unrounded(); err == nil && len(s.Terms) > 0 {
		b.WriteString(" = " + product.Decimal(scale).String() + ", " + s.Rounding.Mode.String() + " per " + s.Rounding.Place.String())
	}
	b.WriteString(": " + s.Result.String())
	return b.String()
}
