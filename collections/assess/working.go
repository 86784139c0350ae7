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
	// Excluded is zero: the number is reported, and owes nothing; Formula says
	// why.
	Excluded
	// Accepted takes Amount, the filer's figure: no formula can check it.
	Accepted
	// Greatest is Sum over two sums of Terms, the greater of which counts.
	Greatest
	// Capped is the sum of the first Terms, but no more than what the sum of the
	// second Terms exceeds Amount by, which is the normal duty.
	Capped
)

// Step is one amount of a working, rounded to the cent.
type Step struct {
	Operation Operation
	// Of names what the step is about: a tariff number, a case number, or "".
	Of string
	// Formula names the terms: "P1*Q1 + P2*V".
	Formula string
	Terms   []Term // of Sum, Greatest and Capped
	// Amount is the input of Fixed, Limit, Accepted and Capped, Minimum and
	// Maximum those of Limit; zero for these means that there is none.
	Amount, Minimum, Maximum money.Cents
	// Table and Row say which reference row the rates come from; Row is nil when
	// the rate stood in the entry itself.
	Table    string
	Row      *reference.Validity
	Rounding Rounding
	Result   money.Cents
}

// Term is a rate times a quantity, in some formulas times a second quantity.
type Term struct {
	RateName     string
	Rate         money.Rate
	QuantityName string
	Quantity     int64
	Places       int    // decimals of Quantity
	ByName       string // of the second quantity, "" when there is none
	By           int64
	ByPlaces     int
	Minus        bool // the term is subtracted
	Second       bool // the term belongs to the second sum of Greatest or Capped
}

// places gives the decimals that all quantities of the step are aligned to.
func (s *Step) places() int {
	n := 0
	for i := range s.Terms {
		n = max(n, s.Terms[i].Places+s.Terms[i].ByPlaces)
	}
	return n
}

// product gives the exact value of a term with the decimals of a rate and so
// many more.
func (t *Term) product(places int) (money.Product, error) {
	p := money.Multiply(int64(t.Rate), t.Quantity)
	var err error
	if t.ByName != "" {
		if p, err = p.Times(t.By); err != nil {
			return p, err
		}
	}
	align := pow10(places - t.Places - t.ByPlaces)
	if t.Minus {
		align = -align
	}
	return p.Times(align)
}

// sums gives the two sums of the terms and their number of decimals.
func (s *Step) sums() (sums [2]money.Product, scale int, err error) {
	places := s.places()
	for i := range s.Terms {
		p, err := s.Terms[i].product(places)
		if err != nil {
			return sums, 0, err
		}
		sum := &sums[0]
		if s.Terms[i].Second {
			sum = &sums[1]
		}
		if *sum, err = sum.Add(p); err != nil {
			return sums, 0, err
		}
	}
	return sums, money.RateScale + places, nil
}

// Unrounded gives the exact value of the step's terms, and its number of
// decimals.
func (s *Step) Unrounded() (money.Product, int, error) {
	sums, scale, err := s.sums()
	if err != nil {
		return sums[0], 0, err
	}
	switch s.Operation {
	case Greatest:
		if sums[0].Less(sums[1]) {
			return sums[1], scale, nil
		}
	case Capped:
		room, err := sums[1].Add(money.Multiply(-int64(s.Amount), pow10(scale-2)))
		if err != nil {
			return room, 0, err
		}
		if room.Less(money.Product{}) {
			return money.Product{}, scale, nil
		}
		if room.Less(sums[0]) {
			return room, scale, nil
		}
	}
	return sums[0], scale, nil
}

// Execute computes the step's amount again from its inputs, rounding by m.
func (s *Step) Execute(m money.Mode) (money.Cents, error) {
	switch s.Operation {
	case Fixed, Accepted:
		return s.Amount, nil
	case Limit:
		return limited(s.Amount, s.Minimum, s.Maximum) - s.Amount, nil
	case Replaced, Excluded:
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
	var rest money.Cents
	sum := exactSum{scale: 2}
	for i := range w.Steps {
		s := &w.Steps[i]
		if s.Operation == Sum || s.Operation == Greatest {
			if err := sum.add(s); err != nil {
				return 0, err
			}
			continue
		}
		c, err := s.Execute(r.Mode)
		if err != nil {
			return 0, err
		}
		rest += c
	}
	cents, err := sum.total.Round(sum.scale-2, r.Mode)
	return money.Cents(cents) + rest, err
}

// exactSum adds exact values of different scales.
type exactSum struct {
	total money.Product
	scale int
}

func (e *exactSum) add(s *Step) error {
	p, scale, err := s.Unrounded()
	if err != nil {
		return err
	}
	common := max(scale, e.scale)
	if p, err = p.Times(pow10(common - scale)); err != nil {
		return err
	}
	if e.total, err = e.total.Times(pow10(common - e.scale)); err != nil {
		return err
	}
	e.scale = common
	e.total, err = e.total.Add(p)
	return err
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
	joined   []Term          // of the line at hand, when the line is what is rounded
	articles []articleCharge // of the line at hand
	codes    knownCodes
}

func (s *scratch) reset() {
	s.workings, s.steps, s.terms, s.joined = s.workings[:0], s.steps[:0], s.terms[:0], s.joined[:0]
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

// keepGreater drops, of the two sums that the terms from first on make, the
// lesser one.
func (s *scratch) keepGreater(first int) {
	step := Step{Terms: s.terms[first:]}
	sums, _, err := step.sums()
	second := err == nil && sums[0].Less(sums[1])
	kept := s.terms[:first]
	for _, t := range step.Terms {
		if t.Second == second {
			t.Second = false
			kept = append(kept, t)
		}
	}
	s.terms = kept
}
