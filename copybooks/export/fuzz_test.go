package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks/dataset"
	"tidewaiter/copybooks/export"
)

// FuzzExport: any bytes become a CSV and a Parquet file with a row a record.
func FuzzExport(f *testing.F) {
	c := compiled(f, `01 R. 05 K PIC 9. 05 N PIC S9(3)V99 COMP-3. 05 B PIC S9(4) COMP. 05 X PIC X(3).
	05 Y REDEFINES X PIC 9(3). 05 G OCCURS 0 TO 3 DEPENDING ON K. 10 H PIC S9 OCCURS 2. 05 T PIC X.`)
	f.Add(c.Blank(nil))
	f.Add([]byte{0xF2, 0x12, 0x34, 0x5C, 0, 1, 0x7D, 0x6B, 0x7F, 0xF1, 0xF2, 0xF3, 0xD4, 0x40})
	f.Add([]byte{0xFF})
	f.Fuzz(func(t *testing.T, rec []byte) {
		if len(rec) == 0 || len(rec) > 1000 {
			return
		}
		n := len(rec) + 4
		data := append([]byte{byte(n >> 8), byte(n), 0, 0}, rec...)
		for _, write := range []writer{export.ToCSV, export.ToParquet} {
			r, err := dataset.NewReader(bytes.NewReader(data), dataset.Format{RECFM: dataset.V})
			require.NoError(t, err)
			var out bytes.Buffer
			sum, err := write(context.Background(), c, r, &out, export.Options{})
			require.NoError(t, err)
			require.EqualValues(t, 1, sum.Written)
			if out.Bytes()[0] == 'P' {
				_, got := readBack(t, out.Bytes())
				require.Len(t, got, 1)
				continue
			}
			rows, err := csv.NewReader(&out).ReadAll()
			require.NoError(t, err)
			require.Len(t, rows, 2)
		}
	})
}
