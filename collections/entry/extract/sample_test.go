package extract_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/entry"
	"tidewaiter/collections/entry/extract"
)

// sample are three entries with everything an entry can hold. The number of the
// first is the published example of CATAIR appendix E.
func sample() []*entry.Summary {
	list := make([]*entry.Summary, 3)
	for i, number := range []entry.Number{"B7603245278", "ABC12345676", "SV900000016"} {
		list[i] = &entry.Summary{
			Number: number, Type: "03", Mode: "11", Port: "2704", ProcessingPort: "2720", Importer: "00-123456700",
			EntryDate: 20251001, ImportDate: 20250928, InBondDate: 20250929, PrintDate: 20251001,
			PaymentType: '7', ClientBranch: "02", BrokerReference: "K00000017", Surety: "036", BondType: entry.None, DeferredTax: entry.None,
			Lines: []entry.Line{
				{Number: 1, Origin: "CN", Set: entry.None, FTZStatus: entry.None, ProductClaim: entry.None, FeeExemption: entry.None, GrossWeight: 1200, Charges: 310,
					Tariffs: []entry.Tariff{
						{HTS: "9903900025", Value: 0},
						{HTS: "7318155090", Value: 10_000, Quantities: []entry.Quantity{{Amount: 123_456, Unit: "KG"}, {Amount: 700, Unit: "NO"}}},
					},
					Cases: []entry.Case{
						{Number: "A570875001", Claim: entry.Cash, RateType: entry.AdValorem, Rate: 1017, Value: 9_500},
						{Number: "C570876002", Claim: entry.Bonded, RateType: entry.Specific, Rate: 11025, Quantity: 123_456},
					}},
				{Number: 2, Origin: "KR", SPI: "KR", Set: entry.SetHeader, FTZStatus: entry.Privileged, PrivilegedDate: 20250301, ProductClaim: entry.None, FeeExemption: entry.None,
					Tariffs: []entry.Tariff{{HTS: "8471300100", Value: 2_345}}},
			},
		}
	}
	return list
}

// encode writes entries as an extract.
func encode(t testing.TB, list []*entry.Summary) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := extract.NewWriter(&b)
	require.NoError(t, err)
	for _, s := range list {
		require.NoError(t, w.Write(s))
	}
	require.NoError(t, w.Flush())
	return b.Bytes()
}

// split cuts an extract into its records, without their RDWs.
func split(data []byte) [][]byte {
	var records [][]byte
	for len(data) > 0 {
		n := int(binary.BigEndian.Uint16(data))
		records = append(records, bytes.Clone(data[4:n]))
		data = data[n:]
	}
	return records
}

// join puts records behind their RDWs.
func join(records [][]byte) []byte {
	var data []byte
	for _, rec := range records {
		data = binary.BigEndian.AppendUint16(data, uint16(len(rec)+4))
		data = append(append(data, 0, 0), rec...)
	}
	return data
}

// outcome reads an extract to its end: the entries kept, those refused, and
// what ended reading.
func outcome(t testing.TB, r *extract.Reader) (kept []*entry.Summary, refused []*extract.EntryError, end error) {
	t.Helper()
	for {
		s := &entry.Summary{}
		err := r.Next(s)
		switch bad, is := err.(*extract.EntryError); {
		case err == nil:
			kept = append(kept, s)
		case is:
			refused = append(refused, bad)
		default:
			if err == io.EOF {
				err = nil
			}
			return kept, refused, err
		}
	}
}

// located fills in where an entry stands, for comparing what was read with
// what was written.
func located(list []*entry.Summary, data []byte, file string) []*entry.Summary {
	var offset int64
	next := 0
	for i, rec := range split(data) {
		if string(rec[:2]) == "\xF1\xF0" {
			list[next].Source = entry.Source{File: file, Record: int64(i + 1), Offset: offset}
			next++
		}
		offset += int64(len(rec)) + 4
	}
	return list
}
