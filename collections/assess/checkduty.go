package assess

import (
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// checkDuty compares the duty of a line's 50 records with class 001 (624).
func (r *run) checkDuty(line *entry.Line, charges []Charge) {
	filed := filedDuty(line)
	if line.Set == entry.SetComponent {
		if filed != 0 {
			r.mismatch(line, "625", "", filed, 0)
		}
		return
	}
	computed, _ := chargeOf(charges, reference.ClassDuty)
	if beyond(filed, computed, dutyTolerance) {
		r.mismatch(line, "624", "", filed, computed)
	}
}

// filedDuty adds up the duty of a line's 50 records.
func filedDuty(line *entry.Line) money.Cents {
	var sum money.Cents
	for i := range line.Tariffs {
		sum += line.Tariffs[i].FiledDuty
	}
	return sum
}

// checkGrandDuty compares the duty of the 90 record with the 50 records it sums
// up, to the cent (722), and with what is computed (627).
func (r *run) checkGrandDuty() {
	if !r.s.Filed.HasGrand {
		return
	}
	var lines money.Cents
	for i := range r.s.Lines {
		lines += filedDuty(&r.s.Lines[i])
	}
	grand := r.s.Filed.Grand.Duty
	if grand != lines {
		r.mismatch(nil, "722", string(reference.ClassDuty), grand, lines)
	}
	if computed := r.computed(slotDuty); beyond(grand, computed, dutyTolerance) {
		r.mismatch(nil, "627", string(reference.ClassDuty), grand, computed)
	}
}
