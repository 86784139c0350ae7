package parity

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/parity/compare"
	"tidewaiter/parity/record"
	"tidewaiter/parity/report"
)

// Shuffling either side changes nothing but the places of records; and for any
// data the totals, added up here with integers of our own, are those reported,
// and the causes' dollars add up to their difference.
func TestResultDependsOnRecordsAlone(t *testing.T) {
	b := newBench(t)
	classes := []string{"001", "499", "501"}
	rapid.Check(t, func(rt *rapid.T) {
		side := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) charge {
			cents := rapid.IntRange(-300, 300).Draw(rt, "cents")
			return charge{
				entry: fmt.Sprintf("B76000000%d8", rapid.IntRange(0, 3).Draw(rt, "entry")), line: rapid.IntRange(0, 2).Draw(rt, "line"),
				class: rapid.SampledFrom(classes).Draw(rt, "class"), amount: record.Decimal(int64(cents), 2), sequence: 1,
			}
		}), 1, 40)
		left, right := side.Draw(rt, "left"), side.Draw(rt, "right")
		b.write("left.fb", b.detail(left...))
		b.write("right.fb", b.detail(right...))
		p := b.load(detailPlan(rightDataset))
		want, err := b.run(p)
		require.NoError(rt, err)

		sums := map[string]int64{}
		for sign, charges := range map[int64][]charge{-1: left, 1: right} {
			for _, c := range charges {
				cents, err := record.ParseDecimal(c.amount, 2)
				require.NoError(rt, err)
				sums[c.class] += sign * cents
			}
		}
		dollars := map[string]int64{}
		for _, c := range want.Causes {
			cents, err := record.ParseDecimal(c.Dollars, 2)
			require.NoError(rt, err)
			dollars[c.Class] += cents
		}
		for _, total := range want.Totals {
			class := total.Group["class"]
			require.Equal(rt, record.Decimal(sums[class], 2), total.Difference)
			require.Equal(rt, sums[class], dollars[class])
		}

		b.write("left.fb", b.detail(rapid.Permutation(left).Draw(rt, "left order")...))
		b.write("right.fb", b.detail(rapid.Permutation(right).Draw(rt, "right order")...))
		jobs := rapid.IntRange(1, 3).Draw(rt, "jobs")
		got, err := b.run(p, func(o *Options) { o.Budget, o.Jobs = 1, jobs })
		require.NoError(rt, err)
		require.Equal(rt, withoutPlaces(want), withoutPlaces(got))
	})
}

// withoutPlaces is the report without what a shuffled file changes: its digest.
func withoutPlaces(r *Report) string {
	clone := *r
	clone.Inputs = nil
	text, err := json.Marshal(&clone)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func TestTwoRunsWriteTheSameBytes(t *testing.T) {
	b := newBench(t)
	runDay(t, b)
	first, err := os.ReadFile(filepath.Join(b.path("out"), ReportJSON))
	require.NoError(t, err)
	lines, err := os.ReadFile(filepath.Join(b.path("out"), Differences))
	require.NoError(t, err)
	_, err = b.run(b.load(detailPlan(rightDataset)), func(o *Options) { o.Explainer, o.Jobs, o.Budget = fakeExplainer{}, 4, 1 })
	require.NoError(t, err)
	second, err := os.ReadFile(filepath.Join(b.path("out"), ReportJSON))
	require.NoError(t, err)
	again, err := os.ReadFile(filepath.Join(b.path("out"), Differences))
	require.NoError(t, err)
	require.True(t, bytes.Equal(first, second))
	require.True(t, bytes.Equal(lines, again))
}

func TestReportJSONReadsBack(t *testing.T) {
	b := newBench(t)
	want := runDay(t, b)
	text, err := os.ReadFile(filepath.Join(b.path("out"), ReportJSON))
	require.NoError(t, err)
	var got report.Report
	require.NoError(t, json.Unmarshal(text, &got))
	require.Equal(t, want.Verdicts, got.Verdicts)
	require.Equal(t, want.Verdict, got.Verdict)
	require.Len(t, got.Causes, len(want.Causes))
}

// Rows give the same verdicts as the dataset they were written from.
func TestEveryKindOfRightSideAgrees(t *testing.T) {
	b := newBench(t)
	charges := []charge{
		{entry: "B7600000018", line: 1, class: "001", amount: "-12.30"},
		{entry: "B7600000018", line: 0, class: "499", amount: "33.58"},
		{entry: "B7600000028", line: 1, class: "001", amount: "0"},
	}
	b.write("left.fb", b.detail(charges...))
	b.csv("right.csv", charges...)
	var lines strings.Builder
	for _, c := range charges {
		v := c.values()
		fmt.Fprintf(&lines, `{"entry_number":%q,"line_number":%s,"class_code":%q,"disposition":%q,"entry_type":%q,"port_of_entry":%q,"payment_type":%q,"importer_number":%q,"collection_date":%s,"rate_date":%q,"base_value":%s,"amount":%s}`+"\n",
			v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11])
	}
	b.write("right.jsonl", []byte(lines.String()))
	b.write("right.fb", b.detail(charges...))
	cp500 := "{name: ledger, data: right.fb, codepage: cp1047}"
	for _, right := range []string{rightDataset, rightCSV, "{name: ledger, jsonl: right.jsonl}", cp500} {
		r, err := b.run(b.load(detailPlan(right)))
		require.NoError(t, err, right)
		require.Equal(t, counts(compare.Equal, 3), r.Verdicts, right)
	}
}

func TestValuesThatDoNotFitAreInvalidNeverCut(t *testing.T) {
	header := "entry_number,line_number,class_code,disposition,entry_type,port_of_entry,payment_type,importer_number,collection_date,rate_date,base_value,amount\n"
	for name, c := range map[string]struct {
		row  string
		want report.Counts
		says string
	}{
		"a third decimal place":          {"B7600000018,1,001,D,01,2704,6,12-3456789AB,20251001,20251001,1000,12.305", counts(compare.Invalid, 1), `CD-AMOUNT cannot hold "12.305"`},
		"more digits than the picture":   {"B7600000018,1,001,D,01,2704,6,12-3456789AB,20251001,20251001,1000,1234567890.00", counts(compare.Invalid, 1), "CD-AMOUNT"},
		"text longer than the field":     {"B7600000018,1,001,D,01,27041,6,12-3456789AB,20251001,20251001,1000,12.30", counts(compare.Invalid, 1), "CD-PORT-OF-ENTRY"},
		"no number":                      {"B7600000018,1,001,D,01,2704,6,12-3456789AB,20251001,20251001,1000,twelve", counts(compare.Invalid, 1), "CD-AMOUNT"},
		"a key that does not fit":        {"B7600000018999,1,001,D,01,2704,6,12-3456789AB,20251001,20251001,1000,12.30", counts(compare.Missing, 1, compare.Invalid, 1), "CD-ENTRY-NUMBER"},
		"a masked value is not repeated": {"B7600000018,1,001,D,01,2704,6,98-7654321ZZZ,20251001,20251001,1000,12.30", counts(compare.Invalid, 1), "CD-IMPORTER-NUMBER"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.write("left.fb", b.detail(charge{entry: "B7600000018", line: 1, class: "001", amount: "12.30"}))
			b.write("right.csv", []byte(header+c.row+"\n"))
			r, err := b.run(b.load(detailPlan(rightCSV)))
			require.NoError(t, err)
			require.Equal(t, c.want, r.Verdicts)
			require.Equal(t, 1, ExitStatus(r.Verdict))
			text, err := os.ReadFile(filepath.Join(b.path("out"), Differences))
			require.NoError(t, err)
			require.Contains(t, strings.ReplaceAll(string(text), `\"`, `"`), c.says)
			require.NotContains(t, string(text), "98-7654321")
		})
	}
}

func TestBadDatasets(t *testing.T) {
	good := func(b *bench) []byte {
		return b.detail(charge{entry: "B7600000018", line: 1, class: "001", amount: "1.00"}, charge{entry: "B7600000028", line: 1, class: "001", amount: "2.00"})
	}
	t.Run("a cut last record is INVALID, the good ones are compared", func(t *testing.T) {
		b := newBench(t)
		r := b.compare(good(b)[:120], good(b))
		require.Equal(t, counts(compare.Equal, 1, compare.Extra, 1, compare.Invalid, 1), r.Verdicts)
		text, err := os.ReadFile(filepath.Join(b.path("out"), Differences))
		require.NoError(t, err)
		require.Contains(t, string(text), "record 2 at byte 80")
	})
	t.Run("a file in a wrong format could not run", func(t *testing.T) {
		b := newBench(t)
		b.write("left.fb", good(b)[:70])
		b.write("right.fb", good(b))
		_, err := b.run(b.load(detailPlan(rightDataset)))
		require.ErrorContains(t, err, "comparison collection detail, legacy side: reading dataset")
		require.ErrorContains(t, err, "record 1 at byte 0")
	})
	t.Run("a file that is not there could not run", func(t *testing.T) {
		b := newBench(t)
		_, err := b.run(b.load(detailPlan(rightDataset)))
		require.ErrorIs(t, err, os.ErrNotExist)
	})
	t.Run("an undecodable amount names field, offset and bytes", func(t *testing.T) {
		b := newBench(t)
		s := b.schema("COLREC.cpy")
		amount, err := s.One("CD-AMOUNT")
		require.NoError(t, err)
		left := good(b)
		left[s.Elements[amount].Field.Offset()] = 0xFF
		r := b.compare(left, good(b))
		require.Equal(t, counts(compare.Equal, 1, compare.Invalid, 1), r.Verdicts)
		var line report.Difference
		text, err := os.ReadFile(filepath.Join(b.path("out"), Differences))
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &line))
		require.Equal(t, "CD-AMOUNT", line.Field)
		require.Equal(t, "FF000000100C", line.LeftHex)
		require.Contains(t, line.Reason, fmt.Sprintf("offset %d of the record", s.Elements[amount].Field.Offset()))
		require.EqualValues(t, 1, line.Provenance.Left.Record)
	})
}

func TestTolerancesPassAndAreStillInTheAccounts(t *testing.T) {
	b := newBench(t)
	r := b.compare(b.detail(charge{entry: "B7600000018", line: 1, class: "499", amount: "1.00"}),
		b.detail(charge{entry: "B7600000018", line: 1, class: "499", amount: "1.01"}), "      CD-AMOUNT: {compare: tolerance, tolerance: 0.01}\n")
	require.Equal(t, counts(compare.Equivalent, 1), r.Verdicts)
	require.Equal(t, 0, ExitStatus(r.Verdict))
	require.Equal(t, "0.01", r.Totals[0].Difference)
	require.Equal(t, "0.01", r.Totals[0].Classified)
}

func TestCancelledRunStops(t *testing.T) {
	b := newBench(t)
	b.write("left.fb", b.detail(charge{entry: "B7600000018", line: 1, class: "499", amount: "1.00"}))
	b.write("right.fb", b.detail(charge{entry: "B7600000018", line: 1, class: "499", amount: "1.00"}))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Run(ctx, b.load(detailPlan(rightDataset)), Options{})
	require.ErrorIs(t, err, context.Canceled)
}

// The accounts are a control of this program: what pairing loses or doubles
// fails the run.
func TestALostRecordFailsTheRun(t *testing.T) {
	b := newBench(t)
	b.write("left.fb", b.detail(charge{entry: "B7600000018", line: 1, class: "499", amount: "1.00"}))
	b.write("right.fb", b.detail(charge{entry: "B7600000018", line: 1, class: "499", amount: "1.00"}))
	p := b.load(detailPlan(rightDataset))
	c, err := p.compile(0)
	require.NoError(t, err)
	r, err := c.newRunning(Options{Jobs: 1}, &meter{}, report.NewDifferences(discard{}))
	require.NoError(t, err)
	require.NoError(t, r.run(context.Background()))
	// As if a charge had been added to the left after it was read.
	extra := b.detail(charge{entry: "B7600000099", line: 1, class: "499", amount: "0.01"})
	_, err = r.left.sums.Add(extra)
	require.NoError(t, err)
	err = r.conclude(context.Background(), &Report{})
	require.ErrorIs(t, err, ErrIdentity)
	require.ErrorContains(t, err, "CD-AMOUNT of 499")
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
