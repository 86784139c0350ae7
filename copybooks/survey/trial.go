package survey

import (
	"fmt"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// Trial is how the numeric fields of a copybook fare in records that were cut
// and read in a way that may be wrong.
type Trial struct {
	Records int
	Numbers int // values of numeric fields
	Faults  int // of them hold no number
	Misfits int // records that are not as long as their layout
	// Packed and PackedFaults count those of fields in which a conversion of
	// characters makes rubbish: packed, which have no byte to spare for it.
	Packed, PackedFaults int

	scratch []byte
}

// Add tries a record.
func (t *Trial) Add(c *copybooks.Codec, rec []byte) {
	t.Records++
	if n, err := c.Length(rec); err == nil && n != len(rec) {
		t.Misfits++
	}
	for _, f := range c.Fields() {
		if !f.Numeric() || f.Item().Slack || f.Name() == "FILLER" {
			continue
		}
		packed := f.Item().Usage == copybooks.Packed
		for i := range f.Occurs() {
			if _, err := f.Raw(rec, i); err != nil {
				if f.Occurs() == 1 {
					t.count(packed, false) // the record is too short for it
				}
				break
			}
			text, err := f.Append(t.scratch[:0], rec, i)
			t.scratch = text
			t.count(packed, err == nil)
		}
	}
}

func (t *Trial) count(packed, good bool) {
	t.Numbers++
	if packed {
		t.Packed++
	}
	if good {
		return
	}
	t.Faults++
	if packed {
		t.PackedFaults++
	}
}

// AppendTexts appends the bytes of the text fields of rec, each after a blank of
// the codec's code page. Fields with a page of their own are left out.
func AppendTexts(dst []byte, c *copybooks.Codec, rec []byte) []byte {
	for _, f := range c.Fields() {
		if f.Numeric() || f.Item().Slack || f.Item().Usage != copybooks.Display || f.CodePage() != c.CodePage() {
			continue
		}
		for i := range f.Occurs() {
			raw, err := f.Raw(rec, i)
			if err != nil {
				break // the occurrences behind the counter are not in the record
			}
			dst = append(append(dst, c.CodePage().Space()), raw...)
		}
	}
	return dst
}

// Good is how many percent of the numbers and of the records' lengths are right,
// 0 when there are no numbers.
func (t *Trial) Good() int {
	if t.Numbers == 0 {
		return 0
	}
	return 100 * (t.Numbers - t.Faults + t.Records - t.Misfits) / (t.Numbers + t.Records)
}

// Weight is what the trial adds to the score of what was tried: nothing when
// there was nothing to try.
func (t *Trial) Weight() int {
	if t.Numbers == 0 {
		return 0
	}
	return max(-50, (t.Good()-80)/2)
}

// String gives the evidence: "by the copybook 480 of 500 numeric fields in 100
// records hold a number".
func (t *Trial) String() string {
	s := fmt.Sprintf("by the copybook %d of %d numeric fields in %d records hold a number", t.Numbers-t.Faults, t.Numbers, t.Records)
	if t.Misfits > 0 {
		s += fmt.Sprintf(", but %d records are not as long as their layout", t.Misfits)
	}
	return s
}

// Destroyed reports whether numbers in characters are good and packed ones are
// not: a file that was converted as if all of it were text.
func (t *Trial) Destroyed() bool {
	zoned := t.Numbers - t.Packed
	return t.Packed >= 10 && 10*t.PackedFaults >= 3*t.Packed && zoned > 0 && 10*(t.Faults-t.PackedFaults) <= zoned
}

// Unconverted translates a file of Latin-1 back to cp037, the most usual
// conversion of a transfer in text mode.
func Unconverted(sample []byte) []byte {
	out := make([]byte, len(sample))
	for i, b := range sample {
		host, ok := ebcdic.CP037.Byte(ebcdic.Latin1.Rune(b))
		if !ok {
			host = 0x6F // the question mark
		}
		out[i] = host
	}
	return out
}
