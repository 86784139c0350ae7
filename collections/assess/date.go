package assess

import (
	"errors"
	"fmt"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// DateField names a date of an entry summary.
type DateField uint8

// Date fields of the header.
const (
	NoDate DateField = iota
	EntryDate
	ImportDate
	InBondDate
	EstimatedDate // estimated date of entry
	ReleaseDate
	PrintDate // preliminary statement print date
	ArrivalDate
	LaterArrivalDate // the estimated date of arrival, if it is later than the day of receipt
	ReceivedDate     // the day the message was received
)

// DateOrder is a date hierarchy: the first date that is present counts.
type DateOrder [7]DateField

// of gives the first present date, or 0.
func (o *DateOrder) of(s *entry.Summary) reference.Date {
	for _, f := range o {
		if d := f.of(s); d != 0 {
			return d
		}
	}
	return 0
}

// of gives the date, or 0.
func (f DateField) of(s *entry.Summary) reference.Date {
	switch f {
	case EntryDate:
		return s.EntryDate
	case ImportDate:
		return s.ImportDate
	case InBondDate:
		return s.InBondDate
	case EstimatedDate:
		return s.EstimatedDate
	case ReleaseDate:
		return s.ReleaseDate
	case PrintDate:
		return s.PrintDate
	case ArrivalDate:
		return s.ArrivalDate
	case LaterArrivalDate:
		if s.ArrivalDate > s.ReceivedDate {
			return s.ArrivalDate
		}
	case ReceivedDate:
		return s.ReceivedDate
	}
	return 0
}

// farthest is how many days after the day of receipt the date of the duty rate
// may lie (ACE CATAIR AE note j).
const farthest = 90

// dates checks the header's dates and finds those that hold for all lines.
func (r *run) dates() error {
	s := r.s
	for _, d := range [...]struct {
		field string
		date  reference.Date
	}{
		{"entry_date", s.EntryDate}, {"import_date", s.ImportDate}, {"in_bond_date", s.InBondDate},
		{"estimated_date", s.EstimatedDate}, {"release_date", s.ReleaseDate}, {"arrival_date", s.ArrivalDate},
		{"received_date", s.ReceivedDate}, {"print_date", s.PrintDate},
	} {
		if d.date != 0 && !d.date.Valid() {
			return r.refuse(nil, ReasonStructure, d.field, d.date.String(), errors.New("not a day of the calendar"), "")
		}
	}
	if r.on = r.method.ProcessingDate.of(s); r.on == 0 {
		return r.refuse(nil, ReasonStructure, "entry_date", "", errors.New("absent, and so are all dates that could stand in for it"), "every rate depends on it")
	}
	return nil
}

// selectDutyDate finds the date of the duty rates for lines that have no
// privileged date of their own.
func (r *run) selectDutyDate() error {
	order := &r.method.DutyDate
	if r.kind.Quota {
		order = &r.method.QuotaDutyDate
	}
	r.entryDutyDate = order.of(r.s)
	if r.entryDutyDate == 0 {
		return r.refuse(nil, ReasonStructure, "entry_date", "", errors.New("no date of the entry selects its duty rate"), "")
	}
	if received := r.s.ReceivedDate; received != 0 && r.entryDutyDate > received.AddDays(farthest) {
		return r.refuse(nil, ReasonStructure, "duty date", r.entryDutyDate.String(),
			fmt.Errorf("more than %d days after %s, the day of receipt", farthest, received), "file the entry later, or correct the date")
	}
	return nil
}
