package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/ledger/ledgertest"
	"tidewaiter/copybooks"
	"tidewaiter/fixtures"
	"tidewaiter/parity"
	"tidewaiter/parity/compare"
	"tidewaiter/parity/plans"
	"tidewaiter/parity/record"
)

func TestMain(m *testing.M) { ledgertest.Main(m) }

// parityFolder has the copybooks of the collection day in it.
func parityFolder(t *testing.T) string {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, fixtures.Copybooks))
	return dir
}

func writeFile(t *testing.T, dir, name, text string) string {
	path := filepath.Join(dir, name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

// The plan's columns are those of the ledger's views: a view that drops or
// renames one fails here, before any data.
func TestCollectionDayPlanFitsTheLedgersViews(t *testing.T) {
	db := ledgertest.NewDatabase(t)
	dir := parityFolder(t)
	for _, name := range []string{"collection-detail.fb", "statements.fb", "control-totals.fb"} {
		writeFile(t, dir, name, "")
	}
	var text bytes.Buffer
	require.NoError(t, plans.WriteCollectionDay(&text, plans.CollectionDay{Copybooks: "copybooks", Datasets: ".", CollectionDate: "20251001"}))
	plan, err := parity.Load(writeFile(t, dir, "plan.yaml", text.String()))
	require.NoError(t, err)
	r, err := parity.Run(context.Background(), plan, parity.Options{Database: db.Application})
	require.NoError(t, err)
	require.Equal(t, compare.Inconclusive, r.Verdict, "an empty day is no proof")
	require.Len(t, r.Comparisons, 3)
}

func statement(t *testing.T, dir string, values map[string]string) []byte {
	book, err := copybooks.ParseFile(filepath.Join(dir, "copybooks", "STMREC.cpy"), copybooks.Options{})
	require.NoError(t, err)
	layout, err := book.Record("")
	require.NoError(t, err)
	s, err := record.New(layout, copybooks.CodecOptions{})
	require.NoError(t, err)
	var names []string
	var row []record.Value
	for name, value := range values {
		names, row = append(names, name), append(row, record.Value{Text: value})
	}
	encoder, err := s.Encoder(names)
	require.NoError(t, err)
	rec, problem := encoder.Append(nil, row)
	require.Nil(t, problem)
	return rec
}

const statementPlan = `name: statements
comparisons:
  - name: daily statements
    left: {name: legacy, copybook: copybooks/STMREC.cpy, data: statements.fb, recfm: FB, lrecl: 460}
    right:
      name: ledger
      query: |
        QUERY
    key: [ST-STATEMENT-NUMBER]
    default: value
    fields:
      ST-IMPORTER-NUMBER: {compare: exact, mask: true}
    totals:
      - sum: ST-TOTAL-DUE
      - sum: ST-FEE-AMOUNT
`

const statementQuery = `SELECT statement_number, '2704' AS processing_port, '6' AS payment_type, 'B76' AS filer_code, '' AS importer_number,
          '' AS client_branch, 1 AS part_number, DATE '2025-10-01' AS print_date, 100.00 AS duty_amount, 0 AS tax_amount,
          0.00 AS ad_amount, 0.00 AS cvd_amount, 43.58::numeric AS fee_total, DUE AS total_due, 3 AS revenue_entries,
          0 AS nonrevenue_entries, ARRAY['499','501']::text[] AS fee_class, ARRAY[33.58, 10]::numeric[] AS fee_amount, 0.00 AS deferred_tax
        FROM (VALUES ('2726274001')) v(statement_number)`

// A query's numeric, integer, date and array columns become the fields of the
// statement record; what does not fit is INVALID with its reason, never cut.
func TestQueryRowsBecomeRecords(t *testing.T) {
	db := ledgertest.NewEmptyDatabase(t)
	dir := parityFolder(t)
	writeFile(t, dir, "statements.fb", string(statement(t, dir, map[string]string{
		"ST-STATEMENT-NUMBER": "2726274001", "ST-PROCESSING-PORT": "2704", "ST-PAYMENT-TYPE": "6", "ST-FILER-CODE": "B76",
		"ST-PART-NUMBER": "1", "ST-PRINT-DATE": "20251001", "ST-DUTY-AMOUNT": "100.00", "ST-FEE-TOTAL": "43.58", "ST-TOTAL-DUE": "143.58",
		"ST-REVENUE-ENTRIES": "3", "ST-FEE-CLASS(1)": "499", "ST-FEE-CLASS(2)": "501", "ST-FEE-AMOUNT(1)": "33.58", "ST-FEE-AMOUNT(2)": "10.00",
	})))
	for name, c := range map[string]struct {
		due, replaceOld, replaceNew string
		want                        compare.Verdict
		reason                      string
	}{
		"equal":                                   {due: "143.58", want: compare.Equal},
		"one cent more":                           {due: "143.59", want: compare.Different, reason: "one cent less"},
		"a third decimal is not cut":              {due: "143.585", want: compare.Invalid, reason: "ST-TOTAL-DUE cannot hold \"143.585\""},
		"too large for its picture":               {due: "143000000000.00", want: compare.Invalid, reason: "ST-TOTAL-DUE"},
		"null is no zero":                         {due: "NULL::numeric", want: compare.Invalid, reason: "null"},
		"more fees than the record has room for":  {due: "143.58", replaceOld: "ARRAY[33.58, 10]", replaceNew: "array_fill(1, ARRAY[26])", want: compare.Invalid, reason: "26 values for a field that occurs 25 times"},
		"no rows at all":                          {due: "143.58", replaceOld: "v(statement_number)", replaceNew: "v(statement_number) WHERE false", want: compare.Different, reason: "in legacy, not in ledger"},
		"the same row twice is never overwritten": {due: "143.58", replaceOld: "(VALUES ('2726274001'))", replaceNew: "(VALUES ('2726274001'), ('2726274001'))", want: compare.Different, reason: "more than once"},
	} {
		t.Run(name, func(t *testing.T) {
			query := strings.Replace(strings.Replace(statementQuery, "DUE", c.due, 1), c.replaceOld, c.replaceNew, 1)
			plan, err := parity.Load(writeFile(t, dir, "plan.yaml", strings.Replace(statementPlan, "QUERY", query, 1)))
			require.NoError(t, err)
			r, err := parity.Run(context.Background(), plan, parity.Options{Database: db.Application})
			require.NoError(t, err)
			require.Equal(t, c.want.String(), r.Verdict.String())
			var sentences string
			for _, cause := range r.Causes {
				sentences += cause.Sentence + "\n"
			}
			require.Contains(t, sentences, c.reason)
		})
	}
}

func TestQueryErrorsSayWhatIsWrong(t *testing.T) {
	db := ledgertest.NewEmptyDatabase(t)
	dir := parityFolder(t)
	writeFile(t, dir, "statements.fb", "")
	for name, c := range map[string]struct{ query, database, want string }{
		"a column that is no field":          {"SELECT 1 AS colour", db.Application, `column "colour" is no field of record DAILY-STATEMENT-RECORD`},
		"a field without a column":           {"SELECT '2726274001' AS statement_number", db.Application, "no value for field ST-PROCESSING-PORT"},
		"a query that fails":                 {"SELECT 1/0 AS part_number", db.Application, "division by zero"},
		"a query that writes":                {"CREATE TABLE t (a int)", db.Application, "read-only"},
		"no database":                        {"SELECT 1", "", "DATABASE_URL"},
		"a database that does not answer":    {"SELECT 1", "postgres://nobody:secret@127.0.0.1:1/x", "127.0.0.1:1/x"},
		"the password is never in a message": {"SELECT 1", "postgres://nobody:secret@127.0.0.1:1/x", "connecting to PostgreSQL"},
	} {
		t.Run(name, func(t *testing.T) {
			plan, err := parity.Load(writeFile(t, dir, "plan.yaml", strings.Replace(statementPlan, "QUERY", c.query, 1)))
			require.NoError(t, err)
			_, err = parity.Run(context.Background(), plan, parity.Options{Database: c.database})
			require.ErrorContains(t, err, c.want)
			require.NotContains(t, err.Error(), "secret")
		})
	}
}

func TestParityRunExitStatus(t *testing.T) {
	dir := parityFolder(t)
	rec := statement(t, dir, map[string]string{"ST-STATEMENT-NUMBER": "2726274001", "ST-PRINT-DATE": "20251001", "ST-TOTAL-DUE": "143.58"})
	other := statement(t, dir, map[string]string{"ST-STATEMENT-NUMBER": "2726274001", "ST-PRINT-DATE": "20251001", "ST-TOTAL-DUE": "143.57"})
	plan := writeFile(t, dir, "plan.yaml", strings.Replace(statementPlan, "query: |\n        QUERY", "data: right.fb", 1))
	for name, c := range map[string]struct {
		left, right string
		want        int
		shows       string
	}{
		"equal":        {string(rec), string(rec), exitOK, "EQUAL"},
		"different":    {string(rec), string(other), exitDifferences, "-0.01"},
		"inconclusive": {"", "", exitInconclusive, "INCONCLUSIVE"},
		"cut short":    {string(rec[:100]), string(rec), exitCouldNotRun, ""},
	} {
		t.Run(name, func(t *testing.T) {
			writeFile(t, dir, "statements.fb", c.left)
			writeFile(t, dir, "right.fb", c.right)
			var stdout, stderr bytes.Buffer
			status := Main([]string{"parity", "run", plan, "--out", filepath.Join(dir, "out")}, &stdout, &stderr)
			require.Equal(t, c.want, status, stderr.String())
			require.Contains(t, stdout.String(), c.shows)
		})
	}
}
