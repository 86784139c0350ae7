package ledger_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/ledger"
	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// BenchmarkPostBatch posts chunks of 2,000 entries of nine charges each, as the
// day's workflow does: ten posting rows an entry with the balancing one.
func BenchmarkPostBatch(b *testing.B) {
	for _, workers := range []int{1, 2} {
		b.Run("workers="+strconv.Itoa(workers), func(b *testing.B) {
			l, _ := open(b)
			batches := make(chan int)
			b.ReportAllocs()
			b.ResetTimer()
			failed := make(chan error, workers)
			for range workers {
				go func() {
					var batch ledger.Batch
					for chunk := range batches {
						if err := postChunk(b, l, &batch, chunk); err != nil {
							failed <- err
							return
						}
					}
					failed <- nil
				}()
			}
			for chunk := range b.N {
				batches <- chunk
			}
			close(batches)
			for range workers {
				require.NoError(b, <-failed)
			}
			b.ReportMetric(float64(b.N*benchEntries*10)/b.Elapsed().Seconds(), "postings/s")
		})
	}
}

const benchEntries = 2000

func postChunk(b *testing.B, l *ledger.Ledger, batch *ledger.Batch, chunk int) error {
	batch.Reset("bench", chunk)
	assessment := benchCharges()
	for i := range benchEntries {
		s := summary(b, "B76", chunk*benchEntries+i)
		if err := ledger.JournalFor(batch.Add(), s, assessment, businessDate); err != nil {
			return err
		}
	}
	_, err := l.PostBatch(b.Context(), batch)
	return err
}

func benchCharges() *assess.Assessment {
	a := &assess.Assessment{}
	for line := 1; line <= 3; line++ {
		for _, class := range []reference.Class{reference.ClassDuty, reference.ClassMPF, reference.ClassHMF} {
			a.Charges = append(a.Charges, assess.Charge{Line: line, Class: class, Amount: money.Cents(1000 * line), Base: 10000, RateDate: businessDate, Disposition: assess.Due})
		}
	}
	return a
}

// BenchmarkJournalFor builds journals into used memory.
func BenchmarkJournalFor(b *testing.B) {
	var j ledger.Journal
	s := summary(b, "B76", 1)
	a := benchCharges()
	b.ReportAllocs()
	for b.Loop() {
		if err := ledger.JournalFor(&j, s, a, businessDate); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkVerify reads and checks what BenchmarkPostBatch posts.
func BenchmarkVerify(b *testing.B) {
	l, _ := open(b)
	var batch ledger.Batch
	for chunk := range 25 {
		require.NoError(b, postChunk(b, l, &batch, chunk))
	}
	b.ResetTimer()
	var postings int64
	for range b.N {
		report, err := l.Verify(b.Context())
		require.NoError(b, err)
		require.Empty(b, report.Findings)
		postings += report.Postings
	}
	b.ReportMetric(float64(postings)/b.Elapsed().Seconds(), "postings/s")
}
