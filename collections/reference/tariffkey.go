package reference

// tariffKey packs ten digits and two characters, so that a lookup hashes one
// word and not two strings.
type tariffKey uint64

// keyOf packs a number and a column; a number that is not ten digits, or a
// column of more than two characters, gives zero, which no row has.
func keyOf(hts string, column Column) tariffKey {
	if len(hts) != 10 {
		return 0
	}
	var number uint64
	for i := 0; i < len(hts); i++ {
		digit := hts[i] - '0'
		if digit > 9 {
			return 0
		}
		number = number*10 + uint64(digit)
	}
	var c0, c1 byte
	switch {
	case column == General:
	case len(column) == 1:
		c0, c1 = column[0], ' '
	case len(column) == 2:
		c0, c1 = column[0], column[1]
	default:
		return 0
	}
	return tariffKey(number<<16 | uint64(c0)<<8 | uint64(c1))
}
