package catair

import (
	"errors"
	"fmt"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// Filing says how an entry summary is filed, beside what the summary itself says.
type Filing struct {
	Action byte // Add, Replace or Delete; 0 is Add
	Signed bool // the filer signs electronically
	// BondDesignation is 'B' basic, 'A' additional, 'U' superseding or 'E'
	// substitution; 0 is basic.
	BondDesignation byte
}

// MaxAcceptedLines is how many lines Customs accepts today; the design has
// entry.MaxLines.
const MaxAcceptedLines = 998

// Errors of a summary that cannot be written as an AE message.
var (
	ErrNotFiled     = errors.New("it has no figures of the filer, which an AE message carries: duty, tax and fees of each line and the totals")
	ErrTooManyLines = errors.New("an AE message has at most 998 lines")
)

// WriteSummary writes an entry summary as the records 10 to 90 of an AE message.
// The dates that only Customs knows (entry, release) have no place in it; the day
// of receipt is the batch's, the processing port the block's.
func (w *Writer) WriteSummary(s *entry.Summary, how Filing) error {
	if err := w.writeSummary(s, how); err != nil {
		return fmt.Errorf("writing entry %s: %w", s.Number, err)
	}
	return nil
}

func (w *Writer) writeSummary(s *entry.Summary, how Filing) error {
	switch {
	case w.direction != Input:
		return errors.New("catair: entry summaries are written in a batch of AE")
	case !s.Number.WellFormed():
		return fmt.Errorf("catair: %w", ErrEntryNumber)
	}
	if how.Action == 0 {
		how.Action = Add
	}
	if how.BondDesignation == 0 {
		how.BondDesignation = 'B'
	}
	if err := w.writeHeader(s, how); err != nil || how.Action == Delete {
		return err
	}
	switch {
	case !s.Filed.Given:
		return ErrNotFiled
	case len(s.Lines) > MaxAcceptedLines:
		return fmt.Errorf("%w, not %d", ErrTooManyLines, len(s.Lines))
	}
	if err := w.writeContent(s, how); err != nil {
		return err
	}
	for i := range s.Lines {
		if err := w.writeLine(&s.Lines[i]); err != nil {
			return fmt.Errorf("line %d: %w", s.Lines[i].Number, err)
		}
	}
	return w.writeTotals(s)
}

// writeHeader writes the 10 record.
func (w *Writer) writeHeader(s *entry.Summary, how Filing) error {
	d := w.begin(EntrySummary, "10")
	d.putLetter(summaryAction, how.Action)
	d.put(summaryFiler, s.Number.Filer())
	d.put(summaryNumber, string(s.Number[3:]))
	d.put(summaryPort, s.Port)
	d.put(summaryReference, s.BrokerReference)
	d.put(summaryType, s.Type)
	d.put(summaryMode, s.Mode)
	if how.Signed {
		d.Set("Electronic Signature", "X")
	}
	d.putFlag(summaryJoined, s.Consolidated)
	d.putLetter(summaryDeferred, s.DeferredTax)
	d.putLetter(summaryPayment, s.PaymentType)
	d.putDate(summaryPrint, s.PrintDate)
	if s.PeriodicMonth != 0 {
		d.putNumber(summaryMonth, int64(s.PeriodicMonth))
	}
	d.put(summaryBranch, s.ClientBranch)
	d.putFlag(summaryPSC, s.Correction)
	d.putFlag(summaryExpress, s.Express)
	return w.WriteDraft(d)
}

// writeContent writes the header records after the 10 record.
func (w *Writer) writeContent(s *entry.Summary, how Filing) error {
	d := w.begin(EntrySummary, "11")
	d.put(contentImporter, s.Importer)
	d.putDate(contentEstimated, s.EstimatedDate)
	d.putDate(contentImported, s.ImportDate)
	err := w.WriteDraft(d)
	if err == nil && (s.UnladingPort != "" || s.ArrivalDate != 0 || s.InBondDate != 0) {
		d = w.begin(EntrySummary, "20")
		d.put(cargoPort, s.UnladingPort)
		d.putDate(cargoArrival, s.ArrivalDate)
		d.putDate(cargoInBond, s.InBondDate)
		err = w.WriteDraft(d)
	}
	if err == nil && (s.BondType > entry.None || s.Surety != "") {
		d = w.begin(EntrySummary, "31")
		d.putLetter(bondType, s.BondType)
		d.putLetter(bondDesignation, how.BondDesignation)
		d.put(bondSurety, s.Surety)
		if s.BondAmount != 0 {
			d.putNumber(bondAmount, s.BondAmount)
		}
		err = w.WriteDraft(d)
	}
	if err == nil && len(s.Filed.HeaderFees) > 0 {
		err = w.writeAmounts("34", headerFees[:], s.Filed.HeaderFees, 1)
	}
	return err
}

var bondDesignation = field(EntrySummary, Input, "31", "Bond Designation Type Code")

// writeAmounts writes amounts by class, as many in a record as it has places.
func (w *Writer) writeAmounts(record string, places []classAmountFields, amounts []reference.ClassAmount, most int) error {
	if len(amounts) > most*len(places) {
		return fmt.Errorf("%w: %d amounts; the %s records hold %d", ErrTooMany, len(amounts), record, most*len(places))
	}
	for len(amounts) > 0 {
		d := w.begin(EntrySummary, record)
		n := min(len(amounts), len(places))
		for i, a := range amounts[:n] {
			d.put(places[i].class, string(a.Class))
			d.putCents(places[i].amount, a.Amount)
		}
		if err := w.WriteDraft(d); err != nil {
			return err
		}
		amounts = amounts[n:]
	}
	return nil
}

// writeLine writes the records 40 to 62 of a line.
func (w *Writer) writeLine(l *entry.Line) error {
	d := w.begin(EntrySummary, "40")
	d.put(lineNumber, fmt.Sprintf("%03d", l.Number))
	d.putLetter(lineSet, l.Set)
	d.put(lineOrigin, l.Origin)
	d.put(lineExport, l.ExportCountry)
	d.putDate(lineExportDate, l.ExportDate)
	d.put(lineSPI, l.SPI)
	d.putNumber(lineCharges, l.Charges)
	d.putNumber(lineWeight, l.GrossWeight)
	d.putLetter(lineClaim, l.ProductClaim)
	d.putLetter(lineExemption, l.FeeExemption)
	err := w.WriteDraft(d)
	if err == nil && l.FTZStatus > entry.None {
		d = w.begin(EntrySummary, "41")
		d.putLetter(zoneStatus, l.FTZStatus)
		d.putDate(zoneDate, l.PrivilegedDate)
		d.putNumber(zoneQuantity, 0)
		err = w.WriteDraft(d)
	}
	for i := 0; err == nil && i < len(l.Tariffs); i++ {
		err = w.writeTariff(&l.Tariffs[i])
	}
	for i := 0; err == nil && i < len(l.Licenses); i++ {
		d = w.begin(EntrySummary, "52")
		d.put(licenseType, l.Licenses[i].Type)
		d.put(licenseNumber, l.Licenses[i].Number)
		err = w.WriteDraft(d)
	}
	for i := 0; err == nil && i < len(l.Cases); i++ {
		err = w.writeCase(&l.Cases[i])
	}
	if err != nil {
		return err
	}
	return w.writeLineCharges(&l.Filed)
}

// zoneQuantity is mandatory, and a summary does not have it.
var zoneQuantity = field(EntrySummary, Input, "41", "FTZ Line Item Quantity")

// writeTariff writes a 50 record.
func (w *Writer) writeTariff(t *entry.Tariff) error {
	d := w.begin(EntrySummary, "50")
	d.put(tariffHTS, t.HTS)
	d.putCents(tariffDuty, t.FiledDuty)
	d.putNumber(tariffValue, t.Value)
	if len(t.Quantities) > len(tariffQuantities) {
		return fmt.Errorf("%w: %d quantities of one tariff number", ErrTooMany, len(t.Quantities))
	}
	for i, q := range t.Quantities {
		d.putNumber(tariffQuantities[i].amount, q.Amount)
		d.put(tariffQuantities[i].unit, q.Unit)
	}
	// The first unit is mandatory, also where only another quantity is reported.
	if len(t.Quantities) == 0 || t.Quantities[0] == (entry.Quantity{}) {
		d.put(tariffQuantities[0].unit, entry.NoUnit)
	}
	return w.WriteDraft(d)
}

// writeCase writes a 53 record.
func (w *Writer) writeCase(c *entry.Case) error {
	d := w.begin(EntrySummary, "53")
	d.put(caseNumber, c.Number)
	d.putLetter(caseClaim, c.Claim)
	d.putNumber(caseRate, c.Rate)
	d.putLetter(caseRateType, c.RateType)
	d.putNumber(caseValue, c.Value)
	d.putNumber(caseQuantity, c.Quantity)
	d.putCents(caseDuty, c.FiledDuty)
	return w.WriteDraft(d)
}

// writeLineCharges writes the 60, 61 and 62 records.
func (w *Writer) writeLineCharges(f *entry.LineFiled) error {
	var err error
	if f.Tax.Class != "" {
		err = w.writeAmounts("60", []classAmountFields{lineTax}, []reference.ClassAmount{f.Tax}, 1)
	}
	if err == nil && f.Other.Class != "" {
		err = w.writeAmounts("61", []classAmountFields{lineOther}, []reference.ClassAmount{f.Other}, 1)
	}
	if err == nil {
		err = w.writeAmounts("62", []classAmountFields{lineFee}, f.Fees, entry.MaxFees)
	}
	return err
}

// writeTotals writes the 88, 89 and 90 records.
func (w *Writer) writeTotals(s *entry.Summary) error {
	if t := &s.Filed.Deposits; s.Filed.HasDeposits {
		d := w.begin(EntrySummary, "88")
		d.putCents(totalBondedAD, t.BondedAD)
		d.putCents(totalCashAD, t.CashAD)
		d.putCents(totalBondedCVD, t.BondedCVD)
		d.putCents(totalCashCVD, t.CashCVD)
		if err := w.WriteDraft(d); err != nil {
			return err
		}
	}
	if err := w.writeAmounts("89", feeTotals[:], s.Filed.Totals, 9); err != nil {
		return err
	}
	if t := &s.Filed.Grand; s.Filed.HasGrand {
		d := w.begin(EntrySummary, "90")
		d.putCents(grandDuty, t.Duty)
		d.putCents(grandFees, t.Fees)
		d.putCents(grandTax, t.Tax)
		d.putCents(grandAD, t.AD)
		d.putCents(grandCVD, t.CVD)
		d.putCents(grandOther, t.Other)
		return w.WriteDraft(d)
	}
	return nil
}
