package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"tidewaiter/collections/catair"
	"tidewaiter/collections/reference"
)

func newCatairShowCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "show FILE",
		Short: "Print a CATAIR message as a person reads it",
		Long: `Show prints the records of a CATAIR message one under the other, each under the
transaction it belongs to, with the names of its fields: amounts with their
decimal point, dates as 2006-01-02, importer numbers masked. What is wrong stands
below the record, with the positions and the condition Customs raises for it. A
record without a known layout is printed as it stands. "-" reads standard input.

ASCII and EBCDIC (code page 037), with and without line ends, are recognized.

--json prints one object a record, with the same masking.

EXIT STATUS
  0  the message is printed and nothing is wrong with it
  1  the message is printed and has faults
  2  the file could not be read, is neither ASCII nor EBCDIC text, or is empty`,
		Example: `  tidewaiter catair show fixtures/catair/entry.ae
  tidewaiter catair show fixtures/catair/faulty.ae
  tidewaiter catair show --json statement.pf | jq -c 'select(.faults)'`,
		Args: oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error {
			in, _, closeIn, err := openInput(cmd, args[0])
			if err != nil {
				return err
			}
			defer closeIn()
			name := args[0]
			if name == "-" {
				name = "standard input"
			}
			return showMessage(untilInterrupted(cmd.Context(), in), name, asJSON, cmd.OutOrStdout())
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a record")
	return c
}

// messageShow prints the records of a message.
type messageShow struct {
	out     *bufio.Writer
	asJSON  bool
	records int64
	faults  int64
	ids     []string // in the order in which they first occur
	counts  map[string]int64
}

// showMessage prints a message and its summary. Faults make the result
// errBadRecords.
func showMessage(in io.Reader, name string, asJSON bool, stdout io.Writer) error {
	tables, err := reference.Default()
	if err != nil {
		return err
	}
	r := catair.NewReader(in)
	c := catair.NewChecker(r)
	c.UseFactors(tables.CheckDigitFactor)
	m := &messageShow{out: bufio.NewWriterSize(stdout, 1<<16), asJSON: asJSON, counts: map[string]int64{}}
	for {
		rec, err := c.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			_ = m.out.Flush()
			return fmt.Errorf("reading %s: %w", name, err)
		}
		m.record(rec, c)
	}
	if m.records == 0 {
		return fmt.Errorf("reading %s: %w", name, errNoRecord)
	}
	m.rest(c.Faults())
	m.summary(name, r.Form())
	if err := m.out.Flush(); err != nil {
		return fmt.Errorf("writing the message: %w", err)
	}
	if m.faults > 0 {
		return fmt.Errorf("%w: %d faults in %s", errBadRecords, m.faults, name)
	}
	return nil
}

// errNoRecord says that a file has nothing but blanks.
var errNoRecord = errors.New("there is no record in it")

// record prints a record; a line without text is not one.
func (m *messageShow) record(rec *catair.Record, c *catair.Checker) {
	if rec.ID == "" {
		return
	}
	m.records++
	m.faults += int64(len(c.Faults()))
	if m.counts[rec.ID]++; m.counts[rec.ID] == 1 && len(m.ids) < maxShownIDs {
		m.ids = append(m.ids, rec.ID)
	}
	if m.asJSON {
		m.json(rec, c)
		return
	}
	indent := strings.Repeat("  ", c.Depth())
	if c.Depth() == 2 {
		_, _ = fmt.Fprintln(m.out)
	}
	title := "unknown record"
	if rec.Layout != nil {
		title = rec.Layout.Title
	}
	_, _ = fmt.Fprintf(m.out, "%6d %s%-4s %s\n", rec.Number, indent, showID(rec.ID), title)
	if rec.Layout == nil {
		_, _ = fmt.Fprintf(m.out, "       %s     %s\n", indent, rec.ShowText())
	} else {
		for i := range rec.Layout.Fields {
			m.field(rec, &rec.Layout.Fields[i], indent)
		}
	}
	for _, e := range c.Faults() {
		_, _ = fmt.Fprintf(m.out, "     ! %s     %v\n", indent, e)
	}
}

// maxShownIDs bounds the kinds of records that the summary counts.
const maxShownIDs = 100

// showID gives a control identifier that is safe to print.
func showID(id string) string {
	for i := range len(id) {
		if id[i] < ' ' || id[i] > '~' {
			return "?"
		}
	}
	return id
}

// field prints a field that is neither blank nor filler, with what its code means
// where a table says.
func (m *messageShow) field(rec *catair.Record, f *catair.Field, indent string) {
	value := rec.Show(f)
	if value == "" || f.Filler() {
		return
	}
	if meaning := catair.Meaning(f, value); meaning != "" {
		value += " (" + meaning + ")"
	}
	_, _ = fmt.Fprintf(m.out, "       %s     %-46s %s\n", indent, f.Name, value)
}

// rest prints what the end of the file leaves open.
func (m *messageShow) rest(faults []*catair.FieldError) {
	m.faults += int64(len(faults))
	if len(faults) == 0 {
		return
	}
	if m.asJSON {
		m.encode(shownRecord{Faults: faultsOf(faults)})
		return
	}
	for _, e := range faults {
		_, _ = fmt.Fprintf(m.out, "     ! %v\n", e)
	}
}

// summary prints what there was.
func (m *messageShow) summary(name string, form catair.Form) {
	if m.asJSON {
		return
	}
	kinds := make([]string, len(m.ids))
	for i, id := range m.ids {
		kinds[i] = fmt.Sprintf("%d × %s", m.counts[id], showID(id))
	}
	_, _ = fmt.Fprintf(m.out, "\n%s: %d records in %s: %s\n", name, m.records, formName(form), strings.Join(kinds, ", "))
	switch m.faults {
	case 0:
		_, _ = fmt.Fprintln(m.out, "nothing is wrong with it")
	case 1:
		_, _ = fmt.Fprintln(m.out, "1 fault, marked !")
	default:
		_, _ = fmt.Fprintf(m.out, "%d faults, marked !\n", m.faults)
	}
}

// formName says how a file holds its records.
func formName(form catair.Form) string {
	code := "ASCII"
	if form.EBCDIC {
		code = "EBCDIC"
	}
	if form.LineEnd == "" {
		return code + ", 80 bytes each"
	}
	return fmt.Sprintf("%s, lines that end with X'%X'", code, form.LineEnd)
}

// The --json form of a record.
type (
	shownRecord struct {
		Record int64        `json:"record,omitempty"`
		Offset *int64       `json:"offset,omitempty"`
		ID     string       `json:"id,omitempty"`
		Title  string       `json:"title,omitempty"`
		Depth  int          `json:"depth,omitempty"`
		Fields []shownField `json:"fields,omitempty"`
		Text   string       `json:"text,omitempty"` // of a record without a known layout
		Faults []shownFault `json:"faults,omitempty"`
	}
	shownField struct {
		Name  string `json:"name"`
		From  int    `json:"from"`
		To    int    `json:"to"`
		Value string `json:"value"`
	}
	shownFault struct {
		Record    int64  `json:"record"`
		Field     string `json:"field,omitempty"`
		From      int    `json:"from,omitempty"`
		To        int    `json:"to,omitempty"`
		Condition string `json:"condition,omitempty"`
		Error     string `json:"error"`
	}
)

// json prints a record as an object.
func (m *messageShow) json(rec *catair.Record, c *catair.Checker) {
	out := shownRecord{Record: rec.Number, Offset: &rec.Offset, ID: showID(rec.ID), Depth: c.Depth(), Faults: faultsOf(c.Faults())}
	if l := rec.Layout; l != nil {
		out.Title = l.Title
		for i := range l.Fields {
			f := &l.Fields[i]
			if value := rec.Show(f); value != "" && !f.Filler() {
				out.Fields = append(out.Fields, shownField{f.Name, f.From, f.To, value})
			}
		}
	} else {
		out.Text = rec.ShowText()
	}
	m.encode(out)
}

func (m *messageShow) encode(out shownRecord) {
	encoder := json.NewEncoder(m.out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(out) // an error of the writer is met again by Flush
}

func faultsOf(faults []*catair.FieldError) []shownFault {
	var out []shownFault
	for _, e := range faults {
		f := shownFault{Record: e.Record, Condition: e.Code, Error: e.Error()}
		if e.Field != nil {
			f.Field, f.From, f.To = e.Field.Name, e.Field.From, e.Field.To
		}
		out = append(out, f)
	}
	return out
}
