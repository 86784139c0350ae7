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
	for pos+rdwLength <= len(b) && n < most {
		if f.BDW && pos == blockEnd {
			length, ok := f.blockLength(b[pos:])
			if !ok || length > maxLargeBlock {
				return 0
			}
			blockEnd = pos + int(length)
			pos += rdwLength
			continue
		}
		length, ok := f.descriptor(b[pos:])
		if !ok || length == 0 || f.spanned() && !f.follows(&open, b[pos+2]) {
			return 0
		}
		if pos += rdwLength + length; f.BDW && pos > blockEnd {
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
