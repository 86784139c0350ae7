package catair_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// fileAE writes summaries as a whole AE message.
func fileAE(t require.TestingT, form catair.Form, summaries ...*entry.Summary) []byte {
	var out bytes.Buffer
	w := catair.NewWriter(&out, form)
	require.NoError(t, w.OpenBatch(catair.Batch{Site: "2704", ID: "B76", Application: "AE", Date: 20260115, Password: "XXXXXX"}))
	require.NoError(t, w.OpenBlock(catair.Block{Port: "2704", Filer: "B76"}))
	for _, s := range summaries {
		require.NoError(t, w.WriteSummary(s, catair.Filing{Signed: true}))
	}
	require.NoError(t, w.CloseBlock())
	require.NoError(t, w.CloseBatch())
	require.NoError(t, w.Flush())
	return out.Bytes()
}

// readAE reads all entries of a message and demands that nothing is wrong.
func readAE(t require.TestingT, message []byte) []entry.Summary {
	summaries := catair.NewSummaries(bytes.NewReader(message), "test")
	var all []entry.Summary
	for {
		var s entry.Summary
		err := summaries.Next(&s)
		if err == io.EOF {
			faults, _ := summaries.EnvelopeFaults()
			require.Empty(t, faults)
			return all
		}
		require.NoError(t, err)
		faults, _ := summaries.Faults()
		require.Empty(t, faults)
		s.Source = entry.Source{}
		all = append(all, s)
	}
}

// TestSummaryRoundTrip: what a summary says reaches the message and comes back,
// in every form of a file.
func TestSummaryRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want []*entry.Summary
		var from []*entry.Summary
		for range rapid.IntRange(1, 3).Draw(t, "entries") {
			s := drawSummary(t)
			want, from = append(want, &s), append(from, &s)
		}
		form := rapid.SampledFrom(forms).Draw(t, "form")
		wantJSON, err := json.Marshal(want)
		require.NoError(t, err)
		got, err := json.Marshal(pointers(readAE(t, fileAE(t, form, from...))))
		require.NoError(t, err)
		require.Equal(t, string(wantJSON), string(got))
	})
}

func pointers(all []entry.Summary) []*entry.Summary {
	var to []*entry.Summary
	for i := range all {
		to = append(to, &all[i])
	}
	return to
}

// forms are the forms of a file that a reader recognizes.
var forms = []catair.Form{
	catair.Lines, {LineEnd: "\r\n"}, {}, {EBCDIC: true}, {EBCDIC: true, LineEnd: "\x15"}, {EBCDIC: true, LineEnd: "\x25"}, {EBCDIC: true, LineEnd: "\r\x25"},
}

var (
	cents   = rapid.Custom(func(t *rapid.T) money.Cents { return money.Cents(rapid.Int64Range(0, 99_999_999).Draw(t, "cents")) })
	totals  = rapid.Custom(func(t *rapid.T) money.Cents { return money.Cents(rapid.Int64Range(0, entry.MaxFiled).Draw(t, "total")) })
	days    = rapid.SampledFrom([]reference.Date{0, 20260115, 20240229, 19991231, 20691231})
	country = rapid.SampledFrom([]string{"CN", "MX", "DE", "CA"})
)

func letterOf(t *rapid.T, letters string) byte {
	return rapid.SampledFrom([]byte(letters)).Draw(t, "letter")
}

func drawSummary(t *rapid.T) entry.Summary {
	serial := fmt.Sprintf("%07d", rapid.IntRange(0, 9_999_999).Draw(t, "serial"))
	digit, err := entry.CheckDigit("B76", serial)
	require.NoError(t, err)
	s := entry.Summary{
		Number: entry.Number("B76" + serial + string(rune(digit))), Type: rapid.SampledFrom([]string{"01", "03", "06", "11"}).Draw(t, "type"),
		Mode: rapid.SampledFrom([]string{"11", "40", ""}).Draw(t, "mode"), Port: "2704", ProcessingPort: "2704", Importer: "12-345678900",
		UnladingPort: rapid.SampledFrom([]string{"", "2709"}).Draw(t, "unlading"),
		ReceivedDate: 20260115, ImportDate: days.Draw(t, "imported"), InBondDate: days.Draw(t, "in bond"), EstimatedDate: days.Draw(t, "estimated"),
		ArrivalDate: days.Draw(t, "arrival"), PrintDate: days.Draw(t, "print"), PaymentType: letterOf(t, "1235678"), PeriodicMonth: rapid.IntRange(0, 12).Draw(t, "month"),
		ClientBranch: rapid.SampledFrom([]string{"", "01", "A"}).Draw(t, "branch"), BrokerReference: rapid.SampledFrom([]string{"", "REF 1", "a/b.c,d"}).Draw(t, "reference"),
		BondType: ' ', DeferredTax: letterOf(t, " 12"), Consolidated: rapid.Bool().Draw(t, "consolidated"), Express: rapid.Bool().Draw(t, "express"), Correction: rapid.Bool().Draw(t, "correction"),
		Filed: entry.Filed{Given: true, HasGrand: true, HasDeposits: rapid.Bool().Draw(t, "88")},
	}
	if rapid.Bool().Draw(t, "31") {
		s.BondType, s.Surety = letterOf(t, "89"), "036"
		s.BondAmount = rapid.Int64Range(0, entry.MaxValue).Draw(t, "bond amount")
	}
	s.Filed.HeaderFees = drawAmounts(t, 2)
	for i := range rapid.IntRange(0, entry.MaxTotals).Draw(t, "totals") { // each class once: condition 254
		s.Filed.Totals = append(s.Filed.Totals, reference.ClassAmount{Class: reference.Class(fmt.Sprintf("%03d", 100+i)), Amount: totals.Draw(t, "amount")})
	}
	if s.Filed.HasDeposits {
		s.Filed.Deposits = entry.FiledDeposits{BondedAD: totals.Draw(t, "a"), CashAD: totals.Draw(t, "b"), BondedCVD: totals.Draw(t, "c"), CashCVD: totals.Draw(t, "d")}
	}
	s.Filed.Grand = entry.FiledGrand{Duty: totals.Draw(t, "e"), Fees: totals.Draw(t, "f"), Tax: totals.Draw(t, "g"), AD: totals.Draw(t, "h"), CVD: totals.Draw(t, "i"), Other: totals.Draw(t, "j")}
	for i := range rapid.IntRange(1, 4).Draw(t, "lines") {
		l := drawLine(t, i+1)
		if l.Set == entry.SetComponent && (i == 0 || s.Lines[i-1].Set == entry.None) {
			l.Set = entry.SetHeader // condition 404
		}
		s.Lines = append(s.Lines, l)
	}
	return s
}

func drawAmounts(t *rapid.T, most int) []reference.ClassAmount {
	var all []reference.ClassAmount
	for range rapid.IntRange(0, most).Draw(t, "amounts") {
		all = append(all, reference.ClassAmount{Class: rapid.SampledFrom([]reference.Class{"499", "501", "311"}).Draw(t, "class"), Amount: cents.Draw(t, "amount")})
	}
	return all
}

func drawLine(t *rapid.T, number int) entry.Line {
	l := entry.Line{
		Number: number, Origin: country.Draw(t, "origin"), SPI: rapid.SampledFrom([]string{"", "S", "S+", "B#"}).Draw(t, "spi"), Set: letterOf(t, " XV"),
		FTZStatus: letterOf(t, " PND"), ExportCountry: country.Draw(t, "export"), ExportDate: days.Draw(t, "exported"), ProductClaim: letterOf(t, " C"),
		FeeExemption: letterOf(t, " 12"), GrossWeight: rapid.Int64Range(0, entry.MaxWeight).Draw(t, "weight"), Charges: rapid.Int64Range(0, entry.MaxValue).Draw(t, "charges"),
	}
	if l.FTZStatus != ' ' {
		l.PrivilegedDate = days.Draw(t, "privileged")
	}
	for range rapid.IntRange(1, 3).Draw(t, "tariffs") {
		tariff := entry.Tariff{HTS: "8708290010", Value: rapid.Int64Range(0, entry.MaxValue).Draw(t, "value"), FiledDuty: cents.Draw(t, "duty")}
		for range rapid.IntRange(0, 3).Draw(t, "quantities") {
			tariff.Quantities = append(tariff.Quantities, entry.Quantity{Amount: rapid.Int64Range(0, entry.MaxQuantity).Draw(t, "quantity"), Unit: "NO"})
		}
		l.Tariffs = append(l.Tariffs, tariff)
	}
	for range rapid.IntRange(0, 2).Draw(t, "cases") {
		l.Cases = append(l.Cases, entry.Case{Number: "A570001000", Claim: letterOf(t, "CB"), RateType: letterOf(t, "AS"), Rate: rapid.Int64Range(0, entry.MaxCaseRate).Draw(t, "rate"),
			Value: rapid.Int64Range(0, entry.MaxValue).Draw(t, "value"), Quantity: rapid.Int64Range(0, entry.MaxCaseUnits).Draw(t, "quantity"), FiledDuty: cents.Draw(t, "duty")})
	}
	for range rapid.IntRange(0, 2).Draw(t, "licenses") {
		l.Licenses = append(l.Licenses, entry.License{Type: "22", Number: "0123456789"})
	}
	if rapid.Bool().Draw(t, "tax") {
		l.Filed.Tax = reference.ClassAmount{Class: "016", Amount: cents.Draw(t, "tax")}
	}
	if rapid.Bool().Draw(t, "other") {
		l.Filed.Other = reference.ClassAmount{Class: "672", Amount: cents.Draw(t, "other")}
	}
	l.Filed.Fees = drawAmounts(t, entry.MaxFees)
	return l
}

// TestSummaryThatCannotBeWritten: what does not fit into its field is an error
// that names the field, never a cut figure.
func TestSummaryThatCannotBeWritten(t *testing.T) {
	good := func() *entry.Summary {
		message, err := os.ReadFile("testdata/d11.ae")
		require.NoError(t, err)
		return &readAE(t, message)[0]
	}
	for name, c := range map[string]struct {
		spoil func(*entry.Summary)
		want  string
	}{
		"no figures of the filer": {func(s *entry.Summary) { s.Filed.Given = false }, "no figures of the filer"},
		"999 lines":               {func(s *entry.Summary) { s.Lines = make([]entry.Line, 999) }, "at most 998 lines, not 999"},
		"duty of eleven digits":   {func(s *entry.Summary) { s.Lines[0].Tariffs[0].FiledDuty = 10_000_000_000 }, "line 1: writing a 50 record: record 0 (50), positions 14-23, Duty Amount \"10000000000\": does not fit"},
		"negative duty":           {func(s *entry.Summary) { s.Lines[0].Tariffs[0].FiledDuty = -1 }, "Duty Amount \"-1\": is negative"},
		"value":                   {func(s *entry.Summary) { s.Lines[0].Tariffs[0].Value = 10_000_000_000 }, "positions 25-34, Value of Goods Amount"},
		"46 totals":               {func(s *entry.Summary) { s.Filed.Totals = make([]reference.ClassAmount, 46) }, "46 amounts; the 89 records hold 45"},
		"ten fees":                {func(s *entry.Summary) { s.Lines[0].Filed.Fees = make([]reference.ClassAmount, 10) }, "10 amounts; the 62 records hold 9"},
		"no origin":               {func(s *entry.Summary) { s.Lines[0].Origin = "" }, "Country of Origin Code: blank"},
		"lower-case port":         {func(s *entry.Summary) { s.Port = "27o4" }, "positions 18-21, District/Port of Entry \"27o4\""},
		"year 2070":               {func(s *entry.Summary) { s.ImportDate = 20700101 }, "Date of Importation \"2070-01-01\""},
		"long importer":           {func(s *entry.Summary) { s.Importer = "12-3456789000" }, "Importer of Record Number: does not fit"},
	} {
		t.Run(name, func(t *testing.T) {
			s := good()
			c.spoil(s)
			err := catair.NewWriter(io.Discard, catair.Lines).WriteSummary(s, catair.Filing{})
			require.ErrorContains(t, err, c.want)
			require.NotContains(t, err.Error(), "12-345")
		})
	}
}
