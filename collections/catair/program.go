package catair

import "encoding/binary"

// positions is a set of positions of a record: bit 0 of the first word is
// position 1, bit 0 of the second position 65.
type positions [2]uint64

func (p *positions) add(position int) { p[(position-1)/64] |= 1 << ((position - 1) % 64) }

// overlaps says whether the sets have a position in common.
func (p positions) overlaps(q positions) bool { return p[0]&q[0]|p[1]&q[1] != 0 }

// next moves each position to the one before it: position 1 of the result says
// what position 2 said.
func (p positions) next() positions { return positions{p[0]>>1 | p[1]<<63, p[1] >> 1} }

// words is the number of 64-bit words in a record.
const words = Length / 8

// program is what a layout asks of the characters of its records, in a form that
// is checked eight characters at a time. It decides that a record has nothing
// wrong; what is wrong with one that has is found field by field.
type program struct {
	// What is allowed beside blanks, the high bit of a byte for a position.
	digits, uppers, printables [words]uint64
	starts                     positions // of mandatory fields
	solid                      positions // in a number that is digits or blanks throughout, all but its last position
	spaced                     positions // in a number that may begin with blanks, all but its last position
}

// compile makes the program of a layout.
func (l *Layout) compile() {
	p := &l.program
	for i := range l.Fields {
		f := &l.Fields[i]
		forbidden := f.forbidden(l.Direction)
		for at := f.From; at <= f.To; at++ {
			high := uint64(0x80) << ((at - 1) % 8 * 8)
			if forbidden&isDigit == 0 {
				p.digits[(at-1)/8] |= high
			}
			if forbidden&isUpper == 0 {
				p.uppers[(at-1)/8] |= high
			}
			if forbidden&(isDigit|isUpper|isMark|isOther) == 0 {
				p.printables[(at-1)/8] |= high
			}
		}
		if f.required() {
			p.starts.add(f.From)
		}
		for at := f.From; at < f.To; at++ {
			switch f.Class {
			case Numeric:
				p.solid.add(at)
			case SpacedNumber:
				p.spaced.add(at)
			}
		}
	}
}

// sound says that a record has no character that its field's class does not
// allow, no number with blanks where none may be, and something at the first
// position of each mandatory field. A record that is not sound need not be wrong: a
// number may begin with blanks, and the marks + and # stand in some codes.
func (p *program) sound(text *[Length]byte) bool {
	const (
		ones   = 0x0101010101010101
		highs  = 0x80 * ones
		blanks = ' ' * ones
	)
	n := words
	for n > 0 && binary.LittleEndian.Uint64(text[8*n-8:]) == blanks {
		n--
	}
	empty := blanksFrom[n]
	var wrong uint64
	for i := range n {
		// The high bit of a byte of y-c says whether the low seven bits of x are c or more.
		x := binary.LittleEndian.Uint64(text[8*i:])
		y := x | highs
		some := y - '!'*ones
		blank := (y - ' '*ones) &^ some
		digit := (y - '0'*ones) &^ (y - ('9'+1)*ones) & p.digits[i]
		upper := (y - 'A'*ones) &^ (y - ('Z'+1)*ones) & p.uppers[i]
		printable := some &^ (y - 0x7F*ones) & p.printables[i]
		wrong |= ^(blank | digit | upper | printable) | x
		gathered := (blank & highs >> 7) * 0x0102040810204080 >> 56 // its high bits in one byte, in their order
		if i < 8 {
			empty[0] |= gathered << (8 * i)
		} else {
			empty[1] |= gathered << (8*i - 64)
		}
	}
	after := empty.next()
	changes := positions{empty[0] ^ after[0], empty[1] ^ after[1]}
	ends := positions{after[0] &^ empty[0], after[1] &^ empty[1]} // a character, and a blank behind it
	return wrong&highs == 0 && !empty.overlaps(p.starts) && !changes.overlaps(p.solid) && !ends.overlaps(p.spaced)
}

// blanksFrom are the positions from the nth word on.
var blanksFrom = func() (table [words + 1]positions) {
	for n := range table {
		for position := 8*n + 1; position <= Length; position++ {
			table[n].add(position)
		}
	}
	return table
}()
