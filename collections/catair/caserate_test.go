package catair_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
)

// TestExampleT3CaseRate is example T3 (ACE CATAIR AE, 53 record, note 2): the
// rate of a case has eight digits, two of them decimals, in positions 14 to 21,
// whether it is a percentage or dollars a unit.
func TestExampleT3CaseRate(t *testing.T) {
	for _, c := range []struct {
		name  string
		kind  byte
		rate  int64 // hundredths
		field string
	}{
		{"10.17 percent", entry.AdValorem, 10_17, "00001017"},
		{"25 percent", entry.AdValorem, 25_00, "00002500"},
		{"200 percent", entry.AdValorem, 200_00, "00020000"},
		{"110.25 dollars a unit", entry.Specific, 110_25, "00011025"},
	} {
		t.Run("T3 AE 53 record note 2: "+c.name, func(t *testing.T) {
			s := entry.Summary{Number: "B7603245278", Type: "03", Mode: "11", Port: "2704", Importer: "12-345678900", PaymentType: '7',
				ReceivedDate: 20260115, EstimatedDate: 20260115, BondType: entry.None, DeferredTax: entry.None, Filed: entry.Filed{Given: true, HasGrand: true}}
			line := s.ExtendLine()
			line.Number, line.Origin, line.ExportCountry, line.ExportDate = 1, "CN", "CN", 20251220
			tariff := line.ExtendTariff()
			tariff.HTS, tariff.Value = "8708290010", 1_000
			line.Cases = append(line.Cases, entry.Case{Number: "A570001000", Claim: entry.Cash, RateType: c.kind, Rate: c.rate})

			message := fileAE(t, catair.Lines, &s)
			var field string
			for _, record := range bytes.Split(message, []byte("\n")) {
				if bytes.HasPrefix(record, []byte("53")) {
					field = string(record[13:21])
				}
			}
			require.Equal(t, c.field, field)
			read := readAE(t, message)
			require.Equal(t, c.rate, read[0].Lines[0].Cases[0].Rate)
			require.Equal(t, string(c.kind), string(read[0].Lines[0].Cases[0].RateType))
		})
	}
}
