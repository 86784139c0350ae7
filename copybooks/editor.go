package copybooks

import (
	"bytes"
	"fmt"

	"tidewaiter/ebcdic"
)

// editor edits numbers into the bytes of one item and reads them back. Between
// the two a number is ASCII digits after a separate sign, which number reads
// and writes.
type editor struct {
	*editing
	number      *ebcdic.Number
	space, fill byte
	digit       [10]byte
	plus, minus byte
	credit      [2]byte
	currency    []byte
	insert      []byte // the byte of each part that is inserted as it stands
}

// digitsOf is a number between its text and its bytes: sign, then digits.
type digitsOf [1 + ebcdic.MaxDigits]byte

// newEditor prepares the editing for a code page.
func newEditor(e *editing, page *ebcdic.CodePage) (*editor, error) {
	n, err := ebcdic.NewNumber(ebcdic.Spec{
		Digits: e.digits, Scale: e.scale, Signed: true, SignLeading: true, SignSeparate: true, CodePage: ebcdic.ASCII,
	})
	if err != nil {
		return nil, err
	}
	var missing error
	char := func(r rune) byte {
		b, ok := page.Byte(r)
		if !ok {
			missing = fmt.Errorf("the code page %s has no %q", page.Name(), r)
		}
		return b
	}
	ed := &editor{editing: e, number: n, space: page.Space(), fill: char(rune(e.fill)), plus: char('+'), minus: char('-')}
	for d := range ed.digit {
		ed.digit[d] = char(rune('0' + d))
	}
	for _, r := range e.currency {
		ed.currency = append(ed.currency, char(r))
	}
	for _, part := range e.parts {
		ed.insert = append(ed.insert, ed.inserted(part, char))
		if part.kind == editCredit && part.symbol == 'C' {
			ed.credit = [2]byte{char('C'), char('R')}
		} else if part.kind == editCredit {
			ed.credit = [2]byte{char('D'), char('B')}
		}
	}
	return ed, missing
}

// inserted is the byte a part prints when it is not suppressed.
func (ed *editor) inserted(part editPart, char func(rune) byte) byte {
	symbol := rune(part.symbol)
	switch {
	case symbol == 'B':
		return ed.space
	case part.kind == editPoint && ed.comma:
		return char(',')
	case part.kind == editInsert && symbol == ',' && ed.comma:
		return char('.')
	case part.kind == editPoint || part.kind == editInsert:
		return char(symbol)
	}
	return ed.space
}

// edit writes the number into b.
func (ed *editor) edit(b []byte, number *digitsOf) {
	digits := number[1 : 1+ed.digits]
	minus := number[0] == '-'
	if len(bytes.TrimLeft(digits, "0")) == 0 {
		minus = false // there is no edited minus zero
		if ed.blankZero || ed.vanishes {
			ed.vanish(b)
			return
		}
	}
	w := editWriter{editor: ed, b: b, digits: digits, minus: minus}
	for i, part := range ed.parts {
		w.part(i, part)
	}
}

// vanish writes a zero of which no digit shows: blanks, or asterisks around the
// decimal point.
func (ed *editor) vanish(b []byte) {
	fill := ed.fill
	if ed.blankZero {
		fill = ed.space
	}
	at := 0
	for i, part := range ed.parts {
		n := ed.width(part)
		for j := range n {
			b[at+j] = fill
		}
		if part.kind == editPoint && fill != ed.space {
			b[at] = ed.insert[i]
		}
		at += n
	}
}

// width is the bytes a part takes.
func (ed *editor) width(part editPart) int {
	switch {
	case part.kind == editVirtual:
		return 0
	case part.kind == editCredit:
		return 2
	case part.kind == editCurrency, part.kind == editFloat && part.symbol == '$':
		return len(ed.currency)
	}
	return 1
}

// editWriter writes one number part by part. Suppression runs from the first
// part that suppresses to the first digit that shows.
type editWriter struct {
	*editor
	b       []byte
	digits  []byte
	at      int
	minus   bool
	started bool // suppression has begun
	shown   bool // and ended
}

func (w *editWriter) part(i int, part editPart) {
	c := w.insert[i]
	switch part.kind {
	case editDigit, editSuppress:
		d := w.digits[0] - '0'
		w.digits = w.digits[1:]
		w.started = w.started || part.kind == editSuppress
		if part.kind == editDigit || d != 0 {
			w.show()
		}
		if c = w.digit[d]; w.suppressed() {
			c = w.fill
		}
	case editFloat:
		w.started = true
		for range w.width(part) - 1 {
			w.put(w.space)
		}
	case editPoint, editVirtual:
		if w.show(); part.kind == editVirtual {
			return
		}
	case editInsert:
		if w.suppressed() {
			c = w.fill
		}
	case editSign:
		c = w.sign(part.symbol)
	case editCredit:
		w.credits()
		return
	case editCurrency:
		w.at += copy(w.b[w.at:], w.currency)
		return
	}
	w.put(c)
}

func (w *editWriter) put(c byte) {
	w.b[w.at] = c
	w.at++
}

func (w *editWriter) suppressed() bool { return w.started && !w.shown }

// show ends the suppression. A floating symbol goes right before what shows.
func (w *editWriter) show() {
	if w.suppressed() {
		switch w.float {
		case '$':
			copy(w.b[w.at-len(w.currency):], w.currency)
		case '+', '-':
			w.b[w.at-1] = w.sign(w.float)
		}
	}
	w.shown = w.shown || w.started
}

func (w *editWriter) sign(symbol byte) byte {
	switch {
	case w.minus:
		return w.editor.minus
	case symbol == '+':
		return w.plus
	}
	return w.space
}

func (w *editWriter) credits() {
	pair := w.credit
	if !w.minus {
		pair = [2]byte{w.space, w.space}
	}
	w.put(pair[0])
	w.put(pair[1])
}

// read takes the digits and the sign out of b. What does not come out the same
// when it is edited again is no value of the picture.
func (ed *editor) read(b []byte, number *digitsOf) ebcdic.Fault {
	number[0] = '+'
	at, d := 0, 1
	for _, part := range ed.parts {
		switch part.kind {
		case editDigit, editSuppress:
			number[d] = '0' + ed.digitAt(b[at])
			d++
		case editCredit:
			if b[at] == ed.credit[0] {
				number[0] = '-'
			}
		}
		floats := (part.kind == editFloat || part.kind == editSuppress || part.kind == editInsert) && (ed.float == '+' || ed.float == '-')
		if (floats || part.kind == editSign) && b[at] == ed.minus {
			number[0] = '-'
		}
		at += ed.width(part)
	}
	var again [maxEdited]byte
	if ed.edit(again[:len(b)], number); bytes.Equal(again[:len(b)], b) {
		return ebcdic.OK
	}
	return ebcdic.Unfilled(b, ed.space, ebcdic.NotNumber)
}

// digitAt is the digit of a byte; all others are suppressed zeros.
func (ed *editor) digitAt(b byte) byte {
	for d, c := range ed.digit {
		if b == c {
			return byte(d)
		}
	}
	return 0
}

// int64 reads the unscaled value.
func (ed *editor) int64(b []byte) (int64, ebcdic.Fault) {
	var number digitsOf
	if fault := ed.read(b, &number); fault != ebcdic.OK {
		return 0, fault
	}
	return ed.number.Int64(number[:1+ed.digits])
}

// append appends the number as text.
func (ed *editor) append(dst, b []byte) ([]byte, ebcdic.Fault) {
	var number digitsOf
	if fault := ed.read(b, &number); fault != ebcdic.OK {
		return dst, fault
	}
	return ed.number.Append(dst, number[:1+ed.digits])
}

// putInt64 edits an unscaled value.
func (ed *editor) putInt64(b []byte, v int64) ebcdic.Fault {
	var number digitsOf
	return ed.store(b, &number, ed.number.PutInt64(number[:1+ed.digits], v))
}

// putNumber edits a number given as text.
func (ed *editor) putNumber(b, s []byte) ebcdic.Fault {
	var number digitsOf
	return ed.store(b, &number, ed.number.PutBytes(number[:1+ed.digits], s))
}

func (ed *editor) store(b []byte, number *digitsOf, fault ebcdic.Fault) ebcdic.Fault {
	if fault == ebcdic.OK && number[0] == '-' && !ed.signed {
		fault = ebcdic.MinusUnsigned
	}
	if fault == ebcdic.OK {
		ed.edit(b, number)
	}
	return fault
}
