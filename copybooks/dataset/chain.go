package dataset

// endless lets chain run to the end of its bytes.
const endless = 1 << 30

// chain counts how many records in a row the format can cut from the start of
// b, at most most. A chain that reaches the end of a whole file exactly counts
// double; one that breaks, or ends before three records in the middle of a
// file, counts nothing. A real RDW is followed by another one; a chain of
// plausible lengths is what sets a format apart from data.
func (f *Format) chain(b []byte, whole bool, most int) int {
	n, pos, blockEnd, open := 0, 0, 0, false
	for least := f.least(); pos+least <= len(b) && n < most; {
		if f.BDW && pos == blockEnd {
			length, ok := f.blockLength(b[pos:])
			if !ok || length > maxLargeBlock {
				return 0
			}
			blockEnd = pos + int(length)
			pos += rdwLength
			continue
		}
		size, ok := f.unit(b[pos:], blockEnd-pos)
		if !ok || f.spanned() && !f.follows(&open, b[pos+2]) {
			return 0
		}
		if pos += size; f.BDW && pos > blockEnd {
			return 0
		}
		n++
	}
	switch {
	case n >= most:
		return n
	case pos == len(b) && whole && !open && (!f.BDW || pos == blockEnd):
		return 2 * n
	case whole || n < 3:
		return 0
	}
	return n
}

// least is how many bytes unit has to see.
func (f *Format) least() int {
	if f.Length != nil {
		return f.Length.Least()
	}
	return rdwLength
}

// unit returns the bytes that the record or segment at the start of b takes,
// its descriptor word included, and whether they may be right. An empty record
// could be anything. left is what the block has left, with BDW.
func (f *Format) unit(b []byte, left int) (size int, ok bool) {
	switch {
	case f.fixed():
		return f.LRECL, true
	case f.Length != nil:
		n, err := f.ruled(b)
		return n, err == nil
	case f.RECFM == U:
		return left, left > 0
	}
	length, ok := f.descriptor(b)
	return rdwLength + length, ok && length > 0
}

// follows reports whether a segment with the code may come next; open says
// whether a record has begun and not ended.
func (f *Format) follows(open *bool, code byte) bool {
	ends := code == segmentLast || code == segmentMiddle
	if *open != ends {
		return false
	}
	*open = code == segmentFirst || code == segmentMiddle
	return true
}
