package assess

import (
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// Working is how a charge's amount came about: the sum of its steps. It belongs
// to its Assessment and is valid until that is used again; Clone keeps it.
type Working struct {
	Steps []Step
}

// Operation is what a step computes.
type Operation uint8

// Operations.
const (
	// Sum adds the products of Terms and rounds once.
	Sum Operation = iota
	// Fixed takes Amount from the reference row.
	Fixed
	// Limit gives what has to be added to Amount so that it lies between
	// Minimum and Maximum.
	Limit
	// Replaced is zero: a replacement remedy is owed in place of this duty.
	Replaced
)

// Step is one amount of a working, rounded to the cent.
type Step struct {
	Operation Operation
	// Of names what the step is about: a tariff number, a case number, or "".
	Of string
	// Formula names the terms: "P1*Q1 + P2*V".
	Formula string
	Terms   []Term // of Sum
	// Amount, Minimum and Maximum are the inputs of Fixed and Limit; a zero
	// minimum or maximum means that there is none.
	Amount, Minimum, Maximum money.Cents
	// Table and Row say which reference row the rates come from; Row is nil when
	// the rate stood in the entry itself.
	Table    string
	Row      *reference.Validity
	Rounding Rounding
	Result   money.Cents
}

// Term is a rate times a quantity.
type Term struct {
	RateName     string
	Rate         money.Rate
	QuantityName string
	Quantity     int64
	Places       int // decimals of Quantity
}

// places gives the decimals that all quantities of the step are aligned to.
func (s *Step) places() int {
	n := 0
	for i := range s.Terms {
		n = max(n, s.Terms[i].Places)
	}
	return n
}

// Unrounded gives the exact value of the step's terms, and its number of
// decimals.
func (s *Step) Unrounded() (money.Product, int, error) {
	places := s.places()
	var sum money.Product
	for i := range s.Terms {
		t := &s.Terms[i]
		quantity, err := money.Multiply(t.Quantity, pow10(places-t.Places)).Round(0, money.Prohibited)
		if err != nil {
			return sum, 0, err
		}
		if sum, err = sum.Add(money.Multiply(int64(t.Rate), quantity)); err != nil {
			return sum, 0, err
		}
	}
	return sum, money.RateScale + places, nil
}

// Execute computes the step's amount again from its inputs, rounding by m.
func (s *Step) Execute(m money.Mode) (money.Cents, error) {
	switch s.Operation {
	case Fixed:
		return s.Amount, nil
	case Limit:
		return limited(s.Amount, s.Minimum, s.Maximum) - s.Amount, nil
	case Replaced:
		return 0, nil
	}
	product, scale, err := s.Unrounded()
	if err != nil {
		return 0, err
	}
	cents, err := product.Round(scale-2, m)
	return money.Cents(cents), err
}

// Execute computes the amount again from the inputs, each step under the
// rounding it was computed with.
func (w *Working) Execute() (money.Cents, error) {
	var sum money.Cents
	for i := range w.Steps {
		c, err := w.Steps[i].Execute(w.Steps[i].Rounding.Mode)
		if err != nil {
			return 0, err
		}
		sum += c
	}
	return sum, nil
}

// ExecuteUnder computes the amount again with another rounding. Other places
// than the one recorded are possible too: PerLine adds the exact values of all
// steps and rounds once.
func (w *Working) ExecuteUnder(r Rounding) (money.Cents, error) {
	if r.Place == PerTariff || len(w.Steps) < 2 {
		var sum money.Cents
		for i := range w.Steps {
			c, err := w.Steps[i].Execute(r.Mode)
			if err != nil {
				return 0, err
			}
			sum += c
		}
		return sum, nil
	}
	var joined Step
	var rest money.Cents
	for i := range w.Steps {
		if s := &w.Steps[i]; s.Operation == Sum {
			joined.Terms = append(joined.Terms, s.Terms...)
			continue
		}
		c, err := w.Steps[i].Execute(r.Mode)
		if err != nil {
			return 0, err
		}
		rest += c
	}
	sum, err := joined.Execute(r.Mode)
	return sum + rest, err
}

// Clone gives a copy that does not belong to an Assessment.
func (w *Working) Clone() *Working {
	c := &Working{Steps: append([]Step(nil), w.Steps...)}
	for i := range c.Steps {
		c.Steps[i].Terms = append([]Term(nil), c.Steps[i].Terms...)
	}
	return c
}

// limited gives the amount between minimum and maximum; zero is no limit.
func limited(amount, minimum, maximum money.Cents) money.Cents {
	if minimum != 0 && amount < minimum {
		return minimum
	}
	if maximum != 0 && amount > maximum {
		return maximum
	}
	return amount
}

// pow10 gives a small power of ten.
func pow10(n int) int64 {
	p := int64(1)
	for ; n > 0; n-- {
		p *= 10
	}
	return p
}

// scratch is the memory that an Assessment keeps from entry to entry. Slices
// handed out stay whole when an arena grows: the old array is left as it is.
type scratch struct {
	workings []Working
	steps    []Step
	terms    []Term
}

func (s *scratch) reset() {
	s.workings, s.steps, s.terms = s.workings[:0], s.steps[:0], s.terms[:0]
}

// working closes a working over the steps from first on.
func (s *scratch) working(first int) *Working {
	s.workings = append(s.workings, Working{Steps: s.steps[first:len(s.steps):len(s.steps)]})
	return &s.workings[len(s.workings)-1]
}

// step appends a step over the terms from firstTerm on.
func (s *scratch) step(st Step, firstTerm int) {
	st.Terms = s.terms[firstTerm:len(s.terms):len(s.terms)]
	s.steps = append(s.steps, st)
}
