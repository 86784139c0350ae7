package assess

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
)

// invoiced is the goods of a tariff number as the invoices state them.
type invoiced struct {
	value      money.Cents
	quantities [entry.MaxQuantities]int64 // in units of 10^-8
	counted    bool                       // the invoices state quantities
	duty       dutyRate
	entered    int64 // the rounded value
}

// entering is the rounding of an entry's invoices.
type entering struct {
	*run
	lines map[int]*entry.Line
	goods map[*entry.Tariff]*invoiced
}

// enter assesses, in place of the summary, a copy of it that has the values and
// quantities that its invoices make. It takes duty rates, so that it cannot be
// done as a summary is read. Entries with invoices allocate.
func (r *run) enter() error {
	r.s = copyOf(r.s)
	r.dst.Entered = r.s
	explain := r.explain
	r.explain = false // the rates are looked at here, and explained where they apply
	e := entering{run: r, lines: make(map[int]*entry.Line, len(r.s.Lines)), goods: make(map[*entry.Tariff]*invoiced)}
	for i := range r.s.Lines {
		e.lines[r.s.Lines[i].Number] = &r.s.Lines[i]
	}
	err := e.enter()
	r.explain = explain
	if !explain {
		r.dst.Invoices, r.dst.Quantities = nil, nil
	}
	return err
}

func (e *entering) enter() error {
	for i := range e.s.Invoices {
		if err := e.state(&e.s.Invoices[i]); err != nil {
			return err
		}
	}
	for i := range e.s.Lines {
		if err := e.rate(&e.s.Lines[i]); err != nil {
			return err
		}
	}
	for i := range e.s.Invoices {
		e.round(&e.s.Invoices[i])
	}
	for i := range e.s.Lines {
		if err := e.agree(&e.s.Lines[i]); err != nil {
			return err
		}
	}
	return nil
}

// state adds up what an invoice states about each tariff number.
func (e *entering) state(v *entry.Invoice) error {
	var sum money.Cents
	for k := range v.Items {
		item := &v.Items[k]
		line := e.lines[item.Line]
		switch {
		case line == nil || item.Tariff < 0 || item.Tariff >= len(line.Tariffs):
			return e.refuse(nil, ReasonStructure, "invoices", v.Number, fmt.Errorf("it names tariff number %d of line %d, which is not there", item.Tariff+1, item.Line), "correct the item")
		case item.Value < 0 || item.Value > entry.MaxFiled:
			return e.refuse(line, ReasonStructure, "invoices", v.Number, fmt.Errorf("an item of %s; 0 to %s are possible", item.Value, money.Cents(entry.MaxFiled)), "correct the item")
		case len(item.Quantities) > len(line.Tariffs[item.Tariff].Quantities):
			return e.refuse(line, ReasonStructure, "invoices", v.Number, errors.New("an item has more quantities than its tariff number"), "correct the item")
		}
		t := &line.Tariffs[item.Tariff]
		goods := e.goods[t]
		if goods == nil {
			goods = &invoiced{}
			e.goods[t] = goods
		}
		sum += item.Value
		goods.value += item.Value
		for n, q := range item.Quantities {
			goods.counted = true
			goods.quantities[n] += q
			if q < 0 || goods.quantities[n] < 0 || goods.quantities[n] > entry.MaxInvoiceQuantity {
				return e.refuse(line, ReasonStructure, "invoices", v.Number, errors.New("a quantity is out of range"), "correct the item")
			}
		}
	}
	if sum != v.Total {
		return e.refuse(nil, ReasonStructure, "invoices", v.Number, fmt.Errorf("the total is %s, but the items add up to %s", v.Total, sum), "add the missing item, or correct an amount")
	}
	return nil
}

// rate finds the duty rate of each number of a line that is on an invoice, and
// rounds its quantities.
func (e *entering) rate(line *entry.Line) error {
	some := slices.ContainsFunc(line.Tariffs, func(t entry.Tariff) bool { return t.Value == entry.FromInvoices })
	for i := range line.Tariffs {
		some = some || e.goods[&line.Tariffs[i]] != nil
	}
	if !some {
		return nil
	}
	d := lineDuty{line: line, on: e.dutyDate(line)}
	component := line.Set == entry.SetComponent // owes no duty, so that none is looked up
	if !component {
		if err := e.rates(&d); err != nil {
			return err
		}
		e.special98 = special98{}
		for i := range line.Tariffs {
			if strings.HasPrefix(line.Tariffs[i].HTS, "98") {
				if err := e.chapter98(line, i); err != nil {
					return err
				}
			}
		}
		d.free = e.special98.free
	}
	for i := range line.Tariffs {
		t := &line.Tariffs[i]
		goods := e.goods[t]
		if goods == nil {
			continue
		}
		if err := e.count(line, i, goods, component); err != nil {
			return err
		}
		if goods.duty.text = "no duty, a component of a set"; component {
			continue
		}
		var err error
		if goods.duty, err = e.dutyRate(&d, i, goods.value); err != nil {
			return err
		}
	}
	return nil
}

// count rounds the quantities of a number (19 CFR 159.3(b)).
func (e *entering) count(line *entry.Line, i int, goods *invoiced, component bool) error {
	t := &line.Tariffs[i]
	for n := range t.Quantities {
		if !goods.counted {
			break
		}
		q := QuantityRounding{Line: line.Number, HTS: t.HTS, Unit: t.Quantities[n].Unit, Exact: goods.quantities[n]}
		if q.Rounded = entry.RoundTwoDecimals(q.Exact); !component {
			if q.Rate = e.specificRate(i, n); q.Rate != 0 && !e.method.PartUnits {
				q.Rounded = entry.RoundExactQuantity(q.Exact, q.Rate, t.HTS)
			}
		}
		own := &t.Quantities[n].Amount
		if *own != entry.FromInvoices && *own != q.Rounded {
			return e.refuse(line, ReasonStructure, "quantity", t.HTS,
				fmt.Errorf("quantity %d is %s on the entry, but what the invoices state is rounded to %s (19 CFR 159.3(b))", n+1,
					money.AppendScaled(nil, *own, inputPlaces), money.AppendScaled(nil, q.Rounded, inputPlaces)), "correct it, or leave it to the invoices")
		}
		*own = q.Rounded
		e.dst.Quantities = append(e.dst.Quantities, q)
	}
	return nil
}

// round rounds the values of an invoice: the merchandise of one rate as a unit,
// and in it each tariff number with all of its items.
func (e *entering) round(v *entry.Invoice) {
	rounding, goods := e.classes(v)
	units := make([]entry.RateClass, len(rounding.Classes))
	for i := range rounding.Classes {
		units[i] = entry.RateClass{Value: rounding.Classes[i].Value, Rate: rounding.Classes[i].Rate}
	}
	for i, whole := range entry.RoundValues(nil, units) {
		c := &rounding.Classes[i]
		c.Rounded = whole
		e.share(c)
		for k := range c.Numbers {
			goods[i][k].entered += c.Numbers[k].Rounded
		}
		rounding.Rounded += c.Rounded
	}
	e.dst.Invoices = append(e.dst.Invoices, rounding)
}

// classes puts the items of an invoice together by rate of duty and tariff number,
// and gives the goods of each of those.
func (e *entering) classes(v *entry.Invoice) (InvoiceRounding, [][]*invoiced) {
	rounding := InvoiceRounding{Invoice: v.Number, Total: v.Total}
	of := make(map[string]int) // class of a duty
	number := make(map[*invoiced]int)
	var goods [][]*invoiced
	for k := range v.Items {
		item := &v.Items[k]
		t := &e.lines[item.Line].Tariffs[item.Tariff]
		g := e.goods[t]
		at, found := of[g.duty.text]
		if !found {
			at = len(rounding.Classes)
			of[g.duty.text] = at
			rounding.Classes = append(rounding.Classes, ClassRounding{Duty: g.duty.text, Rate: g.duty.rate})
			goods = append(goods, nil)
		}
		c := &rounding.Classes[at]
		c.Value += item.Value
		c.Rate = min(c.Rate, g.duty.rate) // the equivalents of a specific rate differ
		n, found := number[g]
		if !found {
			n = len(c.Numbers)
			number[g] = n
			c.Numbers = append(c.Numbers, NumberRounding{Line: item.Line, HTS: t.HTS})
			goods[at] = append(goods[at], g)
		}
		c.Numbers[n].Value += item.Value
	}
	return rounding, goods
}

// share rounds the numbers of a class so that they make the class; by a method
// that allocates nothing, each by itself.
func (e *entering) share(c *ClassRounding) {
	units := make([]entry.RateClass, len(c.Numbers))
	for i := range c.Numbers {
		units[i].Value = c.Numbers[i].Value
	}
	if !e.method.ValuesAlone {
		for i, whole := range entry.RoundValuesTo(nil, units, c.Rounded) {
			c.Numbers[i].Rounded = whole
		}
		return
	}
	c.Rounded = 0
	for i := range units {
		c.Numbers[i].Rounded = entry.RoundValues(nil, units[i:i+1])[0]
		c.Rounded += c.Numbers[i].Rounded
	}
}

// agree puts the rounded values on the line, and refuses a line that has others.
func (e *entering) agree(line *entry.Line) error {
	for i := range line.Tariffs {
		t := &line.Tariffs[i]
		goods := e.goods[t]
		switch {
		case goods != nil && t.Value != entry.FromInvoices && t.Value != goods.entered:
			return e.refuse(line, ReasonStructure, "value", t.HTS,
				fmt.Errorf("the entered value is %d, but the %s that the invoices state is rounded to %d (19 CFR 159.3(a))", t.Value, goods.value, goods.entered),
				"correct the value or the invoice, or leave the value to the invoices")
		case goods != nil:
			t.Value = goods.entered
		case t.Value != 0 && t.Value != entry.FromInvoices:
			return e.refuse(line, ReasonStructure, "value", t.HTS,
				fmt.Errorf("the entered value %d is on no invoice, but other values of the entry are", t.Value), "add the invoice item")
		}
	}
	return nil
}

// copyOf gives a summary whose values and quantities can be changed.
func copyOf(s *entry.Summary) *entry.Summary {
	c := *s
	c.Lines = slices.Clone(s.Lines)
	for i := range c.Lines {
		c.Lines[i].Tariffs = slices.Clone(c.Lines[i].Tariffs)
		for k := range c.Lines[i].Tariffs {
			t := &c.Lines[i].Tariffs[k]
			t.Quantities = slices.Clone(t.Quantities)
		}
	}
	return &c
}
