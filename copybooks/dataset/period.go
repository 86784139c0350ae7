package dataset

import (
	"fmt"
	"slices"
)

// byteClass sorts bytes into kinds. Records of one length repeat the kinds of
// their bytes, digits here and blanks there, even where no byte repeats.
var byteClass = func() (class [256]byte) {
	for i := range class {
		switch b := byte(i); {
		case b == 0x40, b == 0x20:
			class[i] = 1 // blank
		case b >= 0xF0 && b <= 0xF9, b >= 0x30 && b <= 0x39:
			class[i] = 2 // digit
		case b >= 0xC1 && b <= 0xE9, b >= 0x41 && b <= 0x5A:
			class[i] = 3 // capital
		case b >= 0x81 && b <= 0xA9, b >= 0x61 && b <= 0x7A:
			class[i] = 4 // small letter
		case b == 0:
			class[i] = 5
		default:
			class[i] = 6
		}
	}
	return class
}()

const (
	periodSample = 1024 // places compared for each length
	mostFixed    = 32760
	fewestFixed  = 3 // records that show a period
)

// edges returns places of sample where the kind of byte changes: where fields
// begin. Runs of blanks would agree with any length.
func edges(sample []byte, until int) (at []int) {
	for i := 1; i < until; i++ {
		if byteClass[sample[i]] != byteClass[sample[i-1]] {
			at = append(at, i)
		}
	}
	if step := len(at) / periodSample; step > 1 {
		kept := at[:0]
		for i := 0; i < len(at); i += step {
			kept = append(kept, at[i])
		}
		at = kept
	}
	return at
}

// repeats returns how many percent of the edges come again length bytes later.
func repeats(sample []byte, at []int, length int) int {
	same, seen := 0, 0
	for _, i := range at {
		j := i + length
		if j >= len(sample) {
			break
		}
		seen++
		if byteClass[sample[j]] == byteClass[sample[i]] && byteClass[sample[j-1]] == byteClass[sample[i-1]] {
			same++
		}
	}
	if seen == 0 {
		return 0
	}
	return 100 * same / seen
}

// recogniseFixed finds the record length at which the pattern of the bytes
// repeats best.
func recogniseFixed(sample []byte, size int64, layout int) (found []Candidate) {
	longest := min(mostFixed, len(sample)/fewestFixed)
	if longest < 2 {
		return recogniseLayout(size, layout)
	}
	at := edges(sample, len(sample)-longest)
	if len(at) < 2 {
		return recogniseLayout(size, layout)
	}
	shares := make([]int, longest+1)
	for length := 2; length <= longest; length++ {
		shares[length] = repeats(sample, at, length)
	}
	usual := slices.Sorted(slices.Values(shares[2:]))[(longest-1)/2]
	top := slices.Max(shares)
	for _, best := range bestPeriods(shares, usual, size) {
		share := shares[best]
		if share-usual < 10 && best != layout || 3*share < top {
			continue
		}
		c := Candidate{Format: Format{RECFM: FB, LRECL: best}, Score: min(80, 40+(share-usual)),
			Evidence: []string{fmt.Sprintf("%d%% of the places where the kind of byte changes come again %d bytes later (usual: %d%%)", share, best, usual)}}
		c.fits(size, layout)
		found = append(found, c)
	}
	if !slices.ContainsFunc(found, func(c Candidate) bool { return c.Format.LRECL == layout }) {
		found = append(found, recogniseLayout(size, layout)...)
	}
	return found
}

// bestPeriods returns the length that repeats best, and the best of those that
// the file is a multiple of.
func bestPeriods(shares []int, usual int, size int64) (best []int) {
	for _, whole := range []bool{true, false} {
		length := 0
		for l := 2; l < len(shares); l++ {
			if whole && (size == 0 || size%int64(l) != 0) {
				continue
			}
			if shares[l] > shares[length] {
				length = l
			}
		}
		if length == 0 {
			continue
		}
		if length = fundamental(shares, usual, length); !slices.Contains(best, length) {
			best = append(best, length)
		}
	}
	return best
}

// fundamental returns the shortest divisor of length that repeats two fifths as
// well: several records together repeat too, and often better than one.
func fundamental(shares []int, usual, length int) int {
	for l := 2; l < length; l++ {
		if length%l == 0 && 5*(shares[l]-usual) >= 2*(shares[length]-usual) {
			return l
		}
	}
	return length
}

// recogniseLayout takes the copybook's word for the record length when the size
// of the file agrees.
func recogniseLayout(size int64, layout int) []Candidate {
	if layout == 0 || size == 0 || size%int64(layout) != 0 {
		return nil
	}
	c := Candidate{Format: Format{RECFM: FB, LRECL: layout}, Score: 30}
	c.fits(size, layout)
	return []Candidate{c}
}

// fits weighs the size of the file and the copybook.
func (c *Candidate) fits(size int64, layout int) {
	n := c.Format.LRECL
	switch {
	case size > 0 && size%int64(n) == 0:
		c.Score += 10
		c.Evidence = append(c.Evidence, fmt.Sprintf("the file is %d records of %d bytes long", size/int64(n), n))
	case size > 0:
		c.Score -= 15
		c.Evidence = append(c.Evidence, fmt.Sprintf("but the file's %d bytes are not a multiple of it", size))
	}
	if layout > 0 && n == layout {
		c.Score += 9
		c.Evidence = append(c.Evidence, "the copybook's record has the same length")
	}
	c.Score = max(1, min(c.Score, 99))
}
