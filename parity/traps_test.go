package parity

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/parity/compare"
)

// The traps of existing comparison tools, each a test.

func TestDuplicateKeysAreReportedNeverOverwritten(t *testing.T) {
	b := newBench(t)
	left := b.detail(
		charge{entry: "B7603245278", line: 1, class: "499", amount: "10.00"},
		charge{entry: "B7603245278", line: 1, class: "499", amount: "12.00"},
		charge{entry: "B7603245278", line: 2, class: "499", amount: "1.00"})
	right := b.detail(
		charge{entry: "B7603245278", line: 1, class: "499", amount: "12.00"},
		charge{entry: "B7603245278", line: 2, class: "499", amount: "1.00"})
	r := b.compare(left, right)
	require.Equal(t, counts(compare.Equal, 1, compare.Duplicate, 2), r.Verdicts)
	require.Equal(t, compare.Different, r.Verdict)
	require.Equal(t, "-10.00", r.Totals[0].Difference)
	require.Equal(t, "-10.00", r.Totals[0].Classified)
}

func TestSameDuplicatesOnBothSidesAreStillDuplicates(t *testing.T) {
	b := newBench(t)
	twice := b.detail(
		charge{entry: "B7603245278", line: 1, class: "499", amount: "10.00", sequence: 1},
		charge{entry: "B7603245278", line: 1, class: "499", amount: "10.00", sequence: 1})
	r := b.compare(twice, twice)
	require.Equal(t, counts(compare.Duplicate, 2), r.Verdicts)
	require.Equal(t, 1, ExitStatus(r.Verdict))
}

func TestMoneyIsNeverTextOrFloat(t *testing.T) {
	for name, c := range map[string]struct {
		left, right string
		want        Verdict
	}{
		"10.10 and 10.1 are one amount":          {"10.10", "10.1", compare.Equal},
		"9.01 and 91 are not":                    {"9.01", "91", compare.Different},
		"0.1 + 0.2 is not off by a float's dust": {"0.30", "0.3", compare.Equal},
		"nine digits keep their last cent":       {"999999999.99", "999999999.98", compare.Different},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.write("left.fb", b.detail(charge{entry: "B7603245278", line: 1, class: "001", amount: c.left}))
			b.csv("right.csv", charge{entry: "B7603245278", line: 1, class: "001", amount: c.right})
			r, err := b.run(b.load(detailPlan(rightCSV)))
			require.NoError(t, err)
			require.Equal(t, c.want, r.Verdict)
		})
	}
}

func TestKeysDoNotCollideWhenJoined(t *testing.T) {
	b := newBench(t)
	s := b.schema("COLREC.cpy")
	key, err := s.Key("CD-LINE-NUMBER", "CD-CLASS-CODE", "CD-BASE-VALUE")
	require.NoError(t, err)
	recs := b.detail(
		charge{entry: "B7603245278", line: 1, class: "11", base: "1", amount: "0"},
		charge{entry: "B7603245278", line: 11, class: "1", base: "1", amount: "0"},
		charge{entry: "B7603245278", line: 1, class: "1", base: "11", amount: "0"})
	seen := map[string]bool{}
	for i := range 3 {
		k, err := key.Append(nil, recs[80*i:80*i+80])
		require.NoError(t, err)
		seen[string(k)] = true
	}
	require.Len(t, seen, 3)
}

func TestUnequalLengthsAreNotComparedUpToTheShorter(t *testing.T) {
	b := newBench(t)
	full := b.detail(charge{entry: "B7603245278", line: 1, class: "001", amount: "5.00"})
	rdw := func(rec []byte) []byte { return append([]byte{0, byte(len(rec) + 4), 0, 0}, rec...) }
	b.write("left.vb", rdw(full))
	b.write("right.vb", rdw(full[:79]))
	plan := detailPlan("{name: ledger, data: right.vb}")
	plan = strings.Replace(plan, "data: left.fb, recfm: FB, lrecl: 80", "data: left.vb, recfm: VB", 1)
	r, err := b.run(b.load(plan))
	require.NoError(t, err)
	require.Equal(t, counts(compare.Missing, 1, compare.Invalid, 1), r.Verdicts)
	require.Contains(t, r.Causes[0].Sentence+r.Causes[1].Sentence, "record has 79 bytes, its layout 80")
}

func TestABlankToleranceIsRefusedNeverUnlimited(t *testing.T) {
	for _, field := range []string{"{compare: tolerance}", "{compare: tolerance, tolerance: ''}", "{compare: tolerance, tolerance: ' '}"} {
		b := newBench(t)
		b.write("plan.yaml", []byte(detailPlan(rightCSV, "      CD-AMOUNT: "+field+"\n")))
		_, err := Load(b.path("plan.yaml"))
		require.ErrorContains(t, err, "blank never means unlimited")
	}
}

func TestMemoryIsBoundedBySpilling(t *testing.T) {
	b := newBench(t)
	var charges []charge
	for i := range 5000 {
		charges = append(charges, charge{entry: "B7603245278", line: (i*7919)%5000 + 1, class: "001", amount: "1.00", sequence: 1})
	}
	b.write("left.fb", b.detail(charges...))
	b.write("right.fb", b.detail(charges...))
	r, err := b.run(b.load(detailPlan(rightDataset)), func(o *Options) { o.Budget = 64 << 10 })
	require.NoError(t, err)
	require.Equal(t, counts(compare.Equal, 5000), r.Verdicts)
	left, err := os.ReadDir(b.dir)
	require.NoError(t, err)
	for _, e := range left {
		require.NotContains(t, e.Name(), "tidewaiter-match", "runs must be removed")
	}
}

func TestDifferentIsNeverExitZero(t *testing.T) {
	for v := range Verdict(compare.Verdicts) {
		switch {
		case v.Passes():
			require.Equal(t, 0, ExitStatus(v))
		case v == compare.Inconclusive:
			require.Equal(t, 3, ExitStatus(v))
		default:
			require.Equal(t, 1, ExitStatus(v), v)
		}
	}
}

func TestNothingComparedIsInconclusive(t *testing.T) {
	b := newBench(t)
	r := b.compare(nil, nil)
	require.Equal(t, compare.Inconclusive, r.Verdict)
	require.Equal(t, 3, ExitStatus(r.Verdict))
}

// Equality by hash alone is a trap of others: here every compared byte of every
// pair is looked at, so one changed bit anywhere in a compared field is found.
func TestEveryComparedBitIsLookedAt(t *testing.T) {
	b := newBench(t)
	s := b.schema("COLREC.cpy")
	excluded, err := s.One("CD-RECORD-SEQUENCE")
	require.NoError(t, err)
	from := s.Elements[excluded].Field.Offset()
	left := b.detail(charge{entry: "B7603245278", line: 1, class: "001", amount: "5.00"})
	for at := range left {
		right := append([]byte(nil), left...)
		right[at] ^= 0x01
		r := b.compare(left, right)
		if at >= from && at < from+4 {
			require.Equal(t, compare.Equal, r.Verdict, "byte %d is excluded", at)
		} else {
			require.NotEqual(t, compare.Equal, r.Verdict, "byte %d", at)
		}
	}
}
