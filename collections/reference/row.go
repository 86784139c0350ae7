package reference

import (
	"tidewaiter/collections/money"
)

// Validity is what every row carries: the days on which it applies (both
// inclusive), where it comes from, and whether someone read it there.
type Validity struct {
	From, To Date
	Citation string
	Verified bool
	// Row is the line of the CSV file, for error texts and workings.
	Row int
}

func (v *Validity) validity() *Validity { return v }

// Covers says whether the row applies on the day.
func (v *Validity) Covers(on Date) bool { return v.From <= on && on <= v.To }

// Fee is a row of fees.csv: a rate with its limits, or a fixed amount.
type Fee struct {
	Class Class
	// Rate is the fraction of the entered value (499, 501).
	Rate money.Rate
	// Minimum and Maximum limit the fee of one entry summary; zero means that
	// there is none.
	Minimum, Maximum money.Cents
	// Amount is what is charged once (311, 500, 496).
	Amount money.Cents
	// Known is false for a period whose figures no source prints.
	Known bool
	Validity
}

// Interest is a row of interest.csv. The rates are yearly, as fractions.
type Interest struct {
	Under, Over money.Rate
	// CorporateOver is the rate of overpayments of corporations, which exists
	// since 1999; HasCorporate says whether the row has one.
	CorporateOver money.Rate
	HasCorporate  bool
	Validity
}

// SPI is a row of spi.csv, a special program indicator. Whether it exempts from
// the merchandise processing fee, Tables.Exemption says.
type SPI struct {
	Code string
	Name string
	Validity
}

// Deposits says whether antidumping and countervailing cases are on an entry.
type Deposits string

// Values of Deposits.
const (
	DepositsRequired Deposits = "required"
	DepositsAllowed  Deposits = "allowed"
	DepositsNone     Deposits = "none"
)

// Payable says which charges of an entry are due on its statement (PF, Q1).
type Payable string

// Values of Payable.
const (
	PayableAll  Payable = "all"
	PayableHMF  Payable = "501"
	PayableNone Payable = "none"
)

// EntryType is a row of entry_types.csv.
type EntryType struct {
	Code string
	Name string
	// Electronic says that the type is filed through ABI as an AE message.
	Electronic bool
	// Processing is ClassMPF, ClassInformalFee, or empty when neither is owed.
	Processing Class
	// Harbor says that the harbor maintenance fee is owed when the mode has it.
	Harbor   bool
	Deposits Deposits
	Payable  Payable
	// Quota types never take their duty rate from the in-bond date.
	Quota bool
	// Zone says that the goods come from a foreign-trade zone.
	Zone bool
	Validity
}

// Mode is a row of transport_modes.csv.
type Mode struct {
	Code string
	Name string
	// Harbor says that the harbor maintenance fee applies.
	Harbor bool
	// Limits says that minimum and maximum of the merchandise processing fee
	// apply; they do not for pipelines.
	Limits bool
	// Informal says that the informal fee applies; it does not for mail.
	Informal bool
	Validity
}

// CheckDigitFactor is a row of check_digit_factors.csv: a filer that has used up
// its entry numbers adds the factor to its check digits (CATAIR appendix E).
type CheckDigitFactor struct {
	Filer  string
	Factor int // 1 to 9
	Validity
}
