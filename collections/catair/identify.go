package catair

// identify finds the record's layout and follows the envelope.
func (r *Reader) identify(rec *Record) {
	rec.ID = identifier(rec.Text)
	if r.chapter == "" && rec.ID == "10" {
		r.chapter, r.direction = EntrySummary, Input // an entry summary without its envelope
	}
	direction := r.direction
	if direction == "" {
		direction = Input
	}
	if rec.ID == "A" || rec.ID == "B" {
		application := string(rec.Text[applicationAt(rec.ID):][:2])
		if a, known := applications[application]; known {
			r.chapter, r.direction = a.chapter, a.direction
			direction = a.direction
		}
	}
	rec.Layout = Find(r.chapter, direction, rec.ID)
}

// applications are the application identifiers of the envelope and what stands
// inside it.
var applications = map[string]struct {
	chapter   Chapter
	direction Direction
}{
	"AE": {EntrySummary, Input}, "AX": {EntrySummary, Output},
	"PF": {Daily, Output}, "MS": {Monthly, Output},
	"ER": {Query, Output},
	"DE": {Drawback, Input}, "DX": {Drawback, Output},
}

// applicationAt is where an envelope record names the application.
func applicationAt(id string) int {
	if id == "A" {
		return 25
	}
	return 10
}

// identifier gives the control identifier at the start of a record: one letter
// in the envelope, four characters where the guide has them, else two.
func identifier(text []byte) string {
	switch text[0] {
	case 'A', 'B', 'Y', 'Z':
		return string(text[:1])
	case 'C', 'S':
		if id := string(text[:4]); Find(EntrySummary, Input, id) != nil {
			return id
		}
	}
	return string(text[:2])
}
