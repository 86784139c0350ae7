package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/ebcdic"
)

// Entries over the embedded sample tariff, shaped as example D11: 7 percent and
// a 25 percent remedy, a free program claim, a free number.
const (
	sampleD11 = `{"entry":"B7603245278","type":"01","mode":"11","port":"2704","entry_date":"2026-01-15","payment_type":"7","lines":[` +
		`{"line":1,"origin":"CN","tariffs":[{"hts":"8708290010","value":10000},{"hts":"9903900025","value":0}]},` +
		`{"line":2,"origin":"MX","spi":"S","tariffs":[{"hts":"8471600010","value":50000}]},` +
		`{"line":3,"origin":"DE","tariffs":[{"hts":"9503000010","value":2345}]}]}`
	unknownHTS = `{"entry":"B7603245286","type":"01","mode":"11","port":"2704","entry_date":"2026-01-15","payment_type":"7","lines":[` +
		`{"line":7,"origin":"CN","tariffs":[{"hts":"1111111111","value":10000}]}]}`
)

// runAssess gives exit code and output of the command on a file.
func runAssess(t *testing.T, text string, flags ...string) (code int, stdout, stderr string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "entries.jsonl")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	var out, errs bytes.Buffer
	code = Main(append([]string{"assess", file}, flags...), &out, &errs)
	return code, out.String(), strings.ReplaceAll(errs.String(), file, "FILE")
}

func TestAssessD11(t *testing.T) {
	code, stdout, stderr := runAssess(t, sampleD11+"\r\n\n")
	require.Equal(t, 0, code, stderr)
	require.Empty(t, stderr)
	var a struct {
		Entry string
		Lines []struct {
			Charges []struct{ Class, Amount string }
		}
		Totals struct {
			Duty, Due string
			Fees      map[string]string
		}
	}
	require.NoError(t, json.Unmarshal([]byte(stdout), &a))
	require.Equal(t, "B7603245278", a.Entry)
	require.Len(t, a.Lines, 3)
	require.Equal(t, "3200.00", a.Totals.Duty)
	require.Equal(t, map[string]string{"499": "42.76", "501": "77.93"}, a.Totals.Fees)
	require.Equal(t, "3320.69", a.Totals.Due)
	require.NotContains(t, stdout, "working")
}

func TestAssessWorking(t *testing.T) {
	code, stdout, _ := runAssess(t, sampleD11, "--working")
	require.Equal(t, 0, code)
	require.Contains(t, stdout, `"formula":"P2*V","of":"8708290010","inputs":[{"name":"P2","value":"0.07"},{"name":"V","value":"10000"}],"unrounded":"700"`)
	require.Contains(t, stdout, `"citation":"sample data, not the tariff","verified":false`)
}

// TestAssessHelpExample: the entry in the help is one that can be assessed: 7
// percent of 10,000 dollars, and the fee of 34.64, which is over the minimum.
func TestAssessHelpExample(t *testing.T) {
	require.Contains(t, newAssessCommand().Example, assessExample)
	code, stdout, stderr := runAssess(t, assessExample)
	require.Equal(t, 0, code, stderr)
	require.Equal(t, `{"entry":"B7603245278","lines":[{"line":1,"charges":[{"class":"001","amount":"700.00"},{"class":"499","amount":"34.64"}]}],`+
		`"totals":{"duty":"700.00","ir_tax":"0.00","ad":"0.00","cvd":"0.00","fees":{"499":"34.64"},"other":"0.00","due":"734.64","bonded":"0.00","not_due":"0.00"},"conditions":[]}`+"\n", stdout)
}

// TestAssessGoesOn: bad entries are named on standard error, the others are
// assessed, and the exit code says so.
func TestAssessGoesOn(t *testing.T) {
	code, stdout, stderr := runAssess(t, unknownHTS+"\n{\"entry\":1}\n"+sampleD11+"\n")
	require.Equal(t, 1, code)
	lines := strings.Split(stdout, "\n")
	require.Len(t, lines, 4)
	require.Contains(t, lines[0], `{"entry":"B7603245286","refused":true,"conditions":[{"code":"433","line":7,"text":"HTS Nbr Unknown","record":1,"field":"hts","error":"entry B7603245286, line 7, `)
	require.Contains(t, lines[1], `{"entry":"","refused":true,"conditions":[{"code":"","line":0,"record":2,"field":"entry","error":"entry: a number stands where a string belongs"}]}`)
	require.Contains(t, lines[2], `"due":"3320.69"`)
	require.Equal(t, 1, strings.Count(stdout, `"totals"`))
	require.Contains(t, stderr, `FILE line 1: entry B7603245286, line 7, hts "1111111111": table hts has no row for 1111111111 column general on 2026-01-15 (RATE)`)
	require.Contains(t, stderr, "FILE line 2: entry: a number stands")
}

// TestAssessChecksDigit: a wrong check digit is an entry that nobody filed.
func TestAssessChecksDigit(t *testing.T) {
	code, stdout, stderr := runAssess(t, strings.Replace(sampleD11, "B7603245278", "B7603245279", 1))
	require.Equal(t, 1, code)
	require.Contains(t, stdout, `{"entry":"B7603245279","refused":true,"conditions":[{"code":"B16","line":0,"text":"Entry Number Check Digit Mismatch",`)
	require.Contains(t, stderr, "entry number B7603245279: check digit does not match: 9, computed 8 with factor 0")
}

// TestAssessCATAIR: example D11 as an AE message gives what its JSON gives, in
// each form that a file can have.
func TestAssessCATAIR(t *testing.T) {
	message, err := os.ReadFile("../../../collections/catair/testdata/d11.ae")
	require.NoError(t, err)
	page, err := ebcdic.LookupCodePage("cp037")
	require.NoError(t, err)
	text := string(message)
	records := strings.ReplaceAll(text, "\n", "")
	inEBCDIC := make([]byte, len(records))
	require.Zero(t, page.PutText(inEBCDIC, records))
	_, want, _ := runAssess(t, sampleD11)
	for name, text := range map[string]string{
		"ASCII":                     text,
		"ASCII, CRLF":               strings.ReplaceAll(text, "\n", "\r\n"),
		"ASCII, 80 bytes a record":  records,
		"EBCDIC, 80 bytes a record": string(inEBCDIC),
		"without its envelope":      strings.Join(strings.SplitAfter(text, "\n")[2:20], ""),
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := runAssess(t, text)
			require.Equal(t, 0, code, stderr)
			require.Equal(t, want, stdout)
		})
	}
}

// TestAssessSameBytes: any number of workers gives the same assessments and
// reports in the same order.
func TestAssessSameBytes(t *testing.T) {
	var lines strings.Builder
	for i := range 1_000 {
		if i%7 == 3 {
			lines.WriteString(unknownHTS + "\n")
			continue
		}
		lines.WriteString(strings.Replace(sampleD11, "2345", fmt.Sprint(2345+i), 1) + "\n")
	}
	code, stdout, stderr := runAssess(t, lines.String(), "--jobs", "1")
	require.Equal(t, 1, code)
	require.Equal(t, 1_000, strings.Count(stdout, "\n"))
	require.Equal(t, 857, strings.Count(stdout, `"totals"`))
	require.Equal(t, 143, strings.Count(stderr, "\n"))
	for _, jobs := range []string{"2", "3", "16"} {
		code, again, reports := runAssess(t, lines.String(), "--jobs", jobs)
		require.Equal(t, 1, code)
		require.Equal(t, stdout, again)
		require.Equal(t, stderr, reports)
	}
}

func TestAssessNoFile(t *testing.T) {
	var out, errs bytes.Buffer
	require.Equal(t, 2, Main([]string{"assess", filepath.Join(t.TempDir(), "absent.jsonl")}, &out, &errs))
	require.Contains(t, errs.String(), "opening input")
}

func TestAssessHelp(t *testing.T) {
	var out, errs bytes.Buffer
	require.Equal(t, 0, Main([]string{"assess", "--help"}, &out, &errs))
	require.Contains(t, out.String(), "EXIT STATUS")
	require.Contains(t, out.String(), "Examples:")
}
