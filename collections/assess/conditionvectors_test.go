package assess_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
)

// TestConditionVectors holds testdata/conditions to the cases of the tables: as AE
// messages, a batch a case, with the conditions that each entry must be answered
// with beside it, and the tariff and charges that they are computed with. Left out
// are the limits of 499 in other fiscal years than 2026, and what no message says:
// manual entries, and what Customs has on file.
func TestConditionVectors(t *testing.T) {
	var message, list bytes.Buffer
	w := catair.NewWriter(&message, catair.Lines)
	rows := csv.NewWriter(&list)
	require.NoError(t, rows.Write([]string{"entry", "conditions", "name"}))
	tables := chargedTables(t)
	serial := 0
	for _, group := range conditionTables {
		for _, c := range group.cases {
			s := filed(t, tables, c.entry(t))
			c.wrong(s)
			if s.Manual || s.Standing != 0 || group.name == "limits of 499" && !strings.HasPrefix(c.name, "FY26") {
				continue
			}
			serial++
			s.Number = numbered(t, serial)
			writeVector(t, w, s)
			require.NoError(t, rows.Write([]string{string(s.Number), strings.Join(c.want, ", "), c.name}))
		}
	}
	require.NoError(t, w.Flush())
	rows.Flush()
	files := chargedFiles(t)
	for name, got := range map[string][]byte{"conditions.ae": message.Bytes(), "answers.csv": list.Bytes(),
		"tables/hts.csv": files["hts.csv"].Data, "tables/chapter99.csv": files["chapter99.csv"].Data, "tables/article_charges.csv": files["article_charges.csv"].Data} {
		compareGolden(t, "testdata/conditions/"+name, got)
	}
}

// numbered gives the entry number of a serial number.
func numbered(t *testing.T, serial int) entry.Number {
	t.Helper()
	digits := fmt.Sprintf("%07d", serial)
	digit, err := entry.CheckDigit("B76", digits)
	require.NoError(t, err)
	return entry.Number("B76" + digits + string(digit))
}

// writeVector writes an entry in a batch of the day it was received. A message has
// no date of entry: the estimated one stands in for it.
func writeVector(t *testing.T, w *catair.Writer, s *entry.Summary) {
	t.Helper()
	if s.EstimatedDate == 0 {
		s.EstimatedDate = s.EntryDate
	}
	if s.BondType > entry.None {
		s.Surety = "036"
	}
	if s.ReceivedDate == 0 {
		s.ReceivedDate = s.EntryDate
	}
	require.NoError(t, w.OpenBatch(catair.Batch{Site: "2704", ID: "B76", Application: "AE", Date: s.ReceivedDate, Password: "XXXXXX"}))
	require.NoError(t, w.OpenBlock(catair.Block{Port: "2704", Filer: "B76"}))
	require.NoError(t, w.WriteSummary(s, catair.Filing{Signed: true}))
	require.NoError(t, w.CloseBlock())
	require.NoError(t, w.CloseBatch())
}

// compareGolden compares with a file of testdata line by line, or writes it anew.
func compareGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(name, got, 0o644))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	wanted, gotten := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range min(len(wanted), len(gotten)) {
		require.Equal(t, wanted[i], gotten[i], "%s line %d; -update writes it again", name, i+1)
	}
	require.Len(t, gotten, len(wanted), name)
}
