package entry

import (
	"errors"
	"fmt"
	"strings"

	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// fields turns the JSON form into a summary and keeps the first error.
type fields struct {
	entry Number
	line  int
	path  string // of the object at hand, with its trailing point
	filed bool   // the summary has the filer's figures
	err   error
}

func (f *fields) fail(name string, err error) {
	if f.err == nil {
		f.err = &FieldError{Entry: f.entry, Line: f.line, Field: f.path + name, Err: err}
	}
}

// text checks a text's length; its characters are printable ASCII, which every
// code page of the legacy side has.
func (f *fields) text(name, s string, longest int) string {
	if len(s) > longest {
		// Without the text: an importer number may be a person's.
		f.fail(name, fmt.Errorf("%d characters; at most %d are possible", len(s), longest))
	}
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			f.fail(name, fmt.Errorf("byte %d is not a printable ASCII character", i+1))
			break
		}
	}
	return s
}

// code is text of exactly the given length.
func (f *fields) code(name, s string, length int) string {
	if len(s) != length {
		f.fail(name, fmt.Errorf("%q is not %d characters", shortened(s), length))
	}
	return f.text(name, s, length)
}

// hts is a tariff number: ten characters, or eight of chapter 98 or 99 where the
// tariff has no statistical suffix (9903.88.03). Blanks behind it fill the field
// of the 50 record and are no part of it.
func (f *fields) hts(name, s string) string {
	number := strings.TrimRight(s, " ")
	if len(number) == 8 && (strings.HasPrefix(number, "98") || strings.HasPrefix(number, "99")) {
		return f.text(name, number, 10)
	}
	return f.code(name, number, 10)
}

// letter is one of the given letters; empty is None.
func (f *fields) letter(name, s, letters string) byte {
	if s == "" {
		return None
	}
	for i := 0; i < len(letters); i++ {
		if s == letters[i:i+1] {
			return letters[i]
		}
	}
	f.fail(name, fmt.Errorf("%q is not one letter of %q", shortened(s), letters))
	return None
}

// required is letter without None.
func (f *fields) required(name, s, letters string) byte {
	if s == "" {
		f.fail(name, fmt.Errorf("is missing: one of %q", letters))
	}
	return f.letter(name, s, letters)
}

func (f *fields) date(name, s string) reference.Date {
	d, err := dateOf(s)
	if err != nil {
		f.fail(name, err)
	}
	return d
}

// number is a whole number from 0 to the largest.
func (f *fields) number(name string, v, largest int64) int64 {
	if v < 0 || v > largest {
		f.fail(name, fmt.Errorf("%d is not between 0 and %d", v, largest))
	}
	return v
}

// decimal is a number with at most places decimals; empty is 0.
func (f *fields) decimal(name, s string, places int, largest int64) int64 {
	if s == "" {
		return 0
	}
	v, err := money.ParseScaled(s, places)
	if err != nil {
		f.fail(name, err)
		return 0
	}
	if v < 0 || v > largest {
		f.fail(name, fmt.Errorf("%s is not between 0 and %s", s, scaled(largest, places)))
	}
	return v
}

// shortened keeps error texts short.
func shortened(s string) string {
	if len(s) > 40 {
		return s[:40] + "..."
	}
	return s
}

// summary fills s and checks every field.
func (j *summaryJSON) summary(s *Summary) error {
	f := &fields{}
	number := Number(j.Entry)
	if !number.WellFormed() {
		f.fail("entry", fmt.Errorf("%q is not three characters of filer code and eight digits", shortened(j.Entry)))
		return f.err
	}
	f.entry, f.filed = number, j.Filed != nil
	source := s.Source
	s.Reset()
	s.Source = source
	s.Number = number
	s.Type = f.code("type", j.Type, 2)
	s.Mode = f.code("mode", j.Mode, 2)
	s.Port = f.code("port", j.Port, 4)
	s.ProcessingPort = f.text("processing_port", j.ProcessingPort, 4)
	if j.UnladingPort != "" {
		s.UnladingPort = f.code("unlading_port", j.UnladingPort, 4)
	}
	s.Importer = f.text("importer", j.Importer, 12)
	j.dates(f, s)
	if s.PaymentType = f.letter("payment_type", j.PaymentType, "1235678"); s.PaymentType == None && !j.Correction {
		f.required("payment_type", j.PaymentType, "1235678") // a correction carries none
	}
	s.PeriodicMonth = int(f.number("periodic_month", int64(j.PeriodicMonth), 12))
	s.BondType = f.letter("bond_type", j.BondType, "89")
	s.BondAmount = f.number("bond_amount", j.BondAmount, MaxValue)
	s.DeferredTax = f.letter("deferred_tax", j.DeferredTax, "12")
	s.Consolidated, s.Express, s.Manual, s.Correction = j.Consolidated, j.Express, j.Manual, j.Correction
	s.Standing = f.standing(j.Standing)
	j.Filed.filed(f, &s.Filed)
	s.ClientBranch = f.text("client_branch", j.ClientBranch, 2)
	s.BrokerReference = f.text("broker_reference", j.BrokerReference, 9)
	s.Surety = f.text("surety", j.Surety, 3)
	if len(j.Lines) == 0 || len(j.Lines) > MaxLines {
		f.fail("lines", fmt.Errorf("%d lines; 1 to %d are possible", len(j.Lines), MaxLines))
		return f.err
	}
	for i := range j.Lines {
		f.path = fmt.Sprintf("lines[%d].", i)
		j.Lines[i].line(f, s.ExtendLine())
		if s.Lines[i].Set == SetComponent && (i == 0 || s.Lines[i-1].Set != SetHeader && s.Lines[i-1].Set != SetComponent) {
			f.fail("set", errors.New("a component of an article set (V), and no header (X) stands before it"))
		}
		if f.err != nil {
			return f.err
		}
	}
	f.invoices(s, j.Invoices)
	return f.err
}

// dates fills the header's dates. Each rate has a hierarchy of dates: without the
// first of them, the date of entry or of the message, nothing can be looked up.
func (j *summaryJSON) dates(f *fields, s *Summary) {
	s.EntryDate = f.date("entry_date", j.EntryDate)
	s.ImportDate = f.date("import_date", j.ImportDate)
	s.InBondDate = f.date("in_bond_date", j.InBondDate)
	s.EstimatedDate = f.date("estimated_date", j.EstimatedDate)
	s.ReleaseDate = f.date("release_date", j.ReleaseDate)
	s.ArrivalDate = f.date("arrival_date", j.ArrivalDate)
	s.ReceivedDate = f.date("received_date", j.ReceivedDate)
	s.PrintDate = f.date("print_date", j.PrintDate)
	if j.EntryDate == "" && j.EstimatedDate == "" && j.ReceivedDate == "" {
		f.fail("entry_date", errors.New("is missing, and so are estimated_date and received_date"))
	}
}

// line fills l.
func (j *lineJSON) line(f *fields, l *Line) {
	path := f.path
	f.line = int(f.number("line", int64(j.Line), MaxLines))
	l.Number = f.line
	if l.Number == 0 {
		f.fail("line", errors.New("is missing or 0"))
	}
	l.Origin = f.code("origin", j.Origin, 2)
	l.SPI = f.text("spi", j.SPI, 2)
	l.Set = f.letter("set", j.Set, "XV")
	l.FTZStatus = f.letter("ftz_status", j.FTZStatus, "PND")
	l.PrivilegedDate = f.date("privileged_date", j.PrivilegedDate)
	l.ExportCountry = f.text("export_country", j.ExportCountry, 2)
	l.ExportDate = f.date("export_date", j.ExportDate)
	l.ProductClaim = f.letter("product_claim", j.ProductClaim, "C")
	l.FeeExemption = f.letter("fee_exemption", j.FeeExemption, "12")
	l.GrossWeight = f.number("gross_weight", j.GrossWeight, MaxWeight)
	l.Charges = f.number("charges", j.Charges, MaxValue)
	if len(j.Tariffs) == 0 || len(j.Tariffs) > MaxTariffs {
		f.fail("tariffs", fmt.Errorf("%d tariff numbers; 1 to %d are possible", len(j.Tariffs), MaxTariffs))
		return
	}
	for i := range j.Tariffs {
		f.path = fmt.Sprintf("%stariffs[%d].", path, i)
		j.Tariffs[i].tariff(f, l.ExtendTariff())
	}
	f.path = path
	if len(j.Cases) > MaxCases {
		f.fail("cases", fmt.Errorf("%d cases; at most %d are possible", len(j.Cases), MaxCases))
		return
	}
	for i := range j.Cases {
		f.path = fmt.Sprintf("%scases[%d].", path, i)
		l.Cases = append(l.Cases, j.Cases[i].dutyCase(f))
	}
	f.path = path
	if len(j.Licenses) > MaxLicenses {
		f.fail("licenses", fmt.Errorf("%d licenses; at most %d are possible", len(j.Licenses), MaxLicenses))
		return
	}
	for i, c := range j.Licenses {
		name := fmt.Sprintf("licenses[%d].", i)
		l.Licenses = append(l.Licenses, License{f.code(name+"type", c.Type, 2), f.text(name+"number", c.Number, 10)})
	}
	j.Filed.filed(f, &l.Filed)
}

// tariff fills t.
func (j *tariffJSON) tariff(f *fields, t *Tariff) {
	t.HTS = f.hts("hts", j.HTS)
	if t.Value = FromInvoices; j.Value != nil {
		t.Value = f.number("value", *j.Value, MaxValue)
	}
	t.FiledDuty = f.filedDuty(j.FiledDuty)
	if len(j.Quantities) > MaxQuantities {
		f.fail("quantities", fmt.Errorf("%d quantities; at most %d are possible", len(j.Quantities), MaxQuantities))
		return
	}
	for i, q := range j.Quantities {
		name := fmt.Sprintf("quantities[%d].", i)
		if q.Unit == "" {
			f.fail(name+"unit", errors.New("a quantity has an amount and a unit"))
		}
		quantity := Quantity{Amount: FromInvoices, Unit: f.text(name+"unit", q.Unit, 3)}
		if q.Amount != "" {
			quantity.Amount = f.decimal(name+"amount", q.Amount, 2, MaxQuantity)
		}
		t.Quantities = append(t.Quantities, quantity)
	}
}

// dutyCase gives the case.
func (j *caseJSON) dutyCase(f *fields) Case {
	if j.Rate == "" {
		f.fail("rate", errors.New("is missing; a zero-rate case has 0.00"))
	}
	return Case{
		Number:    f.code("case", j.Case, 10),
		Claim:     f.required("claim", j.Claim, "CB"),
		RateType:  f.required("rate_type", j.RateType, "AS"),
		Rate:      f.decimal("rate", j.Rate, 2, MaxCaseRate),
		Value:     f.number("value", j.Value, MaxValue),
		Quantity:  f.decimal("quantity", j.Quantity, 4, MaxCaseUnits),
		FiledDuty: f.filedDuty(j.FiledDuty),
	}
}
