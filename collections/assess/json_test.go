package assess_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

var update = flag.Bool("update", false, "write the golden files again")

// fullEntry is the entry of example D11.
func fullEntry() *entry.Summary {
	s := consumption(20260115)
	with(s, "", tariff("8700000007", 10_000), tariff("9903000025", 0))
	with(s, "S", tariff("9500000000", 50_000))
	return with(s, "", tariff("9500000000", 2_345))
}

// TestJSOND11 is the form that the assess command promises, on example D11.
func TestJSOND11(t *testing.T) {
	var a assess.Assessment
	require.NoError(t, assess.New(exampleTables(t), assess.Regulation).Assess(&a, fullEntry()))
	require.Equal(t, `{"entry":"B7603245278","lines":[`+
		`{"line":1,"charges":[{"class":"001","amount":"3200.00"},{"class":"499","amount":"34.64"},{"class":"501","amount":"12.50"}]},`+
		`{"line":2,"charges":[{"class":"001","amount":"0.00"},{"class":"501","amount":"62.50"}]},`+
		`{"line":3,"charges":[{"class":"001","amount":"0.00"},{"class":"499","amount":"8.12"},{"class":"501","amount":"2.93"}]}],`+
		`"totals":{"duty":"3200.00","ir_tax":"0.00","ad":"0.00","cvd":"0.00","fees":{"499":"42.76","501":"77.93"},"other":"0.00","due":"3320.69",`+
		`"bonded":"0.00","not_due":"0.00"},"conditions":[]}`, string(a.AppendJSON(nil)))
}

// TestJSONEntryCharges: what is charged once per entry stands beside the lines,
// and the totals hold what is payable.
func TestJSONEntryCharges(t *testing.T) {
	s := with(consumption(20260115), "", tariff("9500000000", 2_000))
	s.Type, s.Mode = "21", "40"
	s.Lines[0].Cases = []entry.Case{deposit('B')}
	var a assess.Assessment
	require.NoError(t, assess.New(exampleTables(t), assess.Regulation).Assess(&a, s))
	require.Equal(t, `{"entry":"B7603245278","lines":[{"line":1,"charges":[`+
		`{"class":"001","amount":"0.00","disposition":"not due"},{"class":"012","amount":"200.00","disposition":"bonded"},`+
		`{"class":"499","amount":"6.93","disposition":"not due"}]}],"charges":[{"class":"499","amount":"26.65","disposition":"not due"}],`+
		`"totals":{"duty":"0.00","ir_tax":"0.00","ad":"0.00","cvd":"0.00","fees":{},"other":"0.00","due":"0.00","bonded":"200.00","not_due":"33.58",`+
		`"reported":{"duty":"0.00","ir_tax":"0.00","ad":"200.00","cvd":"0.00","fees":{"499":"33.58"},"other":"0.00","bonded_ad":"200.00","cash_ad":"0.00","bonded_cvd":"0.00","cash_cvd":"0.00"}},"conditions":[]}`,
		string(a.AppendJSON(nil)))
}

// TestJSONWorking keeps the working of example D11, of a limit, an informal fee,
// a deposit and a replaced duty as golden files. The figures in them are those
// that the other tests take from the rules; these files hold the form.
func TestJSONWorking(t *testing.T) {
	tables := exampleTables(t)
	informal := with(consumption(20260115), "", tariff("1000000006", 100, 150, 250))
	informal.Type = "11"
	limit := with(consumption(20260115), "", tariff("8700000007", 100), tariff("9903000030", 0))
	limit.Type, limit.Mode = "03", "40"
	limit.Lines[0].Cases = []entry.Case{deposit('C'), {Number: "C570001000", Claim: 'B', RateType: 'S', Rate: 11_025, Quantity: 123_456}}
	for name, s := range map[string]*entry.Summary{"d11": fullEntry(), "informal": informal, "limit": limit} {
		t.Run(name, func(t *testing.T) {
			var a assess.Assessment
			require.NoError(t, assess.New(tables, assess.Regulation).Explain(&a, s))
			var got bytes.Buffer
			require.NoError(t, json.Indent(&got, a.AppendJSON(nil), "", "  "))
			got.WriteByte('\n')
			file := filepath.Join("testdata", "working-"+name+".json")
			if *update {
				require.NoError(t, os.MkdirAll("testdata", 0o755))
				require.NoError(t, os.WriteFile(file, got.Bytes(), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), got.String())
		})
	}
}

// TestWorkingClone: a clone outlives its assessment.
func TestWorkingClone(t *testing.T) {
	tables := exampleTables(t)
	assessor := assess.New(tables, assess.Regulation)
	var a assess.Assessment
	require.NoError(t, assessor.Explain(&a, fullEntry()))
	kept := a.Charges[0].Working.Clone()
	require.NoError(t, assessor.Explain(&a, with(consumption(20260115), "", tariff("9500000000", 1))))
	amount, err := kept.Execute()
	require.NoError(t, err)
	require.Equal(t, "3200.00", amount.String())
}

// FuzzAssess: no entry panics. What is assessed is the same with and without
// working, adds up, can be computed again from its working, and prints as JSON.
func FuzzAssess(f *testing.F) {
	for _, seed := range []string{
		`{"entry":"B7603245278","type":"01","mode":"11","port":"2704","entry_date":"2026-01-15","payment_type":"7","lines":[{"line":1,"origin":"CN","tariffs":[{"hts":"8708290010","value":10000},{"hts":"9903900025","value":0}]},{"line":2,"origin":"MX","spi":"S","tariffs":[{"hts":"8471600010","value":50000}]}]}`,
		`{"entry":"B7603245278","type":"11","mode":"40","port":"2704","entry_date":"2025-10-01","payment_type":"1","lines":[{"line":1,"origin":"CU","tariffs":[{"hts":"8708290010","value":9999999999}]}]}`,
		`{"entry":"B7603245278","type":"03","mode":"11","port":"2704","entry_date":"2025-10-01","import_date":"1990-12-31","payment_type":"1","lines":[{"line":1,"origin":"CN","tariffs":[{"hts":"9503000010","value":2400}],"cases":[{"case":"A570001000","claim":"B","rate_type":"A","rate":"999999.99"},{"case":"C570001000","claim":"C","rate_type":"S","rate":"999999.99","quantity":"99999999.9999"}]}]}`,
		`{"entry":"B7603245278","type":"06","mode":"70","port":"2704","entry_date":"2025-10-01","payment_type":"1","lines":[{"line":1,"origin":"CN","ftz_status":"P","privileged_date":"2020-01-01","tariffs":[{"hts":"8708290010","value":7},{"hts":"9903950030","value":0,"quantities":[{"amount":"0.01","unit":"KG"}]}]}]}`,
		`{"entry":"B7603245278","type":"01","mode":"11","port":"2704","entry_date":"2026-01-15","payment_type":"1","invoices":[{"invoice":"A","total":"300.80","items":[{"line":1,"value":"100.40"},{"line":2,"value":"200.40","quantities":["12.34567891"]}]},{"invoice":"B","total":"0.50","items":[{"line":2,"hts":"1818704010","value":"0.50","quantities":["0.5"]}]}],"lines":[{"line":1,"origin":"CN","tariffs":[{"hts":"8708290010"},{"hts":"9903900025","value":0}]},{"line":2,"origin":"CU","tariffs":[{"hts":"1818704010","quantities":[{"unit":"KG"}]}]}]}`,
		// Figures that the filer files, right and wrong: they are compared, and what is on file stands in the way.
		`{"entry":"B7603245278","type":"07","mode":"12","port":"4909","entry_date":"2026-01-15","received_date":"2026-01-15","print_date":"2026-01-20","periodic_month":2,"payment_type":"7","bond_type":"8","bond_amount":1,"standing":["sanctioned","liquidated"],"filed":{"fees":[{"class":"311","amount":"2.69"},{"class":"999","amount":"0.01"}],"totals":[{"class":"499","amount":"33.58"},{"class":"499","amount":"1.00"},{"class":"501","amount":"12.51"},{"class":"055","amount":"3.00"}],"deposits":{"cash_ad":"1017.00"},"grand":{"duty":"700.00","fees":"50.09","ir_tax":"356.63","ad":"1017.01","other":"9999999.99"}},"lines":[{"line":1,"origin":"CN","fee_exemption":"2","tariffs":[{"hts":"8708290010","value":10000,"filed_duty":"702.99"},{"hts":"2205704050","value":100,"quantities":[{"amount":"100.00","unit":"PFL"}]}],"cases":[{"case":"A570001000","claim":"C","rate_type":"A","rate":"10.17","quantity":"0.0001","filed_duty":"1017.00"}],"filed":{"ir_tax":{"class":"016","amount":"356.63"},"other":{"class":"672","amount":"0.01"},"fees":[{"class":"499","amount":"34.64"},{"class":"501","amount":"12.51"},{"class":"055","amount":"3.00"}]}}]}`,
		`{"entry":"B7603245278","type":"12","mode":"50","port":"2704","entry_date":"2026-01-15","payment_type":"","correction":true,"standing":["unpaid","reconciled"],"filed":{"grand":{}},"lines":[{"line":1,"origin":"CN","set":"X","tariffs":[{"hts":"9801001010","value":10001},{"hts":"8471600010","value":2501}],"filed":{"ir_tax":{"class":"017","amount":"1.00"},"fees":[{"class":"499","amount":"0.01"},{"class":"108","amount":"0.01"}]}},{"line":2,"origin":"CN","set":"V","tariffs":[{"hts":"8471600010","value":1,"filed_duty":"0.01"}],"filed":{"fees":[{"class":"501","amount":"0.00"}]}}]}`,
		`{"entry":"B7603245278","type":"23","mode":"12","port":"2704","entry_date":"9999-12-31","payment_type":"1","lines":[{"line":1,"origin":"CN","set":"V","tariffs":[{"hts":"9801001010","value":0}]}]}`,
	} {
		f.Add([]byte(seed), uint8(0), uint8(0))
	}
	tables, err := reference.Default()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, b []byte, mode, place uint8) {
		var s entry.Summary
		if entry.Decode(b, &s) != nil {
			return
		}
		method := assess.Regulation
		method.MPF.Place, method.HMF.Place, method.Duty.Place = assess.Place(place&1), assess.Place(place>>1&1), assess.Place(place>>2&1)
		method.FeeRowDelay, method.ValuesAlone = int(place>>4), place>>3&1 == 1
		method.Duty.Mode = money.Modes()[int(mode)%len(money.Modes())]
		var plain, explained assess.Assessment
		err := assess.New(tables, method).Assess(&plain, &s)
		if again := assess.New(tables, method).Explain(&explained, &s); err != nil {
			require.EqualError(t, again, err.Error())
			return
		}
		require.Equal(t, listing(&plain), listing(&explained))
		conserved(t, &plain)
		for _, c := range explained.Charges {
			amount, err := c.Working.Execute()
			require.NoError(t, err)
			require.Equal(t, c.Amount, amount)
		}
		require.Equal(t, plain.Conditions, explained.Conditions)
		for _, c := range plain.Conditions {
			require.NotEmpty(t, c.Text, c.Code)
			require.NotEqual(t, reference.SeverityUnknown, c.Severity, c.Code)
		}
		require.True(t, json.Valid(explained.AppendJSON(nil)))
	})
}
