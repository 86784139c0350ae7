package entry_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// fullJSON has every field of the form.
const fullJSON = `{"entry":"B7603245278","type":"06","mode":"11","port":"2704","processing_port":"2704","unlading_port":"2709","importer":"12-345678900",` +
	`"entry_date":"2026-01-15","import_date":"2026-01-12","in_bond_date":"2026-01-13","estimated_date":"2026-01-14","release_date":"2026-01-16",` +
	`"arrival_date":"2026-01-11","received_date":"2026-01-17","payment_type":"7","print_date":"2026-01-20","periodic_month":2,` +
	`"client_branch":"01","broker_reference":"REF 1","surety":"998","bond_type":"8","bond_amount":50000,"deferred_tax":"2",` +
	`"consolidated":true,"express":true,"manual":true,"correction":true,"standing":["liquidated","sanctioned"],` +
	`"filed":{"fees":[{"class":"311","amount":"2.69"}],"totals":[{"class":"499","amount":"34.64"}],` +
	`"deposits":{"bonded_ad":"1.00","cash_ad":"2.00","bonded_cvd":"3.00","cash_cvd":"4.00"},` +
	`"grand":{"duty":"700.00","fees":"37.33","ir_tax":"5.00","ad":"3.00","cvd":"7.00","other":"8.00"}},"lines":[` +
	`{"line":1,"origin":"CN","spi":"S+","set":"X","ftz_status":"P","privileged_date":"2025-12-31",` +
	`"export_country":"HK","export_date":"2026-01-02","product_claim":"C","fee_exemption":"2","gross_weight":1200,"charges":35,` +
	`"tariffs":[{"hts":"8708290010","value":10000,"quantities":[{"amount":"12.50","unit":"NO"},{"amount":"0.07","unit":"KG"}],"filed_duty":"700.00"},` +
	`{"hts":"9903900025","value":0,"filed_duty":"0.00"}],` +
	`"cases":[{"case":"A570001000","claim":"C","rate_type":"A","rate":"10.17","filed_duty":"1017.00"},` +
	`{"case":"C570001000","claim":"B","rate_type":"S","rate":"110.25","value":7,"quantity":"12.3456","filed_duty":"0.00"}],` +
	`"licenses":[{"type":"22","number":"0123456789"}],` +
	`"filed":{"ir_tax":{"class":"016","amount":"5.00"},"other":{"class":"672","amount":"8.00"},"fees":[{"class":"499","amount":"34.64"}]}}]}`

func TestDecode(t *testing.T) {
	var s entry.Summary
	s.Source = entry.Source{File: "entries.jsonl", Record: 3}
	require.NoError(t, entry.Decode([]byte(fullJSON), &s))
	require.Equal(t, entry.Summary{
		Number: "B7603245278", Type: "06", Mode: "11", Port: "2704", ProcessingPort: "2704", UnladingPort: "2709", Importer: "12-345678900",
		EntryDate: 20260115, ImportDate: 20260112, InBondDate: 20260113, EstimatedDate: 20260114, ReleaseDate: 20260116,
		ArrivalDate: 20260111, ReceivedDate: 20260117, PaymentType: '7', PrintDate: 20260120, PeriodicMonth: 2,
		ClientBranch: "01", BrokerReference: "REF 1", Surety: "998", BondType: '8', BondAmount: 50_000, DeferredTax: '2',
		Consolidated: true, Express: true, Manual: true, Correction: true, Standing: entry.Liquidated | entry.Sanctioned,
		Filed: entry.Filed{
			Given:       true,
			HeaderFees:  []reference.ClassAmount{{Class: "311", Amount: 269}},
			Totals:      []reference.ClassAmount{{Class: "499", Amount: 3464}},
			HasDeposits: true, Deposits: entry.FiledDeposits{BondedAD: 100, CashAD: 200, BondedCVD: 300, CashCVD: 400},
			HasGrand: true, Grand: entry.FiledGrand{Duty: 70_000, Fees: 3733, Tax: 500, AD: 300, CVD: 700, Other: 800},
		}, Source: entry.Source{File: "entries.jsonl", Record: 3},
		Lines: []entry.Line{{
			Number: 1, Origin: "CN", SPI: "S+", Set: 'X', FTZStatus: 'P', PrivilegedDate: 20251231,
			ExportCountry: "HK", ExportDate: 20260102, ProductClaim: 'C', FeeExemption: '2', GrossWeight: 1200, Charges: 35,
			Tariffs: []entry.Tariff{
				{HTS: "8708290010", Value: 10_000, Quantities: []entry.Quantity{{Amount: 1_250, Unit: "NO"}, {Amount: 7, Unit: "KG"}}, FiledDuty: 70_000},
				{HTS: "9903900025"},
			},
			Cases: []entry.Case{
				{Number: "A570001000", Claim: 'C', RateType: 'A', Rate: 1_017, FiledDuty: 101_700},
				{Number: "C570001000", Claim: 'B', RateType: 'S', Rate: 11_025, Value: 7, Quantity: 123_456},
			},
			Licenses: []entry.License{{Type: "22", Number: "0123456789"}},
			Filed: entry.LineFiled{
				Tax: reference.ClassAmount{Class: "016", Amount: 500}, Other: reference.ClassAmount{Class: "672", Amount: 800},
				Fees: []reference.ClassAmount{{Class: "499", Amount: 3464}},
			},
		}},
	}, s)
	b, err := json.Marshal(&s)
	require.NoError(t, err)
	require.Equal(t, fullJSON, string(b))
}

// TestDecodeReusesMemory: a second, smaller summary has nothing of the first.
func TestDecodeReusesMemory(t *testing.T) {
	var s entry.Summary
	require.NoError(t, entry.Decode([]byte(fullJSON), &s))
	small := `{"entry":"B7603245278","type":"01","mode":"40","port":"2704","entry_date":"2026-01-15","payment_type":"1","lines":[{"line":1,"origin":"CN","tariffs":[{"hts":"8708290010","value":1}]}]}`
	require.NoError(t, entry.Decode([]byte(small), &s))
	b, err := json.Marshal(&s)
	require.NoError(t, err)
	require.Equal(t, small, string(b))
	require.Equal(t, entry.None, s.Lines[0].Set)
	require.Equal(t, entry.None, s.Lines[0].FTZStatus)
}

// TestFiledFiguresNeedTheSummarys: without "filed" on the summary nothing of the
// filer's is compared, so a figure below it would be lost without a word.
func TestFiledFiguresNeedTheSummarys(t *testing.T) {
	const plain = `{"entry":"B7603245278","type":"03","mode":"11","port":"2704","entry_date":"2026-01-15","payment_type":"2",FILED"lines":[{"line":1,"origin":"CN",` +
		`"tariffs":[{"hts":"8708290010","value":10TARIFF}],"cases":[{"case":"A570001000","claim":"C","rate_type":"A","rate":"10.17"CASE}]LINE}]}`
	for _, c := range []struct{ place, figure, field string }{
		{"TARIFF", `,"filed_duty":"0.70"`, "lines[0].tariffs[0].filed_duty"},
		{"CASE", `,"filed_duty":"1.02"`, "lines[0].cases[0].filed_duty"},
		{"LINE", `,"filed":{"fees":[{"class":"499","amount":"0.03"}]}`, "lines[0].filed"},
		{"", "", ""},
	} {
		t.Run(c.place, func(t *testing.T) {
			figures := plain
			if c.place != "" {
				figures = strings.Replace(figures, c.place, c.figure, 1)
			}
			decode := func(filed string) error {
				var s entry.Summary
				return entry.Decode([]byte(strings.NewReplacer("TARIFF", "", "CASE", "", "LINE", "", "FILED", filed).Replace(figures)), &s)
			}
			require.NoError(t, decode(`"filed":{},`))
			err := decode("")
			if c.place == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, c.field+`: the summary has no "filed"`)
		})
	}
}

// TestDecodeRefuses: each fault names entry, line and field.
func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown field", `"surety"`, `"suretee"`, `unknown field "suretee"`},
		{"field in other case", `"surety"`, `"Surety"`, "names are lower case"},
		{"field twice", `"surety":"998"`, `"surety":"998","surety":"999"`, `field "surety" stands twice`},
		{"field twice in a tariff number", `"value":0`, `"value":0,"value":1`, `field "value" stands twice`},
		{"text after the summary", fullJSON, fullJSON + "{}", "text after the summary"},
		{"cut off", `"}]}}]}`, `"}]}}`, "reading JSON"},
		{"nothing", fullJSON, "", "there is no value"},
		{"not an object", fullJSON, "[]", "an array stands where an object belongs"},
		{"begun and not ended", fullJSON, `{"entry":"B7603245278",`, "it ends inside the summary, which stands whole on one line"},
		{"nested", `"surety":"998"`, `"surety":[[[[[[[[1]]]]]]]]`, "levels of nesting"},
		{"entry number", "B7603245278", "B760324527", `entry: "B760324527" is not three characters of filer code and eight digits`},
		{"no entry number", `"entry":"B7603245278",`, "", "entry"},
		{"date", "2026-01-15", "2026-02-30", `entry B7603245278, entry_date: date "2026-02-30" is not a day of the calendar`},
		{"month of the statement", `"periodic_month":2`, `"periodic_month":13`, "periodic_month: 13 is not between 0 and 12"},
		{"bond type", `"bond_type":"8"`, `"bond_type":"7"`, "bond_type"},
		{"standing", `"sanctioned"`, `"disliked"`, `standing[1]: "disliked" is not one of under_control liquidated`},
		{"class of a header fee", `"class":"311"`, `"class":"31"`, `filed.fees[0].class: "31" is not three digits`},
		{"third decimal of a filed total", `"amount":"34.64"`, `"amount":"34.645"`, "filed.totals[0].amount"},
		{"negative grand total", `"duty":"700.00"`, `"duty":"-700.00"`, "filed.grand.duty"},
		{"filed duty", `"filed_duty":"700.00"`, `"filed_duty":"7OO.00"`, "lines[0].tariffs[0].filed_duty"},
		{"class of a line's tax", `"class":"016"`, `"class":"O16"`, "line 1, lines[0].filed.ir_tax.class"},
		{"license type", `"type":"22"`, `"type":"222"`, "lines[0].licenses[0].type"},
		{"type", `"type":"06"`, `"type":"6"`, `type: "6" is not 2 characters`},
		{"payment type 4 is unused", `"payment_type":"7"`, `"payment_type":"4"`, `payment_type: "4" is not one letter of "1235678"`},
		{"importer too long", "12-345678900", "12-3456789001", "importer"},
		{"control character", "REF 1", `REF\n1`, "broker_reference: byte 4"},
		{"character no mainframe has", "REF 1", "REF \u20ac", "broker_reference"},
		{"no lines", `"lines":[`, `"lines":[],"x":[`, "x"},
		{"line 0", `"line":1`, `"line":0`, "lines[0].line: is missing or 0"},
		{"line number too large", `"line":1`, `"line":100000`, "lines[0].line"},
		{"set", `"set":"X"`, `"set":"Y"`, "line 1, lines[0].set"},
		{"set component without its header", `"set":"X"`, `"set":"V"`, "line 1, lines[0].set: a component of an article set (V), and no header (X) stands before it"},
		{"tariff number", "8708290010", "870829001", `line 1, lines[0].tariffs[0].hts: "870829001" is not 10 characters`},
		{"value as a float", `"value":10000`, `"value":10000.5`, "lines.tariffs.value: a number stands where a whole number in digits belongs"},
		{"value with an exponent", `"value":10000`, `"value":1e4`, "lines.tariffs.value: a number stands where"},
		{"value as a text", `"value":10000`, `"value":"10000"`, "lines.tariffs.value: a string stands where a whole number in digits belongs"},
		{"an importer number is not shown", `"importer":"12-345678900"`, `"importer":345678900`, "entry B7603245278, importer: a number stands where a string belongs"},
		{"value missing", `"hts":"9903900025","value":0`, `"hts":"9903900025"`, "lines[0].tariffs[1].value: is missing"},
		{"negative value", `"value":10000`, `"value":-1`, "lines[0].tariffs[0].value: -1 is not between 0 and 9999999999"},
		{"value beyond its digits", `"value":10000`, `"value":10000000000`, "is not between 0"},
		{"value beyond 64 bits", `"value":10000`, `"value":99999999999999999999`, "lines.tariffs.value"},
		{"third decimal of a quantity", `"12.50"`, `"12.505"`, "quantities[0].amount"},
		{"quantity without unit", `"unit":"NO"`, `"unit":""`, "a quantity has an amount and a unit"},
		{"third decimal of a case rate", `"10.17"`, `"10.175"`, "lines[0].cases[0].rate"},
		{"case without rate", `,"rate":"10.17"`, "", "cases[0].rate: is missing"},
		{"claim", `"claim":"C"`, `"claim":"D"`, "cases[0].claim"},
		{"fifth decimal of a case quantity", `"12.3456"`, `"12.34567"`, "cases[1].quantity"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad := strings.Replace(fullJSON, c.old, c.new, 1)
			require.NotEqual(t, fullJSON, bad)
			var s entry.Summary
			err := entry.Decode([]byte(bad), &s)
			require.ErrorContains(t, err, c.want)
			var field *entry.FieldError
			require.ErrorAs(t, err, &field)
		})
	}
	t.Run("no date at all", func(t *testing.T) {
		var s entry.Summary
		bad := fullJSON
		for _, date := range []string{`"entry_date":"2026-01-15",`, `"estimated_date":"2026-01-14",`, `"received_date":"2026-01-17",`} {
			require.NoError(t, entry.Decode([]byte(bad), &s))
			bad = strings.Replace(bad, date, "", 1)
		}
		require.ErrorContains(t, entry.Decode([]byte(bad), &s), "entry_date: is missing")
	})
	t.Run("an importer number is not repeated", func(t *testing.T) {
		var s entry.Summary
		err := entry.Decode([]byte(strings.Replace(fullJSON, "12-345678900", "900-01-00011111", 1)), &s)
		require.ErrorContains(t, err, "importer: 15 characters; at most 12 are possible")
		require.NotContains(t, err.Error(), "900-01")
	})
	t.Run("eight digits of chapters 98 and 99 only", func(t *testing.T) {
		for _, filed := range []string{"99039000", "99039000  ", "98130005"} {
			var s entry.Summary
			require.NoError(t, entry.Decode([]byte(strings.Replace(fullJSON, "9903900025", filed, 1)), &s))
			require.Equal(t, strings.TrimRight(filed, " "), s.Lines[0].Tariffs[1].HTS)
		}
		for _, filed := range []string{"87082900", "9903900", "990390002", " 99039000"} {
			var s entry.Summary
			err := entry.Decode([]byte(strings.Replace(fullJSON, "9903900025", filed, 1)), &s)
			require.ErrorContains(t, err, "is not 10 characters")
		}
	})
	t.Run("33 tariff numbers", func(t *testing.T) {
		var s entry.Summary
		many := strings.Replace(fullJSON, `{"hts":"9903900025",`, strings.Repeat(`{"hts":"9903900025","value":0},`, 31)+`{"hts":"9903900025",`, 1)
		require.ErrorContains(t, entry.Decode([]byte(many), &s), "lines[0].tariffs: 33 tariff numbers; 1 to 32 are possible")
	})
}

// FuzzDecode: no text panics, and what is read is written and read back equal.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(fullJSON))
	f.Add([]byte(`{"entry":"B7603245278","type":"01","mode":"40","port":"2704","entry_date":"2026-01-15","payment_type":"1","lines":[{"line":1,"origin":"CN","tariffs":[{"hts":"8708290010","value":1}]}]}`))
	f.Add([]byte(invoicedJSON))
	f.Add([]byte(`{"entry":null,"lines":null}`))
	f.Add([]byte(`[[[[[[[[`))
	f.Add([]byte(`{"lines":[{"tariffs":[{"value":1e5000000}]}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var s, back entry.Summary
		if entry.Decode(b, &s) != nil {
			return
		}
		again, err := json.Marshal(&s)
		require.NoError(t, err)
		require.NoError(t, entry.Decode(again, &back))
		require.Equal(t, s, back)
	})
}

// TestDecodeWithoutPaymentType: only a post summary correction carries no
// payment (ACE CATAIR AE note gg).
func TestDecodeWithoutPaymentType(t *testing.T) {
	const rest = `"entry":"B7603245278","type":"01","mode":"40","port":"2704","entry_date":"2026-01-15","lines":[{"line":1,"origin":"CN","tariffs":[{"hts":"8708290010","value":1}]}]}`
	var s entry.Summary
	require.ErrorContains(t, entry.Decode([]byte("{"+rest), &s), "payment_type: is missing")
	require.NoError(t, entry.Decode([]byte(`{"correction":true,`+rest), &s))
	require.Equal(t, entry.None, s.PaymentType)
}
