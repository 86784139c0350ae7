package parity

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/parity/compare"
)

var update = flag.Bool("update", false, "write the golden files anew")

// day is a day with one of each: what is the matter stands beside each record.
func day(b *bench) (left, right []byte) {
	number := func(i int) string { return fmt.Sprintf("B76%07d8", i) }
	var l, r []charge
	both := func(c charge, rightAmount string) {
		l = append(l, c)
		c.amount = rightAmount
		r = append(r, c)
	}
	for i := range 40 { // agree
		both(charge{entry: number(i), line: 1, class: "001", amount: fmt.Sprintf("%d.%02d", 100+i*37, i)}, fmt.Sprintf("%d.%02d", 100+i*37, i))
	}
	for i := range 6 { // 499 of type 06 truncated: one cent less on the left
		both(charge{entry: number(100 + i), line: 1, class: "499", kind: "06", amount: fmt.Sprintf("34.%02d", 10+i)}, fmt.Sprintf("34.%02d", 11+i))
	}
	for i := range 4 { // last year's minimum: 32.71 for 33.58, 0.87 less
		both(charge{entry: number(200 + i), line: 0, class: "499", base: "0", amount: "12.13"}, "13.00")
	}
	for i := range 3 { // 501 rounded per tariff number: one cent more or less
		both(charge{entry: number(300 + i), line: 2, class: "501", amount: []string{"5.01", "5.00", "7.77"}[i]}, []string{"5.00", "5.01", "7.76"}[i])
	}
	both(charge{entry: number(400), line: 1, class: "012", amount: "250.00"}, "-250.00") // sign reversed
	l = append(l, charge{entry: number(500), line: 1, class: "001", amount: "77.70"})    // missing
	r = append(r, charge{entry: number(501), line: 1, class: "001", amount: "8.80"})     // extra
	l = append(l, charge{entry: number(502), line: 1, class: "311", amount: "2.62"}, charge{entry: number(502), line: 1, class: "311", amount: "2.62"})
	r = append(r, charge{entry: number(502), line: 1, class: "311", amount: "2.62"}) // duplicate
	both(charge{entry: number(503), line: 1, class: "001", amount: "1.00"}, "1.00")  // sign nibble, below
	both(charge{entry: number(504), line: 1, class: "001", amount: "2.00"}, "2.00")  // invalid digit, below
	l = append(l, charge{entry: number(505), line: 1, class: "001", amount: "3.00"}) // rate date a day earlier
	r = append(r, charge{entry: number(505), line: 1, class: "001", amount: "3.00"}) //
	r[len(r)-1].rateDate, l[len(l)-1].rateDate = "20251001", "20250930"              //
	l = append(l, charge{entry: number(506), line: 1, class: "001", amount: "4.00"}) // importer differs, masked
	r = append(r, charge{entry: number(506), line: 1, class: "001", amount: "4.00"}) //
	l[len(l)-1].importer, r[len(r)-1].importer = "98-7654321ZZ", "98-7654321ZY"      //
	l = append(l, charge{entry: number(507), line: 1, class: "001", amount: "5.00"}) // unreadable key, below
	left, right = b.detail(l...), b.detail(r...)
	s := b.schema("COLREC.cpy")
	amount, _ := s.One("CD-AMOUNT")
	serial, _ := s.One("CD-ENTRY-SERIAL")
	at := func(data []byte, entry string, element int) []byte {
		for i := 0; i+80 <= len(data); i += 80 {
			rec := data[i : i+80]
			found, _ := s.Find("CD-ENTRY-NUMBER")
			if string(s.AppendText(nil, rec, found...)) == entry {
				f := s.Elements[element].Field
				return rec[f.Offset() : f.Offset()+f.Length()]
			}
		}
		panic(entry)
	}
	sign := at(left, number(503), amount)
	sign[5] = sign[5]&0xF0 | 0x0F // F for C: the same value
	bad := at(left, number(504), amount)
	bad[3] = 0xA0 // no digit
	at(left, number(507), serial)[2] = 0x40
	return left, right
}

type fakeExplainer struct{}

func (fakeExplainer) Explain(_ context.Context, key Key) (Working, error) {
	if key.Get("CD-CLASS-CODE") != "499" {
		return Working{}, errors.New("the entry is not in the extract")
	}
	return Working{
		Text: "9,847 × 0.003464 = 34.110008, half away from zero to cents: 34.11",
		Rows: []Row{
			{Name: "Sum of entered values", Value: "9,847", Source: "entry summary, line 1"},
			{Name: "Rate", Value: "0.003464", Source: "19 CFR 24.23(b)(1); in effect from 1 October 2011"},
		},
	}, nil
}

func runDay(t *testing.T, b *bench) *Report {
	left, right := day(b)
	b.write("left.fb", left)
	b.write("right.fb", right)
	r, err := b.run(b.load(detailPlan(rightDataset)), func(o *Options) { o.Explainer = fakeExplainer{} })
	require.NoError(t, err)
	return r
}

func TestGoldenReport(t *testing.T) {
	b := newBench(t)
	r := runDay(t, b)
	require.Equal(t, counts(compare.Equal, 40, compare.ValueEqual, 1, compare.Different, 16, compare.Missing, 1, compare.Extra, 1,
		compare.Duplicate, 2, compare.Invalid, 2), r.Verdicts)
	folder := regexp.MustCompile(`"folder": "[^"]*"`)
	for _, name := range []string{ReportJSON, Differences} {
		got, err := os.ReadFile(filepath.Join(b.path("out"), name))
		require.NoError(t, err)
		if keep := os.Getenv("PARITY_KEEP"); keep != "" {
			require.NoError(t, os.CopyFS(keep, os.DirFS(b.path("out"))))
			t.Skip("kept")
		}
		got = folder.ReplaceAll(got, []byte(`"folder": "out"`))
		golden := filepath.Join("testdata", "golden", name)
		if *update {
			require.NoError(t, os.MkdirAll(filepath.Dir(golden), 0o755))
			require.NoError(t, os.WriteFile(golden, got, 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		wantLines, gotLines := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
		for i := range min(len(wantLines), len(gotLines)) {
			require.Equal(t, wantLines[i], gotLines[i], "%s line %d", name, i+1)
		}
		require.Len(t, gotLines, len(wantLines), name)
	}
}

func TestPersonalDataIsNeverWritten(t *testing.T) {
	b := newBench(t)
	runDay(t, b)
	hex := "F9F860F7F6F5F4F3F2F1" // 98-7654321 in cp037
	for _, name := range []string{ReportJSON, ReportHTML, Differences} {
		got, err := os.ReadFile(filepath.Join(b.path("out"), name))
		require.NoError(t, err)
		text := strings.ReplaceAll(string(got), " ", "")
		for _, secret := range []string{"98-7654321", "12-3456789", hex, hex[4:20], "F1F260F3F4F5"} {
			require.NotContains(t, text, secret, name)
		}
	}
}

func TestHTMLIsSelfContained(t *testing.T) {
	b := newBench(t)
	runDay(t, b)
	got, err := os.ReadFile(filepath.Join(b.path("out"), ReportHTML))
	require.NoError(t, err)
	for _, reference := range []string{"http:", "https:", "src=", "@import", "<script", "<link", "url("} {
		require.NotContains(t, string(got), reference)
	}
	require.Contains(t, string(got), "@media print")
	require.NotContains(t, string(got), "ZgotmplZ")
}
