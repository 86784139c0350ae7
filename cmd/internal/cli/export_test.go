package cli

import (
	"bytes"
	"encoding/json"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
)

func TestDecodeToCSV(t *testing.T) {
	out, errs, err := execute(t, newDecodeCommand(), "--copybook", copybookFile(t, "FEEREC"), "--to", "csv", "--names", "snake", feeRows(t))
	require.ErrorIs(t, err, errBadRecords)
	lines := strings.Split(out, "\r\n")
	require.Len(t, lines, 5)
	require.True(t, strings.HasPrefix(lines[0], "fe_"), lines[0])
	require.True(t, strings.HasSuffix(lines[0], ",_errors"), lines[0])
	require.True(t, strings.HasPrefix(lines[1], "499,"), lines[1])
	require.Contains(t, lines[2], `""field"":""FE-RATE""`)
	require.Contains(t, errs, "1 of 3 records have bad fields")
	out, _, err = execute(t, newDecodeCommand(), "--copybook", copybookFile(t, "FEEREC"), "--to", "csv", "--where", "FE-CLASS-CODE=501", feeRows(t))
	require.NoError(t, err)
	require.Equal(t, 2, strings.Count(out, "\r\n"))
}

func TestDecodeToParquet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fees.parquet")
	_, _, err := execute(t, newDecodeCommand(), "--copybook", copybookFile(t, "FEEREC"), "--to", "parquet", "-o", path, feeRows(t))
	require.ErrorIs(t, err, errBadRecords)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	require.EqualValues(t, 3, file.NumRows())
	require.Contains(t, file.Schema().String(), "FE-RATE (DECIMAL(")
}

func TestColumnsAreOfOneRecord(t *testing.T) {
	_, _, err := execute(t, newDecodeCommand(), "--copybook", copybookFile(t, "ESREC"), "--recfm", "VB", "--to", "csv", feeRows(t))
	require.ErrorContains(t, err, "choose one of ENTRY-HEADER-RECORD, ENTRY-LINE-RECORD")
}

func TestLayoutForms(t *testing.T) {
	book := copybookFile(t, "COLREC")
	out, _, err := execute(t, newLayoutCommand(), "--go", "--package", "detail", book)
	require.NoError(t, err)
	formatted, err := format.Source([]byte(out))
	require.NoError(t, err)
	require.Equal(t, string(formatted), out)
	require.Contains(t, out, "package detail\n")
	out, _, err = execute(t, newLayoutCommand(), "--svg", book)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(out, "<svg "))
	out, _, err = execute(t, newLayoutCommand(), "--json-schema", "--names", "snake", book)
	require.NoError(t, err)
	require.True(t, json.Valid([]byte(out)))
	require.Contains(t, out, `"cd_amount"`)
	_, _, err = execute(t, newLayoutCommand(), "--svg", copybookFile(t, "ESREC"))
	require.ErrorContains(t, err, "choose one of ENTRY-HEADER-RECORD")
	_, _, err = execute(t, newLayoutCommand(), "--svg", "--record", "ENTRY-LINE-RECORD", copybookFile(t, "ESREC"))
	require.NoError(t, err)
}
