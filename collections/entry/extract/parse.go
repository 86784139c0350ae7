package extract

import (
	"bytes"
	"fmt"
	"strings"

	"tidewaiter/collections/entry"
	"tidewaiter/copybooks"
)

// parse fills a Summary from the records of one entry and checks that they
// belong together. The methods for a record report false when they refused it;
// bad then says why.
type parse struct {
	r   *Reader
	s   *entry.Summary
	bad *EntryError

	number   []byte // the header's entry number as it stands in the file
	lines    int64  // as the header counts
	value    int64  // as the header sums
	read     int64  // values summed so far
	tariffs  int64
	keep     [16]byte
	sequence int64 // of the last tariff in its line

	// extended and lineExtended: the entry's, the line's extension was read.
	extended, lineExtended bool
	missing                *EntryError // the header has no entry date; nil once another date stands in
}

func (p *parse) begin(r *Reader, s *entry.Summary) {
	*p = parse{r: r, s: s}
	s.Reset()
	s.Source = entry.Source{File: r.file, Record: r.data.Record(), Offset: r.data.Offset()}
}

func (p *parse) header() bool {
	f := &p.r.schema.header
	if !p.length(f.Codec) {
		return false
	}
	p.number = p.keep[:copy(p.keep[:], p.r.rec[f.offset:f.offset+f.length])]
	s := p.s
	s.Number = p.entryNumber(&f.number)
	s.Type, s.Mode = p.code(f.entryType, 0), p.code(f.mode, 0)
	s.Port, s.ProcessingPort = p.code(f.port, 0), p.code(f.processingPort, 0)
	s.UnladingPort = p.code(f.unladingPort, 0)
	s.Importer = p.text(f.importer, 0)
	s.EntryDate, s.ImportDate = p.date(f.entryDate), p.date(f.importDate)
	s.InBondDate, s.PrintDate = p.date(f.inBondDate), p.date(f.printDate)
	s.PaymentType = p.oneOf(f.payment, 0, "1235678")
	s.ClientBranch, s.BrokerReference = p.code(f.branch, 0), p.text(f.reference, 0)
	s.Surety = p.code(f.surety, 0)
	p.lines, p.value = p.count(f.lineCount), p.count(f.totalValue)
	p.checkDigit(&f.number)
	if p.bad == nil && s.EntryDate == 0 {
		p.refuseField(f.entryDate, 0, "the entry date is missing", "an entry date is ccyymmdd; without one an extension (11) gives the estimated, release or received date")
		p.missing, p.bad = p.bad, nil // the extension may still make it good
	}
	if p.bad == nil && s.Type == "" {
		p.refuseField(f.entryType, 0, "the entry type is missing", "")
	}
	return p.bad == nil
}

func (p *parse) line() bool {
	f := &p.r.schema.line
	if !p.sameEntry(&f.number) || !p.lineHasTariff() || !p.length(f.Codec) {
		return false
	}
	l := p.s.ExtendLine()
	l.Number = int(p.count(f.line))
	l.Origin, l.SPI = p.code(f.origin, 0), p.code(f.spi, 0)
	l.Set, l.FTZStatus = p.oneOf(f.set, 0, " XV"), p.oneOf(f.zoneStatus, 0, " PND")
	l.PrivilegedDate = p.date(f.privilegedDate)
	l.GrossWeight, l.Charges = p.count(f.weight), p.count(f.charges)
	cases := int(p.count(f.caseCount))
	for i := 0; i < cases && p.bad == nil; i++ {
		l.Cases = append(l.Cases, entry.Case{Number: p.text(f.caseNumber, i),
			Claim: p.oneOf(f.claim, i, "BC"), RateType: p.oneOf(f.rateType, i, "AS"),
			Rate: p.countAt(f.caseRate, i), Value: p.countAt(f.caseValue, i), Quantity: p.countAt(f.caseQuantity, i)})
	}
	if n := len(p.s.Lines); p.bad == nil && n > 1 && l.Number <= p.s.Lines[n-2].Number || p.bad == nil && l.Number == 0 {
		p.refuseField(f.line, 0, "line numbers do not ascend", "each line number is above the one before it")
	}
	p.sequence, p.lineExtended = 0, false
	return p.bad == nil
}

func (p *parse) tariff() bool {
	f := &p.r.schema.tariff
	if !p.sameEntry(&f.number) {
		return false
	}
	if len(p.s.Lines) == 0 {
		p.refuse("", nil, "a tariff record stands before the first line", "records of type 50 follow their line's record of type 40")
		return false
	}
	if !p.length(f.Codec) {
		return false
	}
	l := &p.s.Lines[len(p.s.Lines)-1]
	t := l.ExtendTariff()
	t.HTS, t.Value = p.code(f.hts, 0), p.count(f.value)
	quantities := int(p.count(f.quantityCount))
	for i := 0; i < quantities && p.bad == nil; i++ {
		t.Quantities = append(t.Quantities, entry.Quantity{Amount: p.countAt(f.quantity, i), Unit: p.code(f.unit, i)})
	}
	p.sequence++
	p.tariffs++
	p.read += t.Value
	if p.bad == nil && p.count(f.line) != int64(l.Number) {
		p.refuseField(f.line, 0, fmt.Sprintf("the tariff record belongs to another line than %d, which it follows", l.Number), "")
	}
	if p.bad == nil && p.count(f.sequence) != p.sequence {
		p.refuseField(f.sequence, 0, fmt.Sprintf("tariff sequence is not %d, the next of its line", p.sequence), "a tariff record may be missing")
	}
	return p.bad == nil
}

func (p *parse) trailer() bool {
	f := &p.r.schema.trailer
	if !p.sameEntry(&f.number) || !p.lineHasTariff() || !p.length(f.Codec) {
		return false
	}
	if len(p.s.Lines) == 0 {
		p.refuse("", nil, "the entry has no line", "")
		return false
	}
	const hint = "records may be missing or doubled"
	lines := int64(len(p.s.Lines))
	p.agree(f.lineCount, p.count(f.lineCount), lines, "lines", hint)
	p.agree(f.tariffCount, p.count(f.tariffCount), p.tariffs, "tariff records", hint)
	p.agree(f.totalValue, p.count(f.totalValue), p.read, "dollars of entered value", hint)
	const atHeader = "the trailer agrees with the records; the header does not"
	header := &p.r.schema.header
	if p.bad == nil && p.lines != lines {
		p.refuse(header.lineCount.Name(), nil, fmt.Sprintf("the header counts %d lines, the entry has %d", p.lines, lines), atHeader)
	}
	if p.bad == nil && p.value != p.read {
		p.refuse(header.totalValue.Name(), nil, fmt.Sprintf("the header sums %d dollars of entered value, the records %d", p.value, p.read), atHeader)
	}
	return p.bad == nil
}

// agree checks one of the trailer's counters against what was read.
func (p *parse) agree(f copybooks.Field, counted, read int64, of, hint string) {
	if p.bad == nil && counted != read {
		p.refuseField(f, 0, fmt.Sprintf("the trailer counts %d %s, the entry has %d", counted, of, read), hint)
	}
}

// lineHasTariff refuses a line without a tariff record.
func (p *parse) lineHasTariff() bool {
	if len(p.s.Lines) > 0 && p.sequence == 0 {
		p.refuse("", nil, fmt.Sprintf("line %d has no tariff record", p.s.Lines[len(p.s.Lines)-1].Number),
			"each record of type 40 is followed by its records of type 50")
		return false
	}
	return true
}

// sameEntry checks that a record carries the header's entry number.
func (p *parse) sameEntry(n *number) bool {
	rec := p.r.rec
	if len(rec) < n.offset+n.length {
		p.refuse("", nil, fmt.Sprintf("a record of %d bytes is too short for an entry number", len(rec)), "")
		return false
	}
	if raw := rec[n.offset : n.offset+n.length]; !bytes.Equal(raw, p.number) {
		p.refuse(strings.TrimSuffix(n.filer.Name(), "FILER-CODE")+"ENTRY-NUMBER", raw,
			"the record belongs to another entry than its header", "records may be missing between the two")
		p.bad.Offset += int64(rdwLength + n.offset)
		return false
	}
	return true
}

// length checks that the record is as long as its layout and counters say.
func (p *parse) length(c *copybooks.Codec) bool {
	want, err := c.Length(p.r.rec)
	if err != nil {
		p.fail(err)
		return false
	}
	if want != len(p.r.rec) {
		p.refuse("", nil, fmt.Sprintf("the record is %d bytes long, its layout and counters say %d", len(p.r.rec), want),
			"a counter or the RDW is wrong")
		return false
	}
	return true
}
