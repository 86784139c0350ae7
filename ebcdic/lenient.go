package ebcdic

// AppendLenient appends what a program may have computed with from bytes that hold
// no number, and reports whether there is such a reading. It is for bytes that
// Append refuses; the Fault of Append says what is wrong with them, and whoever
// takes the reading has to pass that on.
//
// A digit is the low nibble of its byte whatever the zone is, as PACK takes it
// (z/Architecture Principles of Operation, "PACK"): X'F140F3' is 103. A sign that
// is none, a digit for instance, is a plus. A pad nibble counts for nothing, a minus
// in an unsigned field is a minus, and a binary number has all its bits. Bytes
// without a reading are a digit nibble above 9, which ends a program with a data
// exception (S0C7), and fields nobody filled: blanks, LOW-VALUES, HIGH-VALUES.
func (n *Number) AppendLenient(dst, b []byte) ([]byte, bool) {
	if len(b) != n.length || Unfilled(b, n.spec.CodePage.space, OK) != OK {
		return dst, false
	}
	if n.spec.Kind == Binary {
		wide := *n
		wide.spec.BinaryFull = true
		text, fault := wide.Append(dst, b)
		return text, fault == OK
	}
	var room [MaxDigits]byte
	digits := room[:n.spec.Digits]
	sign, good := n.packedNibbles(b, digits), true
	if n.spec.Kind == Zoned {
		sign, good = n.zonedNibbles(b, digits)
	}
	for _, d := range digits {
		good = good && d <= 9
	}
	if !good {
		return dst, false
	}
	return appendDigits(dst, digits, sign == 0xB || sign == 0xD, n.spec.Scale), true
}

// packedNibbles takes the digits, the pad left out, and returns the sign nibble.
func (n *Number) packedNibbles(b, digits []byte) (sign byte) {
	at := 2*len(b) - 1 - len(digits)
	for i := range digits {
		digits[i] = b[(at+i)/2] >> (4 * uint(1-(at+i)&1)) & 0xF
	}
	return b[len(b)-1] & 0xF
}

// zonedNibbles takes the low nibbles and returns the zone of the sign, D for a
// separate minus. ASCII has no zones to leave out: there is no reading.
func (n *Number) zonedNibbles(b, digits []byte) (sign byte, good bool) {
	if n.spec.CodePage.zones == &asciiZones {
		return 0, false
	}
	body, last := n.split(b)
	switch {
	case !n.spec.SignSeparate:
		body, sign = b, last>>4
	case last == n.zones.minSign:
		sign = 0xD
	}
	for i := range digits {
		digits[i] = body[i] & 0xF
	}
	return sign, true
}
