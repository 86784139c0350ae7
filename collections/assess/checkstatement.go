package assess

import (
	"strings"
	"time"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// Limits of a statement's dates (ACE Error Dictionary 206, 213, 215).
const (
	latestPrint  = 90 // days after receipt
	latestMonth  = 2  // months after the month of receipt
	monthlyPrint = 11 // the working day of the preliminary monthly statement
)

// checkStatement looks at how and when the summary is to be paid (202 to 218,
// 337, 718). What the files say about port, filer and importer (207, 209, 210, 216,
// 337) is the summary's standing.
func (r *run) checkStatement() {
	s := r.s
	if s.BondAmount != 0 && s.BondType == entry.Continuous {
		r.raise(nil, "214", "") // an amount belongs to a single transaction bond
	}
	unpaid := s.PaymentType == 0 || s.PaymentType == entry.None
	if s.Correction {
		if !unpaid || s.PrintDate != 0 || s.PeriodicMonth != 0 {
			r.raise(nil, "217", "")
		}
		return
	}
	if s.PaymentType == '1' || unpaid {
		return // not on a statement
	}
	r.obstacle("207", entry.NoStatements)
	r.obstacle("216", entry.StatementProduced)
	r.checkPrintDate()
	if s.PaymentType < '6' {
		return
	}
	r.obstacle("209", entry.NoFilerAccount)
	r.obstacle("210", entry.NoImporterAccount)
	r.obstacle("337", entry.Sanctioned)
	if s.BondType != entry.Continuous {
		r.raise(nil, "208", "")
	}
	r.checkMonth()
	if r.taxed() {
		r.raise(nil, "718", "")
	}
}

// taxed says whether internal revenue tax is filed or computed.
func (r *run) taxed() bool {
	for i := range r.s.Lines {
		if r.s.Lines[i].Filed.Tax.Class != "" {
			return true
		}
	}
	return r.dst.Totals.Reported.Grand.Tax != 0
}

// checkPrintDate looks at the preliminary statement print date.
func (r *run) checkPrintDate() {
	on, received := r.s.PrintDate, r.s.ReceivedDate
	if on == 0 {
		r.raise(nil, "202", "")
		return
	}
	if !r.tables.WorkingDay(on) {
		r.raise(nil, "204", "")
	}
	if received != 0 && on <= received {
		r.raise(nil, "205", "")
	}
	if received != 0 && on > received.AddDays(latestPrint) {
		r.raise(nil, "206", "")
	}
	if r.s.EstimatedDate > on {
		r.raise(nil, "218", "")
	}
}

// checkMonth looks at the month of the periodic monthly statement: the current
// one, the next, or the one after.
func (r *run) checkMonth() {
	month, received := r.s.PeriodicMonth, r.s.ReceivedDate
	switch {
	case month == 0:
		r.raise(nil, "211", "")
		return
	case month < 0 || month > 12:
		r.raise(nil, "212", "")
		return
	case received == 0:
		return
	}
	year, ahead := received.Year(), month-int(received.Month())
	if ahead < 0 {
		year, ahead = year+1, ahead+12
	}
	if ahead > latestMonth {
		r.raise(nil, "213", "")
		return
	}
	last, err := r.tables.NthWorkingDay(year, time.Month(month), monthlyPrint)
	if err == nil && r.s.PrintDate > last {
		r.raise(nil, "215", "")
	}
}

// Limits of informal entries, whole dollars (646, 648; 19 CFR 143.21).
const (
	informalLimit = 2_500
	returnedLimit = 10_000 // U.S. goods returned, 9801.00.10
)

// checkInformalValue looks at the values of an informal entry.
func (r *run) checkInformalValue() {
	if r.kind.Processing != reference.ClassInformalFee {
		return
	}
	var total int64
	for i := range r.s.Lines {
		line := &r.s.Lines[i]
		if line.Set == entry.SetComponent {
			continue // its value is in that of the set's header line
		}
		returned := false
		for j := range line.Tariffs {
			t := &line.Tariffs[j]
			if !strings.HasPrefix(t.HTS, "98010010") {
				continue
			}
			returned = true
			if t.Value > returnedLimit {
				r.raise(line, "646", t.HTS)
			}
		}
		if !returned {
			total += line.Value()
		}
	}
	if total > informalLimit {
		r.raise(nil, "648", "")
	}
}
