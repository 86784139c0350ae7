package assess_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

// named are the conditions that the rules of collections name, by the rule. What
// each of them answers to stands in conditions.csv.
var named = []struct {
	rule  string
	codes string
}{
	{"entry number", "B16"},
	{"replacement and correction of what is on file", "B29 B30 B47 B72"},
	{"how the duty of a line and of the summary is compared", "622 623 624 626 627 628 722"},
	{"formal merchandise processing fee", "629 630 631 632 633 634 639 640 641"},
	{"informal entry fee", "635 636 637 638"},
	{"value of informal entries", "646 648"},
	{"harbor maintenance fee", "480 481 482 600 601 602 719"},
	{"agricultural fees", "652 653 655 657 659 661 663 679"},
	{"internal revenue taxes", "654 656 660 662 718"},
	{"coffee into Puerto Rico", "665 666 667 668 669 698 764"},
	{"antidumping and countervailing cases", "541 542 570 576 727"},
	{"totals", "717 718 719 720 721 722 723 724 725 726 735 736 737 738 739 740 741 742 743 744 745 746 747"},
	{"class codes", "249 254"},
	{"statements", "202 203 204 205 206 207 208 209 210 211 212 213 214 215 216 217 218 337"},
}

// readerCase is a message whose field at some positions of a record cannot be
// read; the reader of messages raises the condition, before any assessment.
type readerCase struct {
	code, record string
	from         int    // position, the first is 1
	text         string // that is put there
}

// readerCases are raised by package catair.
var readerCases = []readerCase{
	{"B16", "10", 16, "9"}, // check digit: B76-0324527-8
	{"203", "10", 52, "023026"},
	{"721", "90", 13, "O"}, {"725", "90", 25, "O"}, {"723", "90", 37, "O"},
	{"736", "88", 13, "O"}, {"738", "88", 25, "O"}, {"740", "88", 37, "O"}, {"742", "88", 49, "O"},
}

// TestEveryNamedConditionIsRaised: each code has a case that raises it, and a
// neighbour that does not.
func TestEveryNamedConditionIsRaised(t *testing.T) {
	raised := raisedBySomeCase()
	tables, err := reference.Default()
	require.NoError(t, err)
	for _, rule := range named {
		for code := range strings.FieldsSeq(rule.codes) {
			t.Run(code, func(t *testing.T) {
				require.NotNil(t, tables.Condition(code), "conditions.csv has no row")
				require.True(t, raised[code], "%s: no case raises it", rule.rule)
			})
		}
	}
}

// raisedBySomeCase gives the codes that TestConditions and TestReaderConditions
// raise.
func raisedBySomeCase() map[string]bool {
	raised := map[string]bool{}
	for _, group := range conditionTables {
		for i := range group.cases {
			for _, want := range group.cases[i].want {
				_, code, _ := strings.Cut(want, " ")
				raised[code] = true
			}
		}
	}
	for _, c := range readerCases {
		raised[c.code] = true
	}
	return raised
}

// codeInSource is a condition code in the source of a check.
var codeInSource = regexp.MustCompile(`"(\d{3}|B\d{2})"`)

// TestEveryCheckHasACase: no check raises a condition that no case raises.
func TestEveryCheckHasACase(t *testing.T) {
	raised := raisedBySomeCase()
	files, err := filepath.Glob("check*.go")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, code := range codeInSource.FindAllSubmatch(source, -1) {
			require.True(t, raised[string(code[1])], "%s of %s: no case raises it", code[1], name)
		}
	}
}

// TestReaderConditions: a field that cannot be read has its condition, and the
// message as it was has none.
func TestReaderConditions(t *testing.T) {
	s := filed(t, exampleTables(t), deposits(entry.Cash, entry.Case{Number: "A570001000", RateType: 'A', Rate: 1_017})(t))
	s.EstimatedDate, s.PaymentType, s.PrintDate = s.EntryDate, '2', 20260120
	message := messageOf(t, 20260115, s)
	require.Empty(t, faultsOf(t, message))
	for _, c := range readerCases {
		t.Run(c.code, func(t *testing.T) {
			lines := bytes.SplitAfter(bytes.Clone(message), []byte("\n"))
			at := slices.IndexFunc(lines, func(l []byte) bool { return bytes.HasPrefix(l, []byte(c.record)) })
			require.GreaterOrEqual(t, at, 0)
			copy(lines[at][c.from-1:], c.text)
			require.Equal(t, []string{c.code}, faultsOf(t, bytes.Join(lines, nil)))
		})
	}
}

// messageOf writes entries as an AE message of a day.
func messageOf(t require.TestingT, on reference.Date, summaries ...*entry.Summary) []byte {
	var out bytes.Buffer
	w := catair.NewWriter(&out, catair.Lines)
	require.NoError(t, w.OpenBatch(catair.Batch{Site: "2704", ID: "B76", Application: "AE", Date: on, Password: "XXXXXX"}))
	require.NoError(t, w.OpenBlock(catair.Block{Port: "2704", Filer: "B76"}))
	for _, s := range summaries {
		require.NoError(t, w.WriteSummary(s, catair.Filing{Signed: true}))
	}
	require.NoError(t, w.CloseBlock())
	require.NoError(t, w.CloseBatch())
	require.NoError(t, w.Flush())
	return out.Bytes()
}

// faultsOf gives the codes of what is wrong with the entry of a message.
func faultsOf(t *testing.T, message []byte) []string {
	t.Helper()
	summaries := catair.NewSummaries(bytes.NewReader(message), "test")
	var s entry.Summary
	require.NoError(t, summaries.Next(&s))
	var list []string
	faults, _ := summaries.Faults()
	for _, f := range faults {
		list = append(list, f.Code)
	}
	require.ErrorIs(t, summaries.Next(&s), io.EOF)
	return list
}
