package assess

import (
	"errors"
	"fmt"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// input is a quantity of a duty formula: the value, or one of the quantities of
// the tariff number.
type input uint8

const (
	none input = iota
	inV
	inQ1
	inQ2
	inQ3
)

var (
	rateNames  = [...]string{"", "P1", "P2", "P3"}
	inputNames = [...]string{none: "", inV: "V", inQ1: "Q1", inQ2: "Q2", inQ3: "Q3"}
	lackNames  = [...]string{inQ2: "100-Q2", inQ3: "100-Q3"}
)

// factor is one term of a duty formula: rate P1 to P3 times an input, and in
// some formulas times a second one.
type factor struct {
	rate   uint8
	input  input
	by     input // none, or a further factor
	lack   bool  // by counts as what it lacks of 100: degrees of sugar
	minus  bool  // the term is subtracted
	second bool  // the term belongs to the second of two sums, whose greater counts
}

// formula is a duty computation code of CATAIR appendix F.
type formula struct {
	text     string
	factors  []factor
	wide     bool // some term has two inputs
	greatest bool // of two sums, the greater counts
}

// formulas are the duty computation codes by their character. Codes 9, C and X
// are special: 9 takes the duty of the other tariff numbers for its value, C is
// decided by the filer between its two formulas, eitherP1 and eitherP2, and X
// has no formula.
var formulas = [...]formula{
	'0': {text: "0"},
	'1': {text: "P1*Q1", factors: []factor{{rate: 1, input: inQ1}}},
	'2': {text: "P1*Q2", factors: []factor{{rate: 1, input: inQ2}}},
	'3': {text: "P1*Q1 + P3*Q2", factors: []factor{{rate: 1, input: inQ1}, {rate: 3, input: inQ2}}},
	'4': {text: "P1*Q1 + P2*V", factors: []factor{{rate: 1, input: inQ1}, {rate: 2, input: inV}}},
	'5': {text: "P1*Q2 + P2*V", factors: []factor{{rate: 1, input: inQ2}, {rate: 2, input: inV}}},
	'6': {text: "P1*Q1 + P3*Q2 + P2*V", factors: []factor{{rate: 1, input: inQ1}, {rate: 3, input: inQ2}, {rate: 2, input: inV}}},
	'7': {text: "P2*V", factors: []factor{{rate: 2, input: inV}}},
	'9': {text: "P2*D", factors: []factor{{rate: 2, input: inV}}},
	'A': {text: "(P2 + P3*Q3)*V", wide: true, factors: []factor{{rate: 2, input: inV}, {rate: 3, input: inQ3, by: inV}}},
	'B': {text: "P1*Q2 + (P2 + P3*Q3)*V", wide: true,
		factors: []factor{{rate: 1, input: inQ2}, {rate: 2, input: inV}, {rate: 3, input: inQ3, by: inV}}},
	'C': {text: "P1*Q1 or P2*Q1"},
	'D': {text: "P1*Q3 + P2*V", factors: []factor{{rate: 1, input: inQ3}, {rate: 2, input: inV}}},
	'E': {text: "P1*Q2 + P3*Q3 + P2*V", factors: []factor{{rate: 1, input: inQ2}, {rate: 3, input: inQ3}, {rate: 2, input: inV}}},
	'F': {text: "Q1*(P1 + P3*Q2)", wide: true, factors: []factor{{rate: 1, input: inQ1}, {rate: 3, input: inQ2, by: inQ1}}},
	'J': {text: "max(Q2*(P1 - P2*(100-Q3)), P3*Q2)", wide: true, greatest: true, factors: []factor{
		{rate: 1, input: inQ2}, {rate: 2, input: inQ2, by: inQ3, lack: true, minus: true}, {rate: 3, input: inQ2, second: true}}},
	'K': {text: "max(Q1*(P1 - P2*(100-Q2)), P3*Q1)", wide: true, greatest: true, factors: []factor{
		{rate: 1, input: inQ1}, {rate: 2, input: inQ1, by: inQ2, lack: true, minus: true}, {rate: 3, input: inQ1, second: true}}},
	'X': {text: "filed duty"},
}

// The two formulas of code C.
var (
	eitherP1 = formula{text: "P1*Q1, of P1*Q1 or P2*Q1", factors: []factor{{rate: 1, input: inQ1}}}
	eitherP2 = formula{text: "P2*Q1, of P1*Q1 or P2*Q1", factors: []factor{{rate: 2, input: inQ1}}}
)

// known says whether appendix F has the code.
func known(code byte) bool {
	return int(code) < len(formulas) && formulas[code].text != ""
}

// inputPlaces is the number of decimals of tariff quantities; values are aligned
// to it, so that the products of a formula add up in one scale.
const inputPlaces = 2

// one is 1 with the decimals of an input; hundred is 100.
const (
	one     = 100
	hundred = 100 * one
)

// Decimals of a formula's exact duty beyond the cent: of rate and one input, and
// of rate and two.
const (
	narrowCut = money.RateScale + inputPlaces - 2
	wideCut   = narrowCut + inputPlaces
)

// cut gives the number of decimals of the formula's exact duty beyond the cent.
func (f *formula) cut() int {
	if f.wide {
		return wideCut
	}
	return narrowCut
}

// priced is a number whose duty, or other charge by a formula, is to be computed.
type priced struct {
	line  *entry.Line
	t     *entry.Tariff
	code  byte          // duty computation code
	rates [4]money.Rate // P1 to P3 at 1 to 3
	units *[3]string    // of the quantities
	row   *reference.Validity
	table string // that row is of
	// value is what V stands for, in hundredths of a dollar: whole dollars of
	// value, or, when derived, the cents of other duty.
	value   int64
	derived bool
}

// product gives the exact duty of a tariff number by a formula, and in Explain
// mode appends its terms to the working.
func (r *run) product(n *priced, f *formula) (money.Product, error) {
	var sums [2]money.Product
	for i := range f.factors {
		x := &f.factors[i]
		amount, err := r.input(n, f, x.input)
		if err != nil {
			return sums[0], err
		}
		if r.method.WholeQuantities && x.input != inV && x.by == none {
			amount = entry.RoundQuantity(amount, n.rates[x.rate], n.t.HTS)
		}
		product := money.Multiply(int64(n.rates[x.rate]), amount)
		by := int64(one)
		if x.by != none {
			if by, err = r.input(n, f, x.by); err != nil {
				return sums[0], err
			}
			if x.lack {
				by = hundred - by
			}
		}
		if f.wide {
			if product, err = product.Times(by); err != nil {
				return sums[0], r.overflow(n.line, "value", err)
			}
		}
		if r.explain {
			r.scratch.terms = append(r.scratch.terms, n.term(x, n.rates[x.rate], amount, by))
		}
		if x.minus {
			if product, err = product.Times(-1); err != nil {
				return sums[0], r.overflow(n.line, "value", err)
			}
		}
		sum := &sums[0]
		if x.second {
			sum = &sums[1]
		}
		if *sum, err = sum.Add(product); err != nil {
			return *sum, r.overflow(n.line, "value", err)
		}
	}
	if f.greatest && sums[0].Less(sums[1]) {
		return sums[1], nil
	}
	return sums[0], nil
}

// input gives a value or quantity in hundredths. A quantity that the formula
// needs and the line does not have is an error, never a zero.
func (r *run) input(n *priced, f *formula, x input) (int64, error) {
	if x == inV {
		return n.value, nil
	}
	at := int(x - inQ1)
	if at >= len(n.t.Quantities) || n.t.Quantities[at].Amount == 0 && n.t.Quantities[at].Unit == "" {
		return 0, r.refuse(n.line, ReasonQuantity, inputNames[x], n.t.HTS,
			fmt.Errorf("the formula %s of %s.csv row %d needs quantity %d (%s), which is absent", f.text, n.table, n.row.Row, at+1, n.units[at]), "report the quantity")
	}
	return n.t.Quantities[at].Amount, r.checkUnit(n, at)
}

// term gives a factor of a formula as a term of the working.
func (n *priced) term(x *factor, rate money.Rate, amount, by int64) Term {
	t := Term{RateName: rateNames[x.rate], Rate: rate, Minus: x.minus, Second: x.second}
	t.QuantityName, t.Quantity, t.Places = n.named(x.input, amount)
	if x.by != none {
		t.ByName, t.By, t.ByPlaces = n.named(x.by, by)
		if x.lack {
			t.ByName = lackNames[x.by]
		}
	}
	return t
}

// named gives an input's name, amount and decimals: a value is shown in whole
// dollars, and the duty of other numbers in cents.
func (n *priced) named(x input, amount int64) (string, int64, int) {
	switch {
	case x != inV:
		return inputNames[x], amount, inputPlaces
	case n.derived:
		return "D", amount, inputPlaces
	}
	return inputNames[x], amount / one, 0
}

// formula chooses the formula of a tariff number. For code C the filer decides
// which of the two rates is correct: with a filed duty it is the one whose duty
// lies nearer to it; without, P1, or P2 when the method says so.
func (r *run) formula(n *priced) (*formula, error) {
	if n.code != 'C' {
		if n.code == '7' && n.derived {
			return &formulas['9'], nil
		}
		return &formulas[n.code], nil
	}
	if !r.s.Filed.Given {
		if r.method.EitherSecond {
			return &eitherP2, nil
		}
		return &eitherP1, nil
	}
	explain := r.explain
	r.explain = false // the formula that is chosen explains itself
	defer func() { r.explain = explain }()
	var distance [2]money.Cents
	for i, f := range [...]*formula{&eitherP1, &eitherP2} {
		exact, err := r.product(n, f)
		if err != nil {
			return nil, err
		}
		cents, err := r.round(n.line, exact, f.cut(), r.method.Duty.Mode)
		if err != nil {
			return nil, err
		}
		distance[i] = max(cents-n.t.FiledDuty, n.t.FiledDuty-cents)
	}
	if distance[1] < distance[0] {
		return &eitherP2, nil
	}
	return &eitherP1, nil
}

// filed gives the duty of a number whose code is X: no formula can check it, and
// the filer's figure is accepted (conditions 622 and 626).
func (r *run) filed(n *priced) (money.Cents, error) {
	switch {
	case !r.s.Filed.Given:
		return 0, r.refuse(n.line, ReasonRate, "hts", n.t.HTS,
			fmt.Errorf("duty computation code X of %s.csv row %d has no formula, and no duty is filed for the number", n.table, n.row.Row), "file the duty")
	case n.t.FiledDuty < 0 || n.t.FiledDuty > maxCharge:
		return 0, r.refuse(n.line, ReasonStructure, "filed_duty", n.t.FiledDuty.String(), errors.New("a duty is not negative and has eleven digits"), "correct the duty")
	}
	return n.t.FiledDuty, nil
}
