package parity

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// writeDetail writes n collection-detail records, in key order or shuffled.
func writeDetail(b *bench, name string, n int, shuffled bool) {
	template := b.detail(charge{entry: "B7600000008", line: 1, class: "499", amount: "34.11"})
	file, err := os.Create(b.path(name))
	require.NoError(b.t, err)
	w := bufio.NewWriterSize(file, 1<<20)
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	if shuffled {
		r := rand.New(rand.NewPCG(1, 2))
		r.Shuffle(n, func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	rec := append([]byte(nil), template...)
	for _, i := range order {
		for at, c := range fmt.Sprintf("%07d", i/9) {
			rec[3+at] = 0xF0 + byte(c-'0')
		}
		rec[15] = 0xF0 + byte(i%9)
		_, err := w.Write(rec)
		require.NoError(b.t, err)
	}
	require.NoError(b.t, w.Flush())
	require.NoError(b.t, file.Close())
}

// A whole run of the detail plan over a million pairs of 80-byte records:
// reading, digests, totals, ordering, pairing, comparing and the report. With a
// job a core; PARITY_PAIRS sets another number of pairs.
func BenchmarkRun(bb *testing.B) {
	n := 1_000_000
	if text := os.Getenv("PARITY_PAIRS"); text != "" {
		_, err := fmt.Sscan(text, &n)
		require.NoError(bb, err)
	}
	for _, c := range []struct {
		name        string
		left, right bool // shuffled
		jobs        int
	}{
		{"in order, 1 job", false, false, 1},
		{"in order, 2 jobs", false, false, 2},
		{"shuffled, 1 job", true, true, 1},
		{"shuffled, 2 jobs", true, true, 2},
	} {
		bb.Run(c.name, func(bb *testing.B) {
			b := newBench(bb)
			writeDetail(b, "left.fb", n, c.left)
			writeDetail(b, "right.fb", n, c.right)
			p := b.load(detailPlan(rightDataset))
			bb.ResetTimer()
			for range bb.N {
				r, err := Run(context.Background(), p, Options{Out: b.path("out"), TempDir: b.dir, Jobs: c.jobs})
				require.NoError(bb, err)
				require.EqualValues(bb, n, r.Verdicts[0])
			}
			bb.ReportMetric(float64(n)*float64(bb.N)/bb.Elapsed().Seconds(), "pairs/s")
		})
	}
}
