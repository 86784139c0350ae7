package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

func newCatairRespondCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "respond FILE",
		Short: "Answer entry summaries as Customs does: an AX message",
		Long: `Respond reads the entry summaries of an AE message, compares the filer's figures
with what is computed, and writes the answer, an AX message: for each entry its
conditions (E1 records, an E0 record before those of each line) and whether it is
accepted or rejected. Which severity a condition has is not published; the table
conditions of "reference show" says what is taken.

EXIT STATUS
  0  every entry is accepted
  1  some entries are rejected
  2  the file could not be read`,
		Example: `  tidewaiter catair respond entry.ae > answer.ax
  tidewaiter catair respond entry.ae | tidewaiter catair show -`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			file, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("opening entry summaries: %w", err)
			}
			defer file.Close()
			tables, err := reference.Default()
			if err != nil {
				return err
			}
			return respond(tables, file, args[0], cmd.OutOrStdout())
		},
	}
}

// respond writes the AX message that answers an AE message. It is
// errBadRecords when some entry is rejected.
func respond(tables *reference.Tables, in io.Reader, name string, out io.Writer) error {
	source := catair.NewSummaries(in, name)
	source.UseFactors(tables.CheckDigitFactor)
	assessor := assess.New(tables, assess.Regulation)
	w := catair.NewWriter(out, catair.Lines)
	var s entry.Summary
	var a assess.Assessment
	entries, rejected := 0, 0
	for {
		err := source.Next(&s)
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if entries++; entries == 1 {
			if err := openResponse(w, &s); err != nil {
				return err
			}
		}
		faults, _ := source.Faults()
		r := answer(tables, assessor, &a, &s, faults)
		if r.Disposition == catair.Rejected {
			rejected++
		}
		if err := w.WriteResponse(r); err != nil {
			return fmt.Errorf("answering entry %s: %w", s.Number, err)
		}
	}
	if entries == 0 {
		return fmt.Errorf("reading %s: %w", name, errNoEntry)
	}
	if err := errors.Join(w.CloseBlock(), w.CloseBatch(), w.Flush()); err != nil {
		return fmt.Errorf("writing the answer: %w", err)
	}
	if rejected > 0 {
		return fmt.Errorf("%w: %d of %d entries of %s are rejected", errBadRecords, rejected, entries, name)
	}
	return nil
}

// openResponse opens the envelope, that of the first entry turned round.
func openResponse(w *catair.Writer, s *entry.Summary) error {
	filer := s.Number.Filer()
	if err := w.OpenBatch(catair.Batch{Site: s.ProcessingPort, ID: filer, Application: "AX", Date: s.ReceivedDate}); err != nil {
		return err
	}
	return w.OpenBlock(catair.Block{Port: s.ProcessingPort, Filer: filer, Application: "AX"})
}

// answer assesses an entry and gives its response. An entry that cannot be read
// or assessed is rejected, with the condition of the fault where there is one.
func answer(tables *reference.Tables, assessor *assess.Assessor, a *assess.Assessment, s *entry.Summary, faults []*catair.FieldError) *catair.Response {
	r := &catair.Response{Number: s.Number, BrokerReference: s.BrokerReference, Disposition: catair.Accepted}
	for _, fault := range faults {
		r.Disposition = catair.Rejected
		r.Findings = append(r.Findings, finding(tables, fault.Code, 0, "RECORD "+fault.ID))
	}
	if len(faults) > 0 {
		return r
	}
	if err := assessor.Assess(a, s); err != nil {
		r.Disposition = catair.Rejected
		var refused *assess.Error
		if errors.As(err, &refused) {
			r.Findings = append(r.Findings, finding(tables, refused.Condition(), refused.Line, ""))
		}
		return r
	}
	if a.Rejected() {
		r.Disposition = catair.Rejected
	}
	for _, c := range a.Conditions {
		r.Findings = append(r.Findings, finding(tables, c.Code, c.Line, c.Of))
	}
	return r
}

// severities give the letters of the E1 record.
var severities = map[reference.Severity]catair.Severity{
	reference.Fatal: catair.Fatal, reference.Warning: catair.Warning, reference.Informational: catair.Informational,
}

// unnamed is the narrative of a fault that the error dictionary has no code for.
const unnamed = "NO CONDITION CODE IS KNOWN FOR IT"

// finding gives a condition with its text and severity; one whose severity no
// source says is fatal.
func finding(tables *reference.Tables, code string, line int, of string) catair.Finding {
	f := catair.Finding{Code: code, Line: line, Reference: of, Severity: catair.Fatal, Narrative: unnamed}
	if row := tables.Condition(code); row != nil {
		f.Narrative = row.Text
		if letter, known := severities[row.Severity]; known {
			f.Severity = letter
		}
	}
	return f
}
