package entry_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/entry"
)

const invoicedJSON = `{"entry":"B7603245278","type":"01","mode":"40","port":"2704","entry_date":"2026-01-15","payment_type":"1",` +
	`"invoices":[{"invoice":"A-1","total":"300.80","items":[{"line":1,"hts":"8708290010","value":"100.40"},{"line":2,"hts":"9503000010","value":"200.40","quantities":["12.3456","0.5"]}]},` +
	`{"invoice":"B/2","total":"0.30","items":[{"line":2,"hts":"9503000010","value":"0.30","quantities":["1","0"]}]}],` +
	`"lines":[{"line":1,"origin":"CN","tariffs":[{"hts":"8708290010"},{"hts":"9903900025","value":0}]},` +
	`{"line":2,"origin":"CN","tariffs":[{"hts":"9503000010","value":201,"quantities":[{"unit":"KG"},{"amount":"0.50","unit":"NO"}]}]}]}`

// TestDecodeInvoices: values and quantities before rounding, and what is left to
// them.
func TestDecodeInvoices(t *testing.T) {
	var s entry.Summary
	require.NoError(t, entry.Decode([]byte(invoicedJSON), &s))
	require.Equal(t, []entry.Invoice{
		{Number: "A-1", Total: 300_80, Items: []entry.InvoiceItem{
			{Line: 1, Tariff: 0, Value: 100_40}, {Line: 2, Tariff: 0, Value: 200_40, Quantities: []int64{12_34560000, 50000000}}}},
		{Number: "B/2", Total: 30, Items: []entry.InvoiceItem{{Line: 2, Tariff: 0, Value: 30, Quantities: []int64{100000000, 0}}}},
	}, s.Invoices)
	require.Equal(t, entry.FromInvoices, s.Lines[0].Tariffs[0].Value)
	require.EqualValues(t, 201, s.Lines[1].Tariffs[0].Value)
	require.Equal(t, entry.FromInvoices, s.Lines[1].Tariffs[0].Quantities[0].Amount)
	b, err := json.Marshal(&s)
	require.NoError(t, err)
	require.Equal(t, invoicedJSON, string(b))
	s.Reset()
	require.Empty(t, s.Invoices)

	short := strings.Replace(invoicedJSON, `"line":1,"hts":"8708290010",`, `"line":1,`, 1)
	require.NoError(t, entry.Decode([]byte(short), &s), "the line has one number of chapters 1 to 97")
	require.Equal(t, 0, s.Invoices[0].Items[0].Tariff)
}

// TestDecodeInvoicesRefuses: what is missing on an invoice, or contradicts it.
func TestDecodeInvoicesRefuses(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"an item is missing", `{"line":1,"hts":"8708290010","value":"100.40"},`, ``,
			"entry B7603245278, invoices[0].total: 300.80, but the items add up to 200.40; an item is missing or one of the amounts is wrong"},
		{"the total disagrees", `"300.80"`, `"300.81"`, "invoices[0].total: 300.81, but the items add up to 300.80"},
		{"no total", `"total":"300.80",`, ``, "invoices[0].total: is missing"},
		{"no value", `"value":"100.40"`, `"value":""`, "line 1, invoices[0].items[0].value: is missing"},
		{"half a cent", `"100.40"`, `"100.405"`, "invoices[0].items[0].value"},
		{"a credit", `"100.40"`, `"-100.40"`, "invoices[0].items[0].value: -100.40 is not between 0"},
		{"no items", `"items":[{"line":2,"hts":"9503000010","value":"0.30","quantities":["1","0"]}]`, `"items":[]`, "invoices[1].items: are missing"},
		{"no number", `"B/2"`, `""`, "invoices[1].invoice: is missing"},
		{"the same invoice twice", `"B/2"`, `"A-1"`, `invoices[1].invoice: "A-1" stands twice`},
		{"a line that is not there", `{"line":1,"hts"`, `{"line":3,"hts"`, "invoices[0].items[0].line: the summary has no line 3"},
		{"a number that is not on the line", `{"line":1,"hts":"8708290010"`, `{"line":1,"hts":"8708290090"`, `line 1, invoices[0].items[0].hts: "8708290090" is no tariff number of the line`},
		{"two numbers to choose from", `{"hts":"8708290010"},{"hts":"9903900025","value":0}`, `{"hts":"8708290010"},{"hts":"8708290010"}`, `"8708290010" stands 2 times on the line`},
		{"a number of quantities", `["12.3456","0.5"]`, `["12.3456"]`, "line 2, invoices[0].items[1].quantities: 1 quantities, but the tariff number has 2"},
		{"nine decimals", `"12.3456"`, `"12.345678901"`, "invoices[0].items[1].quantities[0]"},
		{"an empty quantity", `"12.3456"`, `""`, "invoices[0].items[1].quantities[0]: is missing"},
		{"quantities on one item only", `,"quantities":["1","0"]`, ``, "line 2, lines[1].tariffs[0].quantities: 1 of its 2 invoice items state quantities"},
		{"a value that no invoice has", `"9903900025","value":0`, `"9903900025","value":7`, "line 1, lines[0].tariffs[1].value: 7 stands here and on no invoice"},
		{"no value anywhere", `"9903900025","value":0`, `"9903900025"`, "line 1, lines[0].tariffs[1].value: is missing, and so is an invoice item"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad := strings.Replace(invoicedJSON, c.old, c.new, 1)
			require.NotEqual(t, invoicedJSON, bad)
			var s entry.Summary
			require.ErrorContains(t, entry.Decode([]byte(bad), &s), c.want)
		})
	}
	t.Run("the number must be named", func(t *testing.T) {
		bad := strings.Replace(invoicedJSON, `"hts":"8708290010","value"`, `"value"`, 1)
		bad = strings.Replace(bad, `{"hts":"9903900025","value":0}`, `{"hts":"9503000010","value":0}`, 1)
		var s entry.Summary
		require.ErrorContains(t, entry.Decode([]byte(bad), &s), "line 1, invoices[0].items[0].hts: is missing: the line has 2 numbers of chapters 1 to 97")
	})
	t.Run("an amount left out without an item", func(t *testing.T) {
		var s entry.Summary
		require.ErrorContains(t, entry.Decode([]byte(strings.Replace(fullJSON, `"amount":"12.50",`, ``, 1)), &s),
			"line 1, lines[0].tariffs[0].quantities[0].amount: is missing, and so is an invoice item with quantities")
	})
}
