package ledger

import (
	"fmt"
	"slices"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
	"tidewaiter/collections/statement"
)

// JournalFor fills dst with the collection of an entry: a posting for each
// charge on its class's account (a credit, so that what is owed is positive
// there), then the debits that balance them, one for each disposition. dst's
// memory is used again.
//
// The collection date is the print date of the entry's statement, else the
// business date. An entry is on a statement when its payment type says so and it
// has a print date. Example: duty 700.00 and MPF 34.64 due give -700.00 on
// 5806.001, -34.64 on 5200.499 and +734.64 on 1110; deferred wine tax of 12.00 gives
// -12.00 on 5824.017 and +12.00 on 1325, where it waits for its bill (19 CFR 24.4).
func JournalFor(dst *Journal, s *entry.Summary, a *assess.Assessment, businessDate reference.Date) error {
	chart, err := DefaultChart()
	if err != nil {
		return err
	}
	date := s.PrintDate
	if date == 0 {
		date = businessDate
	}
	*dst = Journal{
		Key:            collectionKey(s.Number, date),
		Kind:           Collection,
		Entry:          s.Number,
		EntryType:      s.Type,
		Port:           s.Port,
		ProcessingPort: s.ProcessingPort,
		Importer:       s.Importer,
		PaymentType:    s.PaymentType,
		CollectionDate: date,
		StatementKey:   dst.StatementKey[:0],
		Source:         s.Source,
		Postings:       dst.Postings[:0],
	}
	if s.PrintDate != 0 {
		dst.StatementKey = statement.Key(dst.StatementKey, s)
	}
	return dst.postCharges(chart, a)
}

// collectionKey is the business key of a collection:
// "collection/B7603245278/2025-10-01".
func collectionKey(n entry.Number, date reference.Date) string {
	var room [48]byte
	b := append(room[:0], "collection/"...)
	b = append(b, n...)
	b = append(b, '/')
	return string(date.Append(b))
}

func (j *Journal) postCharges(chart *Chart, a *assess.Assessment) error {
	var sums [len(dispositions)]money.Cents
	var present [len(dispositions)]bool
	for i := range a.Charges {
		c := &a.Charges[i]
		account, err := chart.ForCharge(c.Class, c.Disposition)
		if err != nil {
			return fmt.Errorf("entry %s, line %d: %w", j.Entry, c.Line, err)
		}
		d := slices.Index(dispositions[:], c.Disposition)
		sums[d], present[d] = sums[d]+c.Amount, true
		j.Postings = append(j.Postings, Posting{
			Account: account, Amount: -c.Amount, Line: c.Line, Class: c.Class,
			Disposition: byte(c.Disposition), Base: c.Base, RateDate: c.RateDate,
		})
	}
	// An entry without any charge is posted too, as zero: it stands on its
	// statement as a non-revenue entry.
	if len(a.Charges) == 0 {
		present[0] = true
	}
	for d, disposition := range dispositions {
		if present[d] {
			j.Postings = append(j.Postings, Posting{Account: chart.contra[disposition], Amount: sums[d]})
		}
	}
	return nil
}
