package assess

import (
	"errors"
	"fmt"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// Case rates and quantities (ACE CATAIR AE, 53 record).
const (
	// A hundredth of a percent and a hundredth of a dollar in units of a
	// money.Rate.
	percentUnits = 10_000
	dollarUnits  = 1_000_000
	// Case quantities have four decimals; specificCut is what their product with
	// a rate has beyond the cent.
	caseQuantityPlaces = 4
	specificCut        = money.RateScale + caseQuantityPlaces - 2
)

// deposits computes classes 012 and 013 of a line, antidumping first whatever
// the order of its cases (ACE CATAIR AE note ff).
func (r *run) deposits(line *entry.Line, values values) error {
	if r.kind.Deposits == reference.DepositsNone {
		return under("466", r.refuse(line, ReasonCase, "type", r.s.Type,
			errors.New("an entry of this type has no antidumping or countervailing case"), "file it as type 03, or take the case off"))
	}
	if r.method.DepositDate.of(r.s) == 0 {
		return r.refuse(line, ReasonStructure, "entry_date", "", errors.New("no date of the entry selects its cases"), "give the date of entry, or one that stands in for it")
	}
	if len(line.Cases) > entry.MaxCases {
		return r.refuse(line, ReasonCase, "cases", "", fmt.Errorf("%d cases; %d are possible", len(line.Cases), entry.MaxCases), "")
	}
	var antidumping, countervailing *entry.Case
	for i := range line.Cases {
		c := &line.Cases[i]
		place := &antidumping
		switch {
		case len(c.Number) > 0 && c.Number[0] == 'A':
		case len(c.Number) > 0 && c.Number[0] == 'C':
			place = &countervailing
		default:
			return r.refuse(line, ReasonCase, "case", c.Number, errors.New("a case number begins with A or C"), "")
		}
		if *place != nil {
			return under("545", r.refuse(line, ReasonCase, "case", c.Number, fmt.Errorf("the line has case %s of the same class", (*place).Number), ""))
		}
		*place = c
	}
	if antidumping != nil {
		if err := r.deposit(line, antidumping, slotAD, values); err != nil {
			return err
		}
	}
	if countervailing != nil {
		return r.deposit(line, countervailing, slotCVD, values)
	}
	return nil
}

// deposit computes one case: a percentage of the case's own value, or of the
// line's, or dollars a unit. 25,000 dollars at 10.17 percent are 2,542.50.
func (r *run) deposit(line *entry.Line, c *entry.Case, slot slot, values values) error {
	if c.Claim != entry.Cash && c.Claim != entry.Bonded {
		return r.refuse(line, ReasonCase, "claim", string(rune(c.Claim)), errors.New("not C (cash) or B (bond)"), "")
	}
	if c.Rate < 0 || c.Rate > entry.MaxCaseRate || c.Value < 0 || c.Value > entry.MaxValue || c.Quantity < 0 || c.Quantity > entry.MaxCaseUnits {
		return r.refuse(line, ReasonCase, "case", c.Number, errors.New("rate, value or quantity is out of range"), "")
	}
	term := Term{RateName: "rate", QuantityName: "V"}
	formula, base, cut := "rate*V", int64(0), valueCut
	switch c.RateType {
	case entry.AdValorem:
		if base = values.all; c.Value > 0 {
			base = c.Value
		}
		term.Rate, term.Quantity = money.Rate(c.Rate*percentUnits), base
	case entry.Specific:
		formula, cut = "rate*Q", specificCut
		term.Rate, term.QuantityName, term.Quantity, term.Places = money.Rate(c.Rate*dollarUnits), "Q", c.Quantity, caseQuantityPlaces
	default:
		return r.refuse(line, ReasonCase, "rate_type", string(rune(c.RateType)), errors.New("not A (ad valorem) or S (specific)"), "")
	}
	amount, err := r.round(line, money.Multiply(int64(term.Rate), term.Quantity), cut, r.method.Deposit)
	if err != nil {
		return err
	}
	d := r.disposition(slot)
	if c.Claim == entry.Bonded {
		d = Bonded // secured, whatever the entry type pays (PF Q2 indicators)
	}
	firstStep, firstTerm := len(r.scratch.steps), len(r.scratch.terms)
	if r.explain {
		r.scratch.terms = append(r.scratch.terms, term)
		r.scratch.step(Step{Of: c.Number, Formula: formula, Rounding: Rounding{Mode: r.method.Deposit}, Result: amount}, firstTerm)
	}
	return r.charge(line, slot, amount, base, r.method.DepositDate.of(r.s), d, firstStep)
}
