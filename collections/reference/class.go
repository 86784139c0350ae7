package reference

import "tidewaiter/collections/money"

// Class is an accounting class code: "001", "499". The known ones are in
// tables/class_codes.csv.
type Class string

// Class codes that the assessment of an entry uses.
const (
	ClassDuty           Class = "001" // consumption duties
	ClassAntidumping    Class = "012"
	ClassCountervailing Class = "013"
	ClassSpiritsTax     Class = "016"
	ClassWineTax        Class = "017"
	ClassTobaccoTax     Class = "018"
	ClassOtherTax       Class = "022"
	ClassInformalFee    Class = "311" // informal entry, merchandise processing
	ClassMailFee        Class = "496"
	ClassMPF            Class = "499" // formal merchandise processing fee
	ClassSurcharge      Class = "500" // manual entry surcharge
	ClassHMF            Class = "501" // harbor maintenance fee
	ClassCoffee         Class = "672" // other revenue: coffee into Puerto Rico
)

// Kind groups class codes as statements and totals do: the 90 record of an
// entry summary and the Q3 and Q4 records of a statement.
type Kind string

// Kinds of class codes.
const (
	KindDuty           Kind = "duty"
	KindAntidumping    Kind = "ad"
	KindCountervailing Kind = "cvd"
	KindTax            Kind = "tax" // internal revenue tax
	KindFee            Kind = "fee"
	KindInterest       Kind = "interest"
	KindOther          Kind = "other"
	KindDrawback       Kind = "drawback"
)

// ClassAmount is an amount of one class code.
type ClassAmount struct {
	Class  Class
	Amount money.Cents
}

// ClassCode is a row of class_codes.csv.
type ClassCode struct {
	Class Class
	Kind  Kind
	Name  string
	Validity
}
