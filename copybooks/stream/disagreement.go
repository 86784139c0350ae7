package stream

import (
	"fmt"

	"tidewaiter/copybooks"
	"tidewaiter/ebcdic"
)

// Disagreement counts the records that are longer, or shorter, than their layout
// says. It means that the copybook is not the file's, or the LRECL is not.
type Disagreement struct {
	Layout *copybooks.Layout
	Longer bool
	Count  int64
	Record int64 // the first such record
	Offset int64
	Length int // its bytes
}

// String says how many records disagree, and where the first is.
func (d *Disagreement) String() string {
	than, least, most := "shorter", d.Layout.MinLength, d.Layout.MaxLength
	if d.Longer {
		than = "longer"
	}
	has := fmt.Sprintf("%d bytes", most)
	if least != most {
		has = fmt.Sprintf("%d to %d bytes, as its counters say", least, most)
	}
	records := "1 record is"
	if d.Count > 1 {
		records = fmt.Sprintf("%d records are", d.Count)
	}
	return fmt.Sprintf("%s %s than %s, which has %s: the first is record %d at byte %d with %d bytes", records, than, d.Layout.Name, has, d.Record, d.Offset, d.Length)
}

// Disagreements are those of a dataset, in the order of their first records.
type Disagreements []Disagreement

// Note counts a record of the layout with the errors that AppendJSON gave.
func (d *Disagreements) Note(l *copybooks.Layout, record, offset int64, length int, errs []copybooks.FieldError) {
	for i := range errs {
		if fault := errs[i].Fault; fault == ebcdic.TooLong || fault == ebcdic.Short {
			d.add(Disagreement{l, fault == ebcdic.TooLong, 1, record, offset, length})
			return
		}
	}
}

// Compare counts a record whose length is not the one its counters give.
func (d *Disagreements) Compare(c *copybooks.Codec, record, offset int64, rec []byte) {
	if n, err := c.Length(rec); err == nil && n != len(rec) {
		d.add(Disagreement{c.Layout(), n < len(rec), 1, record, offset, len(rec)})
	}
}

func (d *Disagreements) add(more Disagreement) {
	for i := range *d {
		if one := &(*d)[i]; one.Layout == more.Layout && one.Longer == more.Longer {
			one.Count += more.Count
			return
		}
	}
	*d = append(*d, more)
}
