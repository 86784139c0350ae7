package gostruct

// The parts of a generated file that encode. Each is written where the file
// uses it.

const writerSource = `
// writer writes the fields of one record and keeps what does not fit.
type writer struct {
	rec []byte
	%s err error
}

func (w *writer) fail(name string, at int, value any, fault ebcdic.Fault) {
	w.err = errors.Join(w.err, fmt.Errorf("writing %%v into field %%s at offset %%d: %%w", value, name, at, fault))
}
`

const writeText = `
func (w *writer) text(s string, at, length int, name string) {
	if fault := page.PutText(w.rec[at:at+length], s); fault != ebcdic.OK {
		w.fail(name, at, s, fault)
	}
}
`

const writeInteger = `
func (w *writer) integer(n *ebcdic.Number, v int64, at, length int, name string) {
	if fault := n.PutInt64(w.rec[at:at+length], v); fault != ebcdic.OK {
		w.fail(name, at, v, fault)
	}
}
`

const writeDigits = `
// digits writes a number that an int64 does not hold; "" is zero.
func (w *writer) digits(n *ebcdic.Number, s string, at, length int, name string) {
	if s == "" {
		s = "0"
	}
	if fault := n.Put(w.rec[at:at+length], s); fault != ebcdic.OK {
		w.fail(name, at, s, fault)
	}
}
`

const writeCount = `
func (w *writer) count(v int64, least, most, at int, name string) int {
	if v < int64(least) || v > int64(most) {
		w.fail(name, at, v, ebcdic.BadCounter)
		return most
	}
	return int(v)
}
`
