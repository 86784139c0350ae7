package condition

import (
	"bytes"

	"tidewaiter/ebcdic"
)

// relation is the sign of a comparison.
type relation uint8

const (
	equal relation = iota
	unequal
	less
	lessOrEqual
	greater
	greaterOrEqual
)

// holds reports whether the relation is true of two values that compare as c.
func (r relation) holds(c int) bool {
	switch r {
	case equal:
		return c == 0
	case unequal:
		return c != 0
	case less:
		return c < 0
	case lessOrEqual:
		return c <= 0
	case greater:
		return c > 0
	}
	return c >= 0
}

type testKind uint8

const (
	textTest   testKind = iota // bytes with the bytes of a value
	fillTest                   // bytes with as many of one byte
	numberTest                 // a number with a number
	fieldTest                  // text with the text of another field
	fieldsTest                 // a number with the number of another field
	classTest                  // every byte is of a class
	validTest                  // the bytes hold a number
)

// test is one comparison or class test.
type test struct {
	kind     testKind
	relation relation
	left     operand
	right    operand // of the two tests with another field
	want     []byte  // of textTest
	fill     byte
	pad      byte
	small    bool  // the number, in the field's decimal places, is int
	int      int64 // of numberTest
	number   []byte
	class    *[256]bool
}

// room is where a number is written to be compared: more than the 38 digits,
// point and sign of the longest.
type room [128]byte

func (t *test) eval(rec []byte, i int) verdict {
	v, _, _ := t.run(rec, i)
	return v
}

// explain is the error of an undecided test.
func (t *test) explain(rec []byte, i int) error {
	_, o, fault := t.run(rec, i)
	return o.explain(rec, i, fault)
}

// run returns the verdict and, where it is undecided, the operand that has no
// value and why.
func (t *test) run(rec []byte, i int) (verdict, *operand, ebcdic.Fault) {
	b, fault := t.left.bytes(rec, i)
	if fault != ebcdic.OK {
		return undecided, &t.left, fault
	}
	switch t.kind {
	case textTest:
		return decided(t.relation.holds(comparePadded(b, t.want, t.pad))), nil, ebcdic.OK
	case fillTest:
		return decided(t.relation.holds(compareFill(b, t.fill))), nil, ebcdic.OK
	case classTest:
		return decided(inClass(b, t.class)), nil, ebcdic.OK
	case validTest:
		return decided(t.valid(b)), nil, ebcdic.OK
	case numberTest:
		return t.compareNumber(b)
	}
	return t.compareFields(b, rec, i)
}

func (t *test) compareNumber(b []byte) (verdict, *operand, ebcdic.Fault) {
	if t.small {
		v, fault := t.left.field.IntOf(b)
		switch {
		case fault == ebcdic.OK && v < t.int:
			return decided(t.relation.holds(-1)), nil, fault
		case fault == ebcdic.OK && v > t.int:
			return decided(t.relation.holds(1)), nil, fault
		case fault == ebcdic.OK:
			return decided(t.relation.holds(0)), nil, fault
		case fault != ebcdic.OutOfRange:
			return undecided, &t.left, fault
		}
	}
	var space room
	text, fault := t.left.field.AppendNumberOf(space[:0], b)
	if fault != ebcdic.OK {
		return undecided, &t.left, fault
	}
	return decided(t.relation.holds(compareNumbers(text, t.number))), nil, ebcdic.OK
}

func (t *test) compareFields(b, rec []byte, i int) (verdict, *operand, ebcdic.Fault) {
	other, fault := t.right.bytes(rec, i)
	if fault != ebcdic.OK {
		return undecided, &t.right, fault
	}
	if t.kind == fieldTest {
		return decided(t.relation.holds(comparePadded(b, other, t.pad))), nil, ebcdic.OK
	}
	var space [2]room
	first, fault := t.left.field.AppendNumberOf(space[0][:0], b)
	if fault != ebcdic.OK {
		return undecided, &t.left, fault
	}
	second, fault := t.right.field.AppendNumberOf(space[1][:0], other)
	if fault != ebcdic.OK {
		return undecided, &t.right, fault
	}
	return decided(t.relation.holds(compareNumbers(first, second))), nil, ebcdic.OK
}

// valid reports whether a numeric field holds a number. BLANK WHEN ZERO does not
// make blanks one (Enterprise COBOL Language Reference, "Class condition").
func (t *test) valid(b []byte) bool {
	if t.left.field.Item().BlankZero && compareFill(b, t.pad) == 0 {
		return false
	}
	var space room
	_, fault := t.left.field.AppendNumberOf(space[:0], b)
	return fault == ebcdic.OK
}

// comparePadded compares in the order of the bytes, the shorter padded.
func comparePadded(a, b []byte, pad byte) int {
	n := min(len(a), len(b))
	if c := bytes.Compare(a[:n], b[:n]); c != 0 {
		return c
	}
	if len(a) > n {
		return compareFill(a[n:], pad)
	}
	return -compareFill(b[n:], pad)
}

// compareFill compares b with as many of the byte fill.
func compareFill(b []byte, fill byte) int {
	for _, c := range b {
		if c != fill {
			if c < fill {
				return -1
			}
			return 1
		}
	}
	return 0
}

func inClass(b []byte, class *[256]bool) bool {
	for _, c := range b {
		if !class[c] {
			return false
		}
	}
	return len(b) > 0
}

// classOf marks the bytes of the characters.
func classOf(page *ebcdic.CodePage, characters string) *[256]bool {
	class := &[256]bool{}
	for _, r := range characters {
		if b, ok := page.Byte(r); ok {
			class[b] = true
		}
	}
	return class
}
