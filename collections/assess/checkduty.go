package assess

import (
	"strings"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// checkDuty compares the duty of a line's 50 records with class 001 (624), and
// says where the filer's figure was accepted (622, 623).
func (r *run) checkDuty(line *entry.Line, charges []Charge) {
	filed := filedDuty(line)
	if line.Set == entry.SetComponent {
		if filed != 0 {
			r.mismatch(line, "625", "", filed, 0)
		}
		return
	}
	for i := range line.Tariffs {
		switch r.rows[i].DutyCode {
		case 'X': // no formula: what was filed is what is assessed
			r.raise(line, "622", line.Tariffs[i].HTS)
		case 'C': // two formulas: the one nearer to what was filed is assessed
			r.raise(line, "623", line.Tariffs[i].HTS)
		}
	}
	computed, _ := chargeOf(charges, reference.ClassDuty)
	if !beyond(filed, computed, dutyTolerance) && !r.filedThoughFree(line) {
		return
	}
	code := r.dutyCondition(line)
	if code != "624" {
		r.taken.duty += filed - computed
	}
	r.mismatch(line, code, "", filed, computed)
}

// dutyCondition gives the condition of a line whose duty differs. Some lines
// Customs does not verify, and takes the filer's figure; which ones, the error
// dictionary does not say. Taken here are those whose duty derives from another
// number's (code 9) or that join chapter 98 with 99 (628), and goods of 9802,
// whose base only the filer knows (626). The computed amount stays, and the
// condition shows both; in the total of the summary (627) the filer's counts.
func (r *run) dutyCondition(line *entry.Line) string {
	var derived, abroad, remedy bool
	for i := range line.Tariffs {
		hts := line.Tariffs[i].HTS
		derived = derived || r.rows[i].DutyCode == '9'
		abroad = abroad || strings.HasPrefix(hts, "9802")
		remedy = remedy || strings.HasPrefix(hts, "99")
	}
	switch {
	case derived || abroad && remedy:
		return "628"
	case abroad:
		return "626"
	}
	return "624"
}

// filedThoughFree says whether duty is filed for a number that the line's
// program makes free: then it must be 0, without tolerance (ERR 624).
func (r *run) filedThoughFree(line *entry.Line) bool {
	if line.SPI == "" {
		return false
	}
	program, stem := reference.Column(line.SPI), reference.Column(strings.TrimSuffix(line.SPI, "#")) // as row finds them
	for i := range line.Tariffs {
		row := r.rows[i]
		if (row.Column == program || row.Column == stem) && row.DutyCode == '0' && line.Tariffs[i].FiledDuty != 0 {
			return true
		}
	}
	return false
}

// filedDuty adds up the duty of a line's 50 records.
func filedDuty(line *entry.Line) money.Cents {
	var sum money.Cents
	for i := range line.Tariffs {
		sum += line.Tariffs[i].FiledDuty
	}
	return sum
}
