package copybooks

import (
	"fmt"
	"slices"

	"tidewaiter/ebcdic"
)

// find returns the bytes of occurrence i and their offset.
func (p *field) find(rec []byte, i int) ([]byte, int, error) {
	at, length := p.at.fixed, p.size.fixed
	if len(p.dims) > 0 || i != 0 || p.depends > 0 {
		var err error
		if at, length, err = p.locate(rec, i); err != nil {
			return nil, 0, err
		}
	}
	if at+length > len(rec) {
		return nil, 0, p.short(rec, at, i)
	}
	return rec[at : at+length : at+length], at, nil
}

// locate works out where occurrence i stands in rec.
func (p *field) locate(rec []byte, i int) (at, length int, err error) {
	if i < 0 || i >= p.occurs {
		return 0, 0, p.beyond(i, p.occurs)
	}
	if p.depends == 0 {
		return p.step(nil, p.at.fixed, i), p.size.fixed, nil
	}
	var f frame
	if err := p.codec.measure(rec, &f, p.depends); err != nil {
		return 0, 0, err
	}
	rest := i
	for d := len(p.dims) - 1; d >= 0; d-- {
		dim := p.dims[d]
		if dim.table >= 0 && rest%dim.max >= f.occurs[dim.table] {
			return 0, 0, p.beyond(i, f.occurs[dim.table])
		}
		rest /= dim.max
	}
	return p.step(&f, p.at.bytes(&f), i), p.size.bytes(&f), nil
}

// step adds the bytes of the occurrences before number i.
func (p *field) step(f *frame, at, i int) int {
	for d := len(p.dims) - 1; d >= 0; d-- {
		dim := p.dims[d]
		stride := dim.stride.fixed
		if f != nil {
			stride = dim.stride.bytes(f)
		}
		at += i % dim.max * stride
		i /= dim.max
	}
	return at
}

// eachPlace calls visit with the offset of every occurrence f counts.
func (p *field) eachPlace(f *frame, at, d int, visit func(at int)) {
	if d == len(p.dims) {
		visit(at)
		return
	}
	dim := p.dims[d]
	n := dim.max
	if dim.table >= 0 {
		n = f.occurs[dim.table]
	}
	for range n {
		p.eachPlace(f, at, d+1, visit)
		at += dim.stride.bytes(f)
	}
}

// intAt reads the number at a known offset.
func (p *field) intAt(rec []byte, at int) (int64, error) {
	if at+p.length > len(rec) {
		return 0, p.short(rec, at, 0)
	}
	v, fault := p.readInt(rec[at : at+p.length])
	if fault != ebcdic.OK {
		return 0, p.fault(rec[at:at+p.length], at, 0, fault)
	}
	return v, nil
}

// short says that the record ends inside or before the field.
func (p *field) short(rec []byte, at, i int) error {
	e := &FieldError{Field: p.subscripted(i), Offset: at, Fault: ebcdic.Short, Reason: fmt.Sprintf("%s: it is %d bytes long", ebcdic.Short, len(rec))}
	if at < len(rec) {
		e.Bytes = slices.Clone(rec[at:])
	}
	return e
}

func (p *field) beyond(i, occurs int) error {
	return &FieldError{
		Field: p.item.Name, Offset: p.item.Offset, Fault: ebcdic.OutOfRange,
		Reason: fmt.Sprintf("occurrence %d of a field that occurs %d times", i+1, occurs),
	}
}
