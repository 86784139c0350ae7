package catair

import (
	"fmt"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// begin fills the summary from its 10 record.
func (x *Summaries) begin(rec *Record) {
	s := x.s
	s.Source = entry.Source{File: x.file, Record: rec.Number, Offset: rec.Offset}
	s.ReceivedDate, s.ProcessingPort = x.sent, x.port
	x.action = x.oneOf(rec, summaryAction, "ARD")
	s.Number = entry.Number(x.texts.page.keep(rec.Bytes(summaryFiler), rec.Trimmed(summaryNumber)))
	s.Port, s.Type, s.Mode = x.text(rec, summaryPort), x.text(rec, summaryType), x.text(rec, summaryMode)
	s.BrokerReference = x.texts.page.keep(rec.Trimmed(summaryReference))
	s.Consolidated, s.Correction, s.Express = x.flag(rec, summaryJoined), x.flag(rec, summaryPSC), x.flag(rec, summaryExpress)
	s.DeferredTax = x.oneOf(rec, summaryDeferred, "12")
	s.PaymentType = x.oneOf(rec, summaryPayment, "1235678")
	s.PrintDate, s.PeriodicMonth = x.date(rec, summaryPrint), int(x.number(rec, summaryMonth))
	s.ClientBranch = x.text(rec, summaryBranch)
	s.Filed.Given = true
}

// record fills the summary from one of the records that follow the 10 record.
// Records that say nothing about amounts are passed over.
func (x *Summaries) record(rec *Record) {
	s := x.s
	switch rec.ID {
	case "11":
		s.Importer = x.texts.page.keep(rec.Trimmed(contentImporter))
		s.EstimatedDate, s.ImportDate = x.date(rec, contentEstimated), x.date(rec, contentImported)
	case "20":
		s.UnladingPort = x.text(rec, cargoPort)
		s.ArrivalDate, s.InBondDate = x.date(rec, cargoArrival), x.date(rec, cargoInBond)
	case "31":
		s.BondType, s.Surety, s.BondAmount = x.oneOf(rec, bondType, "89"), x.text(rec, bondSurety), x.number(rec, bondAmount)
	case "34":
		for _, f := range headerFees {
			if a, ok := x.classAmount(rec, f); ok {
				s.Filed.HeaderFees = append(s.Filed.HeaderFees, a)
			}
		}
	case "40":
		x.line(rec)
	case "41", "50", "52", "53", "60", "61", "62":
		if len(s.Lines) == 0 {
			return // a fault already: no 40 record before it
		}
		x.detail(rec, &s.Lines[len(s.Lines)-1])
	case "88":
		s.Filed.HasDeposits = true
		s.Filed.Deposits = entry.FiledDeposits{BondedAD: x.cents(rec, totalBondedAD), CashAD: x.cents(rec, totalCashAD),
			BondedCVD: x.cents(rec, totalBondedCVD), CashCVD: x.cents(rec, totalCashCVD)}
	case "89":
		for _, f := range feeTotals {
			if a, ok := x.classAmount(rec, f); ok {
				s.Filed.Totals = append(s.Filed.Totals, a)
			}
		}
	case "90":
		s.Filed.HasGrand = true
		s.Filed.Grand = entry.FiledGrand{Duty: x.cents(rec, grandDuty), Fees: x.cents(rec, grandFees), Tax: x.cents(rec, grandTax),
			AD: x.cents(rec, grandAD), CVD: x.cents(rec, grandCVD), Other: x.cents(rec, grandOther)}
	}
}

// line begins a line from its 40 record.
func (x *Summaries) line(rec *Record) {
	l := x.s.ExtendLine()
	l.Number = int(x.number(rec, lineNumber))
	l.Set = x.oneOf(rec, lineSet, "XV")
	l.Origin, l.ExportCountry, l.SPI = x.text(rec, lineOrigin), x.text(rec, lineExport), x.text(rec, lineSPI)
	l.ExportDate = x.date(rec, lineExportDate)
	l.Charges, l.GrossWeight = x.number(rec, lineCharges), x.number(rec, lineWeight)
	l.ProductClaim, l.FeeExemption = x.oneOf(rec, lineClaim, "C"), x.oneOf(rec, lineExemption, "12")
}

// detail fills a line from a record under it.
func (x *Summaries) detail(rec *Record, l *entry.Line) {
	switch rec.ID {
	case "41":
		l.FTZStatus, l.PrivilegedDate = x.oneOf(rec, zoneStatus, "PND"), x.date(rec, zoneDate)
	case "50":
		x.tariff(rec, l)
	case "52":
		l.Licenses = append(l.Licenses, entry.License{Type: x.text(rec, licenseType), Number: x.texts.page.keep(rec.Trimmed(licenseNumber))})
	case "53":
		l.Cases = append(l.Cases, entry.Case{Number: x.text(rec, caseNumber), Claim: x.oneOf(rec, caseClaim, "BC"),
			Rate: x.number(rec, caseRate), RateType: x.oneOf(rec, caseRateType, "AS"), Value: x.number(rec, caseValue),
			Quantity: x.number(rec, caseQuantity), FiledDuty: x.cents(rec, caseDuty)})
	case "60":
		l.Filed.Tax = x.one(rec, l.Filed.Tax, lineTax)
	case "61":
		l.Filed.Other = x.one(rec, l.Filed.Other, lineOther)
	case "62":
		if a, ok := x.classAmount(rec, lineFee); ok {
			l.Filed.Fees = append(l.Filed.Fees, a)
		}
	}
}

// one is an amount that a line has once.
func (x *Summaries) one(rec *Record, before reference.ClassAmount, f classAmountFields) reference.ClassAmount {
	if before.Class != "" {
		return before // a fault already: the line has the record once
	}
	a, _ := x.classAmount(rec, f)
	return a
}

// tariff adds the tariff number of a 50 record.
func (x *Summaries) tariff(rec *Record, l *entry.Line) {
	t := l.ExtendTariff()
	t.HTS, t.Value, t.FiledDuty = x.text(rec, tariffHTS), x.number(rec, tariffValue), x.cents(rec, tariffDuty)
	last := 0
	for i, f := range tariffQuantities {
		amount, present, _ := rec.ReadNumber(f.amount)
		unit := x.text(rec, f.unit)
		if unit == entry.NoUnit && amount == 0 {
			unit = ""
		}
		t.Quantities = append(t.Quantities, entry.Quantity{Amount: amount, Unit: unit})
		if present || unit != "" {
			last = i + 1
		}
		if present && unit == "" && amount != 0 && !f.unit.required() { // else it is said already
			x.noteIn(rec, rec.blame(f.unit, missing, fmt.Errorf("%w: a quantity needs its unit", ErrMissing)))
		}
	}
	t.Quantities = t.Quantities[:last]
}
