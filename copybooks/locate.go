package copybooks

import (
	"cmp"
	"fmt"
	"slices"

	"tidewaiter/ebcdic"
)

// find returns the bytes of occurrence i and their offset.
func (p *field) find(rec []byte, i int) ([]byte, int, error) {
	at, length := p.at.fixed, p.size.fixed
	if !p.steady || i != 0 {
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
	if i < 0 || i >= p.reach {
		return 0, 0, p.beyond(i, p.occurs)
	}
	if p.needs == 0 && !p.uneven {
		at = p.at.fixed
		for d := len(p.dims) - 1; d >= 0; d-- {
			dim := p.dims[d]
			at += i % dim.max * dim.stride.fixed
			i /= dim.max
		}
		return at, p.size.fixed, nil
	}
	f := frame{room: len(rec)}
	base, err := p.walk(rec, &f, i)
	if err != nil {
		return 0, 0, err
	}
	at, length = p.at.bytes(&f)+base, p.size.bytes(&f)
	if p.until != nil {
		length = p.until.bytes(&f) - at
	}
	return at, length, nil
}

// walk measures the tables around occurrence i and returns the bytes from the
// first occurrence to it.
func (p *field) walk(rec []byte, f *frame, i int) (base int, err error) {
	c := p.codec
	err = c.measure(rec, f, c.measured[:p.measures])
	subscripts := p.subscripts(i)
	for d, dim := range p.dims {
		n := subscripts[d]
		if dim.table >= 0 {
			if !f.knows(one(dim.table)) {
				return 0, err
			}
			if have := int(f.occurs[dim.table]); n >= have {
				return 0, p.beyond(i, have)
			}
		}
		f.bases[d+1] = base
		if len(dim.inner) == 0 {
			base += n * dim.stride.bytes(f)
			f.bases[d+1] = base
			continue
		}
		for range n {
			err = cmp.Or(c.measure(rec, f, dim.inner), err)
			base += dim.stride.bytes(f)
			f.bases[d+1] = base
		}
		err = cmp.Or(c.measure(rec, f, dim.inner), err)
	}
	if !f.knows(p.needs) {
		return 0, err
	}
	return base, nil
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
		n = int(f.occurs[dim.table])
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
