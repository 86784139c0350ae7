package reference

import (
	"fmt"
	"strings"

	"tidewaiter/collections/money"
)

// Formula is how an amount is computed: a duty computation code of CATAIR
// appendix F with its rates P1 to P3 and the units of its quantities Q1 to Q3.
// Tariff numbers and article charges have one.
type Formula struct {
	DutyCode            byte
	Rate1, Rate2, Rate3 money.Rate
	Units               [3]string
}

// formulaNeeds lists, for the duty computation codes of CATAIR appendix F, the
// rates (1 to 3) and the units (1 to 3) that must be given. Code 9 has its rate
// in P2, of the duty on another number; code X has no formula, and may have
// anything.
var formulaNeeds = map[byte]struct{ rates, units string }{
	'0': {"", ""}, '1': {"1", "1"}, '2': {"1", "2"}, '3': {"13", "12"}, '4': {"12", "1"},
	'5': {"12", "2"}, '6': {"123", "12"}, '7': {"2", ""},
	'9': {"2", ""}, 'A': {"23", "3"}, 'B': {"123", "23"}, 'C': {"12", "1"}, 'D': {"12", "3"},
	'E': {"123", "23"}, 'F': {"13", "12"}, 'J': {"123", "23"}, 'K': {"123", "12"}, 'X': {"", ""},
}

// formula reads the columns of a formula: exactly the rates of its code, and at
// least the units.
func (c *cells) formula() Formula {
	code := c.required("duty_code")
	f := Formula{
		Rate1: c.rate("rate1"), Rate2: c.rate("rate2"), Rate3: c.rate("rate3"),
		Units: [3]string{c.text("uom1"), c.text("uom2"), c.text("uom3")},
	}
	if len(code) != 1 {
		c.fail("duty_code", fmt.Errorf("%q is not one character", code))
		return f
	}
	f.DutyCode = code[0]
	needs := &formulaUses[f.DutyCode]
	if !needs.known {
		c.fail("duty_code", fmt.Errorf("%q is not a duty computation code", code))
		return f
	}
	for i, rate := range [...]money.Rate{f.Rate1, f.Rate2, f.Rate3} {
		if needs.rates[i] != (rate != 0) && f.DutyCode != 'X' {
			c.fail(fmt.Sprintf("rate%d", i+1), fmt.Errorf("duty code %s uses exactly the rates %q", code, formulaNeeds[f.DutyCode].rates))
		}
		if needs.units[i] && f.Units[i] == "" {
			c.fail(fmt.Sprintf("uom%d", i+1), fmt.Errorf("duty code %s needs this unit", code))
		}
	}
	return f
}

// formulaUses is formulaNeeds by code, rate and unit.
var formulaUses = func() (uses [256]struct {
	known        bool
	rates, units [3]bool
}) {
	for code, needs := range formulaNeeds {
		u := &uses[code]
		u.known = true
		for i := range u.rates {
			number := string(rune('1' + i))
			u.rates[i], u.units[i] = strings.Contains(needs.rates, number), strings.Contains(needs.units, number)
		}
	}
	return uses
}()
