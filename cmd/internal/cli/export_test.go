package cli

import (
	"bytes"
	"encoding/json"
	"go/format"
	"maps"
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

// Several kinds of record go into a folder, a file each; those of no known type
// are kept beside them.
func TestKindsOfRecordInAFolder(t *testing.T) {
	vb, err := os.ReadFile(stored(t, "entries.vb"))
	require.NoError(t, err)
	data := filepath.Join(t.TempDir(), "entries.vb")
	require.NoError(t, os.WriteFile(data, append(vb, 0, 6, 0, 0, 0xE7, 0xE7), 0o644))
	book := copybookFile(t, "ESREC")
	_, _, err = execute(t, newDecodeCommand(), "--copybook", book, "--recfm", "VB", "--to", "csv", data)
	require.ErrorContains(t, err, "ENTRY-HEADER-RECORD, ENTRY-HEADER-EXTENSION-RECORD, ENTRY-LINE-RECORD")
	require.ErrorContains(t, err, "give a folder")
	jsonl, _, err := execute(t, newDecodeCommand(), "--copybook", book, "--recfm", "VB", data)
	require.ErrorIs(t, err, errBadRecords)
	for _, to := range []string{"csv", "parquet"} {
		var files []map[string]string
		for _, jobs := range []string{"1", "2", "3", "8"} {
			out := filepath.Join(t.TempDir(), "out") + "/"
			_, errs, err := execute(t, newDecodeCommand(), "--copybook", book, "--recfm", "VB", "--to", to, "-o", out, "--names", "snake", "--jobs", jobs, data)
			require.ErrorIs(t, err, errBadRecords)
			require.Contains(t, errs, `no segment is known for "XX"`)
			files = append(files, folderFiles(t, out))
		}
		require.Equal(t, 7, len(files[0]))
		require.Contains(t, files[0]["_unknown.jsonl"], `"hex":"e7e7"`)
		for _, again := range files[1:] {
			require.True(t, maps.Equal(files[0], again), "the bytes of %s depend on --jobs", to)
		}
		for _, record := range []string{"ENTRY-HEADER-RECORD", "ENTRY-LINE-RECORD"} {
			body := files[0][strings.ToLower(strings.ReplaceAll(record, "-", "_"))+"."+to]
			rows := strings.Count(body, "\r\n") - 1
			if to == "parquet" {
				file, err := parquet.OpenFile(strings.NewReader(body), int64(len(body)))
				require.NoError(t, err)
				rows = int(file.NumRows())
			}
			require.Equal(t, strings.Count(jsonl, `"_record":"`+record+`"`), rows, record)
		}
	}
}

// The columns of a redefinition are those of its segment.
func TestSegmentsHaveColumnsOfTheirOwn(t *testing.T) {
	dir := t.TempDir()
	book, data := filepath.Join(dir, "C.cpy"), filepath.Join(dir, "c.fb")
	require.NoError(t, os.WriteFile(book, []byte("       01 C. 05 K PIC X. 05 P. 10 N PIC X(4).\n       05 Q REDEFINES P. 10 M PIC 9(4).\n"), 0o644))
	require.NoError(t, os.WriteFile(data, []byte("PANNAC0042PBERT"), 0o644))
	out := filepath.Join(dir, "out")
	_, _, err := execute(t, newDecodeCommand(), "--copybook", book, "--codepage", "ascii", "--segment-field", "K", "--segment", "P=P", "--segment", "C=Q",
		"--to", "csv", "-o", out+"/", data)
	require.NoError(t, err)
	require.Equal(t, map[string]string{"P.csv": "K,N,_errors\r\nP,ANNA,\r\nP,BERT,\r\n", "Q.csv": "K,M,_errors\r\nC,42,\r\n"}, folderFiles(t, out))
}

func folderFiles(t testing.TB, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	files := map[string]string{}
	for _, e := range entries {
		body, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		files[e.Name()] = string(body)
	}
	return files
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
	out, _, err = execute(t, newLayoutCommand(), "--json-schema", copybookFile(t, "ESREC"))
	require.NoError(t, err)
	require.Contains(t, out, `"const": "ENTRY-HEADER-RECORD"`)
	_, _, err = execute(t, newLayoutCommand(), "--svg", copybookFile(t, "ESREC"))
	require.ErrorContains(t, err, "choose one of ENTRY-HEADER-RECORD")
	_, _, err = execute(t, newLayoutCommand(), "--svg", "--record", "ENTRY-LINE-RECORD", copybookFile(t, "ESREC"))
	require.NoError(t, err)
}
