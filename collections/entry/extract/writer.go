package extract

import (
	"errors"
	"fmt"
	"io"

	"tidewaiter/collections/entry"
	"tidewaiter/copybooks"
	"tidewaiter/copybooks/dataset"
)

// Writer writes entries as an extract. Call Flush at the end.
type Writer struct {
	data   *dataset.Writer
	schema *schema
	blank  [6][]byte // one empty record per type
	rec    []byte
	err    error // of the entry being written
	number encoded

	factors factors
}

// NewWriter returns a writer of an extract to w.
func NewWriter(w io.Writer) (*Writer, error) {
	s, err := compiled()
	if err != nil {
		return nil, err
	}
	format, err := Format()
	if err != nil {
		return nil, err
	}
	data, err := dataset.NewWriter(w, format)
	if err != nil {
		return nil, err
	}
	out := &Writer{data: data, schema: s}
	for i, t := range [...]struct {
		codec *copybooks.Codec
		field copybooks.Field
		code  string
	}{
		{s.header.Codec, s.header.recordType, "10"}, {s.line.Codec, s.line.recordType, "40"},
		{s.tariff.Codec, s.tariff.recordType, "50"}, {s.trailer.Codec, s.trailer.recordType, "90"},
		{s.headerExtension.Codec, s.headerExtension.recordType, "11"}, {s.lineExtension.Codec, s.lineExtension.recordType, "41"},
	} {
		out.blank[i] = t.codec.Blank(nil)
		if err := t.field.PutText(out.blank[i], 0, t.code); err != nil {
			return nil, fmt.Errorf("preparing record type %s: %w", t.code, err)
		}
	}
	return out, nil
}

// Flush writes what is buffered.
func (w *Writer) Flush() error { return w.data.Flush() }

// Write writes one entry: its header, lines, tariff records and trailer. A
// value that a field cannot hold is an error that names the field; what was
// written of the entry before it stands, so that the output is then unusable.
func (w *Writer) Write(s *entry.Summary) error {
	w.err = nil
	tariffs, value := sums(s)
	w.header(s, value)
	w.headerExtension(s)
	for i := range s.Lines {
		l := &s.Lines[i]
		w.line(l)
		w.lineExtension(l)
		for j := range l.Tariffs {
			w.tariff(l, j)
		}
	}
	w.trailer(s, tariffs, value)
	if w.err != nil {
		return fmt.Errorf("writing entry %s: %w", s.Number, w.err)
	}
	return nil
}

// sums counts the tariff records of an entry and sums their values.
func sums(s *entry.Summary) (tariffs, value int64) {
	for i := range s.Lines {
		for j := range s.Lines[i].Tariffs {
			tariffs++
			value += s.Lines[i].Tariffs[j].Value
		}
	}
	return tariffs, value
}

func (w *Writer) header(s *entry.Summary, value int64) {
	f := &w.schema.header
	w.begin(0)
	w.encodeNumber(&f.number, s)
	w.text(f.entryType, 0, s.Type)
	w.text(f.mode, 0, s.Mode)
	w.text(f.port, 0, s.Port)
	w.text(f.processingPort, 0, s.ProcessingPort)
	w.text(f.unladingPort, 0, s.UnladingPort)
	w.text(f.importer, 0, s.Importer)
	w.int(f.entryDate, 0, int64(s.EntryDate))
	w.int(f.importDate, 0, int64(s.ImportDate))
	w.int(f.inBondDate, 0, int64(s.InBondDate))
	w.int(f.printDate, 0, int64(s.PrintDate))
	w.char(f.payment, 0, s.PaymentType)
	w.text(f.branch, 0, s.ClientBranch)
	w.text(f.reference, 0, s.BrokerReference)
	w.text(f.surety, 0, s.Surety)
	w.int(f.lineCount, 0, int64(len(s.Lines)))
	w.int(f.totalValue, 0, value)
	w.record(f.Codec)
}

func (w *Writer) line(l *entry.Line) {
	f := &w.schema.line
	w.begin(1)
	w.copyNumber(&f.number)
	w.int(f.line, 0, int64(l.Number))
	w.text(f.origin, 0, l.Origin)
	w.text(f.spi, 0, l.SPI)
	w.char(f.set, 0, l.Set)
	w.char(f.zoneStatus, 0, l.FTZStatus)
	w.int(f.privilegedDate, 0, int64(l.PrivilegedDate))
	w.int(f.weight, 0, l.GrossWeight)
	w.int(f.charges, 0, l.Charges)
	w.int(f.caseCount, 0, int64(len(l.Cases)))
	if w.fits(f.caseNumber, len(l.Cases)) {
		for i := range l.Cases {
			c := &l.Cases[i]
			w.text(f.caseNumber, i, c.Number)
			w.char(f.claim, i, c.Claim)
			w.char(f.rateType, i, c.RateType)
			w.int(f.caseRate, i, c.Rate)
			w.int(f.caseValue, i, c.Value)
			w.int(f.caseQuantity, i, c.Quantity)
		}
	}
	w.record(f.Codec)
}

func (w *Writer) tariff(l *entry.Line, j int) {
	f := &w.schema.tariff
	t := &l.Tariffs[j]
	w.begin(2)
	w.copyNumber(&f.number)
	w.int(f.line, 0, int64(l.Number))
	w.int(f.sequence, 0, int64(j+1))
	w.text(f.hts, 0, t.HTS)
	w.int(f.value, 0, t.Value)
	w.int(f.quantityCount, 0, int64(len(t.Quantities)))
	if w.fits(f.quantity, len(t.Quantities)) {
		for i := range t.Quantities {
			w.int(f.quantity, i, t.Quantities[i].Amount)
			w.text(f.unit, i, t.Quantities[i].Unit)
		}
	}
	w.record(f.Codec)
}

func (w *Writer) trailer(s *entry.Summary, tariffs, value int64) {
	f := &w.schema.trailer
	w.begin(3)
	w.copyNumber(&f.number)
	w.int(f.lineCount, 0, int64(len(s.Lines)))
	w.int(f.tariffCount, 0, tariffs)
	w.int(f.totalValue, 0, value)
	w.record(f.Codec)
}

// begin starts a record of a type from an empty one.
func (w *Writer) begin(t int) { w.rec = append(w.rec[:0], w.blank[t]...) }

// record writes the record as long as its counters say.
func (w *Writer) record(c *copybooks.Codec) {
	if w.err != nil {
		return
	}
	n, err := c.Length(w.rec)
	if err != nil {
		w.err = err
		return
	}
	w.err = w.data.Write(w.rec[:n])
}

func (w *Writer) int(f copybooks.Field, i int, v int64) {
	if w.err == nil {
		w.err = f.PutInt(w.rec, i, v)
	}
}

func (w *Writer) text(f copybooks.Field, i int, s string) {
	if w.err == nil {
		w.err = f.PutText(w.rec, i, s)
	}
}

func (w *Writer) char(f copybooks.Field, i int, c byte) {
	w.text(f, i, characters[c:int(c)+1])
}

// characters holds every ASCII character, so that one of them is a string
// without an allocation.
const characters = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f" +
	" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\x7f"

// fits checks the number of occurrences before they are written.
func (w *Writer) fits(f copybooks.Field, n int) bool {
	if w.err == nil && n > f.Occurs() {
		w.err = fmt.Errorf("%s occurs %d times, the record holds %d", f.Name(), n, f.Occurs())
	}
	return w.err == nil
}

// encoded is the entry number as it stands in every record of the entry.
type encoded struct {
	bytes [16]byte
	n     int
}

var errNumber = errors.New("not an entry number: three characters, seven digits and their check digit")

// encodeNumber writes the entry number into the header and keeps its bytes for
// the records that follow.
func (w *Writer) encodeNumber(f *number, s *entry.Summary) {
	n := s.Number
	if w.err != nil {
		return
	}
	if !w.factors.check(n, s.EntryDate) {
		w.err = errNumber
		return
	}
	serial := int64(0)
	for _, c := range []byte(n[3:10]) {
		serial = serial*10 + int64(c-'0')
	}
	w.text(f.filer, 0, string(n[:3]))
	w.int(f.serial, 0, serial)
	w.int(f.check, 0, int64(n[10]-'0'))
	w.number.n = copy(w.number.bytes[:], w.rec[f.offset:f.offset+f.length])
}

func (w *Writer) copyNumber(f *number) {
	copy(w.rec[f.offset:f.offset+f.length], w.number.bytes[:w.number.n])
}
