package extract

import (
	"tidewaiter/collections/entry"
	"tidewaiter/copybooks"
)

// headerExtension are the fields of record type 11: what most entries lack.
type headerExtension struct {
	*copybooks.Codec
	recordType copybooks.Field
	number
	estimatedDate, releaseDate, arrivalDate, receivedDate copybooks.Field
	consolidated, express, manual, correction             copybooks.Field
	bondType, deferredTax, periodicMonth                  copybooks.Field
}

// lineExtension are the fields of record type 41.
type lineExtension struct {
	*copybooks.Codec
	recordType copybooks.Field
	number
	line, exportCountry, exportDate, productClaim, feeExemption copybooks.Field
	licenseCount, licenseType, licenseNumber                    copybooks.Field
}

func (c *compiler) extensions(s *schema) {
	h, l := &s.headerExtension, &s.lineExtension
	h.Codec = c.record("ENTRY-HEADER-EXTENSION-RECORD", &h.recordType, &h.number, "EX-", map[string]*copybooks.Field{
		"EX-ESTIMATED-DATE": &h.estimatedDate, "EX-RELEASE-DATE": &h.releaseDate,
		"EX-ARRIVAL-DATE": &h.arrivalDate, "EX-RECEIVED-DATE": &h.receivedDate,
		"EX-CONSOLIDATED": &h.consolidated, "EX-EXPRESS": &h.express, "EX-MANUAL": &h.manual, "EX-CORRECTION": &h.correction,
		"EX-BOND-TYPE": &h.bondType, "EX-DEFERRED-TAX": &h.deferredTax, "EX-PERIODIC-MONTH": &h.periodicMonth,
	})
	l.Codec = c.record("ENTRY-LINE-EXTENSION-RECORD", &l.recordType, &l.number, "LX-", map[string]*copybooks.Field{
		"LX-LINE-NUMBER": &l.line, "LX-EXPORT-COUNTRY": &l.exportCountry, "LX-EXPORT-DATE": &l.exportDate,
		"LX-PRODUCT-CLAIM": &l.productClaim, "LX-FEE-EXEMPTION": &l.feeExemption,
		"LX-LICENSE-COUNT": &l.licenseCount, "LX-LICENSE-TYPE": &l.licenseType, "LX-LICENSE-NUMBER": &l.licenseNumber,
	})
}

func (p *parse) headerExtension() bool {
	f := &p.r.schema.headerExtension
	if !p.sameEntry(&f.number) {
		return false
	}
	if len(p.s.Lines) > 0 || p.extended {
		p.refuse("", nil, "a header extension out of place", "one record of type 11 may follow the header")
		return false
	}
	if !p.length(f.Codec) {
		return false
	}
	p.extended = true
	s := p.s
	s.EstimatedDate, s.ReleaseDate = p.date(f.estimatedDate), p.date(f.releaseDate)
	s.ArrivalDate, s.ReceivedDate = p.date(f.arrivalDate), p.date(f.receivedDate)
	s.Consolidated, s.Express = p.yes(f.consolidated), p.yes(f.express)
	s.Manual, s.Correction = p.yes(f.manual), p.yes(f.correction)
	s.BondType, s.DeferredTax = p.oneOf(f.bondType, 0, " 89"), p.oneOf(f.deferredTax, 0, " 12")
	if s.PeriodicMonth = int(p.count(f.periodicMonth)); s.PeriodicMonth > 12 {
		p.refuseField(f.periodicMonth, 0, "a month is 01 to 12", "00 when absent")
	}
	if s.EstimatedDate|s.ReleaseDate|s.ReceivedDate != 0 {
		p.missing = nil
	}
	return p.bad == nil
}

// yes decodes an indicator.
func (p *parse) yes(f copybooks.Field) bool { return p.oneOf(f, 0, " Y") == 'Y' }

func (p *parse) lineExtension() bool {
	f := &p.r.schema.lineExtension
	if !p.sameEntry(&f.number) {
		return false
	}
	if len(p.s.Lines) == 0 || p.sequence > 0 || p.lineExtended {
		p.refuse("", nil, "a line extension out of place", "one record of type 41 may follow the line's record of type 40")
		return false
	}
	if !p.length(f.Codec) {
		return false
	}
	p.lineExtended = true
	l := &p.s.Lines[len(p.s.Lines)-1]
	l.ExportCountry, l.ExportDate = p.code(f.exportCountry, 0), p.date(f.exportDate)
	l.ProductClaim, l.FeeExemption = p.oneOf(f.productClaim, 0, " C"), p.oneOf(f.feeExemption, 0, " 12")
	licenses := int(p.count(f.licenseCount))
	for i := 0; i < licenses && p.bad == nil; i++ {
		l.Licenses = append(l.Licenses, entry.License{Type: p.code(f.licenseType, i), Number: p.text(f.licenseNumber, i)})
	}
	if p.bad == nil && p.count(f.line) != int64(l.Number) {
		p.refuseField(f.line, 0, "the extension belongs to another line than the one it follows", "")
	}
	return p.bad == nil
}

// headerExtension writes the record of type 11 when there is anything in it.
func (w *Writer) headerExtension(s *entry.Summary) {
	if s.EstimatedDate|s.ReleaseDate|s.ArrivalDate|s.ReceivedDate == 0 && !s.Consolidated && !s.Express && !s.Manual && !s.Correction &&
		absent(s.BondType) && absent(s.DeferredTax) && s.PeriodicMonth == 0 {
		return
	}
	f := &w.schema.headerExtension
	w.begin(4)
	w.copyNumber(&f.number)
	w.int(f.estimatedDate, 0, int64(s.EstimatedDate))
	w.int(f.releaseDate, 0, int64(s.ReleaseDate))
	w.int(f.arrivalDate, 0, int64(s.ArrivalDate))
	w.int(f.receivedDate, 0, int64(s.ReceivedDate))
	w.yes(f.consolidated, s.Consolidated)
	w.yes(f.express, s.Express)
	w.yes(f.manual, s.Manual)
	w.yes(f.correction, s.Correction)
	w.optional(f.bondType, s.BondType)
	w.optional(f.deferredTax, s.DeferredTax)
	w.int(f.periodicMonth, 0, int64(s.PeriodicMonth))
	w.record(f.Codec)
}

// lineExtension writes the record of type 41 when there is anything in it.
func (w *Writer) lineExtension(l *entry.Line) {
	if l.ExportCountry == "" && l.ExportDate == 0 && absent(l.ProductClaim) && absent(l.FeeExemption) && len(l.Licenses) == 0 {
		return
	}
	f := &w.schema.lineExtension
	w.begin(5)
	w.copyNumber(&f.number)
	w.int(f.line, 0, int64(l.Number))
	w.text(f.exportCountry, 0, l.ExportCountry)
	w.int(f.exportDate, 0, int64(l.ExportDate))
	w.optional(f.productClaim, l.ProductClaim)
	w.optional(f.feeExemption, l.FeeExemption)
	if w.fits(f.licenseType, len(l.Licenses)) {
		w.int(f.licenseCount, 0, int64(len(l.Licenses)))
		for i := range l.Licenses {
			w.text(f.licenseType, i, l.Licenses[i].Type)
			w.text(f.licenseNumber, i, l.Licenses[i].Number)
		}
	}
	w.record(f.Codec)
}

// absent reports whether a one-character code is not there; the zero value
// stands for entry.None.
func absent(c byte) bool { return c == 0 || c == entry.None }

// optional writes a code that may be absent.
func (w *Writer) optional(f copybooks.Field, c byte) {
	if absent(c) {
		c = entry.None
	}
	w.char(f, 0, c)
}

func (w *Writer) yes(f copybooks.Field, is bool) {
	if is {
		w.char(f, 0, 'Y')
	}
}
