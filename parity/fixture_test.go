package parity

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tidewaiter/copybooks"
	"tidewaiter/fixtures"
	"tidewaiter/parity/record"
	"tidewaiter/parity/report"
)

// bench is a folder with copybooks, datasets and a plan.
type bench struct {
	t   testing.TB
	dir string
}

func newBench(t testing.TB) *bench {
	b := &bench{t: t, dir: t.TempDir()}
	for _, name := range []string{"COLREC.cpy", "STMREC.cpy", "CTLREC.cpy"} {
		text, err := fixtures.Copybooks.ReadFile("copybooks/" + name)
		require.NoError(t, err)
		b.write(name, text)
	}
	return b
}

func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

func (b *bench) write(name string, text []byte) {
	require.NoError(b.t, os.WriteFile(b.path(name), text, 0o644))
}

func (b *bench) schema(copybook string) *record.Schema {
	book, err := copybooks.ParseFile(b.path(copybook), copybooks.Options{})
	require.NoError(b.t, err)
	layout, err := book.Record("")
	require.NoError(b.t, err)
	s, err := record.New(layout, copybooks.CodecOptions{})
	require.NoError(b.t, err)
	return s
}

// charge is one collection-detail record in clear.
type charge struct {
	entry    string
	line     int
	class    string
	amount   string
	kind     string // entry type, 01 when empty
	importer string
	base     string
	rateDate string
	sequence int
}

var detailFields = []string{"CD-ENTRY-NUMBER", "CD-LINE-NUMBER", "CD-CLASS-CODE", "CD-DISPOSITION", "CD-ENTRY-TYPE",
	"CD-PORT-OF-ENTRY", "CD-PAYMENT-TYPE", "CD-IMPORTER-NUMBER", "CD-COLLECTION-DATE", "CD-RATE-DATE", "CD-BASE-VALUE",
	"CD-AMOUNT", "CD-RECORD-SEQUENCE"}

func (c charge) values() []string {
	orElse := func(v, otherwise string) string {
		if v == "" {
			return otherwise
		}
		return v
	}
	return []string{c.entry, fmt.Sprint(c.line), c.class, "D", orElse(c.kind, "01"), "2704", "6", orElse(c.importer, "12-3456789AB"),
		"20251001", orElse(c.rateDate, "20251001"), orElse(c.base, "1000"), c.amount, fmt.Sprint(c.sequence)}
}

// detail encodes collection-detail records.
func (b *bench) detail(charges ...charge) []byte {
	encoder, err := b.schema("COLREC.cpy").Encoder(detailFields)
	require.NoError(b.t, err)
	var out []byte
	for i, c := range charges {
		if c.sequence == 0 {
			c.sequence = i + 1
		}
		var row []record.Value
		for _, text := range c.values() {
			row = append(row, record.Value{Text: text})
		}
		var problem *record.FieldProblem
		out, problem = encoder.Append(out, row)
		require.Nil(b.t, problem, "%v", problem)
	}
	return out
}

// csv writes charges as rows with the column names of the ledger's view.
func (b *bench) csv(name string, charges ...charge) {
	var out bytes.Buffer
	var names []string
	for _, f := range detailFields[:12] {
		names = append(names, strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(f, "CD-"), "-", "_")))
	}
	fmt.Fprintln(&out, strings.Join(names, ","))
	for _, c := range charges {
		fmt.Fprintln(&out, strings.Join(c.values()[:12], ","))
	}
	b.write(name, out.Bytes())
}

// detailPlan is a plan over left.fb and the right side given as YAML lines.
func detailPlan(right string, extra ...string) string {
	return `name: test
comparisons:
  - name: collection detail
    left: {name: legacy, copybook: COLREC.cpy, data: left.fb, recfm: FB, lrecl: 80}
    right: ` + right + `
    key: [CD-ENTRY-NUMBER, CD-LINE-NUMBER, CD-CLASS-CODE]
    default: value
    fields:
      CD-IMPORTER-NUMBER: {compare: exact, mask: true}
      CD-RECORD-SEQUENCE: {exclude: record number assigned by the program}
` + strings.Join(extra, "") + `    totals:
      - sum: CD-AMOUNT
        by: {class: CD-CLASS-CODE}
    causes:
      by: {class: CD-CLASS-CODE, entry_type: CD-ENTRY-TYPE}
    working: CD-AMOUNT
`
}

const (
	rightDataset = "{name: ledger, data: right.fb}"
	rightCSV     = "{name: ledger, csv: right.csv}"
)

func (b *bench) load(text string) *Plan {
	b.write("plan.yaml", []byte(text))
	p, err := Load(b.path("plan.yaml"))
	require.NoError(b.t, err)
	return p
}

// run carries out a plan with everything fixed that would differ from run to
// run.
func (b *bench) run(p *Plan, change ...func(*Options)) (*Report, error) {
	o := Options{Out: b.path("out"), RunID: "TEST", Now: func() time.Time { return time.Date(2025, 10, 2, 6, 0, 0, 0, time.UTC) }, TempDir: b.dir}
	for _, f := range change {
		f(&o)
	}
	r, err := Run(context.Background(), p, o)
	if r != nil {
		r.Execution.Folder = ""
	}
	return r, err
}

// compare runs the detail plan over two datasets.
func (b *bench) compare(left, right []byte, extra ...string) *Report {
	b.write("left.fb", left)
	b.write("right.fb", right)
	r, err := b.run(b.load(detailPlan(rightDataset, extra...)))
	require.NoError(b.t, err)
	return r
}

func counts(pairs ...any) report.Counts {
	var c report.Counts
	for i := 0; i < len(pairs); i += 2 {
		c[pairs[i].(Verdict)] = int64(pairs[i+1].(int))
	}
	return c
}
