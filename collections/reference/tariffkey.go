package reference

// tariffKey packs ten digits and two characters, so that a lookup hashes one
// word and not two strings.
type tariffKey uint64

// keyOf packs a number and a column; a number that is not ten digits, or a
// column of more than two characters, gives zero, which no row has. A number of
// chapter 98 or 99 that has no statistical suffix counts as one that ends in 00.
func keyOf(hts string, column Column) tariffKey {
	if len(hts) != 10 && !withoutSuffix(hts) {
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
	if len(hts) != 10 {
		number *= 100
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

// withoutSuffix says whether a number is one of chapter 98 or 99 in eight digits:
// many of these have no statistical suffix (9903.88.03), and are filed without.
func withoutSuffix(hts string) bool {
	return len(hts) == 8 && hts[0] == '9' && (hts[1] == '8' || hts[1] == '9')
}

// tenDigits gives a number without statistical suffix the suffix 00, any other
// as it is.
func tenDigits(hts string) string {
	if withoutSuffix(hts) {
		return hts + "00"
	}
	return hts
}
