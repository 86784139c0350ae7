package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// Exclusion says why a class is not charged where one might look for it, or why
// the limits of a fee leave it as it is. Explain lists them, Assess does not.
type Exclusion struct {
	Line   int // 0 for the entry as a whole
	Class  reference.Class
	Reason string // half a sentence with its citation: one of the texts below
	Of     string // the code that the reason is about: a program, a tariff number, a mode; or ""
	// Amount is what was computed and is not charged (501 de minimis), or stays
	// as it is between Minimum and Maximum; else 0.
	Amount, Minimum, Maximum money.Cents
	// Table and Row say which reference row decided; Row is nil when the rule
	// stands in no table.
	Table string
	Row   *reference.Validity
}

// Reasons of exclusions. A text may be compared with ==.
const (
	SetComponentExempt       = "a component of an article set owes it with the set's header line (ACE CATAIR AE note k)"
	ProgramExempt            = "the special program exempts from it (ACE CATAIR AE note m)"
	OriginExempt             = "products of this country are exempt (ACE CATAIR AE note m)"
	DomesticExempt           = "domestic goods of a foreign-trade zone are exempt (ACE CATAIR AE note m)"
	Chapter98Exempt          = "goods of this chapter 98 number are exempt (19 USC 58c(b)(8)(D))"
	ExpressExempt            = "the carrier of a consolidated express summary pays by waybill (ACE CATAIR AE note jj)"
	DistrictExempt           = "agricultural fees are not owed in Puerto Rico and the Virgin Islands (ACE CATAIR AE, condition 652)"
	CoffeeElsewhere          = "it is owed on coffee into Puerto Rico only (ACE CATAIR AE, condition 665)"
	CottonExempt             = "the line has a cotton fee exemption certificate (ACE CATAIR AE, 40 record)"
	OrganicExempt            = "the line claims the exemption of organic goods (ACE CATAIR AE, 40 and 52 records)"
	CottonChapter98          = "cotton under this chapter 98 number is exempt (CSMS 17-000292)"
	MayOweNotFiled           = "goods of this number may owe it, and the filer does not report it"
	TypeOwesNone             = "entries of this type do not owe it"
	ModeOwesNone             = "goods that arrive by this mode of transport do not owe it"
	PortOwesNone             = "it is not owed at a courier hub, user-fee airport or express facility (ACE CATAIR AE note p)"
	HarborPortOwesNone       = "it is not owed on what is unloaded at this port (19 CFR 24.24(b))"
	EveryLineExempt          = "every line is exempt (ACE CATAIR AE note p)"
	ModeHasNoLimits          = "minimum and maximum do not hold for this mode of transport (ACE CATAIR AE note x)"
	ConsolidatedHasNoMaximum = "a consolidated summary may exceed the maximum (ACE CATAIR AE note w)"
	WithinLimits             = "the sum of the lines lies between minimum and maximum (19 CFR 24.23(b)(1))"
	HarborNotCollected       = "at most the de minimis amount, and nothing else is due (ACE CATAIR AE note o; 26 USC 4462)"
	LimitsLeftOutMethod      = "the method leaves minimum and maximum out"
)

// exclude notes why a class is not charged on a line, or on the entry (line
// nil). It does nothing unless the run explains.
func (r *run) exclude(line *entry.Line, e Exclusion) {
	if !r.explain {
		return
	}
	if line != nil {
		e.Line = line.Number
	}
	r.dst.Exclusions = append(r.dst.Exclusions, e)
}

// excludeHarbor notes why the entry as a whole owes no harbor maintenance fee,
// and which of its lines do not.
func (r *run) excludeHarbor() {
	if !r.explain {
		return
	}
	e := Exclusion{Class: reference.ClassHMF}
	switch {
	case !r.kind.Harbor:
		e.Reason, e.Of, e.Table, e.Row = TypeOwesNone, r.s.Type, "entry_types", &r.kind.Validity
		r.exclude(nil, e)
	case !r.mode.Harbor:
		e.Reason, e.Of, e.Table, e.Row = ModeOwesNone, r.s.Mode, "transport_modes", &r.mode.Validity
		r.exclude(nil, e)
	case !r.harborOwed:
		port := r.harborExempt()
		e.Reason, e.Of, e.Table, e.Row = HarborPortOwesNone, port.Code, "ports", &port.Validity
		r.exclude(nil, e)
	default:
		e.Reason = SetComponentExempt
		for i := range r.s.Lines {
			if line := &r.s.Lines[i]; line.Set == entry.SetComponent {
				r.exclude(line, e)
			}
		}
	}
}
