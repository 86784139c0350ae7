package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// String names the date as the entry summary's guide does.
func (f DateField) String() string {
	switch f {
	case EntryDate:
		return "entry date"
	case ImportDate:
		return "date of importation"
	case InBondDate:
		return "in-bond date"
	case EstimatedDate:
		return "estimated entry date"
	case ReleaseDate:
		return "release date"
	case PrintDate:
		return "preliminary statement print date"
	case ArrivalDate:
		return "estimated date of arrival"
	case LaterArrivalDate:
		return "estimated date of arrival after the receipt"
	case ReceivedDate:
		return "date of receipt"
	}
	return "no date"
}

// Choose gives the first date that is present, the field it stands in, and the
// fields before it, which are blank. Without any date the field is NoDate.
func (o *DateOrder) Choose(s *entry.Summary) (on reference.Date, chosen DateField, blank []DateField) {
	for _, f := range o {
		if d := f.of(s); d != 0 {
			return d, f, blank
		}
		if f != NoDate {
			blank = append(blank, f)
		}
	}
	return 0, NoDate, blank
}

// DateOrderOf gives the date hierarchy of a class (ACE CATAIR AE notes j, n, o,
// p, ff); quota says that the entry is of a quota type. The privileged filing
// date of zone goods comes before that of the duty.
func (m *Method) DateOrderOf(class reference.Class, quota bool) *DateOrder {
	switch class {
	case reference.ClassAntidumping, reference.ClassCountervailing:
		return &m.DepositDate
	case reference.ClassInformalFee, reference.ClassMailFee, reference.ClassMPF, reference.ClassSurcharge:
		return &m.ProcessingDate
	case reference.ClassHMF:
		return &m.HarborDate
	}
	if quota {
		return &m.QuotaDutyDate
	}
	return &m.DutyDate
}
