package assess_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// benchmarkEntries is a small day over the embedded sample tariff: entries of 1
// to 12 lines, free, ad valorem and compound numbers, programs, remedies.
func benchmarkEntries(t testing.TB, tables *reference.Tables) (entries []*entry.Summary, lines int) {
	var rows []reference.Tariff
	for _, row := range tables.Tariffs() {
		if row.HTS < "98" && (row.Column == reference.General || row.Column == "S" || row.Column == "JP") && row.Covers(20251001) {
			rows = append(rows, row)
		}
	}
	modes := []string{"11", "40", "30", "10"}
	for i := range 200 {
		s := consumption(20251001)
		s.Mode = modes[i%len(modes)]
		for j := range 1 + i%12 {
			row := rows[(i*37+j*11)%len(rows)]
			spi := ""
			if row.Column != reference.General {
				spi = string(row.Column)
			}
			with(s, spi, tariff(row.HTS, int64(500+i*j*97%40_000), 12_345, 678, 90))
			if j%4 == 3 {
				l := &s.Lines[j]
				l.Tariffs = append(l.Tariffs, tariff("9903900025", 0))
			}
			lines++
		}
		entries = append(entries, s)
	}
	var a assess.Assessment
	for _, s := range entries {
		require.NoError(t, assess.New(tables, assess.Regulation).Assess(&a, s))
	}
	return entries, lines
}

func benchmarkLines(b *testing.B, compute func(*assess.Assessment, *entry.Summary) error, entries []*entry.Summary, lines int) {
	var a assess.Assessment
	for _, s := range entries { // grow the assessment
		require.NoError(b, compute(&a, s))
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range entries {
			if err := compute(&a, s); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

func BenchmarkAssess(b *testing.B) {
	tables, err := reference.Default()
	require.NoError(b, err)
	entries, lines := benchmarkEntries(b, tables)
	assessor := assess.New(tables, assess.Regulation)
	b.Run("working=no", func(b *testing.B) { benchmarkLines(b, assessor.Assess, entries, lines) })
	b.Run("checked", func(b *testing.B) { // figures filed as computed, which are compared
		entries, lines := benchmarkEntries(b, tables)
		for _, s := range entries {
			s.PaymentType = '1'
			filed(b, tables, s)
		}
		benchmarkLines(b, assessor.Assess, entries, lines)
	})
	b.Run("working=yes", func(b *testing.B) { benchmarkLines(b, assessor.Explain, entries, lines) })
	b.Run("working=json", func(b *testing.B) {
		var buffer []byte
		benchmarkLines(b, func(a *assess.Assessment, s *entry.Summary) error {
			err := assessor.Explain(a, s)
			buffer = a.AppendJSON(buffer[:0])
			return err
		}, entries, lines)
	})
}

// TestChecksAllocateNothing: nor does what the filer's figures are compared with,
// whether they are right or wrong in every way that the condition tables know.
func TestChecksAllocateNothing(t *testing.T) {
	tables := chargedTables(t)
	assessor := assess.New(tables, assess.Regulation)
	var entries []*entry.Summary
	for _, group := range conditionTables {
		for _, c := range group.cases {
			entries = append(entries, filed(t, tables, c.entry(t)))
			wrong := filed(t, tables, c.entry(t))
			c.wrong(wrong)
			entries = append(entries, wrong)
		}
	}
	var a assess.Assessment
	all := func() {
		for _, s := range entries {
			if err := assessor.Assess(&a, s); err != nil {
				t.Fatal(err)
			}
		}
	}
	all()
	require.Zero(t, testing.AllocsPerRun(3, all))
}

// TestAssessAllocatesNothing is the promise of the hot path.
func TestAssessAllocatesNothing(t *testing.T) {
	tables, err := reference.Default()
	require.NoError(t, err)
	entries, _ := benchmarkEntries(t, tables)
	assessor := assess.New(tables, assess.Regulation)
	var a assess.Assessment
	day := func() {
		for _, s := range entries {
			if err := assessor.Assess(&a, s); err != nil {
				t.Fatal(err)
			}
		}
	}
	day()
	require.Zero(t, testing.AllocsPerRun(10, day))
}
