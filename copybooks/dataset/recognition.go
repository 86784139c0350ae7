package dataset

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// Candidate is a format that a file may have.
type Candidate struct {
	Format   Format
	Header   int64 // bytes before the first record
	Score    int   // 0 to 100; how sure the evidence makes it
	Evidence []string
}

// SampleBytes is how much of a file Recognise makes good use of.
const SampleBytes = 256 << 10

// Recognise finds the formats that sample, the start of a file, may have: the
// likeliest first. size is the file's length, 0 when unknown; layout the length
// of its records by a copybook, 0 when unknown.
func Recognise(sample []byte, size int64, layout int) []Candidate {
	whole := int64(len(sample)) == size
	found := recogniseDescribed(sample, whole)
	found = append(found, recogniseText(sample)...)
	found = append(found, recogniseFixed(sample, size, layout)...)
	for i := range found {
		found[i].Format.LayoutLength = layout
	}
	slices.SortStableFunc(found, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return found
}

// wordForms are the forms of descriptor words that are tried, the likeliest
// first.
var wordForms = []RDW{
	{}, {LittleEndian: true}, {LittleEndian: true, ExcludesSelf: true}, {ExcludesSelf: true},
	{Last: true}, {Last: true, ExcludesSelf: true}, {Last: true, LittleEndian: true}, {Last: true, LittleEndian: true, ExcludesSelf: true},
}

// recogniseDescribed tries every form of descriptor word.
func recogniseDescribed(sample []byte, whole bool) (found []Candidate) {
	var forms []Format
	for _, recfm := range []RECFM{VB, VBS, D} {
		for _, bdw := range []bool{false, true} {
			for _, rdw := range wordForms {
				if f := (Format{RECFM: recfm, BDW: bdw, RDW: rdw}); (recfm != D || rdw == RDW{}) && f.check() == nil {
					forms = append(forms, f)
				}
			}
		}
	}
	for _, f := range forms {
		n := f.chain(sample, whole, endless)
		if n == 0 || f.RECFM == VBS && slices.ContainsFunc(found, func(c Candidate) bool {
			return c.Format.BDW == f.BDW && c.Format.RDW == f.RDW // no record spans segments: it is VB
		}) {
			continue
		}
		found = append(found, f.chained(n, whole))
	}
	for i := range found {
		f := found[i].Format
		f.BDW = true
		if !found[i].Format.BDW && slices.ContainsFunc(found, func(c Candidate) bool { return c.Format.BDW && c.Format.RDW == f.RDW }) {
			found[i].Score -= 20
			found[i].Evidence = append(found[i].Evidence, "but each record would itself hold descriptor words: they are blocks")
		}
	}
	return found
}

// chained is the candidate of a format that cut a sample without an error.
func (f *Format) chained(n int, whole bool) Candidate {
	words := "descriptor words"
	switch {
	case f.RECFM == D:
		words = "lengths in four decimal characters"
	case f.RDW.LittleEndian:
		words = "little-endian descriptor words"
	}
	if f.RDW.Last {
		words += " with the length in the last two bytes"
	}
	if f.RDW.ExcludesSelf {
		words += " that do not count themselves"
	}
	c := Candidate{Format: *f, Score: min(99, 80+n)}
	if whole {
		n /= 2 // chain counts them double
		c.Score = min(100, 85+5*n)
		c.Evidence = []string{fmt.Sprintf("%s lead through %d records exactly to the end of the file", words, n)}
	} else {
		c.Evidence = []string{fmt.Sprintf("%s lead from record to record %d times", words, n)}
	}
	if f.BDW {
		c.Evidence = append(c.Evidence, "block descriptor words agree with the records between them")
	}
	if f.RDW != (RDW{}) {
		c.Score -= 2 // z/OS's own form is the likelier of two that fit
	}
	return c
}

// recogniseText looks for lines of characters.
func recogniseText(sample []byte) (found []Candidate) {
	for _, d := range []struct {
		bytes, name string
		text        func(byte) bool
		least       int // percent of text; most values of a byte are EBCDIC text, so few others may stand there
	}{
		{"\r\n", "CR LF", asciiText, 90}, {"\n", "LF", asciiText, 90}, {"\x15", "X'15' (new line)", ebcdicText, 100}, {"\x25", "X'25' (line feed)", ebcdicText, 100},
	} {
		lines := bytes.Count(sample, []byte(d.bytes))
		if lines == 0 || d.bytes == lineFeed && bytes.Count(sample, []byte("\r\n")) == lines {
			continue
		}
		text := 0
		for _, b := range sample {
			if d.text(b) {
				text++
			}
		}
		share := 100 * (text + lines*len(d.bytes)) / len(sample)
		if share < d.least || lines < len(sample)/4096 {
			continue
		}
		found = append(found, Candidate{Format: Format{RECFM: Text, Delimiter: d.bytes}, Score: share - 5,
			Evidence: []string{fmt.Sprintf("%d lines end with %s", lines, d.name), fmt.Sprintf("%d%% of the bytes are text", share)}})
	}
	return found
}

func asciiText(b byte) bool { return b >= 0x20 && b < 0x7F || b == '\t' }

func ebcdicText(b byte) bool { return b >= 0x40 && b < 0xFF }
