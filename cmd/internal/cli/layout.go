package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"tidewaiter/copybooks"
)

func newLayoutCommand() *cobra.Command {
	var asJSON bool
	var record string
	var form layoutForm
	var source sourceFlags
	c := &cobra.Command{
		Use:   "layout COPYBOOK",
		Short: "Show where each field of a copybook's records stands",
		Long: `Layout reads a COBOL copybook and prints each item with its offset, length,
picture and usage, its tables, redefinitions and condition names. Members that
COPY names are looked for beside the copybook. Every error of the copybook is
reported with file, line and column.

--go writes Go structs with decode and encode for the code page and the other
options of decode: --codepage, --odo, --trunc, --numproc, --float. --svg draws a map of the record,
--json-schema describes the JSON lines of decode.

Offsets count from 0, and count every OCCURS DEPENDING ON at its largest.

EXIT STATUS
  0  the layout is printed
  2  the copybook could not be read`,
		Example: `  tidewaiter layout fixtures/copybooks/COLREC.cpy
  tidewaiter layout --json fixtures/copybooks/ESREC.cpy
  tidewaiter layout --record IN-REC --members copylib PROGRAM.cbl
  tidewaiter layout --go fixtures/copybooks/ESREC.cpy > esrec/esrec.go
  tidewaiter layout --svg fixtures/copybooks/COLREC.cpy > colrec.svg`,
		Args: oneArgument,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts, err := source.options()
			if err != nil {
				return err
			}
			book, err := copybooks.ParseFile(args[0], opts)
			if err != nil {
				return err
			}
			records := book.Records
			if record != "" {
				l, err := book.Record(record)
				if err != nil {
					return err
				}
				records = []*copybooks.Layout{l}
			}
			if form.chosen() {
				return form.print(cmd.OutOrStdout(), book.Name, records)
			}
			if asJSON {
				return printLayoutJSON(cmd.OutOrStdout(), book.Name, records)
			}
			return printLayoutTable(cmd.OutOrStdout(), records)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the layout as JSON")
	form.register(c)
	source.register(c)
	c.Flags().StringVar(&record, "record", "", "only the level-01 record of this name")
	return c
}

// layoutJSON is the --json form of a copybook.
type layoutJSON struct {
	Copybook string       `json:"copybook"`
	Records  []recordJSON `json:"records"`
}

type recordJSON struct {
	Name      string   `json:"name"`
	MinLength int      `json:"min_length"`
	MaxLength int      `json:"max_length"`
	Item      itemJSON `json:"item"`
	// Renames are the level-66 entries.
	Renames []itemJSON `json:"renames,omitempty"`
}

type itemJSON struct {
	Level      int             `json:"level"`
	Name       string          `json:"name"`
	Offset     int             `json:"offset"`
	Length     int             `json:"length"`
	Picture    string          `json:"picture,omitempty"`
	Usage      string          `json:"usage,omitempty"`
	Digits     int             `json:"digits,omitempty"`
	Scale      int             `json:"scale,omitempty"`
	Signed     bool            `json:"signed,omitempty"`
	Edited     bool            `json:"edited,omitempty"`
	Floating   bool            `json:"floating,omitempty"`
	GroupUsage string          `json:"group_usage,omitempty"`
	Characters int             `json:"characters,omitempty"`
	Dynamic    bool            `json:"dynamic_length,omitempty"`
	Limit      int             `json:"limit,omitempty"`
	DateFormat string          `json:"date_format,omitempty"`
	BlankZero  bool            `json:"blank_when_zero,omitempty"`
	Justified  bool            `json:"justified,omitempty"`
	Sync       bool            `json:"synchronized,omitempty"`
	Slack      bool            `json:"slack,omitempty"`
	Sign       string          `json:"sign,omitempty"`
	Redefines  string          `json:"redefines,omitempty"`
	Occurs     *occursJSON     `json:"occurs,omitempty"`
	Value      string          `json:"value,omitempty"`
	ValueAll   bool            `json:"value_all,omitempty"`
	Conditions []conditionJSON `json:"conditions,omitempty"`
	File       string          `json:"file"`
	Line       int             `json:"line"`
	Items      []itemJSON      `json:"items,omitempty"`
}

type occursJSON struct {
	Min         int      `json:"min"`
	Max         int      `json:"max"`
	Unbounded   bool     `json:"unbounded,omitempty"`
	DependingOn string   `json:"depending_on,omitempty"`
	Keys        []string `json:"keys,omitempty"`
	IndexedBy   []string `json:"indexed_by,omitempty"`
}

type conditionJSON struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
	False  string   `json:"false,omitempty"`
}

func printLayoutJSON(w io.Writer, name string, records []*copybooks.Layout) error {
	out := layoutJSON{Copybook: name}
	for _, l := range records {
		r := recordJSON{Name: l.Name, MinLength: l.MinLength, MaxLength: l.MaxLength, Item: itemOf(l.Root)}
		for _, it := range l.Renames {
			r.Renames = append(r.Renames, itemOf(it))
		}
		out.Records = append(out.Records, r)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}

func itemOf(it *copybooks.Item) itemJSON {
	out := itemJSON{
		Level: it.Level, Name: it.Name, Offset: it.Offset, Length: it.Length, Picture: it.Picture,
		Digits: it.Digits, Scale: it.Scale, Signed: it.Signed, Sign: signClause(it), Redefines: it.Redefines,
		Floating: it.Floating, Characters: it.Characters, Dynamic: it.Dynamic, Limit: it.Limit, DateFormat: it.DateFormat,
		Edited: it.Edited, BlankZero: it.BlankZero, Justified: it.Justified, Sync: it.Synchronized, Slack: it.Slack,
		Value: it.Value, ValueAll: it.ValueAll, File: it.File, Line: it.Line,
	}
	if !it.IsGroup() {
		out.Usage = it.Usage.String()
	}
	if it.GroupUsage {
		out.GroupUsage = it.Usage.String()
	}
	if o := it.Occurs; o != nil {
		out.Occurs = &occursJSON{o.Min, o.Max, o.Unbounded, o.DependingOn, o.Keys, o.IndexedBy}
	}
	for _, c := range it.Conditions {
		out.Conditions = append(out.Conditions, conditionJSON{c.Name, conditionValues(c), falseValue(c)})
	}
	for _, child := range it.Children {
		out.Items = append(out.Items, itemOf(child))
	}
	return out
}

// signClause is the SIGN clause in effect, "" for the default.
func signClause(it *copybooks.Item) string {
	var words []string
	if it.SignLeading {
		words = append(words, "LEADING")
	}
	if it.SignSeparate {
		if !it.SignLeading {
			words = append(words, "TRAILING")
		}
		words = append(words, "SEPARATE")
	}
	return strings.Join(words, " ")
}

func conditionValues(c copybooks.Condition) []string {
	values := make([]string, len(c.Values))
	for i, v := range c.Values {
		values[i] = v.String()
	}
	return values
}

// falseValue is what SET ... TO FALSE moves, "" when that is not said.
func falseValue(c copybooks.Condition) string {
	if c.False == nil {
		return ""
	}
	return c.False.String()
}

func printLayoutTable(w io.Writer, records []*copybooks.Layout) error {
	for i, l := range records {
		if i > 0 {
			_, _ = fmt.Fprintln(w)
		}
		length := fmt.Sprintf("%d bytes", l.MaxLength)
		if l.MinLength != l.MaxLength {
			length = fmt.Sprintf("%d to %d bytes", l.MinLength, l.MaxLength)
		}
		_, _ = fmt.Fprintf(w, "%s, %s\n", l.Name, length)
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		_, _ = fmt.Fprintln(table, "OFFSET\tLENGTH\tITEM\tPICTURE\tUSAGE\tNOTES")
		printItem(table, l.Root, 0)
		for _, r := range l.Renames {
			_, _ = fmt.Fprintf(table, "%d\t%d\t66 %s\t\t\tRENAMES\n", r.Offset, r.Length, r.Name)
		}
		if err := table.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func printItem(w io.Writer, it *copybooks.Item, depth int) {
	usage := ""
	if !it.IsGroup() {
		usage = it.Usage.String()
	}
	indent := strings.Repeat("  ", depth)
	_, _ = fmt.Fprintf(w, "%d\t%d\t%s%02d %s\t%s\t%s\t%s\n", it.Offset, it.Length, indent, it.Level, it.Name, it.Picture, usage, itemNotes(it))
	for _, c := range it.Conditions {
		values := strings.Join(conditionValues(c), " ")
		if c.False != nil {
			values += " FALSE " + c.False.String()
		}
		_, _ = fmt.Fprintf(w, "\t\t%s  88 %s\t\t\tVALUE %s\n", indent, c.Name, values)
	}
	for _, child := range it.Children {
		printItem(w, child, depth+1)
	}
}

// itemNotes says what else the entry has: tables, redefinitions, the sign.
func itemNotes(it *copybooks.Item) string {
	var notes []string
	if it.Redefines != "" {
		notes = append(notes, "REDEFINES "+it.Redefines)
	}
	if o := it.Occurs; o != nil {
		switch {
		case o.Unbounded:
			notes = append(notes, fmt.Sprintf("OCCURS %d TO UNBOUNDED DEPENDING ON %s", o.Min, o.DependingOn))
		case o.DependingOn != "":
			notes = append(notes, fmt.Sprintf("OCCURS %d TO %d DEPENDING ON %s", o.Min, o.Max, o.DependingOn))
		default:
			notes = append(notes, fmt.Sprintf("OCCURS %d", o.Max))
		}
	}
	if sign := signClause(it); sign != "" {
		notes = append(notes, "SIGN "+sign)
	}
	for _, flag := range []struct {
		set  bool
		note string
	}{
		{it.Synchronized && !it.Slack && !it.IsGroup(), "SYNCHRONIZED"},
		{it.Slack, "slack"},
		{it.Edited, "numeric-edited"},
		{it.Floating, "floating-point text"},
		{it.GroupUsage, "GROUP-USAGE " + it.Usage.String()},
		{it.Characters > 0, fmt.Sprintf("up to %d characters", it.Characters)},
		{it.Dynamic, "DYNAMIC LENGTH: not in the record"},
		{it.DateFormat != "", "DATE FORMAT " + it.DateFormat},
		{it.Justified, "JUSTIFIED"},
		{it.BlankZero, "BLANK WHEN ZERO"},
	} {
		if flag.set {
			notes = append(notes, flag.note)
		}
	}
	return strings.Join(notes, ", ")
}
