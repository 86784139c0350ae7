package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tidewaiter/collections/assess"
	"tidewaiter/collections/catair"
	"tidewaiter/collections/entry"
	"tidewaiter/collections/reference"
)

func newCatairRespondCommand() *cobra.Command {
	var o assessOptions
	c := &cobra.Command{
		Use:   "respond FILE",
		Short: "Answer entry summaries as Customs does: an AX message",
		Long: `Respond reads the entry summaries of an AE message, compares the filer's figures
with what is computed, and writes the answer, an AX message: for each batch (A to
Z) and block (B to Y) with entries one of its own, and in it for each entry its
conditions (E1 records, with an E0 record that says of which line or record) and
whether it is accepted or rejected, with the filer's numbers and reference. Entries
that are added, replaced and deleted (actions A, R and D) are answered; whether the
entry to be replaced or deleted is on file is not looked at. What is wrong with the
envelope is answered by X1 records. "-" reads standard input.

Which severity a condition has is not published; "reference show conditions" says
what is taken. A fault that the error dictionary has no code for has a blank one.
Why an entry could not be read or assessed is said on standard error too.

EXIT STATUS
  0  every entry is accepted
  1  some entries are rejected, or the envelope has faults
  2  the file is no AE message, or could not be read to its end`,
		Example: `  tidewaiter catair respond entry.ae > answer.ax
  tidewaiter catair respond entry.ae | tidewaiter catair show -
  tidewaiter catair respond --reference tables/ entry.ae`,
		Args: oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error {
			tables, err := o.tables()
			if err != nil {
				return err
			}
			in, _, closeIn, err := openInput(cmd, args[0])
			if err != nil {
				return err
			}
			defer closeIn()
			name := args[0]
			if name == "-" {
				name = "standard input"
			}
			return respond(tables, untilInterrupted(cmd.Context(), in), name, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	c.Flags().StringVar(&o.reference, "reference", "", referenceUsage)
	return c
}

// responder writes the AX message that answers an AE message.
type responder struct {
	tables   *reference.Tables
	source   *catair.Summaries
	assessor *assess.Assessor
	a        assess.Assessment
	w        *catair.Writer
	stderr   io.Writer
	name     string
	at       catair.Enclosure // whose answer is open
	open     bool
	entries  int
	rejected int
	around   int // faults of the envelope that are answered
}

// respond answers the entries of a message, in its order. It is errBadRecords when
// some entry is rejected.
func respond(tables *reference.Tables, in io.Reader, name string, stdout, stderr io.Writer) error {
	source, err := openSummaries(in, name, tables)
	if err != nil {
		return err
	}
	message, isMessage := source.(*catairSource)
	if !isMessage {
		return fmt.Errorf("reading %s: %w", name, errNoMessage)
	}
	r := &responder{tables: tables, source: message.messages, assessor: assess.New(tables, assess.Regulation),
		w: catair.NewWriter(stdout, catair.Lines), stderr: stderr, name: name}
	if err = r.run(); err == nil {
		err = r.close()
	}
	if flushErr := r.w.Flush(); err == nil && flushErr != nil {
		err = fmt.Errorf("writing the answer: %w", flushErr)
	}
	switch faults, more := r.source.EnvelopeFaults(); {
	case err != nil:
		return err
	case r.entries == 0:
		return fmt.Errorf("reading %s: %w", name, errNoEntry)
	case r.rejected > 0:
		return fmt.Errorf("%w: %d of %d entries of %s are rejected", errBadRecords, r.rejected, r.entries, name)
	case len(faults) > 0:
		return fmt.Errorf("%w: %d faults around the entries of %s", errBadRecords, len(faults)+more, name)
	}
	return nil
}

// errNoMessage says that only a message has someone to answer to.
var errNoMessage = errors.New("it is no AE message; tidewaiter assess reads entry summaries as JSON")

// run answers each entry.
func (r *responder) run() error {
	var s entry.Summary
	for {
		err := r.source.Next(&s)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", r.name, err)
		}
		r.entries++
		if err := r.enclose(&s); err != nil {
			return fmt.Errorf("answering entry %s: %w", legible(string(s.Number)), err)
		}
		answer := r.answer(&s)
		if answer.Disposition == catair.Rejected {
			r.rejected++
		}
		if err := r.w.WriteResponse(answer); err != nil {
			return fmt.Errorf("answering entry %s: %w", legible(string(s.Number)), err)
		}
	}
}

// enclose opens the envelope that answers the one of the entry, if that is not
// the one that is open.
func (r *responder) enclose(s *entry.Summary) error {
	at := r.source.Enclosure()
	same := at.BatchRecord == r.at.BatchRecord
	if r.open && same && at.BlockRecord == r.at.BlockRecord {
		return nil
	}
	if err := r.closeBlock(); err != nil {
		return err
	}
	batch, block := addressed(at, s)
	if batch.Site == "" || batch.ID == "" {
		return errNoAddress
	}
	if r.open && !same {
		if err := r.w.CloseBatch(); err != nil {
			return err
		}
	}
	if !r.open || !same {
		if err := r.w.OpenBatch(batch); err != nil {
			return err
		}
	}
	r.at, r.open = at, true
	return r.w.OpenBlock(block)
}

// errNoAddress says that an answer would reach nobody.
var errNoAddress = errors.New("neither its envelope nor its number says whom to answer; the message needs an A record with site and ID, in capitals")

// addressed turns the envelope of an entry round. What its records do not say is
// taken from the other one, and at last from the entry.
func addressed(at catair.Enclosure, s *entry.Summary) (catair.Batch, catair.Block) {
	filer := ""
	if s.Number.WellFormed() {
		filer = s.Number.Filer()
	}
	batch, block := at.Batch, at.Block
	block.Port = cmp.Or(block.Port, batch.Site, s.Port)
	block.Filer = cmp.Or(block.Filer, filer, batch.ID)
	batch.Site, batch.ID = cmp.Or(batch.Site, block.Port), cmp.Or(batch.ID, block.Filer)
	batch.Application, block.Application = "AX", "AX"
	return batch, block
}

// close answers what is left and ends the envelope.
func (r *responder) close() error {
	if !r.open {
		return nil
	}
	if err := r.closeBlock(); err != nil {
		return err
	}
	return r.w.CloseBatch()
}

// closeBlock ends the block that is open, behind what was wrong around its entries.
func (r *responder) closeBlock() error {
	if !r.open {
		return nil
	}
	faults, _ := r.source.EnvelopeFaults()
	for _, fault := range faults[r.around:] {
		r.report(fault.Error())
		f := finding(r.tables, fault.Code, 0, placeOf(fault))
		if err := r.w.WriteCondition(&f); err != nil {
			return err
		}
	}
	r.around = len(faults)
	return r.w.CloseBlock()
}

// report says on standard error what an answer has no room for.
func (r *responder) report(text string) {
	_, _ = fmt.Fprintln(r.stderr, legible(fmt.Sprintf("tidewaiter: %s: %s", r.name, text)))
}
