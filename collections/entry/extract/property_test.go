package extract_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
	"tidewaiter/collections/reference"
)

// summaries draws entry summaries of every form the extract can hold.
func summaries() *rapid.Generator[*entry.Summary] {
	text := func(n int) *rapid.Generator[string] {
		return rapid.StringMatching(fmt.Sprintf(`([A-Z0-9][A-Z0-9 -]{0,%d}[A-Z0-9])?`, n-2))
	}
	day := rapid.Custom(func(t *rapid.T) reference.Date {
		if rapid.Bool().Draw(t, "absent") {
			return 0
		}
		return reference.Date(20240229).AddDays(rapid.IntRange(-20000, 20000).Draw(t, "days"))
	})
	upTo := func(n int64) *rapid.Generator[int64] { return rapid.Int64Range(0, n) }
	quantity := rapid.Custom(func(t *rapid.T) entry.Quantity {
		return entry.Quantity{Amount: upTo(entry.MaxQuantity).Draw(t, "amount"), Unit: text(3).Draw(t, "unit")}
	})
	tariff := rapid.Custom(func(t *rapid.T) entry.Tariff {
		return entry.Tariff{HTS: rapid.StringMatching(`[0-9]{10}`).Draw(t, "hts"), Value: upTo(entry.MaxValue).Draw(t, "value"),
			Quantities: orNil(rapid.SliceOfN(quantity, 0, entry.MaxQuantities).Draw(t, "quantities"))}
	})
	deposit := rapid.Custom(func(t *rapid.T) entry.Case {
		return entry.Case{Number: text(10).Draw(t, "case"), Claim: rapid.SampledFrom([]byte("BC")).Draw(t, "claim"),
			RateType: rapid.SampledFrom([]byte("AS")).Draw(t, "rate type"), Rate: upTo(entry.MaxCaseRate).Draw(t, "rate"),
			Value: upTo(entry.MaxValue).Draw(t, "value"), Quantity: upTo(entry.MaxCaseUnits).Draw(t, "quantity")}
	})
	license := rapid.Custom(func(t *rapid.T) entry.License {
		return entry.License{Type: text(2).Draw(t, "license type"), Number: text(10).Draw(t, "license")}
	})
	flag := rapid.SampledFrom([]bool{false, false, true})
	line := rapid.Custom(func(t *rapid.T) entry.Line {
		return entry.Line{Origin: text(2).Draw(t, "origin"), SPI: text(2).Draw(t, "spi"),
			Set: rapid.SampledFrom([]byte(" XV")).Draw(t, "set"), FTZStatus: rapid.SampledFrom([]byte(" PND")).Draw(t, "status"),
			ProductClaim: rapid.SampledFrom([]byte("  C")).Draw(t, "claim"), FeeExemption: rapid.SampledFrom([]byte("   12")).Draw(t, "exemption"),
			ExportCountry: rapid.SampledFrom([]string{"", "", "CN"}).Draw(t, "export country"), ExportDate: rapid.SampledFrom([]reference.Date{0, 0, 20250901}).Draw(t, "export date"),
			Licenses:       orNil(rapid.SliceOfN(license, 0, 6).Draw(t, "licenses")),
			PrivilegedDate: day.Draw(t, "privileged"), GrossWeight: upTo(999_999_999).Draw(t, "weight"), Charges: upTo(999_999_999).Draw(t, "charges"),
			Tariffs: rapid.SliceOfN(tariff, 1, 4).Draw(t, "tariffs"), Cases: orNil(rapid.SliceOfN(deposit, 0, entry.MaxCases).Draw(t, "cases"))}
	})
	return rapid.Custom(func(t *rapid.T) *entry.Summary {
		filer := rapid.StringMatching(`[A-Z0-9]{3}`).Draw(t, "filer")
		serial := rapid.StringMatching(`[0-9]{7}`).Draw(t, "serial")
		check, err := entry.CheckDigit(filer, serial)
		require.NoError(t, err)
		s := &entry.Summary{Number: entry.Number(filer + serial + string(check)), Type: rapid.StringMatching(`[0-9]{2}`).Draw(t, "type"),
			Mode: text(2).Draw(t, "mode"), Port: text(4).Draw(t, "port"), ProcessingPort: text(4).Draw(t, "processing"), UnladingPort: text(4).Draw(t, "unlading"),
			Importer: text(12).Draw(t, "importer"), EntryDate: reference.Date(20251001).AddDays(rapid.IntRange(-9000, 9000).Draw(t, "entry date")),
			ImportDate: day.Draw(t, "import"), InBondDate: day.Draw(t, "in-bond"), PrintDate: day.Draw(t, "print"),
			PaymentType: rapid.SampledFrom([]byte("1235678")).Draw(t, "payment"), ClientBranch: text(2).Draw(t, "branch"),
			BrokerReference: text(9).Draw(t, "reference"), Surety: text(3).Draw(t, "surety"), BondType: rapid.SampledFrom([]byte("  89")).Draw(t, "bond"), DeferredTax: rapid.SampledFrom([]byte("  12")).Draw(t, "deferred"),
			EstimatedDate: day.Draw(t, "estimated"), ReleaseDate: day.Draw(t, "release"), ArrivalDate: day.Draw(t, "arrival"), ReceivedDate: day.Draw(t, "received"),
			PeriodicMonth: rapid.IntRange(0, 12).Draw(t, "month"), Consolidated: flag.Draw(t, "consolidated"), Express: flag.Draw(t, "express"),
			Manual: flag.Draw(t, "manual"), Correction: flag.Draw(t, "correction"),
			Lines: rapid.SliceOfN(line, 1, 5).Draw(t, "lines")}
		if s.EstimatedDate != 0 && rapid.Bool().Draw(t, "no entry date") {
			s.EntryDate = 0
		}
		number := 0
		for i := range s.Lines {
			number += rapid.IntRange(1, 20000).Draw(t, "gap")
			s.Lines[i].Number = number
		}
		return s
	})
}

// orNil makes an empty slice nil, as a fresh Summary has it.
func orNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

func TestAnySummarySurvivesTheExtract(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(summaries(), 1, 4).Draw(t, "entries")
		var b bytes.Buffer
		w, err := extract.NewWriter(&b)
		require.NoError(t, err)
		for _, s := range want {
			require.NoError(t, w.Write(s))
		}
		require.NoError(t, w.Flush())
		data := bytes.Clone(b.Bytes())
		r, err := extract.NewReader(&b, "entries.vb")
		require.NoError(t, err)
		for _, s := range located(want, data, "entries.vb") {
			var got entry.Summary
			require.NoError(t, r.Next(&got))
			require.Equal(t, *s, got)
		}
		require.Equal(t, io.EOF, r.Next(&entry.Summary{}))
	})
}

// TestDamagedByteCostsOneEntry flips any byte behind the RDWs: at most two
// entries are refused, the one with the byte and, when the byte turns another
// record into a header, what that header begins.
func TestDamagedByteCostsAtMostItsEntry(t *testing.T) {
	clean := encode(t, sample())
	rapid.Check(t, func(t *rapid.T) {
		records := split(clean)
		record := rapid.IntRange(0, len(records)-1).Draw(t, "record")
		at := rapid.IntRange(0, len(records[record])-1).Draw(t, "byte")
		records[record][at] ^= rapid.ByteRange(1, 255).Draw(t, "bits")
		r, err := extract.NewReader(bytes.NewReader(join(records)), "entries.vb")
		require.NoError(t, err)
		kept, refused := 0, 0
		for {
			switch err := r.Next(&entry.Summary{}); err.(type) {
			case nil:
				kept++
			case *extract.EntryError:
				refused++
			default:
				require.Equal(t, io.EOF, err)
				require.GreaterOrEqual(t, kept, 2)
				require.LessOrEqual(t, refused, 2)
				return
			}
		}
	})
}

// TestChunksReadAsTheWhole holds for damaged files too: what the chunks keep
// and refuse is what one reader of the whole file does. (Only the reason for an
// entry without a trailer may differ: a chunk ends where the next header is.)
func TestChunksReadAsTheWhole(t *testing.T) {
	day := split(generated(t, 30))
	rapid.Check(t, func(t *rapid.T) {
		records := make([][]byte, len(day))
		copy(records, day)
		for range rapid.IntRange(0, 4).Draw(t, "damages") {
			at := rapid.IntRange(0, len(records)-1).Draw(t, "record")
			records[at] = bytes.Clone(records[at])
			records[at][rapid.IntRange(0, 20).Draw(t, "byte")] ^= rapid.ByteRange(1, 255).Draw(t, "bits")
		}
		data := join(records)
		data = data[:len(data)-rapid.IntRange(0, 120).Draw(t, "cut off")]
		whole := transcript(t, data, 0, int64(len(data)), 1)
		chunks, err := extract.Index(context.Background(), bytes.NewReader(data), "entries.vb", rapid.IntRange(1, 12).Draw(t, "entries a chunk"))
		var parts []string
		for i, c := range chunks {
			if i > 0 {
				require.Equal(t, chunks[i-1].Offset+chunks[i-1].Length, c.Offset)
			}
			part := transcript(t, data, c.Offset, c.Length, c.Record)
			if i < len(chunks)-1 {
				require.Equal(t, "EOF", part[len(part)-1])
				part = part[:len(part)-1]
			}
			parts = append(parts, part...)
		}
		require.Equal(t, whole, parts)
		require.Equal(t, whole[len(whole)-1] == "EOF", err == nil)
	})
}

// transcript reads a stretch of an extract and writes down what happened.
func transcript(t require.TestingT, data []byte, offset, length, record int64) []string {
	r, err := extract.NewReader(io.NewSectionReader(bytes.NewReader(data), offset, length), "entries.vb")
	require.NoError(t, err)
	r.StartAt(offset, record)
	var log []string
	for {
		var s entry.Summary
		err := r.Next(&s)
		if _, refused := err.(*extract.EntryError); err != nil && !refused {
			return append(log, err.Error())
		}
		if err != nil {
			log = append(log, "refused "+string(err.(*extract.EntryError).Entry))
			continue
		}
		log = append(log, fmt.Sprintf("%s at %d, record %d, %d lines", s.Number, s.Source.Offset, s.Source.Record, len(s.Lines)))
	}
}
