package entry

import (
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// Summary is an entry summary.
type Summary struct {
	Number         Number
	Type           string         // entry type code, "01"
	Mode           string         // mode of transport, "11"
	Port           string         // port of entry, "2704"
	ProcessingPort string         // statement processing port
	UnladingPort   string         // where the goods left the vessel or aircraft, "" when absent
	Importer       string         // importer of record number, up to 12 characters
	EntryDate      reference.Date // as Customs recorded it, 0 when not yet
	ImportDate     reference.Date // 0 when absent, as all dates that follow
	InBondDate     reference.Date // in-bond or in-transit
	EstimatedDate  reference.Date // estimated date of entry, as filed
	ReleaseDate    reference.Date // as Customs recorded it
	ArrivalDate    reference.Date // estimated date of arrival
	ReceivedDate   reference.Date // the day the message was received (EDI date)
	PrintDate      reference.Date // preliminary statement print date
	// PaymentType is '1' (not on a statement), '2', '3', '5' (daily), '6', '7'
	// or '8' (periodic monthly).
	PaymentType     byte
	PeriodicMonth   int // 1 to 12, of payment types 6 to 8; 0 when absent
	ClientBranch    string
	BrokerReference string
	Surety          string
	BondType        byte  // '8' continuous, '9' single transaction
	BondAmount      int64 // of a single transaction bond, whole dollars; 0 when absent
	DeferredTax     byte  // '1' conventional, '2' by electronic funds transfer
	Consolidated    bool  // one summary for several releases
	Express         bool  // consolidated express informal summary
	Manual          bool  // created by a Customs user, not filed as a message
	Correction      bool  // post summary correction
	Standing        Standing
	Filed           Filed
	// Invoices are the values before rounding; most summaries have none, but
	// rounded values on their lines.
	Invoices []Invoice
	Lines    []Line
	Source   Source
}

// Source says where the header record of a summary stands.
type Source struct {
	File   string
	Record int64 // 1-based
	Offset int64 // bytes from the start of the file
}

// Line is an item of the summary.
type Line struct {
	Number int    // 1 to 99,999
	Origin string // ISO country of origin
	SPI    string // special program indicator, blank when none is claimed
	// Set is 'X' for the header of an article set, 'V' for a component, ' ' for
	// a line of its own.
	Set byte
	// FTZStatus is 'P' privileged foreign, 'N' non-privileged foreign, 'D'
	// domestic, ' ' when the goods come from no zone.
	FTZStatus      byte
	PrivilegedDate reference.Date // privileged filing date, 0 when absent
	ExportCountry  string         // ISO country of export, blank when absent
	ExportDate     reference.Date // 0 when absent
	ProductClaim   byte           // 'C' craft beverage rates (CBMA)
	FeeExemption   byte           // '1' cotton fee certificate, '2' organic assessment exemption
	GrossWeight    int64          // kilograms
	Charges        int64          // whole dollars
	Tariffs        []Tariff
	Cases          []Case
	Licenses       []License
	Filed          LineFiled
}

// License is a license, certificate or permit of a line (ACE CATAIR AE, 52
// record).
type License struct {
	Type   string `json:"type"`             // two characters, "22"
	Number string `json:"number,omitempty"` // up to ten characters
}

// Tariff is a tariff number of a line.
type Tariff struct {
	HTS        string // ten digits; eight of chapter 98 or 99 when no suffix is filed
	Value      int64  // entered value, whole dollars; or FromInvoices
	Quantities []Quantity
	FiledDuty  money.Cents // the filer's own figure; of use when the summary's Filed is Given
}

// Quantity is an amount in a unit of the tariff.
type Quantity struct {
	Amount int64 // hundredths of the unit; or FromInvoices
	Unit   string
}

// NoUnit is the unit of a tariff number whose quantity is not reported, in a row
// of the tariff and in an entry alike (ACE CATAIR AE, 50 record, positions 48-50).
const NoUnit = "X"

// Case is an antidumping or countervailing duty case of a line.
type Case struct {
	Number   string // 'A' or 'C' and nine digits
	Claim    byte   // 'C' cash deposit, 'B' bond
	RateType byte   // 'A' ad valorem, 'S' specific
	Rate     int64  // hundredths of a percent, or of a dollar a unit
	Value    int64  // whole dollars; 0 means the line's value
	Quantity int64  // ten-thousandths of the unit
	// FiledDuty is the filer's own figure; of use when the summary's Filed is Given.
	FiledDuty money.Cents
}

// Values of Line.Set, Line.FTZStatus, Line.ProductClaim, Line.FeeExemption,
// Summary.BondType, Case.Claim and Case.RateType.
const (
	None byte = ' '

	SetHeader    byte = 'X'
	SetComponent byte = 'V'

	Privileged    byte = 'P'
	NonPrivileged byte = 'N'
	Domestic      byte = 'D'

	CraftBeverage byte = 'C'

	CottonCertificate byte = '1'
	Organic           byte = '2'

	Continuous        byte = '8'
	SingleTransaction byte = '9'

	Cash   byte = 'C'
	Bonded byte = 'B'

	AdValorem byte = 'A'
	Specific  byte = 'S'
)

// Limits of a summary.
const (
	MaxLines      = 99_999 // the design limit of ACE
	AcceptedLines = 998    // that ACE accepts today (ACE CATAIR AE, ESF-21); more raise condition A08
	MaxTariffs    = 32     // tariff numbers on a line (50-records)
	MaxCases      = 2      // an antidumping and its countervailing case (53-records)
	MaxQuantities = 3
	MaxFees       = 9               // user fees of a line (62-records)
	MaxHeaderFees = 2               // classes of the 34-record
	MaxTotals     = 45              // nine 89-records of five classes
	MaxLicenses   = 99              // 52-records of a line: a bound of ours
	MaxValue      = 9_999_999_999   // ten digits, whole dollars
	MaxQuantity   = 999_999_999_999 // ten digits and two decimals
	MaxCaseRate   = 99_999_999      // six digits and two decimals
	MaxCaseUnits  = 999_999_999_999 // eight digits and four decimals
	MaxWeight     = 9_999_999_999   // ten digits, kilograms
	MaxFiled      = 99_999_999_999  // cents: eleven digits with two decimals, as in the totals
)

// Value gives the entered value of all tariff numbers of the line, none of which
// is left to the invoices.
func (l *Line) Value() int64 {
	var sum int64
	for i := range l.Tariffs {
		sum += l.Tariffs[i].Value
	}
	return sum
}

// Reset empties the summary and keeps the memory of its slices, those of its
// lines too: ExtendLines, ExtendTariffs and the like use it again.
func (s *Summary) Reset() {
	lines, filed := s.Lines[:0], s.Filed
	*s = Summary{Lines: lines, BondType: None, DeferredTax: None}
	s.Filed.HeaderFees, s.Filed.Totals = filed.HeaderFees[:0], filed.Totals[:0]
}

// ExtendLine appends an empty line and gives it, with the slice memory of a
// line that stood there before.
func (s *Summary) ExtendLine() *Line {
	if len(s.Lines) == cap(s.Lines) {
		s.Lines = append(s.Lines, Line{})
	} else {
		s.Lines = s.Lines[:len(s.Lines)+1]
	}
	l := &s.Lines[len(s.Lines)-1]
	*l = Line{Set: None, FTZStatus: None, ProductClaim: None, FeeExemption: None,
		Tariffs: l.Tariffs[:0], Cases: l.Cases[:0], Licenses: l.Licenses[:0], Filed: LineFiled{Fees: l.Filed.Fees[:0]}}
	return l
}

// ExtendTariff appends an empty tariff number to the line and gives it, with
// the slice memory of one that stood there before.
func (l *Line) ExtendTariff() *Tariff {
	if len(l.Tariffs) == cap(l.Tariffs) {
		l.Tariffs = append(l.Tariffs, Tariff{})
	} else {
		l.Tariffs = l.Tariffs[:len(l.Tariffs)+1]
	}
	t := &l.Tariffs[len(l.Tariffs)-1]
	*t = Tariff{Quantities: t.Quantities[:0]}
	return t
}
