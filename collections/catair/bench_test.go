package catair_test

import (
	"bytes"
	"io"
	"os"
	"testing"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
)

// BenchmarkSummaries reads entry summaries from AE messages. The goal is 300
// MB/s on one core.
func BenchmarkSummaries(b *testing.B) {
	message, err := os.ReadFile("testdata/d11.ae")
	if err != nil {
		b.Fatal(err)
	}
	file := bytes.Repeat(message, 1000)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	var s entry.Summary
	for b.Loop() {
		summaries := catair.NewSummaries(bytes.NewReader(file), "bench")
		n := 0
		for {
			err := summaries.Next(&s)
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 1000 {
			b.Fatalf("%d entries", n)
		}
	}
}

// BenchmarkRecords reads records one by one, of any chapter, unchecked.
func BenchmarkRecords(b *testing.B) {
	message, err := os.ReadFile("testdata/d11.ae")
	if err != nil {
		b.Fatal(err)
	}
	file := bytes.Repeat(message, 1000)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		r := catair.NewReader(bytes.NewReader(file))
		for {
			if _, err := r.Next(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
