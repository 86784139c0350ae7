package gostruct

// The parts of a generated file that decode. Each is written where the file
// uses it.

const readerSource = `
// reader reads the fields of one record and keeps what is wrong with them.
type reader struct {
	rec     []byte
	scratch [%d]byte
	%s lost    bool // a counter is damaged: what follows has no known place
	err     error
}

func (r *reader) fail(name string, at int, fault ebcdic.Fault) {
	if !r.lost {
		r.err = errors.Join(r.err, fmt.Errorf("field %%s at offset %%d: %%w", name, at, fault))
	}
}

// field returns the bytes of a field, nil when the record ends before it does.
func (r *reader) field(at, length int, name string) []byte {
	if r.lost || at < 0 || at+length > len(r.rec) {
		r.fail(name, at, ebcdic.Short)
		return nil
	}
	return r.rec[at : at+length]
}
`

const readText = `
// text makes a string only when it is not the one the field holds already.
func (r *reader) text(old string, at, length int, name string) string {
	b, fault := page.AppendText(r.scratch[:0], page.TrimRight(r.field(at, length, name)))
	if fault != ebcdic.OK {
		r.fail(name, at, fault)
		return ""
	}
	if string(b) == old {
		return old
	}
	return string(b)
}
`

const readInteger = `
func (r *reader) integer(n *ebcdic.Number, at, length int, name string) int64 {
	b := r.field(at, length, name)
	if b == nil {
		return 0
	}
	v, fault := n.Int64(b)
	if fault != ebcdic.OK {
		r.fail(name, at, fault)
		return 0
	}
	return v
}
`

const readDigits = `
// digits reads a number that an int64 does not hold.
func (r *reader) digits(n *ebcdic.Number, old string, at, length int, name string) string {
	src := r.field(at, length, name)
	if src == nil {
		return ""
	}
	b, fault := n.Append(r.scratch[:0], src)
	if fault != ebcdic.OK {
		r.fail(name, at, fault)
		return ""
	}
	if string(b) == old {
		return old
	}
	return string(b)
}
`

const readCount = `
// noCount stands for the count of a damaged counter.
const noCount = -1

// count checks a counter that was read when the errors were those of before.
func (r *reader) count(before error, v int64, least, most, at int, name string) int {
	if r.err == before && (v < int64(least) || v > int64(most)) {
		r.fail(name, at, ebcdic.BadCounter)
	}
	if r.err != before {
		return noCount
	}
	return int(v)
}

// table is called before a table with a counter: without a count neither it nor
// what follows can be read.
func (r *reader) table(i int) {
	if r.occurs[i] == noCount {
		r.occurs[i], r.lost = 0, true
	}
}
`
