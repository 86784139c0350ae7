package statement

import (
	"bytes"
	"fmt"

	"golang.org/x/text/encoding/charmap"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// MaxEntries is the largest number of entries on one daily statement (PF).
const MaxEntries = 2_000

// MaxFees is the largest number of fee class codes on one daily statement: five
// QE records of five (PF).
const MaxFees = 25

// maxParts bounds the parts of one key: three digits.
const maxParts = 999

// Builder turns the entries of a print date, in order, into statements. It
// holds one statement at a time.
type Builder struct {
	print     reference.Date
	tables    *reference.Tables
	emit      func(*Statement) error
	key       []byte
	last      entry.Number
	statement Statement
	sequence  int
	open      bool
}

// NewBuilder gives a builder for a print date. emit gets each statement when it
// is complete; it is valid during the call only, since its memory is used again.
func NewBuilder(tables *reference.Tables, print reference.Date, emit func(*Statement) error) *Builder {
	return &Builder{print: print, tables: tables, emit: emit}
}

// Add puts an entry on its statement. Entries come in the order of their keys
// and, within a key, of their numbers in code page 037 (CompareEBCDIC); out of
// order or twice is an error. An error leaves the builder of no use.
func (b *Builder) Add(d *EntryDue) error {
	if len(d.Key) != KeyLength {
		return fmt.Errorf("adding entry %s to a statement: its key has %d bytes, not %d; entries of payment type 1 are on no statement", d.Entry, len(d.Key), KeyLength)
	}
	order := bytes.Compare(b.key, d.Key)
	if b.open && (order > 0 || order == 0 && CompareEBCDIC(b.last, d.Entry) >= 0) {
		return fmt.Errorf("adding entry %s to a statement: it does not follow entry %s in the order of key and number", d.Entry, b.last)
	}
	switch {
	case !b.open || order != 0:
		if err := b.next(d.Key, 1); err != nil {
			return err
		}
	case len(b.statement.Entries) == MaxEntries:
		if err := b.next(d.Key, b.statement.Part+1); err != nil {
			return err
		}
	}
	b.last = d.Entry
	b.statement.Entries = append(b.statement.Entries, d.Entry)
	return b.sum(d)
}

// Close emits the last statement.
func (b *Builder) Close() error { return b.flush() }

// next emits the statement at hand and begins one for the key.
func (b *Builder) next(key []byte, part int) error {
	if err := b.flush(); err != nil {
		return err
	}
	if len(b.key) != len(key) || !bytes.Equal(b.key[:2], key[:2]) {
		b.sequence = 0 // numbers run within a district, the port's first two digits
	}
	b.key = append(b.key[:0], key...)
	b.sequence++
	s := &b.statement
	*s = Statement{FeeList: s.FeeList[:0], Entries: s.Entries[:0], Deferrals: s.Deferrals[:0], Part: part, PrintDate: b.print}
	s.ProcessingPort = decode(key[:4])
	s.PaymentType = '0' | key[4]&0x0F
	s.Filer = decode(key[5:8])
	s.Importer = decode(key[8:20])
	s.Branch = decode(key[20:22])
	if part > maxParts {
		return fmt.Errorf("opening statement part %d of port %s, filer %s: %d parts are possible", part, s.ProcessingPort, s.Filer, maxParts)
	}
	var err error
	if s.Number, err = Number(decode(key[:2]), b.print, b.sequence); err != nil {
		return err
	}
	b.open = true
	return nil
}

// flush emits the statement at hand, if there is one.
func (b *Builder) flush() error {
	if !b.open {
		return nil
	}
	b.open = false
	if err := b.emit(&b.statement); err != nil {
		return fmt.Errorf("emitting statement %s: %w", b.statement.Number, err)
	}
	return nil
}

// sum adds an entry's due amounts. An entry with nothing due counts as
// non-revenue (PF, Q4 record).
func (b *Builder) sum(d *EntryDue) error {
	s := &b.statement
	var due money.Cents
	for _, a := range d.Amounts {
		code, err := b.tables.Class(a.Class, b.print)
		if err != nil {
			return fmt.Errorf("adding entry %s to statement %s: %w", d.Entry, s.Number, err)
		}
		switch kind := code.Kind; {
		case kind == reference.KindAntidumping:
			s.AD += a.Amount
		case kind == reference.KindCountervailing:
			s.CVD += a.Amount
		case kind == reference.KindTax:
			s.Tax += a.Amount
		case kind == reference.KindFee:
			s.Fees += a.Amount
			if s.addFee(a); len(s.FeeList) > MaxFees {
				return fmt.Errorf("adding entry %s to statement %s: class %s would be fee %d, and %d are possible (PF, QE record)", d.Entry, s.Number, a.Class, len(s.FeeList), MaxFees)
			}
		case kind == reference.KindDuty, a.Class == reference.ClassCoffee:
			s.Duty += a.Amount // the coffee charge stands with duty (PF, Q1)
		default:
			return fmt.Errorf("adding entry %s to statement %s: class %s (%s) is not on daily statements", d.Entry, s.Number, a.Class, code.Kind)
		}
		due += a.Amount
	}
	s.Total += due
	if due > 0 {
		s.Revenue++
	} else {
		s.NonRevenue++
	}
	return b.addDeferred(d)
}

// addDeferred adds an entry's deferred taxes. Only internal revenue taxes can be
// deferred (19 CFR 24.4).
func (b *Builder) addDeferred(d *EntryDue) error {
	s := &b.statement
	for _, a := range d.Deferred {
		code, err := b.tables.Class(a.Class, b.print)
		if err != nil {
			return fmt.Errorf("adding entry %s to statement %s: %w", d.Entry, s.Number, err)
		}
		if code.Kind != reference.KindTax {
			return fmt.Errorf("adding entry %s to statement %s: class %s (%s) is deferred, which only an internal revenue tax can be", d.Entry, s.Number, a.Class, code.Kind)
		}
		s.Deferred += a.Amount
		s.Deferrals = append(s.Deferrals, Deferral{Entry: d.Entry, Class: a.Class, Amount: a.Amount})
	}
	return nil
}

// addFee adds an amount to the fee list, which ascends by class code.
func (s *Statement) addFee(a ClassAmount) {
	at := 0
	for at < len(s.FeeList) && s.FeeList[at].Class < a.Class {
		at++
	}
	if at == len(s.FeeList) || s.FeeList[at].Class != a.Class {
		s.FeeList = append(s.FeeList, ClassAmount{})
		copy(s.FeeList[at+1:], s.FeeList[at:])
		s.FeeList[at] = ClassAmount{Class: a.Class}
	}
	s.FeeList[at].Amount += a.Amount
}

// decode gives the text of key bytes.
func decode(b []byte) string {
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = charmap.CodePage037.DecodeByte(c)
	}
	return string(runes)
}
