package catair_test

import (
	"bytes"
	"flag"
	"io"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/catair"
)

var update = flag.Bool("update", false, "write the fixtures anew")

// folder has one message of each chapter.
const folder = "../../fixtures/catair/"

// message writes a whole message of one block.
func message(t require.TestingT, block catair.Block, body func(*catair.Writer)) []byte {
	var out bytes.Buffer
	w := catair.NewWriter(&out, catair.Lines)
	batch := catair.Batch{Site: "2704", ID: "B76", Application: block.Application, Date: 20260115}
	if block.Application == "AE" || block.Application == "DE" {
		batch.Password = "XXXXXX"
	}
	require.NoError(t, w.OpenBatch(batch))
	require.NoError(t, w.OpenBlock(block))
	body(w)
	require.NoError(t, w.CloseBlock())
	require.NoError(t, w.CloseBatch())
	require.NoError(t, w.Flush())
	return out.Bytes()
}

// pairs are field names and values, one after the other.
type pairs []string

// add writes a record from its fields.
func add(t require.TestingT, w *catair.Writer, chapter catair.Chapter, direction catair.Direction, record string, values pairs) {
	l := catair.Find(chapter, direction, record)
	require.NotNil(t, l, record)
	d := catair.NewDraft(l)
	for i := 0; i < len(values); i += 2 {
		d.Set(values[i], values[i+1])
	}
	require.NoError(t, w.WriteDraft(d), record)
}

// messages are the fixtures: invented data, no real importer.
var messages = map[string]func(require.TestingT) []byte{
	"daily-statement.pf": dailyStatement, "monthly-statement.ms": monthlyStatement, "query-response.er": queryResponse,
	"drawback-claim.de": drawbackClaim, "drawback-response.dx": drawbackResponse, "entry-response.ax": entryResponse,
}

func dailyStatement(t require.TestingT) []byte {
	block := catair.Block{Port: "2704", Filer: "B76", Application: "PF", Statement: catair.Statement{
		Status: 'F', Number: "2726015001", PrintDate: 20260120, PaymentType: '2'}}
	return message(t, block, func(w *catair.Writer) {
		add(t, w, catair.Daily, catair.Output, "Q1", pairs{"District/Port of Entry Summary", "2704", "Entry Filer Code", "B76", "Entry Number", "03245278",
			"Importer of Record Number", "12-345678900", "Preliminary Daily Statement Print Date", "2026-01-20", "Estimated Duty Amount", "3200.00", "Entry Type", "1"})
		add(t, w, catair.Daily, catair.Output, "Q2", pairs{"District/Port of Entry Summary", "2704", "Entry Filer Code", "B76", "Entry Number", "03245278",
			"Payment Type", "2", "Pay Indicator", "Y"})
		fees := pairs{"Sequence Number", "1", "First Fee Class Code", "499", "First Fee Amount", "42.76", "Second Fee Class Code", "501", "Second Fee Amount", "77.93"}
		add(t, w, catair.Daily, catair.Output, "QA", fees)
		for _, part := range [][3]string{{"Q3", "Q4", "QE"}, {"Q5", "Q6", "QJ"}} {
			total := "Total Amount Due"
			if part[0] == "Q5" {
				total = "Total Amount Paid"
			}
			add(t, w, catair.Daily, catair.Output, part[0], pairs{"Daily Statement Number", "2726015001", "Daily Statement Print Date", "2026-01-20", "Entry Filer Code", "B76",
				"Total Estimated Duty", "3200.00", "Total Estimated Tax", "0", "District/Port Which Processes Entries", "2704"})
			add(t, w, catair.Daily, catair.Output, part[1], pairs{total, "3320.69", "Total Number Revenue Producing Entries", "1", "Total Number Non-Revenue Producing Entries", "0"})
			add(t, w, catair.Daily, catair.Output, part[2], fees)
		}
	})
}

func monthlyStatement(t require.TestingT) []byte {
	block := catair.Block{Port: "2704", Filer: "B76", Application: "MS", Statement: catair.Statement{Status: 'P', Number: "2726P02001", PrintDate: 20260217, PaymentType: '7'}}
	return message(t, block, func(w *catair.Writer) {
		add(t, w, catair.Monthly, catair.Output, "Q1", pairs{"Periodic Daily Statement Number", "2726015001", "Periodic Daily Statement District/Port", "2704",
			"Periodic Daily Statement Filer Code", "B76", "Preliminary Periodic Daily Statement Print Date", "12026", "Entry Summary Presentation Date", "12126", "Total Duty", "3200.00"})
		add(t, w, catair.Monthly, catair.Output, "Q2", pairs{"Total Amount Due", "3320.69"})
		fees := pairs{"Sequence Number", "1", "First Fee Class Code", "499", "First Fee Amount", "42.76", "Second Fee Class Code", "501", "Second Fee Amount", "77.93"}
		add(t, w, catair.Monthly, catair.Output, "QA", fees)
		add(t, w, catair.Monthly, catair.Output, "Q3", pairs{"Periodic Monthly Statement Number", "2726P02001", "Periodic Monthly Statement Print Date", "21726",
			"Periodic Monthly Statement Due Date", "22326", "Periodic Monthly Statement Filer Code", "B76", "Total Duty", "3200.00"})
		add(t, w, catair.Monthly, catair.Output, "Q4", pairs{"Total Amount Due", "3320.69"})
		add(t, w, catair.Monthly, catair.Output, "QE", fees)
		add(t, w, catair.Monthly, catair.Output, "Q7", pairs{"Periodic Daily Statement Number", "2726015002", "Entry Filer Code (1)", "B76", "Entry Number (1)", "00000015", "Delete Source (1)", "ABI",
			"Entry Filer Code (2)", "B76", "Entry Number (2)", "00000023", "Entry Filer Code (3)", "B76", "Entry Number (3)", "00000031", "Entry Filer Code (4)", "B76", "Entry Number (4)", "00000049"})
	})
}

func queryResponse(t require.TestingT) []byte {
	return message(t, catair.Block{Port: "2704", Filer: "B76", Application: "ER"}, func(w *catair.Writer) {
		record := func(id string, values pairs) { add(t, w, catair.Query, catair.Output, id, values) }
		record("JB", pairs{"Entry Filer Code", "B76", "Entry Number", "03245278", "Version Number", "00100", "Accept Date Time", "20260115093000", "PSC Indicator", "N",
			"Ownership Data Returned Indicator", "Y", "Liquidation Status Code", "1", "Liquidation Date", "2026-11-27", "Center ID", "CEE001"})
		record("JC", pairs{"Entry Summary Control Status", "1", "Entry Summary Status Code", "1", "Entry Summary Status Date", "2026-01-15", "Late Filing Status Code", "N",
			"Collection Status Code", "3", "Collection Date", "2026-02-23", "Census Header Status Code", "0", "Invoice Status Code", "0", "Protest Status Code", "00", "Quota Status Code", "0"})
		record("JD", pairs{"CBP Review Indicator", "N", "Entry Date", "2026-01-15", "Liquidated Duty", "3200.00", "Liquidated Fee(s)", "120.69", "Immediate Delivery Indicator", "N"})
		record("JE", pairs{"Estimated Duty", "3200.00", "Estimated Tax", "0", "Estimated Fee(s)", "120.69", "Estimated Interest", "-1.25", "Estimated AD/CVD", "0"})
		record("JF", pairs{"Importer of Record Number", "12-345678900", "Entry Type", "1", "District/Port of Entry", "2704", "Entry Summary Filing Date", "2026-01-15"})
		record("JK", pairs{"Bill Number", "40123456789", "Bill Date", "2026-12-04", "Bill Type", "2", "Bill Collection Status", "1", "Total Bill Amount", "512.34", "Paid Amount", "0",
			"Principal Amount", "500.00", "Interest Amount", "12.34"})
		record("JL", pairs{"Collection Date", "2026-02-23", "Total Amount", "3320.69"})
		record("JM", pairs{"Class Code", "499", "Class Code Amount", "42.76"})
		record("JM", pairs{"Class Code", "501", "Class Code Amount", "77.93"})
	})
}

func drawbackClaim(t require.TestingT) []byte {
	return message(t, catair.Block{Port: "2704", Filer: "B76", Application: "DE"}, func(w *catair.Writer) {
		record := func(id string, values pairs) { add(t, w, catair.Drawback, catair.Input, id, values) }
		record("10", pairs{"Summary Filing Action Request Code", "A", "Entry Filer Code", "B76", "Entry Number Or Drawback Claim Number", "00000015", "Drawback Filing Port", "2704",
			"Drawback Provision", "51", "Electronic Signature", "X", "Claimant ID or", "12-345678900"})
		record("40", pairs{"Action Indicator", "E", "Entry Filer Code", "B76", "Entry Number", "03245278", "CBP ES Line#", "1", "Import Tracking Identification Number (ITIN)", "1", "Drawback Accounting Method Code", "1"})
		record("41", pairs{"HTS Number", "8708290010", "Article Description Text", "STAMPED BODY PARTS"})
		record("42", pairs{"Quantity", "1200", "Unit of Measure Code", "NO", "Entered (Goods) Value per Unit", "8"})
		record("43", pairs{"Accounting Class Code", "364", "Claim Amount", "693.00", "Calculated Amount", "700.00"})
		record("43", pairs{"Accounting Class Code", "399", "Claim Amount", "34.29", "Calculated Amount", "34.64"})
		record("70", pairs{"Export/Destroy Indicator", "E", "HTS Number", "8708290010", "Quantity", "1200", "Unit of Measure Code", "NO", "Export/Destroy Date", "2026-06-30",
			"Name of Exporter/Destroyer", "SAMPLE EXPORTER", "Country of Ultimate Destination", "CA"})
		record("71", pairs{"Article Description Text", "STAMPED BODY PARTS", "Unique Identifier Number", "EXP-1"})
		record("72", pairs{"Import Tracking Identification Number (ITIN) (1)", "1"})
		record("89", pairs{"Accounting Class Code (1)", "364", "Total Amount (1)", "693.00", "Accounting Class Code (2)", "399", "Total Amount (2)", "34.29"})
		record("90", pairs{"Grand Total Duty Amount", "693.00", "Grand Total User Fee Amount", "34.29", "Grand Total IR Tax Amount", "0"})
	})
}

func drawbackResponse(t require.TestingT) []byte {
	return message(t, catair.Block{Port: "2704", Filer: "B76", Application: "DX"}, func(w *catair.Writer) {
		require.NoError(t, w.WriteResponse(&catair.Response{Number: "B7600000015", Disposition: catair.Accepted}))
	})
}

func entryResponse(t require.TestingT) []byte {
	return message(t, catair.Block{Port: "2704", Filer: "B76", Application: "AX"}, func(w *catair.Writer) {
		require.NoError(t, w.WriteResponse(&catair.Response{Number: "B7603245278", Version: "00100", BrokerReference: "REF1", Disposition: catair.Accepted}))
		require.NoError(t, w.WriteResponse(&catair.Response{Number: "B7600000015", Disposition: catair.Rejected, Findings: []catair.Finding{
			{Code: "624", Severity: catair.Fatal, Line: 1, Reference: "50 8708290010", Narrative: "EST DUTY/CALC'D DUTY MISMATCH - LINE"}}}))
	})
}

// TestMessages: each fixture is what the writer makes of its fields, and the
// checker finds nothing wrong with it.
func TestMessages(t *testing.T) {
	for name, build := range messages {
		t.Run(name, func(t *testing.T) {
			got := build(t)
			if *update {
				require.NoError(t, os.WriteFile(folder+name, got, 0o644))
			}
			want, err := os.ReadFile(folder + name)
			require.NoError(t, err)
			require.Equal(t, string(want), string(got))
			require.Empty(t, faultsOf(t, got))
		})
	}
}

// TestEntryFixture: entry.ae is example D11, and nothing is wrong with it.
func TestEntryFixture(t *testing.T) {
	want, err := os.ReadFile("testdata/d11.ae")
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile(folder+"entry.ae", want, 0o644))
	}
	got, err := os.ReadFile(folder + "entry.ae")
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
	require.Empty(t, faultsOf(t, got))
}

// faultsOf reads a file to its end and gives all its faults as texts. No text may
// hold the importer number of the fixtures.
func faultsOf(t require.TestingT, file []byte) []string {
	c := catair.NewChecker(catair.NewReader(bytes.NewReader(file)))
	var all []string
	for {
		_, err := c.Next()
		for _, e := range c.Faults() {
			require.NotContains(t, e.Error(), "345678900")
			all = append(all, e.Error())
		}
		if err == io.EOF {
			return all
		}
		require.NoError(t, err)
	}
}

// TestStatementFigures: what is written in a field is at the positions of
// collections.md section 9 (PF Q1 40-50 duty, QA 5-7 and 8-18, Q4 25-35).
func TestStatementFigures(t *testing.T) {
	lines := trimmedLines(string(dailyStatement(t)))
	require.Equal(t, "00000320000", lines[2][39:50])
	require.Equal(t, "49900000004276", lines[4][4:18])
	require.Equal(t, "00000332069", lines[6][24:35])
	require.Equal(t, "B  2704B76PFF27260150010120262", lines[1])
}
