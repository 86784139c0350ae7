package assess

import (
	"errors"
	"fmt"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// maxCharge bounds one charge: eleven digits with two decimals, as in the totals
// of an entry summary (89 and 90 records) and in COLREC.
const maxCharge money.Cents = 999_999_999_99

// Assessor assesses entry summaries by one set of tables and one method. It is
// immutable and safe for concurrent use; each goroutine needs its own
// Assessment.
type Assessor struct {
	tables *reference.Tables
	method Method
}

// New gives an assessor.
func New(t *reference.Tables, m Method) *Assessor {
	return &Assessor{tables: t, method: m}
}

// Method gives the method the assessor follows.
func (a *Assessor) Method() Method { return a.method }

// Assess computes what s owes into dst, without working. Once dst has grown to
// the size of the entries it sees, nothing is allocated. An entry that cannot
// be assessed is an *Error, and dst is then of no use.
func (a *Assessor) Assess(dst *Assessment, s *entry.Summary) error {
	return a.assess(dst, s, false)
}

// Explain is Assess with the working of each charge, valid until dst is used
// again.
func (a *Assessor) Explain(dst *Assessment, s *entry.Summary) error {
	return a.assess(dst, s, true)
}

// run is the assessment of one entry.
type run struct {
	tables  *reference.Tables
	method  *Method
	s       *entry.Summary
	dst     *Assessment
	scratch *scratch
	explain bool

	kind          *reference.EntryType
	mode          *reference.Mode
	port          *reference.Port      // of entry
	unlading      *reference.Port      // nil when the entry does not name it
	harborOwed    bool                 // of lines that are no set components
	origin, spi   string               // the country and the program last found in their tables
	exemption     *reference.Exemption // from 499, of that origin and program; nil when there is none
	exporter      string               // the last country of export that was found
	on            reference.Date       // what the codes of the entry mean is looked up on
	entryDutyDate reference.Date
	mpf, hmf      *reference.Fee // nil until a line needs them
	mpfDate       reference.Date
	hmfDate       reference.Date

	rows      [entry.MaxTariffs]*reference.Tariff // of the line at hand
	duties    [entry.MaxTariffs]money.Cents       // normal duty of its numbers, 0 of those of chapters 98 and 99
	special98 special98                           // of the line at hand

	harborDropped bool // 501 was computed and is not collected
	// taken is what the filer's figures have more than what is computed, of the
	// lines where Customs takes them unverified (conditions 626, 628; 631).
	taken struct{ duty, processing money.Cents }

	mpfSum    money.Cents
	mpfValue  int64 // entered value of the lines that owe 499
	mpfLines  int
	anyLiable bool // some line is not exempt from merchandise processing
	totals    slotSums
}

// values are the sums of a line's entered values, in whole dollars.
type values struct {
	all int64 // every tariff number
	// processing is what the merchandise processing fee is computed on: all, less
	// what stands on 9802.00.60 and 9802.00.80, the U.S. part of goods processed
	// or assembled abroad (19 USC 58c(b)(8)(D)).
	processing int64
}

func (a *Assessor) assess(dst *Assessment, s *entry.Summary, explain bool) error {
	dst.reset(s.Number)
	r := run{tables: a.tables, method: &a.method, s: s, dst: dst, scratch: &dst.scratch, explain: explain}
	if err := r.header(); err != nil {
		return err
	}
	if len(s.Invoices) > 0 {
		if err := r.enter(); err != nil {
			return err
		}
		s = r.s
	}
	before, cases := 0, 0
	for i := range s.Lines {
		line := &s.Lines[i]
		cases += len(line.Cases)
		if line.Number <= before || line.Number > entry.MaxLines {
			return r.refuse(line, ReasonStructure, "line", "", fmt.Errorf("line numbers ascend from 1 to %d, but this one follows %d", entry.MaxLines, before), "")
		}
		before = line.Number
		first := len(dst.Charges)
		if err := r.line(line); err != nil {
			return err
		}
		if s.Filed.Given {
			r.checkLine(line, dst.Charges[first:])
		}
	}
	if cases == 0 && r.kind.Deposits == reference.DepositsRequired {
		return under("706", r.refuse(nil, ReasonCase, "type", s.Type,
			errors.New("an entry of this type needs an antidumping or countervailing case, and no line has one"), "add the case, or file it under another type"))
	}
	if err := r.entryCharges(); err != nil {
		return err
	}
	r.excludeHarbor()
	r.dropHarborDeMinimis()
	r.sumTotals()
	if len(s.Lines) > entry.AcceptedLines {
		r.raise(nil, "A08", "") // Loop Exceeded-Line Items
	}
	if s.Filed.Given {
		r.checkSummary()
	}
	return nil
}

// header checks the header and finds what holds for all lines.
func (r *run) header() error {
	s := r.s
	if !s.Number.WellFormed() {
		return r.refuse(nil, ReasonStructure, "entry", string(s.Number), errors.New("not three characters of filer code and eight digits"), "")
	}
	if err := r.dates(); err != nil {
		return err
	}
	if len(s.Lines) == 0 {
		return r.refuse(nil, ReasonStructure, "lines", "", errors.New("the entry has no line"), "")
	}
	switch s.PaymentType {
	case '1', '2', '3', '5', '6', '7', '8':
	case 0, entry.None: // a correction carries no payment (condition 217)
		if s.Correction {
			break
		}
		fallthrough
	default:
		return r.refuse(nil, ReasonStructure, "payment_type", string(rune(s.PaymentType)), errors.New("not one of 1 2 3 5 6 7 8"), "")
	}
	var err error
	if r.kind, err = r.tables.EntryType(s.Type, r.on); err != nil {
		if covered(err) {
			return r.refuse(nil, ReasonStructure, "processing date", r.on.String(), err, "correct the dates of the entry")
		}
		return r.refuse(nil, ReasonStructure, "type", s.Type, err, "correct the entry type")
	}
	if !r.kind.Electronic {
		return r.refuse(nil, ReasonStructure, "type", s.Type,
			fmt.Errorf("%s: an entry of this type is not filed as an AE entry summary, and no charge is estimated on it", r.kind.Name), instead(s.Type))
	}
	if s.Express && s.Type != "11" {
		return r.refuse(nil, ReasonStructure, "express", s.Type, errors.New("a consolidated express summary is of entry type 11 (ACE CATAIR AE note jj)"), "correct type or indicator")
	}
	if r.mode, err = r.tables.Mode(s.Mode, r.on); err != nil {
		return r.refuse(nil, ReasonStructure, "mode", s.Mode, err, "")
	}
	if err := r.ports(); err != nil {
		return err
	}
	r.harborOwed = r.kind.Harbor && r.mode.Harbor && r.harborExempt() == nil
	return r.selectDutyDate()
}

// line computes the charges of one line, class codes ascending.
func (r *run) line(line *entry.Line) error {
	values, err := r.check(line)
	if err != nil {
		return err
	}
	if r.kind.Zone {
		r.checkZone(line)
	}
	if err := r.codes(line); err != nil {
		return err
	}
	component := line.Set == entry.SetComponent
	if !component {
		if err := r.duty(line, values); err != nil {
			return err
		}
	}
	if len(line.Cases) > 0 {
		if err := r.deposits(line, values); err != nil {
			return err
		}
	}
	if err := r.articles(line); err != nil {
		return err
	}
	if err := r.chargeArticles(line, slotSpirits, slotChristmasTree); err != nil {
		return err
	}
	exempt := r.processingExempt(line)
	r.anyLiable = r.anyLiable || !exempt
	if !exempt && r.kind.Processing == reference.ClassMPF {
		if err := r.processing(line, values); err != nil {
			return err
		}
	}
	if !component && r.harborOwed {
		if err := r.harbor(line, values); err != nil {
			return err
		}
	}
	return r.chargeArticles(line, slotCoffee, slotCoffee)
}

// check checks the form of a line and adds up its values.
func (r *run) check(line *entry.Line) (values, error) {
	var v values
	r.special98 = special98{}
	if len(line.Tariffs) == 0 || len(line.Tariffs) > entry.MaxTariffs {
		return v, r.refuse(line, ReasonStructure, "tariffs", "", fmt.Errorf("%d tariff numbers; 1 to %d are possible", len(line.Tariffs), entry.MaxTariffs), "")
	}
	switch line.Set {
	case entry.None, 0, entry.SetHeader, entry.SetComponent:
	default:
		return v, r.refuse(line, ReasonStructure, "set", string(rune(line.Set)), errors.New("not X, V or blank"), "")
	}
	switch line.FTZStatus {
	case entry.None, 0, entry.Privileged, entry.NonPrivileged, entry.Domestic:
	default:
		return v, r.refuse(line, ReasonStructure, "ftz_status", string(rune(line.FTZStatus)), errors.New("not P, N, D or blank"), "")
	}
	if line.PrivilegedDate != 0 && !line.PrivilegedDate.Valid() {
		return v, r.refuse(line, ReasonStructure, "privileged_date", line.PrivilegedDate.String(), errors.New("not a day of the calendar"), "")
	}
	for i := range line.Tariffs {
		t := &line.Tariffs[i]
		if t.Value == entry.FromInvoices {
			return v, r.refuse(line, ReasonStructure, "value", t.HTS, errors.New("it is left to the invoices, and none states it"), "add the invoice item, or the value")
		}
		if t.Value < 0 || t.Value > entry.MaxValue {
			return v, r.refuse(line, ReasonStructure, "value", "", fmt.Errorf("%d whole dollars; 0 to %d are possible", t.Value, entry.MaxValue), "")
		}
		for j := range t.Quantities {
			if t.Quantities[j].Amount == entry.FromInvoices {
				return v, r.refuse(line, ReasonStructure, "quantity", t.HTS, errors.New("it is left to the invoices, and none states it"), "add it to the invoice items, or the amount")
			}
			if q := t.Quantities[j].Amount; q < 0 || q > entry.MaxQuantity {
				return v, r.refuse(line, ReasonStructure, "quantity", "", fmt.Errorf("%d hundredths; 0 to %d are possible", q, entry.MaxQuantity), "")
			}
		}
		v.all += t.Value
		if special(t.HTS) && t.HTS[1] == '8' {
			if err := r.chapter98(line, i); err != nil {
				return v, err
			}
		}
	}
	v.processing = v.all - r.special98.outsideValue
	return v, nil
}

// charge appends a charge and adds it to the totals.
func (r *run) charge(line *entry.Line, slot slot, amount money.Cents, base int64, on reference.Date, d Disposition, firstStep int) error {
	if amount > maxCharge || amount < -maxCharge {
		return r.overflow(line, "value", fmt.Errorf("a charge of class %s of %s exceeds %s", classOf[slot], amount, maxCharge))
	}
	c := Charge{Class: classOf[slot], Amount: amount, Base: base, RateDate: on, Disposition: d}
	if line != nil {
		c.Line = line.Number
	}
	if r.explain {
		c.Working = r.scratch.working(firstStep)
	}
	r.dst.Charges = append(r.dst.Charges, c)
	r.totals.add(slot, c.Amount, d)
	return nil
}

// round rounds an exact product to cents.
func (r *run) round(line *entry.Line, p money.Product, cut int, m money.Mode) (money.Cents, error) {
	cents, err := p.Round(cut, m)
	if err != nil {
		return 0, r.overflow(line, "value", err)
	}
	return money.Cents(cents), nil
}

// refuse gives the error that ends the entry.
func (r *run) refuse(line *entry.Line, reason Reason, field, value string, err error, hint string) error {
	e := &Error{Entry: r.s.Number, Field: field, Value: value, Reason: reason, Err: err, Hint: hint}
	if line != nil {
		e.Line = line.Number
	}
	return e
}

// overflow refuses an amount that no record of an entry summary can hold.
func (r *run) overflow(line *entry.Line, field string, err error) error {
	return r.refuse(line, ReasonStructure, field, "", fmt.Errorf("computing the amount: %w", err), "check values and quantities")
}
