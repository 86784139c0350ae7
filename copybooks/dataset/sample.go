package dataset

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// Sample is a stretch of a file.
type Sample struct {
	Offset int64
	Bytes  []byte
}

// FurtherBytes is how much of the middle and of the end of a file
// RecogniseSamples makes good use of.
const FurtherBytes = 128 << 10

// RecogniseSamples is Recognise with samples of the rest of a file, which back a
// candidate or take from it. The first sample is the start of the file.
func RecogniseSamples(samples []Sample, size int64, layout int) []Candidate {
	start := samples[0].Bytes
	found := Recognise(start, size, layout)
	if len(found) == 0 || !found[0].Format.described() || found[0].Score < sureScore {
		found = append(found, recogniseBehind(start, int64(len(start)) == size)...)
	}
	for i := range found {
		for _, s := range samples[1:] {
			found[i].confirm(s, size)
		}
	}
	slices.SortStableFunc(found, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return found
}

const (
	mostHeader    = 4096 // bytes before the first descriptor word
	headedRecords = 8    // in a row that make up for not starting at the start
)

// recogniseBehind looks for descriptor words that begin behind a header.
func recogniseBehind(sample []byte, whole bool) (found []Candidate) {
	for at := 1; at <= min(mostHeader, len(sample)-rdwLength); at++ {
		for _, recfm := range []RECFM{VB, VBS} {
			for _, rdw := range wordForms {
				f := Format{RECFM: recfm, RDW: rdw}
				if recfm == VBS && rdw != (RDW{}) {
					continue
				}
				n := f.chain(sample[at:], whole, endless)
				if n < headedRecords {
					continue
				}
				c := f.chained(n, whole)
				c.Header = int64(at)
				c.Score = max(1, min(c.Score, 95)-3)
				c.Evidence = append(c.Evidence, fmt.Sprintf("they begin behind a header of %d bytes", at))
				found = append(found, c)
			}
		}
		if len(found) > 0 {
			return found // a chain goes on from each of its records
		}
	}
	return nil
}

// confirm weighs a sample from further on in the file.
func (c *Candidate) confirm(s Sample, size int64) {
	where := fmt.Sprintf("at byte %d", s.Offset)
	ends := s.Offset+int64(len(s.Bytes)) == size
	if ends {
		where = "up to the end of the file"
	}
	switch {
	case c.Format.described():
		c.confirmWords(s.Bytes, ends, where)
	case c.Format.fixed():
		c.confirmPeriod(s, where)
	case c.Format.RECFM == Text && !bytes.Contains(s.Bytes, []byte(c.Format.delimiter())):
		c.doubt(30, "but no line ends "+where)
	}
}

func (c *Candidate) confirmWords(b []byte, ends bool, where string) {
	if ends {
		// The last records prove more than some records that come to nothing.
		for at := max(0, len(b)-4*maxLRECL); at < len(b); at++ {
			if c.Format.chain(b[at:], true, endless) >= resyncRecords {
				c.back(2, "descriptor words lead on "+where)
				return
			}
		}
		c.doubt(15, "but they do not lead "+where+": it may be cut off or have a trailer")
		return
	}
	for at := range b {
		if c.Format.chain(b[at:], false, resyncRecords) > 0 {
			c.back(1, "descriptor words lead on "+where)
			return
		}
	}
	c.doubt(15, "but no descriptor words lead on "+where)
}

// confirmPeriod compares how well the record length repeats with how well its
// neighbours do.
func (c *Candidate) confirmPeriod(s Sample, where string) {
	n := c.Format.LRECL
	if len(s.Bytes) < fewestFixed*n {
		return
	}
	at := edges(s.Bytes, len(s.Bytes)-n-1)
	if len(at) < 2 {
		return
	}
	share := repeats(s.Bytes, at, n)
	usual := (repeats(s.Bytes, at, n-1) + repeats(s.Bytes, at, n+1)) / 2
	switch {
	case share > usual+5:
		c.back(1, fmt.Sprintf("the pattern repeats %s too: %d%%", where, share))
	case share < usual:
		c.doubt(10, fmt.Sprintf("but the pattern does not repeat %s: %d%%, usual %d%%", where, share, usual))
	}
}

func (c *Candidate) back(by int, evidence string) {
	c.Score = min(100, c.Score+by)
	c.Evidence = append(c.Evidence, evidence)
}

func (c *Candidate) doubt(by int, evidence string) {
	c.Score = max(1, c.Score-by)
	c.Evidence = append(c.Evidence, evidence)
}
