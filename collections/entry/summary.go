package entry

import "tidewaiter/collections/reference"

// Summary is an entry summary.
type Summary struct {
	Number         Number
	Type           string // entry type code, "01"
	Mode           string // mode of transport, "11"
	Port           string // port of entry, "2704"
	ProcessingPort string // statement processing port
	Importer       string // importer of record number, up to 12 characters
	EntryDate      reference.Date
	ImportDate     reference.Date // 0 when absent
	InBondDate     reference.Date // 0 when absent
	PrintDate      reference.Date // preliminary statement print date, 0 when absent
	// PaymentType is '1' (not on a statement), '2', '3', '5' (daily), '6', '7'
	// or '8' (periodic monthly).
	PaymentType     byte
	ClientBranch    string
	BrokerReference string
	Surety          string
	Lines           []Line
	Source          Source
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
	GrossWeight    int64          // kilograms
	Charges        int64          // whole dollars
	Tariffs        []Tariff
	Cases          []Case
}

// Tariff is a tariff number of a line.
type Tariff struct {
	HTS        string // ten digits
	Value      int64  // entered value, whole dollars
	Quantities []Quantity
}

// Quantity is an amount in a unit of the tariff.
type Quantity struct {
	Amount int64 // hundredths of the unit
	Unit   string
}

// Case is an antidumping or countervailing duty case of a line.
type Case struct {
	Number   string // 'A' or 'C' and nine digits
	Claim    byte   // 'C' cash deposit, 'B' bond
	RateType byte   // 'A' ad valorem, 'S' specific
	Rate     int64  // hundredths of a percent, or of a dollar a unit
	Value    int64  // whole dollars; 0 means the line's value
	Quantity int64  // ten-thousandths of the unit
}

// Values of Line.Set, Line.FTZStatus, Case.Claim and Case.RateType.
const (
	None byte = ' '

	SetHeader    byte = 'X'
	SetComponent byte = 'V'

	Privileged    byte = 'P'
	NonPrivileged byte = 'N'
	Domestic      byte = 'D'

	Cash   byte = 'C'
	Bonded byte = 'B'

	AdValorem byte = 'A'
	Specific  byte = 'S'
)

// Limits of a summary.
const (
	MaxLines      = 99_999 // the design limit of ACE; 998 are accepted today
	MaxTariffs    = 32     // tariff numbers on a line (50-records)
	MaxCases      = 2      // an antidumping and its countervailing case (53-records)
	MaxQuantities = 3
	MaxValue      = 9_999_999_999   // ten digits, whole dollars
	MaxQuantity   = 999_999_999_999 // ten digits and two decimals
	MaxCaseRate   = 99_999_999      // six digits and two decimals
	MaxCaseUnits  = 999_999_999_999 // eight digits and four decimals
	MaxWeight     = 9_999_999_999   // ten digits, kilograms
)

// Value gives the entered value of all tariff numbers of the line.
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
	lines := s.Lines[:0]
	*s = Summary{Lines: lines}
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
	*l = Line{Set: None, FTZStatus: None, Tariffs: l.Tariffs[:0], Cases: l.Cases[:0]}
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
