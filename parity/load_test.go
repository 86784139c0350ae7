package parity

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/parity/plans"
)

func TestLoadRefuses(t *testing.T) {
	good := detailPlan(rightDataset)
	replace := func(old, new string) string {
		out := strings.Replace(good, old, new, 1)
		if out == good {
			panic(old)
		}
		return out
	}
	for name, c := range map[string]struct{ text, want string }{
		"an unknown key, with its line":    {replace("default: value", "defualt: value"), "plan.yaml:7: unknown field \"defualt\""},
		"a key given twice":                {replace("    default: value\n", "    default: value\n    default: exact\n"), "already defined"},
		"no YAML at all":                   {"name: [", "plan.yaml:1: "},
		"no name":                          {replace("name: test\n", ""), "a plan needs a name"},
		"no comparison":                    {"name: empty\n", "at least one comparison"},
		"a comparison without a key":       {replace("    key: [CD-ENTRY-NUMBER, CD-LINE-NUMBER, CD-CLASS-CODE]\n", ""), "needs a key"},
		"an exclusion without a reason":    {replace("{exclude: record number assigned by the program}", "{exclude: ''}"), "plan.yaml:10: "},
		"an exclusion of blanks":           {replace("{exclude: record number assigned by the program}", "{exclude: '  '}"), "an exclusion needs a reason"},
		"a mode that is none":              {replace("compare: exact, mask", "compare: roughly, mask"), "not exact, value or tolerance"},
		"a default that is none":           {replace("default: value", "default: ignore"), "not exact or value"},
		"a side with two sources":          {replace("data: right.fb", "data: right.fb, csv: right.csv"), "exactly one of data, csv, jsonl, query"},
		"a side with none":                 {replace(", data: right.fb", ""), "exactly one of data, csv, jsonl, query"},
		"a left side that is no dataset":   {replace("data: left.fb, recfm: FB, lrecl: 80", "csv: left.csv"), "the left side is a dataset"},
		"a record format that is none":     {replace("recfm: FB", "recfm: FX"), "is not one of F, FB, V, VB"},
		"a mapping of a dataset":           {replace("data: right.fb", "data: right.fb, nulls: blank"), "belong to rows"},
		"a grouping that is no mapping":    {replace("by: {class: CD-CLASS-CODE}", "by: {class: [CD-CLASS-CODE]}"), "maps a label to a field"},
		"a total without a field":          {replace("sum: CD-AMOUNT", "sum: ''"), "needs the field it sums"},
		"an excluded field that is masked": {replace("{exclude: record number assigned by the program}", "{exclude: a reason, mask: true}"), "neither compared nor masked"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.write("plan.yaml", []byte(c.text))
			_, err := Load(b.path("plan.yaml"))
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := Load(filepath.Join(t.TempDir(), "absent.yaml"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

// What a plan says of fields is held against the copybook before any record is
// read; each fault has its line.
func TestRunRefusesPlansThatDoNotFitTheCopybook(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"a field that is not there":        {"CD-IMPORTER-NUMBER: ", "CD-IMPORTER-NUMBR: ", "plan.yaml:9: comparison collection detail: record COLLECTION-DETAIL-RECORD has no field CD-IMPORTER-NUMBR, did you mean CD-IMPORTER-NUMBER"},
		"fields that are not covered":      {"    default: value\n", "", "not covered: CD-DISPOSITION, CD-ENTRY-TYPE, CD-PORT-OF-ENTRY, CD-PAYMENT-TYPE, CD-COLLECTION-DATE, CD-RATE-DATE, CD-BASE-VALUE, CD-AMOUNT, FILLER"},
		"a key that is excluded":           {"CD-RECORD-SEQUENCE: ", "CD-LINE-NUMBER: ", "part of the key and cannot be excluded"},
		"a field treated twice":            {"CD-RECORD-SEQUENCE: ", "CD-KEY: {compare: value}\n      CD-FILER-CODE: {compare: value}\n      CD-RECORD-SEQUENCE: ", "CD-FILER-CODE is treated twice"},
		"a total of an excluded field":     {"sum: CD-AMOUNT", "sum: CD-RECORD-SEQUENCE", "CD-RECORD-SEQUENCE is EXCLUDED"},
		"a total of text":                  {"sum: CD-AMOUNT", "sum: CD-ENTRY-TYPE", "cannot be summed"},
		"a copybook that is not there":     {"copybook: COLREC.cpy", "copybook: books/NONE.cpy", "plan.yaml:4: reading copybook: open NONE.cpy: no such file or directory; looked for "},
		"a length not the layout's":        {"lrecl: 80", "lrecl: 81", "lrecl is 81, but the layout of record COLLECTION-DETAIL-RECORD has 80 bytes"},
		"a group of a masked field":        {"by: {class: CD-CLASS-CODE}", "by: {importer: CD-IMPORTER-NUMBER}", "CD-IMPORTER-NUMBER is MASKED"},
		"a tolerance on text":              {"      CD-RECORD-SEQUENCE", "      CD-ENTRY-TYPE: {compare: tolerance, tolerance: 1}\n      CD-RECORD-SEQUENCE", "a tolerance means nothing there"},
		"a tolerance of a tenth of a cent": {"      CD-RECORD-SEQUENCE", "      CD-AMOUNT: {compare: tolerance, tolerance: 0.001}\n      CD-RECORD-SEQUENCE", `tolerance "0.001" is not an amount of at most 2 decimal places`},
		"a negative tolerance":             {"      CD-RECORD-SEQUENCE", "      CD-AMOUNT: {compare: tolerance, tolerance: -1}\n      CD-RECORD-SEQUENCE", "zero or more"},
		"a record that is not in it":       {"copybook: COLREC.cpy", "copybook: COLREC.cpy, record: OTHER", "no record OTHER"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.write("left.fb", nil)
			b.write("right.fb", nil)
			text := strings.Replace(detailPlan(rightDataset), c.old, c.new, 1)
			_, err := b.run(b.load(text))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestRedefinitionsAreCoveredByTheSameBytes(t *testing.T) {
	b := newBench(t)
	b.write("left.fb", nil)
	b.write("right.fb", nil)
	r, err := b.run(b.load(detailPlan(rightDataset)))
	require.NoError(t, err)
	how := map[string]string{}
	for _, c := range r.Comparisons[0].Coverage {
		how[c.Field] = c.Treatment + ": " + c.How
		require.Contains(t, []string{"COMPARED", "MASKED", "EXCLUDED"}, c.Treatment, c.Field)
	}
	require.Equal(t, "COMPARED: same bytes as CD-COLLECTION-DATE", how["CD-COLLECTION-CCYY"])
	require.Equal(t, "EXCLUDED: record number assigned by the program", how["CD-RECORD-SEQUENCE"])
	require.Equal(t, "MASKED: exact", how["CD-IMPORTER-NUMBER"])
	require.Equal(t, "COMPARED: value, by default", how["FILLER"])
	require.Equal(t, "COMPARED: value, key", how["CD-LINE-NUMBER"])
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(detailPlan(rightDataset)))
	f.Add([]byte(detailPlan(rightCSV, "      CD-AMOUNT: {compare: tolerance, tolerance: 0.01}\n")))
	var day strings.Builder
	if err := plans.WriteCollectionDay(&day, plans.CollectionDay{Copybooks: "c", Datasets: "d", CollectionDate: "20251001"}); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(day.String()))
	f.Add([]byte("name: x\ncomparisons: [{name: a, left: {}, right: {}, totals: [{by: {a: b}}]}]"))
	f.Add([]byte("a: &a [*a]"))
	f.Add([]byte("name: x\ncomparisons: null"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := parse("plan.yaml", text)
		if err == nil && (p.Name == "" || len(p.Comparisons) == 0) {
			t.Fatal("a plan without a name or a comparison was accepted")
		}
	})
}
