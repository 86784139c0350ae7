package assess

import "tidewaiter/collections/money"

// Method is the set of arithmetic and date choices of an assessment. Regulation
// is the law's. A legacy system with a habit of its own is another Method: copy
// Regulation and change what differs, for example
//
//	truncating := assess.Regulation
//	truncating.MPFZone.Mode = money.Truncation // zone entries lose the fraction of a cent
//	truncating.HMF.Place = assess.PerTariff    // rounded for each tariff number, then added
//	truncating.FeeRowDelay = 1                 // a new fee row applies from its second day
//
// Methods are comparable with ==.
type Method struct {
	Name string
	// Duty rounds class 001.
	Duty Rounding
	// WholeQuantities rounds the quantities of specific duties by 19 CFR 159.3(b).
	// The law's method does not: a filed quantity has been rounded, or is
	// reported as the tariff wants it (appendix F computes with its decimals).
	WholeQuantities bool
	// ValuesAlone rounds each value of an invoice by itself. The law's method
	// allocates the rounding of the total (19 CFR 159.3(a)).
	ValuesAlone bool
	// PartUnits keeps two decimals of every quantity of an invoice. The law's
	// method makes whole units of it at a specific rate of a dollar or less (19
	// CFR 159.3(b)).
	PartUnits bool
	// EitherSecond takes P2, not P1, for duty computation code C when no filed
	// duty decides between them.
	EitherSecond bool
	// MPF rounds class 499, MPFZone that of foreign-trade zone entries.
	MPF, MPFZone Rounding
	// HMF rounds class 501.
	HMF Rounding
	// Deposit rounds each antidumping or countervailing case.
	Deposit money.Mode
	// Tax rounds what a line owes of an internal revenue tax (016 to 022),
	// ArticleFee each of its agricultural fees and 672.
	Tax, ArticleFee money.Mode
	// DutyDate selects the tariff rate, QuotaDutyDate that of quota entries.
	DutyDate, QuotaDutyDate DateOrder
	// IgnorePrivilegedDate takes no notice of the privileged filing date of zone
	// goods, which comes before DutyDate.
	IgnorePrivilegedDate bool
	// ProcessingDate selects the row of 499, 311, 496 and 500 and what the codes
	// of the entry mean, HarborDate the row of 501, DepositDate is the date of
	// 012 and 013.
	ProcessingDate, HarborDate, DepositDate DateOrder
	// FeeRowDelay is the number of days by which a fee row of 499, 311, 496 and
	// 500 takes effect late.
	FeeRowDelay int
	// HarborDeMinimis: at most this much harbor maintenance fee is not collected
	// when nothing else is due.
	HarborDeMinimis money.Cents
	// IgnoreLimits leaves the sum of 499 as it is.
	IgnoreLimits bool
}

// Rounding is a rounding mode and the place where it is applied.
type Rounding struct {
	Mode  money.Mode
	Place Place
}

// Place says what is rounded to the cent as one amount.
type Place uint8

// Places of rounding.
const (
	PerLine   Place = iota // the line's exact amount
	PerTariff              // the exact amount of each tariff number; the line is the sum
)

// String gives "line" or "tariff".
func (p Place) String() string {
	if p == PerTariff {
		return "tariff"
	}
	return "line"
}

// Regulation is the law's method: half up to the cent (ACE CATAIR AE usage note
// hh), duty for each tariff number, 499 and 501 for each line (notes n, o), the
// date hierarchies of notes j, n, o and ff. The legacy extract has no day of
// receipt: its date of entry, which such an entry always has, stands in for it as
// the last date of 501.
var Regulation = Method{
	Name:            "regulation",
	Duty:            Rounding{money.NearestAwayFromZero, PerTariff},
	MPF:             Rounding{money.NearestAwayFromZero, PerLine},
	MPFZone:         Rounding{money.NearestAwayFromZero, PerLine},
	HMF:             Rounding{money.NearestAwayFromZero, PerLine},
	Deposit:         money.NearestAwayFromZero,
	Tax:             money.NearestAwayFromZero,
	ArticleFee:      money.NearestAwayFromZero,
	DutyDate:        DateOrder{InBondDate, EntryDate, EstimatedDate, ReleaseDate, PrintDate, LaterArrivalDate, ReceivedDate},
	QuotaDutyDate:   DateOrder{EntryDate, EstimatedDate, ReleaseDate, PrintDate, LaterArrivalDate, ReceivedDate},
	ProcessingDate:  DateOrder{EntryDate, EstimatedDate, ReleaseDate, PrintDate, LaterArrivalDate, ReceivedDate},
	HarborDate:      DateOrder{ImportDate, InBondDate, ArrivalDate, ReceivedDate, EntryDate},
	DepositDate:     DateOrder{EntryDate, EstimatedDate, ReleaseDate, ArrivalDate, ReceivedDate},
	HarborDeMinimis: 300, // ACE CATAIR AE note o: 3.00 or less
}
